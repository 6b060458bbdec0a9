"""How things stand by all documents together: subjects and families of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from gatekeeper.link.status.families import bringing_families, families_of, named_families
from gatekeeper.link.status.place import voices_of
from gatekeeper.link.status.subjects import group_subjects
from gatekeeper.model.document import Document
from gatekeeper.model.subject import Family, Subject, Voice


def speak(documents: Sequence[Document]) -> dict[str, tuple[Voice, ...]]:
    """Document path -> one voice for each of its items; forms that nobody filled in say nothing."""
    return {document.path: voices_of(document) for document in documents if document.items and not document.is_template}


def link_statuses(
    documents: Sequence[Document], spoken: Mapping[str, tuple[Voice, ...]]
) -> tuple[tuple[Subject, ...], Mapping[str, tuple[Family, ...]]]:
    """The subjects of which several items speak, and each document's families, given what each document says."""
    everyone = [voice for voices in spoken.values() for voice in voices]
    families: dict[str, list[Family]] = defaultdict(list)
    for document in documents:
        if document.path in spoken:
            families[document.path].extend(families_of(document, spoken[document.path]))
            families[document.path].extend(bringing_families(spoken[document.path]))
    for family in named_families(everyone):
        families[family.parents[0].path].append(family)
    return group_subjects(everyone), {path: tuple(found) for path, found in families.items() if found}
