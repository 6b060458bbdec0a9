"""The policy file of this version: what is looked at, what words mean, which rules hold and how strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.finding import Severity
from gatekeeper.model.status import Status
from gatekeeper.policy.faults import Faults, quoted, remedy

KEYS = ("documents", "exclude", "rules", "statuses")
LATER_KEYS = ("assertions", "authority", "contracts", "extends", "gates", "params")
SETTING_KEYS = ("options", "severity")
OFF = "off"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What the law says of one rule.

    Attributes:
        severity: None keeps the rule's own.
        options: as written, by name; the rule says whether it knows them.
        where: "path:line:column" of the setting; "" without a file.
    """

    severity: Severity | None = None
    enabled: bool = True
    options: Mapping[str, object] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """The law in force; `Policy()` is the law without a file.

    Attributes:
        sources: the files it came from, lowest precedence first.
        sha256: hex digest of the policy file's bytes; "" without a file.
        exclude: gitignore globs of what is never looked at, in file order.
        documents: gitignore glob and the kind of the documents that it names; the last match wins.
        statuses: status words as written and what they mean; they win over every legend.
        rules: settings by rule code.
    """

    sources: tuple[str, ...] = ()
    sha256: str = ""
    exclude: tuple[str, ...] = ()
    documents: tuple[tuple[str, DocumentKind], ...] = ()
    statuses: Mapping[str, Status] = field(default_factory=dict)
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)


def parse_policy(
    path: str, text: str, sha256: str, node: DataNode | None, known: Mapping[str, str] | None = None
) -> Policy:
    """The policy that a file holds; a `node` of None is an empty file.

    `known` is the code and name of every rule there is; without it any word is taken for a code.

    Raises:
        PolicyError: the file is not a valid policy; it names the first fault's place and counts the others.
    """
    if node is None or node.kind is DataKind.NULL:
        return Policy(sources=(path,), sha256=sha256)
    reader = _Reader(Faults(path, text), known)
    policy = reader.read(node, path, sha256)
    reader.faults.settle()
    return policy


