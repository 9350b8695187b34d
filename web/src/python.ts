/** A Python for one page or several: starts when first needed, does one thing at a time, comes back after it has died. */

import { bringToLife, type EarlyWorker } from "./early-worker.ts";
import type {
  Asked,
  FromWorker,
  InputReply,
  KeptStart,
  PlanRequest,
  Problem,
  Question,
  RuntimeFiles,
  Told,
} from "./protocol.ts";
import { PythonWorker, type WorkerListener } from "./python-worker.ts";
import { Rest } from "./rest.ts";
import type { Loss, PythonState, Request, Seat, SeatListener } from "./seat.ts";
import { Spare } from "./spare.ts";
import { Stopping } from "./stopping.ts";

interface Turn {
  session: number;
  request: Request;
}

export class Python {
  readonly #script: string;
  readonly #runtime: RuntimeFiles;
  /** By the numbers of sessions. */
  readonly #seats = new Map<number, SeatListener>();
  #lastSession = 0;
  #worker: PythonWorker | null = null;
  /** The first worker, which has come to life before this was made. */
  #first: EarlyWorker | null;
  /** The worker was the spare, and hasn't been ready yet. */
  #untried = false;
  readonly #spare: Spare;
  /** The page of the last run, and what it was a run of. */
  #cells: PlanRequest | null = null;
  #state: PythonState = { name: "off" };
  /** What the next worker can start from. */
  #kept: KeptStart | null = null;
  #waiting: Turn[] = [];
  #current: Turn | null = null;
  readonly #stopping = new Stopping();
  readonly #rest = new Rest();
  #ended = false;

