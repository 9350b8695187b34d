/** When Python has had nothing to do for a while: what readers may want later can be made ready then. */

import type { KernelClient } from "./kernel-client.ts";

/** Calls `act` once, as soon as Python has been ready, and idle, for so many milliseconds without a break. */
export function onceQuiet(kernel: KernelClient, milliseconds: number, act: () => void): void {
  let delay = 0;
  const stop = kernel.onChange(({ name }) => {
    clearTimeout(delay);
    if (name !== "ready") return;
    delay = window.setTimeout(() => {
      stop();
      act();
    }, milliseconds);
  });
}
