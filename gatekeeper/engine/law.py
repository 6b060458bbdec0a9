"""Policy files and packs, read and made law."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from gatekeeper.data import shipped
from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.document import ProblemKind
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.syntax.data import parse_data
from gatekeeper.parse.syntax.source import decode_source
from gatekeeper.policy.policy import Policy
from gatekeeper.policy.source.value import PACK_PREFIX, Source, value_of
from gatekeeper.repo.patterns import compile_patterns

LAW_BYTES_LIMIT = 1 << 18
LAW_VALUES_LIMIT = 20_000

_YAML = ("[", "{", "'", '"')

ReadFile = Callable[[str], bytes]
"""The bytes of a repo-relative path, at most `LAW_BYTES_LIMIT` of them; raises GatekeeperError."""

# What may stand behind the one document of a policy: blanks, comments, and the mark of its end.
_REST = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)|\.\.\.(?=\s|\Z))*")


def read_policy(path: str, data: bytes, read: ReadFile | None = None) -> Policy:
    """The policy in a file, with what it extends.

    Args:
        path: how people know the file; what it extends is relative to it.
        data: its bytes.
        read: gives the files that it extends; None where it may extend packs alone.

    Raises:
        PolicyError: it is not UTF-8, not YAML (JSON where the name ends so), or not a policy of this version.
    """
    # Not above: a run without a policy file must not pay for the library behind it.
    from gatekeeper.policy.build import build_policy
    from gatekeeper.rules.registry import RULES

    def load(name: str) -> Source:
        if name.startswith(PACK_PREFIX):
            file = shipped("policies", f"{name.removeprefix(PACK_PREFIX)}.yml")
            return read_source(name, file.read_bytes())
        if read is None:
            raise PolicyError("there are no files to extend here", "extend packs", path)
        return read_source(name, read(name))

    policy = build_policy(read_source(path, data), load, {rule.info.code: rule.info.name for rule in RULES})
    if policy.contracts:
        from gatekeeper.link.contract.hold import verify_schemas

        verify_schemas(policy.contracts)
    if policy.assertions:
        from gatekeeper.link.assertion.hold import verify_assertions

        verify_assertions(policy.assertions, compile_patterns)
    return policy


def policy_of_pack(pack: str, params: Sequence[tuple[str, str]]) -> Policy:
    """The law of a shipped pack alone, with values for its parameters; a value in brackets, braces or quotes is YAML, any other a word.

    Raises:
        PolicyError: a parameter is missing, unknown or not of its kind.
    """
    given = (f"  {_word(name)}: {value if value[:1] in _YAML else _word(value)}" for name, value in params)
    text = "\n".join([f"extends: {pack}", "params:", *given]) + "\n"
    return read_policy("--param", text.encode())


def _word(word: str) -> str:
    """A word as a quoted scalar, which YAML reads as it is."""
    return json.dumps(word, ensure_ascii=False)


def read_source(path: str, data: bytes) -> Source:
    """A file of law as values that know their places; `path` is how people know it.

    Raises:
        PolicyError: it is too large, binary, not UTF-8, or not one document of YAML or JSON without aliases.
    """
    if len(data) > LAW_BYTES_LIMIT:
        raise PolicyError(f"larger than {LAW_BYTES_LIMIT:,} bytes, so no policy file", "name another file", path)
    if b"\0" in data:
        raise PolicyError("this is a binary file, expected a policy in YAML", "name another file", path)
    text, damage = decode_source(path, data)
    node, refusals = parse_data(text)
    problems = [problem for problem in damage if problem.kind is ProblemKind.NOT_UTF8] + list(refusals)
    if problems:
        hint = "save the file as UTF-8" if problems[0].kind is ProblemKind.NOT_UTF8 else "mend the file at this place"
        raise PolicyError(problems[0].detail, hint, _place(text, problems[0].span))
    if node is None:
        return Source(text)
    rest = _REST.match(text.text, node.span.end)
    if rest and rest.end() < len(text.text):
        place = _place(text, Span(rest.end(), rest.end()))
        raise PolicyError("the file goes on behind its first document", "keep one document a file", place)
    if _count(node, LAW_VALUES_LIMIT) > LAW_VALUES_LIMIT:
        raise PolicyError(f"more than {LAW_VALUES_LIMIT:,} values, so no policy file", "name another file", path)
    return Source(text, None if node.kind is DataKind.NULL else value_of(node, text))


def _count(node: DataNode, limit: int) -> int:
    """How many values a tree has; a little more than the limit where it has more."""
    waiting, number = [node], 0
    while waiting and number <= limit:
        one = waiting.pop()
        number += 1
        waiting += [value for pair in one.pairs for value in pair]
        waiting += one.entries
    return number


def _place(text: SourceText, span: Span) -> str:
    position = text.position(min(span.start, len(text.text)))
    return f"{text.path}:{position.line}:{position.column}"
