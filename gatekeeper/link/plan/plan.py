"""All facts of plans of a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gatekeeper.link.listing import Listing
from gatekeeper.link.plan.index import find_index_gaps
from gatekeeper.link.plan.own import listed_series, own_unit_of
from gatekeeper.link.plan.plans import find_plans
from gatekeeper.link.plan.titles import find_titles
from gatekeeper.model.order import Plans
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.subject import Voice


def link_plans(
    spoken: Mapping[str, Sequence[Voice]], facts: Mapping[str, Sequence[EvidenceFact]], listing: Listing
) -> Plans:
    """Which documents speak of one plan, of one unit, of many, from the voices of each; and of `facts`, what its lists leave out."""
    own = {path: unit for path, voices in spoken.items() if (unit := own_unit_of(voices[0].document)) is not None}
    leaders, names = find_plans(find_titles(spoken), own)
    listed = {path: series for path, voices in spoken.items() if (series := listed_series(voices))}
    gaps = {
        path: found
        for path, voices in spoken.items()
        if (found := tuple(find_index_gaps(voices[0].document, facts.get(path, ()), listing)))
    }
    return Plans(leaders, names, own, listed, gaps)
