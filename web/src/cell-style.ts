/** The stylesheet of all live cells of a page. */

import cellStyle from "../styles/cell.css";
import explanationStyle from "../styles/explanation.css";

/** One for all: browsers read it once. */
export const cellSheet = new CSSStyleSheet();
cellSheet.replaceSync(cellStyle + explanationStyle);

/**
 * Makes cells look as they should on a page that isn't ours: with our colours and measures, nothing inherited from
 * the page, and lengths that go by the size of its text, which may be anything of the root's (`--gradus-rem`).
 */
export function dressForHosts(tokens: string, host: string): void {
  const style = host + tokens + cellStyle + explanationStyle;
  const scaled = style
    .split("\n")
    // What asks for the window's width isn't a length of the page.
    .map((line) =>
      line.includes("@media") ? line : line.replaceAll(REM, "calc($1 * var(--gradus-rem, 1rem))"),
    );
  cellSheet.replaceSync(scaled.join("\n"));
}

const REM = /(?<![\w.#-])(-?[\d.]+)rem\b/g;
