/** The host's one-line script, `embed.js`: gives each iframe of ours the height that it asks for. */

import type { MessageFromCell, MessageToCell } from "./host-api.ts";

/** More than this is no cell. */
const MOST_PIXELS = 20_000;

addEventListener("message", (event: MessageEvent<unknown>) => {
  const frame = findFrame(event);
  const height = readHeight(event.data);
  if (frame && height !== null) frame.style.height = `${height}px`;
});

// Embeds that were there first have told their heights to nobody.
for (const frame of document.querySelectorAll("iframe")) {
  if (!isOurs(frame)) continue;
  const message: MessageToCell = { gradus: 1, type: "measure" };
  // To any: it says nothing, and browsers complain where an iframe that still loads isn't from there yet.
  frame.contentWindow?.postMessage(message, "*");
}

/** The iframe that a message is from, if what it shows still comes from where its address says. */
function findFrame({ source, origin }: MessageEvent): HTMLIFrameElement | undefined {
  return [...document.querySelectorAll("iframe")].find(
    (frame) => frame.contentWindow === source && isOurs(frame) && new URL(frame.src).origin === origin,
  );
}

function isOurs({ src }: HTMLIFrameElement): boolean {
  return URL.canParse(src) && new URL(src).pathname.endsWith("/embed/");
}

function readHeight(data: unknown): number | null {
  const { gradus, type, height } = (data ?? {}) as Partial<MessageFromCell & { type: "resize" }>;
  const fits = gradus === 1 && type === "resize" && typeof height === "number";
  return fits && height > 0 && height < MOST_PIXELS ? Math.ceil(height) : null;
}
