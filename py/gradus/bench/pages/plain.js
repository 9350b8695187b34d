/** A page as one writes it by hand: Pyodide in a worker, a program sent there, its picture shown. */

let worker;

/** Ends Python, whatever it does, and starts it anew. */
function restart() {
  worker?.terminate();
  worker = new Worker("plain-worker.js", { type: "module" });
}

/** Runs a program; resolves when its picture is to be seen. */
function run(source) {
  return new Promise((resolve, reject) => {
    worker.onmessage = async ({ data }) => {
      if (data.error) return reject(new Error(data.error));
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([data.png], { type: "image/png" }));
      await image.decode();
      document.body.replaceChildren(image);
      resolve();
    };
    worker.postMessage(source);
  });
}

/** Starts a program that never ends; resolves when Python is at it. */
function loop() {
  return new Promise((resolve) => {
    worker.onmessage = () => resolve();
    worker.postMessage(null);
  });
}

restart();
window.bench = { prepared: Promise.resolve(), run, loop, restart };
