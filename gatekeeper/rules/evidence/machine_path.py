"""EV016."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.text import Span
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.evidence._verdict import defect_of, link_defect_of
from gatekeeper.rules.status._line import iter_plain_lines

_HOME = re.compile(
    r"(?<![\w.~/\\%})>@:\]-])(?:file:/{2,3})?(?:(?:[A-Za-z]:)?[\\/]{1,2}(?:Users|home)[\\/]{1,2}(?P<name>[^\W_][\w.@-]*)[\\/]{1,2}(?=[\w.@])"
    r"|(?<=file:///)[A-Za-z]:[\\/](?=\w))(?P<rest>[^`\"'<>|\n\r)\]}{*]*)"
)
# Accounts that containers and runners have, and names that stand for any reader's own.
_ANYBODY = frozenset(
    "user users username user-name user_name you your yourname your-name your_name your-username yourusername youruser your-user me myuser"
    " myname name somebody someone app appuser app-user node runner runneradmin vscode ubuntu debian centos fedora ec2-user azureuser root"
    " admin administrator deploy deployer jenkins git gitlab-runner circleci travis codespace gitpod sandbox container coder developer dev"
    " devuser test tester testuser example demo foo bar baz alice bob john john.doe johndoe jane jdoe joe public default shared linuxbrew"
    " nonroot airflow jovyan pi vagrant www www-data service postgres oracle guest nobody web agent bot build builder ci xxx xxxx path my"
    " benutzer benutzername nutzer usuario utilisateur utente usuário bruker".split()
)
_EXAMPLE = re.compile(
    r"^\W*(?:given|when|then)\b"
    r"|\b(?:e\.?g\.?|for example|for instance|such as|example|replace|substitute|placeholder|z\. ?b\.|beispiel|par exemple|ejemplo|exemplo|например)\b"
    r"|例如|例えば",
    re.IGNORECASE,
)
# Folders in which tools for agents keep their prompts; such pages hold no status of this repository.
_PROMPTS = re.compile(
    r"(?:^|/)\.[\w-]+/(?:.*/)?(?:agents?|commands|skills|workflows|templates|references|rules|prompts|hooks)/",
    re.IGNORECASE,
)
# What may stand before a path that a line gives as its value: marks, at the line's begin or after a bar, a colon or a bracket.
_OFFERED = re.compile(r"(?:^|[|:：=(])[\s>*_+\-\[\](\d.`\"']*$")
_AROUND = 160
_SHOWN = 4
_RELATED_LIMIT = 20


@dataclass(frozen=True, slots=True)
class _Place:
    """A path of one machine: where it stands, and whether its line gives it as a value and does not merely tell of it."""

    span: Span
    home: str
    is_offered: bool


class MachinePath(DocumentRule):
    r"""A document names paths of one person's machine.

    ## Why it matters

    `/Users/mira/projects/harbor`, `C:\Users\mira\run.log` and `file:///home/mira/report.html` open for one person. Everyone else can neither find the
    repository, nor read the file, nor run the command; and the next machine of the same person cannot either.

    One finding for a document. Homes that stand for any reader's own (`/home/user`), accounts of containers and runners, examples and fenced code are
    left alone, and so is what EV003 reports: evidence of an item that lies outside of the repository. What a sentence merely tells of is a note.

    ## Bad

    ```md path=docs/closeout.md
    # Closeout

    Repository: `/Users/mira/projects/harbor`

    - [x] Berths counted
    ```

    ## Good

    ```md path=docs/closeout.md
    # Closeout

    Repository: `https://example.org/harbor.git`, checked out at `/home/user/harbor`

    - [x] Berths counted
    ```

    ## References

    - EV003 evidence-outside-repository
    """

    info = RuleInfo(code="EV016", name="machine-path", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for a document, at the first path that its line gives as a value."""
        places = [] if _PROMPTS.search(document.path) else list(_iter_places(document))
        told = _told(document, project) if places else []
        homes = {place.home for place in places if _is_inside(place.span, told)}
        places = [place for place in places if place.home not in homes]
        if not places:
            return
        first = next((place for place in places if place.is_offered), places[0])
        source = document.source
        written = quoted(source.slice(first.span))
        others = [place.span for place in places if place is not first]
        finding = self.finding(
            source,
            first.span,
            f"{written} is a path of one machine, which no other reader can look up{_more(document, others)}",
            help="write paths from the repository root, and the repository by its URL",
            subject=source.slice(first.span),
            related=tuple(Location.at(source, span, "another one") for span in others[:_RELATED_LIMIT]),
        )
        yield finding if first.is_offered else replace(finding, severity=Severity.NOTE)


def _iter_places(document: Document) -> Iterator[_Place]:
    """The paths of one machine outside of fenced code, in order; lines that give examples have none."""
    for start, text in iter_plain_lines(document):
        matches = list(_HOME.finditer(text)) if "/" in text or "\\" in text else []
        if not matches or _EXAMPLE.search(text):
            continue
        for match in matches:
            if (match["name"] or "").casefold() not in _ANYBODY:
                before = text[max(match.start() - _AROUND, 0) : match.start()]
                span = Span(start + match.start(), start + match.start() + len(_written(text, match)))
                home = match[0][: match.start("rest") - match.start()]
                yield _Place(span, home, _OFFERED.search(before) is not None)


def _written(text: str, match: re.Match[str]) -> str:
    """The path without the words that follow it; blanks belong to it where a code span holds nothing else."""
    is_code = text[: match.start()].endswith("`") and text.startswith("`", match.end())
    whole = match[0] if is_code else match[0].split(maxsplit=1)[0]
    return whole.rstrip(" .,;:")


def _told(document: Document, project: Project) -> list[Span]:
    """The references that other rules report as leading out of the repository."""
    facts = [fact for fact in project.facts.get(document.path, ()) if defect_of(fact, document)]
    links = [fact for fact in project.links.get(document.path, ()) if link_defect_of(fact, document)]
    return sorted({fact.ref.span for fact in (*facts, *links)})


def _is_inside(span: Span, told: list[Span]) -> bool:
    at = bisect_right(told, span.start, key=lambda one: one.start)
    return at > 0 and span.start < told[at - 1].end


def _more(document: Document, others: list[Span]) -> str:
    """`; so do lines 12, 14 and 3 more`; "" for none."""
    lines = list(dict.fromkeys(document.source.position(span.start).line for span in others))
    if not lines:
        return ""
    shown = ", ".join(map(str, lines[:_SHOWN])) + (f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else "")
    return f"; line{'s' if len(lines) > 1 else ''} {shown} {'name' if len(lines) > 1 else 'names'} such paths too"
