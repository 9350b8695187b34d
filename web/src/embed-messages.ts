/** Speaks with the page around an embed: tells it what happens, and does what it asks, if it is the one it should be. */

import { postHeight } from "./embed-size.ts";
import type { GradusCell } from "./gradus-cell.ts";
import type { EventDetails, MessageFromCell, MessageToCell, Theme } from "./host-api.ts";

/** The events that a host is told of; heights are told apart, for the whole page. */
const TOLD = ["ready", "run", "result"] as const satisfies (keyof EventDetails)[];

/** Posts the cells' events to `origin`, and to no other; null is nobody. */
export function tellHost(origin: string | null): void {
  if (parent === window || origin === null) return;
  for (const type of TOLD) {
    document.addEventListener(`gradus-${type}`, (event) => {
      const { detail } = event as CustomEvent<EventDetails[typeof type]>;
      const message = { gradus: 1, type, ...detail } as MessageFromCell;
      parent.postMessage(message, origin);
    });
  }
}

/**
 * Does what the window around this one asks of the live cells, if it comes from `origin`.
 *
 * Without an origin nobody may ask for anything but the height.
 */
export function obeyHost(
  origin: string | null,
  cells: readonly GradusCell[],
  setTheme: (theme: Theme) => void,
): void {
  if (parent === window) return;
  addEventListener("message", (event) => {
    if (event.source !== parent || !isMessage(event.data)) return;
    if (event.data.type === "measure") postHeight();
    else if (origin !== null && event.origin === origin) obey(event.data, cells, setTheme);
  });
}

function obey(message: MessageToCell, cells: readonly GradusCell[], setTheme: (theme: Theme) => void): void {
  if (message.type === "measure") return postHeight();
  if (message.type === "setTheme") return setTheme(message.theme);
  const cell = cells.find(({ cellId }) => message.cell === undefined || cellId === message.cell);
  if (!cell) return;
  switch (message.type) {
    case "run":
      return cell.run();
    case "setSource":
      cell.source = message.source;
      return;
    case "setPreset":
      return void cell.setPreset(message.preset);
    default:
      message satisfies never;
  }
}

/** Any page may post anything. */
function isMessage(data: unknown): data is MessageToCell {
  if (typeof data !== "object" || data === null) return false;
  const { gradus, type, cell, source, preset, theme } = data as Record<string, unknown>;
  if (gradus !== 1 || (cell !== undefined && typeof cell !== "string")) return false;
  switch (type) {
    case "run":
    case "measure":
      return true;
    case "setSource":
      return typeof source === "string";
    case "setPreset":
      return typeof preset === "string";
    case "setTheme":
      return theme === "auto" || theme === "light" || theme === "dark";
    default:
      return false;
  }
}
