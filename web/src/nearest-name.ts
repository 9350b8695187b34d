/** Which of the right names somebody meant who wrote a wrong one. */

/** The name that takes the fewest changes of single characters; undefined if there are no names. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  const distances = names.map((name) => ({ name, distance: countEdits(wrong, name) }));
  return distances.sort((a, b) => a.distance - b.distance)[0]?.name;
}

/** Levenshtein's distance, row by row. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, character] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = row[j]! + (to[j] === character ? 0 : 1);
      next.push(Math.min(replaced, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