  /** `script` is the worker's absolute URL; `first` is one of it, with the same runtime if it has been started. */
  constructor(script: string, runtime: RuntimeFiles, first: EarlyWorker | null = null) {
    this.#script = script;
    this.#runtime = runtime;
    this.#first = first;
    this.#spare = new Spare({
      start: () => this.#kept && this.#startWorker({ spare: true }),
      keep: (kept) => (this.#kept = kept),
      cells: () => this.#cells,
    });
  }

  /** The listener is told what happens from now on. */
  join(listener: SeatListener): Seat {
    const session = ++this.#lastSession;
    this.#seats.set(session, listener);
    const state = (): PythonState => this.#state;
    return {
      get state() {
        return state();
      },
      warm: () => this.#warm(),
      submit: (request) => this.#submit({ session, request }),
      ask: (id, question) => this.#ask(session, id, question),
      reply: (reply, waits) => this.#reply(reply, waits),
      stop: (id) => this.#stop(session, id),
      restart: () => this.#replace(session),
      leave: () => this.#leave(session),
    };
  }

  /** The page that it belongs to goes: nobody has this Python any more. */
  end(): void {
    this.#ended = true;
    this.#spare.drop();
    this.#first?.worker.terminate();
    this.#discard();
    this.#lose(() => ({ cause: "gone" }));
    this.#seats.clear();
  }

  #warm(): void {
    if (this.#ended || (this.#state.name !== "off" && this.#state.name !== "failed")) return;
    const listener: WorkerListener = {
      onMessage: (message) => this.#receive(message),
      onBroken: (cause) => this.#break(cause),
    };
    const spare = this.#spare.take(listener);
    this.#worker = spare?.worker ?? this.#startWorker();
    if (!spare) this.#worker.follow(listener);
    this.#untried = spare?.isReady === false;
    if (spare?.isReady) this.#beReady();
    else this.#change({ name: "loading", progress: null });
  }

  #startWorker(options?: { spare: boolean }): PythonWorker {
    const worker = new PythonWorker(this.#first ?? bringToLife(this.#script));
    worker.start(this.#runtime, this.#kept, options);
    this.#first = this.#kept = null;
    return worker;
  }

  #beReady(): void {
    this.#untried = false;
    this.#change({ name: "ready" });
    this.#next();
  }

  #submit(turn: Turn): void {
    for (const [session, listener] of [...this.#seats]) if (listener.isGone()) this.#leave(session);
    this.#waiting.push(turn);
    this.#next();
  }

  #next(): void {
    if (this.#state.name !== "ready" || this.#current) return;
    const turn = this.#waiting.shift();
    if (!turn) return this.#rest.begin(this.#worker!, this.#cells);
    this.#rest.end();
    this.#current = turn;
    this.#watch(turn);
    this.#tell(turn.session, (listener) => listener.onBegun(turn.request.id));
    this.#post(turn.session, turn.request);
  }

  #watch({ request }: Turn): void {
    if (request.type !== "run") return;
    const { cell, page } = request.request;
    this.#cells = { cells: page.cells, wanted: cell };
    this.#spare.expectEnd();
  }

  #reply(reply: InputReply, waits: "message" | "memory"): void {
    this.#worker?.reply(reply, waits);
    if (this.#current) this.#watch(this.#current);
  }

  #ask(session: number, id: number, question: Question): boolean {
    if (this.#state.name !== "ready" || this.#current?.request.type === "run") return false;
    this.#post(session, { type: "ask", id, question });
    return true;
  }

  #stop(session: number, id: number): void {
    const isMeant = (turn: Turn): boolean => turn.session === session && turn.request.id === id;
    if (this.#waiting.some(isMeant)) {
      this.#waiting = this.#waiting.filter((turn) => !isMeant(turn));
      this.#tell(session, (listener) => listener.onCancelled(id));
    } else if (this.#current && isMeant(this.#current)) {
      this.#stopCurrent(this.#current);
    }
  }

  #stopCurrent({ session, request }: Turn): void {
    const tell = (): void => this.#post(session, { type: "stop", id: request.id });
    const replace = (): void => this.#replace(session);
    this.#stopping.begin(this.#worker!, request.type === "run", tell, replace);
  }

  #leave(session: number): void {
    if (!this.#seats.delete(session)) return;
    this.#waiting = this.#waiting.filter((turn) => turn.session !== session);
    if (this.#seats.size === 0) {
      this.#spare.drop();
      this.#discard();
    } else if (this.#current?.session === session) this.#stopCurrent(this.#current);
    else this.#closeSession(session);
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case "progress":
        return this.#change({ name: "loading", progress: message.progress });
      case "kept":
        this.#kept = message.kept;
        return;
      case "ready":
        return this.#beReady();
      case "failed":
        return this.#fail(message.problem);
      case "stored":
      case "practised":
        return;
      case "over":
        return this.#stopping.endProgram();
      case "died":
        return this.#die(message.problem);
      case "result":
      case "evaluation":
      case "plan":
      case "stale":
        return this.#finish(message);
      case "input":
        this.#spare.expectNothing();
        return this.#tell(message.session, (listener) => listener.onTold(message));
      case "output":
      case "omitted":
      case "again":
      case "answer":
        return this.#tell(message.session, (listener) => listener.onTold(message));
      default:
        message satisfies never;
    }
  }

  #finish(message: Told & { session: number }): void {
    this.#current = null;
    this.#stopping.drop();
    this.#spare.expectNothing();
    if (this.#seats.has(message.session)) this.#tell(message.session, (listener) => listener.onTold(message));
    else this.#closeSession(message.session);
    this.#next();
  }

  #break(cause: string): void {
    if (this.#state.name === "loading") this.#fail({ message: "Python could not be loaded.", cause });
    else this.#die({ message: "Python stopped unexpectedly.", cause });
  }

  #fail(problem: Problem): void {
    const untried = this.#untried;
    this.#discard();
    // Without a word: there is the way that it would have gone without a spare.
    if (untried) return this.#warm();
    this.#change({ name: "failed", problem });
  }

  #die(problem: Problem): void {
    // The reader is told that it has stopped; why, only who looks for it wants to know.
    console.info(`${problem.message} ${problem.cause}`);
    const breaker = this.#current?.session;
    this.#discard();
    this.#lose((session) => (session === breaker ? { cause: "death", problem } : { cause: "another" }));
    this.#warm();
  }

  #replace(wanted: number): void {
    this.#discard();
    this.#lose((session) => ({ cause: session === wanted ? "self" : "another" }));
    this.#warm();
  }

  #lose(why: (session: number) => Loss): void {
    for (const session of [...this.#seats.keys()]) {
      this.#tell(session, (listener) => listener.onLost(why(session)));
    }
  }

  #discard(): void {
    this.#rest.end();
    this.#worker?.end();
    this.#worker = null;
    this.#waiting = [];
    this.#current = null;
    this.#stopping.drop();
    this.#spare.expectNothing();
    this.#state = { name: "off" };
  }

  #closeSession(session: number): void {
    this.#worker?.post({ type: "close", session });
  }

  #post(session: number, message: Asked): void {
    this.#worker?.post({ ...message, session });
  }

  #change(state: PythonState): void {
    this.#state = state;
    for (const session of [...this.#seats.keys()]) this.#tell(session, (listener) => listener.onState(state));
  }

  /** What goes wrong in one page must not reach the others. */
  #tell(session: number, tell: (listener: SeatListener) => void): void {
    const listener = this.#seats.get(session);
    try {
      if (listener) tell(listener);
    } catch (error) {
      reportError(error);
    }
  }
}
