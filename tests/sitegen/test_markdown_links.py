"""Links: where they may lead, and what they become on a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradus.sitegen.markdown import Reference
from gradus.sitegen.markdown_links import LinkTable, find_root
from gradus.sitegen.problem import BuildProblem

LESSONS = Path("py/lessons")
SOURCE = LESSONS / "ch03" / "03_gradients.py"
TABLE = LinkTable(
    pages={
        "": frozenset(),
        "ch03/": frozenset(),
        "ch03/gradients/": frozenset({"main", "derivatives", "cell-descent"}),
        "ch03/vectors/": frozenset({"the-dot-product"}),
    },
    sources={
        (LESSONS / "ch03" / "chapter.yml").resolve(): "ch03/",
        (LESSONS / "ch03" / "01_vectors.py").resolve(): "ch03/vectors/",
        SOURCE.resolve(): "ch03/gradients/",
    },
)

# Address in ch03/03_gradients.py → address on its page.
RESOLVED = {
    "#derivatives": "#derivatives",
    "#cell-descent": "#cell-descent",
    "01_vectors.py": "../../ch03/vectors/",
    "01_vectors.py#the-dot-product": "../../ch03/vectors/#the-dot-product",
    "../ch03/01_vectors.py": "../../ch03/vectors/",
    "03_gradients.py#derivatives": "#derivatives",
    "chapter.yml": "../../ch03/",
    "../vectors/": "../../ch03/vectors/",
    "../vectors": "../../ch03/vectors/",
    "../vectors/#the-dot-product": "../../ch03/vectors/#the-dot-product",
    "..": "../../ch03/",
    "../..": "../../",
    "https://example.org/a?b#c": "https://example.org/a?b#c",
    "mailto:a@example.org": "mailto:a@example.org",
}


@pytest.mark.parametrize(("address", "expected"), RESOLVED.items(), ids=RESOLVED)
def test_resolves(address: str, expected: str) -> None:
    TABLE.check(Reference(address, 7), "ch03/gradients/", SOURCE)
    assert TABLE.resolve(address, "ch03/gradients/", SOURCE) == expected


def test_resolves_from_the_first_page() -> None:
    chapter = LESSONS / "ch03" / "chapter.yml"
    assert TABLE.resolve("01_vectors.py", "", chapter) == "ch03/vectors/"
    assert TABLE.resolve("../", "ch03/", chapter) == "../"
    assert [find_root(page) for page in TABLE.pages] == ["", "../", "../../", "../../"]


PROBLEMS = {
    "#derivative": 'the link "#derivative" has no target; did you mean "derivatives"?',
    "#descent": 'the link "#descent" has no target; did you mean "cell-descent"?',
    "#x": 'the link "#x" has no target; targets: cell-descent, derivatives, main',
    "01_vectors.py#derivatives": (
        'the link "01_vectors.py#derivatives" has no target; targets: the-dot-product'
    ),
    "chapter.yml#lessons": 'the link "chapter.yml#lessons" has no target; there are no targets',
    "02_vectors.py": 'the link "02_vectors.py" leads nowhere; did you mean "01_vectors.py"?',
    "../matrices/": (
        'the link "../matrices/" leads nowhere; pages: 01_vectors.py, 03_gradients.py, chapter.yml'
    ),
    "/ch03/vectors/": (
        'the link "/ch03/vectors/" leads nowhere; pages: 01_vectors.py, 03_gradients.py, chapter.yml'
    ),
    "ftp://x.org": (
        'the link "ftp://x.org" can\'t be followed; links out of the site begin with https, http, mailto'
    ),
    "//x.org/a": (
        'the link "//x.org/a" can\'t be followed; links out of the site begin with https, http, mailto'
    ),
    "data:text/html,x": (
        'the link "data:text/html,x" can\'t be followed; links out of the site begin with https, http, mailto'
    ),
}


@pytest.mark.parametrize(("address", "message"), PROBLEMS.items(), ids=PROBLEMS)
def test_points_at_links_that_lead_nowhere(address: str, message: str) -> None:
    with pytest.raises(BuildProblem) as caught:
        TABLE.check(Reference(address, 7), "ch03/gradients/", SOURCE)
    assert str(caught.value) == f"{SOURCE}:7: {message}"
