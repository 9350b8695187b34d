/** The worker in which Python runs: loads Pyodide and our kernel, then runs what the page asks for, one at a time. */

import type { loadPyodide as LoadPyodide, PyodideAPI, PyodideConfig } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";
import { Downloads } from "./downloads.ts";
import { describeProblem, LoadError } from "./load-error.ts";
import { OutputLimit } from "./output-limit.ts";
import type {
  Evaluation,
  FromWorker,
  LoadProgress,
  Output,
  RuntimeFiles,
  RunResult,
  ToWorker,
} from "./protocol.ts";

/** The Python side of the kernel; the strings are JSON. */
interface Wire extends PyProxy {
  run(request: string): Promise<string> & PyProxy;
  evaluate(expression: string): string;
  plan(request: string): string;
}

type Factory = NonNullable<PyodideConfig["createPyodideModule"]>;

/** What this file uses of a worker's global scope; the project's types are the page's. */
const scope = self as unknown as {
  postMessage(message: FromWorker): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
  close(): void;
  addEventListener(type: "error" | "unhandledrejection", listener: (event: Event) => void): void;
};

/** Where the kernel's archive is unpacked: outside the folder in which a reader's own files lie. */
const KERNEL_FOLDER = "/lib/gradus";

/** Milliseconds between two counts of what was left out. */
const COUNT_INTERVAL = 250;

let wire: Wire | null = null;
/** The run whose outputs come; tasks that it leaves behind may go on writing. */
let runId = 0;
let limit = new OutputLimit();
let nextCount = 0;

scope.addEventListener("message", ({ data }) => void receive(data));
// A stray error, such as in a timer that a reader's code set, must not look like the worker's death.
scope.addEventListener("error", (event) => reportStray(event, (event as ErrorEvent).message));
scope.addEventListener("unhandledrejection", (event) =>
  reportStray(event, (event as PromiseRejectionEvent).reason),
);

// A worker that is closed from within says nothing to the page.
scope.close = () => reportDeath("the program closed its own worker");

async function receive(message: ToWorker): Promise<void> {
  switch (message.type) {
    case "start":
      return start(message.runtime);
    case "run":
      return run(message.id, JSON.stringify(message.request));
    case "evaluate":
      return evaluate(message.id, message.expression);
    case "plan":
      return plan(message.id, JSON.stringify(message.request));
    default:
      message satisfies never;
  }
}

async function start(runtime: RuntimeFiles): Promise<void> {
  let phase: LoadProgress["phase"] = "downloading";
  let latest = { part: "", bytes: 0, total: 0 };
  const report = (): void => scope.postMessage({ type: "progress", progress: { phase, ...latest } });
  const downloads = new Downloads(runtime.files, (counted) => {
    latest = counted;
    if (counted.bytes === counted.total && phase === "downloading") phase = "starting";
    report();
  });
  const stopServing = downloads.serve();
  try {
    const pyodide = await Promise.race([boot(runtime, downloads), downloads.failed]);
    phase = "installing";
    report();
    await Promise.race([installPackages(pyodide, runtime.packages), downloads.failed]);
    wire = openWire(pyodide, await downloads.buffer(runtime.kernel));
    scope.postMessage({ type: "ready" });
  } catch (error) {
    console.debug(error);
    scope.postMessage({
      type: "failed",
      problem: describeProblem(error, "Python could not start in this browser."),
    });
  } finally {
    stopServing();
  }
}

async function boot(runtime: RuntimeFiles, downloads: Downloads): Promise<PyodideAPI> {
  const wasmFailed = watchInstantiation();
  const { loadPyodide } = await downloads.module<{ loadPyodide: typeof LoadPyodide }>(
    `${runtime.runtime}pyodide.mjs`,
  );
  const { default: factory } = await downloads.module<{ default: Factory }>(
    `${runtime.runtime}pyodide.asm.mjs`,
  );
  const options = {
    indexURL: runtime.runtime,
    // The wheels' folder, and with it Pyodide's idea of a CDN: nothing may come from anywhere else.
    packageBaseUrl: runtime.runtime,
    createPyodideModule: factory,
    stdout: (text: string) => console.debug(text),
    stderr: (text: string) => console.debug(text),
  };
  const pyodide = await Promise.race([loadPyodide(options), wasmFailed]);
  (pyodide as unknown as { _api: { on_fatal?: (error: unknown) => void } })._api.on_fatal = reportDeath;
  return pyodide;
}

/** Pyodide only warns when WebAssembly fails, and then waits for ever; this promise rejects instead. */
function watchInstantiation(): Promise<never> {
  const original = WebAssembly.instantiateStreaming;
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (source, imports) => {
      WebAssembly.instantiateStreaming = original;
      try {
        return await original(source, imports);
      } catch (error) {
        reject(new LoadError("This browser would not start Python's WebAssembly.", error));
        throw error;
      }
    };
  });
}

async function installPackages(pyodide: PyodideAPI, names: string[]): Promise<void> {
  const errors: string[] = [];
  await pyodide.loadPackage(names, {
    checkIntegrity: true,
    messageCallback: (text) => console.debug(text),
    errorCallback: (text) => errors.push(text),
  });
  // It doesn't reject when a package is missing or damaged: it says so and carries on.
  if (errors.length > 0) throw new LoadError("A Python package could not be installed.", errors.join(" "));
}

function openWire(pyodide: PyodideAPI, kernel: ArrayBuffer): Wire {
  pyodide.unpackArchive(kernel, "zip", { extractDir: KERNEL_FOLDER });
  const path = pyodide.pyimport("sys.path") as PyProxy & { append(folder: string): void };
  path.append(KERNEL_FOLDER);
  path.destroy();
  const open = pyodide.pyimport("gradus.kernel.wire.open_wire") as PyCallable;
  try {
    return open((output: string) => sendOutput(JSON.parse(output) as Output)) as Wire;
  } finally {
    open.destroy();
  }
}

function sendOutput(output: Output): void {
  const admitted = limit.admit(output);
  if (admitted) scope.postMessage({ type: "output", id: runId, output: admitted });
  else if (performance.now() > nextCount) sendOmitted();
}

/** Not too often: a flood that is left out must not become one of messages about it. */
function sendOmitted(): void {
  nextCount = performance.now() + COUNT_INTERVAL;
  scope.postMessage({ type: "omitted", id: runId, omitted: limit.omitted });
}

async function run(id: number, request: string): Promise<void> {
  runId = id;
  limit = new OutputLimit();
  try {
    const running = wire!.run(request);
    const result = JSON.parse(await running) as RunResult;
    running.destroy();
    if (limit.omitted.characters + limit.omitted.results > 0) sendOmitted();
    scope.postMessage({ type: "result", id, result });
  } catch (error) {
    reportDeath(error);
  }
}

function evaluate(id: number, expression: string): void {
  try {
    const evaluation = JSON.parse(wire!.evaluate(expression)) as Evaluation;
    scope.postMessage({ type: "evaluation", id, evaluation });
  } catch (error) {
    reportDeath(error);
  }
}

function plan(id: number, request: string): void {
  try {
    const first = JSON.parse(wire!.plan(request)) as string[];
    scope.postMessage({ type: "plan", id, first });
  } catch (error) {
    reportDeath(error);
  }
}

/** The kernel answers errors of the reader's code with results: whatever is thrown here broke Python itself. */
function reportDeath(error: unknown): void {
  scope.postMessage({ type: "died", problem: describeProblem(error, "Python stopped unexpectedly.") });
}

function reportStray(event: Event, what: unknown): void {
  event.preventDefault();
  console.debug("Outside any run:", what);
}
