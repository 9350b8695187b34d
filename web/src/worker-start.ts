/** Starts the worker by way of a blob, which gives it the page's own security policy. */

/**
 * Imports the script, which exports `receive`, and hands it the messages that came before it did.
 *
 * Not `import "…"`: browsers let that in by `worker-src`, which would have to name our own files then, and with them
 * workers that have no policy at all; `import()` goes by `script-src`.
 */
const STARTER = `
const early = [];
const keep = ({ data }) => early.push(data);
addEventListener("message", keep);
import(script).then(
  ({ receive }) => {
    removeEventListener("message", keep);
    early.forEach((message) => receive(message));
  },
  // Out of the promise, so that the page gets to know.
  (error) => setTimeout(() => { throw error; }),
);
`;

/**
 * Makes a module worker of the script at `url`, an absolute address.
 *
 * A worker made from a file takes its policy from that file's headers, which a static host doesn't set; one made from
 * a blob inherits the page's. It may also import a script that lies on another origin than the page.
 */
export function startWorker(url: string, name = "Python"): Worker {
  const blob = new Blob([`const script = ${JSON.stringify(url)};\n${STARTER}`], { type: "text/javascript" });
  const address = URL.createObjectURL(blob);
  const worker = new Worker(address, { type: "module", name });
  // The address has to live until the worker has read it, which its first message shows.
  const forget = (): void => URL.revokeObjectURL(address);
  worker.addEventListener("message", forget, { once: true });
  worker.addEventListener("error", forget, { once: true });
  return worker;
}
