/** The worker in which Python runs: starts it, then runs what the page asks for, one at a time. */

import type { PyodideAPI } from "pyodide";
import type { PyCallable } from "pyodide/ffi";
import type { Missing } from "./boot/missing.ts";
import { startFromKept, type Started } from "./boot/start-fast.ts";
import { storeSnapshot } from "./boot/snapshot-store.ts";
import { startPython } from "./boot/start.ts";
import { planAhead, practise, warmEngine } from "./boot/warm-engine.ts";
import { describeProblem } from "./load-error.ts";
import { lockDown } from "./lock-down.ts";
import { makePageLink, type PageLink } from "./page-link.ts";
import type {
  Asked,
  FromWorker,
  KeptStart,
  LoadProgress,
  PlanRequest,
  RuntimeFiles,
  ToWorker,
} from "./protocol.ts";
import { limitMemory, limitStack } from "./python-limits.ts";
import { SharedLine } from "./shared-line.ts";
import { Waits } from "./waits.ts";
import { type Wire, WorkerSession } from "./worker-session.ts";

/** What this file uses of a worker's global scope; the project's types are the page's. */
const scope = self as unknown as {
  postMessage: (message: FromWorker, handed?: Transferable[]) => void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
  close(): void;
  addEventListener(type: "error" | "unhandledrejection", listener: (event: Event) => void): void;
};

const TOO_DEEP = "Python stopped: calls or data were nested deeper than this browser can follow.";

/** Ours alone: the scope loses it before any program of the reader's runs. */
const post = scope.postMessage.bind(scope);

/** Opens the wire of another session. */
let openWire: PyCallable | null = null;
/** By their numbers: each page that shares this worker has one. */
const sessions = new Map<number, WorkerSession>();
/** The session whose run goes on, or was the last one. */
let latest: WorkerSession | null = null;
let python: PyodideAPI | null = null;
let line: SharedLine | null = null;
let waits: Waits | null = null;
/** Reads cells and draws figures that nobody sees, until a reader has wanted anything; null when that has been done. */
let warm: ((probable: PlanRequest | null) => void) | null = null;
/** What Python has been started without; null while it is being fetched. */
let leftOut: Missing | null = null;
/** Whether a reader has wanted anything yet. */
let touched = false;

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
  touched ||= isWanted(message);
  switch (message.type) {
    case "start":
      return start(message);
    case "store":
      return post({ type: "stored", whole: await storeSnapshot(message.snapshot) });
    case "input":
      return waits?.answer(message.reply);
    case "rest":
      return rest(message.probable);
    case "fetch":
      return fetchMissing();
    case "practise":
      practise(python!);
      return post({ type: "practised" });
    case "close":
      return close(message.session);
    case "stop":
      return stop(message.session, message.id);
    case "run":
    case "evaluate":
    case "plan":
    case "ask":
    case "stale":
      return answer(message.session, message);
    default:
      message satisfies never;
  }
}

async function start(message: Extract<ToWorker, { type: "start" }>): Promise<void> {
  const { runtime, shared, stored, kept, spare } = message;
  try {
    const known = fetchKnown(runtime.names);
    const progressed = (progress: LoadProgress) => post({ type: "progress", progress });
    limitMemory();
    const { pyodide, keep, missing } = await (spare && kept
      ? startSpare(runtime, kept)
      : startPython(runtime, { kept, stored }, progressed));
    limitStack(pyodide);
    (pyodide as unknown as { _api: { on_fatal?: (error: unknown) => void } })._api.on_fatal = reportDeath;
    line = shared && new SharedLine(shared);
    if (line) pyodide.setInterruptBuffer(line.signals);
    waits = new Waits(line, (prompt, how) => latest?.ask(prompt, how));
    const link = makePageLink(pyodide, waits, {
      onAgain: () => latest?.beginAgain(),
      onOver: () => post({ type: "over" }),
    });
    openWire = shareInterpreter(link, pyodide, known.text);
    lockDown();
    python = pyodide;
    if (missing) missing.functions.onLost = reportDeath;
    leftOut = missing;
    warm = (probable) => {
      if (probable) planAhead(pyodide, probable);
      warmEngine(pyodide, () => touched);
    };
    post({ type: "ready" });
    if (keep) post({ type: "kept", kept: keep.parts }, keep.buffers);
  } catch (error) {
    console.debug(error);
    post({
      type: "failed",
      problem: describeProblem(error, "Python could not start in this browser."),
    });
  }
}

/** One that can't start hands back what it was given. */
async function startSpare(runtime: RuntimeFiles, kept: KeptStart): Promise<Started> {
  try {
    return await startFromKept(runtime, kept);
  } catch (error) {
    post({ type: "kept", kept }, kept.pages);
    throw error;
  }
}

/** What is known of the page's cells, as soon as it is there: Python can do without, and doesn't wait for it. */
function fetchKnown(url: string | null): { text: string } {
  const known = { text: "" };
  if (url !== null) {
    fetch(url)
      .then((response) => (response.ok ? response.text() : ""))
      .then((text) => (known.text = text))
      .catch((error: unknown) => console.debug("The cells are analysed anew:", error));
  }
  return known;
}

function shareInterpreter(link: PageLink, pyodide: PyodideAPI, known: string): PyCallable {
  const share = pyodide.pyimport("gradus.kernel.wire.share_interpreter") as PyCallable;
  try {
    return share(link, known) as PyCallable;
  } finally {
    share.destroy();
  }
}

async function answer(number: number, message: Exclude<Asked, { type: "stop" }>): Promise<void> {
  // A signal that was meant for an earlier run, perhaps of another session, and came too late.
  line?.clear();
  try {
    const session = sessions.get(number) ?? openSession(number);
    if (message.type === "run") latest = session;
    await session.answer(message);
  } catch (error) {
    reportDeath(error);
  }
}

function openSession(number: number): WorkerSession {
  const session = new WorkerSession(
    (put) => openWire!(put) as Wire,
    (message) => post({ ...message, session: number }),
  );
  sessions.set(number, session);
  return session;
}

/** Whether somebody waits for what this message asks. */
function isWanted(message: ToWorker): boolean {
  return (
    !["start", "store", "rest", "fetch"].includes(message.type) && !(message.type === "plan" && message.ahead)
  );
}

/** Not as soon as Python is ready: the page may be about to ask for something, and would have to wait. */
function rest(probable: PlanRequest | null): void {
  if (!touched) warm?.(probable);
  warm = null;
}

/** Python can do without, and fetches what it needs; but then somebody waits for it. */
async function fetchMissing(): Promise<void> {
  const missing = leftOut;
  leftOut = null;
  try {
    await missing?.fetch();
  } catch (error) {
    console.debug("Not all was fetched ahead:", error);
  }
  leftOut = missing;
}

function close(number: number): void {
  sessions.get(number)?.close();
  sessions.delete(number);
}

/** A Python at work reads this message too late, and is told through shared memory, or replaced. */
function stop(number: number, id: number): void {
  const session = sessions.get(number);
  if (!session?.runs(id)) return;
  line?.clear();
  if (!waits!.stop()) session.wire.stop();
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
