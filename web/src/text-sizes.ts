/** Finds out how high the parts of a page are that are laid out only when they come near: then nothing moves when they do. */

import { holdStill } from "./hold-still.ts";
import type { KernelClient } from "./kernel-client.ts";

/** Milliseconds for which Python has had nothing to do. */
const REST = 1000;

/**
 * Measures the parts one by one, from top to bottom, while Python has nothing to do.
 *
 * Each in a task of its own, so that the reader comes first. Not in idle callbacks: now and then a page of Chromium's
 * never gets one.
 */
export function measureAtRest(kernel: KernelClient, parts: Iterable<HTMLElement>): void {
  // Elsewhere the stylesheet has them laid out at once.
  if (!CSS.supports("overflow-anchor", "auto")) return;
  const remaining = [...parts];
  let next = 0;
  const measureNext = (): void => {
    const part = remaining.shift();
    if (!part) return stop();
    holdStill(() => measure(part));
    next = window.setTimeout(measureNext);
  };
  const follow = (name: string): void => {
    clearTimeout(next);
    if (name !== "loading" && name !== "running") next = window.setTimeout(measureNext, REST);
  };
  const stop = kernel.onChange(({ name }) => follow(name));
  follow(kernel.state.name);
}

/** A size that the browser itself remembers, from when it has drawn the part, still counts for more. */
function measure(part: HTMLElement): void {
  part.style.contentVisibility = "visible";
  const { height } = part.getBoundingClientRect();
  part.style.contentVisibility = "";
  part.style.containIntrinsicBlockSize = `auto ${height}px`;
}
