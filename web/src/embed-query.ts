/** Reads from an embed page's address which cell it is to show, and how. */

import type { Theme } from "./host-api.ts";
import { nearestName } from "./nearest-name.ts";
import { findPreset, slugOf } from "./preset-names.ts";

/** What can be asked for: the lesson's cells with their presets. */
export interface OfferedCell {
  id: string;
  presets: readonly { label: string }[];
}

export interface EmbedWishes {
  /** Id of the one cell to show; null for all. */
  cell: string | null;
  /** Label of the preset to begin with. */
  preset: string | null;
  theme: Theme;
  /** The only origin that may command the embed, and is told what happens in it. */
  host: string | null;
  /** What is wrong with the address, as sentences for its author. */
  problems: string[];
}

/** What the address asks for; a cell or preset that doesn't exist is left out, and said. */
export function readWishes(search: string, cells: readonly OfferedCell[]): EmbedWishes {
  const query = new URLSearchParams(search);
  const problems: string[] = [];
  const cell = findCell(query.get("cell"), cells, problems);
  return {
    cell: cell?.id ?? null,
    preset: findLabel(query.get("preset"), cell, problems),
    theme: readTheme(query.get("theme"), problems),
    host: readOrigin(query.get("host"), problems),
    problems,
  };
}

function findCell(
  wanted: string | null,
  cells: readonly OfferedCell[],
  problems: string[],
): OfferedCell | undefined {
  const found = cells.find(({ id }) => id === wanted);
  if (wanted === null || found) return found;
  const ids = cells.map(({ id }) => id);
  problems.push(`This lesson has no cell “${wanted}”.${advise(nearestName(wanted, ids))}`);
  return undefined;
}

function findLabel(wanted: string | null, cell: OfferedCell | undefined, problems: string[]): string | null {
  if (wanted === null || (!cell && problems.length > 0)) return null;
  if (!cell) {
    problems.push("A preset belongs to a cell, and the address names none: add cell=…");
    return null;
  }
  const found = findPreset(cell.presets, wanted);
  if (found) return found.label;
  const slugs = cell.presets.map(({ label }) => slugOf(label));
  problems.push(
    `The cell “${cell.id}” has no preset “${wanted}”.${advise(nearestName(slugOf(wanted), slugs))}`,
  );
  return null;
}

function readTheme(wanted: string | null, problems: string[]): Theme {
  if (wanted === null || wanted === "auto" || wanted === "light" || wanted === "dark")
    return wanted ?? "auto";
  problems.push(`There is no theme “${wanted}”; take auto, light or dark.`);
  return "auto";
}

function readOrigin(wanted: string | null, problems: string[]): string | null {
  if (wanted === null) return null;
  const url = URL.canParse(wanted) ? new URL(wanted) : null;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.origin;
  problems.push(`“${wanted}” is no origin; write host=https://example.org.`);
  return null;
}

function advise(nearest: string | undefined): string {
  return nearest === undefined ? "" : ` Did you mean “${nearest}”?`;
}
