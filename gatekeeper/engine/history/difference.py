"""What is otherwise between two trees under one law: items, evidence, gates, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from gatekeeper.engine.gate.verdicts import find_gates
from gatekeeper.engine.history.query import folded
from gatekeeper.engine.history.versions import Listed, Version, find_renames, pair_items, version_of
from gatekeeper.engine.session import RunSettings, survey
from gatekeeper.engine.settle import parts_of
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.model.gate.verdict import Gate
from gatekeeper.model.project import EvidenceFact, EvidenceState, Project, Tree
from gatekeeper.model.status import Status
from gatekeeper.model.view.history import Difference, GateMove, ItemMove, ProofMove

Watch = Callable[[str], None]

_TELLING = frozenset(EvidenceState) - {EvidenceState.UNCHECKED, EvidenceState.OUTSIDE}


class Side(Struct, frozen=True):
    """One of the two trees.

    Attributes:
        name: as the user named it; "" for the work tree.
        commit: whole id in hex; None for the work tree.
    """

    name: str
    commit: str | None
    tree: Tree


class _Seen(Struct, frozen=True):
    """What a run found in one of the trees.

    Attributes:
        findings: the active ones.
        accepted: those that a waiver or the baseline accepts.
    """

    project: Project
    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    gates: tuple[Gate, ...]
    documents: Mapping[str, Document]


def find_difference(base: Side, head: Side, settings: RunSettings, watch: Watch = lambda path: None) -> Difference:
    """What the head has otherwise than the base; both are read and judged under the law and the day of these settings.

    Raises:
        GatekeeperError: see `session.check`.
    """
    before, after = (_see(side.tree, settings, watch) for side in (base, head))
    names = _renamed(before.documents, after.documents)
    pairs = _pairs(before.documents, after.documents, names)
    return Difference(
        base=base.name,
        head=head.name,
        base_commit=base.commit or "",
        head_commit=head.commit,
        items=tuple(sorted(_item_moves(pairs), key=lambda move: (move.path, move.line, move.subject))),
        proofs=tuple(sorted(_proof_moves(pairs, before, after), key=lambda move: (move.path, move.line, move.target))),
        gates=tuple(_gate_moves(before.gates, after.gates)),
        new=_only(after.findings, before.findings, {}, names),
        # What the head's baseline or a waiver came to accept is not mended.
        mended=_only(before.findings, (*after.findings, *after.accepted), names, {}),
    )


def _see(tree: Tree, settings: RunSettings, watch: Watch) -> _Seen:
    report, project, settlement = survey(tree, settings, watch)
    gates = find_gates(project, settlement, settings.policy, tree, settings.today)
    active = tuple(one for one in report.findings if one.disposition is Disposition.ACTIVE)
    accepted = tuple(one for one in report.findings if one.disposition is not Disposition.ACTIVE)
    return _Seen(project, active, accepted, gates, {document.path: document for document in project.documents})


def _renamed(before: Mapping[str, Document], after: Mapping[str, Document]) -> dict[str, str]:
    """Old path -> new path of the documents that have another name in the head."""
    gone = {path: f"0{path}" for path in before if path not in after}
    come = {path: f"1{path}" for path in after if path not in before}

    def lines(name: str) -> Counter[bytes]:
        document = (before if name[0] == "0" else after)[name[1:]]
        return Counter(line.encode("utf-8", "replace") for line in document.source.text_lines() if line.strip())

    return {old: new for new, old in find_renames(gone, come, lines).items()}


def _pairs(
    before: Mapping[str, Document], after: Mapping[str, Document], names: Mapping[str, str]
) -> list[tuple[Version, Version]]:
    """The documents of both trees that are not the same, by their path in the head; empty versions for what is not there."""
    new_names = {new: old for old, new in names.items()}
    pairs = []
    for path in sorted({*after, *(old for old in before if old not in names)}):
        old, new = before.get(new_names.get(path, path)), after.get(path)
        pairs.append((version_of(old) if old else Version(path, ""), version_of(new) if new else Version(path, "")))
    return pairs


def _item_moves(pairs: Iterable[tuple[Version, Version]]) -> Iterator[ItemMove]:
    """Items with another status, and those that came or went with one; one that only stands in another document did neither."""
    gone: dict[tuple[str, str], list[tuple[str, Listed]]] = {}
    come: list[tuple[str, Listed]] = []
    for before, after in pairs:
        for old, new in pair_items(before, after):
            if old is not None and new is not None:
                if old.stand.status is not new.stand.status:
                    yield _item_move(after.path, old, new)
            elif new is not None and _has_status(new):
                come.append((after.path, new))
            elif old is not None and _has_status(old):
                gone.setdefault(_name(old), []).append((before.path, old))
    arrived = Counter(_name(new) for _, new in come)
    for path, new in come:
        others = gone.get(_name(new), [])
        if arrived[_name(new)] == len(others) == 1:
            _, old = others.pop()
            if old.stand.status is not new.stand.status:
                yield _item_move(path, old, new)
        else:
            yield _item_move(path, None, new)
    for rest in gone.values():
        yield from (_item_move(path, old, None) for path, old in rest)


def _name(one: Listed) -> tuple[str, str]:
    return one.key or "", folded(one.title)


def _has_status(one: Listed) -> bool:
    return bool(one.stand.raw) or one.stand.status is not Status.UNKNOWN


def _item_move(path: str, old: Listed | None, new: Listed | None) -> ItemMove:
    shown = new or old
    assert shown is not None
    before, after = old.stand if old else None, new.stand if new else None
    return ItemMove(shown.subject, shown.title, path, shown.line, before, after)


def _proof_moves(pairs: Iterable[tuple[Version, Version]], before: _Seen, after: _Seen) -> Iterator[ProofMove]:
    """Evidence that stood and does not, or stands and did not, document by document."""
    for old, new in pairs:
        if new.document is None:
            continue
        olds = _proofs(before.project.facts.get(old.path, ()))
        news = _proofs(after.project.facts.get(new.path, ()))
        for target in dict.fromkeys([*news, *olds]):
            was, now = olds.get(target), news.get(target)
            if not _turned(was.state if was else None, now.state if now else None):
                continue
            fact, document = (now, new.document) if now is not None else (was, old.document)
            if fact is None or document is None:
                continue
            owner = next((item.id or item.title for item in fact.items), "")
            line = document.source.position(fact.ref.span.start).line
            states = was.state if was else None, now.state if now else None
            yield ProofMove(owner, target, new.path, line, *states)


def _proofs(facts: Iterable[EvidenceFact]) -> dict[str, EvidenceFact]:
    """Target -> the first fact of it; what no tree can tell of is left out."""
    found: dict[str, EvidenceFact] = {}
    for fact in facts:
        if fact.state in _TELLING:
            found.setdefault(fact.ref.target, fact)
    return found


def _turned(was: EvidenceState | None, now: EvidenceState | None) -> bool:
    found = EvidenceState.FOUND
    return (was is found) != (now is found) or (was is None and now is not None)


def _gate_moves(before: Iterable[Gate], after: Iterable[Gate]) -> Iterator[GateMove]:
    """Gates of another verdict, in the order of the head, then those that are gone."""
    known = {name: gate for gate in before for name in map(folded, (gate.name, *gate.aliases))}
    met: set[str] = set()
    for gate in after:
        names = [folded(name) for name in (gate.name, *gate.aliases)]
        old = next((known[name] for name in names if name in known), None)
        if old is not None:
            met.add(old.name)
        if old is None or old.state is not gate.state:
            yield GateMove(gate.name, old.state if old else None, gate.state, _reason(gate))
    for gate in dict.fromkeys(known.values()):
        if gate.name not in met:
            yield GateMove(gate.name, gate.state, None)


def _reason(gate: Gate) -> str:
    return next((one.reason for one in gate.requirements if one.state is gate.state), "")


def _only(
    mine: Iterable[Finding], others: Iterable[Finding], my_names: Mapping[str, str], other_names: Mapping[str, str]
) -> tuple[Finding, ...]:
    """The findings that the others lack, by what makes a fingerprint; one whose line alone reads otherwise is the same."""
    theirs = Counter(_identity(one, other_names) for one in others)
    rest = []
    for one in mine:
        name = _identity(one, my_names)
        if theirs[name]:
            theirs[name] -= 1
        else:
            rest.append(one)
    left = Counter({name[:3]: 0 for name in theirs})
    for name, count in theirs.items():
        left[name[:3]] += count
    found = []
    for one in rest:
        name = _identity(one, my_names)[:3]
        if one.subject and left[name]:
            left[name] -= 1
        else:
            found.append(one)
    return tuple(found)


def _identity(finding: Finding, names: Mapping[str, str]) -> tuple[str, ...]:
    return parts_of(finding, names.get(finding.location.path))
