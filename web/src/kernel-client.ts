/** The page's one Python: started when first needed, runs one request at a time, comes back after it has died. */

import { OpenQuestions } from "./kernel-questions.ts";
import type { KernelState, LostEnd, OutputReader, RunEnd } from "./kernel-state.ts";
import type {
  Answers,
  Evaluation,
  FromWorker,
  InputReply,
  KeptStart,
  Names,
  Plan,
  PlanRequest,
  Problem,
  Question,
  RunRequest,
  RunResult,
  RuntimeFiles,
  ShownOutputs,
  ToWorker,
} from "./protocol.ts";
import { checkOutput } from "./output-check.ts";
import { type Reply, type Request, Requests } from "./requests.ts";
import { makeSharedMemory, SharedLine } from "./shared-line.ts";
import { startWorker } from "./worker-start.ts";

/** Milliseconds that Python has to obey: one at work hears of the wish only through shared memory. */
const GRACE_SHARED = 600;
const GRACE = 300;
/** What isn't a reader's program takes no longer, unless something is very wrong. */
const GRACE_OTHER = 3000;

const NO_NAMES: Names = { first: [], more: 0 };

export class KernelClient {
  readonly #script: string;
  readonly #runtime: RuntimeFiles;
  readonly #listeners = new Set<(state: KernelState) => void>();
  #worker: Worker | null = null;
  #state: KernelState = { name: "off" };
  #generation = 0;
  /** What the next Python can start from. */
  #kept: KeptStart | null = null;
  readonly #requests = new Requests();
  #line: SharedLine | null = null;
  /** The timer after which a Python that doesn't obey is replaced. */
  #deadline = 0;
  /** The reader's names, as they were after the last run. */
  #names = NO_NAMES;
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
    const shared = makeSharedMemory();
    this.#line = shared && new SharedLine(shared);
    this.#names = NO_NAMES;
    const kept = this.#kept;
    this.#kept = null;
    const handed = kept?.pages ?? [];
    worker.postMessage({ type: "start", runtime: this.#runtime, shared, kept } satisfies ToWorker, handed);
    this.#change({ name: "loading", progress: null });
  }

  /** Runs a cell after all that was asked before; its outputs come to `reader` as they are made. */
  run(request: RunRequest, reader: OutputReader): Promise<RunEnd> {
    return this.#request<RunResult>((id) => ({ type: "run", id, request }), reader);
  }

  /** Evaluates an expression in the reader's namespace, after all that was asked before. */
  async evaluate(expression: string): Promise<Evaluation> {
    const answer = await this.#request<Evaluation>((id) => ({ type: "evaluate", id, expression }));
    if (!("status" in answer)) return answer;
    return { ok: false, error: "problem" in answer ? answer.problem.message : "Python was restarted." };
  }

  /** Which cells have to run before one, after all that was asked before. */
  plan(request: PlanRequest): Promise<Plan | LostEnd> {
    return this.#request<Plan>((id) => ({ type: "plan", id, request }));
  }

  /** The ids of the cells whose outputs are out of date. */
  findStale(cells: ShownOutputs[]): Promise<string[] | LostEnd> {
    return this.#request<string[]>((id) => ({ type: "stale", id, cells }));
  }

  /** What Python says at once, without waiting for anything; null while a cell runs or Python isn't there. */
  ask<Asked extends Question>(question: Asked): Promise<Answers[Asked["about"]] | null> {
    const runs = this.#state.name === "running" && this.#requests.current?.reader !== undefined;
    if (runs || (this.#state.name !== "ready" && this.#state.name !== "running"))
      return Promise.resolve(null);
    const answer = this.#questions.put(question, (message) => this.#post(message));
    return answer as Promise<Answers[Asked["about"]] | null>;
  }

  /**
   * Calls off what waits, with status "cancelled", and stops what runs: its result comes soon, or else Python is
   * replaced and it ends with status "restarted".
   */
  stop(): void {
    this.#requests.loseWaiting({ status: "cancelled" });
    const { current, id } = this.#requests;
    if (!current || this.#deadline !== 0) return;
    const runs = current.reader !== undefined;
    if (runs) this.#line?.interrupt();
    this.#post({ type: "stop", id });
    const grace = runs ? (this.#line ? GRACE_SHARED : GRACE) : GRACE_OTHER;
    this.#deadline = window.setTimeout(() => this.restart(), grace);
  }

  /** Ends whatever runs or waits, with status "restarted", and starts Python afresh. */
  restart(): void {
    const lost = this.#names;
    this.#discardWorker();
    this.#loseAll({ status: "restarted", lost });
    this.warm();
  }

  /** Ends Python for good, because nobody is left who could ask it anything. */
  close(): void {
    this.#discardWorker();
    this.#loseAll({ status: "cancelled" });
  }

  #request<Kind extends Reply>(message: Request["message"], reader?: OutputReader): Promise<Kind | LostEnd> {
    return new Promise((resolve) => {
      this.#requests.add({
        message,
        ...(reader && { reader }),
        onResult: (reply) => resolve(reply as Kind),
        onLost: resolve,
      });
      this.warm();
      this.#next();
    });
  }

  #next(): void {
    const request = this.#state.name === "ready" ? this.#requests.begin() : null;
    if (!request) return;
    const { id } = this.#requests;
    if (request.reader) this.#reader = { id, to: request.reader };
    this.#change({ name: "running" });
    this.#post(request.message(id));
  }

  #receive(worker: Worker, message: FromWorker): void {
    if (worker !== this.#worker) return;
    switch (message.type) {
      case "progress":
        return this.#change({ name: "loading", progress: message.progress });
      case "kept":
        this.#kept = message.kept;
        return;
      case "ready":
        return this.#becomeReady();
      case "failed":
        return this.#fail(message.problem);
      case "output":
        if (message.id === this.#reader?.id) this.#reader.to.onOutput(checkOutput(message.output));
        return;
      case "omitted":
        if (message.id === this.#reader?.id) this.#reader.to.onOmitted(message.omitted);
        return;
      case "input":
        if (message.id !== this.#reader?.id) return this.#reply({ end: "input" }, message.waits);
        return this.#reader.to.onAsked(message.prompt, (reply) => this.#reply(reply, message.waits));
      case "again":
        if (message.id === this.#reader?.id) this.#reader.to.onBegunAgain();
        return;
      case "result":
        this.#names = message.result.names;
        return this.#finish(message.result);
      case "evaluation":
        return this.#finish(message.evaluation);
      case "plan":
        return this.#finish(message.plan);
      case "stale":
        return this.#finish(message.stale);
      case "answer":
        return this.#questions.settle(message.id, message.answer);
      case "died":
        return this.#die(message.problem);
      default:
        message satisfies never;
    }
  }

  #finish(reply: Reply): void {
    this.#dropDeadline();
    this.#requests.finish(reply);
    this.#becomeReady();
  }

  #reply(reply: InputReply, waits: "message" | "memory"): void {
    if (waits === "memory") this.#line?.answer(reply);
    else this.#post({ type: "input", reply });
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
    const lost = this.#names;
    this.#discardWorker();
    this.#requests.loseCurrent({ status: "died", problem, lost });
    this.#loseAll({ status: "restarted", lost });
    this.warm();
  }

  #loseAll(end: LostEnd): void {
    this.#requests.loseCurrent(end);
    this.#requests.loseWaiting(end);
  }

  #discardWorker(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#line = null;
    this.#reader = null;
    this.#questions.drop();
    this.#dropDeadline();
    this.#state = { name: "off" };
  }

  #dropDeadline(): void {
    clearTimeout(this.#deadline);
    this.#deadline = 0;
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #change(state: KernelState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
