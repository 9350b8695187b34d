/** A page's seat at a Python that it may share with others: what it asks there, and what it is told. */

import type { KernelState } from "./kernel-state.ts";
import type { Asked, InputReply, Problem, Question, Told } from "./protocol.ts";

/** What a page asks for by its turn; `id` tells its own requests apart. */
export type Request = Extract<Asked, { type: "run" | "evaluate" | "plan" | "stale" }>;

/** A page's seat at a Python, where it has a session of its own. */
export interface Seat {
  readonly state: PythonState;
  /** Starts Python unless it is there already. */
  warm(): void;
  /** Asks for something, after all that others have asked for; the page asks for one thing at a time. */
  submit(request: Request): void;
  /** Asks at once. False while a cell runs or Python isn't there. */
  ask(id: number, question: Question): boolean;
  reply(reply: InputReply, waits: "message" | "memory"): void;
  /** Calls off a request, or stops it: it ends soon, or else Python is replaced. */
  stop(id: number): void;
  /** Starts Python afresh, whatever it is doing. */
  restart(): void;
  leave(): void;
}

/** What a page is told. */
export interface SeatListener {
  /** Whether its page has gone, should it not have said so. */
  isGone(): boolean;
  /** Another state than before; `running` is for each page to know. */
  onState(state: PythonState): void;
  /** The request's turn has come. */
  onBegun(id: number): void;
  onTold(message: Told): void;
  /** The request was called off before its turn. */
  onCancelled(id: number): void;
  /** Python is lost, and all sessions with it; another one starts, if the loss isn't that it has gone. */
  onLost(loss: Loss): void;
}

export type PythonState = Exclude<KernelState, { name: "running" }>;

/** Why a Python was lost, for one page. */
export type Loss =
  /** That page wanted it so. */
  | { cause: "self" }
  /** Its request broke it. */
  | { cause: "death"; problem: Problem }
  /** Another page stopped or broke it. */
  | { cause: "another" }
  /** It went with the page that it belonged to. */
  | { cause: "gone" };
