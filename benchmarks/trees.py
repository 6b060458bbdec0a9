"""A repository of gate documents as large as asked for, with two of a hundred references broken and a list of all that is to be found.

    python benchmarks/trees.py FOLDER                         1,000 documents
    python benchmarks/trees.py FOLDER --documents 10000       27 MB, 205,000 references, 27,000 files beside the documents
    python benchmarks/trees.py FOLDER --seed 8                others

The folder becomes a git repository of one commit; `FOLDER.truth.json` says what is in it and lists each fault as `path:line:code`. The same number and seed
give the same bytes, and the same commit, on every machine. Documents come in areas of ten: a tracker, a log, a backlog, four sprints, three packs;
each area has gates of its own, of which some go by one name in several areas.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tree.area import DOCUMENTS, Area, Fault

SEED = 7
TODAY = "2026-06-30"
"""The day that counts as today where the tree is checked."""
_WHEN = "harbor <harbor@example.org> 1782777600 +0000"


@dataclass(slots=True)
class Truth:
    """What a tree holds, and what is to be found in it."""

    seed: int
    documents: int = 0
    bytes: int = 0
    references: int = 0
    files: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, area: Area) -> None:
        """Count an area."""
        self.documents += area.documents
        self.bytes += sum(len(text.encode()) for path, text in area.files.items() if path.endswith(".md"))
        self.references += area.references
        self.files += len(area.files)
        self.faults += area.faults

    def as_json(self) -> dict[str, object]:
        """As it is written beside the tree; `links` counts the faults that a checker of Markdown links can see."""
        return {
            "seed": self.seed,
            "today": TODAY,
            "documents": self.documents,
            "bytes": self.bytes,
            "references": self.references,
            "files": self.files,
            "links": sum(one.is_link for one in self.faults),
            "counts": dict(sorted(Counter(one.code for one in self.faults).items())),
            "findings": [f"{one.path}:{one.line}:{one.code}" for one in sorted(self.faults)],
        }


def iter_areas(documents: int, seed: int = SEED) -> Iterator[Area]:
    """The areas that hold so many documents, rounded up to a whole area; a larger tree begins like a smaller one."""
    for number in range(-(-documents // DOCUMENTS)):
        yield Area(seed, number)


def make_tree(folder: Path, documents: int, seed: int = SEED) -> dict[str, object]:
    """Write a tree into a new folder as a repository of one commit, and its truth beside it.

    Raises:
        FileExistsError: the folder is there already.
        subprocess.CalledProcessError: git failed.
    """
    folder.mkdir(parents=True)
    truth = Truth(seed)
    _git(folder, "init", "-q", "-b", "main")
    with subprocess.Popen(
        [*_GIT, "fast-import", "--quiet"], cwd=folder, env=_environment(), stdin=subprocess.PIPE
    ) as importer:
        assert importer.stdin is not None
        importer.stdin.write(f"commit refs/heads/main\ncommitter {_WHEN}\ndata 3\nall\n".encode())
        for area in iter_areas(documents, seed):
            truth.add(area)
            _write(folder, area.files.items(), importer.stdin)
        importer.stdin.close()
        if importer.wait():
            raise subprocess.CalledProcessError(importer.returncode, "git fast-import")
    _git(folder, "read-tree", "HEAD")
    _git(folder, "update-index", "-q", "--refresh")
    found = truth.as_json()
    folder.with_name(f"{folder.name}.truth.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return found


def _write(folder: Path, files: Iterable[tuple[str, str]], stream: IO[bytes]) -> None:
    """Write files to disk, and to a stream for `git fast-import`."""
    for path, text in files:
        data, target = text.encode(), folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        stream.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode())
        stream.write(data)
        stream.write(b"\n")


_GIT = ("git", "-c", "core.autocrlf=false", "-c", "core.fsmonitor=false")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run([*_GIT, *arguments], cwd=folder, env=_environment(), check=True)


def _environment() -> dict[str, str]:
    """Without what somebody's git is set to."""
    return {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def main(arguments: list[str] | None = None) -> int:
    """Write a tree and say what it holds; 2 where it cannot be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write; must not exist")
    parser.add_argument("--documents", type=int, default=1000, help="how many, rounded up to tens (default: 1000)")
    parser.add_argument("--seed", type=int, default=SEED, help=f"another seed gives another tree (default: {SEED})")
    asked = parser.parse_args(arguments)
    if asked.documents < 1 or asked.folder.exists():
        print("there must be a document" if asked.documents < 1 else f"{asked.folder} exists", file=sys.stderr)
        return 2
    truth = make_tree(asked.folder, asked.documents, asked.seed)
    faults = sum(truth["counts"].values())  # type: ignore[attr-defined]
    print(
        f"{truth['documents']:,} documents, {truth['bytes']:,} bytes, {truth['references']:,} references, {truth['files']:,} files, {faults:,} faults"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
