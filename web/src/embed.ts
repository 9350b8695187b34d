/** The script of an embed page: shows the cell that the address asks for, and runs the lesson's others unseen. */

import { BackgroundCell } from "./background-cell.ts";
import { readCellData } from "./cell-data.ts";
import { obeyHost, tellHost } from "./embed-messages.ts";
import { type EmbedWishes, readWishes } from "./embed-query.ts";
import { reportHeight } from "./embed-size.ts";
import { GradusCell } from "./gradus-cell.ts";
import type { Theme } from "./host-api.ts";
import { forEachInTurn } from "./in-turn.ts";
import { KernelClient } from "./kernel-client.ts";
import { Lesson } from "./lesson.ts";
import { onLeaving, sharePython } from "./neighbours.ts";
import { embedAddresses, type PageConfig, readConfig, siteAddress } from "./page-config.ts";

const config = readConfig();
if (config) void startEmbed(config);

async function startEmbed(config: PageConfig): Promise<void> {
  customElements.define("gradus-cell", GradusCell);
  const elements = [...document.querySelectorAll<GradusCell>("gradus-cell")];
  const cells = elements.map((element) => ({ element, data: readCellData(element) }));
  const wishes = readWishes(
    location.search,
    cells.map(({ data }) => data),
  );
  showTheme(wishes.theme);
  showProblems(wishes.problems);
  const shown = cells.filter(({ data }) => wishes.cell === null || data.id === wishes.cell);
  for (const { element } of cells) element.hidden = !shown.some((one) => one.element === element);
  showWayToLesson(wishes);
  document.body.dataset["shown"] = "";

  const kernel = new KernelClient(sharePython(config.worker, config.runtime));
  const lesson = new Lesson(kernel, config.imports);
  const home = {
    lesson,
    site: siteAddress().pathname,
    // With the preset, so that embeds of one cell with different presets keep different edits.
    lessonName: `${config.lesson}/embed/${wishes.preset ?? ""}`,
    embed: embedAddresses(config.lesson),
  };
  for (const { element, data } of cells) {
    if (!element.hidden) continue;
    const url = new URL(`${config.lesson}/#cell-${data.id}`, siteAddress()).href;
    const place = { element, rank: 0 };
    lesson.add(new BackgroundCell({ ...data, place, url }, () => kernel.generation));
  }
  tellHost(wishes.host);
  await forEachInTurn(shown, ({ element, data }) => element.attach(home, data));
  const [first] = shown;
  if (wishes.preset !== null && first && !first.element.isEdited) first.element.setPreset(wishes.preset);
  startWhenTouched(kernel);
  onLeaving(() => kernel.close());
  const live = shown.map(({ element }) => element);
  obeyHost(wishes.host, live, showTheme);
  reportHeight();
  document.body.dataset["live"] = "";
}

function showTheme(theme: Theme): void {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset["theme"] = theme;
}

function showProblems(problems: readonly string[]): void {
  const place = document.getElementById("problems")!;
  place.hidden = problems.length === 0;
  place.replaceChildren(
    ...problems.map((problem) => Object.assign(document.createElement("p"), { textContent: problem })),
  );
}

function showWayToLesson({ cell }: EmbedWishes): void {
  if (cell !== null) document.querySelector<HTMLAnchorElement>("#lesson-link")!.hash = `cell-${cell}`;
}

/** A page may carry many embeds of which a reader uses none: Python starts when one is touched. */
function startWhenTouched(kernel: KernelClient): void {
  const touched = new AbortController();
  const start = (): void => {
    touched.abort();
    kernel.warm();
  };
  for (const type of ["pointerdown", "focusin", "keydown"]) {
    document.querySelector("main")!.addEventListener(type, start, { signal: touched.signal });
  }
}
