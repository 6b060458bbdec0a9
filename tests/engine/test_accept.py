"""Waivers and the baseline, counted in: nothing is lost, no order matters, and a baseline accepts what it was made of."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.engine.accept import apply_baseline, apply_waivers, baseline_of, growth_of
from gatekeeper.engine.scope import Places
from gatekeeper.engine.settle import settle
from gatekeeper.engine.shrink import plan_baseline
from gatekeeper.model.exception.waiver import Baseline, Standing, Waiver, WaiverLaw, WaiverUse
from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.report import Report
from gatekeeper.model.text import Position

TODAY = "2026-06-15"
NOWHERE = Places([])


def finding(code: str = "EV001", path: str = "a.md", line: int = 1, row: str = "row", subject: str = "x") -> Finding:
    # One line of a document has one text; lines that differ in line numbers alone are equal.
    place = Location(path, Position(line, 1), Position(line, 2), row or f"row {line % 2}:{line}")
    return Finding(code, "name", Severity.ERROR, f"message of {subject}", place, subject=subject)


def waiver(
    code: str = "EV001", path: str = "*.md", expires: str = "2026-12-01", line: int = 1, **more: object
) -> Waiver:
    return Waiver(code, Location.whole(f"w{line}.yml"), "why", expires, "kim", path=path, **more)  # type: ignore[arg-type]


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(["EV001", "ST003", "WV001"]),
        st.sampled_from(["a.md", "b.md", "docs/c.md"]),
        st.integers(1, 5),
        st.just(""),
        st.sampled_from("xy"),
    ),
    max_size=12,
)
WAIVERS = st.lists(
    st.builds(
        waiver,
        st.sampled_from(["EV001", "ST003", "WV001"]),
        st.sampled_from(["*.md", "docs/", "b.md"]),
        st.sampled_from(["2026-06-14", "2026-06-15", "2026-09-01", "", "2036-01-01"]),
        st.integers(1, 3),
        lines=st.none() | st.tuples(st.integers(1, 3), st.integers(3, 5)),
    ),
    max_size=6,
)


def uses(waivers: list[Waiver]) -> list[WaiverUse]:
    return [WaiverUse(one, Standing.IN_FORCE) for one in waivers]


def bare(findings: tuple[Finding, ...]) -> list[Finding]:
    return [replace(one, disposition=Disposition.ACTIVE, waiver=None) for one in findings]


@given(FINDINGS, WAIVERS, FINDINGS)
def test_no_exception_ever_loses_or_changes_a_finding(
    found: list[Finding], waivers: list[Waiver], accepted: list[Finding]
) -> None:
    settled = settle(found)
    waived, _ = apply_waivers(settled, uses(waivers), NOWHERE, WaiverLaw(), TODAY)
    based, _ = apply_baseline(waived, baseline_of(settle(accepted), "b.json"), {})
    assert bare(based) == list(settled)


@given(FINDINGS, WAIVERS, st.randoms())
def test_the_order_of_waivers_and_findings_does_not_matter(
    found: list[Finding], waivers: list[Waiver], chance: random.Random
) -> None:
    once = apply_waivers(settle(found), uses(waivers), NOWHERE, WaiverLaw(), TODAY)
    shuffled = uses(chance.sample(waivers, len(waivers)))
    again = apply_waivers(settle(chance.sample(found, len(found))), shuffled, NOWHERE, WaiverLaw(), TODAY)
    assert again == once


@given(FINDINGS, WAIVERS)
def test_only_a_waiver_that_holds_waives(found: list[Finding], waivers: list[Waiver]) -> None:
    settled, known = apply_waivers(settle(found), uses(waivers), NOWHERE, WaiverLaw(), TODAY)
    held = {id(one) for use in known if use.standing is Standing.IN_FORCE for one in use.covers}
    assert held == {id(one) for one in settled if one.disposition is Disposition.WAIVED}
    for one in settled:
        assert (one.waiver is not None) == (one.disposition is Disposition.WAIVED)
        assert one.waiver is None or one.waiver.until >= TODAY
        assert one.code != "WV001" or one.disposition is Disposition.ACTIVE


@given(FINDINGS, FINDINGS)
def test_the_baseline_of_a_report_makes_that_report_pass_and_only_it(
    found: list[Finding], others: list[Finding]
) -> None:
    can = settle(one for one in found if one.code != "WV001")
    baseline = baseline_of(can, "b.json")
    passed, stale = apply_baseline(can, baseline, {})
    assert stale == ()
    assert all(one.disposition is Disposition.BASELINED for one in passed)
    other = settle(one for one in others if one.code != "WV001")
    judged, stale = apply_baseline(other, baseline, {})
    passes = all(one.disposition is Disposition.BASELINED for one in judged)
    same = {(entry.fingerprint, entry.count) for entry in baseline_of(other, "b.json").entries}
    known = {(entry.fingerprint, entry.count) for entry in baseline.entries}
    assert (passes and not stale) == (same == known)
    assert passes == (not growth_of(baseline, baseline_of(other, "b.json")))


@given(FINDINGS, st.integers(1, 100))
def test_lines_above_change_nothing(found: list[Finding], shift: int) -> None:
    settled = settle(found)
    moved = [
        replace(one, location=replace(one.location, start=Position(one.location.start.line + shift, 1)))
        for one in found
    ]
    assert baseline_of(settle(moved), "b.json") == baseline_of(settled, "b.json")


def test_a_second_equal_fault_is_still_reported() -> None:
    baseline = baseline_of(settle([finding()]), "b.json")
    twice, _ = apply_baseline(settle([finding(), finding(line=9)]), baseline, {})
    assert [one.disposition for one in twice] == [Disposition.BASELINED, Disposition.ACTIVE]


def test_a_waived_finding_uses_up_nothing_of_the_baseline() -> None:
    found = settle([finding(), finding(line=9)])
    baseline = baseline_of(settle([finding()]), "b.json")
    inline = waiver(path="a.md", lines=(1, 1))
    waived, _ = apply_waivers(found, uses([inline]), NOWHERE, WaiverLaw(), TODAY)
    both, stale = apply_baseline(waived, baseline, {})
    assert [one.disposition for one in both] == [Disposition.WAIVED, Disposition.BASELINED]
    assert stale == ()


def test_findings_about_exceptions_and_law_are_never_accepted() -> None:
    assert baseline_of([finding("WV001"), finding("PO003")], "b.json").entries == ()


def test_of_several_that_hold_the_one_that_ends_last_is_named() -> None:
    early, late = waiver(expires="2026-07-01"), waiver(expires="2026-08-01", line=2)
    (one,), known = apply_waivers(settle([finding()]), uses([early, late]), NOWHERE, WaiverLaw(), TODAY)
    assert one.waiver is not None
    assert one.waiver.until == "2026-08-01"
    assert [len(use.covers) for use in known] == [1, 1]


def test_without_a_today_nothing_has_ended() -> None:
    _, (known,) = apply_waivers((), uses([waiver(expires="2020-01-01")]), NOWHERE, WaiverLaw(), "")
    assert (known.standing, known.days_left) == (Standing.IN_FORCE, None)


def report(*findings: Finding) -> Report:
    return Report("1", findings=findings)


def test_a_baseline_can_only_shrink_unless_more_is_asked_for() -> None:
    old, new = settle([finding(), finding(subject="y")])
    held = baseline_of([old], "b.json")
    seen = report(replace(old, disposition=Disposition.BASELINED), new)
    plan = plan_baseline(seen, held, accept_new=False, prune=False)
    assert (plan.baseline, plan.refused, plan.added) == (held, 1, 0)
    plan = plan_baseline(seen, held, accept_new=True, prune=False)
    assert (len(plan.baseline.entries), plan.refused, plan.added) == (2, 0, 1)


def test_what_is_stale_stays_until_it_is_pruned() -> None:
    old, gone = settle([finding(), finding(subject="y")])
    held = baseline_of([old, gone], "b.json")
    seen = report(replace(old, disposition=Disposition.BASELINED))
    plan = plan_baseline(seen, held, accept_new=False, prune=False)
    assert (plan.baseline, plan.stale, plan.dropped) == (held, 1, 0)
    plan = plan_baseline(seen, held, accept_new=False, prune=True)
    assert (plan.baseline, plan.stale, plan.dropped) == (baseline_of([old], "b.json"), 0, 1)


def test_growth_counts_what_is_accepted_beyond_the_other() -> None:
    one, two = settle([finding(), finding(line=9)])
    less, more = baseline_of([one], "b.json"), baseline_of([one, two], "b.json")
    assert [entry.count for entry in growth_of(less, more)] == [1]
    assert growth_of(more, less) == growth_of(more, more) == ()
    assert growth_of(Baseline(), more) == more.entries


def test_many_waivers_and_findings_take_no_square_time() -> None:
    found = settle([finding(line=line, subject=str(line)) for line in range(1, 4001)])
    inline = [waiver(path="a.md", line=line, lines=(line, line)) for line in range(1, 4001)]
    begin = time.perf_counter()
    settled, _ = apply_waivers(found, uses(inline), NOWHERE, WaiverLaw(), TODAY)
    assert time.perf_counter() - begin < 2
    assert all(one.disposition is Disposition.WAIVED for one in settled)
