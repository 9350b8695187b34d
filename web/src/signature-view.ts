/** How a call looks: `mean(a, axis=None)`, with the parameter marked that the caret's argument is for. */

import type { Inspection } from "./protocol.ts";

export function makeSignature({ name, parameters, current }: Inspection): HTMLElement {
  const code = document.createElement("code");
  code.className = "signature";
  code.append(`${name}(`);
  parameters?.forEach((text, index) => {
    if (index > 0) code.append(", ");
    const part = document.createElement(index === current ? "strong" : "span");
    part.textContent = text;
    code.append(part);
  });
  code.append(")");
  return code;
}
