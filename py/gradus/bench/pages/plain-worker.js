/** Python in its worker. Each message is a program; null stands for one that never ends. */

import { loadPyodide } from "./runtime/pyodide.mjs";

const text = async (address) => (await fetch(address)).text();

const ready = (async () => {
  const pyodide = await loadPyodide();
  await pyodide.loadPackage(["numpy", "matplotlib"], { messageCallback: () => {} });
  pyodide.runPython(await text("draw.py"));
  pyodide.globals.get("prepare")(await text("style.mplstyle"));
  return pyodide;
})();

addEventListener("message", async ({ data }) => {
  try {
    const pyodide = await ready;
    if (data === null) {
      postMessage({});
      for (;;);
    }
    const bytes = pyodide.globals.get("draw")(data);
    const png = bytes.toJs();
    bytes.destroy();
    postMessage({ png }, [png.buffer]);
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
