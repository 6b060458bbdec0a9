"""What a packet is about: a run over a commit's files, or over the work tree."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper import __version__
from gatekeeper.cli.gate.ask import pick
from gatekeeper.cli.options import Options
from gatekeeper.cli.workspace import Workspace, open_commit_policy, open_workspace, reading
from gatekeeper.engine import packing, session
from gatekeeper.engine.board.board import find_board
from gatekeeper.engine.gate.verdicts import find_gates
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.gate.verdict import Gate
from gatekeeper.model.packet.content import Wanted
from gatekeeper.model.project import Project, Tree
from gatekeeper.model.report import Report
from gatekeeper.model.view.board import Board
from gatekeeper.policy.policy import Policy
from gatekeeper.render.board.links import repository_name
from gatekeeper.repo.past.commit import CommitTree
from gatekeeper.repo.past.log import LoggedCommit
from gatekeeper.repo.past.past import Past

SYMLINK, SUBMODULE = "a symbolic link", "another repository"


class Subject(Struct, frozen=True):
    """A run that a packet can be made of.

    Attributes:
        board: everything that was found, of all gates.
        commit: hex id; "" without git.
        source: "commit" or "worktree".
        remote: the URL of the remote as configured, which may hold a password.
    """

    tree: Tree
    policy: Policy
    project: Project
    board: Board
    past: Past
    commit: str
    source: str
    remote: str

    @property
    def report(self) -> Report:
        """The run."""
        return self.board.report

    def choose(self, names: Sequence[str]) -> tuple[Gate, ...]:
        """The gates of these names, each once, in their order; all of them without names.

        Raises:
            BadParameter: there is none of a name, or several.
        """
        gates = self.board.gates
        if not names or not gates:
            return gates
        chosen = {pick(gates, name, "'--gate'").name for name in names}
        return tuple(gate for gate in gates if gate.name in chosen)

    def about(self, chosen: Sequence[Gate]) -> Board:
        """The board of these gates alone: their items, and what was found in the documents of these."""
        names = {gate.name for gate in chosen}
        items = tuple(item for item in self.board.items if item.gate in names)
        paths = {item.location.path for item in items} | {place.path for gate in chosen for place in gate.places}
        report = replace(
            self.report,
            findings=tuple(one for one in self.report.findings if one.location.path in paths),
            disagreements=tuple(
                one
                for one in self.report.disagreements or ()
                if any(saying.location.path in paths for saying in one.sayings)
            ),
        )
        claims = tuple(claim for claim in self.board.claims if claim.location.path in paths)
        return replace(self.board, report=report, gates=tuple(chosen), items=items, claims=claims)

    def wanted(self, chosen: Board) -> list[Wanted]:
        """The files that the packet of a board is to hold, by path."""
        found = packing.find_files(chosen.gates, chosen.items, self.project, self.policy, self.tree)
        changes = self.past.last_changes(self.commit, found)
        tree = self.past.tree(self.commit) if self.source == "commit" else None
        return [self._wanted(path, role, changes.get(path), tree) for path, role in found.items()]

    def read_all(self, files: Sequence[Wanted], limit: int) -> Iterator[bytes]:
        """The bytes of files of at most `limit` bytes, in their order.

        Raises:
            UnreadableError: one cannot be read.
        """
        if self.source != "commit":
            yield from (self.tree.read(one.path, limit) for one in files)
            return
        for one, data in zip(files, self.past.read_all([one.blob for one in files], limit), strict=True):
            if data is None:
                raise UnreadableError(
                    "git has not got its content", "fetch it: `git fsck` names what is missing", one.path
                )
            yield data

    def _wanted(self, path: str, role: str, change: LoggedCommit | None, tree: CommitTree | None) -> Wanted:
        blob, size = tree.entry(path) if tree is not None else ("", 0)
        return Wanted(
            path=path,
            role=role,
            size=size,
            blob=blob,
            commit=change.commit if change else "",
            author_date=change.authored if change else "",
            obstacle=SYMLINK if path in self.tree.symlinks else SUBMODULE if path in self.tree.submodules else "",
        )


@contextmanager
def opened_subject(options: Options, ref: str | None, today: str, trust_ref: str | None) -> Iterator[Subject]:
    """A run over the files of a commit, or over the work tree where `ref` is None; git stays open for its objects.

    Raises:
        GatekeeperError: the root, the commit, the policy or the tree cannot be used.
    """
    workspace = open_workspace(options, (), (), trust_ref)
    with workspace.tree.open_past() as past:
        commit = past.find(ref or "HEAD")
        tree: Tree = workspace.tree if ref is None else past.tree(commit)
        workspace = workspace if ref is None else _under_commit(options, workspace, ref)
        with reading(options) as (parse, progress):
            settings = session.RunSettings(
                (),
                today,
                __version__,
                workspace.policy,
                with_disagreements=True,
                trusted=workspace.trusted,
                parse=parse,
            )
            report, project, settlement = session.survey(tree, settings, progress)
            gates = find_gates(project, settlement, workspace.policy, tree, today)
            remote = workspace.remote
            found = find_board(project, report, tree, gates, title=repository_name(remote))
        source = "worktree" if ref is None else "commit"
        yield Subject(tree, workspace.policy, project, found, past, commit, source, remote)


def _under_commit(options: Options, workspace: Workspace, ref: str) -> Workspace:
    """The workspace with the law of a commit; with a trusted commit that one's law holds, and this one's is proposed."""
    policy = open_commit_policy(options, workspace.tree, ref)
    if workspace.trusted is None:
        return replace(workspace, policy=policy)
    return replace(workspace, trusted=replace(workspace.trusted, proposed=policy))


def secret_values() -> tuple[str, ...]:
    """The values of the process's own variables that are secrets by their names."""
    words = ("KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL")
    return tuple(value for name, value in os.environ.items() if any(word in name.upper() for word in words))
