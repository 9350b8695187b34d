/** Starts Python while the reader reads, so that the first Run finds it ready; not where bytes are dear. */

/** Calls `start` once the page has been drawn and is at rest, if the connection allows to fetch what may never be used. */
export function startWhenIdle(start: () => void): void {
  if (isDear(connection())) return;
  const onceAtRest = (): void => {
    // Safari has no requestIdleCallback.
    if ("requestIdleCallback" in window) requestIdleCallback(() => start(), { timeout: 2000 });
    else setTimeout(start, 500);
  };
  // A page that isn't seen draws no frames; after the first one there is something to read.
  requestAnimationFrame(() => setTimeout(onceAtRest));
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
