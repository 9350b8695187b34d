"""Runs a program in plain Pyodide and gives its figure as PNG, as a page's author would do it."""

import io
import os


def prepare(style):
    """Give matplotlib the site's style, so that both pages draw the same figure."""
    with open("style.mplstyle", "w") as file:  # noqa: PTH123
        file.write(style)
    os.environ["MATPLOTLIBRC"] = "style.mplstyle"
    os.environ["MPLBACKEND"] = "agg"


def draw(source):
    """The figure that the program leaves open."""
    names = {}
    exec(source, names)
    plt = names["plt"]
    file = io.BytesIO()
    plt.gcf().savefig(file, format="png")
    plt.close("all")
    return file.getvalue()
