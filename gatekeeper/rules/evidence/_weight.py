"""How much a piece of evidence that cannot be followed weighs: whose claim it was to carry, and what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec.structs import replace

from gatekeeper.model.document import Document, DocumentKind, EvidenceForm, WorkItem
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.status import Status
from gatekeeper.rules.status._line import cells_of

# Below such headings stand paths that are shown, listed as taken away, or explained.
_SHOWN = re.compile(
    r"\b(?:examples?|templates?|naming|conventions?|(?:supported|file) (?:formats?|types?)|(?:files?|items?) to (?:delete|remove)"
    r"|removed|deleted|obsolete|beispiele?|vorlagen?|exemples?|modèles?|ejemplos?|plantillas?|exemplos?|modelos?|примеры?|шаблоны?|eksempl\w+)\b"
    r"|示例|模板|サンプル|テンプレート",
    re.IGNORECASE,
)
# A line that says so of its file speaks of one that is meant to be away.
_AWAY = re.compile(
    r"\b(?:does not|doesn'?t|do not|don'?t|did not|must not|should not) (?:yet )?exist\b|\bno longer (?:exists?|present)\b|\bno `[^`\n]{1,80}`"
    r"|\bfiles? (?:was |were |is |are )?(?:deleted|removed|absent|gone)\b|(?:^|[|\]])\W{0,6}(?:deleted|removed|to be (?:deleted|removed|created|written))\b"
    r"|\b(?:existiert nicht|n'existe pas|no existe|não existe|не существует|finnes ikke)\b|不存在|存在しない",
    re.IGNORECASE,
)
# What is there to be read on, and proves nothing.
_READING = re.compile(
    r"^\W*(?:[\d.]+\s)?\W*(?:references?|related\b.*|see also|sources?|further reading|links?|bibliography|context|background|documentation|resources?"
    r"|siehe auch"
    r"|referenzen|verweise|quellen|références|voir aussi|referencias|ver también|fuentes|referências|fontes|ссылки|источники|referanser|kilder)\W*$",
    re.IGNORECASE,
)
# Made by builds and runs, and seldom kept.
_BUILT = re.compile(
    r"(?:^|/)(?:dist|build|out|target|coverage|htmlcov|node_modules|\.next|\.nuxt|_astro|\.cache|\.turbo|bin|obj|tmp|temp|logs?|playwright-report"
    r"|\.?venv|__pycache__|site-packages)/",
    re.IGNORECASE,
)
# A regular expression between slashes.
_PATTERN = re.compile(r"/\^.*/[a-z]*$|/.*\$/[a-z]*$")
_SETTINGS = re.compile(
    r"^(?:/(?:home|Users)/[^/]+|~)/\.(?:local|config|cache|ssh|docker|kube|aws|npm|cargo|gitconfig|bashrc|zshrc|profile)(?:/|$)"
)
# Where programs keep their settings and data on the machine that they run on.
_RUNTIME = re.compile(r"/(?:var|etc|opt|usr|proc|root|mnt)/|~[\\/]\.")
# What is kept in a store of objects, and what git is told to leave out.
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|mp4|webm|pdf|zip|gz|tgz|parquet|csv)$",
    re.IGNORECASE,
)
_STORED = re.compile(
    r"\b(?:HTTP(?:/\d)?\s?200|buckets?|S3|R2|GCS|CDN|(?:object|blob|cloud|production) storage|uploaded|storage (?:urls?|paths?|objects?))\b",
    re.IGNORECASE,
)
_IGNORED = re.compile(
    r"\bgit[- ]?ignored?\b|\.gitignore\b|\b(?:un|not )(?:tracked|committed)\b|\b(?:track|keep|kept|store[ds]?) locally\b|\blocal[- ]only\b",
    re.IGNORECASE,
)
# Columns of what is joined with what; a program may make the other end when it runs.
_ENDS = frozenset(("from", "to", "via", "source", "target", "destination", "de", "à", "von", "nach"))
_LISTED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_LEAD_REACH = 30
_CLAIMED = (Status.DONE, Status.REVIEW)


def is_beside_the_point(document: Document, fact: EvidenceFact) -> bool:
    """Whether a missing target is one that its surroundings show, explain or declare to be gone."""
    source, start = document.source, fact.ref.span.start
    place = source.line_span(source.position(start).line)
    line = source.slice(place)
    if _PATTERN.match(fact.ref.target):
        return True
    if _AWAY.search(_lead(document, start)):
        return True
    return _AWAY.search(line) is not None or any(_SHOWN.search(title) for title in _headings(document, start))


def is_runtime_place(document: Document, fact: EvidenceFact) -> bool:
    """Whether a path outside of the repository is one that a program uses, named by no item that claims to be done."""
    if _SETTINGS.match(fact.ref.target) or _AWAY.search(_lead(document, fact.ref.span.start)):
        return True
    return _RUNTIME.match(fact.ref.target) is not None and not any(map(_claims, fact.items))


def weighed(finding: Finding, document: Document, fact: EvidenceFact) -> Finding:
    """The finding as an ERROR where a done item gives a plain path as its proof; a WARNING where less is claimed, a NOTE where nothing is."""
    return replace(finding, severity=_severity(document, fact, is_gone=finding.code == "EV001"))


def _severity(document: Document, fact: EvidenceFact, *, is_gone: bool) -> Severity:
    items = [item for item in fact.items if item.kind != "entry"] or list(fact.items)
    is_kept = any(item.evidence_expected for item in items)
    is_pack = document.kind is DocumentKind.EVIDENCE_PACK
    if all(item.status is Status.UNKNOWN and item.kind != "entry" for item in items):
        if not is_pack:
            return Severity.NOTE
        return Severity.ERROR if is_kept and not _is_weak(document, fact, is_kept) else Severity.WARNING
    if not any(_claims(item) or item.kind == "entry" for item in items):
        return Severity.WARNING
    return Severity.WARNING if is_gone and _is_weak(document, fact, is_kept) else Severity.ERROR


def _is_weak(document: Document, fact: EvidenceFact, is_kept: bool) -> bool:
    """Whether a reference of done work may stand for something else than its proof: a name without folder, what a build makes, what is to be read."""
    path = fact.ref.path or ""
    if "/" not in path.strip("/") and (not is_kept or fact.ref.form is EvidenceForm.BARE) and not path.endswith("/"):
        return True
    source = document.source
    line = source.line_around(fact.ref.span.start)
    if _IGNORED.search(line) or (_MEDIA.search(path) and _STORED.search(line)) or _joins(document, fact):
        return True
    headings = _headings(document, fact.ref.span.start)
    return _BUILT.search(path) is not None or bool(headings and _READING.search(headings[-1]))


def _joins(document: Document, fact: EvidenceFact) -> bool:
    """Whether a path stands in a table's column of what is joined with what, beside another such column."""
    for item in fact.items:
        cells = cells_of(document, item)
        ends = {header: cell for header, cell in cells.items() if header in _ENDS}
        if len(ends) > 1 and any(fact.ref.target in cell for cell in ends.values()):
            return True
    return False


def _lead(document: Document, start: int) -> str:
    """The line that ends in a colon above the list in which an offset stands; "" without one near."""
    source = document.source
    number = source.position(start).line
    if not _LISTED.match(source.slice(source.line_span(number))):
        return ""
    for above in range(number - 1, max(0, number - _LEAD_REACH), -1):
        text = source.slice(source.line_span(above)).strip(" \r\n*_")
        if text and not _LISTED.match(source.slice(source.line_span(above))):
            return text if text.endswith(":") else ""
    return ""


def _claims(item: WorkItem) -> bool:
    return item.mark is not None and item.status in _CLAIMED


def _headings(document: Document, start: int) -> list[str]:
    """The titles of the sections around an offset, the page's own apart, from the widest to the nearest."""
    at = bisect_right(document.sections, start, key=lambda part: part.span.start)
    around: list[str] = []
    for part in reversed(document.sections[:at]):
        if start < part.span.end:
            if part.level <= 1:
                break
            around.append(part.title)
    return around[::-1]
