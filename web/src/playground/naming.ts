/** Asks the reader for a draft's name. */

export class Naming {
  readonly #dialog: HTMLDialogElement;
  readonly #input: HTMLInputElement;
  readonly #problem: HTMLElement;
  readonly #isTaken: (name: string) => boolean;
  #onNamed: (name: string) => void = () => undefined;

  /** `isTaken` says whether another draft has that name. */
  constructor(dialog: HTMLDialogElement, isTaken: (name: string) => boolean) {
    this.#dialog = dialog;
    this.#isTaken = isTaken;
    this.#input = dialog.querySelector("input")!;
    this.#problem = dialog.querySelector("#naming-problem")!;
    dialog.querySelector("form")!.addEventListener("submit", (event) => this.#finish(event));
    dialog.querySelector("#cancel-naming")!.addEventListener("click", () => dialog.close());
  }

  /** Shows the question; `proposal` is a name to begin with. */
  ask(title: string, proposal: string, onNamed: (name: string) => void): void {
    this.#onNamed = onNamed;
    this.#dialog.querySelector("h2")!.textContent = title;
    this.#problem.textContent = "";
    this.#input.value = proposal;
    this.#dialog.showModal();
    this.#input.select();
  }

  #finish(event: Event): void {
    const name = this.#input.value.trim();
    const problem =
      name === "" ? "Write a name." : this.#isTaken(name) ? `There is a draft called “${name}” already.` : "";
    this.#problem.textContent = problem;
    if (problem !== "") return event.preventDefault();
    // The form closes the dialog by itself.
    this.#onNamed(name);
  }
}
