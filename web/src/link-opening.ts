/** Opens the link by which the page was reached, if it carries code: in its cell, or with a word on why not. */

import { makeButton } from "./button.ts";
import type { GradusCell } from "./gradus-cell.ts";
import { decodeLink, LinkProblem } from "./share-link.ts";

/** Shows the code in the page's address, now and whenever a link leads to this page while it is open. */
export function openLinks(): void {
  addEventListener("hashchange", () => void openLink());
  void openLink();
}

async function openLink(): Promise<void> {
  try {
    const code = await decodeLink(location.hash);
    if (!code) return;
    const cells = document.querySelectorAll<GradusCell>("gradus-cell");
    const cell = [...cells].find(({ cellId }) => cellId === code.cell);
    if (!cell) throw new LinkProblem("The code in this link belongs to a cell that this page doesn't have.");
    cell.offerLinked(code);
    cell.scrollIntoView();
  } catch (error) {
    if (!(error instanceof LinkProblem)) throw error;
    showProblem(error.message);
  }
}

function showProblem(message: string): void {
  document.getElementById("link-problem")?.remove();
  const notice = document.createElement("div");
  notice.id = "link-problem";
  notice.className = "page-notice";
  notice.setAttribute("role", "alert");
  const close = makeButton("page-notice-close", "Close", () => notice.remove());
  notice.append(`${message} The page is as its author wrote it, with your own edits. `, close);
  document.getElementById("main")?.prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}
