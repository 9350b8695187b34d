/** The page's one Python: started when first needed, runs one request at a time, comes back after it has died. */

import { OpenQuestions } from "./kernel-questions.ts";
import type { KernelState, LostEnd, OutputReader, RunEnd } from "./kernel-state.ts";
import type {
  Answer,
  Evaluation,
  FromWorker,
  PlanRequest,
  Problem,
  Question,
  RunRequest,
  RunResult,
  RuntimeFiles,
  ToWorker,
} from "./protocol.ts";
import { startWorker } from "./worker-start.ts";

type Reply = RunResult | Evaluation | string[];

/** A request that waits or is being answered; either `onResult` or `onLost` is called, once. */
interface Request {
  message: (id: number) => ToWorker;
  reader?: OutputReader;
  onResult: (answer: Reply) => void;
  onLost: (end: LostEnd) => void;
}

export class KernelClient {
  readonly #script: string;
  readonly #runtime: RuntimeFiles;
  readonly #listeners = new Set<(state: KernelState) => void>();
  #worker: Worker | null = null;
  #state: KernelState = { name: "off" };
  #generation = 0;
  #lastId = 0;
  #queue: Request[] = [];
  /** The request being answered. */
  #current: Request | null = null;
  readonly #questions = new OpenQuestions();
  /** Where outputs go; a run that has ended may have left tasks behind that still write. */
  #reader: { id: number; to: OutputReader } | null = null;

  /** `script` is the worker's absolute URL. */
  constructor(script: string, runtime: RuntimeFiles) {
    this.#script = script;
    this.#runtime = runtime;
  }

  get state(): KernelState {
    return this.#state;
  }

  /** Counts the Pythons there have been: what ran in an earlier one has left no variables in this one. */
  get generation(): number {
    return this.#generation;
  }

  /** Calls `listener` after each change of state; returns the way to stop that. */
  onChange(listener: (state: KernelState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts Python unless it is there already; `warm` because a page calls it before anything needs to run. */
  warm(): void {
    if (this.#state.name !== "off" && this.#state.name !== "failed") return;
    this.#generation += 1;
    const worker = startWorker(this.#script);
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => this.#receive(worker, data as FromWorker));
    worker.addEventListener("messageerror", () => this.#lose(worker, "a message could not be read"));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#lose(worker, event.message || "the worker's script did not load");
    });
    this.#post({ type: "start", runtime: this.#runtime });
    this.#change({ name: "loading", progress: null });
  }

  /** Runs a cell after all that was asked before; its outputs come to `reader` as they are made. */
  run(request: RunRequest, reader: OutputReader): Promise<RunEnd> {
    return new Promise((resolve) => {
      this.#enqueue({
        message: (id) => ({ type: "run", id, request }),
        reader,
        onResult: (answer) => resolve(answer as RunResult),
        onLost: resolve,
      });
    });
  }

  /** Evaluates an expression in the reader's namespace, after all that was asked before. */
  evaluate(expression: string): Promise<Evaluation> {
    return new Promise((resolve) => {
      this.#enqueue({
        message: (id) => ({ type: "evaluate", id, expression }),
        onResult: (answer) => resolve(answer as Evaluation),
        onLost: (end) =>
          resolve({ ok: false, error: "problem" in end ? end.problem.message : "Python was restarted." }),
      });
    });
  }

  /** The ids of the cells that have to run before one, in order, after all that was asked before. */
  plan(request: PlanRequest): Promise<string[] | LostEnd> {
    return new Promise((resolve) => {
      this.#enqueue({
        message: (id) => ({ type: "plan", id, request }),
        onResult: (answer) => resolve(answer as string[]),
        onLost: resolve,
      });
    });
  }

  /** What Python says at once, without waiting for anything; null while it is busy or not there. */
  ask(question: Question): Promise<Answer | null> {
    if (this.#state.name !== "ready") return Promise.resolve(null);
    return this.#questions.put(question, (message) => this.#post(message));
  }

  /** Ends whatever runs or waits, with status "restarted", and starts Python afresh. */
  restart(): void {
    this.#discardWorker();
    this.#loseAll({ status: "restarted" });
    this.warm();
  }

  /** Ends whatever waits for Python to be loaded, with status "cancelled", and lets the loading go on. */
  cancel(): void {
    this.#loseAll({ status: "cancelled" });
  }

  #enqueue(request: Request): void {
    this.#queue.push(request);
    this.warm();
    this.#next();
  }

  #next(): void {
    const request = this.#state.name === "ready" ? this.#queue.shift() : undefined;
    if (!request) return;
    const id = ++this.#lastId;
    this.#current = request;
    if (request.reader) this.#reader = { id, to: request.reader };
    this.#change({ name: "running" });
    this.#post(request.message(id));
  }

  #receive(worker: Worker, message: FromWorker): void {
    if (worker !== this.#worker) return;
    switch (message.type) {
      case "progress":
        return this.#change({ name: "loading", progress: message.progress });
      case "ready":
        return this.#becomeReady();
      case "failed":
        return this.#fail(message.problem);
      case "output":
        if (message.id === this.#reader?.id) this.#reader.to.onOutput(message.output);
        return;
      case "omitted":
        if (message.id === this.#reader?.id) this.#reader.to.onOmitted(message.omitted);
        return;
      case "result":
        return this.#answer(message.result);
      case "evaluation":
        return this.#answer(message.evaluation);
      case "plan":
        return this.#answer(message.first);
      case "answer":
        return this.#questions.settle(message.id, message.answer);
      case "died":
        return this.#die(message.problem);
      default:
        message satisfies never;
    }
  }

  #answer(answer: Reply): void {
    const request = this.#current;
    this.#current = null;
    request?.onResult(answer);
    this.#becomeReady();
  }

  #becomeReady(): void {
    this.#change({ name: "ready" });
    this.#next();
  }

  #lose(worker: Worker, cause: string): void {
    if (worker !== this.#worker) return;
    if (this.#state.name === "loading") this.#fail({ message: "Python could not be loaded.", cause });
    else this.#die({ message: "Python stopped unexpectedly.", cause });
  }

  #fail(problem: Problem): void {
    this.#discardWorker();
    this.#change({ name: "failed", problem });
    this.#loseAll({ status: "unloaded", problem });
  }

  #die(problem: Problem): void {
    this.#discardWorker();
    const current = this.#current;
    this.#current = null;
    current?.onLost({ status: "died", problem });
    this.#loseAll({ status: "restarted" });
    this.warm();
  }

  #loseAll(end: LostEnd): void {
    const lost = this.#current ? [this.#current, ...this.#queue] : this.#queue;
    this.#current = null;
    this.#queue = [];
    for (const request of lost) request.onLost(end);
  }

  #discardWorker(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#reader = null;
    this.#questions.drop();
    this.#state = { name: "off" };
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #change(state: KernelState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
