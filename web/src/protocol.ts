/**
 * Every message between the page and the worker in which Python runs, and the objects they carry.
 * Both sides switch over `type` down to `never`, so a message added here must be handled in both.
 */

/** From the page to the worker. */
export type ToWorker =
  /**
   * `shared`, where the page may share memory: see shared-line.ts. `stored`: the browser may have stored the snapshot.
   * `spare`: start from what is kept or not at all.
   */
  | {
      type: "start";
      runtime: RuntimeFiles;
      shared: SharedArrayBuffer | null;
      stored: boolean;
      kept: KeptStart | null;
      spare: boolean;
    }
  /** Instead of a start: store a snapshot for the next visit. */
  | { type: "store"; snapshot: SnapshotFile }
  /** The reader's reply to what a run asks. */
  | { type: "input"; reply: InputReply }
  /** Nothing is asked of Python for now; `probable`: a plan much like this one will be. */
  | { type: "rest"; probable: PlanRequest | null }
  /** Fetch what the snapshot has left out: nobody has asked for anything for a while. */
  | { type: "fetch" }
  /** Draw figures that nobody sees until the engine has compiled what they need. */
  | { type: "practise" }
  /** Nobody asks anything of this session any more. */
  | { type: "close"; session: number }
  | (Asked & { session: number });

/** What is asked of one session, which is opened when first asked; several pages may share a worker, each with its own. */
export type Asked =
  | { type: "run"; id: number; request: RunRequest }
  | { type: "evaluate"; id: number; expression: string }
  /** `ahead`: the reader doesn't wait for anything yet. */
  | { type: "plan"; id: number; request: PlanRequest; ahead: boolean }
  | { type: "stale"; id: number; cells: ShownOutputs[] }
  /** Between runs only; nothing of the reader's runs for it. */
  | { type: "ask"; id: number; question: Question }
  /** End the run of that id as soon as Python can. */
  | { type: "stop"; id: number };

/** From the worker to the page. */
export type FromWorker =
  | { type: "progress"; progress: LoadProgress }
  | { type: "ready" }
  /** What the next worker can start from; it comes right after "ready", or before "failed". */
  | { type: "kept"; kept: KeptStart }
  /** The answer to "store"; this worker is of no further use. */
  | { type: "stored"; whole: boolean }
  /** The answer to "practise". */
  | { type: "practised" }
  /** Python could not be loaded; this worker is of no further use. */
  | { type: "failed"; problem: Problem }
  /** The reader's program has come to its end; what Python does until the result comes isn't the reader's. */
  | { type: "over" }
  /** Python broke while in use; this worker is of no further use. */
  | { type: "died"; problem: Problem }
  | (Told & { session: number });

/** What is told of one session. */
export type Told =
  | { type: "output"; id: number; output: Output }
  /** How much of a run's outputs has been left out so far. */
  | { type: "omitted"; id: number; omitted: Omitted }
  /** The run asks its reader something, and waits for a message or for shared memory to change. */
  | { type: "input"; id: number; prompt: InputPrompt; waits: "message" | "memory" }
  /** The run begins once more, with the answers given so far; its outputs come again from the first. */
  | { type: "again"; id: number }
  | { type: "result"; id: number; result: RunResult }
  | { type: "evaluation"; id: number; evaluation: Evaluation }
  | { type: "answer"; id: number; answer: Answer | null }
  | { type: "plan"; id: number; plan: Plan }
  /** Ids of the cells whose outputs are out of date. */
  | { type: "stale"; id: number; stale: string[] };

/** Where the runtime lies. All URLs are absolute: a worker made from a blob has no base of its own. */
export interface RuntimeFiles {
  /** The folder of `pyodide.mjs`, `pyodide-lock.json` and the wheels, with its closing slash. */
  runtime: string;
  /** A zip archive with the package `gradus.kernel`. */
  kernel: string;
  /** Names in the lock file that are loaded, with what they need, before the first run. */
  packages: string[];
  /** Everything that will be fetched, with sizes in bytes before any transfer encoding. */
  files: { url: string; bytes: number }[];
  /** JSON: the names in the page's cells, as the build has found them; null on a page without a lesson. */
  names: string | null;
  /** What starts Python faster; null where only the plain way is. */
  start: StartFiles | null;
}

