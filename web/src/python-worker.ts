/** One worker with Python in it, from its start to its end: its messages, and the memory that it shares with the page. */

import type { FromWorker, InputReply, KeptStart, RuntimeFiles, ToWorker } from "./protocol.ts";
import { makeSharedMemory, SharedLine } from "./shared-line.ts";
import { isNoted } from "./stored-snapshots.ts";
import { startWorker } from "./worker-start.ts";

export interface WorkerListener {
  onMessage(message: FromWorker): void;
  /** The worker is of no further use. */
  onBroken(cause: string): void;
}

export class PythonWorker {
  readonly #worker: Worker;
  readonly #shared = makeSharedMemory();
  readonly #line = this.#shared && new SharedLine(this.#shared);
  #listener: WorkerListener | null = null;
  /** What has happened while nobody listened. */
  #untold: ((listener: WorkerListener) => void)[] = [];
  #started = false;
  #ended = false;

  /** Brings the worker to life, which waits for its start then; `script` is its absolute URL. */
  constructor(script: string) {
    this.#worker = startWorker(script);
    const listen = <Type extends keyof WorkerEventMap>(
      type: Type,
      act: (event: WorkerEventMap[Type]) => void,
    ) =>
      this.#worker.addEventListener(type, (event) => {
        // What an ended worker has sent before may still be on its way.
        if (!this.#ended) act(event);
      });
    listen("message", ({ data }) => this.#tell((listener) => listener.onMessage(data as FromWorker)));
    listen("messageerror", () => this.#break("a message could not be read"));
    listen("error", (event) => {
      event.preventDefault();
      this.#break(event.message || "the worker's script did not load");
    });
  }

  /**
   * Starts Python, unless that has been done; `kept` is what an earlier worker has left for this one's start. A `spare`
   * starts from that or not at all.
   */
  start(runtime: RuntimeFiles, kept: KeptStart | null = null, { spare = false } = {}): void {
    if (this.#started) return;
    this.#started = true;
    const stored = isNoted(runtime.start?.snapshot);
    this.post({ type: "start", runtime, shared: this.#shared, stored, kept, spare }, kept?.pages ?? []);
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
