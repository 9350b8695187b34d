"""Other people's pages that carry cells of ours: on an origin of their own, in a folder made for the test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradus.sitegen.serve import serving

# A page of another origin has to fetch from ours: that is what embedding is.
FROM_OUR_SITE = r"^request to another origin: http://localhost:\d+/course/"


@contextmanager
def serving_page(folder: Path, body: str) -> Iterator[str]:
    """Serve one plain page; gives its address."""
    write_page(folder, body)
    with serving(folder) as url:
        yield url


def write_page(folder: Path, body: str, head: str = "") -> None:
    """Write a plain page as a folder's first one."""
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host</title>\n{head}</head>\n'
        f"<body>{body}</body></html>",
        encoding="utf-8",
    )
    (folder / "favicon.ico").write_bytes(b"")


# Every message that reaches the page, by what it is about; the test reads them as `window.heard`.
LISTEN = """<script>
window.heard = [];
addEventListener("message", (event) => heard.push({ origin: event.origin, ...event.data }));
</script>"""

# Counts our workers, and not the host's own: in `window.workers` those that live, in `window.started` all.
# Spares would come by time: there is too little memory for them.
COUNT_WORKERS = """
Object.defineProperty(navigator, "deviceMemory", { value: 1, configurable: true });
window.workers = window.started = 0;
const Plain = window.Worker;
window.Worker = class extends Plain {
    constructor(url, options) {
        super(url, options);
        this.ours = options?.name === "Python";
        if (!this.ours) return;
        window.workers += 1;
        window.started += 1;
    }
    terminate() {
        if (this.ours) window.workers -= 1;
        this.ours = false;
        super.terminate();
    }
};
"""

MKDOCS = """site_name: A handbook
site_url: {url}
theme:
  name: material
  font: false
  features: [navigation.instant]
  palette:
    - scheme: default
      toggle: {{icon: material/brightness-7, name: Go dark}}
    - scheme: slate
      toggle: {{icon: material/brightness-4, name: Go light}}
markdown_extensions:
  - pymdownx.superfences
  - pymdownx.highlight: {{pygments_lang_class: true, anchor_linenums: true}}
extra_javascript:
  - path: {site}gradus.js?blocks
    type: module
nav: [First: index.md, Second: second.md]
"""

FIRST = """# First page

A secret word to search for: quokka.

``` python
base = 20
```

Some text between.

``` python
print(base + 1)
```

``` sh
ls
```
"""

SECOND = """# Second page

<div markdown="0">
<gradus-cell lesson="ch03/gradients" cell="descent"><pre>Gradient descent</pre></gradus-cell>
</div>
"""


def build_mkdocs(folder: Path, site: str, url: str) -> None:
    """Build a small MkDocs Material site for the address `url` into `folder`, with cells of `site`."""
    source = folder.parent / f"{folder.name}-source"
    (source / "docs").mkdir(parents=True)
    (source / "mkdocs.yml").write_text(MKDOCS.format(url=url, site=site), encoding="utf-8")
    for name, text in (("index.md", FIRST), ("second.md", SECOND)):
        (source / "docs" / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)


# As Quarto writes a page: code that has been run, and its output below.
QUARTO = """<main class="content" id="quarto-document-content"><h1 class="title">A report</h1>
<div id="first" class="cell" data-execution_count="1">
<div class="sourceCode cell-code" id="cb1"><pre class="sourceCode python code-with-copy"><code
class="sourceCode python"><span id="cb1-1"><a href="#cb1-1" aria-hidden="true" tabindex="-1"></a><span
class="cf">for</span> i <span class="kw">in</span> <span class="bu">range</span>(2):</span>
<span id="cb1-2"><a href="#cb1-2" aria-hidden="true" tabindex="-1"></a>    <span
class="bu">print</span>(<span class="st">"line"</span>, i)</span></code></pre></div>
<div class="cell-output cell-output-stdout"><pre><code>line 0
line 1</code></pre></div></div>
<div class="sourceCode" id="cb2"><pre class="sourceCode bash"><code
class="sourceCode bash">ls</code></pre></div>
</main>"""
