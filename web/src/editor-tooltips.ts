/** How completions and signatures look: in the page's colours, and never wider than a phone. */

import { EditorView } from "@codemirror/view";

const CODE = { fontFamily: "var(--code-font, monospace)", fontVariantLigatures: "none" };

export const tooltipTheme = EditorView.theme({
  ".cm-tooltip": {
    backgroundColor: "var(--paper, Canvas)",
    border: "1px solid var(--rule-strong, currentColor)",
    borderRadius: "var(--radius, 4px)",
    boxShadow: "0 0.25rem 1rem #0003",
    color: "var(--ink, CanvasText)",
    fontSize: "0.8125rem",
    maxInlineSize: "calc(100vw - 1rem)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { ...CODE, maxBlockSize: "14rem", minInlineSize: "12rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", gap: "1rem", padding: "0.2rem 0.6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent, Highlight)",
    color: "var(--on-accent, HighlightText)",
  },
  ".cm-tooltip-autocomplete-disabled ul li[aria-selected]": { backgroundColor: "var(--rule, GrayText)" },
  ".cm-completionMatchedText": { fontWeight: "700", textDecoration: "none" },
  ".cm-completionDetail": {
    fontStyle: "normal",
    marginInlineStart: "auto",
    opacity: "0.8",
    overflow: "hidden",
    textOverflow: "ellipsis",
  },
  ".cm-tooltip.cm-completionInfo": { padding: "0.5rem 0.75rem", inlineSize: "min(24rem, 100vw - 1.5rem)" },
  ".cm-info p": { margin: "0.4rem 0 0", overflowWrap: "anywhere" },
  ".cm-info > :first-child": { marginBlockStart: "0" },
  ".cm-signature": { maxInlineSize: "min(40rem, 100vw - 3rem)", padding: "0.35rem 0.75rem" },
  ".signature": { ...CODE, fontSize: "0.8125rem", overflowWrap: "anywhere" },
  ".signature strong": { color: "var(--accent, inherit)", textDecoration: "underline" },
  "@media (pointer: coarse)": {
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { alignItems: "center", minBlockSize: "44px" },
  },
});
