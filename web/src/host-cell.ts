/** `<gradus-cell>` on somebody else's page: with a cell of one of our lessons, or with the page's own code. */

import type { CellData } from "./cell-data.ts";
import { GradusCell } from "./gradus-cell.ts";
import type { Theme } from "./host-api.ts";
import { fillFromBlock, fillFromLesson, sayProblem } from "./host-content.ts";
import { HostPage } from "./host-page.ts";
import { fetchLesson, ROOT } from "./host-site.ts";
import { onSchemeChange, readScheme } from "./host-theme.ts";
import type { Lesson } from "./lesson.ts";
import { nearestName } from "./nearest-name.ts";

export class HostCell extends GradusCell {
  #page: HostPage | null = null;
  #stage: "new" | "live" | "gone" = "new";
  #stopFollowing: (() => void) | null = null;
  /** Leaves the lesson's cell to the background again. */
  #restore: (() => void) | null = null;

  connectedCallback(): void {
    if (this.#stage === "gone") return this.#begin();
    if (this.#page) return;
    this.#page = HostPage.take(this);
    this.#followTheme();
    void this.#start(this.#page);
  }

  disconnectedCallback(): void {
    // It may only be on its way to another place of the page.
    setTimeout(() => !this.isConnected && this.#leave());
  }

  setSource(source: string): void {
    this.source = source;
  }

  setTheme(theme: Theme): void {
    this.setAttribute("theme", theme);
    this.#showTheme();
  }

  async #start(page: HostPage): Promise<void> {
    try {
      await whenParsed();
      const lesson = await page.lesson();
      const name = this.getAttribute("lesson");
      if (name === null) this.#attachOwn(page, lesson);
      else await this.#attachOurs(page, lesson, name);
    } catch (error) {
      console.debug(error);
      sayProblem(this, `This code could not be made to run: ${ROOT.host} did not answer.`);
    }
  }

  #attachOwn(page: HostPage, lesson: Lesson): void {
    if (!this.isConnected) return;
    const id = page.claimId(this.getAttribute("cell") ?? (this.id || "code"));
    const data = fillFromBlock(this, id);
    this.#live(lesson, data, { lessonName: location.pathname });
  }

  async #attachOurs(page: HostPage, lesson: Lesson, name: string): Promise<void> {
    const document = await fetchLesson(name).catch(() => null);
    if (!document) return sayProblem(this, `There is no lesson “${name}” on ${ROOT.host}.`);
    if (!this.isConnected) return;
    const group = page.group(lesson, name, document, this);
    const wanted = this.getAttribute("cell") ?? group.names[0] ?? "";
    if (!group.names.includes(wanted)) {
      const nearest = nearestName(wanted, group.names);
      return sayProblem(this, `The lesson “${name}” has no cell “${wanted}”. Did you mean “${nearest}”?`);
    }
    const shown = group.show(wanted);
    const id = shown ?? page.claimId(wanted);
    if (shown !== null) this.#restore = () => group.hide(wanted);
    const data = fillFromLesson(this, document, wanted);
    this.#live(
      lesson,
      { ...data, id },
      {
        lessonName: `${name}@${location.pathname}`,
        place: group.place(wanted),
        embed: {
          page: new URL(`${name}/embed/`, ROOT).href,
          script: new URL("embed.js", ROOT).href,
          cell: wanted,
        },
      },
    );
    const preset = this.getAttribute("preset");
    if (preset !== null && !this.isEdited && !this.setPreset(preset)) {
      const nearest = this.presets.map(({ label }) => `“${label}”`).join(", ");
      console.warn(`gradus: the cell “${wanted}” has no preset “${preset}”; it has ${nearest}`);
    }
  }

  #live(lesson: Lesson, data: CellData, home: Partial<Parameters<GradusCell["attach"]>[0]>): void {
    const size = getComputedStyle(this.parentElement!).fontSize;
    this.style.setProperty("--gradus-rem", size);
    this.#stage = "live";
    this.attach({ lesson, site: ROOT.href, lessonName: "", ...home }, data);
    const start = (): void => {
      if (this.#stage === "live") lesson.kernel.warm();
    };
    for (const type of ["pointerdown", "focusin"]) this.addEventListener(type, start, { once: true });
  }

  #followTheme(): void {
    this.#showTheme();
    this.#stopFollowing = onSchemeChange(() => this.#showTheme());
  }

  #showTheme(): void {
    const theme = this.getAttribute("theme");
    this.style.colorScheme = theme === "light" || theme === "dark" ? theme : readScheme(this);
  }

  #leave(): void {
    if (this.#stage === "gone") return;
    this.#stopFollowing?.();
    if (this.#stage === "live") this.detach();
    this.#restore?.();
    this.#stage = "gone";
    this.#page?.leave(this);
  }

  /** What has gone can't come back to life: another takes its place, with the text that it had. */
  #begin(): void {
    const fresh = document.createElement("gradus-cell");
    for (const name of ["id", "class", "lesson", "cell", "preset", "theme"]) {
      const value = this.getAttribute(name);
      if (value !== null) fresh.setAttribute(name, value);
    }
    const code = document.createElement("pre");
    code.textContent = this.shadowRoot ? this.source : this.textContent;
    fresh.append(code);
    this.replaceWith(fresh);
  }
}

/** A script that doesn't wait may come before the cell's content does. */
function whenParsed(): Promise<void> {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) =>
    document.addEventListener("DOMContentLoaded", () => resolve(), { once: true }),
  );
}
