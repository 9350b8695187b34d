/** What the kernel borrows from its worker in order to wait and to ask; texts are JSON, as on the wire. */

import type { PyodideAPI } from "pyodide";
import type { PyCallable } from "pyodide/ffi";
import type { InputPrompt } from "./protocol.ts";
import type { Waits } from "./waits.ts";

/** `PageLink` of page_host.py. */
export interface PageLink {
  can_wait: PyCallable;
  wait: PyCallable;
  shares_memory: boolean;
  ask(question: string): Promise<string>;
  ask_now(question: string): string;
  sleep(seconds: number): Promise<string>;
  sleep_now(seconds: number): string;
  begin_again(): void;
  end(): void;
}

/** What a running cell tells by way of the kernel. */
export interface RunListener {
  /** It begins once more. */
  onAgain(): void;
  /** The reader's program has come to its end. */
  onOver(): void;
}

export function makePageLink(pyodide: PyodideAPI, waits: Waits, listener: RunListener): PageLink {
  return {
    // Pyodide's own: they suspend WebAssembly where the browser has JSPI.
    can_wait: pyodide.pyimport("pyodide.ffi.can_run_sync") as PyCallable,
    wait: pyodide.pyimport("pyodide.ffi.run_sync") as PyCallable,
    shares_memory: waits.sharesMemory,
    ask: async (question) => JSON.stringify(await waits.ask(JSON.parse(question) as InputPrompt)),
    ask_now: (question) => JSON.stringify(waits.askNow(JSON.parse(question) as InputPrompt)),
    sleep: (seconds) => waits.sleep(seconds),
    sleep_now: (seconds) => waits.sleepNow(seconds),
    begin_again: () => listener.onAgain(),
    end: () => listener.onOver(),
  };
}
