/** The playground's page: composes its cell with the picker, the drafts and the files. */

import type { GradusCell } from "../gradus-cell.ts";
import { dropHandover, type Handover, readHandover } from "../handover.ts";
import type { Lesson } from "../lesson.ts";
import { NoticeView } from "../notice.ts";
import { Catalog, composeProgram, listCells } from "./catalog.ts";
import { Drafts } from "./drafts.ts";
import { Files } from "./file-buttons.ts";
import { Picker } from "./picker.ts";
import { PlaceStorage } from "./place.ts";
import { type Opening, Present } from "./present.ts";
import { nameText, Shelf, type StoredText } from "./shelf.ts";

export interface PlaygroundHome {
  lesson: Lesson;
  /** The path of the site. */
  site: string;
}

/** Brings the page to life: `cell` is its one cell, `part` what was hidden until now. */
export async function startPlayground(
  cell: GradusCell,
  part: HTMLElement,
  home: PlaygroundHome,
): Promise<void> {
  const shelf = new Shelf(home.site);
  const catalog = new Catalog(part.dataset["catalog"]!);
  const host = find(part, "#playground-notices");
  const notices = new NoticeView(host, () => cell.focusCode());
  let present: Present | null = null;
  let drafts: Drafts | null = null;
  const follow = (): void => {
    if (!present) return;
    find(part, "#present-title").textContent = present.title || "Untitled";
    find(part, "#present-state").textContent = describe(present);
    const full =
      "This browser does not store your code. It is safe as long as this page is open: download it.";
    notices.show("storage", shelf.isStored ? null : full);
    if (present.isEdited) notices.show("saved", null);
    drafts?.follow();
  };
  // A cell that stands in a hidden part could not measure its text.
  part.hidden = false;
  find(document, "#playground-waits").hidden = true;
  cell.attach({
    lesson: home.lesson,
    site: home.site,
    lessonName: "playground",
    keepEdits: (show) => {
      const open = (text: string): void => {
        show(text);
        if (present) cell.clearOutputs();
      };
      return (present = new Present(shelf, new PlaceStorage(home.site), open, follow));
    },
  });
  const opened = present!;

  /** Says where the edit went that something else has taken the place of. */
  const tellKept = (kept: StoredText | null): void => {
    const bringBack = { label: "Bring it back", act: () => tellKept(opened.openStored(kept!)) };
    // Two edits of one minute have one name, and a notice that says the same would keep the first one's button.
    notices.show("kept", null);
    notices.show("kept", kept && `Your edit is kept as “${nameText(kept)}”.`, [bringBack]);
  };
  const open = (opening: Opening): void => {
    notices.show("file", null);
    tellKept(opened.open(opening));
    cell.focusCode();
  };
  const openStored = (stored: StoredText): void => {
    notices.show("file", null);
    tellKept(opened.openStored(stored));
    cell.focusCode();
  };
  const [showPicker, picker] = [find(part, "#show-picker"), find<HTMLFormElement>(part, "#picker")];
  const closePicker = makeDisclosure(showPicker, picker, () => void lists.load());
  const lists = new Picker(catalog, picker, (opening) => {
    closePicker();
    open(opening);
  });
  const drafting = new Drafts(part, shelf, opened, notices, openStored);
  drafts = drafting;
  makeDisclosure(find(part, "#show-drafts"), find(part, "#drafts"), () => drafting.follow());
  find(part, "#start-empty").addEventListener("click", () => open({ title: "", base: "" }));
  new Files(part, opened, notices, open);
  // Where an edit could not be stored, closing the page would lose it.
  addEventListener("beforeunload", (event) => {
    opened.store();
    if (!shelf.isStored) event.preventDefault();
  });
  follow();
  const handover = readHandover(home.site);
  if (handover) {
    tellKept(opened.open(await makeOpening(catalog, handover)));
    dropHandover(home.site);
  }
  part.dataset["state"] = "ready";
}

/** A lesson's cell as it was there, with what it needs; alone, if the list of cells can't be had. */
async function makeOpening(catalog: Catalog, { lesson, cell, sources }: Handover): Promise<Opening> {
  const text = sources[cell]!;
  const lessons = await catalog.load().catch(() => []);
  const home = lessons.find(({ address }) => address === lesson);
  const original = home && listCells(home).find(({ id }) => id === cell);
  if (!home || !original) return { title: cell, base: text };
  const preset = original.presets.find(({ source }) => source === text);
  const title = preset ? `${original.title}: ${preset.label}` : original.title;
  const program = preset ?? original;
  const given = composeProgram(home, program);
  return { title, base: given, text: composeProgram(home, { ...program, source: text }, sources) };
}

function describe(present: Present): string {
  if (present.isEdited) return present.draft === null ? "edited" : "edited since it was saved";
  return present.draft === null ? "" : "saved";
}

/** Lets a button show and hide a panel; Escape in it hides it. Gives the way to hide it. */
function makeDisclosure(button: HTMLElement, panel: HTMLElement, onShow: () => void): () => void {
  const show = (visible: boolean): void => {
    panel.hidden = !visible;
    button.setAttribute("aria-expanded", String(visible));
    if (visible) onShow();
  };
  button.addEventListener("click", () => show(panel.hidden === true));
  for (const part of [button, panel]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      show(false);
      button.focus();
    });
  }
  return () => show(false);
}

function find<Kind extends HTMLElement = HTMLElement>(within: ParentNode, selector: string): Kind {
  return within.querySelector<Kind>(selector)!;
}
