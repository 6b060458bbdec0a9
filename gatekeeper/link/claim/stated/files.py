"""Counts of files held against the list of them: how many different ones it names."""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct

from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.claim.stated.measure import Measure, measure_of
from gatekeeper.link.claim.view import View, one_line
from gatekeeper.link.claim.words import kind_of, qualifiers
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, Section
from gatekeeper.model.text import Span

_ENTRY = re.compile(r"^ {0,3}(?:[-*+]|\d+[.)])[ \t]+(?P<words>[^\n]*)$", re.MULTILINE)
_PATH = re.compile(r"`(?P<code>[^`\s]{1,200}(?:\.\w{1,8}|/))`|\]\((?P<link>[^()\s]{1,300})\)")
_PART = re.compile(
    r"^[ \t|*+-]*(?:\.{3}|…)|\b(?:and|plus) (?:\d+ |many )?(?:more|others)\b|\*[`/.]", re.IGNORECASE | re.MULTILINE
)
_TITLE_TAIL = re.compile(r"[(\[:—–].*$")
_LABEL = re.compile(r"(?P<label>[A-Za-z]+(?:\s[A-Za-z]+){0,3})\W{0,4}:\W{0,4}$")
_SUMMARY = re.compile(r"\b(?:summary|totals?|statistics|metrics|overview|results?|impact)\b", re.IGNORECASE)
_LIKENESS = 0.75


class _Listing(Struct, frozen=True):
    """The files that the lists of a stretch name, one an entry, in order of their entries; folders end in a slash."""

    span: Span
    names: tuple[str, ...]


class FileLists:
    """Holds counts of files against the lists of one document."""

    def __init__(self, view: View, files: Files) -> None:
        self._view = view
        self._files = files
        self._listings: dict[Span, _Listing | None] = {}
        self._sections: dict[Measure, list[Section]] = {}
        for section in view.document.sections:
            if section.level and "file" in section.title.casefold():
                self._sections.setdefault(measure_of(_TITLE_TAIL.sub("", section.title)), []).append(section)
        claims = view.document.claims if self._sections else ()
        self._told = Counter(self._measure(claim) for claim in claims if claim.kind in ("figure", "count"))

    def judge(self, claim: Claim) -> ClaimFact | None:
        """What the list of files says of their count; None for other claims, and where entries name no file or several."""
        view = self._view
        measure = self._measure(claim) if self._sections and claim.kind in ("figure", "count") else None
        if measure is None or view.in_log(claim.span.start):
            return None
        section = self._section(claim, measure)
        listing = self._listing(section.span) if section is not None else None
        return self._held(claim, listing) if listing is not None else None

    def _measure(self, claim: Claim) -> Measure | None:
        """Which files a claim counts; None where it counts others, or only some of them."""
        if claim.kind == "figure":
            return _of_files(str(claim.values["label"]))
        noun = str(claim.values["of"])
        if kind_of(noun) != "file":
            return None
        if self._view.is_heading(claim.span.start):
            return Measure("file", "")
        label = _LABEL.search(self._view.before(claim))
        return _of_files(label["label"]) if label is not None and not qualifiers(noun) else None

    def _section(self, claim: Claim, measure: Measure) -> Section | None:
        """The heading's own section; for a line, the one section whose title is the line's label."""
        if self._view.is_heading(claim.span.start):
            return self._view.section_at(claim.span.start)
        named = self._sections.get(measure, [])
        own = self._view.section_at(claim.span.start)
        is_summary = own is None or own.level <= 1 or _SUMMARY.search(own.title) is not None
        is_plain = len(named) == 1 and measure.state != "total" and self._told[measure] == 1 and is_summary
        return named[0] if is_plain else None

    def _listing(self, span: Span) -> _Listing | None:
        """What the lists of a stretch name, read once; None where it is not one file an entry."""
        if span not in self._listings:
            self._listings[span] = self._read_listing(span)
        return self._listings[span]

    def _read_listing(self, span: Span) -> _Listing | None:
        view = self._view
        text = view.source.slice(span)
        groups = view.groups_in(span)
        if not groups or any(group.kind != "list" for group in groups) or _PART.search(text):
            return None
        lines = [match["words"] for match in _ENTRY.finditer(text)]
        named = [_PATH.findall(line) for line in lines]
        if len(lines) != sum(group.count for group in groups) or len(lines) < 2 or any(len(one) != 1 for one in named):
            return None
        return _Listing(span, tuple(code or link for ((code, link),) in named))

    def _held(self, claim: Claim, listing: _Listing) -> ClaimFact | None:
        stated = int(claim.values["count"])
        different = list(dict.fromkeys(listing.names))
        folders = [name for name in different if name.endswith("/")]
        inside = sum(self._files.count_in(folder) for folder in folders)
        total = len(different) - len(folders) + inside if folders else len(different)
        is_right = stated in (total, len(different))
        is_near = min(stated, total) >= _LIKENESS * max(stated, total)
        if not is_right and (not (is_near or stated == len(listing.names)) or (folders and not inside)):
            return None
        twice = [name for name, count in Counter(listing.names).items() if count > 1]
        found: dict[str, int | float | str] = {"total": total, "what": "different files", "entries": len(listing.names)}
        if twice:
            found["twice"] = ", ".join(twice[:3])
        if folders:
            found["folders"] = len(folders)
        view, first = self._view, self._view.groups_in(listing.span)[0]
        source = ClaimSource(
            view.document.path, view.line_at(first.span.start), one_line(view.text_at(first.span.start))
        )
        verdict = ClaimVerdict.VERIFIED if is_right else ClaimVerdict.REFUTED
        return ClaimFact(view.document.path, claim, verdict, ClaimBasis.LIST, found, sources=(source,))


def _of_files(label: str) -> Measure | None:
    measure = measure_of(label)
    return measure if measure.noun == "file" and not measure.rest else None
