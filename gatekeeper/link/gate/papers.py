"""Whose packs and checklists are by their titles, and documents that are a gate by themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gatekeeper.link.gate.near import Nearby
from gatekeeper.link.gate.seeds import Key, Seed
from gatekeeper.link.order.gates import gate_key
from gatekeeper.link.order.outline import Outline
from gatekeeper.model.document import DocumentKind

_PAPERS = (DocumentKind.EVIDENCE_PACK, DocumentKind.CHECKLIST)


def add_papers(outlines: Mapping[str, Outline], seeds: Sequence[Seed]) -> list[Seed]:
    """These gates and those that packs, checklists and checkpoints alone name, in the order of their units, else of documents.

    A paper becomes a home of the gate that its title names; of several of that name it is the nearest one's, of equally near ones nobody's.
    """
    found = [*seeds, *_of_papers(outlines, seeds), *_checkpoints(outlines)]
    return sorted(found, key=lambda seed: seed.order)


def _of_papers(outlines: Mapping[str, Outline], seeds: Sequence[Seed]) -> list[Seed]:
    """Gates that only papers name, one for a name; to known ones the papers are added."""
    groups: dict[Key, list[Seed]] = defaultdict(list)
    for one in seeds:
        for key in one.keys:
            groups[key].append(one)
    known = {key: Nearby(group) for key, group in groups.items()}
    new: dict[Key, Seed] = {}
    for path, outline in sorted(outlines.items()):
        name = paper_gate(outline)
        key = gate_key(name) if name else ()
        if not key or outline.document.kind not in _PAPERS:
            continue
        if key not in known and key not in new:
            new[key] = Seed(name, (key,), order=(path, 99, (), name))
        seed = known[key].nearest(path) if key in known else new[key]
        if seed is not None:
            seed.home.add(path)
            seed.spelled[name] += 1
            seed.places.append(outline.place(outline.line_at(_title_start(outline)), name))
    return list(new.values())


def paper_gate(outline: Outline) -> str:
    """The gate that all items of a document belong to, where its title names it; "" otherwise."""
    names = {item.gate for item in outline.items if item.gate}
    title = next((section.title for section in outline.document.sections if section.level), "").casefold()
    name = names.pop() if len(names) == 1 else ""
    return name if name and name.casefold() in title and gate_key(name) else ""


def _title_start(outline: Outline) -> int:
    return next((section.heading.start for section in outline.document.sections if section.level), 0)


def _checkpoints(outlines: Mapping[str, Outline]) -> Iterator[Seed]:
    """Documents that are a gate by themselves: a release checklist, a go/no-go."""
    for path, outline in sorted(outlines.items()):
        document = outline.document
        if document.is_checkpoint and document.items and not any(item.gate for item in document.items):
            title = next((section.title for section in document.sections if section.level), "") or path
            place = outline.place(outline.line_at(_title_start(outline)), title)
            yield Seed(
                title, (gate_key(title) or (path,),), "", "", {path}, Counter([title]), [place], (path, 99, (), title)
            )
