/** A cell's toolbar: Run or Stop, Reset, Copy, the run's number, what it is doing and for how long. */

import { makeButton } from "./button.ts";
import { copyText } from "./clipboard.ts";
import { makeMoreMenu, type MenuAction } from "./more-menu.ts";

export interface ControlActions {
  run: () => void;
  stop: () => void;
  /** None where there is nothing to go back to. */
  reset: (() => void) | null;
  /** The text to copy. */
  copy: () => string;
  /** What the list under "More" offers. */
  more: MenuAction[];
  /** Says what is known of the name at the caret. */
  help: () => void;
}

/** From this many seconds on a running cell shows its time. */
const SHOW_TIME_FROM = 2;

export class Controls {
  readonly #run: HTMLButtonElement;
  readonly #reset: HTMLButtonElement;
  readonly #count = makeSpan("count");
  readonly #status = makeSpan("status");
  /** Beside the status, not in it: a screen reader would read out every second. */
  readonly #time = makeSpan("elapsed");
  readonly #offer = makeButton("offer", "");
  #active = false;
  #edited = false;
  #clock = 0;

  constructor(host: HTMLElement, actions: ControlActions) {
    this.#run = makeButton("run", "Run", (event) => this.#press(event, actions));
    // A key that is held down is one press.
    this.#run.addEventListener("keydown", (event) => {
      if (event.repeat && event.key === "Enter") event.preventDefault();
    });
    this.#run.title = "Shift+Enter runs and moves on, Ctrl+Enter or ⌘+Enter runs";
    this.#reset = makeButton("reset", "Reset", () => this.#edited && actions.reset?.());
    this.#reset.hidden = actions.reset === null;
    const copy = makeButton("copy", "Copy", () => void this.#copy(actions.copy()));
    const help = makeButton("help", "Help", () => actions.help());
    help.title = "What is known of the name at the caret (F1)";
    this.#status.setAttribute("role", "status");
    this.#time.setAttribute("aria-hidden", "true");
    const more = makeMoreMenu("More actions", actions.more);
    more.button.hidden = actions.more.length === 0;
    host.append(
      this.#run,
      this.#reset,
      copy,
      help,
      more.button,
      this.#status,
      this.#time,
      this.#offer,
      this.#count,
    );
    host.append(more.list);
    this.#offer.hidden = true;
    this.showEdited(false);
  }

  /** Says what the cell is doing, or how its run ended. */
  say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
    this.#offer.hidden = true;
  }

  /** Offers a way on from what was said. */
  offer(label: string, act: () => void): void {
    this.#offer.textContent = label;
    this.#offer.onclick = act;
    this.#offer.hidden = false;
  }

  focus(): void {
    this.#run.focus();
  }

  /** Whether a run of this cell waits or goes on: the Run button stops it then. */
  showActive(active: boolean): void {
    if (active === this.#active) return;
    this.#active = active;
    this.#run.textContent = active ? "Stop" : "Run";
    this.#run.classList.toggle("stop", active);
  }

  /** Starts to count the seconds of a run, unless it is counting. */
  startClock(): void {
    if (this.#clock !== 0) return;
    const start = performance.now();
    this.#clock = window.setInterval(() => {
      const seconds = Math.floor((performance.now() - start) / 1000);
      if (seconds >= SHOW_TIME_FROM) this.#time.textContent = `${seconds} s`;
    }, 250);
  }

  stopClock(): void {
    clearInterval(this.#clock);
    this.#clock = 0;
    this.#time.textContent = "";
  }

  /** The run's number in this Python; null while it hasn't run there. */
  showCount(count: number | null): void {
    this.#count.textContent = count === null ? "" : `[${count}]`;
    this.#count.title = count === null ? "" : "How many runs Python has seen, this one included";
  }

  /** Whether there is something to reset. */
  showEdited(edited: boolean): void {
    this.#edited = edited;
    // Not `disabled`: that would drop the focus of whoever has just pressed it.
    this.#reset.setAttribute("aria-disabled", String(!edited));
  }

  /** The second half of a double click must not stop what the first has begun; a third one is meant. */
  #press({ detail }: MouseEvent, { run, stop }: ControlActions): void {
    if (!this.#active) run();
    else if (detail !== 2) stop();
  }

  async #copy(text: string): Promise<void> {
    this.say((await copyText(text)) ? "Copied." : "The browser did not allow copying.");
  }
}

function makeSpan(className: string): HTMLSpanElement {
  const span = document.createElement("span");
  span.className = className;
  return span;
}
