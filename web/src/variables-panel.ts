/** The panel of the reader's variables: a table at the foot of the window, up to date after each run while it is open. */

import { makeButton } from "./button.ts";
import type { KernelClient } from "./kernel-client.ts";
import type { KernelState } from "./kernel-state.ts";
import type { Variables } from "./protocol.ts";
import { makeVariablesTable } from "./variables-table.ts";

export class VariablesPanel {
  readonly #kernel: KernelClient;
  readonly #button: HTMLElement;
  readonly #panel = makeElement("section", "variables");
  readonly #status = makeElement("p", "variables-status");
  readonly #tables = makeElement("div", "variables-tables");
  /** Of the Python whose variables are shown; null while none are. */
  #shown: number | null = null;

  /** `button` opens and closes it; the panel is put at the end of the page. */
  constructor(kernel: KernelClient, button: HTMLElement) {
    this.#kernel = kernel;
    this.#button = button;
    this.#compose();
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => (this.#isOpen ? this.#close() : this.#open()));
    kernel.onChange((state) => this.#follow(state));
    document.body.append(this.#panel);
  }

  get #isOpen(): boolean {
    return !this.#panel.hidden;
  }

  #compose(): void {
    const heading = makeElement("h2", "");
    heading.id = "variables-heading";
    heading.textContent = "Variables";
    const bar = makeElement("div", "variables-bar");
    bar.append(
      heading,
      this.#status,
      makeButton("variables-close", "Close", () => this.#close()),
    );
    this.#tables.tabIndex = 0;
    this.#tables.setAttribute("role", "group");
    this.#tables.setAttribute("aria-label", "Tables of variables");
    this.#panel.setAttribute("aria-labelledby", heading.id);
    this.#panel.tabIndex = -1;
    this.#panel.hidden = true;
    this.#panel.append(bar, this.#tables);
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
  }

  #open(): void {
    this.#panel.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    // Room below the page's end, so that nothing is hidden behind the panel for good.
    document.documentElement.classList.add("has-variables");
    this.#follow(this.#kernel.state);
    this.#panel.focus({ preventScroll: true });
  }

  #close(): void {
    const focused = this.#panel.matches(":focus-within");
    this.#panel.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
    document.documentElement.classList.remove("has-variables");
    if (focused) this.#button.focus();
  }

  #follow(state: KernelState): void {
    if (!this.#isOpen) return;
    if (this.#shown !== this.#kernel.generation) this.#clear();
    if (state.name === "ready") void this.#refresh();
    else this.#status.textContent = describeState(state, this.#shown !== null);
  }

  async #refresh(): Promise<void> {
    const { generation } = this.#kernel;
    const answer = await this.#kernel.ask({ about: "variables" });
    // Another run may have begun, or another Python; its end refreshes again.
    if (answer === null || this.#kernel.state.name !== "ready" || generation !== this.#kernel.generation)
      return;
    this.#shown = generation;
    this.#show(answer);
  }

  #show({ variables, definitions, omitted }: Variables): void {
    const { scrollTop } = this.#tables;
    const opened = this.#tables.querySelector("details")?.open ?? false;
    const rest = omitted > 0 ? `, and ${omitted} more that are not shown` : "";
    const count = `${variables.length} ${variables.length === 1 ? "variable" : "variables"}`;
    this.#status.textContent =
      variables.length + definitions.length === 0 ? "None yet. Run a cell that makes some." : count + rest;
    this.#tables.replaceChildren();
    if (variables.length > 0)
      this.#tables.append(makeVariablesTable("Variables and their values", variables));
    if (definitions.length > 0) {
      const details = makeElement("details", "");
      const summary = document.createElement("summary");
      summary.textContent = `Functions, classes and modules (${definitions.length})`;
      details.open = opened;
      details.append(summary, makeVariablesTable("Functions, classes and modules", definitions));
      this.#tables.append(details);
    }
    this.#tables.scrollTop = scrollTop;
  }

  #clear(): void {
    this.#shown = null;
    this.#tables.replaceChildren();
  }
}

function describeState(state: KernelState, shown: boolean): string {
  switch (state.name) {
    case "off":
      return "Python has not started yet. Run a cell.";
    case "loading":
      return "Python is being loaded.";
    case "failed":
      return "Python could not be loaded.";
    case "running":
      return shown ? "Running; these are the values from before." : "Running.";
    case "ready":
      return "";
    default:
      return state satisfies never;
  }
}

function makeElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  return element;
}
