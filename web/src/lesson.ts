/** A page's cells, from top to bottom, and the running of them: one at a time, each after those that it needs. */

import { type CellPlace, comparePlaces } from "./cell-place.ts";
import type { KernelClient } from "./kernel-client.ts";
import type { Displaced, LostEnd, OutputReader, RunEnd } from "./kernel-state.ts";
import type { Rebuilder } from "./lost-notice.ts";
import type { SourceLocation } from "./protocol.ts";
import { Freshness, type FreshnessCell } from "./freshness.ts";
import { type Rebuilding, rebuild, RunLog } from "./rebuild.ts";
import { orderRun } from "./run-order.ts";

/** What a lesson asks of a cell, and tells it. */
export interface LessonCell extends OutputReader, FreshnessCell {
  readonly cellId: string;
  readonly place: CellPlace;
  /** What a reader is told it is called. */
  readonly name: string;
  readonly source: string;
  readonly hasRun: boolean;
  /** The reader asked for this cell to run; it may have to wait. */
  onQueued(): void;
  /** That wish came to nothing. */
  onUnqueued(): void;
  /** Cells above run first, for this one's sake. */
  onRunningFirst(name: string): void;
  /** The source, as it is now, is on its way to Python. `quiet`: for another cell's sake. */
  onStarted(quiet: boolean): void;
  /** It ended; `version` stands for its results, `ranFirst` are the names of the cells that ran for its sake. */
  onEnded(end: RunEnd, version: string, ranFirst: string[]): void;
  /** It didn't run: a cell that it needs has failed. */
  onBlocked(by: LessonCell, runAnyway: () => void): void;
  /** Code of this cell took part in another cell's error. */
  onBlamed(location: SourceLocation): void;
  /** Takes the keyboard's focus. */
  focusCode(): void;
}

export class Lesson {
  readonly kernel: KernelClient;
  /** What can be imported besides Python's own modules. */
  readonly #packages: string[];
  readonly #cells: LessonCell[] = [];
  #queue: LessonCell[] = [];
  #working = false;
  /** The reader wants what runs to end, and with it the work for its sake. */
  #stopped = false;
  /** Python was lost under the last cell. */
  #lost = false;
  readonly #ran: RunLog<LessonCell>;
  readonly #freshness: Freshness<LessonCell>;
  /** The versions of results that failed to come about, by the ids of their cells. */
  readonly #failed = new Map<string, string>();
  /** Cells that the reader wants to run although one that they need has failed. */
  readonly #insisted = new Set<LessonCell>();

  constructor(kernel: KernelClient, packages: string[]) {
    this.kernel = kernel;
    this.#packages = packages;
    this.#ran = new RunLog(kernel);
    this.#freshness = new Freshness(kernel, this.#cells, (cell) => this.run(cell));
  }

  /** Takes in a cell of the page, wherever among the others it stands. */
  add(cell: LessonCell): void {
    this.#cells.push(cell);
    this.#cells.sort((a, b) => comparePlaces(a.place, b.place));
  }

  /** Forgets a cell that has left the page; a run of it that goes on ends by itself. */
  remove(cell: LessonCell): void {
    const remaining = this.#cells.filter((other) => other !== cell);
    this.#cells.splice(0, this.#cells.length, ...remaining);
    this.#queue = this.#queue.filter((other) => other !== cell);
  }

  /** Whether no cell is left. */
  get isEmpty(): boolean {
    return this.#cells.length === 0;
  }

  /** The cell below, if there is one. */
  next(cell: LessonCell): LessonCell | undefined {
    return this.#cells[this.#cells.indexOf(cell) + 1];
  }

  /** The code of the cells above that have not run as they stand. */
  sourcesAbove(cell: LessonCell): string[] {
    const above = this.#cells.slice(0, this.#cells.indexOf(cell));
    return above.filter((other) => !other.hasRun).map((other) => other.source);
  }

  /** Has Python read the cells while the reader does: it then knows sooner what has to run first. */
  prepare(): void {
    const last = this.#cells.at(-1);
    if (last) void this.kernel.plan({ cells: this.listSources(), wanted: last.cellId }, { ahead: true });
  }

