/** Opening Python files, by button or by dropping them on the page, and saving the text as one. */

import type { NoticeView } from "../notice.ts";
import { downloadPython, readPython } from "./files.ts";
import type { Opening, Present } from "./present.ts";

export class Files {
  readonly #notices: NoticeView;
  readonly #open: (opening: Opening) => void;

  /** `open` shows a text in the cell. */
  constructor(part: HTMLElement, present: Present, notices: NoticeView, open: (opening: Opening) => void) {
    this.#notices = notices;
    this.#open = open;
    const input = part.querySelector<HTMLInputElement>("#file")!;
    part.querySelector("#open-file")!.addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      void this.#read([...(input.files ?? [])]);
      // The same file may be chosen again.
      input.value = "";
    });
    part.querySelector("#download")!.addEventListener("click", () => {
      downloadPython(present.title, present.text);
    });
    this.#acceptDrops(part.parentElement!);
  }

  async #read(files: File[]): Promise<void> {
    const [file] = files;
    if (!file) return;
    if (files.length > 1) return this.#notices.show("file", "Open one file at a time.");
    const read = await readPython(file);
    if (!read.ok) return this.#notices.show("file", read.problem);
    this.#open({ title: read.title, base: read.text });
    this.#notices.show("file", read.remark);
  }

  /** Anywhere on the page: beside a small target the browser would leave the page for the file. */
  #acceptDrops(place: HTMLElement): void {
    const mark = (over: boolean): void => void place.toggleAttribute("data-drop", over);
    const holdsFiles = ({ dataTransfer }: DragEvent): boolean =>
      dataTransfer?.types.includes("Files") ?? false;
    const capture = { capture: true };
    addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      mark(true);
    });
    addEventListener("dragleave", (event) => mark(event.relatedTarget !== null && holdsFiles(event)));
    // Captured: the editor would write the file into the text where it was dropped.
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      mark(false);
      void this.#read([...event.dataTransfer!.files]);
    };
    addEventListener("drop", drop, capture);
  }
}
