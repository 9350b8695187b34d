/** What "More" below a cell offers: to run what stands above it, and to take its code elsewhere. */

import type { CellData } from "./cell-data.ts";
import type { CellHome } from "./cell-home.ts";
import { copyEmbedCode, type EmbedAddresses } from "./embed-code.ts";
import { openInPlayground } from "./handover.ts";
import type { LessonCell } from "./lesson.ts";
import { copyLink } from "./link-copying.ts";
import type { MenuAction } from "./more-menu.ts";

/** What the actions need of a cell. */
export interface MenuCell {
  cell: LessonCell;
  home: CellHome;
  data: CellData;
  /** The text that it shows. */
  shown(): string;
  /** Tells how an action went. */
  say(text: string): void;
  /** Shows a problem until the next action; null takes it away. */
  complain(problem: string | null): void;
}

/** The actions that there are where the cell is at home; none for one that stands alone. */
export function listActions(menu: MenuCell): MenuAction[] {
  const { cell, home } = menu;
  const { embed, keepEdits, lesson, playground } = home;
  if (keepEdits) return [];
  const actions = [{ label: "Run all cells above", act: () => lesson.runAbove(cell) }];
  if (playground) {
    actions.push({ label: "Copy link to this code", act: () => void shareLink(menu) });
    actions.push({ label: "Open in playground (new tab)", act: () => handOver(menu) });
  }
  if (embed) actions.push({ label: "Copy embed code", act: () => void shareEmbed(menu, embed) });
  return actions;
}

async function shareLink({ cell, data, shown, say }: MenuCell): Promise<void> {
  const source = shown();
  const preset = data.presets.find((each) => each.source === source)?.label ?? "";
  say(await copyLink({ cell: cell.cellId, source, preset }));
}

async function shareEmbed({ cell, data, say }: MenuCell, embed: EmbedAddresses): Promise<void> {
  const active = data.presets.find(({ source }) => source === cell.source);
  const preset = active?.source === data.source ? undefined : active;
  const copied = await copyEmbedCode({ cell: data.id, ...embed, name: cell.name, preset });
  say(copied ? "Embed code copied." : "The browser did not allow copying.");
}

function handOver({ cell, home, complain }: MenuCell): void {
  const { lesson, site, lessonName } = home;
  const sources = Object.fromEntries(lesson.listSources());
  const opened = openInPlayground(site, { lesson: lessonName, cell: cell.cellId, sources });
  const problem =
    "This browser doesn't let the page hand its code over. Copy it and paste it in the playground.";
  complain(opened ? null : problem);
}
