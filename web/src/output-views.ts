/** How an output is shown, by the kind of data it is. */

import { viewExplanation } from "./explanation-view.ts";
import { lazyImport } from "./lazy-import.ts";
import { type DisplayOutput, type ErrorOutput, EXPLANATION, type Explanation } from "./protocol.ts";
import { withoutEscapes } from "./terminal-text.ts";

/** An output's element, at once or when it can be shown without flicker. */
export type View = Element | Promise<Element>;

/** What an image says to those who don't see it, and its size in CSS pixels. */
interface ImageMetadata {
  width?: number;
  height?: number;
  alt?: string;
}

/** The first type in this table that an output has is the one that is shown. */
const VIEWS: readonly [type: string, view: (text: string, metadata: ImageMetadata) => View][] = [
  ["text/html", viewHtml],
  ["text/markdown", viewText],
  [
    "image/svg+xml",
    (text, metadata) => viewImage(`data:image/svg+xml,${encodeURIComponent(text)}`, metadata),
  ],
  ["image/png", (text, metadata) => viewImage(`data:image/png;base64,${text.trim()}`, metadata)],
  ["image/jpeg", (text, metadata) => viewImage(`data:image/jpeg;base64,${text.trim()}`, metadata)],
  ["text/latex", viewText],
  ["text/plain", viewText],
];

/** Shows a result in the best form that it has; `alt`, if given, describes an image better than the kernel could. */
export function viewDisplay(output: DisplayOutput, alt?: string): View {
  const explanation = findExplanation(output);
  if (explanation) return viewExplanation(explanation);
  for (const [type, view] of VIEWS) {
    if (!(type in output.data)) continue;
    // Of whatever kind: what a program displays may say anything.
    const metadata = Object(output.metadata[type] ?? {}) as ImageMetadata;
    const shown = view(joinLines(output.data[type]), alt === undefined ? metadata : { ...metadata, alt });
    return shown instanceof Promise ? shown.catch(() => viewPlain(output)) : shown;
  }
  return viewPlain(output);
}

/** Exceptions that say that someone wanted the end. */
const ENDINGS = ["KeyboardInterrupt", "SystemExit"];

/** Shows an exception as Python prints it. */
export function viewError(output: ErrorOutput): Element {
  const ended = ENDINGS.includes(output.ename);
  const element = makeElement("div", ended ? "output output-ended" : "output output-error");
  const text = document.createElement("pre");
  text.textContent = withoutEscapes(output.traceback.join("\n")) || `${output.ename}: ${output.evalue}`;
  element.append(text);
  return element;
}

/** What an output tells about the run in plain words, if that is what it is for. */
export function findExplanation(output: DisplayOutput): Explanation | null {
  return (output.data[EXPLANATION] as Explanation | undefined) ?? null;
}

/** Whether an output is a picture. */
export function isFigure(output: DisplayOutput): boolean {
  return Object.keys(output.data).some((type) => type.startsWith("image/"));
}

/** Made with one class attribute, in the way that static pages have it. */
export function makeElement(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

const loadHtmlView = lazyImport(() => import("./html-view.ts"));

async function viewHtml(text: string): Promise<Element> {
  const { sanitizeHtml } = await loadHtmlView();
  const view = sanitizeHtml(text);
  view.className = "output output-html";
  return view;
}

/** An image element runs no script and loads nothing, so that SVG is as safe in it as any other picture. */
async function viewImage(source: string, { width, height, alt }: ImageMetadata): Promise<Element> {
  const image = document.createElement("img");
  if (width) image.width = Math.round(width);
  if (height) image.height = Math.round(height);
  image.alt = alt ?? "Figure drawn by this cell";
  image.src = source;
  // A broken picture shows its description.
  await image.decode().catch(() => undefined);
  const figure = makeElement("figure", "output output-image");
  figure.append(image);
  return figure;
}

function viewText(text: string): Element {
  const element = makeElement("pre", "output output-text");
  element.textContent = withoutEscapes(text);
  return element;
}

function viewPlain(output: DisplayOutput): Element {
  const types = Object.keys(output.data).join(", ");
  return viewText(joinLines(output.data["text/plain"]) || `A result that can't be shown here (${types})`);
}

/** nbformat allows a text to be a list of lines. */
function joinLines(value: unknown): string {
  return Array.isArray(value) ? value.join("") : String(value ?? "");
}
