/** Finds out how high the parts of a page are that are laid out only when they come near: then nothing moves when they do. */

import type { KernelClient } from "./kernel-client.ts";

/** Milliseconds for which Python has had nothing to do. */
const REST = 1000;

/** Measures the parts one by one, from top to bottom, while neither the page nor Python has anything to do. */
export function measureAtRest(kernel: KernelClient, parts: Iterable<HTMLElement>): void {
  // Safari has none; there everything has been laid out at once.
  if (typeof requestIdleCallback !== "function") return;
  const remaining = [...parts];
  let delay = 0;
  let idle = 0;
  const measureNext = (): void => {
    const part = remaining.shift();
    if (!part) return stop();
    measure(part);
    idle = requestIdleCallback(measureNext);
  };
  const follow = (name: string): void => {
    clearTimeout(delay);
    cancelIdleCallback(idle);
    if (name === "loading" || name === "running") return;
    delay = window.setTimeout(() => (idle = requestIdleCallback(measureNext)), REST);
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
