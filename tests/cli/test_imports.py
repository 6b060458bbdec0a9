"""Nothing is loaded that the work at hand does not need, and starting is quick."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

try:
    import resource
except ImportError:
    resource = None

HEAVY = {
    "defusedxml",
    "dotenv",
    "ftfy",
    "git",
    "jinja2",
    "jsonschema",
    "markdown_it",
    "pathspec",
    "pydantic",
    "rapidfuzz",
    "re2",
    "referencing",
    "rich",
    "tree_sitter",
}
ROOMS = {f"gatekeeper.{room}" for room in ("engine", "link", "parse", "policy", "render", "repo", "rules")}
PROBE = """
import sys
sys.argv[1:] = {arguments!r}
from gatekeeper.cli.main import main
try:
    main()
except SystemExit as ending:
    code = ending.code
else:
    code = 0
names = set(sys.modules)
tops = {{name.partition('.')[0] for name in names}} | {{'.'.join(name.split('.')[:2]) for name in names}}
print(code or 0, *sorted(tops), file=sys.stderr)
"""


def loaded(*arguments: str) -> tuple[int, set[str]]:
    """Exit code of a run, and the names of its modules, libraries by their top and ours by room."""
    program = PROBE.format(arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    code, *names = done.stderr.splitlines()[-1].split()
    return int(code), set(names)


def test_a_clean_check_of_markdown_loads_no_library_that_it_does_not_need(clean: Path) -> None:
    code, names = loaded("check")
    assert code == 0
    assert names & HEAVY == set()
    assert "pyromark" in names


def test_a_finding_loads_only_what_looks_for_the_likely_path(faulty: Path) -> None:
    code, names = loaded("check", "--color", "always")
    assert code == 1
    assert names & HEAVY <= {"rapidfuzz"}


def test_a_policy_brings_the_yaml_reader_and_the_models_alone(clean: Path) -> None:
    (clean / ".gatekeeper.yml").write_text("rules: {EV001: warning}\nstatuses: {Zorbed: done}\n")
    code, names = loaded("check", "--format", "json")
    assert (code, names & HEAVY, "yaml" in names) == (0, {"pydantic"}, True)


def test_parse_and_rule_load_no_more_than_they_need(clean: Path) -> None:
    assert loaded("parse", "--format", "json")[1] & HEAVY == set()
    code, names = loaded("rule")
    assert (code, names & HEAVY) == (0, set())
    # repo for the cache, which holds the patterns that the rules are made of.
    assert names & ROOMS == {"gatekeeper.render", "gatekeeper.repo", "gatekeeper.rules"}


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["parse", "--help"], ["rule", "--help"], []])
def test_help_opens_no_room(arguments: list[str], folder: Path) -> None:
    _, names = loaded(*arguments)
    assert names & (HEAVY | ROOMS) == set()
    assert not names & {"dataclasses", "pathlib", "shutil"}


def test_version_loads_nothing_but_the_door(folder: Path) -> None:
    code, names = loaded("--version")
    assert code == 0
    assert {name for name in names if name.startswith("gatekeeper")} == {"gatekeeper", "gatekeeper.cli"}
    assert not names & {"click", "re", "enum", "typing", *HEAVY}


def test_starting_stays_near_python_itself(folder: Path) -> None:
    """Bounds well above what is aimed at (2.5 and 5 times), so that a busy machine does not fail them."""
    script = Path(sys.executable).with_name("gatekeeper")
    ours = [str(script)] if script.is_file() else [sys.executable, "-m", "gatekeeper"]
    commands = [[sys.executable, "-c", "pass"], [*ours, "--version"], [*ours, "--help"], [*ours, "check", "--help"]]
    best = [min(times) for times in zip(*([seconds(command) for command in commands] for _ in range(15)), strict=True)]
    version, *helps = (each / best[0] for each in best[1:])
    assert version <= 3.5
    assert max(helps) <= 7.5


def seconds(command: list[str]) -> float:
    """What the command's processor time was, where that is told: the clock also counts what the machine does beside it."""
    start, spent = time.perf_counter(), _spent()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return _spent() - spent or time.perf_counter() - start


def _spent() -> float:
    """Seconds of processor time of all that has been run up to now, by the system and for the user; 0 where nobody counts."""
    if resource is None:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_verifying_a_packet_loads_nothing_that_reads_documents() -> None:
    packet = Path(__file__).parents[1] / "packet" / "fixtures" / "version-2.zip"
    code, names = loaded("verify", str(packet))
    assert code == 0
    assert names & {"gatekeeper.engine", "gatekeeper.link", "gatekeeper.parse", "gatekeeper.rules"} == set()
    assert names & (HEAVY | {"cryptography", "securesystemslib", "subprocess"}) == set()
