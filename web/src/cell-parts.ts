/** The parts of a cell, made and tied together; none of them knows another. */

import type { CellData } from "./cell-data.ts";
import { buildFrame } from "./cell-frame.ts";
import type { CellHome } from "./cell-home.ts";
import { listActions } from "./cell-menu.ts";
import { CellRun } from "./cell-run.ts";
import { CodeView } from "./code-view.ts";
import { Controls } from "./controls.ts";
import { type EditKeeper, Edits } from "./edits.ts";
import { ForeignCode } from "./foreign-code.ts";
import { HelpView } from "./help-view.ts";
import { InputView } from "./input-view.ts";
import type { LessonCell } from "./lesson.ts";
import { LoadingView } from "./loading-view.ts";
import { NoticeView } from "./notice.ts";
import { OutputView } from "./outputs.ts";
import { type Preset, PresetButtons } from "./presets.ts";
import { DraftStorage } from "./storage.ts";

/** The cell's element, as far as its parts need it. */
export interface CellElement extends HTMLElement, LessonCell {
  /** Runs the cell, after those above it that it needs. */
  run(): void;
}

export interface CellParts {
  code: CodeView;
  foreign: ForeignCode;
  edits: EditKeeper;
  notices: NoticeView;
  presets: PresetButtons;
  run: CellRun;
  /** Runs the cell by the reader's own hand: the only way in which code from a link comes to run. */
  runAsReader(): void;
  /** Replaces the code; an edit of the reader's is kept. `marked`: lines to point at, from 1. */
  replace(source: string, marked?: Preset["lines"]): void;
}

/** Makes the parts of `cell`, with all that a reader can do in it. */
export function composeParts(cell: CellElement, home: CellHome, data: CellData): CellParts {
  const { lesson } = home;
  const frame = buildFrame(cell, data.id);
  const notices = new NoticeView(frame.notice, () => controls.focus());
  const tell = notices.show.bind(notices);
  const code = new CodeView(frame.code, {
    source: data.source,
    label: `Python code of cell ${data.id}`,
    describedBy: frame.hint,
    ask: (question) => lesson.kernel.ask({ ...question, above: lesson.sourcesAbove(cell) }),
    onHelp: () => void explain(),
    onChange: () => showChange(),
    onProblem: () => tell("editor", "The editor could not be loaded. Touch the code to try again."),
  });
  const foreign = new ForeignCode({
    cell: data.id,
    shown: () => code.source,
    show: (text) => code.exchange(text),
    tell,
    onAccepted: (text) => {
      edits.putAside();
      edits.changed(text);
    },
  });
  const edits = makeEdits(home, data, tell, (text) => {
    foreign.putAside();
    code.replace(text);
  });
  const controls = new Controls(frame.toolbar, {
    run: () => runAsReader(),
    stop: () => lesson.stop(),
    reset: home.keepEdits ? null : () => (foreign.isShown ? foreign.putAside() : edits.reset()),
    copy: () => code.source,
    more: listActions({
      cell,
      home,
      data,
      shown: () => code.source,
      say: (text) => controls.say(text),
      complain: (problem) => tell("playground", problem),
    }),
    help: () => void explain(),
  });
  const presets = new PresetButtons(frame.presets, data.presets, (preset) => {
    replace(preset.source, preset.lines);
    cell.run();
  });
  const help = new HelpView(frame.help, () => void code.focus());
  const run = new CellRun(
    {
      cell: data.id,
      lessonSource: data.source,
      source: () => foreign.counts,
      kernel: lesson.kernel,
      rebuilder: lesson.rebuilder,
    },
    {
      code,
      controls,
      loading: new LoadingView(frame.loading, () => cell.run()),
      notices,
      outputs: new OutputView(frame.outputs),
      questions: new InputView(frame.question, () => controls.focus()),
      ranFirst: frame.ranFirst,
    },
    (state) => {
      if (cell.getAttribute("state") !== state) cell.setAttribute("state", state);
    },
  );

  const runAsReader = (): void => {
    foreign.accept();
    cell.run();
  };
  const replace: CellParts["replace"] = (source, marked) => {
    foreign.putAside();
    edits.putAside();
    code.replace(source, marked);
  };
  const showChange = (): void => {
    const shown = code.source;
    if (foreign.isShown) foreign.changed();
    else edits.changed(shown);
    presets.showActive(shown);
    controls.showEdited(shown !== data.source);
  };
  const explain = async (): Promise<void> => {
    const { state } = lesson.kernel;
    const found = await code.inspect();
    if (found) help.show(found);
    else help.say(state.name === "ready" ? NOTHING_KNOWN : PYTHON_BUSY);
  };
  return { code, foreign, edits, notices, presets, run, runAsReader, replace };
}

/** What keeps the reader's own text, which is this browser's storage unless the cell's home has something else. */
function makeEdits(
  { site, lessonName, keepEdits }: CellHome,
  { id, hash, source, presets }: CellData,
  tell: NoticeView["show"],
  show: (text: string) => void,
): EditKeeper {
  if (keepEdits) return keepEdits(show);
  const storage = new DraftStorage(site, lessonName, id);
  return new Edits({ source, hash, presets: presets.map((preset) => preset.source), storage, show, tell });
}

const NOTHING_KNOWN =
  "Nothing is known of what stands at the caret. Put the caret on a name, then ask again.";
const PYTHON_BUSY = "Python can tell about names once it has started and nothing is running.";
