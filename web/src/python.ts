/** A Python for one page or several: starts when first needed, does one thing at a time, comes back after it has died. */

import type { Asked, FromWorker, KeptStart, Problem, Question, RuntimeFiles, Told } from "./protocol.ts";
import { PythonWorker } from "./python-worker.ts";
import type { Loss, PythonState, Request, Seat, SeatListener } from "./seat.ts";

/** Milliseconds that Python has to obey: one at work hears of the wish only through shared memory. */
const GRACE_SHARED = 600;
const GRACE = 300;
/** What isn't a reader's program takes no longer, unless something is very wrong. */
const GRACE_OTHER = 3000;

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
  #state: PythonState = { name: "off" };
  /** What the next worker can start from. */
  #kept: KeptStart | null = null;
  #waiting: Turn[] = [];
  #current: Turn | null = null;
  /** The timer after which a Python that doesn't obey is replaced. */
  #deadline = 0;
  #ended = false;

  /** `script` is the worker's absolute URL. */
  constructor(script: string, runtime: RuntimeFiles) {
    this.#script = script;
    this.#runtime = runtime;
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
      reply: (reply, waits) => this.#worker?.reply(reply, waits),
      stop: (id) => this.#stop(session, id),
      restart: () => this.#replace(session),
      leave: () => this.#leave(session),
    };
  }

  /** The page that it belongs to goes: nobody has this Python any more. */
  end(): void {
    this.#ended = true;
    this.#discard();
    this.#lose(() => ({ cause: "gone" }));
    this.#seats.clear();
  }

  #warm(): void {
    if (this.#ended || (this.#state.name !== "off" && this.#state.name !== "failed")) return;
    const kept = this.#kept;
    this.#kept = null;
    this.#worker = new PythonWorker(this.#script, this.#runtime, kept, {
      onMessage: (message) => this.#receive(message),
      onBroken: (cause) => this.#break(cause),
    });
    this.#change({ name: "loading", progress: null });
  }

  #submit(turn: Turn): void {
    for (const [session, listener] of [...this.#seats]) if (listener.isGone()) this.#leave(session);
    this.#waiting.push(turn);
    this.#next();
  }

  #next(): void {
    if (this.#state.name !== "ready" || this.#current) return;
    const turn = this.#waiting.shift();
    if (!turn) return this.#worker?.post({ type: "rest" });
    this.#current = turn;
    this.#tell(turn.session, (listener) => listener.onBegun(turn.request.id));
    this.#post(turn.session, turn.request);
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
    if (this.#deadline !== 0) return;
    const runs = request.type === "run";
    if (runs) this.#worker?.interrupt();
    this.#post(session, { type: "stop", id: request.id });
    const interrupted = runs && this.#worker?.canInterrupt;
    const grace = interrupted ? GRACE_SHARED : runs ? GRACE : GRACE_OTHER;
    const end = (): void => (interrupted ? this.#insist(session) : this.#replace(session));
    this.#deadline = window.setTimeout(end, grace);
  }

  /** One that has taken notice is at work on it, or its program went on all the same: it gets a second chance. */
  #insist(session: number): void {
    if (!this.#worker?.hasNoticed) return this.#replace(session);
    this.#worker.interrupt();
    this.#deadline = window.setTimeout(() => this.#replace(session), GRACE_SHARED);
  }

  #leave(session: number): void {
    if (!this.#seats.delete(session)) return;
    this.#waiting = this.#waiting.filter((turn) => turn.session !== session);
    if (this.#seats.size === 0) this.#discard();
    else if (this.#current?.session === session) this.#stopCurrent(this.#current);
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
        this.#change({ name: "ready" });
        return this.#next();
      case "failed":
        return this.#fail(message.problem);
      case "died":
        return this.#die(message.problem);
      case "result":
      case "evaluation":
      case "plan":
      case "stale":
        return this.#finish(message);
      case "output":
      case "omitted":
      case "input":
      case "again":
      case "answer":
        return this.#tell(message.session, (listener) => listener.onTold(message));
      default:
        message satisfies never;
    }
  }

  #finish(message: Told & { session: number }): void {
    this.#current = null;
    this.#dropDeadline();
    if (this.#seats.has(message.session)) this.#tell(message.session, (listener) => listener.onTold(message));
    else this.#closeSession(message.session);
    this.#next();
  }

  #break(cause: string): void {
    if (this.#state.name === "loading") this.#fail({ message: "Python could not be loaded.", cause });
    else this.#die({ message: "Python stopped unexpectedly.", cause });
  }

  #fail(problem: Problem): void {
    this.#discard();
    this.#change({ name: "failed", problem });
  }

  #die(problem: Problem): void {
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
    this.#worker?.end();
    this.#worker = null;
    this.#waiting = [];
    this.#current = null;
    this.#dropDeadline();
    this.#state = { name: "off" };
  }

  #dropDeadline(): void {
    clearTimeout(this.#deadline);
    this.#deadline = 0;
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
