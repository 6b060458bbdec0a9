"""`gatekeeper init`: what it proposes, what it never does, and that the next check is as it says."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]
Golden = Callable[[str, str], None]

REPOSITORIES = Path(__file__).resolve().parents[2] / "repos"
NAMES = ("atlas", "bakery", "observatory", "switchboard")
TODAY = ("--today", "2026-06-15")
POLICY, BASELINE = ".gatekeeper.yml", ".gatekeeper-baseline.json"
SAID = re.compile(r"finds (.*): it exits (\d)")

needs_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX files")
needs_a_user = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")


@pytest.fixture
def repository(folder: Path) -> Callable[[str], Path]:
    """A function that fills the current folder with one of the small repositories."""

    def fill(name: str) -> Path:
        shutil.copytree(REPOSITORIES / name, folder, dirs_exist_ok=True)
        return folder

    return fill


def found(run: Run) -> object:
    return json.loads(run("check", *TODAY, "--format", "json").stdout)["findings"]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", NAMES)
def test_the_proposal_for_a_small_repository(
    name: str, repository: Callable[[str], Path], run: Run, golden: Golden
) -> None:
    before = names(repository(name))
    result = run("init", "--dry-run", *TODAY)
    assert result.exit_code == 0
    golden(f"init/{name}.yml", result.stdout)
    golden(f"init/{name}.stderr.txt", result.stderr)
    assert names(Path()) == before


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_valid_and_the_next_check_is_as_said(
    name: str, repository: Callable[[str], Path], run: Run
) -> None:
    repository(name)
    before = run("check", *TODAY)
    proposed = run("init", "--dry-run", *TODAY).stdout
    result = run("init", "--yes", *TODAY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert Path(POLICY).read_text("utf-8") == proposed
    assert run("policy", "check").exit_code == 0
    said = SAID.search(result.stdout)
    checked = run("check", *TODAY)
    if name == "atlas":
        assert checked.exit_code == before.exit_code == 3
        assert "it exits 3" in result.stdout
        return
    assert said is not None
    assert checked.exit_code == int(said[2]) in (0, 1)
    assert checked.stdout.splitlines()[-1].startswith(said[1].replace("nothing", "no findings"))


@pytest.mark.parametrize("name", ["bakery", "switchboard"])
def test_it_changes_no_verdict_where_nothing_is_left_out(
    name: str, repository: Callable[[str], Path], run: Run
) -> None:
    repository(name)
    before = found(run)
    run("init", "--yes", *TODAY)
    assert found(run) == before


@pytest.mark.parametrize("name", NAMES)
def test_every_guess_is_valid_once_it_is_switched_on(name: str, repository: Callable[[str], Path], run: Run) -> None:
    repository(name)
    text = run("init", "--dry-run", *TODAY).stdout
    on = re.sub(r"^#(?! \S)", "", text.replace(": STATUS ", ": done "), flags=re.MULTILINE)
    if "[default, ai-runtime]" in on:
        on = re.sub(r"^extends: default.*\n", "", on, flags=re.MULTILINE)
    assert isinstance(yaml.safe_load(on), dict)
    Path(POLICY).write_text(on, "utf-8")
    assert run("policy", "check").exit_code == 0


def test_with_a_baseline_only_what_is_new_fails(repository: Callable[[str], Path], run: Run) -> None:
    folder = repository("observatory")
    result = run("init", "--yes", "--baseline", *TODAY)
    assert f"{BASELINE} accepts 4 findings (4 new)" in result.stdout
    assert "finds nothing: it exits 0" in result.stdout
    accepted = (folder / BASELINE).read_text("utf-8")
    assert run("check", *TODAY).exit_code == 0
    (folder / BASELINE).unlink()
    assert run("baseline", *TODAY).exit_code == 0
    assert (folder / BASELINE).read_text("utf-8") == accepted
    tracker = folder / "docs/board.md"
    tracker.write_text(tracker.read_text("utf-8").replace("| Done |", "| Done | see `dome/gone.txt` |"), "utf-8")
    with tracker.open("a", encoding="utf-8") as file:
        file.write("\nEvidence of sprint 1: [mirror](gone.md)\n")
    assert run("check", *TODAY, "--fail-on", "note").exit_code == 1


def test_a_baseline_that_is_there_is_not_widened(repository: Callable[[str], Path], run: Run) -> None:
    folder = repository("observatory")
    run("baseline", *TODAY)
    held = (folder / BASELINE).read_bytes()
    with (folder / "docs/board.md").open("a", encoding="utf-8") as file:
        file.write("| 4 | Tide gate | ines | Done |\n\nSee [this](gone.md).\n")
    result = run("init", "--yes", "--baseline", *TODAY)
    assert result.exit_code == 0
    assert "more found and not accepted" in result.stdout
    assert (folder / BASELINE).read_bytes() == held


def test_nothing_is_overwritten(repository: Callable[[str], Path], run: Run) -> None:
    folder = repository("bakery")
    assert run("init", "--yes").exit_code == 0
    written = (folder / POLICY).read_bytes()
    again = run("init", "--yes")
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr.startswith(f"error: {POLICY}: there is a policy file already, and nothing is overwritten")
    assert "--dry-run" in again.stderr
    assert (folder / POLICY).read_bytes() == written
    # As if there were none, so that the two can be compared.
    assert run("init", "--dry-run").stdout.encode() == written


@needs_posix
@pytest.mark.parametrize("name", [".gatekeeper.yml", ".gatekeeper.yaml"])
def test_a_link_that_leads_nowhere_and_the_other_name_count_as_there(
    name: str, repository: Callable[[str], Path], run: Run
) -> None:
    folder = repository("bakery")
    (folder / name).symlink_to("gone.yml")
    assert run("init", "--yes").exit_code == 2
    assert not (folder / "gone.yml").exists()


def test_without_a_terminal_it_asks_nothing_and_says_how(repository: Callable[[str], Path], start: Start) -> None:
    before = names(repository("bakery"))
    done = start("init")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"there is no terminal to ask: give --yes" in done.stderr
    assert b"--dry-run" in done.stderr
    assert names(Path()) == before


def typed(*answers: str) -> tuple[int, str]:
    """Exit code and screen of `gatekeeper init` at a terminal at which somebody gives these answers."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "gatekeeper", "init", *TODAY]
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, close_fds=True)
    os.close(follower)
    screen, waiting, end = b"", list(answers), time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([leader], [], [], 0.2)[0]:
            continue
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        screen += piece
        if waiting and screen.rstrip().endswith((b"[Y/n]:", b"[y/N]:")):
            os.write(leader, f"{waiting.pop(0)}\n".encode())
    os.close(leader)
    return process.wait(30), screen.decode("utf-8")


