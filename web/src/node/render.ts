/** Sets formulas with KaTeX and highlights Python, all of a build in one call: JSON in on stdin, JSON out on stdout. */

import { text } from "node:stream/consumers";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/python";
import katex from "katex";

interface Request {
  formulas: FormulaRequest[];
  /** Python sources. */
  code: string[];
}

interface FormulaRequest {
  tex: string;
  display: boolean;
  /** MathML alone, as browsers draw it without a stylesheet. */
  native: boolean;
}

/** Answers in the order of the request. */
interface Answer {
  formulas: (Rendered | Failed)[];
  code: Rendered[];
}

interface Rendered {
  html: string;
}

interface Failed {
  error: string;
  /** Index in `tex` of what is wrong, where KaTeX knows it. */
  position: number | null;
}

/**
 * KaTeX ends the subscript of `\lambda_{\max}` with an invisible "function application", a third child where MathML
 * allows two: browsers then draw the formula as broken.
 */
const STRAY_APPLICATION = /<mo>\u2061<\/mo>(<\/m(?:sub|sup|subsup|under|over|underover|frac)>)/g;

function renderFormula({ tex, display, native }: FormulaRequest): Rendered | Failed {
  try {
    // With MathML beside the drawn formula: screen readers read that.
    const options = {
      displayMode: display,
      throwOnError: true,
      strict: "error",
      output: native ? "mathml" : "htmlAndMathml",
    } as const;
    const html = katex.renderToString(tex, options).replaceAll(STRAY_APPLICATION, "$1");
    return { html: native ? html.slice(html.indexOf("<math"), html.lastIndexOf("</math>") + 7) : html };
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    return { error: error.rawMessage, position: error.position ?? null };
  }
}

/** Gives code the classes that the editor gives it, so that a cell looks the same before and after it comes alive. */
function renderCode(source: string): Rendered {
  let html = "";
  highlightCode(
    source,
    parser.parse(source),
    classHighlighter,
    (piece, classes) => {
      html += classes ? `<span class="${classes}">${escapeText(piece)}</span>` : escapeText(piece);
    },
    () => {
      html += "\n";
    },
  );
  return { html };
}

function escapeText(piece: string): string {
  return piece.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const request = JSON.parse(await text(process.stdin)) as Request;
const answer: Answer = {
  formulas: request.formulas.map(renderFormula),
  code: request.code.map(renderCode),
};
process.stdout.write(JSON.stringify(answer));
