"""What status words mean: one line a word or sentence, in the languages and spellings that teams use."""

from __future__ import annotations

from collections import defaultdict

import pytest
import yaml

from gatekeeper.data import shipped
from gatekeeper.model.status import LegendEntry, Status, StatusBasis
from gatekeeper.model.text import Span
from gatekeeper.parse.words.vocabulary import Vocabulary, mark_pattern, normal

# status: words, one a line
TABLE = {
    "done": """
        Done
        DONE.
        **Complete**
        `completed`
        Fully implemented
        ✅
        ✅ Done
        Done ✅
        ✔️
        ☑
        🟢 Green
        [x]
        [X]
        [✓]
        100%
        100% complete
        Passed (12 tests)
        PASS — 3 of 3
        signed-off
        Signed_Off
        Go
        Completed 2026-01-02
        已完成
        通过
        完了
        実装済み
        Erledigt
        abgeschlossen
        Terminé
        terminée
        validé
        Hecho
        completada
        Feito
        Concluído
        Готово
        выполнено
        Ferdig
        fullført
        <b>Done</b>
        Done - merged in May
        Done; shipped with 1.2
        All complete
    """,
    "in_progress": """
        In Progress
        in-progress
        IN_PROGRESS
        WIP
        🔄
        🚧 Building
        In Progress (60%)
        45%
        1%
        99 %
        ~60% complete
        started
        [/]
        进行中
        作業中
        in Arbeit
        en cours
        en curso
        em andamento
        в работе
        pågår
    """,
    "queued": """
        Planned
        Not started
        not-started
        TODO
        to do
        Pending
        backlog
        ⏳
        ⬜ Not started
        [ ]
        []
        0%
        tbd
        Open
        待办
        未开始
        未着手
        geplant
        à faire
        pendiente
        por hacer
        a fazer
        não iniciado
        не начато
        запланировано
        ikke startet
        planlagt
    """,
    "ready": """
        Ready
        ready for dev
        Ready-for-Dev
        就绪
    """,
    "partial": """
        Partial
        Partially complete
        🔶
        ⚠️ Partial
        [~]
        Mostly done
        Conditional pass
        部分完成
        teilweise
        partiellement
        parcial
        частично
        delvis
        Done, but tests missing
        Implemented; UI pending
        Complete, except the docs
        Done (partially)
        Nearly complete
        Done but tests missing
        Implemented without tests
        Complete except the docs
        fait mais tests manquants
        Almost done
        Implemented but not verified
        Pass with conditions
    """,
    "review": """
        In review
        awaiting approval
        👀
        [?]
        评审中
        レビュー中
        in Prüfung
        en revisión
        на проверке
        til gjennomgang
    """,
    "blocked": """
        Blocked
        blocked: waiting for the vendor
        FAILED
        No-go
        NO GO
        ❌
        🔴 Blocked
        [!]
        阻塞
        失败
        ブロック中
        blockiert
        bloqué
        bloqueado
        заблокировано
        blokkert
        Not ready
        Blocked by the release
        ❌ Failed
    """,
    "cancelled": """
        Cancelled
        canceled
        Deferred
        Won't do
        Out of scope
        🗑️
        ⏸️ Parked
        [-]
        已取消
        見送り
        verschoben
        annulé
        cancelado
        adiado
        отменено
        utsatt
        Deferred to Q3
    """,
    "unknown": """
        Zarp
        n/a
        —
        see below
        Kim
        2026-01-02
        v1.2.3
        P0
        High
        ?
        3 of 4
        101 apples
        completeness
        redone it all over
        Done | Blocked
        Done or Blocked
    """,
}
LINES = [(status, line.strip()) for status, words in TABLE.items() for line in words.strip().splitlines()]


def with_legend(**meanings: Status) -> Vocabulary:
    """A vocabulary with a legend; `_` in a name stands for a blank."""
    return Vocabulary(
        {}, [LegendEntry(token.replace("_", " "), status, Span(0, 0)) for token, status in meanings.items()]
    )


@pytest.mark.parametrize(("status", "raw"), LINES)
def test_words_mean_what_teams_mean_by_them(status: str, raw: str) -> None:
    assert Vocabulary({}).interpret(raw)[0] is Status(status)


@pytest.mark.parametrize(
    ("status", "raw"),
    [
        ("done", "PASS - No user enumeration vulnerability. Both answers are alike."),
        ("done", "Done: no memory leaks"),
        ("done", "Complete - no schema drift"),
        ("partial", "PASS - no error handling"),
        ("partial", "Done - no tests for errors"),
        ("partial", "Done - no docs"),
    ],
)
def test_harm_that_is_absent_is_not_missed(status: str, raw: str) -> None:
    assert Vocabulary({}).interpret(raw)[0] is Status(status)


@pytest.mark.parametrize("raw", ["**{}**", "`{}`", " {} ", "__{}__", "{}.", "{}:", "({})", "<b>{}</b>", "{}\ufe0f"])
@pytest.mark.parametrize(
    ("status", "word"), [("done", "Done"), ("in_progress", "In Progress"), ("blocked", "заблокировано")]
)
def test_marks_and_closing_punctuation_around_a_word_do_not_count(raw: str, status: str, word: str) -> None:
    assert Vocabulary({}).interpret(raw.format(word))[0] is Status(status)