/** A file with its size before any transfer encoding, and its SHA-256 in hexadecimal. */
export interface DataFile {
  url: string;
  bytes: number;
  sha256: string;
}

export interface SnapshotFile extends DataFile {
  /** What it decodes to, and is stored as: facts, the libraries' code, and memory, each with its checksum (`sumWords`). */
  pieces: { bytes: number; sum: number }[];
}

/** The files of a fast start. */
export interface StartFiles {
  /** JSON: where each file of packages and kernel lies. */
  index: DataFile;
  /** The standard library's archive with compiled modules. */
  standard: DataFile;
  /** The chunk with the compiled modules of packages and kernel. */
  modules: DataFile;
  /** Shared libraries, for a start without a snapshot. */
  libraries: (DataFile & { chunk: string })[];
  /** Chunks of single files, in the order in which a lesson needs them. */
  data: (DataFile & { chunk: string })[];
  /** A warm Python's memory with its libraries' code; null where the build had to do without. */
  snapshot: SnapshotFile | null;
  /** The interpreter for a snapshot: those of its functions that lessons use, and the others. Null without a snapshot. */
  interpreter: { first: DataFile; rest: DataFile } | null;
}

/** All that a start from a snapshot has fetched, decoded and compiled, for a worker that takes this one's place. */
export interface KeptStart {
  main: WebAssembly.Module;
  libraries: WebAssembly.Module[];
  snapshot: unknown;
  /** The snapshot's memory; these buffers are handed over, not copied. */
  pages: ArrayBuffer[];
  index: unknown;
  chunks: [string, ArrayBuffer][];
}

/** How far loading is. `part` is what is being fetched, in a reader's words; empty once all has come. */
export interface LoadProgress {
  phase: "downloading" | "starting" | "installing";
  part: string;
  bytes: number;
  total: number;
}

/** What went wrong: a sentence for the reader, and the cause for whoever reports it. */
export interface Problem {
  message: string;
  cause: string;
}

export interface RunRequest {
  source: string;
  cell: string;
  /** Device pixels in a CSS pixel, so that figures are sharp. */
  pixel_ratio: number;
  page: PageFacts;
}

/** What the page around a cell knows that an explanation may speak of. */
export interface PageFacts {
  /** Id and source of the page's cells, from top to bottom. */
  cells: [id: string, source: string][];
  /** What can be imported besides Python's own modules. */
  packages: string[];
}

/** Which cells does one need? */
export interface PlanRequest {
  /** Id and source of the page's cells, from top to bottom. */
  cells: [id: string, source: string][];
  /** The id of the cell that is to run. */
  wanted: string;
}

export interface Plan {
  /** Ids of the cells that must run first, in order. */
  first: string[];
  /** By the ids of cells: what stands for the results of a fresh run from the top. */
  versions: Record<string, string>;
}

/** What a cell's outputs were made from. */
export interface ShownOutputs {
  id: string;
  /** The cell's text that they come from. */
  shown: string;
  /** Its text in the lesson. */
  lesson: string;
  /** Stands for their run; null for those that came with the page, "" for those that were broken off. */
  version: string | null;
}

export interface RunResult {
  /** "stopped": before its end, by the reader or by the program itself. */
  status: "ok" | "error" | "stopped";
  execution_count: number;
  /** The reader's own frames, outermost first; none when all went well. */
  locations: SourceLocation[];
  /** The reader's names now. */
  names: Names;
}

/** The first names in the order in which they were given, and how many more there are. */
export interface Names {
  first: string[];
  more: number;
}

/** What a cell asks its reader. A secret answer, such as a password, is not to be seen. */
export interface InputPrompt {
  prompt: string;
  secret: boolean;
}