  /** Runs a cell, after whatever runs already and after the cells that it needs. */
  run(cell: LessonCell): void {
    if (this.#queue.includes(cell)) return;
    this.#queue.push(cell);
    cell.onQueued();
    void this.#work();
  }

  /** Runs every cell from top to bottom. */
  runAll(): void {
    for (const cell of this.#cells) this.run(cell);
  }

  /** Runs every cell above one, from top to bottom. */
  runAbove(cell: LessonCell): void {
    for (const above of this.#cells.slice(0, this.#cells.indexOf(cell))) this.run(above);
  }

  /** Ends what runs and what waits. Python keeps its variables where it can be stopped without being replaced. */
  stop(): void {
    this.#stopped = true;
    this.#dropQueue();
    this.kernel.stop();
  }

  /** Runs again, quietly, the cells that had run in the Python that was lost. */
  get rebuilder(): Rebuilder {
    const log = this.#ran;
    const start = (report: (progress: Rebuilding) => void): void => void this.#rebuild(report);
    return {
      get isPossible() {
        return log.lost.length > 0;
      },
      start,
    };
  }

  async #rebuild(report: (progress: Rebuilding) => void): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    this.#stopped = false;
    const lost = this.#cells.filter((cell) => this.#ran.lost.includes(cell));
    const order = await orderRun(this.kernel, this.#cells, lost.at(-1)!);
    const versions = "status" in order ? {} : order.versions;
    const run = (cell: LessonCell) => this.#runOne(cell, versions, true);
    await rebuild(lost, run, report, () => this.#stopped);
    this.#working = false;
    void this.#work();
  }

  /** Starts Python afresh, whatever it is doing. */
  restart(): void {
    this.#dropQueue();
    this.kernel.restart();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let cell = this.#queue.shift(); cell; cell = this.#queue.shift()) {
      this.#stopped = this.#lost = false;
      while ((await this.#runWithNeeded(cell)) === "displaced");
    }
    this.#working = false;
    // Nothing has run: the next Python has better to do.
    if (!this.#lost) await this.#freshness.check();
  }

  /** "displaced" if it has to begin once more, in another Python. */
  async #runWithNeeded(target: LessonCell): Promise<"displaced" | void> {
    this.kernel.warm();
    const order = await orderRun(this.kernel, this.#cells, target);
    if ("status" in order) return this.#giveUp(target, order);
    if (this.#stopped) return this.#giveUp(target, CANCELLED);
    const { first, versions } = order;
    if (this.#insisted.delete(target)) {
      const end = await this.#runTarget(target, versions, []);
      if (end === "displaced") this.#insisted.add(target);
      return end;
    }
    // A cell that has failed so would only fail once more.
    const failed = first.find((cell) => this.#failed.get(cell.cellId) === versions[cell.cellId]);
    if (failed) return this.#block(target, failed);
    for (const cell of first) {
      target.onRunningFirst(cell.name);
      const end = await this.#runOne(cell, versions, true);
      if (end.status === "displaced") return this.#stopped ? this.#giveUp(target, CANCELLED) : "displaced";
      if (isLost(end)) return this.#giveUp(target, end);
      if (this.#stopped) return this.#giveUp(target, CANCELLED);
      if (end.status !== "ok") return this.#block(target, cell);
    }
    return this.#runTarget(target, versions, first);
  }

  #giveUp(target: LessonCell, end: LostEnd): void {
    this.#dropWaiting(end);
    target.onEnded(end, "", []);
  }

  /** Python was lost: nothing that waits should run. Before any cell says so, for then its reader may want a run. */
  #dropWaiting(end: LostEnd): void {
    // Whoever called it off has emptied the queue; what is in it came later.
    if (end.status === "cancelled") return;
    this.#lost = true;
    this.#dropQueue();
  }

  #block(target: LessonCell, by: LessonCell): void {
    target.onBlocked(by, () => {
      this.#insisted.add(target);
      this.run(target);
    });
  }

  async #runTarget(
    target: LessonCell,
    versions: Record<string, string>,
    first: LessonCell[],
  ): Promise<"displaced" | void> {
    const names = first.map((cell) => cell.name);
    const end = await this.#runOne(target, versions, false, names);
    if (end.status === "displaced") return "displaced";
    this.#freshness.ran(target);
  }

  async #runOne(
    cell: LessonCell,
    versions: Record<string, string>,
    quiet: boolean,
    ranFirst: string[] = [],
  ): Promise<RunEnd | Displaced> {
    cell.onStarted(quiet);
    const request = {
      source: cell.source,
      cell: cell.cellId,
      pixel_ratio: Math.min(devicePixelRatio, MOST_PIXELS),
      page: { cells: this.listSources(), packages: this.#packages },
    };
    const end = await this.kernel.run(request, cell);
    if (end.status === "displaced") {
      cell.onEnded(CANCELLED, "", []);
      // Its reader still waits for it.
      if (!quiet) cell.onQueued();
      return end;
    }
    if ("locations" in end) this.#blame(cell, end.locations);
    if ("locations" in end && end.status !== "stopped") this.#ran.note(cell);
    const version = versions[cell.cellId] ?? "";
    if (end.status === "error") this.#failed.set(cell.cellId, version);
    else this.#failed.delete(cell.cellId);
    if (isLost(end)) this.#dropWaiting(end);
    cell.onEnded(end, version, ranFirst);
    return end;
  }

  /** The texts of all cells, from top to bottom. */
  listSources(): [id: string, source: string][] {
    return this.#cells.map((cell) => [cell.cellId, cell.source]);
  }

  /** The failing line may be in a function that another cell defines. */
  #blame(running: LessonCell, locations: SourceLocation[]): void {
    const deepest = locations.at(-1);
    const cell = this.#cells.find((other) => other.cellId === deepest?.cell);
    if (deepest && cell && cell !== running) cell.onBlamed(deepest);
  }

  #dropQueue(): void {
    const dropped = this.#queue;
    this.#queue = [];
    for (const cell of dropped) cell.onUnqueued();
  }
}

const CANCELLED: LostEnd = { status: "cancelled" };

/** A zoomed page on a sharp screen may have a ratio of 6 or more; nobody sees more than this. */
const MOST_PIXELS = 3;

function isLost(end: RunEnd): end is LostEnd {
  return !("locations" in end);
}
