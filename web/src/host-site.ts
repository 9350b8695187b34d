/** Fetches from our site what a cell on another page needs. */

import { type PageConfig, resolveConfig, type WrittenConfig } from "./page-config.ts";

/** Our site's root: the scripts lie one folder below it. */
export const ROOT = new URL("../", import.meta.url);

let config: Promise<PageConfig> | null = null;
const pages = new Map<string, Promise<Document>>();

/** Where Python is, with all packages that the site's lessons use. */
export function fetchConfig(): Promise<PageConfig> {
  config ??= fetchConfigOnce().catch((error: unknown) => {
    config = null;
    throw error;
  });
  return config;
}

/** The cells of a lesson, as its embed page has them, with all addresses made absolute. */
export function fetchLesson(lesson: string): Promise<Document> {
  const known = pages.get(lesson);
  if (known) return known;
  const page = fetchPage(new URL(`${lesson}/embed/`, ROOT)).catch((error: unknown) => {
    pages.delete(lesson);
    throw error;
  });
  pages.set(lesson, page);
  return page;
}

async function fetchConfigOnce(): Promise<PageConfig> {
  const url = new URL("gradus.json", ROOT);
  return resolveConfig((await (await fetchFound(url)).json()) as WrittenConfig, url.href);
}

async function fetchPage(url: URL): Promise<Document> {
  const html = await (await fetchFound(url)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll("[src], [srcset], [href]")) {
    for (const name of ["src", "href"]) {
      const address = element.getAttribute(name);
      if (address !== null) element.setAttribute(name, new URL(address, url).href);
    }
    const set = element.getAttribute("srcset");
    if (set !== null) {
      const absolute = set.replaceAll(/(^|,\s*)([^\s,]+)/g, (_, before: string, address: string) => {
        return before + new URL(address, url).href;
      });
      element.setAttribute("srcset", absolute);
    }
  }
  return page;
}

async function fetchFound(url: URL): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: status ${response.status}`);
  return response;
}
