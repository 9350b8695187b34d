/** Asks the reader what `input()` wants to know, at the end of a cell's outputs, like a terminal. */

import { makeButton } from "./button.ts";
import type { InputPrompt, InputReply } from "./protocol.ts";

/** See shared-line.ts. */
const LONGEST_ANSWER = 16_000;

export class InputView {
  readonly #host: HTMLElement;
  readonly #onFocusLost: () => void;
  #form: HTMLFormElement | null = null;

  /** `onFocusLost` is called when the field goes that had the focus. */
  constructor(host: HTMLElement, onFocusLost: () => void) {
    this.#host = host;
    this.#onFocusLost = onFocusLost;
  }

  /** Shows a question, with the focus on its field; `answer` is called once. */
  ask(question: InputPrompt, answer: (answer: InputReply) => void): void {
    const form = document.createElement("form");
    form.className = "question";
    form.autocomplete = "off";
    const field = makeField(question.secret);
    const label = document.createElement("label");
    label.append(makePrompt(question.prompt), field);
    const settle = (given: InputReply): void => {
      if (form.classList.contains("answered")) return;
      // It keeps the focus until the next question or the end of the run.
      form.classList.add("answered");
      field.readOnly = true;
      answer(given);
    };
    const sendText = (): void => settle({ end: "text", text: field.value });
    const send = makeButton("question-send", "Enter", sendText);
    const end = makeButton("question-end", "No more input", () => settle({ end: "input" }));
    end.title = "As Ctrl+D does in a terminal";
    field.addEventListener("keydown", (event) => {
      // Shift+Enter and Ctrl+Enter run the cell elsewhere; here they send, as Enter does. Without the form: in a
      // sandboxed iframe none may be submitted. An input method's own Enter only ends a word.
      if (event.key === "Enter" && !event.isComposing) {
        event.stopPropagation();
        event.preventDefault();
        return sendText();
      }
      if (event.key !== "d" || !event.ctrlKey || field.value !== "") return;
      event.preventDefault();
      settle({ end: "input" });
    });
    form.append(label, send, end);
    const focus = this.#form?.matches(":focus-within") || mayTakeFocus(this.#host);
    this.#form?.remove();
    this.#form = form;
    this.#host.append(form);
    this.#host.hidden = false;
    if (focus) field.focus();
  }

  /** Nothing is asked any more. */
  hide(): void {
    const focused = this.#form?.matches(":focus-within") ?? false;
    this.#form?.remove();
    this.#form = null;
    this.#host.hidden = true;
    if (focused) this.#onFocusLost();
  }
}

function makeField(secret: boolean): HTMLInputElement {
  const field = document.createElement("input");
  field.type = secret ? "password" : "text";
  field.maxLength = LONGEST_ANSWER;
  field.autocomplete = secret ? "new-password" : "off";
  field.autocapitalize = "off";
  field.spellcheck = false;
  field.enterKeyHint = "send";
  return field;
}

function makePrompt(text: string): HTMLElement {
  const prompt = document.createElement("span");
  prompt.className = "question-prompt";
  prompt.textContent = text.trim() === "" ? "Input:" : text;
  return prompt;
}

/** Not from a reader who is at work in another cell. */
function mayTakeFocus(host: HTMLElement): boolean {
  const active = document.activeElement;
  const root = host.getRootNode();
  return active === null || active === document.body || (root instanceof ShadowRoot && root.host === active);
}