/** How a question ends: with a text, at the end of input, or because the reader stops the cell. */
export type InputReply = { end: "text"; text: string } | { end: "input" } | { end: "stopped" };

/** A stretch of a cell's source; lines count from 1. */
export interface SourceLocation {
  cell: string;
  line: number;
  column: number | null;
  end_line: number | null;
  end_column: number | null;
}

/** An expression's value in the reader's namespace: its `repr` and its truth, if it has one; or why there is none. */
export type Evaluation = { ok: true; value: string; truth: boolean | null } | { ok: false; error: string };

/** What a page asks about the reader's names, while nothing runs. */
export type Question =
  | { about: "variables" }
  | ({ about: "completions" } & CaretPlace)
  /** The name at the caret, or the call in whose brackets it stands. */
  | ({ about: "inspection"; subject: "name" | "call" } & CaretPlace);

/** What may be answered to which question. */
export interface Answers {
  variables: Variables;
  completions: Completions;
  inspection: Inspection;
}

export type Answer = Answers[keyof Answers];

/** The caret in a cell's code. */
export interface CaretPlace {
  before: string;
  after: string;
  /** The code of cells above that haven't run as they stand. */
  above: string[];
}

/** What may replace the `prefix` that stands before the caret. */
export interface Completions {
  prefix: string;
  items: CompletionItem[];
}

export interface CompletionItem {
  label: string;
  /** As CodeMirror calls it: "function", "method", "class", "namespace", "variable", "property", "keyword". */
  kind: string;
  detail: string;
  /** Those with more come first. */
  rank: number;
}

/** What is known of a name; texts are empty where there is nothing to say. */
export interface Inspection {
  name: string;
  /** As in a signature, `/` and `*` included; null for what can't be called. */
  parameters: string[] | null;
  /** Which of them the caret's argument is for. */
  current: number | null;
  type: string;
  value: string;
  /** The first paragraph of the documentation. */
  summary: string;
  documentation: string;
}

/** The reader's names. */
export interface Variables {
  variables: VariableRow[];
  /** Functions, classes and modules. */
  definitions: VariableRow[];
  /** How many more there are. */
  omitted: number;
}

/** Texts for a table; `shape` is empty for what has no size. */
export interface VariableRow {
  name: string;
  type: string;
  shape: string;
  value: string;
}

/** What was too much to show. */
export interface Omitted {
  lines: number;
  characters: number;
  results: number;
}

/** An output as Jupyter's nbformat 4 has it. */
export type Output = StreamOutput | DisplayOutput | ErrorOutput;

export interface StreamOutput {
  output_type: "stream";
  name: "stdout" | "stderr";
  text: string;
}

export interface DisplayOutput {
  output_type: "display_data" | "execute_result";
  data: MimeBundle;
  /** Per MIME type; an image's is `{width, height, alt}`, in CSS pixels. */
  metadata: Record<string, unknown>;
  execution_count?: number | null;
}

export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}

/** What a reader is told about a run in plain words; in all texts, what stands between backticks is code. */
export interface Explanation {
  title: string;
  hints: string[];
  /** Names on the failing line, and what they stand for. */
  values: { name: string; text: string }[];
  drawing: Drawing | null;
  /** Null where the line stands in a text that its cell no longer has. */
  location: { cell: string; line: number } | null;
  about: "error" | "result";
}

/** Arrays as rectangles, with what is to be done to them between each two. */
export interface Drawing {
  rectangles: Rectangle[];
  operator: string;
  /** The drawing in characters, and what it shows in words. */
  text: string;
  words: string;
}

/** A side is null where the array doesn't have it; `mismatch` is the side whose size is in the way. */
export interface Rectangle {
  label: string;
  rows: number | null;
  columns: number | null;
  note: string;
  mismatch: "rows" | "columns" | null;
}

/** The MIME type of an `Explanation`. */
export const EXPLANATION = "application/vnd.gradus.explanation+json";

/** One result in several forms, by MIME type; nbformat also allows text as a list of lines. */
export type MimeBundle = Record<string, unknown>;
