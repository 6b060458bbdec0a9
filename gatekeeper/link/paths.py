"""Paths as authors write them, turned into repo-relative ones. Pure text: nothing here looks at a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|$)")
_HOME = re.compile(r"~[\w.-]*(?:[\\/]|$)")
_VARIABLE = re.compile(r"\$\{?\w|%\w+%[\\/]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+-]+:")
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_SYSTEM_FOLDERS = frozenset(("Users", "Volumes", "etc", "home", "mnt", "opt", "proc", "root", "tmp", "usr", "var"))
_SITE_ROUTE = re.compile(
    r"(?:\.\./)+(?:actions|blob|commits?|compare|discussions|issues|labels|milestones?|network|projects|pulls?|raw|releases|security|"
    r"tags|tree|wiki)(?:/|$)"
)
_NAMED_BEFORE = re.compile(r"(?<![\w./@:\\-])((?:[\w@.+-]{1,80}/){1,12})(?=[\w@.+-]{0,80}[\s`),;:*]|$)")
_BACK = 240
SEGMENT_LIMIT = 255
"""The longest file name, in characters, that a file system is asked about."""


def folder_of(path: str) -> str:
    """The folder that holds a path; '' for the root."""
    return path.rpartition("/")[0]


def name_of(path: str) -> str:
    """The last segment of a path."""
    return path.rpartition("/")[2]


def join_path(folder: str, path: str) -> str | None:
    """The repo-relative path that `path` means when read in `folder`, '' for the root; None when it leaves the repository.

    A leading slash means the root of the repository, as on the hosting sites.
    """
    kept = [] if path.startswith("/") or not folder else folder.split("/")
    for segment in path.split("/"):
        if segment == "..":
            if not kept:
                return None
            kept.pop()
        elif segment not in ("", "."):
            kept.append(segment)
    return "/".join(kept)


def folder_before(text: str, offset: int) -> str | None:
    """The folder of the last path with a slash that a text names before an offset on its line; None without one."""
    start = max(text.rfind("\n", 0, offset) + 1, offset - _BACK)
    named = _NAMED_BEFORE.findall(text, start, offset)
    return named[-1].rstrip("/") if named else None


def is_foreign(path: str) -> bool:
    """Whether the spelling alone names a place on some machine: a drive, a share, a home folder, a NUL."""
    return "\0" in path or path.startswith(("//", "\\\\")) or bool(_DRIVE.match(path) or _HOME.match(path))


def is_system_path(path: str) -> bool:
    """Whether an absolute path begins with a folder that machines, not repositories, have (`/tmp/x`, `/home/x`)."""
    return path.startswith("/") and path.strip("/").partition("/")[0] in _SYSTEM_FOLDERS


def is_variable(path: str) -> bool:
    """Whether a shell or environment variable stands in the path, so that nothing can be said of it."""
    return _VARIABLE.search(path) is not None


def has_scheme(path: str) -> bool:
    """Whether a link's target begins with a URL scheme (`tel:`, `vscode:`), by which it is no path."""
    return _SCHEME.match(path) is not None


def is_site_route(path: str) -> bool:
    """Whether a link climbs to a page of the hosting site (`../../issues/12`) and not to a file."""
    return _SITE_ROUTE.match(path) is not None


def is_askable(path: str) -> bool:
    """Whether a file system can hold the path at all."""
    return "\0" not in path and all(len(segment) <= SEGMENT_LIMIT for segment in path.split("/"))


def iter_spellings(path: str, is_link: bool) -> Iterator[str]:
    """The path as written, then as it is meant when it has Windows separators, Markdown escapes or a URL query."""
    yield path
    if "\\" in path:
        yield path.replace("\\", "/")
        yield _ESCAPED.sub("", path)
    if is_link and "?" in path:
        yield path.partition("?")[0]
