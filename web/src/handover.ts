/** Carries a cell's code from its lesson to the playground: through the browser's storage for one tab, never in an address. */

/** The texts of a lesson's page, as they stand there. */
export interface Handover {
  /** The lesson's name within the site. */
  lesson: string;
  /** The cell to open. */
  cell: string;
  /** All cells' texts by their ids: the one to open may need others. */
  sources: Record<string, string>;
}

/** Opens the playground with a cell's code, in a tab of its own: the lesson keeps its Python. False if the browser won't. */
export function openInPlayground(site: string, handover: Handover): boolean {
  try {
    sessionStorage.setItem(keyOf(site), JSON.stringify(handover));
  } catch {
    return false;
  }
  const address = `${site}playground/`;
  // A new tab begins with a copy of this one's storage.
  if (window.open(address, "_blank")) dropHandover(site);
  else location.assign(address);
  return true;
}

/** What was handed over to this tab; null when nothing was. It stays until it is dropped. */
export function readHandover(site: string): Handover | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(keyOf(site)) ?? "null");
    return isHandover(value) ? value : null;
  } catch {
    return null;
  }
}

/** Forgets what was handed over, once it has been taken. */
export function dropHandover(site: string): void {
  try {
    sessionStorage.removeItem(keyOf(site));
  } catch {
    return;
  }
}

function keyOf(site: string): string {
  return `gradus:${site}:playground:handover`;
}

function isHandover(value: unknown): value is Handover {
  if (typeof value !== "object" || value === null) return false;
  const { lesson, cell, sources } = value as Partial<Record<keyof Handover, unknown>>;
  if (typeof lesson !== "string" || typeof cell !== "string") return false;
  if (typeof sources !== "object" || sources === null) return false;
  return cell in sources && Object.values(sources).every((source) => typeof source === "string");
}
