"""How much of a run's outputs goes to the page, for any outputs; the class is driven under Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradus.sitegen.bundle import run_esbuild
from gradus.sitegen.project import Project

MOST_CHARACTERS, MOST_LINES, MOST_RESULTS = 1_000_000, 10_000, 50

SCRIPT = """
import { createInterface } from "node:readline";
import { OutputLimit } from "./limit.mjs";
for await (const line of createInterface({ input: process.stdin })) {
  const limit = new OutputLimit();
  const admitted = JSON.parse(line).map((output) => limit.admit(output));
  process.stdout.write(JSON.stringify({ admitted, omitted: limit.omitted }) + "\\n");
}
"""

texts = st.builds(
    lambda text, times: text * times,
    st.text(st.sampled_from("ab é\n\n\U0001f600"), max_size=40),
    st.sampled_from([0, 1, 7, 400, 9_000, 30_000]),
)
streams = st.builds(
    lambda name, text: {"output_type": "stream", "name": name, "text": text},
    st.sampled_from(["stdout", "stderr"]),
    texts,
)
results = st.just({"output_type": "display_data", "data": {"text/plain": "1"}, "metadata": {}})
errors = st.just({"output_type": "error", "ename": "E", "evalue": "", "traceback": []})
runs = st.lists(st.one_of(streams, results.map(lambda result: [result] * 30), errors), max_size=12).map(
    lambda parts: [output for part in parts for output in (part if isinstance(part, list) else [part])]
)


@pytest.fixture(scope="module")
def admit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[list[Any]], Any]]:
    """What a limit makes of a run's outputs."""
    folder = tmp_path_factory.mktemp("limit")
    project = Project()
    entry = project.root / "web/src/output-limit.ts"
    run_esbuild(project, [entry], "--format=esm", "--platform=node", f"--outfile={folder}/limit.mjs")
    (folder / "drive.mjs").write_text(SCRIPT)
    with subprocess.Popen(
        ["node", f"{folder}/drive.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as node:

        def ask(outputs: list[Any]) -> Any:
            assert node.stdin and node.stdout
            node.stdin.write(json.dumps(outputs) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield ask
        assert node.stdin
        node.stdin.close()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(outputs=runs)
def test_any_run_is_cut_and_what_is_left_out_is_counted(
    admit: Callable[[list[Any]], Any], outputs: list[Any]
) -> None:
    answer = admit(outputs)
    shown = [output for output in answer["admitted"] if output is not None]
    before = "".join(output.get("text", "") for output in outputs)
    after = "".join(output.get("text", "") for output in shown)
    # JavaScript counts UTF-16 units.
    assert units(after) <= MOST_CHARACTERS
    assert after.count("\n") <= MOST_LINES
    assert units(after) + answer["omitted"]["characters"] == units(before)
    assert after.count("\n") + answer["omitted"]["lines"] == before.count("\n")
    for given_output, output in zip(outputs, answer["admitted"], strict=True):
        if given_output["output_type"] == "error":
            assert output == given_output
        elif output is not None and "text" in output:
            assert (
                given_output["text"]
                .encode("utf-16", "surrogatepass")
                .startswith(output["text"].encode("utf-16", "surrogatepass"))
            )
    displayed = sum(output["output_type"] == "display_data" for output in shown)
    asked = sum(output["output_type"] == "display_data" for output in outputs)
    assert displayed == min(asked, MOST_RESULTS)
    assert displayed + answer["omitted"]["results"] == asked


def test_a_small_run_is_shown_whole(admit: Callable[[list[Any]], Any]) -> None:
    outputs = [{"output_type": "stream", "name": "stdout", "text": "a\n"}, {"output_type": "error"}]
    assert admit(outputs) == {
        "admitted": outputs,
        "omitted": {"lines": 0, "characters": 0, "results": 0},
    }


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
