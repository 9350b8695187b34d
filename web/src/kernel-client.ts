/** What one page asks of its Python, which other pages may share: one request at a time, each to its end. */

import { OpenQuestions } from "./kernel-questions.ts";
import type { Displaced, KernelState, LostEnd, OutputReader, RunEnd } from "./kernel-state.ts";
import type {
  Answers,
  Evaluation,
  Names,
  Plan,
  PlanRequest,
  Question,
  RunRequest,
  RunResult,
  ShownOutputs,
  Told,
} from "./protocol.ts";
import { type Reply, Requests, type Wish } from "./requests.ts";
import { RunOutputs } from "./run-outputs.ts";
import type { Loss, PythonState, Seat, SeatListener } from "./seat.ts";

/** Takes a seat at a Python. `isThere` says whether that hasn't gone without a word. */
export type TakeSeat = (listener: SeatListener) => { seat: Seat; isThere: () => boolean };

const NO_NAMES: Names = { first: [], more: 0 };

export class KernelClient {
  readonly #takeSeat: TakeSeat;
  readonly #listeners = new Set<(state: KernelState) => void>();
  #place: ReturnType<TakeSeat> | null = null;
  #state: KernelState = { name: "off" };
  #generation = 0;
  readonly #requests = new Requests();
  /** The reader's names, as they were after the last run. */
  #names = NO_NAMES;
  readonly #questions = new OpenQuestions();
  readonly #outputs = new RunOutputs();

  constructor(takeSeat: TakeSeat) {
    this.#takeSeat = takeSeat;
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
    if (this.#place?.isThere() === false) this.#lose({ cause: "gone" });
    if (this.#state.name !== "off" && this.#state.name !== "failed") return;
    this.#place ??= this.#takeSeat(this.#makeListener());
    const { seat } = this.#place;
    // Another page may have started it.
    if (seat.state.name === "loading" || seat.state.name === "ready") this.#follow(seat.state);
    else seat.warm();
  }

  /** Runs a cell after all that was asked before; its outputs come to `reader` as they are made. */
  run(request: RunRequest, reader: OutputReader): Promise<RunEnd | Displaced> {
    return this.#request<RunResult | Displaced>((id) => ({ type: "run", id, request }), { reader });
  }

  /** Evaluates an expression in the reader's namespace, after all that was asked before. */
  async evaluate(expression: string): Promise<Evaluation> {
    const answer = await this.#request<Evaluation>((id) => ({ type: "evaluate", id, expression }));
    if (!("status" in answer)) return answer;
    return { ok: false, error: "problem" in answer ? answer.problem.message : "Python was restarted." };
  }

  /** Which cells have to run before one, after all that was asked before. `ahead`: nobody waits for it yet. */
  plan(request: PlanRequest, { ahead = false } = {}): Promise<Plan | LostEnd> {
    return this.#request<Plan>((id) => ({ type: "plan", id, request, ahead }), { ahead });
  }

  /** The ids of the cells whose outputs are out of date. */
  findStale(cells: ShownOutputs[]): Promise<string[] | LostEnd> {
    return this.#request<string[]>((id) => ({ type: "stale", id, cells }));
  }

  /** What Python says at once, without waiting for anything; null while a cell runs or Python isn't there. */
  ask<Asked extends Question>(question: Asked): Promise<Answers[Asked["about"]] | null> {
    const place = this.#place?.isThere() ? this.#place : null;
    const answer = this.#questions.put((id) => place?.seat.ask(id, question) ?? false);
    return answer as Promise<Answers[Asked["about"]] | null>;
  }

  /**
   * Calls off what waits, with status "cancelled", and stops what runs: its result comes soon, or else Python is
   * replaced and it ends with status "restarted".
   */
  stop(): void {
    this.#requests.loseWaiting({ status: "cancelled" });
    if (this.#place?.isThere() === false) this.#lose({ cause: "gone" });
    if (this.#requests.current) this.#place?.seat.stop(this.#requests.id);
  }

  /** Ends whatever runs or waits, with status "restarted", and starts Python afresh. */
  restart(): void {
    if (this.#place?.isThere()) this.#place.seat.restart();
    else this.warm();
  }

  /** Asks nothing any more; Python ends, unless others still need it. */
  close(): void {
    this.#place?.seat.leave();
    this.#place = null;
    this.#forget();
    this.#loseAll({ status: "cancelled" });
  }

  #request<Kind extends Reply | Displaced>(
    makeRequest: Wish["makeRequest"],
    how: Pick<Wish, "reader" | "ahead"> = {},
  ): Promise<Kind | LostEnd> {
    return new Promise((resolve) => {
      this.#requests.add({
        makeRequest,
        ...how,
        onReply: (reply) => resolve(reply as Kind),
        onLost: (end) => resolve(end as Kind | LostEnd),
      });
      this.warm();
      this.#next();
    });
  }

  #next(): void {
    if (this.#state.name !== "ready" || this.#requests.current) return;
    const request = this.#requests.begin();
    if (request) this.#place!.seat.submit(request);
  }

  #makeListener(): SeatListener {
    return {
      isGone: () => window.closed,
      onState: (state) => this.#follow(state),
      onBegun: (id) => this.#begin(id),
      onTold: (message) => this.#hear(message),
      onCancelled: () => {
        this.#requests.loseCurrent({ status: "cancelled" });
        this.#next();
      },
      onLost: (loss) => {
        if (loss.cause !== "gone") return this.#lose(loss);
        // The page that Python belongs to goes this moment: what comes of that must not be part of its going.
        const place = this.#place;
        setTimeout(() => place === this.#place && this.#lose(loss));
      },
    };
  }

  #follow(state: PythonState): void {
    const { name } = this.#state;
    if (state.name !== "failed" && (name === "off" || name === "failed")) {
      this.#generation += 1;
      this.#names = NO_NAMES;
    }
    if (state.name === "failed") this.#forget();
    this.#change(state);
    if (state.name === "failed") this.#loseAll({ status: "unloaded", problem: state.problem });
    this.#next();
  }

  #begin(id: number): void {
    const reader = this.#requests.current?.reader;
    if (reader) this.#outputs.begin(id, reader);
    this.#change({ name: "running" });
  }

  #hear(message: Told): void {
    switch (message.type) {
      case "output":
      case "omitted":
      case "input":
      case "again":
        return this.#outputs.pass(message, this.#place!.seat);
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
      default:
        message satisfies never;
    }
  }

  #finish(reply: Reply): void {
    this.#requests.finish(reply);
    this.#change({ name: "ready" });
    this.#next();
  }

  #lose(loss: Loss): void {
    const lost = this.#names;
    const runs = this.#state.name === "running" && this.#requests.current?.reader !== undefined;
    this.#forget();
    if (loss.cause === "death") this.#requests.loseCurrent({ status: "died", problem: loss.problem, lost });
    if (loss.cause === "self" || loss.cause === "death")
      return this.#loseAll({ status: "restarted", lost, by: "self" });
    if (runs) this.#requests.loseCurrent({ status: "restarted", lost, by: "another" });
    this.#requests.moveAway();
    if (loss.cause !== "gone") return;
    // Not left: what belonged to a page that has gone can fail in any way.
    this.#place = null;
    this.#change(this.#state);
    if (!this.#requests.isEmpty) this.warm();
  }

  #loseAll(end: LostEnd): void {
    this.#requests.loseCurrent(end);
    this.#requests.loseWaiting(end);
  }

  /** Python is lost. */
  #forget(): void {
    this.#outputs.drop();
    this.#questions.drop();
    this.#state = { name: "off" };
  }

  #change(state: KernelState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
