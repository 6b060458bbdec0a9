"""What the columns of a table are for: id, title, status, evidence, gate, owner, parent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from gatekeeper.model.status import Status
from gatekeeper.model.subject import UNIT_WORDS
from gatekeeper.parse.shape.keylines import is_status_key
from gatekeeper.parse.shape.page import Page, plain
from gatekeeper.parse.syntax.blocks import Table
from gatekeeper.parse.syntax.source import repair

_ID = re.compile(
    r"(?:id|ids|order|#|no\.?|nr\.?|№|key|ref|code|ticket|编号|序号|番号|номер|.+ (?:id|#|no\.?|key|code))$"
)
# A column called stage or track is mostly about something else.
_WORDS = {word: kind.name for word, kind in UNIT_WORDS.items() if kind.name not in ("stage", "track", "slice")}
_UNIT = re.compile(
    r"(?:primary |parent |target )?("
    + "|".join(sorted(map(re.escape, {"section", "§", *_WORDS}), key=len, reverse=True))
    + r")s?(?: target| number| name)?$"
)
_EVIDENCE = re.compile(
    r"\b(?:evidence|proof|artifacts?|artefacts?|files?|paths?|docs?|design doc|closeouts?|links?|references?|attachments?|commands?)\b"
    r"|\b(?:comandos?|commandes?|befehle?|preuves?|evidencias?|evidências?|nachweise?|dateien|fichiers|archivos|arquivos|lien|enlaces?|bevis|filer)\b"
    r"|证据|証跡|エビデンス|файл|文件|доказательств|подтвержден|артефакт"
)
_NOTES = re.compile(
    r"\b(?:notes?|comments?|remarks?|details|notas?|anmerkung(?:en)?|merknad(?:er)?)\b|备注|備考|примечани"
)
_REQUIRED = re.compile(r"\b(?:required|needed|expected|criteria|owner|type|date|status|state|pending|count|lines?)\b")
_TITLE = re.compile(
    r"(?:title|name|theme|task|description|item|requirement|criterion|criteria|deliverable|scope|goal|feature|check|control|test|story"
    r"|component|module|area|lane|domain|capability|subject|topic|what|work|objective|acceptance criterion|checklist item|.+ name|.+ item"
    r"|módulo|modul|modulo|anforderung|exigence|requisito|ítem|punto|tarea|aufgabe|tâche|tarefa|oppgave|beskrivelse|título|titre|titel"
    r"|требование|критерий|задача|описание|任务|名称|内容|描述|タスク|項目)$"
)
_LANE = re.compile(r"(?:lane|role|team|area|domain|owner lane|squad)$")
_GATE = re.compile(r"(?:.* )?gate(?: name)?$|门禁|ゲート")
_OWNER = re.compile(
    r"(?:owner|assignee|responsible|dri|assigned(?: to)?|lead|负责人|担当|担当者|ответственный|verantwortlich|responsable|responsável|ansvarlig)s?$"
)
_PASS = frozenset(
    "pass passed ok done yes met complete completed 通过 合格 bestanden erfüllt réussi aprobado aprovado пройдено bestått ja sí oui".split()
)
_FAIL = frozenset(
    "fail|failed|no|unmet|blocked|not ok|不通过|未通过|不合格|échoué|reprobado|reprovado|fallido|nein|non|nei"
    "|nicht bestanden|nicht erfüllt|не пройдено|ikke bestått".split("|")
)
_RISK = re.compile(
    r"\b(?:risks?|likelihood|probability|impact|mitigation|severity|metric|kpi|technology|version|endpoint|command|setting|variable)\b"
)
_PAST = re.compile(r"\b(?:previous|old|former|last|before|target|anterior|vorher|précédent)\b")
_NO_STATUS = re.compile(
    r"\b(?:risks?|likelihood|probability|impact|severity|commit|sha|sha256|hash|date|link|owner|lead|prs?|colou?r|farbe|couleur|priority"
    r"|effort|required|optional|default)\b"
)
_IDENTIFIER = re.compile(
    r"[`*\[]*(?:[A-Za-z§#]{0,12}[-_ .]?)?\d[\w.\-]*[`*\]]*$|[`*]*[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+[`*]*$"
)
# A column without a telling header is a status column when at least this share of its cells are statuses.
_SHARE = 0.6
# A column of prose: its typical cell has at least this many characters.
_WORDY = 10
# A column called "Decision" or "Result" is one when at least this share of them are.
_SOME = 0.25


class Columns(Struct):
    """Column numbers by role, 0-based; -1 where the table has none."""

    headers: list[str]
    id: int = -1
    title: int = -1
    status: int = -1
    gate: int = -1
    owner: int = -1
    parent: int = -1
    passed: int = -1
    failed: int = -1
    lanes: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    evidence: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    unit: str = ""
    is_guessed: bool = False

    @property
    def has_status(self) -> bool:
        """Whether some column, or several together, give a status."""
        return self.status >= 0 or self.passed >= 0 or bool(self.lanes)


def read_columns(page: Page, table: Table) -> Columns:
    """The roles of a table's columns, by their headers first and their cells second."""
    headers = [plain(page.text[cell.text_start : cell.text_end]).casefold() for cell in table.header.cells]
    columns = Columns(headers)
    cells = [
        [
            page.text[row.cells[at].text_start : row.cells[at].text_end] if at < len(row.cells) else ""
            for row in table.rows
        ]
        for at in range(len(headers))
    ]
    _find_status(page, columns, cells)
    _find_named(columns)
    _find_identity(columns, cells)
    _find_title(columns, cells)
    return columns


