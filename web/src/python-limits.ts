/** How much memory and how deep calls Python may use, so that it says so itself before the browser ends it. */

import type { PyodideAPI } from "pyodide";

const PAGE = 65_536;
const MOST_MEMORY = 2 * 2 ** 30;
const MOST_MEMORY_SMALL = 2 ** 30;

/**
 * Bytes of Python's own stack. The browser's stack is smaller than Pyodide thinks, and running over it breaks Python for
 * good; with this, nearly all endless recursion through C (a `__repr__`, a sort's key) ends as RecursionError. Importing
 * and drawing with matplotlib takes less.
 */
const MOST_STACK = 192 * 1024;

/** Refuses more memory than a tab can have, as if there were none; Python then raises MemoryError. Call it before loading. */
export function limitMemory(): void {
  // Chromium tells how much the device has, in GB.
  const device = (navigator as Navigator & { deviceMemory?: number }).deviceMemory ?? 8;
  const most = device <= 4 ? MOST_MEMORY_SMALL : MOST_MEMORY;
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE > most) throw new RangeError("no more memory");
    return grow.call(this, pages);
  };
}

/** What this file uses of the interpreter's own functions; they may be missing in another version. */
interface Interpreter {
  _PyThreadState_Get?: () => number;
  _PyUnstable_ThreadState_SetStackProtection?: (thread: number, start: number, size: number) => number;
  _emscripten_stack_get_base?: () => number;
}

/** Tells Python how deep calls may go. */
export function limitStack(pyodide: PyodideAPI): void {
  const python = (pyodide as unknown as { _module: Interpreter })._module;
  const thread = python._PyThreadState_Get?.();
  const base = python._emscripten_stack_get_base?.();
  if (thread === undefined || base === undefined) return;
  python._PyUnstable_ThreadState_SetStackProtection?.(thread, base - MOST_STACK, MOST_STACK);
}
