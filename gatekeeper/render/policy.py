"""The law in force as text, YAML and JSON, each setting with where it came from; and what is wrong with a policy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gatekeeper.model.fault import Fault
from gatekeeper.model.report import PolicyLine, PolicySource, RuleInfo
from gatekeeper.render.json_text import dump
from gatekeeper.render.shapes import PolicyCheckJson, PolicyLineJson, PolicyShowJson
from gatekeeper.render.style import Style

_PLAIN = re.compile(r"[A-Za-z_][\w./-]*", re.ASCII)
_NOT_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
# Beyond these a double-quoted scalar of YAML breaks, folds or is refused.
_UNSAFE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")


def render_law(sources: Sequence[PolicySource], sha256: str, lines: Sequence[PolicyLine], style: Style) -> str:
    """The law for people: its sources, then each setting with its place."""
    parts = [_headline(sources, sha256)]
    parts += [f"  {style.show(source.name)}  sha256 {source.sha256}" for source in sources]
    for text, where in _laid_out(lines):
        place = style.paint("faint", f"  # {style.show(where)}") if where else ""
        parts.append(style.show(text) + place)
    return "\n".join(parts) + "\n"


def render_law_yaml(sources: Sequence[PolicySource], sha256: str, lines: Sequence[PolicyLine]) -> str:
    """The law as a policy file that needs no other one: what was extended stands in it."""
    style = Style()
    parts = [f"# {_headline(sources, sha256)}"]
    parts += [f"#   {style.show(source.name)}  sha256 {source.sha256}" for source in sources]
    parts += [f"{text}  # {style.show(where)}" if where else text for text, where in _laid_out(lines)]
    return "\n".join(parts) + "\n"


def render_law_json(sources: Sequence[PolicySource], sha256: str, lines: Sequence[PolicyLine]) -> str:
    """The law in its JSON shape."""
    told: list[PolicyLineJson] = [
        {"path": [str(part) for part in line.path], "value": line.value, "where": line.where} for line in lines
    ]
    whole: PolicyShowJson = {
        "schema_version": "1",
        "sha256": sha256,
        "sources": [source.name for source in sources],
        "digests": {source.name: source.sha256 for source in sources},
        "settings": told,
    }
    return dump(whole, depth=2) + "\n"


def render_others(rules: Iterable[RuleInfo], style: Style, *, everything: bool) -> str:
    """The rules that the law does not speak of: their number, or each with its own severity."""
    infos = list(rules)
    if not everything:
        return f"{len(infos)} other rules hold at their own severity; -v lists them\n" if infos else ""
    return "".join(f"  {info.code}: {info.severity.value}{style.paint('faint', '  # its own')}\n" for info in infos)


def render_valid(name: str, sources: Sequence[PolicySource], lines: Sequence[PolicyLine], style: Style) -> str:
    """That a policy is valid, and what it holds."""
    sections: dict[str, set[object]] = {}
    for line in lines:
        sections.setdefault(str(line.path[0]), set()).add(line.path[1])
    held = ", ".join(f"{len(names)} in {section}" for section, names in sections.items())
    others = [source.name for source in sources if source.name != name]
    extends = f"; extends {', '.join(map(style.show, others))}" if others else ""
    return f"{style.show(name)}: valid: {held or 'no settings'}{extends}\n"


def render_faults(faults: Iterable[Fault], style: Style) -> str:
    """What is wrong with a policy, one fault a line."""
    return "".join(
        f"{style.paint('strong', style.show(fault.where))}: {style.show(fault.message)}; {style.show(fault.hint)}\n"
        for fault in faults
    )


def render_check_json(sources: Sequence[PolicySource], faults: Sequence[Fault]) -> str:
    """Whether a policy is valid, in its JSON shape."""
    whole: PolicyCheckJson = {
        "schema_version": "1",
        "valid": not faults,
        "digests": {source.name: source.sha256 for source in sources},
        "faults": [{"where": fault.where, "message": fault.message, "hint": fault.hint} for fault in faults],
    }
    return dump(whole, depth=2) + "\n"


def _headline(sources: Sequence[PolicySource], sha256: str) -> str:
    if not sources:
        return "the law without a policy file"
    return f"the law in force, sha256 {sha256}; its sources, the last one wins:"


def _laid_out(lines: Sequence[PolicyLine]) -> Iterator[tuple[str, str]]:
    """Lines of YAML and the place of the setting on each; "" where it is no setting."""
    yield from _layout(_nested(lines), 0)


def _nested(lines: Iterable[PolicyLine]) -> dict[str, object]:
    """The settings as mappings in mappings; a setting itself stays a PolicyLine, and those of a list stand in a list."""
    root: dict[str, object] = {}
    for line in lines:
        inner: object = root
        for part, following in zip(line.path, [*line.path[1:], None], strict=True):
            if isinstance(inner, list):
                inner.append(line)
                break
            assert isinstance(inner, dict)
            if following is None:
                inner[str(part)] = line
            else:
                inner = inner.setdefault(str(part), [] if isinstance(following, int) else {})
    return root


def _layout(node: object, depth: int) -> Iterator[tuple[str, str]]:
    blank = "  " * depth
    members = node.items() if isinstance(node, Mapping) else [("-", member) for member in _entries(node)]
    for key, found in members:
        # A rule of which only the severity is set is written short.
        member = found["severity"] if isinstance(found, Mapping) and [*found] == ["severity"] else found
        head = f"{blank}{_key(str(key))}:" if isinstance(node, Mapping) else f"{blank}-"
        value, where = (member.value, member.where) if isinstance(member, PolicyLine) else (member, "")
        if (isinstance(value, Mapping) and value and isinstance(node, Mapping)) or (
            isinstance(value, list) and not isinstance(member, PolicyLine)
        ):
            yield head, where
            yield from _layout(value, depth + 1)
        else:
            yield f"{head} {_flow(value)}", where


def _entries(node: object) -> list[object]:
    return node if isinstance(node, list) else []


def _key(word: str) -> str:
    if _PLAIN.fullmatch(word) and word.lower() not in _NOT_WORDS:
        return word
    return _flow(word)


def _flow(value: object) -> str:
    """A value as JSON that is YAML too; words that need no quotes have none."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _NOT_WORDS - {"off"}:
        return value
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
