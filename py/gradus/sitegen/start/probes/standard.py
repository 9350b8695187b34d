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

# %%
# Functions are changed, taken away and looked at in roundabout ways before anybody has called them.
import calendar
import copy
import difflib
import functools
import gc
import tarfile
import textwrap
import types


class Quiet(difflib.Differ):
    pass


del difflib.Differ._fancy_replace
calendar.TextCalendar.formatweek.__defaults__ = (1,)
calendar.TextCalendar.formatyearpage = 1
tarfile.TarFile.list.__code__ = (lambda self, verbose=True, *, members=None: "changed").__code__
difflib.get_close_matches.__doc__ = "mine"
gc.collect()
garbage = [object() for _ in range(10_000)]
print(list(difflib.ndiff(["one\n"], ["one\n", "two\n"])), calendar.TextCalendar().formatweek([(1, 0)], 2))
print(tarfile.TarFile.list(None), difflib.get_close_matches("appel", ["ape", "apple"]))
print(difflib.get_close_matches.__doc__, difflib.unified_diff.__doc__[:40])
print(
    functools.wraps(difflib.context_diff)(lambda: 0).__doc__[:40], copy.copy(calendar.month) is calendar.month
)
for broken in (lambda: calendar.TextCalendar.prweek(), lambda: difflib.IS_LINE_JUNK(1, 2, 3)):
    try:
        broken()
    except TypeError as caught:
        print(caught)
get = vars(types.FunctionType)["__doc__"].__get__
print(get(textwrap.shorten)[:40], vars(types.FunctionType)["__code__"].__get__(textwrap.fill).co_names)
print(type(calendar).__doc__[:20], type(lambda: 0).__doc__[:20], (lambda: 0).__doc__)
try:
    print(get(5))
except TypeError as caught:
    print(caught)
