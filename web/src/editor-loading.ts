/** Brings the editor, which is a file of its own: pages are read without it. */

import { lazyImport } from "./lazy-import.ts";

/** The editor's module; fetched once, and again if that failed. */
export const loadEditor = lazyImport(() => import("./editor.ts"));
