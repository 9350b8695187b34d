/**
 * What a page that carries cells of Gradus can be told and can ask for: by events on `<gradus-cell>` elements, or by
 * messages to and from an iframe. Only types, so that this file is also published as `gradus.d.ts`.
 */

/** One output of a cell, as a notebook file has it (nbformat 4). */
export interface NotebookOutput {
  output_type: "stream" | "display_data" | "execute_result" | "error";
  [field: string]: unknown;
}

/** "stopped": before its end, by the reader or by the program itself. "lost": Python was replaced or didn't load. */
export type ResultStatus = "ok" | "error" | "stopped" | "lost";

/** What is told with each event `gradus-ready`, `gradus-run`, `gradus-result` and `gradus-resize` (`event.detail`). */
export interface EventDetails {
  /** The cell can be used. A preset is asked for by its label or by its slug. */
  ready: { cell: string; presets: { label: string; slug: string }[] };
  /** A run begins that the reader or the page asked for. */
  run: { cell: string; source: string };
  /** It is over, and all its outputs are shown. `count` is the run's number in this Python. */
  result: { cell: string; status: ResultStatus; count: number | null; outputs: NotebookOutput[] };
  /** In CSS pixels. In a message from an iframe `cell` is missing: it is the height of the whole embed page. */
  resize: { cell?: string; height: number };
}

/** "auto": as the system has it in an iframe, as the host page has it in a `<gradus-cell>`. */
export type Theme = "auto" | "light" | "dark";

/** A `<gradus-cell>` once it is live, that is after `gradus-ready`. */
export interface GradusCellElement extends HTMLElement {
  /** The code. Setting it runs nothing, and puts an edit of the reader's aside. */
  source: string;
  /** Runs the cell, after what runs already and those that it needs. Asked again while that waits, it runs once. */
  run(): void;
  setSource(source: string): void;
  /** Shows a preset's code without running it; false if there is none of this label or slug. */
  setPreset(name: string): boolean;
  setTheme(theme: Theme): void;
}

/** Every message has this field, by which it is known; its value changes when older messages are no longer understood. */
interface Marked {
  gradus: 1;
}

/** What an embed page posts to the page around it: `resize` to any, the others only to the origin in its `host=`. */
export type MessageFromCell = {
  [Name in keyof EventDetails]: Marked & { type: Name } & EventDetails[Name];
}[keyof EventDetails];

/**
 * What the page around an embed may post to it, if its origin is the one in `host=`; `measure` may come from any.
 * Without `cell` it means the first cell of the embed.
 */
export type MessageToCell = Marked &
  (
    | { type: "run"; cell?: string }
    | { type: "setSource"; cell?: string; source: string }
    | { type: "setPreset"; cell?: string; preset: string }
    | { type: "setTheme"; theme: Theme }
    /** Asks for a `resize`. */
    | { type: "measure" }
  );

/** Turns the page's own blocks of Python into cells that run; `selector` finds others than those of known generators. */
export declare function upgradeBlocks(selector?: string): void;
