/** The markup by which other pages carry a cell. */

import { copyText } from "./clipboard.ts";
import { slugOf } from "./preset-names.ts";

/** Absolute addresses. */
export interface EmbedAddresses {
  /** The lesson's embed page. */
  page: string;
  /** The host's one-line script. */
  script: string;
  /** The cell's id in its lesson, if it isn't the one that it has on the page. */
  cell?: string;
}

export interface EmbedWish extends EmbedAddresses {
  cell: string;
  /** What a reader is told the cell is called. */
  name: string;
  /** The preset that is to be shown, if any. */
  preset: { label: string } | undefined;
}

/** Puts the markup on the clipboard; false when the browser refuses. */
export function copyEmbedCode(wish: EmbedWish): Promise<boolean> {
  return copyText(makeEmbedCode(wish));
}

/**
 * An iframe, and the script that lets it have the height of what it shows.
 *
 * Without the script it has a height that shows some code and the buttons, and scrolls.
 */
export function makeEmbedCode({ page, script, cell, name, preset }: EmbedWish): string {
  const address = new URL(page);
  address.searchParams.set("cell", cell);
  if (preset) address.searchParams.set("preset", slugOf(preset.label));
  address.searchParams.set("theme", "auto");
  const attributes = {
    src: address.href,
    title: `${name}: Python code to run`,
    width: "100%",
    height: "480",
    loading: "lazy",
    // `allow-same-origin` gives the embed its own origin, not the host's.
    sandbox: "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    allow: "clipboard-write",
    style: "border: 0",
  };
  const written = Object.entries(attributes).map(([key, value]) => `${key}="${escapeText(value)}"`);
  return `<iframe ${written.join(" ")}></iframe>\n<script async src="${escapeText(script)}"></script>\n`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
