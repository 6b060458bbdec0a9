"""How things stand by all documents together: subjects, families and pointers of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from gatekeeper.link.status.families import bringing_families, families_of, named_families
from gatekeeper.link.status.groups import group_families
from gatekeeper.link.status.place import voices_of
from gatekeeper.link.status.pointers import pointings_of
from gatekeeper.link.status.subjects import group_subjects
from gatekeeper.link.status.verdicts import remainders_of, rulings_of
from gatekeeper.model.document import Document
from gatekeeper.model.subject import Family, Pointing, Remainder, Ruling, Subject, Voice


class Standing(Struct, frozen=True):
    """What documents say of units of work, as `Project` has it.

    Attributes:
        subjects: those of which several items speak, by key.
        families: document path -> its families.
        pointings: document path -> what it says of the units that its pointers name.
        rulings: document path -> its verdicts that speak of the same as an item.
        remainders: document path -> its sections of what is still to be done, with the item at its head.
    """

    subjects: tuple[Subject, ...]
    families: Mapping[str, tuple[Family, ...]]
    pointings: Mapping[str, tuple[Pointing, ...]]
    rulings: Mapping[str, tuple[Ruling, ...]]
    remainders: Mapping[str, tuple[Remainder, ...]]


def speak(documents: Sequence[Document]) -> dict[str, tuple[Voice, ...]]:
    """Document path -> one voice for each of its items; forms that nobody filled in say nothing."""
    return {document.path: voices_of(document) for document in documents if document.items and not document.is_template}


def link_statuses(documents: Sequence[Document], spoken: Mapping[str, tuple[Voice, ...]]) -> Standing:
    """What these documents say of units of work, given the voices of each."""
    everyone = [voice for voices in spoken.values() for voice in voices]
    families: dict[str, list[Family]] = defaultdict(list)
    pointings: dict[str, tuple[Pointing, ...]] = {}
    rulings: dict[str, tuple[Ruling, ...]] = {}
    remainders: dict[str, tuple[Remainder, ...]] = {}
    for document in documents:
        if document.path in spoken:
            voices = spoken[document.path]
            families[document.path].extend(families_of(document, voices))
            pointings[document.path] = pointings_of(document, voices, families[document.path])
            rulings[document.path] = rulings_of(document, voices)
            remainders[document.path] = remainders_of(document, voices)
            families[document.path].extend(bringing_families(voices))
            families[document.path].extend(group_families(document, voices))
    for family in named_families(everyone):
        families[family.parents[0].path].append(family)
    return Standing(
        group_subjects(everyone),
        {path: tuple(found) for path, found in families.items() if found},
        {path: found for path, found in pointings.items() if found},
        {path: found for path, found in rulings.items() if found},
        {path: found for path, found in remainders.items() if found},
    )
