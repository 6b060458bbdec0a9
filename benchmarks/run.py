"""gatekeeper beside its peers and its floors, in turn, on trees of which every fault is known; the goals and how they are met.

    python benchmarks/run.py --quick               about a minute: start-up, and 1,000 documents
    python benchmarks/run.py                       1,000 and 10,000 documents
    python benchmarks/run.py --sizes 1000,10000,100000 --write docs/performance.md

Peers are installed in scratch environments: rumdl from PyPI, and markdownlint-cli2 from npm where there is npm (not with --quick). Every run's findings are
held against what was planted; one that differs fails the whole run. What gatekeeper keeps between runs lies beside the trees. With --write the
table takes the place of the one between two marks of that page. --work keeps trees and peers for the next time.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shlex
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from paired.cases import Bench
from paired.peers import install_markdownlint, install_rumdl
from paired.table import markdown

import gatekeeper

_QUICK, _USUAL = (1_000,), (1_000, 10_000)
_COLD_GOALS = {1_000: 1.5, 10_000: 1.0, 100_000: 1.0}
_ROUNDS = {100_000: 1, 10_000: 3}
_MARKS = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->)", re.DOTALL)


def measure(bench: Bench, sizes: tuple[int, ...], startups: int) -> None:
    """Run every case for these sizes."""
    bench.startup(startups)
    large = max(size for size in sizes if size <= 10_000 or size == min(sizes))
    bench.precommit(large)
    for size in sizes:
        bench.cold(size, _COLD_GOALS.get(size))
    bench.linted(min(sizes))
    bench.warm(large)
    bench.growth()


def heading(arguments: list[str], bench: Bench) -> str:
    """Date, versions and command, as one paragraph."""
    peers = ", ".join(peer.version for peer in (bench.rumdl, bench.linter) if peer is not None)
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    command = shlex.join(["python", "benchmarks/run.py", *arguments])
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, gatekeeper {gatekeeper.__version__}, {peers or 'no peers'}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{load}: `{command}`\n"
    )


def write_page(page: Path, text: str) -> None:
    """Put the figures between the marks of a page.

    Raises:
        ValueError: the page has no marks.
    """
    old = page.read_text("utf-8")
    new, count = _MARKS.subn(lambda found: f"{found[1]}\n{text}\n{found[2]}", old)
    if not count:
        raise ValueError(f"{page} has no marks for figures")
    page.write_text(new, "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 where findings were not what was planted, 2 where nothing can be measured."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="start-up and 1,000 documents alone, with one peer")
    parser.add_argument("--sizes", help="documents, with commas (default: 1000,10000)")
    parser.add_argument("--rounds", type=int, help="how often each case is run (default: 5, 3 of 10,000, 1 of 100,000)")
    parser.add_argument("--work", type=Path, help="where trees and peers are kept (default: nowhere)")
    parser.add_argument("--no-peers", action="store_true", help="install nothing")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into a page")
    asked = parser.parse_args(given)
    sizes = tuple(map(int, asked.sizes.split(","))) if asked.sizes else _QUICK if asked.quick else _USUAL
    if os.name != "posix" or min(sizes) < 1 or (asked.rounds or 1) < 1:
        print("nothing to measure", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="gatekeeper-bench-") as scratch:
        folder = (asked.work or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["GATEKEEPER_CACHE_DIR"] = str(folder / "cache")
        rounds = {size: asked.rounds or _ROUNDS.get(size, 5) for size in sizes}
        rumdl = None if asked.no_peers else install_rumdl(folder)
        linter = None if asked.no_peers or asked.quick else install_markdownlint(folder)
        bench = Bench(folder, rounds, rumdl, linter, lambda what: print(f"... {what}", file=sys.stderr))
        measure(bench, sizes, asked.rounds or (5 if asked.quick else 15))
    text = f"{heading(given, bench)}\n{markdown(bench.rows)}"
    print(text, end="")
    if asked.write:
        write_page(asked.write, text)
    for fault in bench.faults:
        print(f"findings differ: {fault}", file=sys.stderr)
    return 1 if bench.faults else 0


if __name__ == "__main__":
    sys.exit(main())
