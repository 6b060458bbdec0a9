"""`gatekeeper dashboard`: its forms, links and templates, from the command line."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gatekeeper.cli.board.bounded import run_bounded
from gatekeeper.model.errors import ConfigError

Run = Callable[..., Result]
TODAY = ("--today", "2026-06-15")
TOKEN = "ghp_0123456789abcdef"


@pytest.fixture
def committed(faulty: Path) -> Path:
    """The faulty repository with git, one commit and a remote whose URL holds a token."""
    commands = (
        ("init", "-q"),
        ("add", "."),
        ("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "first"),
        ("remote", "add", "origin", f"https://me:{TOKEN}@github.com/harbor/boat.git"),
    )
    for command in commands:
        subprocess.run(["git", *command], check=True, cwd=faulty)
    return faulty


def test_text_is_the_default_and_passes_whatever_is_found(run: Run, faulty: Path) -> None:
    result = run("dashboard", *TODAY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("repository\n2026-06-15\n")
    assert "missing: src/logout.py" in result.stdout
    assert "[EV001]" in result.stdout


@pytest.mark.parametrize(
    ("form", "start"), [("markdown", "# repository\n"), ("html", "<!doctype html>\n"), ("json", "{\n")]
)
def test_every_form_goes_to_a_file_as_to_stdout(run: Run, faulty: Path, form: str, start: str) -> None:
    printed = run("dashboard", *TODAY, "--format", form)
    written = run("dashboard", *TODAY, "--format", form, "-o", "board.out")
    assert (printed.exit_code, written.exit_code, written.stdout) == (0, 0, "")
    assert printed.stdout.startswith(start)
    assert (faulty / "board.out").read_text("utf-8") == printed.stdout


def test_links_lead_to_the_commit_and_never_show_a_token(run: Run, committed: Path) -> None:
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=committed, capture_output=True, text=True, check=True)
    board = json.loads(run("dashboard", *TODAY, "--format", "json").stdout)
    assert board["title"] == "harbor/boat"
    commit = revision.stdout.strip()
    assert board["items"][0]["url"] == f"https://github.com/harbor/boat/blob/{commit}/docs/tracker.md?plain=1#L5"
    assert board["items"][0]["changed"]["commit"] == commit
    assert board["items"][0]["evidence"][0]["changed"]["commit"] == commit
    for form in ("text", "markdown", "html", "json"):
        assert TOKEN not in run("dashboard", *TODAY, "--format", form, "-v").output


def test_a_link_template_of_the_users(run: Run, committed: Path) -> None:
    given = run("dashboard", *TODAY, "--format", "json", "--link-template", "https://code.example/{path}?l={line}")
    assert json.loads(given.stdout)["items"][1]["url"] == "https://code.example/docs/tracker.md?l=6"
    none = run("dashboard", *TODAY, "--format", "json", "--link-template", "")
    assert json.loads(none.stdout)["items"][0]["url"] == ""
    wrong = run("dashboard", "--link-template", "javascript:{path}")
    assert wrong.exit_code == 2
    assert "begins with https://" in wrong.stderr


def test_nothing_to_show_is_exit_3(run: Run, folder: Path) -> None:
    (folder / "README.md").write_text("# Hello\n")
    result = run("dashboard")
    assert result.exit_code == 3
    assert "nothing was checked" in result.stderr


def test_a_template_of_the_users_writes_instead(run: Run, faulty: Path) -> None:
    (faulty / "own.md.j2").write_text("{{ title }}: {{ items|length }} items\n")
    result = run("dashboard", *TODAY, "--template", "own.md.j2")
    assert (result.exit_code, result.stdout) == (0, "repository: 2 items")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ ''.__class__ }}", "own.j2:1: the template fails"),
        ("{{ nothing }}", "own.j2:1: the template fails: 'nothing' is undefined"),
        ("{{ 'x' * 4000000000 }}", "own.j2: stopped: it took more memory"),
    ],
)
def test_a_template_that_fails_writes_nothing(run: Run, faulty: Path, text: str, message: str) -> None:
    (faulty / "own.j2").write_text(text)
    result = run("dashboard", "--template", "own.j2", "-o", "out.txt")
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (faulty / "out.txt").exists()


def test_wrong_uses_of_a_template(run: Run, faulty: Path) -> None:
    (faulty / "latin.j2").write_bytes(b"\xe4\xf6")
    assert "leave --format out" in run("dashboard", "--template", "x.j2", "--format", "html").stderr
    assert "no such file" in run("dashboard", "--template", "x.j2").stderr
    assert "not UTF-8" in run("dashboard", "--template", "latin.j2").stderr


def test_a_loop_that_does_not_end_is_stopped(faulty: Path) -> None:
    from gatekeeper.render.board.markup.template import render_template

    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    start = time.monotonic()
    with pytest.raises(ConfigError, match="stopped after 2 seconds"):
        run_bounded(render_template, ({}, loop, "own.j2"), "own.j2", 2)
    assert time.monotonic() - start < 20
