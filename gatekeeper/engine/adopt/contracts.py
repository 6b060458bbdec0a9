"""What could be held besides documents: files that declare variables, and the guard rails of an AI runtime."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gatekeeper.engine.adopt.globs import exactly
from gatekeeper.engine.adopt.kinds import Known
from gatekeeper.engine.session import RunSettings
from gatekeeper.engine.validate.environment import Held, base_law, validate_environment
from gatekeeper.link.environment.code.scan import is_code
from gatekeeper.model.adoption.proposal import EnvironmentGuess, RuntimeGuess
from gatekeeper.model.contract.fact import OutlineSection
from gatekeeper.model.environment.law import EnvironmentLaw
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.finding import Severity
from gatekeeper.model.project import Tree
from gatekeeper.parse.facts import FactReader
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.bystanders import find_foreign_folder
from gatekeeper.repo.patterns import compile_patterns

_TAXONOMY = "failure taxonomy"
_WATCHED = re.compile(r"observab|alert|threshold|guard|telemetry|monitor", re.IGNORECASE)
_CONSTANT = re.compile(
    rb"^(?:export\s+)?(?:const\s+|let\s+)?([A-Z][A-Z0-9_]*THRESHOLDS?[A-Z0-9_]*)\s*[:=]", re.MULTILINE
)
_SOURCES_MOST, _SOURCE_BYTES, _KINDS_MOST = 60, 256 * 1024, 20


def guess_environment(
    tree: Tree, exclude: tuple[str, ...], today: str
) -> tuple[EnvironmentGuess, EnvironmentLaw] | None:
    """The files that declare variables, what holding them finds, and the law that does; None where there are no such files.

    They are sure where nothing is wrong with them today.
    """
    law, pack = base_law()
    is_out, is_example = compile_patterns([*exclude, *law.exclude]), compile_patterns(law.examples)
    apart = tree.symlinks | tree.submodules | tree.sparse
    examples = sorted(path for path in tree.files - apart if is_example(path) and not is_out(path))
    examples = [path for path in examples if not find_foreign_folder(path.rpartition("/")[0])]
    law = replace(law, examples=tuple(map(exactly, examples)))
    is_meant = compile_patterns(law.examples)
    if not examples or not all(map(is_meant, examples)):
        return None
    settings = RunSettings(today=today, policy=Policy(sources=(pack,), exclude=exclude, environment=law))
    report = validate_environment(tree, settings, Held())
    errors, warnings, notes = (report.count(one) for one in (Severity.ERROR, Severity.WARNING, Severity.NOTE))
    return EnvironmentGuess(law.examples, report.variables, errors, warnings, notes, not errors and not warnings), law


def guess_runtime(tree: Tree, files: Sequence[Known]) -> RuntimeGuess | None:
    """The page that tells of kinds of failure, with the source file that may hold the limits; None without such a page."""
    found = min(_iter_playbooks(files), key=lambda page: page[1].words.casefold() != _TAXONOMY, default=None)
    if found is None:
        return None
    one, section = found
    kinds = tuple(str(entry.scalar) for entry in section.entries if entry.scalar is not None)[:_KINDS_MOST]
    source, constant = _thresholds(tree)
    line = one.document.source.position(section.heading.start).line
    return RuntimeGuess(one.path, section.title, line, kinds, source, constant)


def _iter_playbooks(files: Sequence[Known]) -> Iterator[tuple[Known, OutlineSection]]:
    reader = FactReader()
    for one in files:
        if any(_TAXONOMY in section.title.casefold() for section in one.document.sections):
            for section in reader.read_outline(one.document.source):
                if _TAXONOMY in section.words.casefold() and section.entries:
                    yield one, section


def _thresholds(tree: Tree) -> tuple[str, str]:
    """The first source file about alerts with a constant of thresholds, and its name; ("", "") without one."""
    apart = tree.symlinks | tree.submodules | tree.sparse
    likely = sorted(path for path in tree.files - apart if _WATCHED.search(path) and is_code(path))
    likely = [path for path in likely if not find_foreign_folder(path.rpartition("/")[0])]
    for path in likely[:_SOURCES_MOST]:
        try:
            match = _CONSTANT.search(tree.read(path, _SOURCE_BYTES))
        except UnreadableError:
            continue
        if match is not None:
            return path, match.group(1).decode("ascii")
    return "", ""
