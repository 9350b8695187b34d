/** Where cells stand among each other: as in the document, and those that share an element by their ranks. */

export interface CellPlace {
  element: Element;
  /** Among the cells with the same element, the lower ones first. */
  rank: number;
}

/** Negative if `a` comes first. */
export function comparePlaces(a: CellPlace, b: CellPlace): number {
  if (a.element === b.element) return a.rank - b.rank;
  return a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
