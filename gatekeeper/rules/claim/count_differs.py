"""CL001."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._recount import list_fix
from gatekeeper.rules.claim._refuted import ClaimRule, claim_words, lines_of, locate_all


class CountDiffers(ClaimRule):
    """A stated count or ratio is not what the list that it is about holds.

    ## Why it matters

    Counts are written once and lists go on growing. Who reads only the headline plans with the wrong number.

    The list is the section of the heading that has the count, the section of the same unit elsewhere in the document, or the table or list right beside
    the line. Rows are counted in every sensible way (nested ones too or not, without what was dropped, each id once); only a number that fits none of
    them is reported. Lists that say that they are not whole ("...", "and more", "etc.") are left alone. It is an error where the list bears the claim's
    name and shows at least as much as is claimed, else a warning.

    Files are counted once however often they are listed, and a folder counts for what stands in it. The parts of a sentence below a table ("2 verified,
    1 questionable") are held against the one column whose cells use its words: an error where the parts, or their whole, are as many as the rows.

    ## Bad

    ```md path=docs/plan.md
    # Plan

    ## Phase 5: Video calls (0/2 tasks)

    - [ ] Ringtone
    - [ ] Mute
    - [ ] Call history
    ```

    ## Good

    ```md path=docs/plan.md
    # Plan

    ## Phase 5: Video calls (0/3 tasks)

    - [ ] Ringtone
    - [ ] Mute
    - [ ] Call history
    ```

    ## References

    - CL003, when two stated figures differ
    """

    info = RuleInfo(code="CL001", name="count-differs", severity=Severity.ERROR, since="0.1")
    basis = ClaimBasis.LIST

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The claim, with where its list begins."""
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(claim_words(fact.claim))} here, but {_listed(fact)} (from {lines_of(project, fact)})",
            help="correct the count, or the list",
            subject=fact.claim.text,
            related=locate_all(project, fact),
            fix=list_fix(document, project, fact),
        )


def _listed(fact: ClaimFact) -> str:
    total, what, part = fact.found["total"], fact.found["what"], fact.found.get("part", "all")
    if what == "rows":
        return f"{fact.found['done']} of the {total} rows above {'says' if fact.found['done'] == 1 else 'say'} so"
    if "entries" in fact.found:
        return _files(fact)
    if part == "all":
        done = f", {fact.found['done']} of them done," if fact.claim.kind == "ratio" else ""
        return f"{total} {what}{done} are listed"
    done_count = int(fact.found["done"])
    number = done_count if part == "done" else int(total) - done_count
    return f"{number} {part} {what} are listed"


def _files(fact: ClaimFact) -> str:
    """How many different files a list names, and why they are not as many as its entries."""
    twice, folders = fact.found.get("twice"), fact.found.get("folders")
    why = f", with {quoted(str(twice))} more than once" if twice else ""
    if folders:
        why += f", with all that stands in {folders} of them today"
    return f"{fact.found['total']} different files are listed in {fact.found['entries']} entries{why}"
