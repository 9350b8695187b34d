/** Starts the worker by way of a blob, which gives it the page's own security policy. */

/**
 * Makes a module worker of the script at `url`, an absolute address.
 *
 * A worker made from a file takes its policy from that file's headers, which a static host doesn't set; one made from
 * a blob inherits the page's. It may also import a script that lies on another origin than the page.
 */
export function startWorker(url: string): Worker {
  const blob = new Blob([`import ${JSON.stringify(url)};`], { type: "text/javascript" });
  const address = URL.createObjectURL(blob);
  const worker = new Worker(address, { type: "module", name: "Python" });
  // The address has to live until the worker has read it, which its first message shows.
  const forget = (): void => URL.revokeObjectURL(address);
  worker.addEventListener("message", forget, { once: true });
  worker.addEventListener("error", forget, { once: true });
  return worker;
}
