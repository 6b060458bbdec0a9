"""The policy file's bytes, made law."""

from __future__ import annotations

from gatekeeper.model.document import ProblemKind
from gatekeeper.model.errors import PolicyError
from gatekeeper.parse.syntax.data import parse_data
from gatekeeper.parse.syntax.source import decode_source
from gatekeeper.policy.policy import Policy, parse_policy
from gatekeeper.rules.registry import RULES

LAW_BYTES_LIMIT = 1 << 20


def read_policy(path: str, data: bytes) -> Policy:
    """The policy in a file; `path` is how people know it.

    Raises:
        PolicyError: it is not UTF-8, not YAML (JSON where the name ends so), or not a policy of this version.
    """
    if b"\0" in data:
        raise PolicyError("this is a binary file, expected a policy in YAML", "name another file", path)
    source, damage = decode_source(path, data)
    node, refusals = parse_data(source)
    problems = [problem for problem in damage if problem.kind is ProblemKind.NOT_UTF8] + list(refusals)
    if problems:
        place = source.position(problems[0].span.start)
        hint = "save the file as UTF-8" if problems[0].kind is ProblemKind.NOT_UTF8 else "mend the file at this place"
        raise PolicyError(problems[0].detail, hint, f"{path}:{place.line}:{place.column}")
    known = {rule.info.code: rule.info.name for rule in RULES}
    return parse_policy(path, source.text, source.sha256, node, known)
