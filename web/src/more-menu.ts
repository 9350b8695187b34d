/** A button that opens a short list of further actions, for what is too rare to stand in a toolbar all the time. */

import { makeButton } from "./button.ts";

export interface MenuAction {
  label: string;
  act: () => void;
}

/** Makes the button and its list, which goes after the toolbar; Escape or a choice closes it. */
export function makeMoreMenu(
  label: string,
  actions: MenuAction[],
): { button: HTMLElement; list: HTMLElement } {
  const list = document.createElement("div");
  list.className = "more-list";
  list.hidden = true;
  const open = (visible: boolean): void => {
    list.hidden = !visible;
    button.setAttribute("aria-expanded", String(visible));
  };
  const button = makeButton("more", "More", () => open(list.hidden === true));
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-expanded", "false");
  const choose = (act: () => void): void => {
    open(false);
    button.focus();
    act();
  };
  list.append(...actions.map(({ label, act }) => makeButton("more-action", label, () => choose(act))));
  for (const part of [button, list] as HTMLElement[]) {
    part.addEventListener("keydown", (event: KeyboardEvent) => {
      if (event.key !== "Escape" || list.hidden) return;
      event.stopPropagation();
      open(false);
      button.focus();
    });
  }
  return { button, list };
}
