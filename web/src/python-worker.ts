/** One worker with Python in it, from its start to its end: its messages, and the memory that it shares with the page. */

import { type EarlyWorker, tellToStart } from "./early-worker.ts";
import type { FromWorker, InputReply, KeptStart, RuntimeFiles, ToWorker } from "./protocol.ts";
import { SharedLine } from "./shared-line.ts";

export interface WorkerListener {
  onMessage(message: FromWorker): void;
  /** The worker is of no further use. */
  onBroken(cause: string): void;
}

export class PythonWorker {
  readonly #early: EarlyWorker;
  readonly #worker: Worker;
  readonly #line: SharedLine | null;
  #listener: WorkerListener | null = null;
  /** What has happened while nobody listened. */
  #untold: ((listener: WorkerListener) => void)[] = [];
  #ended = false;

  /** Takes over a worker; whatever it has said is told as if it were said from now on. */
  constructor(early: EarlyWorker) {
    this.#early = early;
    this.#worker = early.worker;
    this.#line = early.shared && new SharedLine(early.shared);
    early.release();
    for (const event of early.heard) this.#hear(event);
    for (const type of ["message", "messageerror", "error"]) {
      this.#worker.addEventListener(type, (event) => {
        // What an ended worker has sent before may still be on its way.
        if (!this.#ended) this.#hear(event);
      });
    }
  }

  /** See `tellToStart`. */
  start(runtime: RuntimeFiles, kept: KeptStart | null = null, options?: { spare: boolean }): void {
    tellToStart(this.#early, runtime, kept, options);
  }

  /** Has the listener told what happens from now on, and soon what has happened while there was none. */
  follow(listener: WorkerListener): void {
    this.#listener = listener;
    queueMicrotask(() => {
      for (const tell of this.#untold.splice(0)) if (!this.#ended) this.#tell(tell);
    });
  }

  /** Whether a Python at work hears of `interrupt`. */
  get canInterrupt(): boolean {
    return this.#line !== null;
  }

  post(message: ToWorker, handed: Transferable[] = []): void {
    this.#worker.postMessage(message, handed);
  }

  /** Whether Python has taken notice of the last interrupt. */
  get hasNoticed(): boolean {
    return this.#line !== null && !this.#line.isInterrupting;
  }

  /** Ends what Python does, through shared memory where there is any. */
  interrupt(): void {
    this.#line?.interrupt();
  }

  /** The answer to a question that was asked in this way. */
  reply(reply: InputReply, waits: "message" | "memory"): void {
    if (waits === "memory") this.#line?.answer(reply);
    else this.post({ type: "input", reply });
  }

  #hear(event: Event): void {
    event.preventDefault();
    if (event.type === "message") {
      const { data } = event as MessageEvent<FromWorker>;
      this.#tell((listener) => listener.onMessage(data));
    } else if (event.type === "messageerror") this.#break("a message could not be read");
    else this.#break((event as ErrorEvent).message || "the worker's script did not load");
  }

  #tell(tell: (listener: WorkerListener) => void): void {
    if (this.#listener) tell(this.#listener);
    else this.#untold.push(tell);
  }

  #break(cause: string): void {
    this.#tell((listener) => listener.onBroken(cause));
  }

  end(): void {
    this.#ended = true;
    this.#worker.terminate();
  }
}
