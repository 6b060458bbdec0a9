"""The corridor, walked with the real rooms over trees in memory."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from gatekeeper.engine import session
from gatekeeper.engine.session import RunSettings, check, iter_documents
from gatekeeper.model.document import Document, DocumentKind, ProblemKind
from gatekeeper.model.errors import ConfigError, PolicyError
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import Input, InputState, PolicySource, Report, RuleStatus
from gatekeeper.model.status import Status
from gatekeeper.policy.policy import Policy, RuleSetting
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.rules.registry import RULES

TRACKER = """\
# Delivery tracker

| ID | Item | Status | Evidence |
|----|------|--------|----------|
| 01 | Sign-in | Done | `src/login.py` |
| 02 | Sign-out | Done | `src/logout.py` |
| 03 | Reset | Zorbed | `src/reset.py` |
"""
FILES: Mapping[str, bytes | str] = {
    "docs/tracker.md": TRACKER,
    "src/login.py": "x = 1\n",
    "src/reset.py": "x = 1\n",
    "README.md": "# Hello\n\nSome prose.\n",
}


def report_of(files: Mapping[str, bytes | str], *paths: str, policy: Policy = Policy()) -> Report:  # noqa: B008
    return check(MemoryTree(files), RunSettings(paths, "2026-01-31", "9.9", policy))


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def states(report: Report) -> dict[str, InputState]:
    return {entry.path: entry.state for entry in report.inputs}


def test_a_tree_becomes_a_report() -> None:
    report = report_of(FILES)
    assert [(f.location.path, f.location.start.line, f.code) for f in report.findings] == [
        ("docs/tracker.md", 6, "EV001"),
        ("docs/tracker.md", 7, "ST002"),
    ]
    assert all(len(finding.fingerprint) == 64 for finding in report.findings)
    assert (report.version, report.items, report.evidence) == ("9.9", 3, 3)
    assert report.rules == tuple(rule.info for rule in RULES if rule.info.status is RuleStatus.STABLE)


def test_every_file_that_was_looked_at_is_accounted_for() -> None:
    report = report_of({**FILES, "node_modules/x/README.md": "# x\n"})
    assert [(entry.path, entry.state, entry.reason) for entry in report.inputs] == [
        ("README.md", InputState.SET_ASIDE, "carries no status, evidence or gate content"),
        ("docs/tracker.md", InputState.PARSED, report.inputs[1].reason),
        (
            "node_modules/x/README.md",
            InputState.SET_ASIDE,
            "in node_modules, a folder of dependencies or generated files",
        ),
    ]
    parsed = report.inputs[1]
    assert (parsed.kind, parsed.items, len(parsed.sha256)) == ("tracker", 3, 64)
    assert parsed.reason


def test_paths_limit_what_is_looked_at_but_not_what_evidence_may_name() -> None:
    report = report_of({**FILES, "other/tracker.md": TRACKER}, "docs")
    assert list(states(report)) == ["docs/tracker.md"]
    assert codes(report) == ["EV001", "ST002"]


def test_a_path_that_is_not_there_is_the_users_to_mend() -> None:
    with pytest.raises(ConfigError, match="no such file"):
        report_of(FILES, "docs/nothing.md")


def test_excluded_files_are_set_aside_even_when_named() -> None:
    report = report_of(FILES, "docs/tracker.md", policy=Policy(exclude=("docs/",)))
    assert states(report) == {"docs/tracker.md": InputState.SET_ASIDE}
    assert not report.findings


def test_a_pattern_that_is_none_is_the_users_to_mend() -> None:
    with pytest.raises(ConfigError, match="pattern"):
        report_of(FILES, policy=Policy(documents=(("[z-a]", DocumentKind.TRACKER),)))


def test_the_policy_in_force_is_no_document() -> None:
    files = {"docs/law.yml": "statuses: {Zorbed: done}\nitems:\n- {id: 1, status: done}\n"}
    assert states(report_of(files)) == {"docs/law.yml": InputState.PARSED}
    report = report_of(files, policy=Policy(sources=(PolicySource("docs/law.yml", "cd"),), sha256="ab"))
    assert states(report) == {"docs/law.yml": InputState.SET_ASIDE}
    assert (report.policy_sources, report.policy_sha256) == ((PolicySource("docs/law.yml", "cd"),), "ab")


def test_statuses_of_the_policy_are_understood() -> None:
    assert codes(report_of(FILES, policy=Policy(statuses={"Zorbed": Status.DONE}))) == ["EV001"]


def test_the_last_matching_pattern_gives_a_documents_kind() -> None:
    globs = (("*.md", DocumentKind.BACKLOG), ("docs/", DocumentKind.CHECKLIST), ("src/", DocumentKind.TRACKER))
    report = report_of(FILES, policy=Policy(documents=globs))
    assert [entry.kind for entry in report.inputs if entry.state is InputState.PARSED] == ["checklist"]


def test_a_rule_that_is_off_does_not_run_and_a_severity_is_changed() -> None:
    rules = {"ST002": RuleSetting(enabled=False), "EV001": RuleSetting(Severity.NOTE)}
    report = report_of(FILES, policy=Policy(rules=rules))
    assert [(finding.code, finding.severity) for finding in report.findings] == [("EV001", Severity.NOTE)]
    assert "ST002" not in {info.code for info in report.rules}
    assert next(info for info in report.rules if info.code == "EV001").severity is Severity.ERROR


def test_an_option_that_a_rule_does_not_have_is_refused_at_its_line() -> None:
    setting = RuleSetting(options={"no-such-thing": 1}, where=".gatekeeper.yml:3:5")
    with pytest.raises(PolicyError, match="EV001") as caught:
        report_of(FILES, policy=Policy(rules={"EV001": setting}))
    assert caught.value.where == ".gatekeeper.yml:3:5"
    assert caught.value.hint


def test_the_same_tree_gives_the_same_report_in_whatever_order_it_is_listed() -> None:
    files = {f"docs/t{number}.md": TRACKER for number in range(12)}
    shuffled = dict(random.Random(3).sample(list(files.items()), len(files)))
    assert report_of(shuffled) == report_of(files) == report_of(files)


def test_a_crash_of_a_rule_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(next(rule for rule in RULES if rule.info.code == "ST002")):  # type: ignore[misc]
        def check(self, document: object, project: object) -> object:
            raise ZeroDivisionError

    monkeypatch.setattr(session, "RULES", (Broken,))
    with pytest.raises(ZeroDivisionError):
        report_of(FILES)


def test_watch_is_told_of_every_file_before_it_is_read() -> None:
    seen: list[str] = []
    check(MemoryTree(FILES), RunSettings(), seen.append)
    assert seen == ["README.md", "docs/tracker.md"]


def test_documents_come_as_they_are_read_and_the_rest_as_inputs() -> None:
    found = list(iter_documents(MemoryTree(FILES), RunSettings()))
    assert [(one.path, type(one)) for one in found] == [("README.md", Input), ("docs/tracker.md", Document)]


def test_a_named_document_is_shown_even_without_content() -> None:
    found = list(iter_documents(MemoryTree(FILES), RunSettings(("README.md",))))
    assert [type(one) for one in found] == [Document]


LARGE = "word " * 500_000
UNREAD = [
    ("a.md", LARGE, ["DC003"]),
    ("a.txt", LARGE, ["DC003"]),
    ("a.md", b"# caf\xe9\n", ["DC001"]),
    ("a.txt", b"caf\xe9\n", ["DC001"]),
    ("a.md", b"# a\n\0\0\0", ["DC004"]),
    ("a.txt", b"a\n\0\0\0", []),
    ("a.txt", b"Status\n\0\0\0", ["DC004"]),
    ("a.json", "[" + "1," * 1_100_000 + "1]", []),
    ("a.json", '["status",' + "1," * 1_100_000 + "1]", []),
    ("a.json", "{", []),
    ("a.yml", "a: [1\n", []),
    ("a.yml", "{{- if .Values.x }}\nstatus: [\n{{- end }}\n", []),
    ("a.yml", "aggregate: [\n", []),
    ("sprint-status.yml", "items:\n- status: [done\n", ["DC004"]),
    ("gate-evidence.json", '{"evidence": [', ["DC004"]),
    ("sprint-status.yml", "{% for x in y %}\nstatus: [\n", []),
    ("a.yml", "gate: " + "[" * 50_000, ["DC004"]),
    ("a.yml", "[" * 50_000, []),
    ("a.md", "x" * 200_000, []),
    ("a.md", "status " + "x" * 200_000, ["DC004"]),
]


@pytest.mark.parametrize(("path", "data", "wanted"), UNREAD, ids=lambda value: str(value)[:24])
def test_what_cannot_be_read_is_found_where_it_may_carry_status(
    path: str, data: str | bytes, wanted: list[str]
) -> None:
    report = report_of({path: data})
    assert codes(report) == wanted
    assert states(report) == {path: InputState.UNREADABLE}
    assert report.inputs[0].reason


def test_what_keeps_a_named_file_from_being_read_reaches_the_rules() -> None:
    (document,) = iter_documents(MemoryTree({"a.yml": "{{ x }}: [\n"}), RunSettings(("a.yml",)))
    assert isinstance(document, Document)
    assert [problem.kind for problem in document.problems] == [ProblemKind.MALFORMED_DATA]
    (entry,) = iter_documents(MemoryTree({"a.yml": "{{ x }}: [\n"}), RunSettings())
    assert isinstance(entry, Input)


@pytest.mark.parametrize("path", ["a.json", "a.txt", "a.md"])
def test_a_large_file_that_is_named_is_always_found(path: str) -> None:
    assert codes(report_of({path: LARGE}, path)) == ["DC003"]


def test_a_pattern_of_the_policy_names_a_file_too() -> None:
    policy = Policy(documents=(("*.json", DocumentKind.TRACKER),))
    assert codes(report_of({"a.json": LARGE}, policy=policy)) == ["DC003"]


def test_a_file_that_the_tree_cannot_read_is_found_and_accounted_for() -> None:
    class Denied(MemoryTree):
        def read(self, path: str, limit: int) -> bytes:
            return super().read("nowhere" if path == "a.md" else path, limit)

    report = check(Denied({"a.md": "x", "docs/tracker.md": TRACKER, "src/logout.py": "1\n"}), RunSettings())
    assert ("a.md", "DC004") in [(finding.location.path, finding.code) for finding in report.findings]
    assert states(report)["a.md"] is InputState.UNREADABLE


def test_links_and_ragged_rows_of_a_page_without_status_are_nobodys_concern() -> None:
    report = report_of({"a.md": "# Page\n\n[x](gone.md)\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n"})
    assert (codes(report), states(report)) == ([], {"a.md": InputState.SET_ASIDE})


def test_an_empty_tree_is_an_empty_report() -> None:
    report = report_of({})
    assert replace(report, rules=()) == Report(version="9.9")


def test_rules_learn_the_day_that_counts_as_today() -> None:
    files = {"docs/progress-log.md": "# Progress log\n\n## 2026-01-30\n\nSign-in.\n\n## 2026-03-01\n\nSign-out.\n"}
    late, in_time = (check(MemoryTree(files), RunSettings((), today, "9.9")) for today in ("2026-01-31", "2026-03-01"))
    assert [(one.code, one.location.start.line) for one in late.findings] == [("LG002", 7)]
    assert in_time.findings == ()


def test_who_says_what_is_told_when_asked_those_with_findings_first() -> None:
    files = {
        "docs/a.md": "# Board\n\n| ID | Item | Status |\n|---|---|---|\n| RX-1 | Main pump station | Done |\n| RX-2 | Valve | Queued |\n",
        "docs/b.md": "# Index\n\n| ID | Item | Status |\n|---|---|---|\n| RX-1 | Main pump station | Planned |\n| RX-2 | Valve | Queued |\n",
    }
    tree = MemoryTree(files)
    assert check(tree, RunSettings(version="1")).disagreements is None
    report = check(tree, RunSettings(version="1", with_disagreements=True))
    assert report.disagreements is not None
    (one,) = report.disagreements
    assert one.subject == "RX-1"
    assert one.codes == ("ST004",)
    assert [(saying.location.path, saying.raw) for saying in one.sayings] == [
        ("docs/a.md", "Done"),
        ("docs/b.md", "Planned"),
    ]
