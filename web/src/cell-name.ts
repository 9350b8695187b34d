/** What a reader is told a cell is called. */

/** A cell's id in words: `learning-rate` is "Learning rate". */
export function nameOf(id: string): string {
  const words = id.replaceAll(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
