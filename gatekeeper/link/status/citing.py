"""Done items that offer another document of the repository as proof, and what is listed there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from gatekeeper.link.anchors import anchor_of
from gatekeeper.link.paths import name_of
from gatekeeper.link.status.identity import normal_key
from gatekeeper.link.status.place import line_of
from gatekeeper.model.document import EvidenceRef, Section
from gatekeeper.model.project import EvidenceFact, EvidenceState
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Citation, Voice

_WORD = re.compile(r"[^\W\d_]{4,}|[\u3040-\u9fff]{2}")
_ID = re.compile(r"(?<![\w/.-])(?:[A-Za-z]{1,12}-){0,3}[A-Za-z]{1,8}[-.]?\d[\w.]{0,12}(?:-\w{1,12}){0,3}(?![\w/-])")
# The id with which a file's name or a title begins: `HB-101` of `HB-101-berths`.
_FIRST_ID = re.compile(r"\W*(?:[A-Za-z]{1,12}[-_ ]){0,4}?[A-Za-z]{0,12}[-_. ]?\d+(?:[.-]\d+){0,3}(?![A-Za-z0-9])")
# Words that any row or heading about acceptance may have, so that they tell no section from another.
_GENERAL = frozenset(
    "acceptance accepted criteria criterion check checks checked checklist passed pass passing verified validated confirmed complete completed done"
    " signed approved review reviewed test tests tested testing requirement requirements gate gates evidence status scope items item rows with from"
    " that this have been were green final overall section documented pilot release launch readiness ready general other explicit must".split()
)


_SECTIONS_LIMIT = 200


def link_citations(
    spoken: Mapping[str, tuple[Voice, ...]], facts: Mapping[str, tuple[EvidenceFact, ...]]
) -> dict[str, tuple[Citation, ...]]:
    """Document path -> what its done items cite of other documents that list something, in document order."""
    cited: dict[str, _Cited] = {}
    found: dict[str, tuple[Citation, ...]] = {}
    for path, voices in spoken.items():
        done = {voice.item.span: voice for voice in voices if voice.item.status is Status.DONE}
        citations: list[Citation] = []
        for fact in facts.get(path, ()) if done else ():
            target = fact.paths[0] if len(fact.paths) == 1 and fact.state is EvidenceState.FOUND else ""
            if fact.ref.is_offered and target != path and spoken.get(target):
                document = cited.get(target) or cited.setdefault(target, _Cited(spoken[target]))
                units = (done[item.span] for item in fact.items if item.span in done)
                citations.extend(document.cited_by(unit, fact.ref) for unit in units)
        if citations:
            found[path] = tuple(citations)
    return found


class _Cited:
    """One document that others cite: its items by section and by id."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        self._document = voices[0].document
        self._parts = tuple(voice for voice in voices if voice.item.mark is not None)
        self._by_key = {voice.key: voice for voice in reversed(self._parts) if voice.key is not None}
        self._names = _names(self._document.path, self._document.title or "")
        sections = [part for part in self._document.sections if part.level > 1][:_SECTIONS_LIMIT]
        inside = ((part, tuple(one for one in self._parts if _stands_in(one, part))) for part in sections)
        self._sections = [(part, voices) for part, voices in inside if voices]
        self._by_anchor = {
            anchor_of(part.title): place for place, (part, _) in reversed(list(enumerate(self._sections)))
        }
        self._by_word: dict[str, list[int]] = {}
        for place, (part, _) in enumerate(self._sections):
            for word in _content(part.title):
                self._by_word.setdefault(word, []).append(place)

    def cited_by(self, unit: Voice, ref: EvidenceRef) -> Citation:
        """What an item cites of this document by a reference."""
        place = self._meant(unit, ref)
        ids = dict.fromkeys(normal_key(word) for word in _ID.findall(line_of(unit.document, unit.item)))
        return Citation(
            unit=unit,
            ref=ref,
            document=self._document,
            section=self._sections[place][0].title if place is not None else "",
            parts=self._parts if place is None else self._sections[place][1],
            whole=self._parts,
            named=tuple(
                self._by_key[key] for key in ids if key is not None and key != unit.key and key in self._by_key
            ),
            is_own=unit.key in self._names and unit.key not in _names(unit.path, unit.document.title or ""),
        )

    def _meant(self, unit: Voice, ref: EvidenceRef) -> int | None:
        """The place of the one section that a reference means, by its anchor or the words of the item that cites; None for the whole."""
        if ref.anchor:
            return self._by_anchor.get(ref.anchor)
        words = _content(unit.item.title)
        shared = Counter(place for word in words for place in self._by_word.get(word, ()))
        best = shared.most_common(2)
        return best[0][0] if len(best) == 1 or (best and best[0][1] > best[1][1]) else None


def _stands_in(voice: Voice, section: Section) -> bool:
    return section.span.start <= voice.item.span.start < section.span.end


def _content(title: str) -> set[str]:
    """The words of a title that tell it from others."""
    return {word for word in _WORD.findall(title.casefold()) if word not in _GENERAL}


def _names(path: str, title: str) -> set[str | None]:
    """The normal forms of the ids with which a document's name or title begins."""
    name = name_of(path).rpartition(".")[0]
    found = (_FIRST_ID.match(text) for text in (name, title))
    return {normal_key(match[0].strip().replace("_", "-")) for match in found if match is not None} - {None}
