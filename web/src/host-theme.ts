/** Whether the page around a cell is light or dark, and when that changes. */

export type Scheme = "light" | "dark";

/** By which known generators say it: on which element, in which attribute, and what it has in the dark. */
const SIGNS: { selector: string; attribute: string; dark: RegExp }[] = [
  { selector: "[data-md-color-scheme]", attribute: "data-md-color-scheme", dark: /slate|dark/ },
  { selector: "body.quarto-light, body.quarto-dark", attribute: "class", dark: /\bquarto-dark\b/ },
  { selector: "html[data-bs-theme]", attribute: "data-bs-theme", dark: /dark/ },
  { selector: "html[data-theme]", attribute: "data-theme", dark: /dark/ },
];

const listeners = new Set<() => void>();

/** What the page says of itself, or else how bright it is where `element` stands. */
export function readScheme(element: Element): Scheme {
  for (const { selector, attribute, dark } of SIGNS) {
    const value = document.querySelector(selector)?.getAttribute(attribute);
    if (value) return dark.test(value) ? "dark" : "light";
  }
  for (let place: Element | null = element.parentElement; place; place = place.parentElement) {
    const bright = brightness(getComputedStyle(place).backgroundColor);
    if (bright !== null) return bright < 128 ? "dark" : "light";
  }
  const declared = getComputedStyle(document.documentElement).colorScheme;
  const mayBeDark = declared.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
  return mayBeDark || declared === "dark" ? "dark" : "light";
}

/** Calls `listener` when the page may have changed its colours; returns the way to stop that. */
export function onSchemeChange(listener: () => void): () => void {
  if (listeners.size === 0) watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let watching = false;

function watch(): void {
  if (watching) return;
  watching = true;
  const tell = (): void => listeners.forEach((listener) => listener());
  const attributes = {
    attributes: true,
    attributeFilter: [...new Set(["style", ...SIGNS.map((s) => s.attribute)])],
  };
  const observer = new MutationObserver(tell);
  for (const element of [document.documentElement, document.body]) observer.observe(element, attributes);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  // A page that fades from one colour to the other has the new one only at the end.
  document.body.addEventListener("transitionend", ({ target }) => target === document.body && tell());
}

/** From 0 to 255; null where one sees through. */
function brightness(colour: string): number | null {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (/\(([^)]*)\)/.exec(colour)?.[1] ?? "")
    .split(/[\s,/]+/)
    .map(Number);
  return alpha < 0.5 || colour === "transparent" ? null : 0.299 * red + 0.587 * green + 0.114 * blue;
}
