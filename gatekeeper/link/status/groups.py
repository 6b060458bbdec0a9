"""Groups that a summary line names: the section of that title, or the items that carry that tag."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gatekeeper.link.status.place import line_of
from gatekeeper.model.document import Document, Section
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Relation, Shape, Voice

_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s+")
_NOUN = re.compile(
    r" (?:tasks?|items?|issues?|stories|requirements|criteria|features|fixes|bugs|findings|work|checks|tests|tareas|aufgaben|tâches|задачи)$"
)
_TAG = re.compile(r"[\[(（【]([^\[\]()（）【】\n]{1,24})[\])）】]")
# Parts that any document has: who ticks them says that they are written.
_OF_DOCUMENTS = frozenset(
    "acceptance criteria|criteria|requirements|dependencies|scope|goals|objectives|risks|overview|background|context|constraints|definition of done|checklist"
    "|notes|summary|documentation|references|user stories|test plan|success criteria|tasks|out of scope|boundaries|edge cases".split(
        "|"
    )
)
# Headings over the lines of a summary.
_SUMMARY = re.compile(
    r"\b(?:summary|overview|status|progress|completion|tracking|scorecard|at a glance|resumen|resumo|résumé|übersicht|avancement|progreso|сводка|итог\w*)\b"
    r"|总结|概览|进度|概要|進捗",
    re.IGNORECASE,
)
_LEAST = 4


def group_families(document: Document, voices: Sequence[Voice]) -> Iterator[Family]:
    """The groups of a document that summary lines and rows with a status name, each with its items elsewhere, in the order in which they are named."""
    sections = _sections_by_title(document)
    lines: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.shape is not Shape.HEADING and voice.key is None and voice.sections and _speaks(voice):
            lines[_words(voice.item.title)].append(voice)
    beside = Counter(voice.sections for name in lines if name in sections for voice in lines[name][:1])
    tagged = _by_tag(voices) if any(_NOUN.search(name) for name in lines) else {}
    starts = [voice.item.span.start for voice in voices]
    for name, named in lines.items():
        section = sections.get(name)
        if section is None:
            children: Sequence[Voice] = tagged.get(_NOUN.sub("", name), ()) if _NOUN.search(name) else ()
        else:
            children = voices[bisect_left(starts, section.heading.end) : bisect_left(starts, section.span.end)]
        summaries = tuple(one for one in named if section is None or _is_summary(one, name, section, beside))
        own = {one.item.span for one in summaries}
        told = tuple(one for one in children if _speaks(one) and one.item.span not in own)
        if summaries and told:
            yield Family(summaries, told, Relation.SECTION)


def _is_summary(voice: Voice, name: str, section: Section, beside: Mapping[tuple[str, ...], int]) -> bool:
    """Whether a line stands outside of the section that it names, among its like or in a summary: one line may have a section's title by chance."""
    if section.span.start <= voice.item.span.start < section.span.end:
        return False
    return beside[voice.sections] > 1 or bool(_NOUN.search(name) or _SUMMARY.search(voice.sections[-1]))


def _sections_by_title(document: Document) -> dict[str, Section]:
    """Words of a title -> the one section that has it, below the document's own."""
    found: dict[str, list[Section]] = defaultdict(list)
    for section in document.sections:
        name = _words(section.title)
        if section.level and section.unit is None and len(name) >= _LEAST and name not in _OF_DOCUMENTS:
            found[name].append(section)
    return {name: sections[0] for name, sections in found.items() if len(sections) == 1}


def _by_tag(voices: Sequence[Voice]) -> dict[str, list[Voice]]:
    """Words in brackets -> the items on whose line they stand."""
    found: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        for tag in dict.fromkeys(_words(match[1]) for match in _TAG.finditer(line_of(voice.document, voice.item))):
            found[tag].append(voice)
    return found


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", _NUMBER.sub("", text)).strip().casefold()


def _speaks(voice: Voice) -> bool:
    return voice.item.mark is not None and voice.item.status is not Status.UNKNOWN
