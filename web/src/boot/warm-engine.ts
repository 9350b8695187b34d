/** Does before a reader waits for it what can be done ahead: Python draws figures that nobody sees, and reads the page's cells. */

import type { PyodideAPI } from "pyodide";
import type { PyCallable } from "pyodide/ffi";
import type { PlanRequest } from "../protocol.ts";

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

/** Finds out what the page's cells do with names; whichever session asks for a plan like this gets it sooner. */
export function planAhead(pyodide: PyodideAPI, request: PlanRequest): void {
  const plan = pyodide.pyimport("gradus.kernel.warm_up.plan_ahead") as PyCallable;
  try {
    plan(JSON.stringify(request));
  } catch (error) {
    console.debug("No plan was made ahead:", error);
  } finally {
    plan.destroy();
  }
}
