/** One worker with Python in it, from its start to its end: its messages, and the memory that it shares with the page. */

import type { FromWorker, InputReply, KeptStart, RuntimeFiles, ToWorker } from "./protocol.ts";
import { makeSharedMemory, SharedLine } from "./shared-line.ts";
import { startWorker } from "./worker-start.ts";

export interface WorkerListener {
  onMessage(message: FromWorker): void;
  /** The worker is of no further use. */
  onBroken(cause: string): void;
}

export class PythonWorker {
  /** Who is told what happens from now on. */
  listener: WorkerListener;
  readonly #worker: Worker;
  readonly #line: SharedLine | null;
  #ended = false;

  /**
   * `script` is the worker's absolute URL, `kept` what an earlier worker has left for this one's start. A `spare` starts
   * from that or not at all.
   */
  constructor(
    script: string,
    runtime: RuntimeFiles,
    kept: KeptStart | null,
    listener: WorkerListener,
    { spare = false } = {},
  ) {
    this.listener = listener;
    this.#worker = startWorker(script);
    const listen = <Type extends keyof WorkerEventMap>(
      type: Type,
      act: (event: WorkerEventMap[Type]) => void,
    ) =>
      this.#worker.addEventListener(type, (event) => {
        // What an ended worker has sent before may still be on its way.
        if (!this.#ended) act(event);
      });
    listen("message", ({ data }) => this.listener.onMessage(data as FromWorker));
    listen("messageerror", () => this.listener.onBroken("a message could not be read"));
    listen("error", (event) => {
      event.preventDefault();
      this.listener.onBroken(event.message || "the worker's script did not load");
    });
    const shared = makeSharedMemory();
    this.#line = shared && new SharedLine(shared);
    this.post({ type: "start", runtime, shared, kept, spare }, kept?.pages ?? []);
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

  end(): void {
    this.#ended = true;
    this.#worker.terminate();
  }
}
