/** Notices under a cell's code: each says one thing, and may offer what to do about it. */

import { makeButton } from "./button.ts";

export interface NoticeAction {
  label: string;
  act: () => void;
}

export class NoticeView {
  readonly #host: HTMLElement;
  readonly #onFocusLost: () => void;
  readonly #notices = new Map<string, HTMLElement>();

  /** `onFocusLost` is called when a button goes that had the focus. */
  constructor(host: HTMLElement, onFocusLost: () => void) {
    this.#host = host;
    this.#onFocusLost = onFocusLost;
  }

  /** Shows a notice in place of the one of the same `kind`; null takes that one away. */
  show(kind: string, text: string | null, actions: NoticeAction[] = []): void {
    const earlier = this.#notices.get(kind);
    const notice = text === null ? null : makeNotice(text, actions);
    if (notice && earlier?.textContent === notice.textContent) return;
    const focused = earlier?.matches(":focus-within") ?? false;
    earlier?.remove();
    this.#notices.delete(kind);
    if (notice) {
      this.#notices.set(kind, notice);
      this.#host.append(notice);
    }
    this.#host.hidden = this.#notices.size === 0;
    if (focused) this.#onFocusLost();
  }
}

function makeNotice(text: string, actions: NoticeAction[]): HTMLElement {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.append(`${text} `, ...actions.map(({ label, act }) => makeButton("notice-action", label, act)));
  return notice;
}
