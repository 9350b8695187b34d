/** Typing over a selection, which the editor does itself. */

import { EditorSelection, type Extension, type SelectionRange } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * Left to itself Chromium gives the new text the looks of the highlighted text that it replaces, by an inline style;
 * the page's policy forbids that, and the browser's console would say so each time.
 */
export function replacingSelections(): Extension {
  return EditorView.domEventHandlers({
    beforeinput: (event, view) => {
      const { data, inputType, isComposing } = event;
      if (inputType !== "insertText" || !data || isComposing || view.state.selection.ranges.length > 1)
        return false;
      const selected = findSelection(view);
      if (selected.empty) return false;
      event.preventDefault();
      view.dispatch({ selection: { anchor: selected.anchor, head: selected.head } });
      type(view, data);
      return true;
    },
  });
}

/** The browser's selection may be a moment ahead of the editor's. */
function findSelection(view: EditorView): SelectionRange {
  const { main } = view.state.selection;
  // Chromium has it also for shadow roots, and the problem is Chromium's.
  const root = view.root as Document;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = root.getSelection?.() ?? getSelection()!;
  if (!main.empty || !view.contentDOM.contains(anchorNode) || !view.contentDOM.contains(focusNode))
    return main;
  const anchor = view.posAtDOM(anchorNode!, anchorOffset);
  return EditorSelection.range(anchor, view.posAtDOM(focusNode!, focusOffset));
}

function type(view: EditorView, text: string): void {
  const { from, to } = view.state.selection.main;
  const spec = view.state.replaceSelection(text);
  const insert = () => view.state.update(spec, { userEvent: "input.type", scrollIntoView: true });
  // Such as the one that puts brackets around a selection.
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
}
