/** Work in small pieces, between which the browser can draw and answer the reader. */

/** Milliseconds of work after which others get their turn. */
const TURN = 8;

/** Calls `act` with each item, in order, over as many turns as it takes; `around` is given the work of each turn. */
export async function forEachInTurn<Item>(
  items: Iterable<Item>,
  act: (item: Item) => void,
  around: (work: () => void) => void = (work) => work(),
): Promise<void> {
  const remaining = items[Symbol.iterator]();
  let next = remaining.next();
  const work = (): void => {
    const start = performance.now();
    while (!next.done && performance.now() - start <= TURN) {
      act(next.value);
      next = remaining.next();
    }
  };
  while (!next.done) {
    around(work);
    if (!next.done) await nextTurn();
  }
}

/** Resolves in a task of its own. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
