/** HTML from a reader's own code, made harmless; fetched only when some output is HTML. */

import DOMPurify, { type Config } from "dompurify";

/** An element with the harmless part of `html`: no script, no style, nothing that loads from elsewhere or can be filled in. */
export function sanitizeHtml(html: string): HTMLElement {
  const view = document.createElement("div");
  view.append(purifier.sanitize(html, OPTIONS));
  return view;
}

const OPTIONS = {
  USE_PROFILES: { html: true },
  // Styles could reach over the page or fetch from elsewhere, forms could send; policies forbid inline styles anyway.
  FORBID_TAGS: [
    "style",
    "form",
    "input",
    "button",
    "textarea",
    "select",
    "option",
    "audio",
    "video",
    "source",
    "picture",
    "marquee",
    "dialog",
    "map",
    "area",
    "slot",
    "template",
  ],
  FORBID_ATTR: [
    "style",
    "class",
    "id",
    "name",
    "srcset",
    "background",
    "ping",
    "autofocus",
    "tabindex",
    "slot",
    "part",
  ],
  ALLOW_DATA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#|data:image\/(?:png|jpeg|gif|webp);base64,)/i,
  RETURN_DOM_FRAGMENT: true,
} satisfies Config & { RETURN_DOM_FRAGMENT: true };

const purifier = DOMPurify(window);

// Before the result belongs to the page: once it does, a picture is on its way.
purifier.addHook("afterSanitizeAttributes", (element) => {
  if (element.hasAttribute("href")) {
    element.setAttribute("target", "_blank");
    element.setAttribute("rel", "noopener noreferrer");
  }
  if (!element.getAttribute("src")?.startsWith("data:")) element.removeAttribute("src");
});
