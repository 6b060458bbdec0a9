"""`--format`: several forms at once, each where it was asked for, and the one that a CI system reads where none was."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gatekeeper.cli.stream.forms import FORMS, detected

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]

DATA = ("json", "sarif", "gitlab", "rdjson")
COMMANDS = ("check", "validate-env", "validate-ai-runtime")
HOSTILE = "::error file=a::forged"


@pytest.mark.parametrize("form", FORMS)
def test_a_form_changes_no_exit_code(form: str, run: Run, faulty: Path) -> None:
    assert run("check", "--format", form).exit_code == 1
    assert run("check", "--format", form, "--exit-zero").exit_code == 0
    assert run("check", "--format", form, "--exclude", "*").exit_code == 3
    (faulty / "src/logout.py").write_text("x = 1\n")
    assert run("check", "--format", form).exit_code == 0


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", FORMS)
def test_every_command_that_reports_has_every_form(form: str, command: str, run: Run, faulty: Path) -> None:
    (faulty / ".env.example").write_text("NAME=x\n")
    result = run(command, "--format", form)
    assert result.exit_code in (0, 1, 3), result.output
    if form in DATA:
        json.loads(result.stdout)
    if form == "sarif":
        assert json.loads(result.stdout)["runs"][0]["automationDetails"]["id"] == f"gatekeeper/{command}/"


def test_several_forms_leave_at_once(run: Run, faulty: Path) -> None:
    alone = {form: run("check", "--format", form).stdout for form in FORMS}
    others = [form for form in FORMS if form != "github"]
    flags = [flag for form in others for flag in ("--format", f"{form}:out/{form}")]
    (faulty / "out").mkdir()
    result = run("check", "--exclude", "out", *flags, "--format", "github")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == alone["github"]
    assert {form: (faulty / "out" / form).read_text("utf-8") for form in others} == {
        form: alone[form] for form in others
    }


def test_beside_forms_in_files_people_still_get_their_text(run: Run, faulty: Path) -> None:
    result = run("check", "--format", "sarif:out.sarif")
    assert result.stdout == run("check").stdout
    assert json.loads((faulty / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_output_is_for_the_form_without_a_file(run: Run, faulty: Path) -> None:
    assert run("check", "--format", "junit", "--format", "json:a.json", "-o", "b.xml").stdout == ""
    assert (faulty / "b.xml").read_text("utf-8").startswith("<?xml")
    assert json.loads((faulty / "a.json").read_text("utf-8"))["schema_version"] == "1"


def test_what_an_earlier_run_wrote_is_no_document(run: Run, faulty: Path) -> None:
    flags = ("--format", "json:a [1]!.json", "--format", "markdown:docs/b.md", "-o", "docs/c.md")
    codes = []
    for _ in range(2):
        assert run("check", *flags).exit_code == 1
        codes.append([one["code"] for one in json.loads((faulty / "a [1]!.json").read_text("utf-8"))["findings"]])
    assert codes == [["EV001"], ["EV001"]]
    (faulty / "docs/d.md").write_text((faulty / "docs/b.md").read_text("utf-8"), "utf-8")
    inputs = json.loads(run("check", "--format", "json", *flags[2:]).stdout or (faulty / "docs/c.md").read_text())[
        "inputs"
    ]
    assert {one["path"]: one["state"] for one in inputs}["docs/b.md"] == "set-aside"


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (
            ["--format", "json", "--format", "sarif"],
            "both go to one place: write one to a file, as --format sarif:FILE",
        ),
        (["--format", "json", "--format", "sarif:-"], "both go to one place"),
        (["--format", "json:out", "--format", "sarif:./out"], "two forms would be written to ./out"),
        (["--format", "json:out", "-o", "docs/../out"], "two forms would be written to docs/../out"),
        (["--format", "sarfi"], "there is no form 'sarfi'; did you mean 'sarif'?"),
        (["--format", "GitHub"], "did you mean 'github'?"),
        (["--format", "qqqq"], "there are terminal, json, sarif"),
        (["--format", "sarif:"], "names no file behind the colon"),
        (["--format", ""], "there is no form ''"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_hint(flags: list[str], words: str, run: Run, faulty: Path) -> None:
    before = sorted(path.name for path in faulty.iterdir())
    result = run("check", *flags)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert "hint: " in result.stderr
    assert sorted(path.name for path in faulty.iterdir()) == before


def test_a_file_that_cannot_be_written_leaves_what_was_there(run: Run, faulty: Path) -> None:
    result = run("check", "--format", "sarif:docs")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot write the output" in result.stderr
    assert not list(faulty.rglob(".gatekeeper-*"))


@pytest.mark.parametrize(
    ("environment", "form"),
    [
        ({}, "terminal"),
        ({"GITHUB_ACTIONS": "true"}, "github"),
        ({"GITHUB_ACTIONS": ""}, "terminal"),
        ({"TF_BUILD": "True"}, "azure"),
        ({"GITLAB_CI": "true", "CI": "true"}, "terminal"),
    ],
)
def test_the_environment_says_what_reads_the_log(environment: dict[str, str], form: str) -> None:
    assert detected(environment) == form
    assert detected(environment, "out.txt") == "terminal"


def test_on_github_people_and_the_forge_are_both_told(start: Start, faulty: Path, tmp_path: Path) -> None:
    plain = start("check").stdout
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n")
    told = start("check", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert told.returncode == 1
    assert told.stdout.startswith(plain)
    command = told.stdout[len(plain) :].decode()
    assert command.startswith("::error file=docs/tracker.md,line=6,endLine=6,col=27,endColumn=40,title=EV001 ")
    assert command.count("\n") == 1
    assert summary.read_text("utf-8").startswith("# Before\n## gatekeeper\n\n❌ 1 error in 1 document")
    assert start("check", GITHUB_ACTIONS="true").stdout == start("check", "--format", "github").stdout
    assert start("check", "--format", "json", GITHUB_ACTIONS="true").stdout == start("check", "--format", "json").stdout


def test_on_azure_people_and_the_agent_are_both_told(start: Start, faulty: Path) -> None:
    plain = start("check").stdout
    told = start("check", TF_BUILD="True").stdout
    assert told.startswith(plain)
    assert told[len(plain) :].startswith(b"##vso[task.logissue type=error;sourcepath=docs/tracker.md;linenumber=6;")


@pytest.mark.parametrize("target", ["gone/summary.md", "docs"])
def test_a_summary_that_cannot_be_written_is_a_warning(target: str, start: Start, faulty: Path) -> None:
    told = start("check", "--format", "github", GITHUB_STEP_SUMMARY=target)
    assert told.returncode == 1
    assert told.stderr.startswith(b"warning: the job summary cannot be written: ")


def test_a_full_summary_is_a_warning_and_no_more_is_written(start: Start, faulty: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * ((1 << 20) - 100))
    told = start("check", "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert (told.returncode, told.stderr.splitlines()[0][:32]) == (1, b"warning: the job summary is full")
    assert summary.stat().st_size < 1 << 20


@pytest.mark.skipif(os.name == "nt", reason="no such file name")
def test_a_file_name_forges_no_command(start: Start, faulty: Path) -> None:
    (faulty / f"{HOSTILE}.md").write_text((faulty / "docs/tracker.md").read_text())
    for flags in ([], ["--format", "terminal"]):
        lines = start("check", *flags, GITHUB_ACTIONS="true").stdout.decode().splitlines()
        forged = [at for at, line in enumerate(lines) if line.startswith(HOSTILE)]
        (begin,) = [at for at, line in enumerate(lines) if line.startswith("::stop-commands::")]
        end = lines.index(f"::{lines[begin].removeprefix('::stop-commands::')}::")
        assert forged
        assert all(begin < at < end for at in forged)


def test_a_status_forges_no_command_of_azure(start: Start, faulty: Path) -> None:
    (faulty / "docs/tracker.md").write_text(
        "| ID | Item | Status | Evidence |\n|-|-|-|-|\n| 1 | x ##vso[task.complete result=Succeeded;] | Done | `src/a.py` |\n"
    )
    for flags in ([], ["--format", "terminal"]):
        lines = start("check", *flags, TF_BUILD="True").stdout.decode().splitlines()
        assert [line for line in lines if "##vso[task.complete" in line] == []
        assert any("## vso[task.complete" in line for line in lines)


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab", "junit", "rdjson", "azure", "markdown"])
def test_the_process_changes_no_byte(form: str, start: Start, faulty: Path) -> None:
    once = start("check", "--format", form, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8").stdout
    again = start("check", "--format", form, PYTHONHASHSEED="2", TZ="Pacific/Chatham", LC_ALL="C").stdout
    assert once == again


def prints(text: str, form: str) -> list[str]:
    if form == "gitlab":
        return [one["fingerprint"] for one in json.loads(text)]
    if form == "sarif":
        return [json.dumps(one["partialFingerprints"]) for one in json.loads(text)["runs"][0]["results"]]
    return [line.split("name=")[1].split("]")[0] for line in text.splitlines() if "<testcase" in line]


@pytest.mark.parametrize("form", ["sarif", "gitlab", "junit"])
def test_lines_above_move_no_fingerprint(form: str, run: Run, faulty: Path) -> None:
    before = run("check", "--format", form).stdout
    tracker = faulty / "docs/tracker.md"
    tracker.write_text("# Before\n\nMore words.\n\n" + tracker.read_text("utf-8"), "utf-8")
    after = run("check", "--format", form).stdout
    assert before != after
    assert prints(before, form) == prints(after, form) != []
