/** Says how far the loading of Python is, or why it failed, with a way to try again. */

import { makeButton } from "./button.ts";
import type { LoadProgress, Problem } from "./protocol.ts";

export class LoadingView {
  readonly #host: HTMLElement;
  readonly #text = document.createElement("span");
  readonly #bar = document.createElement("progress");
  readonly #retry: HTMLButtonElement;

  constructor(host: HTMLElement, onRetry: () => void) {
    this.#host = host;
    this.#text.className = "loading-text";
    this.#bar.setAttribute("aria-label", "Loading Python");
    this.#retry = makeButton("retry", "Retry", onRetry);
    host.append(this.#text, this.#bar, this.#retry);
    this.hide();
  }

  /** `progress` is null until the first news. */
  showProgress(progress: LoadProgress | null): void {
    this.#host.hidden = false;
    this.#host.removeAttribute("data-failed");
    this.#retry.hidden = true;
    this.#bar.hidden = false;
    this.#setText(progress ? describeProgress(progress) : "Loading Python…");
    if (progress?.phase === "downloading") {
      this.#bar.max = progress.total;
      this.#bar.value = progress.bytes;
    } else {
      this.#bar.removeAttribute("value");
    }
  }

  showProblem(problem: Problem): void {
    this.#host.hidden = false;
    this.#host.dataset["failed"] = "";
    this.#retry.hidden = false;
    this.#bar.hidden = true;
    this.#setText(problem.message);
    this.#text.title = problem.cause;
  }

  hide(): void {
    this.#host.hidden = true;
  }

  #setText(text: string): void {
    this.#text.removeAttribute("title");
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }
}

function describeProgress({ phase, part, bytes, total }: LoadProgress): string {
  if (phase === "starting") return "Starting Python…";
  if (phase === "installing") return "Installing Python's packages…";
  const name = part === "Python" || part === "" ? "Loading Python" : `Loading Python: ${part}`;
  return `${name}… ${megabytes(bytes)} of ${megabytes(total)} MB`;
}

function megabytes(bytes: number): string {
  const size = bytes / 1e6;
  return size < 10 ? size.toFixed(1) : size.toFixed(0);
}
