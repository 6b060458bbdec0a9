"""The law in force, as the engine sees it: what is looked at, what words mean, which rules hold and how strictly."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gatekeeper.model.assertion.law import Assertion
from gatekeeper.model.contract.law import Contract
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.environment.law import EnvironmentLaw
from gatekeeper.model.exception.waiver import Baseline, WaiverLaw
from gatekeeper.model.finding import Severity
from gatekeeper.model.gate.law import GateLaw
from gatekeeper.model.report import PolicyLine, PolicySource
from gatekeeper.model.status import Status

OFF = "off"


class RuleSetting(Struct, frozen=True):
    """What the law says of one rule.

    Attributes:
        severity: None keeps the rule's own.
        options: as written, by name; the rule says whether it knows them.
        paths: gitignore pattern and the severity under it, None for off; the last match wins over `severity`.
        harden_after_days: after how many days a finding is one step worse; None for never.
        where: "path:line:column" of the setting; "" without a file.
    """

    severity: Severity | None = None
    enabled: bool = True
    options: Mapping[str, object] = field(default_factory=dict)
    paths: tuple[tuple[str, Severity | None], ...] = ()
    harden_after_days: int | None = None
    where: str = ""

    @property
    def holds_somewhere(self) -> bool:
        """Whether there are paths for which the rule is not off."""
        return self.enabled or any(severity is not None for _, severity in self.paths)


class Policy(Struct, frozen=True):
    """The law in force; `Policy()` is the law without a file.

    Attributes:
        sources: the files and packs it came from, lowest precedence first.
        sha256: hex digest over all sources in their order; that of the file where there is one alone; "" without a file.
        exclude: gitignore globs of what is never looked at, in file order.
        documents: gitignore glob and the kind of the documents that it names; the last match wins.
        statuses: status words as written and what they mean; they win over every legend.
        rules: settings by rule code.
        environment: what is said of variables; None where the rules about them do not run.
        waivers: what is asked of waivers.
        baseline: repo-relative path of the file of accepted past findings.
        contracts: what files must say, in the order of the law.
        assertions: what documents must say, by code.
        gates: what gates need, in their order.
        authority: gitignore globs of the documents whose word weighs more, the weightiest first.
        lanes: gitignore globs of documents that differ by right, each of its own share of the work.
        lines: every setting with where it came from, by section.
    """

    sources: tuple[PolicySource, ...] = ()
    sha256: str = ""
    exclude: tuple[str, ...] = ()
    documents: tuple[tuple[str, DocumentKind], ...] = ()
    statuses: Mapping[str, Status] = field(default_factory=dict)
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    environment: EnvironmentLaw | None = None
    waivers: WaiverLaw = field(default_factory=WaiverLaw)
    baseline: str = Baseline().path
    contracts: tuple[Contract, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    gates: tuple[GateLaw, ...] = ()
    authority: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()
    lines: tuple[PolicyLine, ...] = ()

    def names(self, shipped: Mapping[str, str]) -> dict[str, str]:
        """Code -> name of the shipped rules and of the assertions."""
        return {**shipped, **{one.code: one.name for one in self.assertions}}

    def is_source(self, path: str) -> bool:
        """Whether a file is part of the law."""
        return any(source.name == path for source in self.sources)
