"""What a repository does with the environment, held against the law."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from gatekeeper.link.environment.code.scan import scan_code
from gatekeeper.link.environment.dotenv import Assignment, parse_env
from gatekeeper.link.environment.mentions import find_mentioned
from gatekeeper.link.environment.values import ValueJudge
from gatekeeper.model.contract.fact import Reader
from gatekeeper.model.environment.fact import Declaration, EnvironmentFact, EnvironmentInput, FileRole, VariableSet
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.finding import Location
from gatekeeper.model.project import Tree
from gatekeeper.model.text import SourceText

ENV_BYTES_LIMIT = 1 << 18
LIVE = "(environment)"
"""How the environment of the process is named where a path stands."""


def link_environment(given: EnvironmentInput, tree: Tree, reader: Reader) -> EnvironmentFact:
    """The facts about the files that the law means, and about what the run is held against."""
    judge = ValueJudge(given.law)
    sets = tuple(_iter_sets(given, tree, reader, judge))
    scan = scan_code(given.code, tree, reader)
    used = {name.casefold() for name in scan.uses}
    declared = {one.name for each in sets if each.role is FileRole.EXAMPLE for one in each.declarations}
    silent = sorted(name for name in declared if name.casefold() not in used)
    unguarded, conventional = _guards(given, tree)
    return EnvironmentFact(
        law=given.law,
        sets=sets,
        uses={name: tuple(scan.uses[name]) for name in sorted(scan.uses)},
        secret=frozenset(name for name in scan.uses if judge.is_secret_name(name)),
        mentioned=find_mentioned(silent, given.others, tree) if silent else frozenset(),
        unguarded=unguarded,
        is_handed_on=scan.is_handed_on,
        conventional=conventional,
        skipped=scan.skipped,
    )


def _iter_sets(given: EnvironmentInput, tree: Tree, reader: Reader, judge: ValueJudge) -> Iterator[VariableSet]:
    for role, paths in ((FileRole.EXAMPLE, given.examples), (FileRole.REAL, given.files)):
        for path in paths:
            try:
                data = tree.read(path, ENV_BYTES_LIMIT)
            except UnreadableError as error:
                yield VariableSet(path, role, problem=error.message)
            else:
                yield _set_of(reader.decode(path, data), role, judge)
    if given.file is not None:
        yield _set_of(reader.decode(*given.file), FileRole.GIVEN, judge)
    if given.live is not None:
        yield _live_set(given, given.live, judge)


def _set_of(source: SourceText, role: FileRole, judge: ValueJudge) -> VariableSet:
    text = parse_env(source)
    return VariableSet(
        source.path,
        role,
        declarations=tuple(_iter_declarations(text.assignments, judge)),
        commented=tuple(_iter_declarations(text.commented, judge)),
        documented=text.documented,
        malformed=text.malformed,
        problem=text.problem,
    )


def _live_set(given: EnvironmentInput, live: Mapping[str, str], judge: ValueJudge) -> VariableSet:
    """The variables of the process of which the law speaks; no other is looked at."""
    law = given.law
    names = [key.name for key in law.keys] + [one.name for key in law.keys for one in key.required_when]
    known = [name for name in dict.fromkeys(names) if name in live]
    assignments = [Assignment(name, live[name], Location.whole(LIVE)) for name in known]
    return VariableSet(LIVE, FileRole.LIVE, tuple(_iter_declarations(assignments, judge)))


def _iter_declarations(assignments: Sequence[Assignment], judge: ValueJudge) -> Iterator[Declaration]:
    first: dict[str, int] = {}
    for index, one in enumerate(assignments):
        before = first.setdefault(one.name, index)
        yield Declaration(
            name=one.name,
            location=one.location,
            state=judge.state(one.value),
            is_secret=judge.is_secret(one.name, one.value),
            breaches=judge.breaches(one.name, one.value),
            first=None if before == index else before,
            differs=one.value != assignments[before].value,
            switches=judge.switches(one.name, one.value),
        )


def _guards(given: EnvironmentInput, tree: Tree) -> tuple[dict[str, bool], frozenset[str]]:
    """Real files beside an example that nothing keeps out of git, and the folders whose `.env` is committed by convention."""
    if not tree.has_git:
        return {}, frozenset()
    folders = {posixpath.dirname(path) for path in (*given.examples, *given.files)}
    is_ignored = {folder: tree.is_ignored(posixpath.join(folder, ".env")) for folder in folders}
    is_local_ignored = {folder: tree.is_ignored(posixpath.join(folder, ".env.local")) for folder in folders}
    conventional = frozenset(folder for folder in folders if is_local_ignored[folder] and not is_ignored[folder])
    unguarded = dict.fromkeys(given.unguarded, True)
    for path in given.examples:
        folder = posixpath.dirname(path)
        real = posixpath.join(folder, ".env")
        if not is_ignored[folder] and folder not in conventional and real not in tree.files:
            unguarded.setdefault(real, False)
    return unguarded, conventional
