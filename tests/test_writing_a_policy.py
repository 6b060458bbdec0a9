"""The page for writers of policies: each section is a repository, and gives the findings that it expects."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from gatekeeper.engine.exemptions import TrustedBase
from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "writing-a-policy.md"
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
LAW = ".gatekeeper.yml"
TODAY = "2026-06-15"


def sections() -> dict[str, list[tuple[str, str]]]:
    """Title -> info and text of its fences."""
    parts = SECTION.split(PAGE.read_text("utf-8"))
    return {
        title: [(match["info"], match["text"]) for match in FENCE.finditer(body)]
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }


SECTIONS = sections()
EXECUTED = {title: fences for title, fences in SECTIONS.items() if fences}


def files_of(fences: list[tuple[str, str]], *, trusted: bool = False) -> dict[str, str]:
    found = ((info.split(), text) for info, text in fences if " path=" in info)
    return {words[1].removeprefix("path="): text for words, text in found if ("trusted" in words) is trusted}


def law_of(files: dict[str, str]) -> Policy:
    return read_policy(LAW, files[LAW].encode(), lambda path: files[path].encode())


def shown(finding: Finding) -> str:
    place, start = finding.location.path, finding.location.start
    line = f"{place}:{start.line} {finding.severity} {finding.code}"
    return line if finding.disposition is Disposition.ACTIVE else f"{line} {finding.disposition}"


@pytest.mark.parametrize("title", EXECUTED)
def test_an_example_gives_what_it_expects(title: str, tmp_path: Path) -> None:
    fences = EXECUTED[title]
    files, before = files_of(fences), files_of(fences, trusted=True)
    expected = [text for info, text in fences if info == "expect"]
    recorded = [text for info, text in fences if info == "console"]
    assert all(" path=" in info or info in ("expect", "console") for info, _ in fences), "a fence that nothing runs"
    assert expected or recorded
    if expected:
        law = law_of(before or files)
        trusted = TrustedBase("main", MemoryTree(before), law_of(files)) if before else None
        report = check(MemoryTree(files), RunSettings(today=TODAY, policy=law, trusted=trusted))
        assert [shown(one) for one in report.findings] == expected[0].splitlines()
    for text in recorded:
        assert run(text, files, tmp_path) == text


def run(text: str, files: dict[str, str], folder: Path) -> str:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, "utf-8", newline="\n")
    command = text.partition("\n")[0].removeprefix("$ ")
    name, *arguments = shlex.split(command)
    assert name == "gatekeeper"
    program = [sys.executable, "-P", "-m", "gatekeeper", *arguments, "--root", str(folder)]
    done = subprocess.run(program, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return f"$ {command}\n{done.stdout}{done.stderr}"


def test_the_page_is_short_and_the_readme_leads_to_it() -> None:
    assert len(PAGE.read_text("utf-8").splitlines()) < 400
    assert "(docs/writing-a-policy.md)" in (ROOT / "README.md").read_text("utf-8")


def test_a_third_party_pack_is_ten_lines() -> None:
    pack = files_of(SECTIONS["A pack for others"])["vendor/harbor-pack.yml"]
    assert len(pack.splitlines()) <= 10
