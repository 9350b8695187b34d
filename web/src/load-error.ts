/** A failure to load, told twice: a sentence for the reader, and the cause for whoever reports it. */

import type { Problem } from "./protocol.ts";

/** Thrown while Python is loading, when it is known what a reader should be told. */
export class LoadError extends Error {
  /** `message` is a whole sentence; `cause` is what the browser or the server said. */
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = "LoadError";
  }
}

/** Puts any thrown thing into words; `otherwise` is the sentence where nothing better is known. */
export function describeProblem(thrown: unknown, otherwise: string): Problem {
  if (thrown instanceof LoadError) return { message: thrown.message, cause: textOf(thrown.cause) };
  return { message: otherwise, cause: textOf(thrown) };
}

function textOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
