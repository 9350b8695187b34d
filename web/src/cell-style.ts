/** The stylesheet of all live cells of a page. */

import cell from "../styles/cell.css";
import controls from "../styles/cell-controls.css";
import notices from "../styles/cell-notices.css";
import outputs from "../styles/cell-outputs.css";
import print from "../styles/cell-print.css";
import explanation from "../styles/explanation.css";

/** In the order in which the page's own stylesheet has them. */
const style = [cell, controls, notices, outputs, print, explanation].join("\n");

/** One for all: browsers read it once. */
export const cellSheet = new CSSStyleSheet();
cellSheet.replaceSync(style);

/**
 * Makes cells look as they should on a page that isn't ours: with our colours and measures, nothing inherited from
 * the page, and lengths that go by the size of its text, which may be anything of the root's (`--gradus-rem`).
 */
export function dressForHosts(tokens: string, host: string): void {
  const scaled = [host, tokens, style]
    .join("\n")
    .split("\n")
    // What asks for the window's width isn't a length of the page.
    .map((line) =>
      line.includes("@media") ? line : line.replaceAll(REM, "calc($1 * var(--gradus-rem, 1rem))"),
    );
  cellSheet.replaceSync(scaled.join("\n"));
}

const REM = /(?<![\w.#-])(-?[\d.]+)rem\b/g;
