"""The outcome of one run: all that a renderer may see."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gatekeeper.model.exception.waiver import WaiverUse
from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.status import Status


class RuleStatus(StrEnum):
    """Where a rule stands in its life; a retired code is never used again."""

    STABLE = "stable"
    PREVIEW = "preview"
    DEPRECATED = "deprecated"
    REMOVED = "removed"


class RuleInfo(Struct, frozen=True):
    """A rule's card.

    Attributes:
        code: two letters for the family and three digits ("EV001").
        name: kebab case; names the defect.
        severity: the default; a policy may change it.
        since: the version that brought it.
        page: the rule's whole page in Markdown (its docstring), filled in by the registry.
    """

    code: str
    name: str
    severity: Severity
    since: str
    status: RuleStatus = RuleStatus.STABLE
    page: str = ""

    @property
    def summary(self) -> str:
        """The page's first line."""
        return self.page.split("\n", 1)[0]


class InputState(StrEnum):
    """What became of a file that was looked at."""

    PARSED = "parsed"
    SET_ASIDE = "set-aside"
    UNREADABLE = "unreadable"


class Input(Struct, frozen=True):
    """One file that was looked at.

    Attributes:
        reason: why it was set aside or unreadable; for a parsed one why it has its kind.
        kind: the document's kind; "" unless parsed.
        sha256: hex digest of its bytes; "" when unread.
    """

    path: str
    state: InputState
    reason: str = ""
    kind: str = ""
    sha256: str = ""
    items: int = 0


class Change(Struct, frozen=True):
    """A commit that changed something: its whole id in hex, and its committer's date (ISO 8601)."""

    commit: str
    date: str


class Saying(Struct, frozen=True):
    """What one place says of an item.

    Attributes:
        who: the role or owner that speaks, normalized; "" when nobody is named.
        raw: the status as written.
        since: the commit since which the line reads as it does; None where it is not committed so, or history does not tell.
    """

    location: Location
    who: str
    raw: str
    status: Status
    since: Change | None = None


class Disagreement(Struct, frozen=True):
    """One item that several places give different statuses.

    Attributes:
        subject: the item's id as one of the places writes it.
        sayings: by path and line; two or more.
        codes: the rules that found fault with one of these places, sorted; a difference that may rightly be has none.
    """

    subject: str
    sayings: tuple[Saying, ...]
    codes: tuple[str, ...] = ()


class PolicySource(Struct, frozen=True):
    """One file or pack that the law came from.

    Attributes:
        name: path, or "pack:name" for a shipped one.
        sha256: hex digest of its bytes.
    """

    name: str
    sha256: str


class PolicyLine(Struct, frozen=True):
    """One setting of the law in force.

    Attributes:
        path: the names on the way to it, section first; a number is a place in a list.
        value: as YAML reads it; names are words.
        where: "path:line:column" or "pack:name:line:column" of the setting.
    """

    path: tuple[str | int, ...]
    value: object
    where: str


class Report(Struct, frozen=True):
    """The outcome of one run.

    Attributes:
        findings: ordered by path, line, column, code; waived and baselined ones included.
        inputs: every file that was looked at, in path order.
        rules: cards of the rules that ran, by code.
        policy_sha256: hex digest over all sources of the law; "" without a policy file.
        policy_sources: where the law came from, lowest precedence first.
        evidence: how many references were checked.
        variables: how many variables of the environment were looked at; 0 where the law does not speak of them.
        disagreements: who says what of which item, those with findings first; None when nobody asked.
        trusted: the commit whose law was applied, as the user named it; "" when it was the work tree's own.
        waivers: by place, with what they cover; where only a part of the tree was looked at, those that have to do with it.
        baseline_growth: how many more findings the baseline accepts than the trusted commit's; 0 without one.
        contracts: how many contracts were held.
        older: how many findings lie outside of the change that was judged and were there before it, so that they are left out; None where no change
            was judged, but the whole tree or a part of it.
    """

    version: str
    findings: tuple[Finding, ...] = ()
    inputs: tuple[Input, ...] = ()
    rules: tuple[RuleInfo, ...] = ()
    policy_sha256: str = ""
    policy_sources: tuple[PolicySource, ...] = ()
    revision: str | None = None
    evidence: int = 0
    variables: int = 0
    disagreements: tuple[Disagreement, ...] | None = None
    trusted: str = ""
    waivers: tuple[WaiverUse, ...] = ()
    baseline_growth: int = 0
    contracts: int = 0
    older: int | None = None

    def count(self, severity: Severity, disposition: Disposition = Disposition.ACTIVE) -> int:
        """How many findings have this severity and disposition."""
        return sum(f.severity is severity and f.disposition is disposition for f in self.findings)

    def inputs_in(self, state: InputState) -> tuple[Input, ...]:
        """The inputs in one state, in path order."""
        return tuple(entry for entry in self.inputs if entry.state is state)

    @property
    def has_checked(self) -> bool:
        """Whether anything was held against anything; a run that did not is no pass."""
        return bool(self.findings or self.contracts or self.variables or self.inputs_in(InputState.PARSED))

    @property
    def items(self) -> int:
        """How many items the parsed documents have."""
        return sum(entry.items for entry in self.inputs)
