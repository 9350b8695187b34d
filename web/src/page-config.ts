/** What the page's template tells the scripts, with its addresses made absolute. */

import type { EmbedAddresses } from "./embed-code.ts";
import type { RuntimeFiles, StartFiles } from "./protocol.ts";

export interface PageConfig {
  /** The lesson's name within the site, `ch03/gradients`. */
  lesson: string;
  /** The worker's script. */
  worker: string;
  runtime: RuntimeFiles;
  /** What lessons can import besides Python's own modules. */
  imports: string[];
}

/** As the template writes it: addresses are relative to the page. */
export interface WrittenConfig {
  lesson: string;
  worker: string;
  runtime: string;
  kernel: string;
  packages: string[];
  imports: string[];
  files: { url: string; bytes: number }[];
  names: string | null;
  start: StartFiles | null;
}

/** Reads the configuration; null on a page that has nothing to run. */
export function readConfig(): PageConfig | null {
  const text = document.getElementById("gradus-config")?.textContent;
  if (!text) return null;
  return resolveConfig(JSON.parse(text) as WrittenConfig, document.baseURI);
}

/** Makes the addresses absolute, which are relative to `base`. */
export function resolveConfig(written: WrittenConfig, base: string): PageConfig {
  const { lesson, worker, runtime, kernel, packages, imports, files, names, start } = written;
  const absolute = (url: string): string => new URL(url, base).href;
  const placed = <File extends { url: string }>(file: File): File => ({ ...file, url: absolute(file.url) });
  return {
    lesson,
    worker: absolute(worker),
    imports,
    runtime: {
      runtime: absolute(runtime),
      kernel: absolute(kernel),
      packages,
      files: files.map(placed),
      names: names && absolute(names),
      start: start && {
        index: placed(start.index),
        standard: placed(start.standard),
        modules: placed(start.modules),
        libraries: start.libraries.map(placed),
        data: start.data.map(placed),
        snapshot: start.snapshot && placed(start.snapshot),
        interpreter: start.interpreter && {
          first: placed(start.interpreter.first),
          rest: placed(start.interpreter.rest),
        },
      },
    },
  };
}

/** The address under which the whole site lies, with its closing slash. */
export function siteAddress(): URL {
  return new URL(document.body.dataset["root"] ?? "./", document.baseURI);
}

/** How other pages can carry a lesson's cells. */
export function embedAddresses(lesson: string): EmbedAddresses {
  const root = siteAddress();
  return { page: new URL(`${lesson}/embed/`, root).href, script: new URL("embed.js", root).href };
}
