/** The list of the reader's drafts and of the edits that were put aside: open, name, delete. */

import { makeButton } from "../button.ts";
import { nameText, type StoredText } from "./shelf.ts";

export interface DraftActions {
  open: (text: StoredText) => void;
  rename: (text: StoredText) => void;
  remove: (text: StoredText) => void;
}

/** Shows `texts` in the list; `present` is the id of the one that is open. */
export function showDrafts(
  list: HTMLElement,
  texts: readonly StoredText[],
  present: string | null,
  actions: DraftActions,
): void {
  const focused = [...list.children].findIndex((item) => item.matches(":focus-within"));
  list.replaceChildren(...texts.map((text) => makeItem(text, text.id === present, actions)));
  // What had the focus is gone: the item in its place takes it.
  if (focused >= 0) (list.children[Math.min(focused, texts.length - 1)]?.firstChild as HTMLElement)?.focus();
}

function makeItem(text: StoredText, present: boolean, actions: DraftActions): HTMLElement {
  const name = nameText(text);
  const item = document.createElement("li");
  const about = document.createElement("span");
  about.className = "draft-about";
  about.textContent = [present ? "open now" : "", text.origin, firstLine(text.text)]
    .filter(Boolean)
    .join(" · ");
  const rename = makeButton("draft-rename", text.name === null ? "Name" : "Rename", () =>
    actions.rename(text),
  );
  rename.setAttribute("aria-label", `${rename.textContent} ${name}`);
  const remove = makeButton("draft-delete", "Delete", () => actions.remove(text));
  remove.setAttribute("aria-label", `Delete ${name}`);
  const buttons = document.createElement("span");
  buttons.className = "draft-buttons";
  buttons.append(rename, remove);
  item.append(
    makeButton("draft-open", name, () => actions.open(text)),
    about,
    buttons,
  );
  return item;
}

/** Enough of the code to know it by. */
function firstLine(text: string): string {
  const line = text.split("\n").find((each) => each.trim() !== "" && !each.startsWith("# %%")) ?? "";
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
