/** When Python starts without being asked: while the reader reads. */

/**
 * Calls `act` once the page has been painted.
 *
 * It doesn't wait until the page is at rest: making its cells alive takes the page's own thread, Python has others, and
 * the downloads would find the network idle meanwhile.
 */
export function oncePainted(act: () => void): void {
  // A page that isn't seen draws no frames; after the first one there is something to read.
  if (performance.getEntriesByType("paint").length > 0) act();
  else requestAnimationFrame(() => setTimeout(act));
}
