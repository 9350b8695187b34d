/** The editor's structure, in the page's custom properties, so that it takes exactly the place of the static code. */

import { EditorView } from "@codemirror/view";

const FULL_LINE = { paddingInline: "var(--code-padding, 1rem)" };

export const editorTheme = EditorView.theme({
  "&": { color: "inherit", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--code-font, monospace)",
    fontSize: "var(--code-size, 0.875rem)",
    fontVariantLigatures: "none",
    lineHeight: "var(--code-line, 1.6)",
    overflowX: "auto",
  },
  // Lines reach from edge to edge, so that a mark on one does too.
  ".cm-content": {
    padding: "var(--code-padding, 1rem) 0",
    caretColor: "var(--ink, currentColor)",
    minBlockSize: "var(--code-min-size, 0)",
  },
  ".cm-line": { ...FULL_LINE, position: "relative" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--rule, #8884)", color: "inherit" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--error-wash, #f004)", color: "inherit" },
  ".cm-changed-line": {
    backgroundColor: "var(--accent-wash, #08f2)",
    boxShadow: "inset 3px 0 var(--accent, currentColor)",
  },
  ".cm-error-line": {
    backgroundColor: "var(--error-wash, #f002)",
    boxShadow: "inset 3px 0 var(--error, currentColor)",
  },
  // Not by colour alone.
  ".cm-error-line::before": {
    color: "var(--error, currentColor)",
    content: "'✗'",
    fontSize: "0.7em",
    position: "absolute",
    insetInlineStart: "0.5em",
  },
  ".cm-error-line[data-values]::after": {
    color: "var(--ink-soft, currentColor)",
    // Nothing to read out: the line's description has it.
    content: "attr(data-values) / ''",
    fontStyle: "italic",
    marginInlineStart: "3ch",
    pointerEvents: "none",
  },
});
