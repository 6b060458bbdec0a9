"""Plants small faults in the rules, one at a time, and counts those that the case files notice.

python tools/mutants.py                      every rule and family helper: the faults that nothing noticed, and a table
python tools/mutants.py --rule ST003         one rule's own file; `--rule status/_scale` a helper's
python tools/mutants.py --share 20 --seed 7  every twentieth fault or so; the seed says which

Exit 1 when a family is below 90 percent, or when a line of `tools/equivalents.toml` fits no fault, or one that is noticed after all.

mutmut 3 changes the bodies of functions alone: no pattern, no table of statuses, no card of a rule. cosmic-ray starts the tests anew for each fault.
Here all documents are parsed and linked once, and only the rules that use a module run again.
"""

from __future__ import annotations

import argparse
import ast
import sys
import time
import tomllib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from mutant_checks import ROOT, RULES, harness, is_noticed, modules
from mutations import Mutation, iter_mutations

EQUIVALENTS = ROOT / "tools" / "equivalents.toml"
LEAST_PERCENT = 90
_CHUNK = 40


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault in one module (path below the root), and what became of it: "killed", "survived" or "equivalent"; "" before."""

    path: str
    mutation: Mutation
    state: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Module, text of the line, change: what names the fault when lines move."""
        return self.path, self.mutation.text, self.mutation.change


def judge(path: Path, wanted: frozenset[int] | None = None) -> list[Mutant]:
    """The faults of a module in the order of its source; those at the wanted indices, or all, are killed or survived."""
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    judged: list[Mutant] = []
    for at, mutation in enumerate(iter_mutations(tree, source)):
        state = ""
        if wanted is None or at in wanted:
            state = "killed" if is_noticed(path, compile(tree, str(path), "exec")) else "survived"
        judged.append(Mutant(path.relative_to(ROOT).as_posix(), mutation, state))
    return judged


def run(paths: Iterable[Path], share: int = 1, seed: int = 0, jobs: int | None = None) -> list[Mutant]:
    """One in `share` of the faults of the modules, judged; in the order of the modules and of their sources."""
    known = equivalents()
    tasks: list[tuple[Path, frozenset[int]]] = []
    for path in paths:
        keys = [mutant.key for mutant in judge(path, frozenset())]
        wanted = [at for at, key in enumerate(keys) if zlib.crc32(f"{seed} {key}".encode()) % share == 0]
        tasks += [(path, frozenset(wanted[start : start + _CHUNK])) for start in range(0, len(wanted), _CHUNK)]
    if jobs == 1:
        answers = [judge(*task) for task in tasks]
    else:
        with ProcessPoolExecutor(jobs) as pool:
            answers = list(pool.map(judge, *zip(*tasks, strict=True)))
    judged = [mutant for answer in answers for mutant in answer if mutant.state]
    is_same = [mutant.state == "survived" and mutant.key in known for mutant in judged]
    return [replace(one, state="equivalent") if same else one for one, same in zip(judged, is_same, strict=True)]


def equivalents() -> dict[tuple[str, str, str], str]:
    """Key of a fault that changes nothing -> why it changes nothing."""
    return {
        (path, entry["line"], change): entry["why"]
        for path, entries in tomllib.loads(EQUIVALENTS.read_text("utf-8")).items()
        for entry in entries
        for change in entry["changes"]
    }


def faults_of_list(mutants: Sequence[Mutant]) -> list[str]:
    """The lines of the list of equivalents that fit none of the faults of their module, or one that was killed."""
    states = {mutant.key: mutant.state for mutant in mutants}
    paths = {mutant.path for mutant in mutants}
    return [
        f"{path}: {'killed after all' if key in states else 'no such fault'}: {line}: {change}"
        for key in equivalents()
        for path, line, change in [key]
        if path in paths and states.get(key) != "equivalent"
    ]


def table(mutants: Iterable[Mutant]) -> list[tuple[str, int, int, int, float]]:
    """Family, faults without those that change nothing, killed, survived, percent killed; the last row is of all."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for mutant in mutants:
        if mutant.state != "equivalent":
            for name in (Path(mutant.path).parent.name, "all"):
                counts[name][mutant.state == "survived"] += 1
    rows = sorted(counts.items(), key=lambda row: (row[0] == "all", row[0]))
    return [(name, sum(row), row[0], row[1], 100 * row[0] / sum(row)) for name, row in rows]


def chosen(rule: str | None) -> list[Path]:
    """The modules to break: all of them, that of a rule's code, or one by its path below `gatekeeper/rules`."""
    if rule is None:
        return modules()
    kind = harness().find_rule(rule)
    path = ROOT.joinpath(*kind.__module__.split(".")).with_suffix(".py") if kind else RULES / f"{rule}.py"
    if path not in modules():
        raise SystemExit(f"mutants: no rule and no helper {rule}")
    return [path]


def main() -> int:
    """Runs, prints, and says whether enough was noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rule", help="a rule's code, or a module's path below gatekeeper/rules")
    parser.add_argument("--share", type=int, default=1, help="one in so many faults")
    parser.add_argument("--seed", type=int, default=0, help="which of them")
    parser.add_argument("--jobs", type=int, help="processes; all cores when left out")
    options = parser.parse_args()
    began = time.monotonic()
    mutants = run(chosen(options.rule), options.share, options.seed, options.jobs)
    lines = [f"{one.path}:{one.mutation.line}  {one.mutation.change}" for one in mutants if one.state == "survived"]
    wrong = faults_of_list(mutants) if options.share == 1 else []
    rows = table(mutants)
    lines += [*wrong, f"{'family':<10} mutants  killed  survived  percent"]
    lines += [f"{name:<10} {total:7} {killed:7} {left:9} {percent:8.1f}" for name, total, killed, left, percent in rows]
    same = sum(mutant.state == "equivalent" for mutant in mutants)
    print("\n".join(lines))
    print(f"{same} more change nothing; {time.monotonic() - began:.0f} seconds")
    return int(bool(wrong) or any(percent < LEAST_PERCENT for *_, percent in rows))


if __name__ == "__main__":
    sys.exit(main())
