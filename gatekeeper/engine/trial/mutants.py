"""Mutants: the repository as it would be if somebody had broken it, in memory, always the same ones in the same order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.engine.exemptions import BASELINE_BYTES_LIMIT, TrustedBase
from gatekeeper.engine.session import RunSettings
from gatekeeper.engine.trial.edits import Edit, apply_edits, editions
from gatekeeper.engine.trial.variables import iter_broken
from gatekeeper.model.document import Document
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.finding import Severity
from gatekeeper.model.project import EvidenceState, Project, Tree
from gatekeeper.model.report import PolicyLine, RuleInfo
from gatekeeper.parse.syntax.source import decode_source
from gatekeeper.policy.policy import OFF, RuleSetting
from gatekeeper.repo.overlay import OverlayTree

_READ_LIMIT = 16 << 20
_MORE_LIMIT = 10_000
_TOO_MUCH = b"\n" * (3 << 20)
_TWICE = "\nâ€œZzyzxâ€\u009d cafÃ© âœ…\n".encode()
_LATE, _EARLY = "2999-12-31", "2000-01-01"
_RULE = re.compile(r"(?m)(?<=rule:)[ \t]*\S+")
_OWNER = re.compile(r"(?m)^([ \t]*)owner:[ \t]*(.*)$")
_APPROVER = re.compile(r"(?m)^[ \t]*approved-by:.*\n?")
_END = re.compile(r"(?m)^[ \t]*expires:.*\n?")
_ENTRY = '{"schema_version": "1", "findings": [{"rule": "EV001", "path": "x.md", "subject": "x", "fingerprint": "%s", "count": 1}]}'


class Mutant(Struct, frozen=True):
    """A repository that somebody has broken.

    Attributes:
        name: what was done, in words.
        families: codes of rules, or their beginnings, that may object.
    """

    name: str
    families: tuple[str, ...]
    tree: Tree
    settings: RunSettings


def iter_mutants(tree: Tree, project: Project, settings: RunSettings, infos: Iterable[RuleInfo]) -> Iterator[Mutant]:
    """Every mutant of a repository; made one at a time.

    Args:
        tree: the repository.
        project: what is known of it.
        settings: of the run that found this.
        infos: cards of the rules that ran.
    """
    yield from _of_tree(tree, project, settings)
    yield from _of_documents(tree, project, settings)
    yield from _of_waivers(tree, settings)
    yield _of_law(tree, settings, infos)


def _of_tree(tree: Tree, project: Project, settings: RunSettings) -> Iterator[Mutant]:
    documents = {document.path for document in project.documents}
    targets = {
        path
        for facts in (*project.facts.values(), *project.links.values())
        for fact in facts
        if fact.state is EvidenceState.FOUND
        for path in fact.paths
        if path in tree.files
    }
    proof = sorted(targets - documents - tree.submodules)
    made = (
        ("deletes what is named as evidence", OverlayTree(tree, removed=proof)),
        ("does not add what is named as evidence", OverlayTree(tree, untracked=proof)),
        ("empties what is named as evidence", OverlayTree(tree, dict.fromkeys(proof, b""))),
        ("deletes every other file that is named as evidence", OverlayTree(tree, removed=proof[::2])),
    )
    for name, changed in made:
        yield Mutant(name, ("EV", "CL", "DC"), changed, settings)
    watched = {settings.policy.baseline, settings.policy.waivers.file, *(one.name for one in settings.policy.sources)}
    others = sorted(tree.files - documents - watched - tree.symlinks - tree.submodules)
    # So many more that those with words in them are few.
    more = [f"zzyzx/{number}" for number in range(min(_MORE_LIMIT, 20 * (1 + len(tree.files))))]
    empty = OverlayTree(tree, dict.fromkeys([*others, *more], b""))
    yield Mutant("empties every file", ("DC", "EV"), empty, settings)
    if project.environment is not None:
        for name, broken, law in iter_broken(project.environment, tree, settings):
            yield Mutant(name, ("EN",), broken, law)


def _of_documents(tree: Tree, project: Project, settings: RunSettings) -> Iterator[Mutant]:
    texts = {document.path: data for document in project.documents if (data := _read(tree, document.path)) is not None}
    for edition in editions():
        changed = {
            document.path: data
            for document in project.documents
            if document.path in texts
            and (data := _edited(document, texts[document.path], edition.edits(document, project))) is not None
        }
        yield Mutant(edition.name, edition.families, OverlayTree(tree, changed), settings)
    damage: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
        ("saves documents in another encoding", lambda data: data + b"\n\xe9\n"),
        ("encodes documents twice", lambda data: data + _TWICE),
        ("makes documents too large", lambda data: data + _TOO_MUCH),
        ("leaves conflicts in documents", lambda data: b"<<<<<<< HEAD\n" + data + b"\n```\n"),
    )
    for name, spoil in damage:
        spoiled = {path: spoil(data) for path, data in texts.items()}
        yield Mutant(name, ("DC",), OverlayTree(tree, spoiled), settings)


def _edited(document: Document, data: bytes, edits: Iterable[Edit]) -> bytes | None:
    """A document's bytes with edits made; None where nothing changes."""
    source, _ = decode_source(document.path, data)
    # The document's own text has blanks where comments speak to gatekeeper: these stay.
    changed = apply_edits(source.text, edits)
    if changed == source.text:
        return None
    return changed.encode("utf-8", "surrogatepass")


