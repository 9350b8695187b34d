/** Starts Python while the reader reads, so that the first Run finds it ready; not where bytes are dear. */

/**
 * Calls `start` once the page has been painted, if the connection allows to fetch what may never be used.
 *
 * It doesn't wait until the page is at rest: making its cells alive takes the page's own thread, Python has others, and
 * the downloads would find the network idle meanwhile.
 */
export function startOncePainted(start: () => void): void {
  if (isDear(connection())) return;
  // A page that isn't seen draws no frames; after the first one there is something to read.
  if (performance.getEntriesByType("paint").length > 0) start();
  else requestAnimationFrame(() => setTimeout(start));
}

/** The Network Information API, which is not everywhere. */
interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

function connection(): Connection {
  return (navigator as Navigator & { connection?: Connection }).connection ?? {};
}

function isDear({ saveData, effectiveType }: Connection): boolean {
  return saveData === true || (effectiveType !== undefined && effectiveType !== "4g");
}
