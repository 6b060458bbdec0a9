"""EV012."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.model.document import Document, EvidenceForm
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import EvidenceFact, Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule

_SHOWN = 3
_LINES_SHOWN = 4
_FEW_WORDS = 4
_LEAST_ALIKE = 3
_RELATED_LIMIT = 20


class Probable(EvidenceRule):
    """Evidence is not at its path; a file in another folder ends alike.

    ## Why it matters

    The path was written from some other folder, perhaps a package's own. Probably the file is meant, but a tool that takes "probably" for proof will one day
    take the wrong `config.json`.

    Three or more paths that leave out one and the same folder are one finding. A file that a sentence or a list calls by its name alone is worth one note
    for a document; in a column that is kept for evidence a name is a path.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `src/sign_in.py` |
    ```

    ```py path=packages/web/src/sign_in.py
    def sign_in(): ...
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `packages/web/src/sign_in.py` |
    ```

    ```py path=packages/web/src/sign_in.py
    def sign_in(): ...
    ```

    ## References

    - evidence is read from the repository root, then from its document's folder
    """

    info = RuleInfo(code="EV012", name="evidence-probable", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for all names without a folder and for three or more paths from one folder, one for each other reference."""
        for first, *others in _alike(self.facts_of(document, project)):
            finding = self.judge(document, first)
            if finding is not None:
                places = tuple(Location.at(document.source, fact.ref.span, "another one") for fact in others)
                yield replace(
                    finding,
                    severity=Severity.NOTE if _is_name(first) else finding.severity,
                    message=f"{finding.message}{_more(places)}",
                    related=places[:_RELATED_LIMIT],
                )

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """The one file that ends alike, or how many there are."""
        shown = ", ".join(quoted(path) for path in fact.paths[:_SHOWN])
        more = f" and {len(fact.paths) - _SHOWN} more" if len(fact.paths) > _SHOWN else ""
        ends = "ends" if len(fact.paths) == 1 else "end"
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence {quoted(fact.ref.target)} is not at this path; {shown}{more} {ends} alike, so it was probably written relative to another folder",
            help="write the path from the repository root",
            subject=fact.ref.target,
        )


def _alike(facts: list[EvidenceFact]) -> Iterator[list[EvidenceFact]]:
    """The references by what is wrong with them; a path that shares its folder with one other alone stays by itself."""
    causes: dict[str, list[EvidenceFact]] = {}
    for fact in facts:
        causes.setdefault(_cause(fact), []).append(fact)
    for cause, found in causes.items():
        if not cause or len(found) >= _LEAST_ALIKE:
            yield found
        else:
            yield from ([fact] for fact in found)


def _is_name(fact: EvidenceFact) -> bool:
    """Whether a sentence or list calls a file by its name alone, as people do; in a place that is kept for evidence a name is a path."""
    kept = (item.evidence_words.split() for item in fact.items if item.evidence_expected)
    is_kept = fact.ref.form is not EvidenceForm.BARE and any(len(words) <= _FEW_WORDS for words in kept)
    return "/" not in (fact.ref.path or "").strip("/") and not is_kept


def _cause(fact: EvidenceFact) -> str:
    """What is the same for all references that are wrong in one way: the folder that they leave out, or that they name none."""
    if _is_name(fact):
        return ""
    path = (fact.ref.path or "").removeprefix("/").rstrip("/")
    is_plain = len(fact.paths) == 1 and fact.paths[0].endswith(f"/{path}")
    return fact.paths[0].removesuffix(path) if is_plain else f"{fact.ref.span.start}"


def _more(places: tuple[Location, ...]) -> str:
    """`; so are 3 more (lines 12, 14)`; "" for none."""
    lines = list(dict.fromkeys(place.start.line for place in places))
    if not lines:
        return ""
    shown = ", ".join(map(str, lines[:_LINES_SHOWN])) + (
        f" and {len(lines) - _LINES_SHOWN} more" if len(lines) > _LINES_SHOWN else ""
    )
    return (
        f"; so {'is' if len(places) == 1 else 'are'} {len(places)} more (line{'' if len(lines) == 1 else 's'} {shown})"
    )
