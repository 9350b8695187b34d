/** Lays out the parts of a page that would else be laid out when they come near: then nothing moves when they do. */

import type { KernelClient } from "./kernel-client.ts";

/** Lays out each part in idle time, from top to bottom, once Python is there or, where none is on its way, at once. */
export function layOutAhead(kernel: KernelClient, parts: Iterable<Element>): void {
  // Where there is none, everything has been laid out at once.
  if (typeof requestIdleCallback !== "function") return;
  const remaining = [...parts];
  const layOutNext = (): void => {
    const part = remaining.shift();
    if (!part) return;
    part.classList.add("laid-out");
    // Now, not with all the others when the next picture is drawn.
    part.getBoundingClientRect();
    requestIdleCallback(layOutNext);
  };
  const begin = (): void => {
    stop();
    requestIdleCallback(layOutNext);
  };
  const stop = kernel.onChange(({ name }) => name !== "loading" && begin());
  if (kernel.state.name !== "loading") begin();
}
