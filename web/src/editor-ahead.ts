/** Has the editor there, and its code compiled, before the reader touches a cell's code. */

import { isDear } from "./device.ts";
import { loadEditor } from "./editor-loading.ts";
import { nextTurn } from "./in-turn.ts";
import type { KernelClient } from "./kernel-client.ts";
import { onceQuiet } from "./quiet.ts";

/** Milliseconds for which Python has had nothing to do. */
const QUIET = 1000;
const BEFORE = 'import math\n\nfor n in range(3):\n    print(f"{math.sqrt(n):.2f}")\n';
const AFTER = BEFORE.replace("3", "4");

/** Once Python has had nothing to do for a while, unless the connection is slow or dear. */
export function prepareEditor(kernel: KernelClient): void {
  if (!isDear()) onceQuiet(kernel, QUIET, () => void prepare());
}

/** Opens and changes an editor that nobody sees: browsers compile code when it first runs. */
async function prepare(): Promise<void> {
  try {
    const { Editor } = await loadEditor();
    await nextTurn();
    const editor = new Editor({
      source: BEFORE,
      // As in a cell: CodeMirror would put a style element into the page itself, which the policy forbids.
      root: document.createElement("div").attachShadow({ mode: "open" }),
      label: "",
      describedBy: "",
      ask: () => Promise.resolve(null),
      onHelp: () => undefined,
      onChange: () => undefined,
    });
    await nextTurn();
    editor.replace(AFTER, [3]);
    editor.close();
  } catch (error) {
    console.debug("The editor comes when it is needed:", error);
  }
}
