/** Drives a lesson of ours by its buttons, as `window.bench`, which the plain page has as well. */

(() => {
  const observe = (root, find) =>
    new Promise((resolve, reject) => {
      const look = () => {
        try {
          const found = find();
          if (!found) return;
          observer.disconnect();
          resolve(found);
        } catch (error) {
          observer.disconnect();
          reject(error);
        }
      };
      const observer = new MutationObserver(look);
      observer.observe(root, { childList: true, subtree: true, attributes: true });
      look();
    });

  const cells = () => [...document.querySelectorAll("gradus-cell")];
  /** The last one: most cells stand above it, as for a reader who has come that far. */
  const cell = () => cells().at(-1);
  const button = (name) =>
    [...cell().shadowRoot.querySelectorAll("button")].find((found) => found.textContent === name);
  const press = async (name) => {
    await observe(cell().shadowRoot, () => button(name));
    // Nobody presses a button in the midst of the task that made it.
    await new Promise((resolve) => setTimeout(resolve));
    button(name).click();
  };

  const write = (source) => {
    cell().source = source;
  };

  const awaitFigure = async (old) => {
    const picture = await observe(cell().shadowRoot, () => {
      const found = cell().shadowRoot.querySelector(".output-image :is(img, canvas)");
      if (cell().shadowRoot.querySelector(".output-error")) throw new Error("the program failed");
      return found && found !== old ? found : null;
    });
    await picture.decode?.();
  };

  const run = async (source) => {
    write(source);
    const old = cell().shadowRoot.querySelector(".output-image :is(img, canvas)");
    await press("Run");
    await awaitFigure(old);
  };

  /** The cell is idle, whatever came before. */
  const settle = () => observe(cell().shadowRoot, () => button("Run"));

  const loop = async () => {
    await settle();
    write('print("at it")\nwhile True:\n    pass\n');
    await press("Run");
    await observe(cell().shadowRoot, () =>
      cell().shadowRoot.querySelector(".outputs").textContent.includes("at it"),
    );
  };

  const restart = () => document.getElementById("restart-python").click();
  const stop = () => press("Stop");
  const alive = () => cells().length > 0 && cells().every((found) => found.shadowRoot) && button("Run");
  const prepared = observe(document, alive);
  window.bench = { prepared, run, loop, restart, stop };
})();
