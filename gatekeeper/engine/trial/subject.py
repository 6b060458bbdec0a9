"""What each rule looks at, and whether a repository has any of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from gatekeeper.model.claim import ClaimBasis
from gatekeeper.model.document import DocumentKind, WorkItem
from gatekeeper.model.environment.law import KeyLaw, Need, ValueType
from gatekeeper.model.order import EntryRun
from gatekeeper.model.project import EvidenceFact, EvidenceState, Project
from gatekeeper.model.report import Report
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Relation


class Scene(Struct, frozen=True):
    """A repository as it was found: the facts, and the outcome."""

    project: Project
    report: Report

    @property
    def refs(self) -> Iterable[EvidenceFact]:
        """Every reference that is offered as evidence, or that its words mention."""
        return (fact for facts in self.project.facts.values() for fact in facts)

    @property
    def links(self) -> Iterable[EvidenceFact]:
        """Every Markdown link."""
        return (fact for facts in self.project.links.values() for fact in facts)

    @property
    def items(self) -> Iterable[WorkItem]:
        """Every item."""
        return (item for document in self.project.documents for item in document.items)


Look = tuple[str, Callable[[Scene], bool]]

_DOCUMENTS: Look = ("documents", lambda scene: bool(scene.project.documents))
_PATHS: Look = ("evidence that names a path", lambda scene: any(one.ref.kind.is_path_like for one in scene.refs))
_FOUND: Look = (
    "evidence that is there",
    lambda scene: any(one.state is EvidenceState.FOUND and one.ref.kind.is_path_like for one in scene.refs),
)
_LINKS: Look = ("links", lambda scene: any(scene.links))
_ITEMS: Look = ("items with a status", lambda scene: any(item.mark for item in scene.items))
_DONE: Look = ("items that are done", lambda scene: any(item.status is Status.DONE for item in scene.items))
_PARTS: Look = ("units of work with parts", lambda scene: any(scene.project.families.values()))
_RUNS: Look = ("numbered units of work", lambda scene: any(scene.project.order.runs.values()))
_DATED: Look = ("logs with several dated entries", lambda scene: _several(scene.project.order.dated))
_NUMBERED: Look = ("logs with several numbered entries", lambda scene: _several(scene.project.order.numbered))
_WAIVERS: Look = ("waivers", lambda scene: bool(scene.report.waivers) or _has(scene, "WV"))
_LAW: Look = ("a policy that a change could weaken", lambda scene: True)


def _several(logs: Mapping[str, tuple[EntryRun, ...]]) -> bool:
    return any(len(run.entries) > 1 for runs in logs.values() for run in runs)


def _claims(what: str, *bases: ClaimBasis) -> Look:
    def look(scene: Scene) -> bool:
        return any(fact.basis in bases for facts in scene.project.claims.values() for fact in facts)

    return what, look


def _has(scene: Scene, family: str) -> bool:
    return any(finding.code.startswith(family) for finding in scene.report.findings)


def _reads_secrets(scene: Scene) -> bool:
    known = scene.project.environment
    return known is not None and bool(known.secret) and not known.required()


def _says(scene: Scene, is_meant: Callable[[KeyLaw], bool]) -> bool:
    known = scene.project.environment
    return known is not None and any(map(is_meant, known.law.keys))


def _limits(key: KeyLaw) -> bool:
    is_plain = key.type is ValueType.STRING and key.minimum is None and key.maximum is None
    return not is_plain or bool(key.enum or key.pattern)


def _contracts(scene: Scene, code: str = "") -> bool:
    return any(code in ("", fact.contract.rule) for fact in scene.project.contracts)


_LOOKS: dict[str, Look] = {
    "AI": ("contracts that name this rule", lambda scene: False),
    "CL": ("claims", lambda scene: any(scene.project.claims.values())),
    "CL001": _claims("counts over a list", ClaimBasis.LIST),
    "CL002": _claims("claims that all is done", ClaimBasis.OPEN_ITEMS),
    "CL003": _claims("figures that are stated twice", ClaimBasis.FIGURE),
    "CL004": _claims("figures of items that are done", ClaimBasis.DONE),
    "CL005": _claims("percentages over a list", ClaimBasis.PERCENT),
    "CL006": _claims("numbers of lines of a file", ClaimBasis.LINES),
    "CL007": _claims("numbers of tests of a file", ClaimBasis.TESTS),
    "CL008": _claims("commands that name a script", ClaimBasis.COMMAND),
    "CL009": _claims("digests of files", ClaimBasis.DIGEST),
    "CL010": _claims("commits", ClaimBasis.COMMIT, ClaimBasis.ANCESTRY),
    "CL011": _claims("figures beside a report of tests", ClaimBasis.REPORT),
    "CL012": _claims("reports of tests", ClaimBasis.UNREADABLE, ClaimBasis.REPORT),
    "CL013": (
        "evidence packs that name a run",
        lambda scene: any(
            document.kind is DocumentKind.EVIDENCE_PACK and any(claim.kind == "command" for claim in document.claims)
            for document in scene.project.documents
        ),
    ),
    "CL017": _claims("commits", ClaimBasis.ANCESTRY),
    "CL018": _claims("evidence that names its commit", ClaimBasis.MADE_FOR),
    "DC": _DOCUMENTS,
    "EN": ("variables of the environment", lambda scene: scene.project.environment is not None),
    "EN001": ("variables that the law requires", lambda scene: _says(scene, lambda key: key.need is not Need.OPTIONAL)),
    "EN002": ("variables of which the law says more", lambda scene: _says(scene, _limits)),
    "EN003": ("variables that a feature requires", lambda scene: _says(scene, lambda key: bool(key.required_when))),
    "EN011": ("secrets that code reads and no law requires", _reads_secrets),
    "EV": _PATHS,
    "EV002": _FOUND,
    "EV004": _FOUND,
    "EV005": _FOUND,
    "EV006": _FOUND,
    "EV007": ("evidence that names lines", lambda scene: any(one.ref.lines for one in scene.refs)),
    "EV008": ("references with a heading", lambda scene: any(one.ref.anchor for one in (*scene.refs, *scene.links))),
    "EV009": _LINKS,
    "EV010": ("evidence that names tests", lambda scene: any(one.ref.tests for one in scene.refs)),
    "EV011": _DONE,
    "EV013": _LINKS,
    "EV014": ("paths that a sentence mentions", lambda scene: any(not one.ref.is_offered for one in scene.refs)),
    "EV015": _DONE,
    "EV016": _DOCUMENTS,
    "EV017": ("places for evidence", lambda scene: any(item.evidence_expected for item in scene.items)),
    "GA": _RUNS,
    "GA001": ("gates with a name", lambda scene: any(item.gate or item.kind == "gate" for item in scene.items)),
    "GA003": ("claims that all earlier gates passed", lambda scene: any(scene.project.order.priors.values())),
    "GA004": ("items that need others", lambda scene: any(scene.project.order.needs.values())),
    "GA008": ("items with an id", lambda scene: any(item.id for item in scene.items)),
    "LG": _DATED,
    "LG003": _NUMBERED,
    "LG004": _NUMBERED,
    "LG005": ("items with two dates", lambda scene: any(scene.project.order.sign_offs.values())),
    "LG006": ("changes of status in a log", lambda scene: any(scene.project.order.changes.values())),
    "LG007": ("next targets", lambda scene: any(scene.project.order.targets.values())),
    "PO": _LAW,
    "SC": ("contracts", _contracts),
    "SC001": ("contracts that name no other rule", lambda scene: _contracts(scene, "SC001")),
    "ST": _ITEMS,
    "ST001": ("legends", lambda scene: any(document.legend for document in scene.project.documents)),
    "ST004": (
        "units of which several documents speak",
        lambda scene: any(len({voice.path for voice in one.voices}) > 1 for one in scene.project.subjects),
    ),
    "ST005": _PARTS,
    "ST006": _PARTS,
    "ST007": _PARTS,
    "ST008": _PARTS,
    "ST009": _DONE,
    "ST010": (
        "documents with a status of their own over items",
        lambda scene: any(
            one.relation is Relation.DOCUMENT for families in scene.project.families.values() for one in families
        ),
    ),
    "ST011": ("blocked items", lambda scene: any(item.status is Status.BLOCKED for item in scene.items)),
    "ST013": _DOCUMENTS,
    "ST014": _PARTS,
    "ST015": ("words for what is worked on now", lambda scene: any(scene.project.pointings.values())),
    "ST016": ("statuses at the end of a document or a unit", lambda scene: any(scene.project.rulings.values())),
    "WV": _WAIVERS,
    "WV009": ("a baseline", lambda scene: _has(scene, "WV009")),
}


def look_of(code: str) -> Look:
    """What a rule looks at, in words, and whether a scene has any of it; documents where nothing more is known."""
    if code.startswith("AI"):
        return _LOOKS["AI"][0], lambda scene: _contracts(scene, code)
    return _LOOKS.get(code) or _LOOKS.get(code[:2]) or _DOCUMENTS
