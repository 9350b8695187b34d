/** Puts a link to this page with a cell's code on the clipboard. */

import { copyText } from "./clipboard.ts";
import { encodeLink, type LinkedCode, LinkProblem } from "./share-link.ts";

/** Copies the link; gives what to say about it. */
export async function copyLink(code: LinkedCode): Promise<string> {
  try {
    const address = new URL(location.href);
    address.hash = await encodeLink(code);
    return (await copyText(address.href)) ? "Link copied." : "The browser did not allow copying.";
  } catch (error) {
    if (error instanceof LinkProblem) return error.message;
    throw error;
  }
}
