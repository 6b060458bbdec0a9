"""The files that a command line needs: the words of it that are paths of this repository."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import EvidenceForm, EvidenceKind, EvidenceRef
from gatekeeper.model.text import Span

_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[<>|&;]+|[^\s\"'<>|&;()`]+")
# A path with a folder and an extension; a test's name may follow (`tests/test_a.py::test_b`).
_PATH = re.compile(r"(?:\./)?(?P<path>(?:[\w@+.-]+/)+[\w@+.-]*[\w@+-]\.[A-Za-z][A-Za-z0-9]{0,7})(?:::[\w:\[\]-]+)?")
# A registry or a site stands where a folder would (`ghcr.io/a/b.sh`), or the path is no one's own.
_NO_FOLDER = re.compile(
    r"[\w-]+\.[a-z]{2,}/|\.\./|(?:.*/)?path/to/|.*(?<![A-Za-z])(?:YOUR|MY|FILE|NAME|XXX?|N+|EXAMPLE|YYYY)(?![A-Za-z])"
)
_MADE = re.compile(
    r"(?:\.venv|venv|node_modules|dist|build|out|output|target|coverage|tmp|temp|bin|obj|\.next|\.nuxt|site-packages|artifacts?)/"
)
# What follows these is written, not read.
_WRITES = re.compile(
    r">{1,2}$|-o$|--?(?:out|output|outfile|output-file|outdir|junitxml|junit-xml|report|log-file|dest|target)$"
)
# These make, move or take away their files, or run where other files are.
_ELSEWHERE = frozenset("rm mkdir touch mv cp tee ln scp rsync ssh wget curl unzip tar".split())
_MACHINES = frozenset("docker docker-compose podman kubectl oc heroku fly gcloud vagrant".split())
_ENTERS = frozenset("exec run ssh".split())


def find_operands(ref: EvidenceRef) -> Iterator[EvidenceRef]:
    """The references to files that a command names as it runs, in order; none for a command that runs on another machine."""
    if ref.kind is not EvidenceKind.COMMAND or len(ref.target) != len(ref.span):
        return
    before, program = "", ""
    for token in _TOKEN.finditer(ref.target):
        word = token[0]
        if word[0] in "|&;":
            program = ""
        elif not program and "=" not in word:
            program = word
        elif program in _MACHINES and word in _ENTERS:
            return
        found = _PATH.fullmatch(word)
        if found and program not in _ELSEWHERE and not _WRITES.match(before) and _is_own(found["path"]):
            start = ref.span.start + token.start() + found.start("path")
            path = found["path"]
            yield EvidenceRef(path, EvidenceKind.PATH, EvidenceForm.CODE, Span(start, start + len(path)), path)
        before = word


def _is_own(path: str) -> bool:
    """Whether a path may be a file that the repository keeps."""
    return not _NO_FOLDER.match(path) and not _MADE.match(path)
