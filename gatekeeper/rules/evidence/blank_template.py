"""EV006."""

from __future__ import annotations

import re

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule

_TEMPLATE = re.compile(r"template|skeleton|boilerplate|\bforms?\b", re.IGNORECASE)
# What a hosting site shows to who opens a pull request or an issue; it is done when it is blank.
_OF_SITE = re.compile(
    r"(?:^|/)(?:pull_request_template|issue_template|merge_request_templates?|issue_templates?)(?:[/.]|$)",
    re.IGNORECASE,
)


class BlankTemplate(EvidenceRule):
    """Evidence names a form that nobody has filled in.

    ## Why it matters

    A template that was copied and linked looks like an evidence packet in every list. Open it, and every field is blank.

    A file whose path says that it is a template is reported only where an item claims to be done or in review with it, and not
    where the item itself is about a template. What a hosting site shows for new issues and pull requests is meant to be blank.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `docs/sign-in-packet.md` |
    ```

    ```md path=docs/sign-in-packet.md
    # Evidence packet

    - Owner:
    - Date: YYYY-MM-DD
    - Test run: <link>
    - Result:
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `docs/sign-in-packet.md` |
    ```

    ```md path=docs/sign-in-packet.md
    # Evidence packet

    - Owner: Mira
    - Date: 2026-02-07
    - Test run: 412
    - Result: 12 passed
    ```

    ## References

    - EV005, for files without a byte
    """

    info = RuleInfo(code="EV006", name="evidence-is-template", severity=Severity.WARNING, since="0.1")

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """That the form is blank; nothing where a template is what the item is about."""
        if _is_wanted(fact):
            return None
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence {quoted(fact.ref.target)} is a form that nobody has filled in",
            help="fill it in, or name what proves the item",
            subject=fact.ref.target,
        )


def _is_wanted(fact: EvidenceFact) -> bool:
    """Whether a blank form is what the items mean: a hosting site's, or its path says template, and no item claims to be proven by it."""
    if _OF_SITE.search(fact.paths[0]):
        return True
    if not _TEMPLATE.search(fact.paths[0]):
        return False
    claims = [item for item in fact.items if item.status in (Status.DONE, Status.REVIEW)]
    return all(_TEMPLATE.search(item.title) for item in claims)
