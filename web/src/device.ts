/** What the reader's device and connection can bear. */

/** What a device must have for a second Python, in GB as browsers round it. */
const ENOUGH_MEMORY = 4;

/** Whether there is room for a second Python. Where the browser doesn't say, devices used by touch are taken to have little. */
export function hasMemory(): boolean {
  const { deviceMemory } = navigator as Navigator & { deviceMemory?: number };
  return deviceMemory === undefined
    ? !matchMedia("(pointer: coarse)").matches
    : deviceMemory >= ENOUGH_MEMORY;
}

/** Whether the connection forbids to fetch what may never be used. */
export function isDear(): boolean {
  const { saveData, effectiveType } = connection();
  return saveData === true || (effectiveType !== undefined && effectiveType !== "4g");
}

/** The Network Information API, which is not everywhere. */
interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

function connection(): Connection {
  return (navigator as Navigator & { connection?: Connection }).connection ?? {};
}
