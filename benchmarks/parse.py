"""How fast documents are read: bytes to Documents, beside the bare Markdown parser on the same bytes in the same run.

    python benchmarks/parse.py                    the documents of examples/
    python benchmarks/parse.py FOLDER --runs 9    every document below a folder

Prints megabytes a second and how many times longer than bare pyromark it takes: least, median and most of all runs. The
two take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyromark

from gatekeeper.parse.reader import BYTES_LIMIT, parse_document

MARKDOWN = (".md", ".markdown", ".txt")
DATA = (".yml", ".yaml", ".json")
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"

Inputs = list[tuple[str, bytes]]


def load(folder: Path, suffixes: Sequence[str]) -> Inputs:
    """Path and bytes of each document below a folder, in path order; what is too large to be read is left out."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix.lower() in suffixes]
    found = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]
    return [(name, data) for name, data in found if len(data) <= BYTES_LIMIT]


def read_documents(inputs: Inputs) -> int:
    """Read each document as the product does; how many items there are."""
    return sum(len(parse_document(name, data).items) for name, data in inputs)


def read_bare(inputs: Inputs) -> int:
    """Run the Markdown parser alone over each document, with the options that the product uses; how many events there are."""
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    count = 0
    for _, data in inputs:
        count += sum(1 for _ in pyromark.events_with_range(data.decode("utf-8", "replace"), options=options))
    return count


def seconds(read: Callable[[Inputs], int], inputs: Inputs) -> float:
    """How long one pass over all documents takes."""
    start = time.perf_counter()
    read(inputs)
    return time.perf_counter() - start


def row(name: str, values: Sequence[float], digits: int = 2) -> str:
    """One line of the result: least, median and most."""
    figures = "  ".join(f"{value:9.{digits}f}" for value in (min(values), statistics.median(values), max(values)))
    return f"{name:32} {figures}"


def slowest(inputs: Inputs, count: int) -> list[tuple[float, str]]:
    """The documents with the lowest speed, in megabytes a second; small ones are left out, as the clock is too coarse."""
    found = []
    for name, data in inputs:
        if len(data) >= 2000:
            best = min(seconds(read_documents, [(name, data)]) for _ in range(3))
            found.append((len(data) / 1e6 / best, name))
    return sorted(found)[:count]


def main() -> int:
    """Measure and print; 2 where there is nothing to read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=EXAMPLES, help="folder of documents (default: examples/)"
    )
    parser.add_argument("--runs", type=int, default=7, help="how often each is measured (default: 7)")
    parser.add_argument(
        "--data", action="store_true", help="read YAML and JSON too; they have no bare pass, so no ratio"
    )
    parser.add_argument("--slowest", type=int, default=0, metavar="N", help="name the N slowest documents")
    args = parser.parse_args()
    inputs = load(args.folder, (*MARKDOWN, *DATA) if args.data else MARKDOWN)
    if not inputs or args.runs < 1:
        print(f"nothing to measure in {args.folder}", file=sys.stderr)
        return 2
    size = sum(len(data) for _, data in inputs) / 1e6
    items = read_documents(inputs)  # also warms what is loaded once
    ours, bare = [], []
    for _ in range(args.runs):
        ours.append(seconds(read_documents, inputs))
        bare.append(seconds(read_bare, inputs))
    print(f"{len(inputs)} documents, {size:.3f} MB, {items} items, {args.runs} runs")
    print(f"{'':32} {'min':>9}  {'median':>9}  {'max':>9}")
    print(row("bytes to Documents, MB/s", [size / took for took in ours]))
    if not args.data:
        print(row("bare pyromark, MB/s", [size / took for took in bare]))
        print(row("times as long as bare pyromark", [mine / other for mine, other in zip(ours, bare, strict=True)]))
    for speed, name in slowest(inputs, args.slowest):
        print(f"{speed:9.2f} MB/s  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
