/** The "try it yourself" buttons of a cell: each says what it changes. */

import { makeButton } from "./button.ts";

/** A preset as the page has it. */
export interface Preset {
  label: string;
  /** Names and their new values, as Python. */
  changes: [name: string, value: string][];
  /** The cell's whole source with those values. */
  source: string;
  /** The lines, counted from 1, that differ from the lesson's. */
  lines: number[];
}

export class PresetButtons {
  readonly #host: HTMLElement;
  readonly #buttons: [HTMLButtonElement, Preset][];

  constructor(host: HTMLElement, presets: readonly Preset[], onChoose: (preset: Preset) => void) {
    this.#host = host;
    this.#buttons = presets.map((preset) => [makePresetButton(preset, () => onChoose(preset)), preset]);
    host.append(...this.#buttons.map(([button]) => button));
    host.hidden = presets.length === 0;
  }

  /** Shows which preset, if any, the cell's text is. */
  showActive(source: string): void {
    for (const [button, preset] of this.#buttons) {
      button.setAttribute("aria-pressed", String(preset.source === source));
    }
    this.#host.dataset["active"] = String(this.#buttons.some(([, preset]) => preset.source === source));
  }
}

function makePresetButton(preset: Preset, onClick: () => void): HTMLButtonElement {
  const button = makeButton("preset", `${preset.label} `, onClick);
  const change = document.createElement("code");
  change.textContent = preset.changes.map(([name, value]) => `${name} = ${value}`).join(", ");
  button.append(change);
  button.setAttribute("aria-pressed", "false");
  return button;
}
