/** What is known of a name, below its cell: how it is called, its value, its documentation. */

import { makeButton } from "./button.ts";
import type { Inspection } from "./protocol.ts";
import { makeSignature } from "./signature-view.ts";

export class HelpView {
  readonly #host: HTMLElement;
  readonly #onClose: () => void;

  /** `onClose` is called when the reader closes it, to take the focus back. */
  constructor(host: HTMLElement, onClose: () => void) {
    this.#host = host;
    this.#onClose = onClose;
    host.tabIndex = -1;
    host.setAttribute("role", "region");
    host.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
  }

  /** Shows it and takes the focus, so that it can be read with the keyboard. */
  show(found: Inspection): void {
    const title = found.parameters ? makeSignature(found) : makeText("code", "signature", found.name);
    this.#fill(`Help: ${found.name}`, title);
    for (const text of [found.type, found.value]) {
      if (text) this.#host.append(makeText("p", "help-value", text));
    }
    const text = makeText("pre", "help-text", found.documentation || "It has no documentation.");
    text.tabIndex = 0;
    text.setAttribute("role", "group");
    text.setAttribute("aria-label", "Documentation");
    this.#host.append(text);
    this.#host.focus({ preventScroll: true });
    this.#host.scrollIntoView({ block: "nearest" });
  }

  /** Says why there is none. */
  say(text: string): void {
    const message = makeText("span", "help-message", "");
    message.setAttribute("role", "status");
    this.#fill("Help", message);
    message.textContent = text;
  }

  #fill(label: string, head: HTMLElement): void {
    const bar = makeText("div", "help-bar", "");
    bar.append(
      head,
      makeButton("help-close", "Close", () => this.#close()),
    );
    this.#host.setAttribute("aria-label", label);
    this.#host.replaceChildren(bar);
    this.#host.hidden = false;
  }

  #close(): void {
    this.#host.hidden = true;
    this.#host.replaceChildren();
    this.#onClose();
  }
}

function makeText(name: "code" | "p" | "pre" | "span" | "div", className: string, text: string): HTMLElement {
  return Object.assign(document.createElement(name), { className, textContent: text });
}
