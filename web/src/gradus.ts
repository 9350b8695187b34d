/** The script that other people's pages link to as `gradus.js`: their cells and blocks of Python come alive. */

import hostStyle from "../styles/host.css";
import tokens from "../styles/tokens.css";
import { dressForHosts } from "./cell-style.ts";
import { watchBlocks } from "./host-blocks.ts";
import { HostCell } from "./host-cell.ts";
import { ROOT } from "./host-site.ts";

// A page of ours has its own; and a host may have linked this twice.
if (!customElements.get("gradus-cell")) {
  dressForHosts(tokens, hostStyle);
  customElements.define("gradus-cell", HostCell);
  const wanted = readWish();
  if (wanted !== null) whenParsed(() => upgradeBlocks(wanted || undefined));
}

/** Turns the page's blocks of Python into cells, now and whenever the page's content changes; see `host-api.ts`. */
export function upgradeBlocks(selector?: string): void {
  watchBlocks(selector);
}

/**
 * Which blocks the page wants to have upgraded, as a selector, or "" for the known ones; null for none.
 *
 * It says so with `data-blocks` on the script's element, or where a generator can't write that with `gradus.js?blocks`.
 */
function readWish(): string | null {
  const address = new URL("gradus.js", ROOT).href;
  const script = [...document.scripts].find(({ src }) => src.replace(/[?#].*$/, "") === address);
  return script?.dataset["blocks"] ?? (script ? new URL(script.src).searchParams.get("blocks") : null);
}

function whenParsed(act: () => void): void {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", act, { once: true });
  else act();
}
