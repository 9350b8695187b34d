/** Lets the browser compile what figures need before a reader draws one: Python draws some that nobody sees. */

import type { PyodideAPI } from "pyodide";
import type { PyCallable } from "pyodide/ffi";

/** Draws a piece at a time, so that whatever the page asks for meanwhile comes soon; ends when `isWanted` says so. */
export function warmEngine(pyodide: PyodideAPI, isWanted: () => boolean): void {
  const draw = pyodide.pyimport("gradus.kernel.warm_up.draw_unseen") as PyCallable;
  const step = (number: number): void => {
    let more = false;
    try {
      more = !isWanted() && (draw(number) as boolean);
    } catch (error) {
      console.debug("No figure was drawn ahead:", error);
    }
    if (more) setTimeout(step, 0, number + 1);
    else draw.destroy();
  };
  setTimeout(step, 0, 0);
}