@needs_posix
def test_a_person_is_asked_what_to_write(repository: Callable[[str], Path]) -> None:
    folder = repository("observatory")
    code, screen = typed("n")
    assert code == 0
    assert "nothing was written" in screen
    assert POLICY not in names(folder)
    code, screen = typed("y", "y")
    assert code == 0
    assert "docs/nights/*.md: tracker" in screen
    assert f"Write {POLICY}? [Y/n]:" in screen
    assert f"Accept the 4 findings of today in {BASELINE}" in screen
    assert {POLICY, BASELINE} <= names(folder)


@needs_posix
def test_the_default_answers_write_the_policy_and_accept_nothing(repository: Callable[[str], Path]) -> None:
    folder = repository("observatory")
    assert typed("", "")[0] == 0
    assert POLICY in names(folder)
    assert BASELINE not in names(folder)


def test_an_empty_folder_gives_a_valid_policy(folder: Path, run: Run) -> None:
    result = run("init", "--yes")
    assert result.exit_code == 0
    assert "finds no document with status, evidence or gate content: it exits 3" in result.stdout
    assert "0 files, none of which carries status" in (folder / POLICY).read_text("utf-8")
    assert run("policy", "check").exit_code == 0
    assert run("check").exit_code == 3


def test_documents_that_cannot_be_read_are_told(folder: Path, run: Run) -> None:
    for name in ("status.md", "tracker.md", "log.txt"):
        (folder / name).write_bytes(b"# Status\n\n| ID | Status |\n|---|---|\n| 1 | Done |\n\xff\xfe\x80\n" * 3)
    result = run("init", "--yes")
    assert result.exit_code == 0
    assert run("policy", "check").exit_code == 0
    checked = run("check")
    assert checked.exit_code in (0, 1)
    (folder / "tracker.md").write_bytes(b"\0" * 20_000)
    (folder / POLICY).unlink()
    assert run("init", "--yes").exit_code == 0
    assert "could not be read" in (folder / POLICY).read_text("utf-8")
    assert run("check").exit_code in (0, 1)


@needs_a_user
def test_a_folder_that_may_not_be_written_is_refused(repository: Callable[[str], Path], run: Run) -> None:
    folder = repository("bakery")
    folder.chmod(0o555)
    try:
        result = run("init", "--yes")
    finally:
        folder.chmod(0o755)
    assert result.exit_code == 2
    assert "cannot write the output" in result.stderr
    assert POLICY not in names(folder)


