/** The script of every page: brings its cells and its buttons to life. */

import { isDear } from "./device.ts";
import { GradusCell } from "./gradus-cell.ts";
import { takeEarlyWorker } from "./early-worker.ts";
import { holdStill } from "./hold-still.ts";
import { forEachInTurn } from "./in-turn.ts";
import { KernelClient } from "./kernel-client.ts";
import { ownPython } from "./own-python.ts";
import { Lesson } from "./lesson.ts";
import { openLinks } from "./link-opening.ts";
import { prepareEditor } from "./editor-ahead.ts";
import { embedAddresses, readConfig, siteAddress, type PageConfig } from "./page-config.ts";
import { prepareSecondVisit } from "./second-visit.ts";
import { measureAtRest } from "./text-sizes.ts";
import { startThemeToggle } from "./theme-toggle.ts";
import { VariablesPanel } from "./variables-panel.ts";
import { oncePainted } from "./warm-start.ts";

startThemeToggle(document.getElementById("theme-toggle"));
const config = readConfig();
if (config) void startLesson(config);

async function startLesson(config: PageConfig): Promise<void> {
  customElements.define("gradus-cell", GradusCell);
  const kernel = new KernelClient(ownPython(config.worker, config.runtime, takeEarlyWorker()));
  const lesson = new Lesson(kernel, config.imports);
  const cells = document.querySelectorAll<GradusCell>("gradus-cell");
  if (cells.length === 0) return;
  let live = (): void => undefined;
  const alive = new Promise<void>((resolve) => (live = resolve));
  prepareSecondVisit(kernel, config.worker, config.runtime);
  if (!isDear()) {
    oncePainted(() => {
      kernel.warm();
      void alive.then(() => lesson.prepare());
    });
  }
  const variables = document.getElementById("variables");
  if (variables) new VariablesPanel(kernel, variables);
  const site = siteAddress().pathname;
  const playground = document.getElementById("playground");
  if (playground) {
    const { startPlayground } = await import("./playground/start.ts");
    await startPlayground(cells[0]!, playground, { lesson, site });
  } else {
    const lessonName = config.lesson;
    const home = { lesson, site, lessonName, embed: embedAddresses(lessonName), playground: true } as const;
    await forEachInTurn(cells, (cell) => cell.attach(home), holdStill);
    openLinks();
    live();
    prepareEditor(kernel);
    measureAtRest(kernel, document.querySelectorAll(".lesson-body > .prose"));
  }
  variables?.removeAttribute("hidden");
  startButton("run-all", () => lesson.runAll());
  startButton("restart-python", () => lesson.restart());
}

/** Shows a button of the template: without scripts it would do nothing. */
function startButton(id: string, act: () => void): void {
  const button = document.getElementById(id);
  button?.addEventListener("click", act);
  button?.removeAttribute("hidden");
}
