/** Colours Python as the editor does, for code that the build hasn't seen. */

import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/python";

/** The text in pieces with classes. */
export function highlight(source: string): DocumentFragment {
  const fragment = new DocumentFragment();
  const put = (piece: string, classes: string): void => {
    if (!classes) return fragment.append(piece);
    const span = document.createElement("span");
    span.className = classes;
    span.textContent = piece;
    fragment.append(span);
  };
  highlightCode(source, parser.parse(source), classHighlighter, put, () => fragment.append("\n"));
  return fragment;
}
