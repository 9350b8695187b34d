/** Where a cell belongs: what it shares with the other cells of its page, and what pages do with cells differently. */

import type { CellPlace } from "./cell-place.ts";
import type { EditKeeper } from "./edits.ts";
import type { EmbedAddresses } from "./embed-code.ts";
import type { Lesson } from "./lesson.ts";

export interface CellHome {
  lesson: Lesson;
  /** The path of the site and the lesson within it; edits are stored under them. */
  site: string;
  lessonName: string;
  /** What keeps the reader's texts instead of the cell itself; `show` shows one. Such a cell stands alone. */
  keepEdits?: (show: (source: string) => void) => EditKeeper;
  /** How other pages can carry the cell; missing where it belongs to no lesson. */
  embed?: EmbedAddresses;
  /** Whether the site's playground can take the cell over: not out of other people's pages. */
  playground?: true;
  /** Where the cell stands among the others, if not where its element does. */
  place?: CellPlace;
}