class _Reader:
    """Reads one policy file, key by key."""

    def __init__(self, faults: Faults, known: Mapping[str, str] | None) -> None:
        self.faults = faults
        self._codes = (
            None if known is None else {**{name: code for code, name in known.items()}, **{c: c for c in known}}
        )

    def read(self, node: DataNode, path: str, sha256: str) -> Policy:
        values = dict(self._named(node, KEYS, "a policy"))
        return Policy(
            sources=(path,),
            sha256=sha256,
            exclude=tuple(self._globs(values.get("exclude"))),
            documents=tuple(self._documents(values.get("documents"))),
            statuses=dict(self._statuses(values.get("statuses"))),
            rules=dict(self._rules(values.get("rules"))),
        )

    def _pairs(self, node: DataNode | None, what: str) -> Iterator[tuple[str, DataNode, DataNode]]:
        """Word, key and value of a mapping; an absent or empty one has none."""
        if node is None or node.kind is DataKind.NULL:
            return
        if node.kind is not DataKind.MAPPING:
            expected = f"expected {what}, a mapping of names to values"
            self.faults.add(node, f"read {self.faults.shown(node)}, {expected}", 'write it as "name: value" lines')
        for key, value in node.pairs:
            word = self.faults.word(key)
            if word.strip() and key.kind not in (DataKind.MAPPING, DataKind.SEQUENCE):
                yield word, key, value
            else:
                self.faults.add(key, f"read {self.faults.shown(key)} as a name in {what}", "give the line a name")

    def _named(self, node: DataNode, names: tuple[str, ...], what: str) -> Iterator[tuple[str, DataNode]]:
        """The values under names that are known; others are faults."""
        for word, key, value in self._pairs(node, what):
            if word in names:
                yield word, value
            elif word in LATER_KEYS and names is KEYS:
                self.faults.add(key, f"{quoted(word)} is not supported by this version", "take the key out for now")
            else:
                message = f"{quoted(word)} is not a key of {what}, expected one of {', '.join(names)}"
                self.faults.add(key, message, remedy(word, names, "take the line out"))

    def _globs(self, node: DataNode | None) -> Iterator[str]:
        if node is None or node.kind is DataKind.NULL:
            return
        if node.kind is not DataKind.SEQUENCE:
            message = f"read {self.faults.shown(node)}, expected a list of gitignore patterns"
            self.faults.add(node, message, 'write it as a list: exclude: ["docs/archive/"]')
        for entry in node.entries:
            if entry.kind is DataKind.STRING and str(entry.scalar).strip():
                yield str(entry.scalar)
            else:
                message = f"read {self.faults.shown(entry)}, expected a gitignore pattern"
                self.faults.add(entry, message, "put the pattern in quotes")

    def _documents(self, node: DataNode | None) -> Iterator[tuple[str, DocumentKind]]:
        kinds = {kind.value: kind for kind in DocumentKind}
        for glob, _, value in self._pairs(node, "documents"):
            kind = self._choice(value, kinds, "a kind of document")
            if kind is not None:
                yield glob, kind

    def _statuses(self, node: DataNode | None) -> Iterator[tuple[str, Status]]:
        seen: dict[str, Status] = {}
        for word, key, value in self._pairs(node, "statuses"):
            status = self._choice(value, {status.value: status for status in Status}, "a status")
            if status is None:
                continue
            if seen.setdefault(word.casefold(), status) is not status:
                self.faults.add(key, f"{quoted(word)} has two meanings", "letter case makes no difference: keep one")
            yield word, status

    def _rules(self, node: DataNode | None) -> Iterator[tuple[str, RuleSetting]]:
        seen: set[str] = set()
        for word, key, value in self._pairs(node, "rules"):
            code = self._code(word, key)
            setting = self._setting(value, self.faults.where(key.span.start))
            if code is None or setting is None:
                continue
            if code in seen:
                self.faults.add(key, f"{quoted(word)} sets {code} a second time", "keep one of the two lines")
            seen.add(code)
            yield code, setting

    def _code(self, word: str, key: DataNode) -> str | None:
        if self._codes is None:
            return word
        if word not in self._codes:
            hint = remedy(word, self._codes, "`gatekeeper rule` lists the rules")
            self.faults.add(key, f"{quoted(word)} is not a rule, expected a code or name", hint)
        return self._codes.get(word)

    def _setting(self, node: DataNode, where: str) -> RuleSetting | None:
        if node.kind is not DataKind.MAPPING:
            return self._level(node, where)
        values = dict(self._named(node, SETTING_KEYS, "a rule's setting"))
        level = self._level(values["severity"], where) if "severity" in values else RuleSetting(where=where)
        options = {word: value.plain() for word, _, value in self._pairs(values.get("options"), "options")}
        return level and RuleSetting(level.severity, level.enabled, options, where)

    def _level(self, node: DataNode, where: str) -> RuleSetting | None:
        """`off` or a severity; YAML reads a bare `off` as false."""
        if node.kind is DataKind.BOOLEAN and node.scalar is False:
            return RuleSetting(enabled=False, where=where)
        levels = {
            OFF: RuleSetting(enabled=False, where=where),
            **{level.value: RuleSetting(level, where=where) for level in Severity},
        }
        return self._choice(node, levels, "a severity")

    def _choice(self, node: DataNode, choices: Mapping[str, T], what: str) -> T | None:
        """What the node's word stands for; None and a fault when it is none of the choices."""
        word = self.faults.word(node)
        if node.kind is DataKind.STRING and word in choices:
            return choices[word]
        message = f"read {self.faults.shown(node)} as {what}, expected one of {', '.join(choices)}"
        self.faults.add(node, message, remedy(word, choices, "use one of these words"))
        return None
