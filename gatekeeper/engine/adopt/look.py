"""A repository without a policy looked at once: what its policy file could say, and what checking under it finds."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.engine.adopt.contracts import guess_environment, guess_runtime
from gatekeeper.engine.adopt.folders import guess_folders
from gatekeeper.engine.adopt.found import find_owners, guess_gates, guess_words
from gatekeeper.engine.adopt.kinds import guess_kinds, known_files
from gatekeeper.engine.history.memo import ParseMemo
from gatekeeper.engine.intake import Parse, iter_taken, parse_each
from gatekeeper.engine.session import RunSettings, Watch, examine
from gatekeeper.model.adoption.proposal import FolderGuess, Proposal
from gatekeeper.model.environment.law import EnvironmentLaw
from gatekeeper.model.exception.waiver import UNACCEPTABLE
from gatekeeper.model.finding import Disposition, Severity
from gatekeeper.model.project import Tree
from gatekeeper.model.report import InputState, Report
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.patterns import compile_patterns


class Look(Struct, frozen=True):
    """What a first look at a repository comes to.

    Attributes:
        report: the outcome of checking under what is proposed for sure.
        policy: that law, as far as a run depends on it.
    """

    proposal: Proposal
    report: Report
    policy: Policy


def look(tree: Tree, today: str, version: str, watch: Watch = lambda path: None, parse: Parse = parse_each) -> Look:
    """What a policy file of a repository could say, and what `check` finds under it; no policy file is read.

    Args:
        tree: the repository.
        today: ISO 8601 day that counts as today.
        version: gatekeeper's own, for the Report.
        watch: is told of each file before it is read.
        parse: reads documents.

    Raises:
        GatekeeperError: the tree cannot be used.
    """
    memo = ParseMemo(parse)
    every = known_files(iter_taken(tree, (), Policy(), watch, parse=memo))
    folders = guess_folders(every)
    exclude = tuple(guess.pattern for guess in folders if guess.is_sure)
    is_out = compile_patterns(exclude)
    files = [one for one in every if not is_out(one.path)]
    kinds, unlisted = guess_kinds(files)
    environment = guess_environment(tree, exclude, today)
    law = environment[1] if environment is not None and environment[0].is_sure else None
    documents = tuple((guess.pattern, guess.kind) for guess in kinds if guess.is_sure)
    policy = Policy(exclude=exclude, documents=documents, environment=law)
    report, project = examine(tree, RunSettings((), today, version, policy, parse=memo), watch)
    gates, is_ordered = guess_gates(project, policy, tree, today)
    proposal = Proposal(
        kinds=kinds,
        unlisted=unlisted,
        folders=_counted(folders, report),
        words=guess_words(report.findings),
        gates=gates,
        are_gates_ordered=is_ordered,
        owners=find_owners([one.document for one in files]),
        environment=environment[0] if environment is not None else None,
        runtime=guess_runtime(tree, files),
        documents=sum(one.document.has_content for one in files),
        items=report.items,
        unreadable=len(report.inputs_in(InputState.UNREADABLE)),
        looked=len(report.inputs),
    )
    return Look(proposal, report, policy)


def _counted(folders: Sequence[FolderGuess], report: Report) -> tuple[FolderGuess, ...]:
    """Folders with what was found in them, those that are sure first; one in which nothing was found is no trouble to anybody."""
    active = [one for one in report.findings if one.disposition is Disposition.ACTIVE]
    sure = [guess for guess in folders if guess.is_sure]
    found = []
    for guess in folders:
        mine = [one.severity for one in active if one.location.path.startswith(f"{guess.folder}/")]
        counts = (mine.count(Severity.ERROR), mine.count(Severity.WARNING))
        if not guess.is_sure and any(counts):
            found.append(replace(guess, findings=counts))
    return (*sure, *found)


def means_the_same(look: Look, written: Policy) -> bool:
    """Whether a proposal that was written down reads as it was meant."""
    gates = tuple(guess.name for guess in look.proposal.gates if guess.is_sure)
    return (
        written.exclude == look.policy.exclude
        and written.documents == look.policy.documents
        and _bare(written.environment) == _bare(look.policy.environment)
        and not written.statuses
        and tuple(gate.name for gate in written.gates) == gates
    )


def _bare(law: EnvironmentLaw | None) -> EnvironmentLaw | None:
    """A law wherever it stands."""
    return None if law is None else replace(law, where="")


def left_after(report: Report) -> Report:
    """The report as it is once all its findings are accepted that can be."""
    kept = tuple(one for one in report.findings if one.code.startswith(UNACCEPTABLE))
    return replace(report, findings=kept)
