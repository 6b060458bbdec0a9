"""Fields of settings classes (pydantic-settings), each of which is read from a variable."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec import Struct

_BASES = frozenset({"BaseSettings"})
_ALIASES = frozenset({"alias", "validation_alias", "env"})
_DEFAULTS = frozenset({"default", "default_factory"})


class SettingsField(Struct, frozen=True):
    """A field that a variable fills.

    Attributes:
        name: the variable, in upper case where the class names it itself.
        node: the name in the source.
    """

    name: str
    node: ast.AST
    is_optional: bool


def iter_fields(tree: ast.Module) -> Iterator[SettingsField]:
    """The fields of every settings class of a module; a class that derives from one of them is one too."""
    known = set(_BASES)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(_last_name(base) in known for base in node.bases):
            known.add(node.name)
            yield from _fields_of(node)


def _fields_of(node: ast.ClassDef) -> Iterator[SettingsField]:
    prefix = _prefix(node)
    for statement in node.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        name, value = statement.target.id, statement.value
        if name.startswith("_") or name == "model_config" or _last_name(statement.annotation) == "ClassVar":
            continue
        words = _keywords(value)
        is_field = isinstance(value, ast.Call) and _last_name(value.func) == "Field"
        is_optional = _has_default(value, words) if is_field else value is not None
        aliases = [word for key in words.keys() & _ALIASES for word in _strings(words[key])]
        if aliases:
            # Any one of several names will do, so none of them is needed by itself.
            several = len(aliases) > 1
            yield from (SettingsField(alias.upper(), statement.target, is_optional or several) for alias in aliases)
        elif not words.keys() & _ALIASES and prefix is not None:
            yield SettingsField(f"{prefix}{name}".upper(), statement.target, is_optional)


def _has_default(value: ast.expr | None, words: dict[str, ast.expr]) -> bool:
    if words.keys() & _DEFAULTS:
        return True
    return isinstance(value, ast.Call) and bool(value.args) and not _is_ellipsis(value.args[0])


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _prefix(node: ast.ClassDef) -> str | None:
    """The `env_prefix` of a class, "" without one; None where it is computed."""
    for statement in node.body:
        value: ast.expr | None = None
        if (
            isinstance(statement, ast.Assign) and any(_last_name(one) == "model_config" for one in statement.targets)
        ) or (isinstance(statement, ast.AnnAssign) and _last_name(statement.target) == "model_config"):
            value = _entries(statement.value).get("env_prefix")
        elif isinstance(statement, ast.ClassDef) and statement.name == "Config":
            inner = (one for one in statement.body if isinstance(one, ast.Assign))
            value = next((one.value for one in inner if _last_name(one.targets[0]) == "env_prefix"), None)
        if value is not None:
            return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
    return ""


def _entries(node: ast.expr | None) -> dict[str, ast.expr]:
    """Names and values of a call's keywords or of a dict."""
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {
            key.value: value for key, value in pairs if isinstance(key, ast.Constant) and isinstance(key.value, str)
        }
    return _keywords(node)


def _keywords(node: ast.AST | None) -> dict[str, ast.expr]:
    return {word.arg: word.value for word in node.keywords if word.arg} if isinstance(node, ast.Call) else {}


def _strings(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Call):
        return [word for argument in node.args for word in _strings(argument)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
