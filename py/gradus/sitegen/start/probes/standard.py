"""Programs that any fast start must run as a plain one does: the language and its standard library."""

# %%
import csv
import decimal
import fractions
import io
import statistics

rows = list(csv.reader(io.StringIO("a,b\n1,2\n")))
rows, decimal.Decimal(1) / 7, fractions.Fraction(3, 4), statistics.median([3, 1, 2])

# %%
1 / 0


# %%
def outer():
    return inner()


def inner():
    raise RuntimeError("from inside")


try:
    outer()
except RuntimeError:
    import traceback

    traceback.print_exc()


# %%
def deeper(n):
    return deeper(n + 1)


try:
    deeper(0)
except RecursionError as error:
    print(type(error).__name__)

# %%
import asyncio


async def count(name, to):
    for i in range(to):
        await asyncio.sleep(0)
        print(name, i)
    return to


await asyncio.gather(count("a", 3), count("b", 2))

# %%
import json
import os
import pathlib
import re
import sys
import tempfile

pathlib.Path("notes.txt").write_text("kept")
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "inside").write_text("x")
    print(os.listdir(folder))
print(os.listdir("."), pathlib.Path("notes.txt").read_text(), os.getcwd())
print(re.findall(r"\w+", "some words"), json.dumps({"a": [1, None]}), sorted({3, 1, 2}))
pathlib.Path("notes.txt").unlink()
print(sys.version, sys.flags.hash_randomization, sys.path, sys.argv)

# %%
import inspect
import random
import textwrap

random.seed(7)
print([random.random() for _ in range(3)])
print(inspect.getsource(textwrap.dedent)[:60], random.__file__, textwrap.__file__)

# %%
import warnings

warnings.warn("once")
import logging

logging.warning("logged")
print("to standard error", file=sys.stderr)
input_is = callable(input)
input_is, "_" in dir(), __name__
