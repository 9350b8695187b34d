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

/** What a round must take, as a part of the round before, so that another one is worth it. */
const FASTER = 0.9;
const MOST_ROUNDS = 4;

/**
 * Draws all those figures over and over for as long as that makes it faster: what an engine has seen often, it compiles
 * well, for all workers of the page, and its cache keeps that for later visits.
 */
export function practise(pyodide: PyodideAPI): void {
  const draw = pyodide.pyimport("gradus.kernel.warm_up.draw_unseen") as PyCallable;
  try {
    let last = Infinity;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const begin = performance.now();
      for (let number = 0; draw(number); number++);
      const took = performance.now() - begin;
      if (took > last * FASTER) break;
      last = took;
    }
  } catch (error) {
    console.debug("No more figures were drawn ahead:", error);
  } finally {
    draw.destroy();
  }
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
