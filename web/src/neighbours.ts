/**
 * Lets the embeds that stand side by side on a page share one Python: the first that needs one offers it to the others.
 *
 * An embed looks through the frames of the page around it. Browsers let it see into those of its own origin and into no
 * others, and those run in the same thread, so that no two can start a Python at once. No messages are involved, which
 * anybody could send; and only what has the same parent is asked, because another page around, with embeds of its own,
 * is none of this one's business.
 *
 * Not a SharedWorker: it can't be ended, which is how Stop works where pages share no memory.
 */

import type { TakeSeat } from "./kernel-client.ts";
import type { RuntimeFiles } from "./protocol.ts";
import { Python } from "./python.ts";

/** What a window has that offers a Python. */
interface Offer {
  /** Pages from the same build have the same. */
  key: string;
  python: Python;
}

// A symbol, so that no element's id can stand for it.
const OFFER = Symbol.for("gradus.python");

/** `script` is the worker's absolute URL. */
export function sharePython(script: string, runtime: RuntimeFiles): TakeSeat {
  const key = JSON.stringify([import.meta.url, script, runtime]);
  return (listener) => {
    for (const frame of neighbours()) {
      const python = readOffer(frame, key);
      if (python) return { seat: python.join(listener), isThere: () => readOffer(frame, key) === python };
    }
    const python = new Python(script, runtime);
    offer({ key, python });
    return { seat: python.join(listener), isThere: () => true };
  };
}

/** Calls when this page goes for good, and not when the browser puts the whole tab aside. */
export function onLeaving(act: () => void): void {
  addEventListener("pagehide", ({ persisted }) => {
    if (!persisted) act();
  });
}

function offer(offered: Offer): void {
  const place = { value: offered, configurable: true };
  Object.defineProperty(window, OFFER, place);
  onLeaving(() => {
    Reflect.deleteProperty(window, OFFER);
    offered.python.end();
  });
}

function* neighbours(): Generator<Window> {
  if (parent === window) return;
  for (let index = 0; index < parent.length; index++) {
    const frame = parent[index];
    if (frame && frame !== window) yield frame;
  }
}

function readOffer(frame: Window, key: string): Python | null {
  try {
    const offered = (frame as unknown as { [OFFER]?: Offer })[OFFER];
    return !frame.closed && offered?.key === key ? offered.python : null;
  } catch {
    // Of another origin, or with none.
    return null;
  }
}
