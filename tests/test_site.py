"""The pages build as a site without a warning, and the site asks nobody else for anything."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LOADED = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=\"?(?P<place>https?:[^\s\">]+)", re.IGNORECASE)

pytestmark = pytest.mark.skipif(importlib.util.find_spec("material") is None, reason="mkdocs-material is not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_every_page_is_there_and_in_the_navigation(site: Path) -> None:
    start = (site / "rules" / "EV001.html").read_text("utf-8")
    for page in DOCS.rglob("*.md"):
        place = page.relative_to(DOCS).with_suffix(".html").as_posix().replace("README", "index")
        assert (site / place).is_file(), place
        assert f'href="{os.path.relpath(place, "rules")}"' in start, place


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert LOADED.findall(page.read_text("utf-8")) == [], page.name
    for sheet in site.rglob("*.css"):
        assert re.findall(r"url\([\"']?https?:", sheet.read_text("utf-8")) == [], sheet.name


def test_the_search_has_its_index_beside_the_pages(site: Path) -> None:
    assert "evidence-target-missing" in (site / "search" / "search_index.js").read_text("utf-8")
    assert "iframe-worker.js" in (site / "index.html").read_text("utf-8")


def test_examples_are_blocks_with_their_paths(site: Path) -> None:
    page = (site / "rules" / "EV001.html").read_text("utf-8")
    assert '<span class="filename">docs/tracker.md</span>' in page
    assert "path=" not in (site / "writing-a-policy.html").read_text("utf-8").replace("path=</", "")
    assert "\\|" not in (site / "cli.html").read_text("utf-8")


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix())
def test_lists_stand_apart_so_that_every_reader_of_markdown_sees_them(page: Path) -> None:
    """Python-Markdown takes a list that follows a paragraph's line for more of the paragraph."""
    text = re.sub(r"^(```|~~~).*?^\1", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    glued = re.findall(r"^(?![ \t]|[-*|#>\n]|\d+\.)[^\n]+\n(?:[-*] |1\. )[^\n]*", text, re.MULTILINE)
    assert glued == []