def _find_status(page: Page, columns: Columns, cells: list[list[str]]) -> None:
    headers = columns.headers
    passed = next((at for at, header in enumerate(headers) if header in _PASS), -1)
    failed = next((at for at, header in enumerate(headers) if header in _FAIL), -1)
    if passed >= 0 and failed >= 0:
        columns.passed, columns.failed = passed, failed
        return
    shares = [_share(page, values) for values in cells]
    columns.statuses = [at for at, share in enumerate(shares) if share >= _SHARE]
    named = [
        at
        for at, header in enumerate(headers)
        if is_status_key(header) or header in ("pass/fail", "done", "done?", "complete", "✓", "✅")
    ]
    named = [at for at in named if headers[at].endswith(("status", "state")) or shares[at] >= _SOME]
    if named:
        exact = [at for at in named if is_status_key(headers[at]) and " " not in headers[at]] or named
        columns.status = max(
            exact,
            key=lambda at: (
                shares[at] >= _SHARE,
                _has_words(cells[at]),
                not _PAST.search(headers[at]),
                headers[at].startswith(("status", "stat", "estado")),
                -at,
            ),
        )
        return
    full = [at for at, share in enumerate(shares) if share >= _SHARE and not _NO_STATUS.search(headers[at])]
    full = [at for at in full if _speaks(page, headers[at], cells[at])]
    columns.is_guessed = True
    if len(full) >= 2 and len(full) >= len(headers) // 2:
        columns.lanes = full
    elif full:
        columns.status = full[-1]


def _speaks(page: Page, header: str, values: Sequence[str]) -> bool:
    """Whether a column without a telling header is about status: bare marks below any word ("Linux") say what is supported."""
    if not any(char.isalnum() for char in header) or page.vocabulary.is_status(header):
        return True
    return any(char.isalnum() for value in values for char in value)


def _has_words(values: Sequence[str]) -> bool:
    return any(value.strip() for value in values)


def _share(page: Page, values: Sequence[str]) -> float:
    filled = [value for value in values if value.strip(" -\u2014")]
    if not filled:
        return 0.0
    known = (value for value in filled if page.vocabulary.is_status(value))
    return sum(page.vocabulary.interpret(value)[0] is not Status.UNKNOWN for value in known) / len(filled)


def _find_named(columns: Columns) -> None:
    taken = {columns.status, columns.passed, columns.failed, *columns.lanes}
    for at, header in enumerate(columns.headers):
        if at in taken:
            continue
        if columns.owner < 0 and _OWNER.fullmatch(header):
            columns.owner = at
        elif columns.gate < 0 and _GATE.fullmatch(header):
            columns.gate = at
        elif _EVIDENCE.search(header) and not _REQUIRED.search(header):
            columns.evidence.append(at)
        elif _NOTES.search(header):
            columns.notes.append(at)


