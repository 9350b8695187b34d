/** Where the text on a completion stands: beside the list, or on a narrow screen under or over it, never on it. */

import type { Rect } from "@codemirror/view";

const GAP = 4;

/** A style in the list's own coordinates, as CodeMirror's `positionInfo` asks for. */
export function placeInfo(
  list: Rect,
  option: Rect,
  info: Rect,
  space: Rect,
): { style: string; class: string } {
  const width = info.right - info.left + GAP;
  const top = Math.max(0, Math.min(option.top, space.bottom - (info.bottom - info.top)) - list.top);
  if (list.right + width <= space.right) {
    return { style: `top: ${top}px; left: calc(100% + ${GAP}px)`, class: "" };
  }
  if (list.left - width >= space.left) {
    return { style: `top: ${top}px; right: calc(100% + ${GAP}px)`, class: "" };
  }
  const left = Math.min(0, space.right - width - list.left);
  const fitsBelow = list.bottom + info.bottom - info.top + GAP <= space.bottom;
  const side = fitsBelow ? "top" : "bottom";
  return { style: `${side}: calc(100% + ${GAP}px); left: ${left}px`, class: "" };
}
