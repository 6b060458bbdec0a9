"""The nearest gate, held against the plain definition: how many folders a document shares with one that names the gate."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.link.gate.near import Nearby
from gatekeeper.link.gate.seeds import Seed

FOLDERS = st.lists(st.sampled_from("abc"), max_size=3)
PATHS = st.builds(lambda folders, name: "/".join([*folders, name]), FOLDERS, st.sampled_from(("x.md", "y.md")))
SEEDS = st.lists(st.builds(lambda home: Seed("gate", (), home=set(home)), st.lists(PATHS, max_size=3)), max_size=4)


def _shared(one: str, other: str) -> int:
    folders = list(zip(one.split("/")[:-1], other.split("/")[:-1], strict=False))
    return next((place for place, (first, second) in enumerate(folders) if first != second), len(folders))


def _nearest(seeds: Sequence[Seed], path: str) -> Seed | None:
    if len(seeds) < 2:
        return seeds[0] if seeds else None
    near = [1000 if path in one.home else max((_shared(path, home) for home in one.home), default=0) for one in seeds]
    return seeds[near.index(max(near))] if near.count(max(near)) == 1 else None


@given(SEEDS, PATHS)
def test_the_nearest_gate_is_the_one_that_shares_most_folders(seeds: list[Seed], path: str) -> None:
    near = Nearby(seeds)
    assert near.nearest(path) is _nearest(seeds, path)
    assert near.at(path) is next((one for one in seeds if path in one.home), None)


@given(SEEDS, PATHS)
def test_a_sprint_is_one_in_a_tree_and_a_phase_in_the_folders_above(seeds: list[Seed], path: str) -> None:
    near = Nearby(seeds)
    tree = [one for one in seeds if any(_shared(path, home) or "/" not in home for home in one.home)]
    assert near.nearest_in_tree(path) is _nearest(tree, path)
    above = [
        one for one in seeds if any(path.startswith(f"{home.rpartition('/')[0]}/") for home in one.home if "/" in home)
    ]
    assert near.nearest_above(path) is _nearest(above, path)
