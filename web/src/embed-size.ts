/** Tells the page around an embed how high it would like to be. */

import type { MessageFromCell } from "./host-api.ts";

/** Posts the height now and after each change. It is no secret, so any page around may have it. */
export function reportHeight(): void {
  if (parent === window) return;
  new ResizeObserver(postHeight).observe(document.body);
  // The host's script may come later than this one.
  addEventListener("load", postHeight);
}

/** Posts the height of all that the page shows. */
export function postHeight(): void {
  // Of the body, not of the document: that is never lower than the iframe.
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  const message: MessageFromCell = { gradus: 1, type: "resize", height };
  parent.postMessage(message, "*");
}
