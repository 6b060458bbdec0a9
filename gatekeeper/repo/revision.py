"""One commit's files, read from git's objects: the law as a trusted commit has it."""

from __future__ import annotations

from gatekeeper.model.errors import TreeError, UnreadableError
from gatekeeper.repo.disk import is_inside, to_bytes
from gatekeeper.repo.git import Git

_BLOB = b"blob"


class Revision:
    """The files of one commit; nothing on disk is looked at.

    Attributes:
        name: the commit as the user named it.
        commit: its id in hex.
    """

    def __init__(self, git: Git, name: str, commit: str) -> None:
        self.name = name
        self.commit = commit
        self._git = git

    def is_present(self, path: str) -> bool:
        """Whether the commit holds a file at a repo-relative path."""
        return self._find(path) is not None

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file of at most `limit` bytes.

        Raises:
            UnreadableError: the commit does not hold it, or it is larger.
        """
        where = f"{self.name}:{path}"
        size = self._find(path)
        if size is None:
            raise UnreadableError("not in this commit", "name a file that it holds", where)
        if size > limit:
            raise UnreadableError(f"larger than {limit} bytes", "split the file", where)
        # "<id> blob <size>\n<bytes>\n"
        _, _, rest = self._git.run("cat-file", "--batch", given=self._object(path)).partition(b"\n")
        return rest[:size]

    def _find(self, path: str) -> int | None:
        """The size of a file in bytes; None where there is none, or something else."""
        if not is_inside(path) or "\n" in path:
            return None
        words = self._git.run("cat-file", "--batch-check", given=self._object(path)).split()
        return int(words[2]) if len(words) == 3 and words[1] == _BLOB else None

    def _object(self, path: str) -> bytes:
        """The name of a file's object; `./` makes the path one from git's folder on, as all our paths are."""
        return f"{self.commit}:./".encode() + to_bytes(path) + b"\n"


def find_revision(git: Git, name: str) -> Revision:
    """The commit that a name stands for.

    Raises:
        TreeError: there is no such commit here.
    """
    answer = None
    if name and not name.startswith("-") and not any(sign in name for sign in "\0\n"):
        answer = git.answer("rev-parse", "--verify", "-q", f"{name}^{{commit}}")
    if answer is not None and answer.code == 0:
        return Revision(git, name, answer.output.decode("ascii", "replace").strip())
    shallow = git.answer("rev-parse", "--is-shallow-repository").output.strip() == b"true"
    hint = (
        "the clone is shallow: fetch its whole history, in a workflow with `fetch-depth: 0`"
        if shallow
        else "name a branch, tag or commit that was fetched, such as origin/main; in CI fetch with `fetch-depth: 0`"
    )
    raise TreeError("git knows no such commit", hint, name)
