"""Commands held against the files that define them: package.json, Makefile, justfile, tox, nox."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.paths import name_of

_MAKEFILES = frozenset(("Makefile", "makefile", "GNUmakefile"))
_JUSTFILES = frozenset(("justfile", "Justfile", ".justfile", "JUSTFILE"))
_TARGET = re.compile(r"^(?!\t)([^:=#\n]{1,500}?)[ \t]{0,20}::?(?!=)", re.MULTILINE)
_GENERATED = re.compile(
    r"^\s*-?(?:include|sinclude)\b|\$\(eval\b|\$\(foreach\b|^%|^[^\n:=]{0,200}[%$][^\n=]{0,200}:(?!=)", re.MULTILINE
)
_RECIPE = re.compile(r"^@?([A-Za-z_][\w-]*)(?:[ \t][^\n]{0,300}?)?:(?!=)", re.MULTILINE)
_ALIAS = re.compile(r"^alias\s+([\w-]+)\s*:=", re.MULTILINE)
_IMPORTS = re.compile(r"^(?:import\??|mod\??)\s", re.MULTILINE)
# Words that these tools take themselves, so that no script is needed.
_OWN_WORDS = frozenset(
    ("run", "test", "start", "stop", "restart", "install", "ci", "exec", "dlx", "add", "audit", "init", "publish")
)
_LIKELY_SCRIPT = re.compile(
    r"[\w-]+(?::[\w-]+)+|build|lint|typecheck|type-check|check|ci|verify|validate|e2e|coverage|format"
)
_WITH_VALUE = frozenset(
    (
        "-w",
        "--workspace",
        "--prefix",
        "--filter",
        "-F",
        "-C",
        "--cwd",
        "--dir",
        "-f",
        "--file",
        "-j",
        "--directory",
        "--justfile",
    )
)
_TOOLS = re.compile(r"\b(?:p?npm|yarn|bun|make|just|tox|nox)\b")
_NAME = re.compile(r"[A-Za-z][\w:./-]*")
_FOLDERS_SKIPPED = ("node_modules/",)


class Scripts:
    """What the tracked files of a repository define to be run."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._tools: dict[str, Callable[[list[str]], tuple[str, str] | None]] = {
            "npm": self._npm, "pnpm": self._npm, "yarn": self._yarn, "bun": self._yarn,
            "make": self._make, "just": self._just, "tox": self._tox, "nox": self._nox,
        }  # fmt: skip
        self.find_undefined = lru_cache(maxsize=1024)(self._find_undefined)

    def _find_undefined(self, command: str) -> tuple[str, str] | None:
        """Name and kind of what a command runs and no file defines ("lint", "script of a package.json"); None where all is well or unsure."""
        words = _words(command) if _TOOLS.search(command) else []
        tool = self._tools.get(words[0]) if words else None
        return tool(words[1:]) if tool is not None else None

    def _npm(self, words: list[str]) -> tuple[str, str] | None:
        """A script of `npm run X`; other words than `run`, `test` and `start` are npm's own."""
        bare = _without_options(words)
        if not bare:
            return None
        name = bare[1] if bare[0] in ("run", "run-script") and len(bare) > 1 else bare[0] if bare[0] == "test" else ""
        return self._undefined(name, self._package_scripts, "script", "package.json")

    def _yarn(self, words: list[str]) -> tuple[str, str] | None:
        """A script of `yarn X` that cannot be a program of a dependency."""
        bare = _without_options(words)
        is_run = bool(bare) and bare[0] == "run"
        name = (bare[1] if len(bare) > 1 else "") if is_run else (bare[0] if bare else "")
        if not _LIKELY_SCRIPT.fullmatch(name) or (not is_run and name in _OWN_WORDS):
            return None
        return self._undefined(name, self._package_scripts, "script", "package.json")

    def _make(self, words: list[str]) -> tuple[str, str] | None:
        targets = [word for word in _without_options(words) if "=" not in word]
        return self._first_undefined(targets, self._make_targets, "target", "Makefile")

    def _just(self, words: list[str]) -> tuple[str, str] | None:
        return self._first_undefined(_without_options(words)[:1], self._recipes, "recipe", "justfile")

    def _tox(self, words: list[str]) -> tuple[str, str] | None:
        names = _values_of(words, ("-e", "--env"))
        return self._unwritten(names, ("tox.ini", "tox.toml", "setup.cfg", "pyproject.toml"), "tox.ini", "environment")

    def _nox(self, words: list[str]) -> tuple[str, str] | None:
        names = [name.partition("-")[0] for name in _values_of(words, ("-s", "--session", "--sessions", "-e"))]
        return self._unwritten(names, ("noxfile.py",), "noxfile.py", "session")

    def _first_undefined(
        self, names: Sequence[str], known: frozenset[str] | None, kind: str, file: str
    ) -> tuple[str, str] | None:
        found = (self._undefined(name, known, kind, file) for name in names)
        return next((one for one in found if one is not None), None)

    def _undefined(self, name: str, known: frozenset[str] | None, kind: str, file: str) -> tuple[str, str] | None:
        if known is None or not _NAME.fullmatch(name) or name in known:
            return None
        return name, f"{kind} of a {file}"

    def _unwritten(self, names: Sequence[str], files: Sequence[str], needed: str, kind: str) -> tuple[str, str] | None:
        """The first name that stands nowhere in the files; `needed` must be among those that there are."""
        paths = self._named(frozenset(files))
        if not any(name_of(path) == needed for path in paths):
            return None
        texts = [self._files.text(path) or "" for path in paths]
        for name in names:
            plain = _NAME.fullmatch(name) is not None and not re.fullmatch(r"py\d*[\w.-]*", name)
            pieces = [part for part in name.split("-") if part]
            if plain and not all(
                any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) for text in texts) for part in pieces
            ):
                return name, f"{kind} of a {needed}"
        return None

    @cached_property
    def _package_scripts(self) -> frozenset[str] | None:
        """Every script of every package.json; None when there is none, or one of them cannot be read."""
        paths = self._named(frozenset(("package.json",)))
        names: set[str] = set()
        for path in paths:
            scripts = _scripts_of(self._files.text(path))
            if scripts is None:
                return None
            names |= scripts
        return frozenset(names) if paths else None

    @cached_property
    def _make_targets(self) -> frozenset[str] | None:
        """Every target of every Makefile; None when there is none, or one makes targets in other ways."""
        names: set[str] = set()
        paths = self._named(_MAKEFILES)
        for path in paths:
            text = self._files.text(path)
            if text is None or _GENERATED.search(text):
                return None
            names |= {word for match in _TARGET.finditer(text) for word in match[1].split()}
        return frozenset(names) if paths else None

    @cached_property
    def _recipes(self) -> frozenset[str] | None:
        """Every recipe and alias of every justfile; None when there is none, or one imports others."""
        names: set[str] = set()
        paths = self._named(_JUSTFILES)
        for path in paths:
            text = self._files.text(path)
            if text is None or _IMPORTS.search(text):
                return None
            names |= {match[1] for pattern in (_RECIPE, _ALIAS) for match in pattern.finditer(text)}
        return frozenset(names) if paths else None

    def _named(self, names: frozenset[str]) -> list[str]:
        return [path for path in self._by_name if name_of(path) in names]

    @cached_property
    def _by_name(self) -> list[str]:
        """The tracked paths that define commands, sorted."""
        wanted = (
            {"package.json", "tox.ini", "tox.toml", "setup.cfg", "pyproject.toml", "noxfile.py"}
            | _MAKEFILES
            | _JUSTFILES
        )
        tree = self._files.tree
        return sorted(
            path for path in tree.files if name_of(path) in wanted and not any(one in path for one in _FOLDERS_SKIPPED)
        )


