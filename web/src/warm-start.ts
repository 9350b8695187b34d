/** When Python starts without being asked: while the reader reads, but not where bytes are dear. */

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

/** Whether the connection forbids to fetch what may never be used. */
export function isDear(): boolean {
  const { saveData, effectiveType } = connection();
  return saveData === true || (effectiveType !== undefined && effectiveType !== "4g");
}

/** The Network Information API, which is not everywhere. */
interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

function connection(): Connection {
  return (navigator as Navigator & { connection?: Connection }).connection ?? {};
}
