/** Turns a page's own blocks of Python into cells: the markup of known generators, or what the page names. */

/** How generators write a block: what to look for, and the outermost element of that block. */
const BLOCKS = [
  // MkDocs with pymdownx.highlight, Material or not.
  { found: "div.highlight:is(.language-python, .language-py, .language-python3)", outermost: "div" },
  // Sphinx.
  { found: "div:is(.highlight-python, .highlight-python3, .highlight-ipython3)", outermost: "div" },
  // Quarto and Pandoc.
  { found: "pre.sourceCode.python", outermost: "div.sourceCode" },
  // CommonMark: what most others write.
  { found: "pre > code:is(.language-python, .language-py, .language-python3)", outermost: "pre" },
];

/** Where a page's author says that a block is only to be read. */
const LEFT_ALONE = "gradus-cell, .no-run, [data-gradus=off]";

/** Turns all blocks that are there into cells; `selector` finds others than the known ones. */
export function replaceBlocks(selector?: string): void {
  const kinds = selector === undefined ? BLOCKS : [{ found: selector, outermost: selector }];
  for (const { found, outermost } of kinds) {
    for (const element of document.querySelectorAll<HTMLElement>(found)) {
      const block = element.closest<HTMLElement>(outermost) ?? element;
      if (block.isConnected && !block.closest(LEFT_ALONE)) replaceBlock(block);
    }
  }
}

/** Goes on doing so when the page's content changes, as on sites whose links don't load anew. */
export function watchBlocks(selector?: string): void {
  replaceBlocks(selector);
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      replaceBlocks(selector);
    });
  }).observe(document.body, { childList: true, subtree: true });
}

function replaceBlock(block: HTMLElement): void {
  // With line numbers in a table, the code stands in the last column.
  const code = block.querySelector("td.code code, td.code pre") ?? block.querySelector("code") ?? block;
  const cell = document.createElement("gradus-cell");
  if (block.id) cell.id = block.id;
  const pre = document.createElement("pre");
  pre.append(Object.assign(document.createElement("code"), { textContent: code.textContent }));
  cell.append(pre);
  hideStaleOutputs(block, cell);
  block.replaceWith(cell);
}

/** What Quarto's own run put below the code belongs to that run: it goes when the reader begins another. */
function hideStaleOutputs(block: HTMLElement, cell: HTMLElement): void {
  const outputs = block.closest("div.cell")?.querySelectorAll<HTMLElement>(":scope > .cell-output") ?? [];
  const hide = (): void => outputs.forEach((output) => (output.hidden = true));
  cell.addEventListener("gradus-run", hide, { once: true });
}
