"""The shapes of `policy test --format json`; the committed schemas are generated from them."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from gatekeeper.model.assertion.trial import Standing
from gatekeeper.render.shapes import SchemaVersion


class OutcomeJson(TypedDict):
    """What became of an example."""

    owner: Annotated[str, "The assertion's code, or the file of tests, in which it stands."]
    name: Annotated[str, "The example's name."]
    where: Annotated[str, "Its place as path:line:column."]
    passed: Annotated[bool, "Whether all came as expected."]
    missing: Annotated[list[str], "What was expected and not found."]
    surplus: Annotated[list[str], "What was found and not expected."]


class PolicyTestJson(TypedDict):
    """`gatekeeper policy test --format json`."""

    schema_version: SchemaVersion
    examples: Annotated[list[OutcomeJson], "By assertion, then by file."]


class ObjectorJson(TypedDict):
    """A part of the law, and whether it ever objects."""

    kind: Annotated[Literal["rule", "assertion", "contract"], "What it is."]
    name: Annotated[str, "Its code; of a contract its name."]
    title: Annotated[str, "The rule's name; empty for a contract."]
    standing: Annotated[Standing, "Whether it ever objects."]
    by: Annotated[str, "The mutation to which it objects; empty where it objects today, or never."]
    looks_at: Annotated[str, "What it looks at."]


class PolicyMutationsJson(TypedDict):
    """`gatekeeper policy test --mutate --format json`."""

    schema_version: SchemaVersion
    mutations: Annotated[int, "How many broken repositories were checked."]
    documents: Annotated[int, "How many documents were broken."]
    objectors: Annotated[list[ObjectorJson], "Rules, then assertions, then contracts."]
