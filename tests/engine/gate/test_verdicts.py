"""What documents, law, findings, exceptions and the calendar make of gates."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from gating import GOOD, LAW, gate_of, gates_of

from gatekeeper.engine.gate.names import named
from gatekeeper.engine.law import read_policy
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.gate.verdict import Demand, GateState, verdict_of

MET, UNMET, WAIVED, UNKNOWN = GateState.MET, GateState.UNMET, GateState.WAIVED, GateState.UNKNOWN


def law(requires: str, head: str = "") -> dict[str, str]:
    return {LAW: f"gates:\n  Launch:\n{head}    requires:\n      {requires}\n", "docs/plan.md": PLAN}


PLAN = "# Plan\n\n| ID | Task | Status |\n|---|---|---|\n| LNC-1 | Fuel | Done |\n| LNC-2 | Crew | Queued |\n"


@pytest.mark.parametrize(
    ("states", "verdict"),
    [
        ((), UNKNOWN),
        ((MET,), MET),
        ((MET, WAIVED), WAIVED),
        ((WAIVED, UNKNOWN), UNKNOWN),
        ((MET, UNKNOWN, UNMET, WAIVED), UNMET),
    ],
)
def test_a_verdict_is_that_of_the_worst_requirement(states: tuple[GateState, ...], verdict: GateState) -> None:
    assert verdict_of(states) is verdict


def test_gates_of_units_come_in_the_order_of_their_numbers_whatever_documents_do() -> None:
    rows = [(11, "Sail gate"), (2, "CI/CD gate"), (0, "Keel gate"), (7, "AI quality gate")]
    head = "| Sprint | Gate | Status |\n|---|---|---|\n"
    table = "".join(f"| {number:02} | {name} | Queued |\n" for number, name in rows)
    found = gates_of({"docs/plan.md": f"# Plan\n\n{head}{table}"})
    assert [(gate.name, gate.unit) for gate in found] == [
        ("Keel gate", "Sprint 0"),
        ("CI/CD gate", "Sprint 2"),
        ("AI quality gate", "Sprint 7"),
        ("Sail gate", "Sprint 11"),
    ]


def test_a_gate_with_two_names_is_one() -> None:
    first = "| Sprint | Gate | Status |\n|---|---|---|\n| 1 | Keel gate | Done |\n| 2 | Mast gate | Queued |\n"
    files = {"docs/a.md": first, "docs/b.md": first, "docs/c.md": first.replace("Mast gate", "Rigging gate")}
    keel, mast = gates_of(files)
    assert (mast.name, mast.aliases) == ("Mast gate", ("Rigging gate",))
    assert {place.path for place in mast.places} == set(files)
    assert keel.aliases == ()


def test_a_gate_that_several_units_share_is_one_with_the_items_of_all() -> None:
    head = "# Plan\n\n| Sprint | Gate | Status | Evidence |\n|---|---|---|---|\n"
    rows = "| 1 | Build gate | Done | `a.txt` |\n| 2 | Launch gate | Queued | |\n| 3 | Build gate | Queued | |\n"
    build, launch = sorted(gates_of({"docs/plan.md": head + rows, "a.txt": "it stands\n"}), key=lambda gate: gate.name)
    assert (build.name, build.unit, build.state) == ("Build gate", "", UNMET)
    assert (launch.name, launch.unit) == ("Launch gate", "Sprint 2")
    assert "1 of 2 items" in build.requirements[0].reason
    done = rows.replace("| 3 | Build gate | Queued |", "| 3 | Build gate | Done |")
    (build, _) = sorted(gates_of({"docs/plan.md": head + done, "a.txt": "it stands\n"}), key=lambda gate: gate.name)
    assert build.requirements[0].state is MET


def test_what_only_its_own_word_calls_passed_is_unknown() -> None:
    text = (
        "# Gates\n\n## Gate 1: Keel\n\n**Status:** Passed\n\n## Gate 2: Mast\n\n**Status:** Passed\n\n- [x] It stands\n"
    )
    one, two = gates_of({"docs/gates.md": text})
    assert (one.state, two.state) == (UNKNOWN, MET)
    assert [saying.raw for saying in one.decisions] == ["Passed"]


def test_a_citation_that_is_doubted_is_no_proof() -> None:
    board = "| Sprint | Gate | Status | Evidence |\n|---|---|---|---|\n| 1 | Keel gate | Done | `docs/list.md` |\n"
    files = {
        "docs/board.md": board,
        "docs/list.md": "# List\n\n- [ ] Keel laid\n- [ ] Keel bolted\n- [ ] Keel painted\n",
    }
    gate = gate_of(files, "Keel gate")
    assert gate.state is UNMET
    assert [one.demand for one in gate.requirements if one.state is UNMET] == [Demand.EVIDENCE]
    assert gate_of({**files, "docs/list.md": files["docs/list.md"].replace("[ ]", "[x]")}, "Keel gate").state is MET


@pytest.mark.parametrize(
    ("requires", "files", "state"),
    [
        ("items: [LNC-1]", {}, MET),
        ("items: [LNC-1, LNC-2]", {}, UNMET),
        ("items: [{id: '^LNC-1$'}]", {}, MET),
        ("items: [{path: docs/plan.md}]", {}, UNMET),
        ("evidence: true", {}, UNMET),
        ("packs: [docs/pack.md]", {"docs/pack.md": "# Pack\n\n- Owner: Ida\n"}, MET),
        ("packs: [docs/pack.md]", {"docs/pack.md": "# Pack\n\n- Owner:\n"}, UNMET),
        (
            "packs: ['docs/*-pack.md']",
            {"docs/a-pack.md": "# A\n\nAll.\n", "docs/b-pack.md": "# B\n\n- Owner:\n"},
            UNMET,
        ),
        ("packs: [{path: docs/pack.md, sections: [Risks]}]", {"docs/pack.md": "# Pack\n\n## 2. Risks\n\nNone.\n"}, MET),
        ("packs: [{path: docs/pack.md, sections: [Risks]}]", {"docs/pack.md": "# Pack\n\nAll.\n"}, UNMET),
        ("packs: [{path: docs/pack.md, sign-offs: true}]", {"docs/pack.md": "# Pack\n\nAll.\n"}, UNMET),
        (
            "criteria: ['docs/exit.md#exit']",
            {"docs/exit.md": "# Page\n\n## Exit\n\n- [x] a\n\n## Later\n\n- [ ] b\n"},
            MET,
        ),
        ("criteria: [docs/exit.md]", {"docs/exit.md": "# Page\n\n## Exit\n\n- [x] a\n\n## Later\n\n- [ ] b\n"}, UNMET),
        ("criteria: [docs/exit.md]", {"docs/exit.md": "# Page\n\n- a\n"}, UNKNOWN),
        ("findings: {errors: 0}", {}, MET),
        (
            "findings: {errors: 0}",
            {"docs/t.md": "| ID | Status | Evidence |\n|---|---|---|\n| TT-1 | Done | `docs/no.md` |\n"},
            UNMET,
        ),
        (
            "findings: {errors: 1}",
            {"docs/t.md": "| ID | Status | Evidence |\n|---|---|---|\n| TT-1 | Done | `docs/no.md` |\n"},
            MET,
        ),
        (
            "findings: {paths: [src/]}",
            {"docs/t.md": "| ID | Status | Evidence |\n|---|---|---|\n| TT-1 | Done | `docs/no.md` |\n"},
            MET,
        ),
        ("approvals: [{role: pilot, in: docs/s.md}]", {"docs/s.md": "# S\n\nApproved by: Pilot Ida\n"}, MET),
        ("approvals: [{role: pilot, in: docs/s.md}]", {"docs/s.md": "# S\n\nApproved by:\n"}, UNMET),
        ("artifacts: [r.xml]", {"r.xml": GOOD}, MET),
        ("artifacts: [{path: r.xml, failures: 0, max-age-days: 1}]", {"r.xml": GOOD}, MET),
        ("artifacts: [{path: r.xml, max-age-days: 0}]", {"r.xml": GOOD}, UNMET),
        ("artifacts: [{path: r.xml, max-age-days: 9}]", {"r.xml": "<testsuite tests='1'/>"}, UNMET),
        ("artifacts: [{path: r.xml, same-commit: true}]", {"r.xml": GOOD}, UNMET),
        ("artifacts: [{path: r.xml, coverage: 80}]", {"r.xml": '<coverage line-rate="0.81"/>'}, MET),
        ("artifacts: [{path: r.xml, coverage: 82}]", {"r.xml": '<coverage line-rate="0.81"/>'}, UNMET),
        ("artifacts: [{path: r.info, coverage: 50}]", {"r.info": "LF:4\nLH:2\n"}, MET),
        (
            "artifacts: [{path: r.sarif, results: 0}]",
            {"r.sarif": '{"version": "2.1.0", "runs": [{"results": [{}]}]}'},
            UNMET,
        ),
        ("artifacts: [{path: r.json, values: {a.b: 7}}]", {"r.json": '{"a": {"b": 7}}'}, MET),
        ("artifacts: [{path: r.json, values: {a.b: 8}}]", {"r.json": '{"a": {"b": 7}}'}, UNMET),
        ("artifacts: [{path: r.xml, failures: 0}]", {"r.xml": "<testsuite"}, UNMET),
    ],
)
def test_a_requirement_of_the_law_is_held(requires: str, files: dict[str, str], state: GateState) -> None:
    gate = gate_of({**law(requires), **files}, "Launch")
    assert gate.state is state, gate.requirements
    assert all(one.where.startswith(f"{LAW}:4:") for one in gate.requirements if one.where)
    assert all(one.actions for one in gate.requirements if one.state in (UNMET, UNKNOWN))


@pytest.mark.parametrize(
    ("requires", "message", "hint", "column"),
    [
        ("items: [LNC-3]", 'no document has an item or a unit "LNC-3"', 'did you mean "LNC-1"?', 15),
        ("items: [{id: '^X$'}]", "the selector selects no item of any document", "see `gatekeeper parse`", 15),
        ("packs: [docs/plen.md]", '"docs/plen.md" is not tracked', 'did you mean "docs/plan.md"?', 15),
        ("packs: ['no/*.md']", '"no/*.md" matches no tracked file', "", 15),
        ("criteria: ['docs/plan.md#exit']", 'there is no heading "exit" in docs/plan.md', "", 18),
        ("contracts: [tariff]", 'there is no contract "tariff"', "name one of the section `contracts`", 19),
        ("approvals: [{role: a, in: docs/nope.md}]", '"docs/nope.md" is not tracked', "", 19),
        (
            "artifacts: [r.xml]",
            '"r.xml" is neither tracked nor named by .gitignore as something that a run makes',
            "",
            19,
        ),
    ],
)
def test_what_does_not_exist_is_an_error_of_the_policy_at_its_place(
    requires: str, message: str, hint: str, column: int
) -> None:
    with pytest.raises(PolicyError) as error:
        gates_of(law(requires))
    assert (error.value.message, error.value.where) == (message, f"{LAW}:4:{column}")
    assert hint in error.value.hint


def test_a_gate_that_no_document_has_and_that_asks_for_nothing_is_an_error() -> None:
    files = {
        LAW: "gates:\n  Keel gat: {owner: Ida}\n",
        "docs/p.md": "| Sprint | Gate |\n|---|---|\n| 1 | Keel gate |\n",
    }
    with pytest.raises(PolicyError, match="no document has a gate") as error:
        gates_of(files)
    assert (error.value.where, error.value.hint) == (f"{LAW}:2:3", 'did you mean "Keel gate"?')
    with pytest.raises(PolicyError, match='no document has a unit of work "Sprint 9"'):
        gates_of({**law("items: [LNC-1]", "    unit: Sprint 9\n")})


def test_a_gate_of_the_law_keeps_what_documents_bring_of_other_kinds() -> None:
    board = "| Sprint | Gate | Status | Evidence |\n|---|---|---|---|\n| 1 | Keel gate | Queued | `docs/no.txt` |\n"
    files = {LAW: "gates:\n  Keel:\n    aliases: [Keel gate]\n    requires: {items: [LNC-1]}\n"}
    gate = gate_of({**files, "docs/plan.md": PLAN, "docs/board.md": board}, "Keel")
    assert [(one.name, one.state) for one in gate.requirements] == [
        ("items", MET),
        ("evidence", UNMET),
        ("findings", MET),
    ]
    assert gate.aliases == ("Keel gate",)


def test_two_gates_of_one_name_are_refused() -> None:
    with pytest.raises(PolicyError, match='"keel" is also a name of the gate "Keel"'):
        read_policy(LAW, b"gates:\n  Keel: {}\n  Mast: {aliases: [keel]}\n")


def test_a_report_that_grows_old_turns_its_gate_on_a_day() -> None:
    files = {**law("artifacts: [{path: r.xml, max-age-days: 30}]"), "r.xml": GOOD}
    gate = gate_of(files, "Launch", "2026-06-20")
    assert gate.turn is not None
    assert (gate.state, gate.turn.day, gate.turn.state) == (MET, "2026-07-15", UNMET)
    assert gate_of(files, "Launch", "2026-07-14").state is MET
    assert gate_of(files, "Launch", "2026-07-15").state is UNMET
    assert gate_of(files, "Launch", "2026-07-15").turn is None


WAIVED_GATE = {
    LAW: "gates:\n  Gate 2:\n    requires: {items: [LNC-2]}\n",
    "docs/plan.md": PLAN,
    "docs/gates.md": "# Gates\n\n## Gate 2: Mast\n\n**Status:** Passed\n",
}


def waiver(rule: str, scope: str) -> dict[str, str]:
    return {
        "waivers.yml": f"waivers:\n  - {{rule: {rule}, {scope}, owner: Ida, reason: agreed, expires: 2026-07-01}}\n"
    }


def test_a_waiver_for_the_gate_waives_it_until_it_ends() -> None:
    files = {**WAIVED_GATE, **waiver("GA011", "gate: Gate 2")}
    gate = gate_of(files, "Gate 2")
    assert (gate.state, gate.turn.day if gate.turn else "") == (WAIVED, "2026-07-02")
    assert "waived by Ida until 2026-07-01, 16 days left" in gate.requirements[0].reason
    assert gate_of(files, "Gate 2", "2026-07-02").state is UNMET
    assert gate_of({**WAIVED_GATE, **waiver("GA011", "gate: Gate 3")}, "Gate 2").state is UNMET


def test_a_waiver_of_the_finding_at_the_place_waives_what_it_keeps_from_being_met() -> None:
    board = "| Sprint | Gate | Status | Evidence |\n|---|---|---|---|\n| 1 | Keel gate | Done | `docs/no.txt` |\n"
    files = {"docs/board.md": board, **waiver("EV001", "path: docs/board.md")}
    gate = gate_of(files, "Keel gate")
    assert [(one.name, one.state) for one in gate.requirements] == [
        ("items", MET),
        ("evidence", WAIVED),
        ("findings", WAIVED),
    ]
    assert gate_of({"docs/board.md": board}, "Keel gate").state is UNMET


def test_waived_findings_count_as_long_as_there_is_room() -> None:
    rows = "".join(f"| TT-{number} | Done | `docs/no-{number}.md` |\n" for number in (1, 2))
    table = f"| ID | Status | Evidence |\n|---|---|---|\n{rows}"
    files = {**law("findings: {errors: 1}"), "docs/t.md": table, **waiver("EV001", "item: TT-1")}
    gate = gate_of(files, "Launch")
    assert (gate.state, gate.turn.day if gate.turn else "") == (WAIVED, "2026-07-02")


def test_a_gate_is_found_by_name_alias_and_unit_and_a_wrong_name_leads_to_a_near_one() -> None:
    gates = gates_of({"docs/p.md": "| Sprint | Gate | Status |\n|---|---|---|\n| 1 | Keel gate | Queued |\n"})
    assert named(gates, "keel  GATE")[0] == named(gates, "sprint 1")[0] == gates
    assert named(gates, "Keel gat") == ((), "Keel gate")
    assert named(gates, "zzz") == ((), "")
    assert named(gates, " ") == ((), "")


def test_a_form_speaks_of_no_gate() -> None:
    form = "# Gate evidence template\n\nSprint:\nGate:\nOwner:\nDate:\nStatus:\n"
    assert gates_of({"docs/form.md": form}) == ()
    assert gates_of({"docs/x.md": "# Notes\n\nNothing.\n"}) == ()
