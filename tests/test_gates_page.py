"""The pages about gates and adoption: each section is a repository, and gives the output that it records."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("gates.md", "adopting.md")
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)


def sections(page: str) -> dict[str, list[tuple[str, str]]]:
    """Page and title -> info and text of its fences, where it has any."""
    parts = SECTION.split((ROOT / "docs" / page).read_text("utf-8"))
    found = {
        f"{page}: {title}": [(match["info"], match["text"]) for match in FENCE.finditer(body)]
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    return {title: fences for title, fences in found.items() if fences}


SECTIONS = {title: fences for page in PAGES for title, fences in sections(page).items()}


@pytest.mark.parametrize("title", SECTIONS)
def test_an_example_prints_what_it_records(title: str, tmp_path: Path) -> None:
    fences = SECTIONS[title]
    recorded = [text for info, text in fences if info == "console"]
    assert recorded
    assert all(" path=" in info or info == "console" for info, _ in fences), "a fence that nothing runs"
    for info, text in fences:
        if " path=" in info:
            path = tmp_path / info.split("path=")[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    for text in recorded:
        assert run(text.partition("\n")[0], tmp_path) == text


def run(line: str, folder: Path) -> str:
    """What a line of a console fence and the output below it should be."""
    name, *arguments = shlex.split(line.removeprefix("$ "))
    assert name == "gatekeeper"
    program = [sys.executable, "-P", "-m", "gatekeeper", *arguments, "--root", str(folder)]
    done = subprocess.run(program, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return f"{line}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_short_and_the_readme_leads_to_it(page: str) -> None:
    assert len((ROOT / "docs" / page).read_text("utf-8").splitlines()) < 220
    assert f"(docs/{page})" in (ROOT / "README.md").read_text("utf-8")
