/** Sets formulas with KaTeX and highlights Python, all of a build in one call: JSON in on stdin, JSON out on stdout. */

import { text } from "node:stream/consumers";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/python";
import katex from "katex";

interface Request {
  formulas: { tex: string; display: boolean }[];
  /** Python sources. */
  code: string[];
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

function renderFormula(tex: string, display: boolean): Rendered | Failed {
  try {
    // With MathML beside the drawn formula: screen readers read that.
    const options = {
      displayMode: display,
      throwOnError: true,
      strict: "error",
      output: "htmlAndMathml",
    } as const;
    return { html: katex.renderToString(tex, options) };
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
  formulas: request.formulas.map(({ tex, display }) => renderFormula(tex, display)),
  code: request.code.map(renderCode),
};
process.stdout.write(JSON.stringify(answer));
