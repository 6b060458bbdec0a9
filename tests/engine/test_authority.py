"""The policy says whose word weighs more, and who may differ."""

from __future__ import annotations

import pytest

from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.errors import ConfigError
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree

ROW = "| Epic | Scope | Status |\n|---|---|---|\n| F2-E1 | Sign-in | {} |\n"


def found(policy: Policy, **statuses: str) -> list[Finding]:
    files = {f"{name}/board.md": ROW.format(status) for name, status in statuses.items()}
    report = check(MemoryTree(files), RunSettings(policy=policy))
    return [finding for finding in report.findings if finding.code in ("ST004", "ST019")]


def places(findings: list[Finding]) -> list[tuple[str, Severity]]:
    return [(finding.location.path, finding.severity) for finding in findings]


def test_the_finding_stands_at_the_document_that_is_no_authority() -> None:
    (finding,) = found(Policy(authority=("a/",)), a="Done", b="In Progress")
    assert (finding.location.path, finding.severity) == ("b/board.md", Severity.ERROR)
    assert finding.message == (
        "`F2-E1` is `In Progress` here, but `Done` in a/board.md:3, which is the authority here (.gatekeeper.yml)"
    )
    assert places(found(Policy(authority=("b/",)), a="Done", b="In Progress")) == [("a/board.md", Severity.ERROR)]


def test_the_first_authority_wins_and_equals_are_as_without_one() -> None:
    assert places(found(Policy(authority=("b/", "*/board.md")), a="Done", b="Queued")) == [
        ("a/board.md", Severity.ERROR)
    ]
    without, alike = (found(Policy(authority=globs), a="Done", b="Cancelled") for globs in ((), ("*/board.md",)))
    assert places(without) == places(alike) == [("a/board.md", Severity.WARNING)]


def test_lanes_differ_by_right() -> None:
    assert found(Policy(lanes=("a/", "b/")), a="Done", b="Queued") == []
    assert len(found(Policy(lanes=("a/",)), a="Done", b="Queued")) == 1


def test_lanes_of_two_roles_are_not_even_noted() -> None:
    files = {f"roles/{role}-engineer/board.md": ROW.format(status) for role, status in (("a", "Done"), ("b", "Queued"))}
    for lanes, codes in (((), ["ST019"]), (("roles/",), [])):
        report = check(MemoryTree(files), RunSettings(policy=Policy(lanes=lanes)))
        assert [finding.code for finding in report.findings if finding.code.startswith("ST")] == codes


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError):
        found(Policy(authority=("a[",), lanes=("!",)), a="Done", b="Queued")
