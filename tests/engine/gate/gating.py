"""A run over a repository in memory, and a person who does what an action says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from gatekeeper.engine.gate.verdicts import find_gates
from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings, survey
from gatekeeper.model.gate.verdict import Action, Gate
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree

LAW = ".gatekeeper.yml"
TODAY = "2026-06-15"
GOOD = '<testsuite timestamp="2026-06-14T08:00:00" tests="1"><testcase name="a"/></testsuite>\n'


def gates_of(files: Mapping[str, str], today: str = TODAY, ignored: Iterable[str] = ()) -> tuple[Gate, ...]:
    """The gates of a repository with these files, all tracked but those that are ignored."""
    policy = read_policy(LAW, files[LAW].encode()) if LAW in files else Policy()
    hidden = {path: files[path] for path in ignored if path in files}
    tracked = {path: text for path, text in files.items() if path not in hidden}
    tree = MemoryTree(tracked, ignored=[*ignored])
    _, project, settlement = survey(tree, RunSettings(today=today, policy=policy))
    return find_gates(project, settlement, policy, tree, today)


def gate_of(files: Mapping[str, str], name: str, today: str = TODAY) -> Gate:
    """The gate of that name."""
    return next(gate for gate in gates_of(files, today) if gate.name == name)


def do(action: Action, files: dict[str, str]) -> None:
    """Carries out one action in these files; lines are changed in place or added at the end, so that no other action moves."""
    path, number = action.location.path, action.location.start.line
    text = action.text
    if match := re.match(r"add the section '(.+?)' to (\S+)", text):
        files[match[2]] += f"\n## {match[1]}\n\nAll of it is written.\n"
    elif match := re.match(r"add a sign-off to (\S+)", text):
        files[match[1]] += "\n## Sign-off\n\n- Lead: Ada, 2026-06-01\n"
    elif match := re.match(r"have '(.+?)' sign in (\S+)", text):
        files[match[2]] += f"\n## Approvals\n\n- {match[1]}: Ada, 2026-06-01\n"
    elif match := re.match(r"add ([^\s,]+)", text):
        files[match[1]] = "Passed.\n"
    elif match := re.match(r"(?:run what makes|mend and make) (\S+)", text):
        files[match[1]] = GOOD
    elif match := re.match(r"put the evidence into (\S+)", text):
        files[match[1]] = "Passed.\n"
    elif match := re.match(r"fill in ([^\s']+)$", text):
        files[match[1]] = "# Filled in\n\nEverything passed on 2026-06-01, as Ada saw.\n"
    elif text.startswith("write the section"):
        lines = files[path].split("\n")
        assert not lines[number].strip()
        lines[number] = "All of it is written."
        files[path] = "\n".join(lines)
    else:
        lines = files[path].split("\n")
        lines[number - 1] = changed(action, lines[number - 1])
        files[path] = "\n".join(lines)


def changed(action: Action, line: str) -> str:
    """A line as whoever carries out an action leaves it."""
    text = action.text
    if text.startswith("tick "):
        return line.replace("[ ]", "[x]", 1)
    if match := re.match(r"finish .+ and turn its status from '(.+)' to done$", text):
        return line.replace(match[1], "Done", 1)
    if text.startswith("make it a checkbox"):
        return re.sub(r"^(\s*[-*]) ", r"\1 [x] ", line)
    if text.startswith(("have ", "fill in ")):
        if "[ ]" in line:
            return line.replace("[ ]", "[x]", 1)
        if "|" in line:
            return re.sub(r"\|\s*(?=\|)", "| 2026-06-01 ", line)
        return re.sub(r"[\s_.]*$", " Ada, 2026-06-01", line)
    if text.startswith("name what"):
        return re.sub(r":\d+-\d+", ":9-22", line)
    if text == "write it as a literal":
        return re.sub(r"= .*?(;?)$", r"= 8\1", line)
    raise AssertionError(f"nobody knows how to {text!r}")
