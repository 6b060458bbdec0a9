"""Boards: a small one with every state, one with hostile words, one of ten thousand items."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from gatekeeper.model.claim import ClaimVerdict
from gatekeeper.model.exception.waiver import Standing, Waiver, WaiverUse
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.gate.verdict import Action, Demand, Gate, GateState, Requirement, Turn
from gatekeeper.model.report import Change, Disagreement, Input, InputState, PolicySource, Report, Saying
from gatekeeper.model.status import Status
from gatekeeper.model.text import Position
from gatekeeper.model.view.board import Board, ClaimView, ItemView, Point, Proof, ProofState
from gatekeeper.render.board.links import Links

COMMIT = Change("3f0bccc5821773d5e62be0342e1f3b3edc066b11", "2026-03-01")
REVISION = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='",
    "javascript:alert(1)",
    "[a](javascript:alert(1)) ![b](http://evil.example/x.png)",
    "</style><style>body{display:none}</style></script><!-- --><![CDATA[",
    "a\u202ecod.exe\u2066 z\u200b",
    "{{ 7 * 7 }}{% raw %}",
    "| `x` | @everyone #1 &lt;b&gt; <!-- ",
    "\x1b[2J\r\n::error::x",
    "W" * 10_000,
)


def at(path: str, line: int, column: int = 1) -> Location:
    return Location(path, Position(line, column), Position(line, column))


def item(line: int, name: str, title: str, raw: str, status: Status, **more: object) -> ItemView:
    return ItemView(at("docs/tracker.md", line), name, "task", title, raw, status, **more)  # type: ignore[arg-type]


@pytest.fixture
def board() -> Board:
    """Three gates, items and evidence in every state, and one of everything else."""
    proofs = tuple(
        Proof(
            f"runs/{state.value}.txt", state, f"runs/{state.value}.txt" if state is ProofState.FOUND else "", 8, COMMIT
        )
        for state in ProofState
    )
    many = tuple(
        Proof(f"runs/very/long/path/of/run-{number:03}.json", ProofState.FOUND, "", 9) for number in range(200)
    )
    items = (
        item(7, "01", "Hull", "Done", Status.DONE, unit="Sprint 1", gate="Launch gate", owner="Ada", changed=COMMIT),
        item(
            8,
            "02",
            "Rigging",
            "Nearly",
            Status.PARTIAL,
            unit="Sprint 1",
            gate="Launch gate",
            evidence=proofs,
            codes=("EV001",),
        ),
        item(9, "03", "Sails 帆", "IN PROGRESS", Status.IN_PROGRESS, unit="Sprint 2", gate="Sea gate", evidence=many),
        item(12, "", "Name the boat", "", Status.UNKNOWN, unit="Sprint 2"),
    )
    lacking = Requirement(
        "items",
        Demand.ITEMS,
        "items done",
        GateState.UNMET,
        "1 of 2 items is not done",
        (at("docs/tracker.md", 8, 3), at("docs/other.md", 2)),
        (Action("finish item 02", at("docs/tracker.md", 8), "Ada", "make rig"),),
    )
    held = Requirement(
        "evidence", Demand.EVIDENCE, "evidence found", GateState.MET, "all of it is there", until="2026-12-01"
    )
    unknown = Requirement("approval", Demand.APPROVAL, "sign-off", GateState.UNKNOWN, "nobody is named")
    turn = Turn("2026-12-02", GateState.UNMET, "the log of the last run is older than 30 days")
    said = Saying(at("docs/gates.md", 4), "harbor master", "Go", Status.DONE, COMMIT)
    gates = (
        Gate("Launch gate", GateState.UNMET, "Sprint 1", ("Slipway gate",), "Ada", (lacking, held, unknown), (said,)),
        Gate("Sea gate", GateState.MET, "Sprint 2", requirements=(held,), turn=turn),
        Gate("Port gate", GateState.UNKNOWN),
    )
    finding = Finding(
        "EV001",
        "evidence-target-missing",
        Severity.ERROR,
        "evidence `runs/missing.txt` is not there",
        at("docs/tracker.md", 8),
    )
    waiver = Waiver(
        "EV004", at("waivers.yml", 3), "moved to sprint 7", "2026-12-24", "Kim", path="docs/**", ticket="T-1"
    )
    points = tuple(
        Point(
            f"{number:040x}",
            f"2026-03-{number + 1:02}",
            ((GateState.MET, number // 4), (GateState.UNMET, 3)),
            4,
            number // 3,
            9 - number,
            2,
        )
        for number in range(8)
    )
    disagreement = Disagreement(
        "Sprint 2",
        (said, Saying(at("docs/log.md", 40), "", "Planned", Status.QUEUED)),
        ("ST004",),
    )
    return Board(
        report=Report(
            "1.2.3",
            findings=(finding,),
            inputs=(Input("docs/tracker.md", InputState.PARSED, "", "tracker", "ab" * 32, 4),),
            policy_sha256="99" * 32,
            policy_sources=(PolicySource(".gatekeeper.yml", "99" * 32),),
            revision=REVISION,
            disagreements=(disagreement,),
            waivers=(WaiverUse(waiver, Standing.IN_FORCE, (finding,), 33),),
        ),
        gates=gates,
        items=items,
        claims=(
            ClaimView(at("docs/log.md", 5, 9), "7/11 passing", ClaimVerdict.REFUTED, "docs/runs.md:3"),
            ClaimView(at("docs/log.md", 6), "ALL COMPLETE", ClaimVerdict.ASSERTED),
            ClaimView(at("docs/log.md", 7), "3 files", ClaimVerdict.VERIFIED, "docs/list.md"),
        ),
        trend=points,
        today="2026-11-21",
        title="harbor/boat",
    )


def hostile_board() -> Board:
    """A board in which a document, an owner and a path said each hostile word."""
    views, claims, gates = [], [], []
    for line, word in enumerate(HOSTILE, 1):
        place = Location(f"docs/{word}.md", Position(line, 1), Position(line, 1))
        proof = Proof(word, ProofState.MISSING, word, line)
        views.append(
            ItemView(place, word, "task", word, word, Status.DONE, word, word, word, (proof,) * 5, COMMIT, ("EV001",))
        )
        claims.append(ClaimView(place, word, ClaimVerdict.REFUTED, word))
        need = Requirement(
            word, Demand.ITEMS, word, GateState.UNMET, word, (place,), (Action(word, place, word, word),)
        )
        gates.append(
            Gate(word, GateState.UNMET, word, (word,), word, (need,), (Saying(place, word, word, Status.DONE),))
        )
    finding = Finding("EV001", "evidence-target-missing", Severity.ERROR, HOSTILE[0], views[0].location)
    report = Report("1", findings=(finding,), inputs=(Input("a.md", InputState.PARSED),), revision=REVISION)
    return Board(report, tuple(gates), tuple(views), tuple(claims), today="2026-11-21", title=HOSTILE[0])


@pytest.fixture
def hostile() -> Board:
    return hostile_board()


@pytest.fixture(scope="session")
def large() -> Board:
    """Ten thousand items, as the benchmark has them."""
    path = Path(__file__).resolve().parents[3] / "benchmarks" / "dashboard.py"
    spec = importlib.util.spec_from_file_location("dashboard_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    board: Board = module.large_board(10_000)
    return board


@pytest.fixture
def hostile_words() -> tuple[str, ...]:
    return HOSTILE


@pytest.fixture
def links() -> Links:
    return Links("https://git.example/boat/blob/{commit}/{path}#L{line}", REVISION)