def test_the_configuration_wins_over_the_legend_and_the_legend_over_the_shipped_words() -> None:
    legend = [LegendEntry("Open", Status.IN_PROGRESS, Span(0, 4)), LegendEntry("Zarp", Status.DONE, Span(5, 9))]
    both = Vocabulary({"zarp": Status.BLOCKED}, legend)
    assert both.interpret("ZARP") == (Status.BLOCKED, StatusBasis.CONFIGURATION)
    assert both.interpret("open") == (Status.IN_PROGRESS, StatusBasis.LEGEND)
    assert both.interpret("Planned") == (Status.QUEUED, StatusBasis.VOCABULARY)
    assert both.interpret("Fendle") == (Status.UNKNOWN, StatusBasis.NONE)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("Zarp", Status.DONE),
        ("**zarp**", Status.DONE),
        ("Zarp (with a remark)", Status.DONE),
        ("Zarp: since May", Status.DONE),
        ("Zarping", Status.UNKNOWN),
        ("no Zarp", Status.UNKNOWN),
        ("half way", Status.PARTIAL),
        ("Half-Way", Status.PARTIAL),
        ("half", Status.UNKNOWN),
        ("Done", Status.DONE),
    ],
)
def test_a_legends_token_is_met_whole_or_before_a_break(raw: str, status: Status) -> None:
    assert with_legend(Zarp=Status.DONE, Half_Way=Status.PARTIAL).interpret(raw)[0] is status


def test_a_legend_redefines_boxes_and_marks() -> None:
    entries = [
        LegendEntry("[~]", Status.IN_PROGRESS, Span(0, 3)),
        LegendEntry("\U0001f535 Parked", Status.CANCELLED, Span(4, 12)),
    ]
    own = Vocabulary({}, entries)
    assert own.box("~") == (Status.IN_PROGRESS, StatusBasis.LEGEND)
    assert own.interpret("[~]") == (Status.IN_PROGRESS, StatusBasis.LEGEND)
    assert own.box("x") == (Status.DONE, StatusBasis.VOCABULARY)
    assert own.interpret("\U0001f535")[0] is Status.CANCELLED
    assert own.interpret("Parked")[0] is Status.CANCELLED


@pytest.mark.parametrize(
    ("inside", "status"),
    [
        ("x", "done"),
        ("X", "done"),
        (" ", "queued"),
        ("", "queued"),
        ("~", "partial"),
        ("/", "in_progress"),
        ("!", "blocked"),
        ("-", "cancelled"),
        ("?", "review"),
        ("\u2713", "done"),
        ("\u26a0\ufe0f", "partial"),
        ("7", "unknown"),
        ("W1", "unknown"),
    ],
)
def test_a_boxs_token_has_its_meaning(inside: str, status: str) -> None:
    assert Vocabulary({}).box(inside)[0] is Status(status)


@pytest.mark.parametrize(
    ("raw", "is_status"),
    [
        ("Done", True),
        ("\u2705 Done", True),
        ("45%", True),
        ("[ ]", True),
        ("In Progress", True),
        ("100% complete", True),
        ("Done with the old one", False),
        ("Kim", False),
        ("", False),
        ("Build the ledger", False),
        ("x" * 500, False),
        ("Done when the tests pass", False),
        ("src/a.py", False),
    ],
)
def test_a_status_by_itself_is_told_from_prose(raw: str, is_status: bool) -> None:
    assert Vocabulary({}).is_status(raw) is is_status


def test_brackets_around_a_word_do_not_count() -> None:
    assert Vocabulary({}).interpret("[Done]")[0] is Status.DONE


TWICE = [case for case in LINES if not case[1].isascii()]


def test_a_ticked_box_is_a_status_by_itself_as_an_empty_one_is() -> None:
    assert Vocabulary({}).is_status("[x]")


@pytest.mark.parametrize(("status", "raw"), TWICE)
def test_double_encoded_words_mean_the_same(status: str, raw: str) -> None:
    broken = "".join(_misread(byte) for byte in raw.encode())
    assert Vocabulary({}).interpret(broken)[0] is Status(status)


def _misread(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def shipped_tree() -> dict[str, dict[str, list[str]]]:
    """The shipped vocabulary as written."""
    tree = yaml.load(shipped("policies", "vocabulary.yml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    assert isinstance(tree, dict)
    return tree


@pytest.mark.parametrize("part", ["statuses", "marks", "boxes"])
def test_no_shipped_word_stands_under_two_statuses(part: str) -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for status, words in shipped_tree()[part].items():
        for word in words:
            places[word if part == "boxes" else normal(word) or word].add(status)
    assert {word: sorted(found) for word, found in places.items() if len(found) > 1} == {}


def test_every_shipped_word_means_what_it_stands_under() -> None:
    words = [(status, word) for status, words in shipped_tree()["statuses"].items() for word in words]
    assert len(words) > 300
    wrong = [(status, word) for status, word in words if Vocabulary({}).interpret(word)[0] is not Status(status)]
    assert wrong == []


def test_every_shipped_status_is_canonical_and_every_canonical_one_has_words() -> None:
    assert {Status(name) for name in shipped_tree()["statuses"]} == set(Status)


def test_decoration_is_a_mark_but_is_not_looked_for_in_headings() -> None:
    tree = shipped_tree()
    marks = {mark for marks in tree["marks"].values() for mark in marks}
    assert set(tree["decoration"]) <= marks
    assert not any(mark_pattern().fullmatch(mark) for mark in tree["decoration"])
    assert all(mark_pattern().fullmatch(mark) for mark in marks - set(tree["decoration"]))


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("**In-Progress**", "in progress"),
        ("`done`", "done"),
        ("NOT_STARTED", "not started"),
        ("  a\t b ", "a b"),
        ("A\u2014B", "a b"),
        ("\u2705\ufe0f", "\u2705"),
        ("Stra\u00dfe", "strasse"),
        ("<br>done", "done"),
        ("\\[x\\]", "x"),
    ],
)
def test_words_are_compared_without_what_adorns_them(raw: str, word: str) -> None:
    assert normal(raw) == word
