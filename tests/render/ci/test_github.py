"""Workflow commands: what the runner reads back is what was meant, whatever documents say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.model.report import Report
from gatekeeper.render.ci.budget import BUDGET
from gatekeeper.render.ci.github import command, fence, render_github
from gatekeeper.render.sink import visible

REGISTERED = {"error", "warning", "notice", "debug", "add-mask", "set-output", "set-env", "add-path", "stop-commands"}
TEXTS = st.text() | st.lists(st.sampled_from(["%", "%25", "%0A", "::", ":", ",", "=", "\n", "\r", "]", ";", " "])).map(
    "".join
)


class Read(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def read(line: str) -> Read | None:
    """The runner's rules for one line of a log (actions/runner, ActionCommand), told in Python."""
    return read_newer(line) or read_older(line)


def read_newer(line: str) -> Read | None:
    """`::name key=value,key=value::data`, from the first character on that is no blank."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, listed = line[2:end].partition(" ")
    if name not in REGISTERED:
        return None
    properties = {}
    for pair in listed.strip().split(","):
        key, equals, value = pair.partition("=")
        # .NET's Split leaves out empty parts: a value's first equals signs are lost, which no escape can mend.
        if key and equals and (value := value.lstrip("=")):
            properties[key] = unescape(value, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"})
    return Read(name, properties, unescape(line[end + 2 :], {"%0D": "\r", "%0A": "\n", "%25": "%"}))


def read_older(line: str) -> Read | None:
    """`##[name key=value;key=value]data`, anywhere in the line."""
    match = re.search(r"##\[([^ \]]*)[^\]]*\](.*)", line)
    return Read(match[1], {}, match[2]) if match and match[1] in REGISTERED else None


def unescape(text: str, tokens: dict[str, str]) -> str:
    """One token after the other, the percent sign last."""
    for escaped, token in tokens.items():
        text = text.replace(escaped, token)
    return text


def commands(log: str) -> list[Read]:
    """What the runner obeys in a log; `stop-commands` holds until its word comes back."""
    found, word = [], ""
    for line in log.split("\n"):
        if word:
            if line.strip() == f"::{word}::":
                word = ""
            continue
        one = read(line)
        if one is not None and one.name == "stop-commands":
            word = one.data
        elif one is not None:
            found.append(one)
    assert not word
    return found


@given(TEXTS, TEXTS)
def test_a_command_reads_back_as_it_was_meant(path: str, text: str) -> None:
    path, text = visible(path).strip().lstrip("="), visible(text)
    (one,) = commands(command("error", {"file": path, "line": 3, "title": "EV001 x"}, text))
    assert one.name == "error"
    assert one.data == text
    assert one.properties == {**({"file": path} if path else {}), "line": "3", "title": "EV001 x"}


@given(TEXTS)
def test_a_line_end_within_a_message_is_read_back(text: str) -> None:
    text = f"{visible(text)}\nhelp: {visible(text)}"
    (one,) = commands(command("notice", {}, text))
    assert one == Read("notice", {}, text)


@given(TEXTS, st.sampled_from(["::add-mask::x", " \t::set-env name=A::b", "##[add-path]/tmp", "::stop-commands::x"]))
def test_no_command_is_found_in_a_fenced_text(text: str, planted: str) -> None:
    lines = [visible(line) for line in text.split("\n")]
    assert commands(fence("\n".join([*lines, planted, f"src/a.md {planted}"]))) == []


def test_a_text_without_commands_is_not_fenced() -> None:
    text = "docs/a.md:3:1: error[EV001] x\n  ::: docs/b.md:4:1: a::b\n"
    assert fence(text) == text
    assert commands(text) == []


def test_the_word_of_a_fence_cannot_be_foretold_from_within() -> None:
    once = fence("::error::x\n")
    word = once.split("\n")[0].removeprefix("::stop-commands::")
    assert commands(fence(f"::error::x\n::{word}::\n::error::y\n")) == []


def test_annotations_are_those_of_the_report(settled: Report, golden: Callable[[str, str], None]) -> None:
    text = render_github(settled)
    golden("report.github.txt", text)
    assert [(one.name, one.properties["file"], one.properties["line"]) for one in commands(text)] == [
        ("error", "docs/tracker.md", "7"),
        ("error", "docs/tracker.md", "7"),
        ("error", "docs/tracker.md", "8"),
        ("warning", "docs/tracker.md", "9"),
        ("notice", "docs/empty.md", "1"),
    ]


def test_hostile_words_stay_words(hostile: Report) -> None:
    finding = hostile.findings[0]
    (one,) = commands(render_github(hostile))
    assert one.name == "error"
    assert one.properties["file"] == visible(finding.location.path)
    assert one.data == f"{visible(finding.message)}\nhelp: {visible(finding.help)}"


def test_each_severity_has_a_budget_and_the_last_says_how_many_more(many: Callable[[int], Report]) -> None:
    read_back = commands(render_github(many(200), "the job summary"))
    for name, noun in (("error", "errors"), ("warning", "warnings"), ("notice", "notes")):
        members = [one for one in read_back if one.name == name]
        assert len(members) == BUDGET
        assert members[-1].data == f"191 more {noun}: see the job summary"
        assert "file" not in members[-1].properties
    assert len(commands(render_github(many(BUDGET)))) == 3 * BUDGET


def test_nothing_checked_is_an_error_and_nothing_found_is_silent(report: Report) -> None:
    (one,) = commands(render_github(Report("1")))
    assert (one.name, one.data[:19]) == ("error", "nothing was checked")
    assert render_github(replace(report, findings=())) == ""
