"""The exceptions of a run: waivers from their file and from documents, and the baseline; the change's own set apart from those in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from gatekeeper.engine.accept import growth_of
from gatekeeper.engine.change.compare import describe_growth, describe_waiver
from gatekeeper.engine.law import LAW_BYTES_LIMIT, read_source
from gatekeeper.model.document import Document
from gatekeeper.model.errors import ConfigError, PolicyError, UnreadableError
from gatekeeper.model.exception.settlement import LawChange
from gatekeeper.model.exception.waiver import Baseline, FaultKind, Standing, Waiver, WaiverFault, WaiverUse
from gatekeeper.model.finding import Location
from gatekeeper.model.text import Position
from gatekeeper.parse.reader import ParseSettings, parse_document
from gatekeeper.parse.syntax.data import parse_data
from gatekeeper.parse.syntax.source import decode_source
from gatekeeper.policy.baseline import read_baseline
from gatekeeper.policy.inline import read_directive
from gatekeeper.policy.policy import Policy
from gatekeeper.policy.terms import Terms
from gatekeeper.repo.patterns import compile_patterns
from gatekeeper.rules.registry import RULES

BASELINE_BYTES_LIMIT = 16 << 20


class Source(Protocol):
    """Where files come from: the work tree, or a commit."""

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file; raises UnreadableError."""

    def is_present(self, path: str) -> bool:
        """Whether something stands at a path."""


class TrustedBase(Struct, frozen=True):
    """The commit whose law is in force, and the law that the work tree proposes instead.

    Attributes:
        name: the commit as the user named it.
    """

    name: str
    source: Source
    proposed: Policy


class Exemptions(Struct, frozen=True):
    """What is accepted, and how that differs from what the change that is checked would accept.

    Attributes:
        waivers: those in force and, as PROPOSED, those that the change brings.
        growth: how many more findings the work tree's baseline accepts than the trusted one.
    """

    waivers: tuple[WaiverUse, ...] = ()
    faults: tuple[WaiverFault, ...] = ()
    baseline: Baseline = field(default_factory=Baseline)
    changes: tuple[LawChange, ...] = ()
    growth: int = 0


def read_exemptions(
    source: Source,
    documents: Sequence[Document],
    policy: Policy,
    trusted: TrustedBase | None = None,
    renames: Mapping[str, str] = {},
) -> Exemptions:
    """The exceptions under a policy; with a trusted commit only those that it holds too are in force.

    Raises:
        GatekeeperError: a file of theirs cannot be read, or the baseline is none.
    """
    own_policy = policy if trusted is None else trusted.proposed
    waivers, faults = _read_all(source, documents, own_policy)
    baseline = load_baseline(source, own_policy)
    if trusted is None:
        uses = tuple(WaiverUse(waiver, Standing.IN_FORCE) for waiver in waivers)
        return Exemptions(uses, faults, baseline)
    former = {today: before for before, today in renames.items()}
    known, _ = _read_all(trusted.source, _trusted_documents(trusted.source, documents, former), policy)
    uses, changes = _compare(known, waivers)
    accepted = load_baseline(trusted.source, policy)
    grown = growth_of(accepted, baseline)
    changes = (*changes, *describe_growth(grown, baseline))
    return Exemptions(uses, faults, accepted, changes, sum(entry.count for entry in grown))


def load_baseline(source: Source, policy: Policy) -> Baseline:
    """The baseline that a policy names; an empty one where there is no file.

    Raises:
        GatekeeperError: the file cannot be read or is no baseline.
    """
    path = policy.baseline
    if not source.is_present(path):
        return Baseline(path)
    text, _ = decode_source(f"{path}.json", source.read(path, BASELINE_BYTES_LIMIT))
    node, problems = parse_data(text)
    text = replace(text, path=path)
    if problems:
        place = text.position(problems[0].span.start)
        hint = "restore the file from git, or delete it and run `gatekeeper baseline` once more"
        message = f"the baseline cannot be read: {problems[0].detail}"
        raise PolicyError(message, hint, f"{path}:{place.line}:{place.column}")
    return read_baseline(text, node)


