/** The worker in which Python runs: starts it, then runs what the page asks for, one at a time. */

import type { PyodideAPI } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";
import { startPython } from "./boot/start.ts";
import { warmEngine } from "./boot/warm-engine.ts";
import { describeProblem } from "./load-error.ts";
import { OutputLimit } from "./output-limit.ts";
import { lockDown } from "./lock-down.ts";
import { makePageLink } from "./page-link.ts";
import type {
  Answer,
  Evaluation,
  FromWorker,
  KeptStart,
  LoadProgress,
  Output,
  Plan,
  RuntimeFiles,
  RunResult,
  ToWorker,
} from "./protocol.ts";
import { limitMemory, limitStack } from "./python-limits.ts";
import { SharedLine } from "./shared-line.ts";
import { Waits } from "./waits.ts";

/** The Python side of the kernel; the strings are JSON. */
interface Wire extends PyProxy {
  run(request: string): Promise<string> & PyProxy;
  evaluate(expression: string): string;
  plan(request: string): string;
  ask(question: string): string;
  stop(): boolean;
  find_stale(request: string): string;
}

/** What this file uses of a worker's global scope; the project's types are the page's. */
const scope = self as unknown as {
  postMessage: (message: FromWorker, handed?: Transferable[]) => void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
  close(): void;
  addEventListener(type: "error" | "unhandledrejection", listener: (event: Event) => void): void;
};

/** Milliseconds between two counts of what was left out. */
const COUNT_INTERVAL = 250;

const TOO_DEEP = "Python stopped: calls or data were nested deeper than this browser can follow.";

/** Ours alone: the scope loses it before any program of the reader's runs. */
const post = scope.postMessage.bind(scope);

let wire: Wire | null = null;
let line: SharedLine | null = null;
let waits: Waits | null = null;
let running = false;
/** Whether the page has asked for anything yet. */
let touched = false;
/** The run whose outputs come; tasks that it leaves behind may go on writing. */
let runId = 0;
let limit = new OutputLimit();
let nextCount = 0;

scope.addEventListener("message", ({ data, isTrusted }) => {
  // A program can make events up, but not ones that the browser vouches for.
  if (isTrusted) void receive(data);
});
// A stray error, such as in a timer that a reader's code set, must not look like the worker's death.
scope.addEventListener("error", (event) => reportStray(event, (event as ErrorEvent).message));
scope.addEventListener("unhandledrejection", (event) =>
  reportStray(event, (event as PromiseRejectionEvent).reason),
);

// A worker that is closed from within says nothing to the page.
scope.close = () => reportDeath("the program closed its own worker");

/** Does what the page asks; messages come by themselves, but for those that were sent before this script was there. */
export async function receive(message: ToWorker): Promise<void> {
  touched ||= message.type !== "start";
  switch (message.type) {
    case "start":
      return start(message.runtime, message.shared, message.kept);
    case "run":
      return run(message.id, JSON.stringify(message.request));
    case "evaluate":
      return evaluate(message.id, message.expression);
    case "plan":
      return plan(message.id, JSON.stringify(message.request));
    case "ask":
      return ask(message.id, JSON.stringify(message.question));
    case "stop":
      return stop(message.id);
    case "input":
      return waits?.answer(message.reply);
    case "stale":
      return findStale(message.id, JSON.stringify(message.cells));
    default:
      message satisfies never;
  }
}

async function start(
  runtime: RuntimeFiles,
  shared: SharedArrayBuffer | null,
  kept: KeptStart | null,
): Promise<void> {
  try {
    const progressed = (progress: LoadProgress) => post({ type: "progress", progress });
    limitMemory();
    const { pyodide, keep } = await startPython(runtime, kept, progressed);
    limitStack(pyodide);
    (pyodide as unknown as { _api: { on_fatal?: (error: unknown) => void } })._api.on_fatal = reportDeath;
    line = shared && new SharedLine(shared);
    if (line) pyodide.setInterruptBuffer(line.signals);
    wire = openWire(pyodide);
    lockDown();
    post({ type: "ready" });
    if (keep) post({ type: "kept", kept: keep.parts }, keep.buffers);
    warmEngine(pyodide, () => touched);
  } catch (error) {
    console.debug(error);
    post({
      type: "failed",
      problem: describeProblem(error, "Python could not start in this browser."),
    });
  }
}

function openWire(pyodide: PyodideAPI): Wire {
  waits = new Waits(line, (prompt, waits) => post({ type: "input", id: runId, prompt, waits }));
  const link = makePageLink(pyodide, waits, beginAgain);
  const open = pyodide.pyimport("gradus.kernel.wire.open_wire") as PyCallable;
  try {
    return open((output: string) => sendOutput(JSON.parse(output) as Output), link) as Wire;
  } finally {
    open.destroy();
  }
}

function sendOutput(output: Output): void {
  const admitted = limit.admit(output);
  if (admitted) post({ type: "output", id: runId, output: admitted });
  else if (performance.now() > nextCount) sendOmitted();
}

/** Not too often: a flood that is left out must not become one of messages about it. */
function sendOmitted(): void {
  nextCount = performance.now() + COUNT_INTERVAL;
  post({ type: "omitted", id: runId, omitted: limit.omitted });
}

async function run(id: number, request: string): Promise<void> {
  runId = id;
  limit = new OutputLimit();
  running = true;
  // What was meant for an earlier run, and came too late.
  line?.clear();
  try {
    const answer = wire!.run(request);
    const result = JSON.parse(await answer) as RunResult;
    answer.destroy();
    running = false;
    if (limit.omitted.characters + limit.omitted.results > 0) sendOmitted();
    post({ type: "result", id, result });
  } catch (error) {
    reportDeath(error);
  }
}

function beginAgain(): void {
  limit = new OutputLimit();
  post({ type: "again", id: runId });
}

/** A Python at work reads this message too late, and is told through shared memory, or replaced. */
function stop(id: number): void {
  if (!running || id !== runId) return;
  line?.clear();
  if (!waits!.stop()) wire!.stop();
}

function evaluate(id: number, expression: string): void {
  try {
    const evaluation = JSON.parse(wire!.evaluate(expression)) as Evaluation;
    post({ type: "evaluation", id, evaluation });
  } catch (error) {
    reportDeath(error);
  }
}

function plan(id: number, request: string): void {
  try {
    post({ type: "plan", id, plan: JSON.parse(wire!.plan(request)) as Plan });
  } catch (error) {
    reportDeath(error);
  }
}

function findStale(id: number, request: string): void {
  try {
    post({ type: "stale", id, stale: JSON.parse(wire!.find_stale(request)) as string[] });
  } catch (error) {
    reportDeath(error);
  }
}

function ask(id: number, question: string): void {
  try {
    post({ type: "answer", id, answer: JSON.parse(wire!.ask(question)) as Answer | null });
  } catch (error) {
    reportDeath(error);
  }
}

/** The kernel answers errors of the reader's code with results: whatever is thrown here broke Python itself. */
function reportDeath(error: unknown): void {
  const message = error instanceof RangeError ? TOO_DEEP : "Python stopped unexpectedly.";
  post({ type: "died", problem: describeProblem(error, message) });
}

function reportStray(event: Event, what: unknown): void {
  event.preventDefault();
  console.debug("Outside any run:", what);
}
