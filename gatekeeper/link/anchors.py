"""Heading anchors of a Markdown text, as GitHub gives them, and a look-up that forgives what sites do differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|[*`~]")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")
_EXPLICIT = re.compile(r"""\b(?:id|name)=["']?([^"'\s<>]+)|\{#([^\s{}]+)|^\(([\w.:-]+)\)=\s*$""")
_COUNTER = re.compile(r"-\d+$")
_LOOSE = re.compile(r"[\W_]+")


def anchor_of(heading: str) -> str:
    """The anchor that GitHub gives a heading, without the number that tells equal headings apart."""
    plain = _EMPHASIS.sub("", _TAG.sub("", _LINK.sub(r"\1", heading)))
    return _NOT_IN_SLUG.sub("", plain.strip().lower()).replace(" ", "-")


def find_anchors(text: str) -> frozenset[str]:
    """Every anchor of a Markdown text: its headings' and those written out (`<a id=...>`, `{#name}`, `(name)=`)."""
    anchors: set[str] = set()
    seen: dict[str, int] = {}
    for line, is_heading in _iter_lines(text):
        if is_heading:
            slug = anchor_of(line)
            count = seen.get(slug, 0)
            seen[slug] = count + 1
            anchors.add(f"{slug}-{count}" if count else slug)
        anchors.update(name for groups in _EXPLICIT.findall(line) for name in groups if name)
    return frozenset(anchors)


def has_anchor(anchors: Iterable[str], wanted: str) -> bool:
    """Whether an anchor is among these, punctuation, case and counting numbers forgiven.

    An anchor without a letter or digit, and one made by a browser (`#:~:text=`), count as there: nothing is known of them.
    """
    loose = _loosened(wanted)
    if not loose or wanted.startswith(":~:") or wanted.casefold() == "top":
        return True
    known = {_loosened(anchor) for anchor in anchors}
    return loose in known or _loosened(_COUNTER.sub("", wanted)) in known


def _loosened(anchor: str) -> str:
    return _LOOSE.sub("", anchor.removeprefix("user-content-").casefold())


def _iter_lines(text: str) -> Iterator[tuple[str, bool]]:
    """The lines outside fenced code, each with whether it is a heading; a heading comes without its `#` signs."""
    fence, previous = "", ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        opening = _FENCE.match(line)
        if fence:
            fence = "" if opening and opening[1].startswith(fence) and not line.strip(" \t`~") else fence
            continue
        if opening:
            fence, previous = opening[1], ""
            continue
        if marks := _HEADING.match(line):
            yield line[marks.end() :].strip().rstrip("#").rstrip(), True
        elif previous.strip() and _UNDERLINE.match(line):
            yield previous.strip(), True
        else:
            yield line, False
        previous = line
