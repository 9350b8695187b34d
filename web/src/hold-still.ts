/** Keeps in its place what the reader sees while the page above it changes. */

/**
 * Browsers do that by themselves (scroll anchoring), but Firefox gives up after ten changes in a row. Only there it is
 * done here: elsewhere, to scroll would end a scrolling of the reader's that goes on.
 */
const GIVES_UP = CSS.supports("-moz-orient", "inline");

/** What the last scrolling fell short by, because pages scroll by whole pixels of the screen. */
let owed = 0;

/** Does what may change the heights of parts of the page. */
export function holdStill(act: () => void): void {
  const seen = GIVES_UP && scrollY > 0 ? findSeen() : null;
  if (!seen) return act();
  const { style } = document.documentElement;
  const before = seen.getBoundingClientRect().top;
  style.overflowAnchor = "none";
  try {
    act();
    const shift = seen.getBoundingClientRect().top - before + owed;
    if (shift === 0) return;
    scrollBy({ top: shift, behavior: "instant" });
    owed += seen.getBoundingClientRect().top - before;
    // At the page's end, there is no more to scroll.
    if (Math.abs(owed) >= 1) owed = 0;
  } finally {
    style.overflowAnchor = "";
  }
}

/** What the reader came for, if it is there to be seen; else the first part of the page that is. */
function findSeen(): Element | null {
  const target = document.querySelector(":target");
  if (target && isSeen(target)) return target;
  return [...document.querySelectorAll(".lesson-body > *")].find(isSeen) ?? null;
}

function isSeen(part: Element): boolean {
  const { top, bottom } = part.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
