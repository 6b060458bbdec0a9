"""GA003."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, enumerated, quoted
from gatekeeper.rules.gate._member import standing

_SHOWN = 5


class EarlierNotPassed(DocumentRule):
    """A ticked line says that all earlier gates passed, and the same document shows one that has not.

    ## Why it matters

    The line is what a release stands on. It is held against the gates (phases, sprints) of its own document: those of the range that it names, or
    those before the unit in which it stands. A gate without a status of its own counts as open when it has boxes and none of them is ticked.

    ## Bad

    ```md path=docs/gates.md
    # Gates

    ## Gate 1: Design ✅

    - [x] Reviewed
    - [x] Approved

    ## Gate 2: Build

    - [ ] Builds on all platforms
    - [ ] Signed

    ## Gate 3: Release ✅

    - [x] All previous gates passed (Gates 1-2 complete)
    - [x] Notes written
    ```

    ## Good

    ```md path=docs/gates.md
    # Gates

    ## Gate 1: Design ✅

    - [x] Reviewed
    - [x] Approved

    ## Gate 2: Build

    - [ ] Builds on all platforms
    - [ ] Signed

    ## Gate 3: Release

    - [ ] All previous gates passed (Gates 1-2 complete)
    - [x] Notes written
    ```

    ## References

    - GA002, for gates in a declared order
    """

    info = RuleInfo(code="GA003", name="earlier-gates-not-passed", severity=Severity.ERROR, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each such line, with all gates that are open."""
        for prior in project.order.priors.get(document.path, ()):
            names = enumerated([f"{one.label} {standing(one)} (line {one.place.line})" for one in prior.open], _SHOWN)
            yield self.finding(
                document.source,
                prior.claim.span,
                f"{quoted(prior.claim.words)} is ticked here, but {names}",
                help="close what is open, or untick this line",
                subject=prior.claim.words,
                related=tuple(
                    Location.at(document.source, one.place.span, f"{one.label} {standing(one)}") for one in prior.open
                ),
            )
