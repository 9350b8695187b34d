/** One page's session in the worker: what it asks goes to Python, what its runs put out goes to that page. */

import type { PyProxy } from "pyodide/ffi";
import { OutputLimit } from "./output-limit.ts";
import type { Answer, Asked, Evaluation, InputPrompt, Output, Plan, RunResult, Told } from "./protocol.ts";

/** The Python side of a session; the strings are JSON. */
export interface Wire extends PyProxy {
  run(request: string): Promise<string> & PyProxy;
  evaluate(expression: string): string;
  plan(request: string): string;
  ask(question: string): string;
  stop(): boolean;
  find_stale(request: string): string;
  close(): void;
}

/** Milliseconds between two counts of what was left out. */
const COUNT_INTERVAL = 250;

export class WorkerSession {
  readonly wire: Wire;
  readonly #tell: (message: Told) => void;
  #running = false;
  /** The run whose outputs come; tasks that it leaves behind may go on writing. */
  #runId = 0;
  #limit = new OutputLimit();
  #nextCount = 0;

  /** `open` gets what is to be called with each output, as JSON. */
  constructor(open: (post: (output: string) => void) => Wire, tell: (message: Told) => void) {
    this.#tell = tell;
    this.wire = open((output) => this.#put(JSON.parse(output) as Output));
  }

  /** Answers; rejects if that broke Python itself. */
  async answer(message: Exclude<Asked, { type: "stop" }>): Promise<void> {
    const { id } = message;
    switch (message.type) {
      case "run":
        return this.#run(id, JSON.stringify(message.request));
      case "evaluate": {
        const evaluation = JSON.parse(this.wire.evaluate(message.expression)) as Evaluation;
        return this.#tell({ type: "evaluation", id, evaluation });
      }
      case "plan": {
        const plan = JSON.parse(this.wire.plan(JSON.stringify(message.request))) as Plan;
        return this.#tell({ type: "plan", id, plan });
      }
      case "ask": {
        const answer = JSON.parse(this.wire.ask(JSON.stringify(message.question))) as Answer | null;
        return this.#tell({ type: "answer", id, answer });
      }
      case "stale": {
        const stale = JSON.parse(this.wire.find_stale(JSON.stringify(message.cells))) as string[];
        return this.#tell({ type: "stale", id, stale });
      }
      default:
        message satisfies never;
    }
  }

  /** Whether this run goes on. */
  runs(id: number): boolean {
    return this.#running && id === this.#runId;
  }

  /** A run asks its reader; the last one, if a task that it left behind does. */
  ask(prompt: InputPrompt, waits: "message" | "memory"): void {
    this.#tell({ type: "input", id: this.#runId, prompt, waits });
  }

  /** The run begins once more. */
  beginAgain(): void {
    this.#limit = new OutputLimit();
    this.#tell({ type: "again", id: this.#runId });
  }

  close(): void {
    this.wire.close();
    this.wire.destroy();
  }

  async #run(id: number, request: string): Promise<void> {
    this.#runId = id;
    this.#limit = new OutputLimit();
    this.#running = true;
    const answer = this.wire.run(request);
    const result = JSON.parse(await answer) as RunResult;
    answer.destroy();
    this.#running = false;
    if (this.#limit.omitted.characters + this.#limit.omitted.results > 0) this.#countOmitted();
    this.#tell({ type: "result", id, result });
  }

  #put(output: Output): void {
    const admitted = this.#limit.admit(output);
    if (admitted) this.#tell({ type: "output", id: this.#runId, output: admitted });
    else if (performance.now() > this.#nextCount) this.#countOmitted();
  }

  /** Not too often: a flood that is left out must not become one of messages about it. */
  #countOmitted(): void {
    this.#nextCount = performance.now() + COUNT_INTERVAL;
    this.#tell({ type: "omitted", id: this.#runId, omitted: this.#limit.omitted });
  }
}
