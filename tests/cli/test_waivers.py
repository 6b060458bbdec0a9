"""`gatekeeper waivers` and `baseline`: what is accepted, listed, written and taken out again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

Run = Callable[..., Result]

ROOT = Path(__file__).resolve().parents[2]
TODAY = ("--today", "2026-06-15")
BASELINE = ".gatekeeper-baseline.json"
WAIVER = "- {rule: EV001, item: '02', reason: moved to sprint 7, owner: kim, expires: 2026-09-30}\n"


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / "schemas" / name).read_text("utf-8")))


@pytest.fixture
def waived(faulty: Path) -> Path:
    (faulty / "waivers.yml").write_text(WAIVER)
    return faulty


def test_a_waived_finding_is_counted_marked_and_does_not_fail(run: Run, waived: Path) -> None:
    result = run("check", *TODAY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "no findings in 1 document (2 items, 2 evidence references); 1 waived; 2 files set aside\n"
    shown = run("check", *TODAY, "--show", "waived").stdout
    assert "docs/tracker.md:6:27: error[EV001]" in shown
    assert "waived by kim until 2026-09-30 (waivers.yml:1): moved to sprint 7" in shown
    assert "waived by kim" in run("check", *TODAY, "-v").stdout


def test_json_says_who_waives_and_until_when(run: Run, waived: Path) -> None:
    report = json.loads(run("check", *TODAY, "--format", "json").stdout)
    schema("report.schema.json").validate(report)
    assert (report["summary"]["waived"], report["summary"]["findings"]["error"]) == (1, 0)
    (finding,) = report["findings"]
    assert finding["disposition"] == "waived"
    assert finding["waiver"] == {
        "owner": "kim",
        "reason": "moved to sprint 7",
        "until": "2026-09-30",
        "ticket": "",
        "approved_by": "",
        "path": "waivers.yml",
        "line": 1,
    }


def test_the_day_after_its_last_it_fails_again(run: Run, waived: Path) -> None:
    assert run("check", "--today", "2026-09-30").exit_code == 0
    result = run("check", "--today", "2026-10-01")
    assert result.exit_code == 1
    assert "WV001" in result.stdout
    assert "EV001" in result.stdout


def test_a_part_of_the_tree_says_nothing_of_waivers_elsewhere(run: Run, waived: Path) -> None:
    (waived / "src/logout.py").write_text("x = 1\n")
    assert "WV002" in run("check", *TODAY).stdout
    assert "WV002" not in run("check", *TODAY, "docs").stdout


def test_waivers_are_listed_by_their_end(run: Run, waived: Path) -> None:
    (waived / "waivers.yml").write_text(WAIVER + WAIVER.replace("2026-09-30", "2026-06-20").replace("'02'", "'01'"))
    result = run("waivers", *TODAY)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "waivers.yml:2: EV001 for item 01",
        "  in force, until 2026-06-20, 5 days left",
        "  reason: moved to sprint 7 (owner kim)",
        "  covers nothing",
        "",
        "waivers.yml:1: EV001 for item 02",
        "  in force, until 2026-09-30, 107 days left",
        "  reason: moved to sprint 7 (owner kim)",
        "  covers 1 finding",
        "    docs/tracker.md:6:27: evidence `src/logout.py` is not in the repository: no tracked file or folder has this path",
        "",
        "2 waivers: 2 in force",
    ]
    listed = json.loads(run("waivers", *TODAY, "--format", "json").stdout)
    schema("waivers-report.schema.json").validate(listed)
    assert [(one["line"], one["days_left"], len(one["covers"])) for one in listed["waivers"]] == [
        (2, 5, 0),
        (1, 107, 1),
    ]


def test_none_is_a_list_too(run: Run, clean: Path) -> None:
    assert run("waivers").stdout == "no waivers\n"


@pytest.mark.parametrize(
    ("text", "is_valid"),
    [
        (WAIVER, True),
        (f"waivers:\n{WAIVER}", True),
        (WAIVER.replace("'02'", "2"), True),
        (WAIVER.replace("reason", "reasons"), False),
        (WAIVER.replace("item: '02', ", ""), False),
        ("a: b\n", False),
    ],
)
def test_the_schema_for_editors_says_what_the_check_says(text: str, is_valid: bool, run: Run, faulty: Path) -> None:
    import yaml

    (faulty / "waivers.yml").write_text(text)
    assert ("WV003" not in run("check", *TODAY).stdout) == is_valid
    data = yaml.load(text, Loader=yaml.BaseLoader)
    assert schema("waivers.schema.json").is_valid(data) == is_valid


def test_the_policy_names_the_files_and_the_limits(run: Run, waived: Path) -> None:
    (waived / "ops").mkdir()
    (waived / "waivers.yml").rename(waived / "ops/exceptions.yml")
    (waived / ".gatekeeper.yml").write_text(
        "waivers: {file: ops/exceptions.yml, max-days: 120}\nbaseline: {file: ops/b.json}\n"
    )
    assert run("check", *TODAY).exit_code == 0
    assert run("check", "--today", "2026-05-01").exit_code == 1
    assert run("baseline", *TODAY).exit_code == 0
    assert (waived / "ops/b.json").is_file()


def test_a_baseline_accepts_today_and_nothing_more(run: Run, faulty: Path) -> None:
    result = run("baseline")
    assert (result.exit_code, result.stdout) == (0, f"{BASELINE} accepts 1 finding (1 new)\n")
    text = (faulty / BASELINE).read_text("utf-8")
    schema("baseline.schema.json").validate(json.loads(text))
    assert run("check").exit_code == 0
    assert json.loads(run("check", "--format", "json").stdout)["summary"]["baselined"] == 1
    assert run("baseline").stdout == f"{BASELINE} accepts 1 finding\n"
    assert (faulty / BASELINE).read_text("utf-8") == text


def test_a_hundred_lines_above_change_nothing_and_a_second_equal_fault_is_told(run: Run, faulty: Path) -> None:
    run("baseline")
    tracker = faulty / "docs/tracker.md"
    text = tracker.read_text()
    tracker.write_text(text.replace("# Delivery tracker\n", "# Delivery tracker\n" + "\nA line.\n" * 50))
    assert run("check").exit_code == 0
    tracker.write_text(text + text.splitlines()[-1] + "\n")
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    dispositions = [one["disposition"] for one in json.loads(result.stdout)["findings"] if one["code"] == "EV001"]
    assert dispositions == ["baselined", "active"]


def test_a_baseline_does_not_grow_by_itself(run: Run, faulty: Path) -> None:
    run("baseline")
    before = (faulty / BASELINE).read_text()
    (faulty / "src/login.py").unlink()
    result = run("baseline")
    assert result.exit_code == 1
    assert "1 more found and not accepted: mend them, or accept them with --accept-new" in result.stdout
    assert (faulty / BASELINE).read_text() == before
    assert run("baseline", "--accept-new").exit_code == 0
    assert run("check").exit_code == 0


def test_what_is_mended_is_a_note_until_it_is_pruned(run: Run, faulty: Path) -> None:
    run("baseline")
    (faulty / "src/logout.py").write_text("x = 1\n")
    assert "note[WV009]" in run("check").stdout
    assert "1 accepted and no longer found: drop them with --prune" in run("baseline").stdout
    assert run("baseline", "--prune").stdout == f"{BASELINE} accepts 0 findings (1 dropped)\n"
    assert "WV009" not in run("check").stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not valid JSON"),
        ("[]", "expected a JSON object"),
        ("", "expected a JSON object"),
        ('{"schema_version": "2", "findings": []}', "schema_version"),
        ('{"schema_version": "1"}', "expected a list under `findings`"),
        ('{"schema_version": "1", "findings": [{}]}', "expected an object with rule, path"),
        ('{"schema_version": "1", "findings": [%s]}', "64 hexadecimal digits"),
        ('{"schema_version": "1", "findings": [%w]}', "findings of WV001 cannot be accepted"),
        ('{"schema_version": "1", "findings": [%c]}', "count"),
        ('{"schema_version": "1", "findings": [%d]}', "stands twice"),
    ],
)
def test_a_corrupt_baseline_is_a_clear_error(text: str, says: str, run: Run, faulty: Path) -> None:
    one = {"rule": "EV001", "path": "a.md", "subject": "x", "fingerprint": "ab" * 32, "count": 1}
    for mark, entries in {
        "%s": [{**one, "fingerprint": "x"}],
        "%w": [{**one, "rule": "WV001"}],
        "%c": [{**one, "count": 0}],
        "%d": [one, one],
    }.items():
        text = text.replace(mark, ", ".join(map(json.dumps, entries)))
    (faulty / BASELINE).write_text(text)
    result = run("check")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {BASELINE}:1:")
    assert says in result.stderr
    assert "hint: " in result.stderr
    assert run("baseline", "--accept-new").exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right on Windows")
def test_a_baseline_is_never_written_through_a_link(run: Run, faulty: Path) -> None:
    target = faulty.parent / "elsewhere.json"
    (faulty / BASELINE).symlink_to(target)
    result = run("baseline")
    assert result.exit_code == 2
    assert not target.exists()
    (faulty / BASELINE).unlink()
    (faulty.parent / "folder").mkdir()
    (faulty / "ops").symlink_to(faulty.parent / "folder")
    (faulty / ".gatekeeper.yml").write_text("baseline: {file: ops/b.json}\n")
    assert run("baseline").exit_code == 2
    assert not (faulty.parent / "folder/b.json").exists()


@pytest.mark.parametrize("path", ["../b.json", "/tmp/b.json", "a//b.json", "C:/b.json", ".", "a\\b.json"])
def test_a_baseline_or_list_outside_of_the_repository_is_refused(path: str, run: Run, clean: Path) -> None:
    for section in ("baseline", "waivers"):
        (clean / ".gatekeeper.yml").write_text(f"{section}: {{file: '{path}'}}\n")
        assert run("check").exit_code == 2


def test_a_comment_of_a_document_waives_and_its_copy_in_code_does_not(run: Run, faulty: Path) -> None:
    tracker = faulty / "docs/tracker.md"
    comment = "<!-- gatekeeper: waive EV001 until 2026-09-30 because the vendor keeps it -->"
    text = tracker.read_text()
    tracker.write_text(text.replace("logout.py` |", f"logout.py` {comment} |"))
    assert run("check", *TODAY).exit_code == 0
    for hidden in (f"`{comment}`", f"\n```\n{comment}\n```\n", f"\n    {comment}\n", comment.replace("<", "\\<")):
        tracker.write_text(text.replace("# Delivery tracker\n", f"# Delivery tracker\n\n{hidden}\n"))
        assert run("check", *TODAY).exit_code == 1


def test_a_list_of_waivers_and_a_baseline_are_no_documents(run: Run, waived: Path) -> None:
    run("baseline", *TODAY)
    inputs = json.loads(run("check", *TODAY, "--format", "json").stdout)["inputs"]
    reasons = {one["path"]: one["reason"] for one in inputs if one["state"] == "set-aside"}
    assert reasons["waivers.yml"] == "the list of waivers"
    assert reasons[BASELINE] == "the baseline of accepted findings"


def test_hostile_words_stay_on_their_line_and_move_nothing(run: Run, faulty: Path) -> None:
    hostile = "\\e[2J\\u202e\\r\\nno waivers"
    (faulty / "waivers.yml").write_text(
        WAIVER.replace("moved to sprint 7", f'"{hostile}"').replace("kim", f'"{hostile}"')
    )
    for output in (run("waivers", *TODAY).stdout, run("check", *TODAY, "--show", "waived").stdout):
        assert "\x1b" not in output
        assert "\u202e" not in output
        assert "\nno waivers" not in output


def test_what_is_no_waiver_is_counted(run: Run, waived: Path) -> None:
    (waived / "waivers.yml").write_text(WAIVER + "- {rule: EV001, item: '01', owner: kim, expires: 2026-09-30}\n")
    told = run("waivers", *TODAY).stdout
    assert told.endswith("1 waiver: 1 in force; 1 malformed, `gatekeeper check` tells why\n")