@needs_posix
@pytest.mark.parametrize("target", ["gone/law.yml", "src/oven.py/law.yml"])
def test_a_place_that_cannot_be_written_is_refused(target: str, repository: Callable[[str], Path], run: Run) -> None:
    before = names(repository("bakery"))
    result = run("init", "--yes", "--config", target)
    assert result.exit_code == 2
    assert "cannot write the output" in result.stderr
    assert names(Path()) == before


@pytest.mark.parametrize(("fault", "code"), [(KeyboardInterrupt(), 130), (OSError(5, "Input/output error"), 0)])
def test_a_write_that_is_interrupted_leaves_nothing_half(
    fault: BaseException, code: int, repository: Callable[[str], Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository("bakery")

    def fail(*arguments: object) -> None:
        raise fault

    # Without hard links, which is the other case, the new file is renamed.
    monkeypatch.setattr(Path, "hardlink_to", fail)
    assert run("init", "--yes").exit_code == code
    assert (POLICY in names(folder)) is (code == 0)
    assert not [name for name in names(folder) if name.endswith(".tmp")]


def test_what_appears_in_the_meantime_is_kept(
    repository: Callable[[str], Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository("bakery")
    given = Path.hardlink_to

    def late(place: Path, target: Path) -> None:
        place.write_text("extends: strict\n")
        given(place, target)

    monkeypatch.setattr(Path, "hardlink_to", late)
    assert run("init", "--yes").exit_code == 2
    assert (folder / POLICY).read_text() == "extends: strict\n"


def test_another_file_may_be_named_and_a_hidden_one_is_told(
    repository: Callable[[str], Path], run: Run, make_chronicle: Callable[[Path], object]
) -> None:
    folder = repository("bakery")
    (folder / ".gitignore").write_text("*.yml\n")
    make_chronicle(folder)
    result = run("init", "--yes", "--config", "plan/law.yml")
    assert result.exit_code == 0
    assert f"{Path('plan/law.yml')} is written" in result.stdout
    assert ".gitignore hides" in result.stdout
    assert run("check", "--config", "plan/law.yml").exit_code == 1
    outside = run("init", "--yes", "--config", "../law.yml")
    assert outside.exit_code == 2
    assert "outside of the repository" in outside.stderr
    assert not (folder.parent / "law.yml").exists()


def test_it_works_below_the_root_and_says_where(
    repository: Callable[[str], Path],
    run: Run,
    make_chronicle: Callable[[Path], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = repository("bakery")
    make_chronicle(folder)
    monkeypatch.chdir(folder / "plan")
    result = run("init", "--yes")
    assert result.stdout.startswith(f"{Path('..', POLICY)} is written")
    assert (folder / POLICY).is_file()


TABLE = "# {title} tracker\n\n| ID | Task | Status |\n|---|---|---|\n| T-1 | One | Done |\n| T-2 | Two | {word} |\n"
HOSTILE = [
    "a: b # c.md",
    "*star tracker.md",
    "!bang tracker.md",
    "#hash tracker.md",
    "quo\"te' tracker.md",
    "[x] tracker.md",
]
HOSTILE += [
    "日志 tracker.md",
    "back\\slash tracker.md",
    "new\nline tracker.md",
    "trail tracker.md ",
    "e\u202emoc tracker.md",
]


@needs_posix
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_and_words_give_a_valid_policy_with_the_same_verdict(name: str, folder: Path, run: Run) -> None:
    (folder / "work").mkdir()
    (folder / "work" / name).write_text(TABLE.format(title="One", word='Zorb: "x"'), "utf-8")
    (folder / "plain-tracker.md").write_text(TABLE.format(title="Two", word="*Zorb* # y"), "utf-8")
    before = found(run)
    result = run("init", "--yes")
    assert result.exit_code == 0
    assert run("policy", "check").exit_code == 0
    assert found(run) == before


@needs_posix
def test_a_name_that_is_no_text_gives_a_valid_policy(folder: Path, run: Run) -> None:
    place = os.fsencode(folder) + b"/st\xe9tus tracker.md"
    try:
        Path(os.fsdecode(place)).write_text(TABLE.format(title="One", word="Zorbed"), "utf-8")
    except OSError:
        pytest.skip("this file system has names of text alone")
    assert run("init", "--yes").exit_code == 0
    assert run("policy", "check").exit_code == 0
