"""A policy file: its sections, each with a model of its own.

To add a section: its model in a file of its own, a line here, and a line in `build.py` that makes the model's nouns of it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from gatekeeper.model.document import DocumentKind
from gatekeeper.model.status import Status
from gatekeeper.policy.assertion.section import Assertions
from gatekeeper.policy.contracts import Contracts
from gatekeeper.policy.environment import EnvironmentEntry
from gatekeeper.policy.faults import quoted
from gatekeeper.policy.gate.section import Gates
from gatekeeper.policy.rules import Rules
from gatekeeper.policy.section import OR_NO_ENTRIES, OR_NO_NAMES, Glob, Section, fault, one_of
from gatekeeper.policy.source.head import Extends, Params
from gatekeeper.policy.source.value import KEY
from gatekeeper.policy.waivers import BaselineSection, WaiversSection


def _one_meaning(statuses: dict[str, Status]) -> dict[str, Status]:
    seen: dict[str, Status] = {}
    for word, status in statuses.items():
        if seen.setdefault(word.casefold(), status) is not status:
            message = f"{quoted(word)} has two meanings"
            raise fault(message, "letter case makes no difference: keep one", (word, KEY))
    return statuses


Documents = dict[Glob, Annotated[DocumentKind, one_of(DocumentKind, "a kind of document")]]
Statuses = dict[str, Annotated[Status, one_of(Status, "a status")]]


class PolicyFile(Section):
    """The law of a repository: what is looked at, what words mean, which rules hold and how strictly."""

    what = "a policy"

    extends: Extends = Field(
        default=(),
        description="Packs by name and files by path that this policy builds upon; later ones win, and this file wins.",
    )
    params: Params = Field(
        default={},
        description="In a pack: the parameters that it wants to be told. In a policy that extends one: their values.",
    )
    documents: Annotated[Documents, OR_NO_NAMES] = Field(
        default={}, description="Kind of document by gitignore pattern; the last pattern that matches wins."
    )
    exclude: Annotated[tuple[Glob, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Gitignore patterns of what is never looked at."
    )
    authority: Annotated[tuple[Glob, ...], OR_NO_ENTRIES] = Field(
        default=(),
        description="Gitignore patterns of the documents whose word on a status weighs more than others', the weightiest first.",
    )
    lanes: Annotated[tuple[Glob, ...], OR_NO_ENTRIES] = Field(
        default=(),
        description="Gitignore patterns of documents that tell of one share of the work each, and differ by right.",
    )
    statuses: Annotated[Statuses, OR_NO_NAMES, AfterValidator(_one_meaning)] = Field(
        default={}, description="What a status word means in this repository; it wins over every legend."
    )
    rules: Rules = Field(default={}, description="Rules by code or name.")
    contracts: Contracts = Field(default={}, description="What files must say, by a name of your own.")
    environment: Annotated[EnvironmentEntry, OR_NO_NAMES] = Field(
        default=EnvironmentEntry(), description="Variables of the environment; the pack `env` is there below it."
    )
    assertions: Assertions = Field(default={}, description="What documents must say, by a code of your own.")
    gates: Gates = Field(default={}, description="Gates by name, in their order, and what each needs.")
    waivers: Annotated[WaiversSection, OR_NO_NAMES] = Field(
        default=WaiversSection(), description="What is asked of waivers, and where they stand."
    )
    baseline: Annotated[BaselineSection, OR_NO_NAMES] = Field(
        default=BaselineSection(), description="Where the accepted past findings stand."
    )
