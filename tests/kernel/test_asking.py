"""`input()` and what else reads from the reader, in each of the ways in which browsers can wait."""

from __future__ import annotations

import pytest

from kernel.checks import check_run, error
from kernel.pages import STOP, Way, opened

WAYS: tuple[Way, ...] = ("suspended", "memory", "replay")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    way: Way = request.param
    return way


def test_question_and_answer_stay_in_the_output(way: Way) -> None:
    with opened(way, ["Ada"]) as page:
        assert page.run("name = input('Name? ')\nprint('Hello', name)")["status"] == "ok"
        assert page.text == "Name? Ada\nHello Ada\n"
        assert page.asked == [{"prompt": "Name? ", "secret": False}]


def test_asking_in_functions_and_through_c(way: Way) -> None:
    with opened(way, ["2", "1"]) as page:
        page.run("def ask(item):\n    return int(input(f'{item}? '))\nprint(sorted(['a', 'b'], key=ask))")
        assert page.text == "a? 2\nb? 1\n['b', 'a']\n"


def test_a_password_is_not_shown(way: Way) -> None:
    with opened(way, ["secret"]) as page:
        page.run("from getpass import getpass\nprint(len(getpass()))")
        assert page.text == "Password: \n6\n"
        assert page.asked == [{"prompt": "Password: ", "secret": True}]


def test_standard_input_is_read_to_its_end(way: Way) -> None:
    with opened(way, ["one", "two", None]) as page:
        page.run("import sys\nprint([line.strip() for line in sys.stdin])")
        assert page.text.endswith("['one', 'two']\n")


def test_no_more_input_is_an_end_of_file(way: Way) -> None:
    with opened(way, [None]) as page:
        page.run("try:\n    input()\nexcept EOFError:\n    print('end')")
        assert page.text == "\nend\n"


def test_stop_ends_a_cell_that_asks(way: Way) -> None:
    with opened(way, [STOP, "later"]) as page:
        assert page.run("kept = 1\ninput()", cell="first")["status"] == "stopped"
        assert page.error["ename"] == "KeyboardInterrupt"
        page.run("print(input('? '), kept)", cell="second")
        assert page.text == "? later\nlater 1\n"


def test_the_page_hears_of_an_end_once_and_before_it_is_described(way: Way) -> None:
    with opened(way, ["x"]) as page:
        assert page.run("input()\n1 / 0")["status"] == "error"
        [count] = page.ended
        assert "error" not in [output["output_type"] for output in page.outputs[:count]]
        assert page.error["ename"] == "ZeroDivisionError"


def test_a_cell_that_runs_again_leaves_no_traces_of_its_first_beginning() -> None:
    with opened("replay", ["1", "2"]) as page:
        page.run("import random\nnumbers = [0]\nbox = {'n': 0}\ntotal = 5\nrandom.seed(1)")
        result = page.run(
            "total += 1\nnumbers.append(total)\nbox['n'] += 1\nfirst = random.random()\n"
            "a = input()\nb = input()\nprint(total, numbers, box, a, b)",
            cell="second",
        )
        assert result["status"] == "ok"
        assert page.text == "1\n2\n6 [0, 6] {'n': 1} 1 2\n"
        page.run("random.seed(1)\nprint(first == random.random())", cell="third")
        assert page.text == "True\n"


def test_objects_and_arrays_are_brought_back() -> None:
    pytest.importorskip("numpy")
    with opened("replay", ["x"]) as page:
        page.run("import numpy as np\nclass A: pass\na = A()\na.n = 0\nv = np.zeros(2)")
        page.run("a.n += 1\nv += 1\ninput()\nprint(a.n, v.tolist())", cell="second")
        assert page.text == "x\n1 [1.0, 1.0]\n"


def test_except_exception_does_not_catch_the_need_for_an_answer() -> None:
    with opened("replay", ["x"]) as page:
        page.run("try:\n    print(input())\nexcept Exception:\n    print('caught')")
        assert page.text == "x\nx\n"


def test_without_a_page_nobody_answers() -> None:
    check_run("x = 1\ninput('? ')", [lambda output, result: None, error("EOFError", line=2)])


@pytest.mark.parametrize("way", ["suspended", "memory"])
def test_sleep_waits_after_showing_what_was_printed(way: Way) -> None:
    with opened(way) as page:
        page.run("import time\nprint('before', end='')\ntime.sleep(2)")
        assert (page.text, page.slept) == ("before", [2])
        assert page.run("time.sleep(1000)", cell="second")["status"] == "stopped"


@pytest.mark.parametrize(
    ("argument", "name"), [("-1", "ValueError"), ("'1'", "TypeError"), ("float('nan')", "ValueError")]
)
def test_sleep_refuses_what_python_refuses(way: Way, argument: str, name: str) -> None:
    with opened(way) as page:
        page.run(f"import time\ntime.sleep({argument})")
        assert page.error["ename"] == name
