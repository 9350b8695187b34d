"""What other sites are told about a lesson that they link to: oEmbed, and where the pages are on the web."""

from __future__ import annotations

import json
import os
from html import escape
from urllib.parse import urljoin, urlsplit

from gradus.sitegen.problem import BuildProblem

VARIABLE = "GRADUS_URL"
"""The environment variable with the address at which the site will be published, if that is known."""
WIDTH, HEIGHT = 720, 600


def read_address() -> str | None:
    """Give the site's published address with a slash at its end; None where nobody has said it."""
    address = os.environ.get(VARIABLE, "").strip()
    if not address:
        return None
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).netloc:
        raise BuildProblem(f'{VARIABLE} is "{address}", no address; write https://you.github.io/course/')
    return address.rstrip("/") + "/"


def make_oembed(site: str, name: str, page: str, title: str) -> bytes:
    """Describe a lesson as oEmbed 1.0 has it ("rich"); `page` is its address from the site's root."""
    embed = urljoin(site, f"{page}embed/")
    html = (
        f'<iframe src="{escape(embed)}" title="{escape(title)}" width="{WIDTH}" height="{HEIGHT}" '
        'loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups '
        'allow-popups-to-escape-sandbox" allow="clipboard-write"></iframe>'
    )
    about = {"version": "1.0", "type": "rich", "title": title, "provider_name": name, "provider_url": site}
    return json.dumps(about | {"html": html, "width": WIDTH, "height": HEIGHT}, ensure_ascii=False).encode()
