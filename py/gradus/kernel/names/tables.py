"""What is known of Python's own functions and of popular methods: which change something, and which don't."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


OPAQUE = frozenset({"exec", "eval", "globals", "locals", "vars", "dir", "breakpoint", "__import__"})
"""Functions that may read or set any name."""

UNCHANGING_FUNCTIONS = words(
    """all any ascii bin bool bytes callable chr complex float format hasattr hash hex id input int
    isinstance issubclass len oct ord print range repr str"""
)
"""Built-in functions whose result never changes, whatever they are given."""

FRESH_FUNCTIONS = UNCHANGING_FUNCTIONS | words("""abs display divmod open pow round sum type""")
"""Built-in functions whose result has nothing to do with the objects they are given, and that change none."""

PICKING_FUNCTIONS = frozenset({"max", "min", "next"})
"""Built-in functions whose result is one of the objects they are given, or in one of them."""

COPYING_FUNCTIONS = words("""dict enumerate filter frozenset iter list map reversed set sorted tuple zip""")
"""Built-in functions whose result contains what the objects they are given contain."""

ARGUMENT_CHANGERS = words(
    """copyto delattr fill_diagonal heapify heappop heappush heappushpop heapreplace insort insort_left
    insort_right next place put put_along_axis putmask setattr shuffle"""
)
"""Functions and methods that change what they are given."""

CONTAINER_METHODS = words(
    """add append appendleft clear difference_update discard extend extendleft fill insert
    intersection_update pop popitem popleft remove resize reverse rotate setdefault sort subtract
    symmetric_difference_update update write writelines"""
)
"""Methods that change their object, but not what it contains."""

PURE_METHODS = words(
    """all any argmax argmin argsort as_integer_ratio astype bit_length capitalize casefold center conj
    conjugate copy count cumprod cumsum decode diagonal difference dot elements encode endswith
    expandtabs find flatten format format_map get hex index intersection isalnum isalpha isascii
    isdecimal isdigit isdisjoint isidentifier islower isnumeric isprintable isspace issubset
    issuperset istitle isupper item items join keys ljust lower lstrip max mean min most_common
    nonzero partition prod ravel removeprefix removesuffix repeat replace reshape rfind rindex rjust
    round rpartition rsplit rstrip split splitlines squeeze startswith std strip sum swapaxes
    swapcase take title tobytes tolist trace translate transpose union upper values var view zfill"""
)
"""Methods of Python's and NumPy's types that change nothing."""

VIEW_METHODS = words("""diagonal get items keys ravel reshape squeeze swapaxes transpose values view""")
"""Those of them whose result shares its contents with the object."""

VIEW_FUNCTIONS = VIEW_METHODS | words(
    """asanyarray asarray ascontiguousarray atleast_1d atleast_2d atleast_3d broadcast_to expand_dims
    moveaxis"""
)
"""Functions of modules whose result may share its contents with what they are given."""

STATE_SETTERS = words(
    """append basicConfig captureWarnings chdir filterwarnings insert rc rc_file rcdefaults register
    reset_warnings resetwarnings set_printoptions seterr setlocale setrecursionlimit simplefilter
    style update use"""
)
"""Last parts of a module's dotted names that change settings of the module when called."""

RANDOM_MODULES = ("numpy.random", "random")
"""Modules that draw random numbers from a state of their own."""

STATELESS_RANDOM = words(
    """BitGenerator Generator MT19937 PCG64 Philox Random RandomState SFC64 SeedSequence SystemRandom
    default_rng get_state getstate"""
)
"""What in them doesn't draw from that state."""

SEEDERS = frozenset({"seed", "set_state", "setstate"})
"""What sets that state anew."""

FILE_FUNCTIONS = words(
    """fromfile genfromtxt imread imsave load loads loadtxt memmap mkdir open read_bytes read_text
    remove rename rmdir save savefig savetxt savez savez_compressed tofile touch unlink write_bytes
    write_text"""
)
"""Functions and methods that read or write files."""
