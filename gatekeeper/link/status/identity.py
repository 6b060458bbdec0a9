"""When two ids name one thing: `01`, `Sprint 01`, `sprint-01` and `Sprint 1` are one sprint, `F1-E1` is itself."""

from __future__ import annotations

import re
import unicodedata

from gatekeeper.model.document import WorkItem

_KINDS = (
    ("sprint", ("sprintul", "спринт", "スプリント")),
    ("phase", ("fase", "étape", "etape", "этап", "фаза", "阶段", "フェーズ")),
    ("epic", ("épica", "épico", "epik", "эпик")),
    ("story", ("user story", "historia")),
    ("milestone", ("hito", "meilenstein", "jalon", "веха", "里程碑", "マイルストーン")),
    ("task", ("aufgabe", "tâche", "tarea", "tarefa", "задача", "任务", "タスク")),
    ("chunk", ()),
    ("slice", ()),
    ("workstream", ()),
    ("wave", ()),
    ("track", ()),
    ("gate", ("quality gate",)),
    ("step", ("étape n",)),
    ("stage", ()),
    ("feature", ()),
)
_KIND_OF = {word: kind for kind, others in _KINDS for word in (kind, *others)}
_NAMED = re.compile(
    rf"(?P<kind>{'|'.join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True))})[\s._#-]*"
    r"(?P<number>\d+(?:[.-]\d+)*[a-z]?|(?<=[\s_-])[a-z]|(?<=[\s_-])[ivx]+)$"
)
_NUMBER = re.compile(r"#?(?P<number>\d+(?:\.\d+)*[a-z]?)$")
_RANGE = re.compile(r"(?P<letters>[a-z]+)\d+\s*-\s*(?P=letters)\d+$")
_PARTED = re.compile(r"(?P<above>\d+)[.-]\d+")
_CODE = re.compile(
    r"(?:[a-z]{1,4}\d{1,4}(?:\.[a-z]?\d+)*|(?=.*[a-z])(?=.*\d)[^\W_]+(?:\.\d+)*(?:[-_/][^\W_]+(?:\.\d+)*)+)[a-z]?$"
)
# Priorities, levels, quarters and names of things that are spelled like ids.
_NO_ID = re.compile(
    r"(?:p[0-5]|l[0-5]|q[1-4]|h[12]|v\d+|k8s|s3|ec2|soc2|ipv[46]|http[23]|utf-?8|utf-16|sha-?\d+|md5|es\d+|py\d+|web[23]|b2[bc]|iso-?\d+)$"
)
# A prefix that any list of any document may use: `T-01`, `FR-7`, `TASK-3`.
_USUAL = frozenset(
    "req task story epic gate step test bug adr nfr phase user feat feature item issue milestone sprint case spec rule risk dec todo"
    " fix sec perf chunk wave goal check".split()
)
IDS = re.compile(r"(?<![\w/.-])(?:[A-Z]+\d+(?:-[A-Z]+\d+)+|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+|[A-Z]\d+)(?![\w/-])")
"""Ids written in a text: `F1-E1`, `AI-OPS-09`, `E2`."""


def key_of(item: WorkItem) -> str | None:
    """The normal form of an item's id; None when it has none or only the running number of its list."""
    return normal_key(item.id, item.kind) if item.id else None


def normal_key(text: str, kind: str = "item") -> str | None:
    """The normal form of an id that stands on an item of this kind; None for a bare number of no kind and for plain words."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("\u2013", "-").split()).strip("[](){}`*: ")
    if named := _NAMED.match(plain):
        return f"{_KIND_OF[named['kind']]} {_numeral(named['number'])}"
    if number := _NUMBER.match(plain):
        return f"{kind} {_numeral(number['number'])}" if kind in _KIND_OF else None
    is_id = _CODE.match(plain) and not _RANGE.match(plain) and not _NO_ID.match(plain)
    return plain.replace("_", "-") if is_id else None


def above_of(text: str) -> str | None:
    """The number of the unit of which `1-2` or `1.2` numbers a part: `1`; None for another id."""
    match = _PARTED.fullmatch(text.strip())
    return str(int(match["above"])) if match else None


def is_distinctive(key: str) -> bool:
    """Whether an id is one of a kind in its repository: two numbered parts, or a prefix that not every list uses."""
    if " " in key:
        return False
    parts = key.split("-")
    if sum(any(letter.isdigit() for letter in part) and part[:1].isalpha() for part in parts) > 1:
        return True
    words = [part for part in parts if part.isalpha()]
    has_number = any(part.isdigit() for part in parts)
    return has_number and (len(words) > 1 or (len(words) == 1 and len(words[0]) > 2 and words[0] not in _USUAL))


def _numeral(text: str) -> str:
    return ".".join(part.lstrip("0") or "0" if part.isdigit() else part for part in re.split(r"[.-]", text))
