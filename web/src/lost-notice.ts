/** Tells a reader which variables went with a Python that had to be replaced, and offers to bring them back. */

import type { NoticeView } from "./notice.ts";
import type { Names } from "./protocol.ts";
import type { Rebuilding } from "./rebuild.ts";

/** Brings the lost variables back. */
export interface Rebuilder {
  /** Whether there are cells to run again. */
  readonly isPossible: boolean;
  start(report: (progress: Rebuilding) => void): void;
}

/** `reason` is a sentence on what happened; the notice ends with what was lost. */
export function showLoss(notices: NoticeView, reason: string, lost: Names, rebuilder: Rebuilder): void {
  const report = (progress: Rebuilding): void => notices.show(LOSS, describeRebuilding(progress));
  const actions = rebuilder.isPossible
    ? [{ label: "Run their cells again", act: () => rebuilder.start(report) }]
    : [];
  notices.show(LOSS, `${reason} ${describeLoss(lost)}`, lost.first.length > 0 ? actions : []);
}

/** Takes the notice away. */
export function hideLoss(notices: NoticeView): void {
  notices.show(LOSS, null);
}

/** The kind of notice. */
const LOSS = "lost";

function describeLoss({ first, more }: Names): string {
  if (first.length === 0) return "Python was restarted for that.";
  const others = more === 0 ? "" : ` and ${more} more`;
  return `Python was restarted for that, and these names are gone: ${first.join(", ")}${others}.`;
}

function describeRebuilding(progress: Rebuilding): string {
  switch (progress.step) {
    case "running":
      return `Running again: ${progress.name}…`;
    case "done":
      return "The cells that define those names have run again.";
    case "failed":
      return `Running again broke off at ${progress.name}; see that cell.`;
    default:
      return progress satisfies never;
  }
}