def _scripts_of(text: str | None) -> set[str] | None:
    """The names of a package.json's scripts; None when it cannot be read."""
    try:
        data = json.loads(text) if text is not None else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    scripts = data.get("scripts", {})
    return {str(name) for name in scripts} if isinstance(scripts, dict) else None


def _words(command: str) -> list[str]:
    """The words of the last command of a line, without `cd x &&`, variables and what follows a pipe; [] when it is no plain command."""
    try:
        parts = shlex.split(command, comments=False)
    except ValueError:
        return []
    for sign in ("|", ">", ">>", "2>&1", "||", ";"):
        if sign in parts:
            parts = parts[: parts.index(sign)]
    while "&&" in parts:
        at = parts.index("&&")
        parts = parts[at + 1 :] if parts[0] == "cd" else parts[:at]
    while parts and re.fullmatch(r"\w+=\S*", parts[0]):
        parts = parts[1:]
    return parts


def _without_options(words: Sequence[str]) -> list[str]:
    bare: list[str] = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word == "--":
            break
        elif word in _WITH_VALUE:
            skip = True
        elif not word.startswith("-"):
            bare.append(word)
    return bare


def _values_of(words: Sequence[str], options: Sequence[str]) -> list[str]:
    """The comma-separated values of an option."""
    values = [after for word, after in pairwise(words) if word in options]
    values += [word.partition("=")[2] for word in words if word.partition("=")[0] in options and "=" in word]
    return [name for value in values for name in value.split(",") if name]