def _of_waivers(tree: Tree, settings: RunSettings) -> Iterator[Mutant]:
    yield Mutant("lets every waiver end", ("WV",), tree, replace(settings, today=_LATE))
    yield Mutant("asks for waivers years ahead", ("WV",), tree, replace(settings, today=_EARLY))
    path = settings.policy.waivers.file
    data = _read(tree, path)
    if data is None:
        return
    text = data.decode("utf-8", "replace")
    made = (
        ("waives rules that there are not", _RULE.sub(" ZZ999", text)),
        ("waives what watches over waivers", _RULE.sub(" WV001", text)),
        ("leaves out who owns a waiver", _OWNER.sub(r"\1ownr: \2", text)),
        ("lets owners approve their waivers", _OWNER.sub(r"\1owner: \2\n\1approved-by: \2", _APPROVER.sub("", text))),
        ("lets waivers run without an end", _END.sub("", text)),
    )
    for name, changed in made:
        yield Mutant(name, ("WV",), OverlayTree(tree, {path: changed.encode()}), settings)
    accepted = (_ENTRY % ("0" * 64)).encode()
    yield Mutant(
        "accepts what is not found", ("WV",), OverlayTree(tree, {settings.policy.baseline: accepted}), settings
    )


def _of_law(tree: Tree, settings: RunSettings, infos: Iterable[RuleInfo]) -> Mutant:
    """A change that turns every rule off, leaves documents out, adds a waiver and lets the baseline grow."""
    law = settings.policy
    quiet = {info.code: RuleSetting(enabled=False) for info in infos if info.severity is not Severity.NOTE}
    lines = tuple(PolicyLine(("rules", code, "severity"), OFF, "") for code in quiet)
    proposed = replace(
        law,
        rules=quiet,
        exclude=(*law.exclude, "zzyzx/"),
        waivers=replace(law.waivers, max_days=law.waivers.max_days + 1000),
        lines=(*law.lines, *lines, PolicyLine(("exclude", 0), "zzyzx/", "")),
    )
    waiver = b"\n- {rule: EV001, path: zzyzx.md, reason: a mutation, owner: nobody, expires: 2999-12-31}\n"
    listed = _read(tree, law.waivers.file) or b""
    grown = {
        law.waivers.file: waiver if b"waivers:" in listed else listed + waiver,
        law.baseline: (_ENTRY % ("0" * 64)).encode(),
    }
    trusted = TrustedBase("the law before", tree, proposed)
    return Mutant("weakens the law", ("PO",), OverlayTree(tree, grown), replace(settings, trusted=trusted))


def _read(tree: Tree, path: str) -> bytes | None:
    try:
        return tree.read(path, max(_READ_LIMIT, BASELINE_BYTES_LIMIT)) if tree.is_present(path) else None
    except UnreadableError:
        return None