def _read_all(
    source: Source, documents: Iterable[Document], policy: Policy
) -> tuple[tuple[Waiver, ...], tuple[WaiverFault, ...]]:
    terms = Terms(policy.names({rule.info.code: rule.info.name for rule in RULES}), policy.waivers)
    found = [*_iter_file(source, policy, terms), *_iter_inline(documents, terms)]
    waivers = tuple(one for one in found if isinstance(one, Waiver))
    return waivers, tuple(one for one in found if isinstance(one, WaiverFault))


def _iter_file(source: Source, policy: Policy, terms: Terms) -> Iterator[Waiver | WaiverFault]:
    path = policy.waivers.file
    if not source.is_present(path):
        return
    data = source.read(path, LAW_BYTES_LIMIT)
    text, _ = decode_source(path, data)
    try:
        law = read_source(path, data)
    except PolicyError as error:
        _, *place = error.where.removeprefix(path).split(":")
        start = Position(*map(int, place)) if len(place) == 2 else Position(1, 1)
        location = Location(path, start, start, text.slice(text.line_span(start.line)))
        yield WaiverFault(
            FaultKind.MALFORMED, location, error.message, f"{error.hint}: no waiver in it holds", "the file"
        )
        return
    # Not above: a run without such a file must not pay for the library behind it.
    from gatekeeper.policy.waivers import read_waivers

    for one in read_waivers(text, law.root, terms):
        yield _checked(one) if isinstance(one, Waiver) else one


def _checked(waiver: Waiver) -> Waiver | WaiverFault:
    """The waiver, unless its path is no pattern."""
    try:
        compile_patterns([waiver.path] if waiver.path else [])
    except ConfigError as error:
        return WaiverFault(
            FaultKind.MALFORMED, waiver.location, error.message, error.hint, f"{waiver.code} {waiver.path}"
        )
    return waiver


def _iter_inline(documents: Iterable[Document], terms: Terms) -> Iterator[Waiver | WaiverFault]:
    for document in documents:
        for directive in document.directives:
            yield read_directive(document.source, directive, terms)


def _trusted_documents(source: Source, documents: Iterable[Document], former: Mapping[str, str]) -> Iterator[Document]:
    """The documents with waivers as the trusted commit has them, under their paths of today."""
    for document in documents:
        if document.directives:
            try:
                data = source.read(former.get(document.path, document.path), BASELINE_BYTES_LIMIT)
            except UnreadableError:
                continue
            yield parse_document(document.path, data, ParseSettings())


def _compare(known: Iterable[Waiver], own: Iterable[Waiver]) -> tuple[tuple[WaiverUse, ...], tuple[LawChange, ...]]:
    """The waivers that the trusted commit knows, in force as it has them, and the change's own as proposed."""
    trusted: defaultdict[tuple[str, ...], list[Waiver]] = defaultdict(list)
    for waiver in known:
        trusted[waiver.key].append(waiver)
    for waivers in trusted.values():
        waivers.sort(key=lambda waiver: waiver.expires)
    uses, changes = [], []
    for waiver in sorted(own, key=lambda one: (one.expires, one.location.path, one.location.start), reverse=True):
        before = trusted[waiver.key].pop() if trusted[waiver.key] else None
        if before is None:
            uses.append(WaiverUse(waiver, Standing.PROPOSED))
            changes.append(describe_waiver(None, waiver))
            continue
        # Where it stands and what it covers is the work tree's to say, what it grants is the trusted commit's.
        held = replace(before, location=waiver.location, lines=waiver.lines)
        uses.append(WaiverUse(held, Standing.IN_FORCE))
        if waiver.expires > before.expires or (not waiver.expires and before.expires):
            changes.append(describe_waiver(before, waiver))
    gone = (waiver for waivers in trusted.values() for waiver in waivers if not waiver.is_inline)
    uses += [WaiverUse(waiver, Standing.IN_FORCE, is_withdrawn=True) for waiver in gone]
    return tuple(uses), tuple(changes)
