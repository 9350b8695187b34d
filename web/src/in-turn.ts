/** Work in small pieces, between which the browser can draw and answer the reader. */

/** Milliseconds of work after which others get their turn. */
const TURN = 8;

/** Calls `act` with each item, in order, over as many turns as it takes. */
export async function forEachInTurn<Item>(items: Iterable<Item>, act: (item: Item) => void): Promise<void> {
  let start = performance.now();
  for (const item of items) {
    if (performance.now() - start > TURN) {
      await nextTurn();
      start = performance.now();
    }
    act(item);
  }
}

/** Resolves in a task of its own. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