def _find_identity(columns: Columns, cells: list[list[str]]) -> None:
    taken = {columns.status, columns.passed, columns.owner, *columns.lanes, *columns.evidence, *columns.notes}
    free = [at for at in range(len(columns.headers)) if at not in taken]
    units = [at for at in free if _UNIT.fullmatch(columns.headers[at]) and at != columns.gate]
    named = [at for at in free if _ID.fullmatch(columns.headers[at])]
    columns.id = named[0] if named else next((at for at in units if _is_key(cells[at])), -1)
    if columns.id < 0 and free and _is_key(cells[free[0]]):
        columns.id = free[0]
    if columns.id < 0 and len(units) > 1:
        columns.id = next((at for at in reversed(units) if _is_key(cells[at], leading=True)), -1)
    if columns.id >= 0:
        match = _UNIT.fullmatch(columns.headers[columns.id].removesuffix(" id"))
        columns.unit = _WORDS.get(match.group(1), match.group(1)) if match else ""
        others = [at for at in units if at != columns.id and _are_identifiers(cells[at])]
        above = [at for at in others if _may_hold(columns.headers[at], columns.unit)]
        columns.parent = above[-1] if above else -1


def _may_hold(header: str, unit: str) -> bool:
    """Whether a column can name what a row's unit belongs to: one thing, and no smaller one ("Epics" of a sprint are its parts)."""
    match = _UNIT.fullmatch(header)
    other, own = (UNIT_WORDS.get(word) for word in (match.group(1) if match else "", unit))
    if other is None or other.rank is None:
        return True
    is_plural = any(header.endswith(f"{word}s") for word in other.words)
    return not is_plural and (own is None or own.rank is None or other.rank <= own.rank)


def _is_key(values: Sequence[str], *, leading: bool = False) -> bool:
    """Whether the cells are distinct identifiers (or begin with one)."""
    words = [value.split(" ", 1)[0] if leading else value for value in values if value.strip()]
    return bool(words) and len(set(words)) == len(words) and _are_identifiers(words)


def _are_identifiers(values: Sequence[str]) -> bool:
    filled = [repair(value) for value in values if value.strip()]
    return bool(filled) and sum(bool(_IDENTIFIER.match(value.strip())) for value in filled) >= len(filled) * 0.7


def _typical_length(values: Sequence[str]) -> int:
    lengths = sorted(len(value) for value in values)
    return lengths[len(lengths) // 2] if lengths else 0


def _find_title(columns: Columns, cells: list[list[str]]) -> None:
    taken = {columns.id, columns.status, columns.passed, columns.failed, columns.gate, columns.owner, columns.parent}
    taken |= {*columns.lanes, *columns.evidence, *columns.notes, *columns.statuses}
    free = [at for at in range(len(columns.headers)) if at not in taken]
    named = [at for at in free if _TITLE.fullmatch(columns.headers[at])]
    long = [at for at in free if _typical_length(cells[at]) >= _WORDY]
    if named or long:
        columns.title = (named or long)[0]
    elif free:
        columns.title = max(free, key=lambda at: (_typical_length(cells[at]), -at))
    if columns.id < 0 and columns.gate >= 0 and columns.gate == 0:
        columns.id = columns.gate
    if columns.id < 0 and columns.title >= 0 and _LANE.fullmatch(columns.headers[columns.title]):
        columns.id = columns.title


def names_unit(header: str) -> bool:
    """Whether a folded header names a unit of work: "phase", "sprint number"."""
    return _UNIT.fullmatch(header) is not None


def is_register(columns: Columns) -> bool:
    """Whether a table lists risks, metrics or settings, which are no work."""
    return any(_RISK.search(header) for header in columns.headers)


def is_plan(columns: Columns) -> bool:
    """Whether a table without statuses lists units of work all the same: a roadmap or a backlog."""
    if columns.id < 0 or is_register(columns):
        return False
    return bool(columns.unit) and columns.unit not in ("feature", "section", "§", "step")
