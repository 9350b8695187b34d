/** Brings what a run puts out, and what it asks, to whoever shows it. */

import type { OutputReader } from "./kernel-state.ts";
import { checkOutput } from "./output-check.ts";
import type { Told } from "./protocol.ts";
import type { Seat } from "./seat.ts";

export class RunOutputs {
  /** A run that has ended may have left tasks behind that still write. */
  #latest: { id: number; reader: OutputReader } | null = null;

  /** The run of that id begins. */
  begin(id: number, reader: OutputReader): void {
    this.#latest = { id, reader };
  }

  /** Nothing more comes of it. */
  drop(): void {
    this.#latest = null;
  }

  /** Answers go to `seat`. */
  pass(message: Extract<Told, { type: "output" | "omitted" | "input" | "again" }>, seat: Seat): void {
    const reader = message.id === this.#latest?.id ? this.#latest.reader : null;
    switch (message.type) {
      case "output":
        return reader?.onOutput(checkOutput(message.output));
      case "omitted":
        return reader?.onOmitted(message.omitted);
      case "input":
        if (!reader) return seat.reply({ end: "input" }, message.waits);
        return reader.onAsked(message.prompt, (reply) => seat.reply(reply, message.waits));
      case "again":
        return reader?.onBegunAgain();
      default:
        message satisfies never;
    }
  }
}
