"""The policy stands in every page, before all that it governs; a page that needs more stops the build."""

from __future__ import annotations

import base64
import hashlib

import pytest

from gradus.sitegen.problem import BuildProblem
from gradus.sitegen.security_policy import POLICY, check_page, write_policy
from sitegen.conftest import HEAD_START
from sitegen.page_reader import Element

SCRIPT = "begin(1 < 2);"
META = f'<meta http-equiv="Content-Security-Policy" content="{write_policy(SCRIPT)}">'
HARMLESS = {
    "files": '<link rel="stylesheet" href="a.css"><script type="module" src="a.js"></script>',
    "data": '<script type="application/json">{"onclick": "<style>"}</script>',
    "the page's own script": f"<script>{SCRIPT}</script>",
    "words": "<p>javascript: is a word, onclick= and style= are too</p>",
}
REFUSED = {
    "script": "<script>alert(1)</script>",
    "more script": f"<script>{SCRIPT} alert(1)</script>",
    "endless script": f"<script>{SCRIPT}",
    "empty script": "<script></script>",
    "module": '<script type="module">alert(1)</script>',
    "style": "<style>p { color: red }</style>",
    "style attribute": '<p style="color: red">red</p>',
    "style attribute in SVG": '<svg><path STYLE="fill: red"/></svg>',
    "event handler": '<img src="a.png" onerror="alert(1)">',
    "javascript link": '<a href=" JavaScript:alert(1)">here</a>',
    "another policy": '<meta http-equiv="content-security-policy" content="script-src *">',
}


def test_stands_in_every_page_before_what_it_governs(tiny_pages: dict[str, Element]) -> None:
    for page in tiny_pages.values():
        (head,) = page.find_all("head")
        charset, policy, *_ = (child for child in head.children if isinstance(child, Element))
        assert charset.attributes == {"charset": "utf-8"}
        assert policy.attributes == {
            "http-equiv": "Content-Security-Policy",
            "content": write_policy(HEAD_START),
        }


def test_allows_nothing_inline_but_one_script_and_nobody_else() -> None:
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    (scripts,) = (part for part in write_policy(SCRIPT).split("; ") if part.startswith("script-src "))
    assert scripts == f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}'"
    assert POLICY["default-src"] == "'none'"
    allowed = {source for sources in POLICY.values() for source in sources.split()}
    assert allowed == {"'none'", "'self'", "'wasm-unsafe-eval'", "data:", "blob:"}
    assert "data:" not in POLICY["script-src"] + POLICY["worker-src"] + POLICY["connect-src"]


@pytest.mark.parametrize("html", HARMLESS.values(), ids=HARMLESS)
def test_lets_pages_be(html: str) -> None:
    check_page("page/", META + html, SCRIPT)


@pytest.mark.parametrize("html", REFUSED.values(), ids=REFUSED)
def test_refuses(html: str) -> None:
    with pytest.raises(BuildProblem) as caught:
        check_page("page/", f"{META}\n{html}", SCRIPT)
    assert (caught.value.path, caught.value.line) == ("page/", 2)


@pytest.mark.parametrize("html", ["<p>text</p>", f'<link rel="icon" href="a.svg">{META}'])
def test_refuses_a_page_without_it(html: str) -> None:
    with pytest.raises(BuildProblem):
        check_page("page/", html, SCRIPT)
