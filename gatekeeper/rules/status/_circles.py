"""Who may mean one thing by an id: the documents of one folder tree or plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from gatekeeper.model.project import Project
from gatekeeper.model.subject import Subject, Voice


def circles_of(project: Project, subject: Subject) -> list[Subject]:
    """A subject for all who may mean one thing by its id, by their first document; a distinctive id is one for all.

    Whoever is not in one circle is never the same for `is_same`: neither is one plan's, nor is a folder of the one around the other's.
    """
    if subject.is_distinctive:
        return [subject]
    circle = _joined(project, subject.series, dict.fromkeys(voice.path for voice in subject.voices))
    groups: dict[str, list[Voice]] = defaultdict(list)
    for voice in subject.voices:
        groups[circle[voice.path]].append(voice)
    return [replace(subject, voices=tuple(voices)) for voices in groups.values()]


def _joined(project: Project, series: str, paths: dict[str, None]) -> dict[str, str]:
    """Document -> what names its circle."""
    above: dict[str, str] = {}

    def find(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = name = above[above[name]]
        return name

    outer = _outermost(path.rpartition("/")[0] for path in paths)
    for path in paths:
        leader = project.plans.leaders.get((series, path), path)
        above[find(path)] = find(leader)
        # A folder's name ends with a slash, so that it is no document's.
        above[find(path)] = find(f"{outer[path.rpartition('/')[0]]}/")
    return {path: find(path) for path in paths}


def _outermost(folders: Iterable[str]) -> dict[str, str]:
    """Folder -> the outermost of these folders that holds it; the root holds itself alone."""
    found: dict[str, str] = {}
    last = ""
    for folder in sorted(set(folders), key=lambda one: one.split("/")):
        if not last or not f"{folder}/".startswith(f"{last}/"):
            last = folder
        found[folder] = last
    return found
