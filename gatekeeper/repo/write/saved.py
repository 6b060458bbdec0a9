"""Whether the last commit holds a file as it stands on disk, so that git could bring it back."""

from __future__ import annotations

from gatekeeper.repo.disk import is_inside, to_bytes
from gatekeeper.repo.git import Git

_BLOB = b"blob"


def why_unsaved(git: Git, path: str, data: bytes) -> str:
    """Why the last commit does not hold a file with these bytes; "" where it does.

    The index must hold the same too. Line ends that git writes for this system do not count.

    Raises:
        GitError: git failed or did not answer in time.
    """
    if not is_inside(path) or "\n" in path:
        return "git cannot be asked about this path"
    name = to_bytes(path)
    output = git.run("cat-file", "--batch-check", given=b"HEAD:./" + name + b"\n:./" + name + b"\n")
    answers = [line.split() for line in output.splitlines()]
    committed, staged = (answer[0] if answer[1:2] == [_BLOB] else b"" for answer in answers[:2])
    if not committed:
        return "it is not in the last commit"
    if staged != committed:
        return "it has staged changes that are not committed"
    head, _, rest = git.run("cat-file", "--batch", given=committed + b"\n").partition(b"\n")
    kept = rest[: int(head.split()[2])]
    if data in (kept, kept.replace(b"\n", b"\r\n")):
        return ""
    return "it has changes that are not committed"
