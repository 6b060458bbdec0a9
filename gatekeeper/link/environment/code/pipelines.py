"""What compose files and GitHub workflows read of the environment: `${X}` in a value of YAML, `${{ secrets.X }}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.link.environment.code.reading import Reading
from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.text import SourceText

# `$$` is a dollar sign. The rest of `${X:-default}` is read on, as it may hold another variable.
_COMPOSE = re.compile(r"\$\$|\$\{([A-Za-z_][A-Za-z0-9_]{0,128})(:?[-?+])?|\$([A-Za-z_][A-Za-z0-9_]{0,128})")
_EXPRESSION = re.compile(r"\$\{\{(.{0,500}?)\}\}", re.DOTALL)
_CONTEXT = re.compile(r"(?<![\w.])(?:secrets|vars)(?:\.([A-Za-z_][A-Za-z0-9_]*)|\[\s?'([A-Za-z_][A-Za-z0-9_]*)'\s?\])")
_COMPOSE_NAME = re.compile(r"(?:^|/)(?:docker-)?compose[^/]*\.ya?ml$")
_WORKFLOW_NAME = re.compile(r"^\.github/(?:workflows/[^/]+|actions/.+)\.ya?ml$")


def is_compose(path: str) -> bool:
    """Whether a path names a compose file."""
    return _COMPOSE_NAME.search(path) is not None


def is_workflow(path: str) -> bool:
    """Whether a path names a workflow or an action of GitHub."""
    return _WORKFLOW_NAME.match(path) is not None


def read_compose(source: SourceText, root: DataNode) -> Iterator[Reading]:
    """The variables that a compose file is filled in with, in order."""
    for node in _scalars(root):
        for match in _COMPOSE.finditer(source.text, node.span.start, node.span.end):
            name = match[1] or match[3]
            if name:
                at = match.start(1) if match[1] else match.start(3)
                yield Reading(
                    name, match.start(), at, at + len(name), is_optional=(match[2] or "").endswith(("-", "+"))
                )
    yield from _passed_on(root)


def read_workflow(source: SourceText, root: DataNode) -> Iterator[Reading]:
    """The secrets and variables of the repository's settings that a workflow reads, in order."""
    for node in _scalars(root):
        for expression in _EXPRESSION.finditer(source.text, node.span.start, node.span.end):
            for match in _CONTEXT.finditer(source.text, expression.start(1), expression.end(1)):
                group = 1 if match[1] else 2
                yield Reading(match[group], match.start(), match.start(group), match.end(group))


def _passed_on(root: DataNode) -> Iterator[Reading]:
    """The entries of a service's `environment` without a value: taken as they are from where compose runs."""
    services = root.find("services")
    for _, service in services.pairs if services else ():
        given = service.find("environment")
        for entry in given.entries if given else ():
            if isinstance(entry.scalar, str) and "=" not in entry.scalar and "$" not in entry.scalar:
                yield Reading(entry.scalar, entry.span.start, entry.span.start, entry.span.end, is_optional=True)
        for name, value in given.pairs if given else ():
            if value.kind is DataKind.NULL:
                word = str(name.scalar)
                yield Reading(word, name.span.start, name.span.start, name.span.end, is_optional=True)


def _scalars(root: DataNode) -> Iterator[DataNode]:
    """The scalars of a tree that are written out, in the order of the file."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind in (DataKind.MAPPING, DataKind.SEQUENCE):
            children = [one for pair in node.pairs for one in pair] or list(node.entries)
            waiting += reversed(children)
        elif node.kind is DataKind.STRING:
            yield node
