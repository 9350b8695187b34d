# ---
# title: "Counting: text, outputs & presets"
# slug: counting
# level: Introduction
# track: Tests
# hours: 0.5
# description: Every kind of text, output and preset in one short lesson.
# learn:
#   - read $2^n$ aloud
#   - follow a [link](#cell-halve) to a cell
# ---

# %% [markdown]
# Text before the first section, with "quotes", *emphasis*, **weight**, `code < here`, a price
# of \$5 and a formula $a^2 + b_1 < c$ that ends with the line. It's short.
#
# ## 1. Text
#
# A formula on its own lines:
#
# $$\sum_{k=1}^{n} k
# = \frac{n (n + 1)}{2} \qquad \sqrt{x^2} = \left|x\right|$$
#
# - a list
#   - with a list in it and $x$
# - a [link to the next lesson](02_halving.md), [to a section of it](02_halving.md#going-on),
#   [to its page](../halving/), [to the chapter](chapter.yml#lessons), [within this page](#tables-and-quotes)
#   and [to another site](https://www.python.org/)
#
# 1. one
# 2. two
#
# ### Tables and quotes
#
# | $n$ | word  | right |
# |----:|-------|------:|
# |  1  | one   |   a   |
# |  2  | `two` |   b   |
#
# > A quotation, which stands
# > on two lines.
#
# ```python
# total = sum(range(10))  # not a cell
# ```
#
# ```text
# plain <text>
# ```
#
# ![Four steps that go down to the right](steps.svg)
#
# ## 2. Text outputs

# %%
#| id: sum
#| try:
#|   - label: A thousand
#|     set: {n: 1000}
#|     expect: total == 500500
#|   - label: As in the text
#|     set: {n: 100}
#|     expect: total == 5050
#|   - label: Nothing
#|     set:
#|       n: 0
#|       start: "max(0, 1 - 1)"
#|     expect: total == 0
n = 100  # how far we count — a comment with a dash
start = 1
total = sum(range(start, n + 1))
print("counted to", n)
total

# %%
#| id: streams
#| try:
#|   - label: Louder
#|     set: {word: "'OUT'"}
#|     expect: word == "OUT"
import sys

word = "out"
print(word, 1)
print(word, 2)
print("err", file=sys.stderr)
print("<b>not bold</b> & so on")

# %% [markdown]
# ## 3. Rich outputs

# %%
#| id: table
#| try:
#|   - label: More rows
#|     set: {rows: 5}
#|     expect: len(table.squares) == 5


class Table:
    """Squares, as an HTML table."""

    def __init__(self, rows):
        self.squares = [k * k for k in range(rows)]

    def _repr_html_(self):
        cells = "".join(
            f"<tr><th>{k}</th><td onclick='evil()'>{s}</td></tr>" for k, s in enumerate(self.squares)
        )
        return f"<table style='color: red'>{cells}</table><script>document.title = 'taken over'</script>"


table = Table(rows=3)
table

# %%
#| id: drawing
#| fig-alt: A circle of radius 20 in the middle of a square.
#| fig-cap: A circle of area $\pi r^2$.
#| try:
#|   - label: Bigger
#|     set: {radius: 40}
#|     expect: circle.radius == 40


class Circle:
    """A drawing in SVG."""

    def __init__(self, radius=10):
        self.radius = radius

    def _repr_svg_(self):
        circle = f'<circle cx="50" cy="50" r="{self.radius}" fill="#0a5a73"/>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">{circle}</svg>'


circle = Circle(radius=20)
circle

# %%
#| id: pixels
import struct
import zlib


class Pixels:
    """Grey pixels as a PNG file, shown twice as large."""

    def __init__(self, rows):
        self.rows = rows

    def _repr_png_(self):
        height, width = len(self.rows), len(self.rows[0])
        lines = b"".join(b"\0" + bytes(row) for row in self.rows)
        header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        file = b"\x89PNG\r\n\x1a\n"
        for name, data in [(b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]:
            file += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        size = {"width": 2 * width, "height": 2 * height, "alt": "Grey pixels, darker to the left"}
        return file, size


Pixels([[16 * i + j for i in range(16)] for j in range(16)])

# %% [markdown]
# ## 4. Names in functions, and waiting


# %%
#| id: halve
#| try:
#|   - label: Once
#|     set: {times: 1}
#|     expect: half == 50.0
#|   - label: By three
#|     set: {divisor: 3, times: 2}
#|     expect: abs(half - 100 / 9) < 1e-12
#|   - label: Beyond
#|     set: {times: 2000}
#|     expect: half == 0
def halve(x, times=1):
    divisor = 2
    for _ in range(times):
        x /= divisor
    return x


half = halve(100, times=3)
half

# %%
#| id: wait
import asyncio

await asyncio.sleep(0)
"waited"
