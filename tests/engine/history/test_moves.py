"""What each commit made of each item: right item, right commit, right evidence."""

from __future__ import annotations

import time

import pytest

from gatekeeper.model.status import Status
from gatekeeper.model.view.history import History
from gatekeeper.model.view.move import Move, MoveKind
from gatekeeper.policy.policy import Policy

HEAD = "# Board\n\n| ID | Item | Status | Evidence |\n|----|------|--------|----------|\n"


def board(*rows: str) -> str:
    return HEAD + "".join(f"| {row} |\n" for row in rows)


def brief(move: Move) -> tuple[object, ...]:
    before = move.before.status.value if move.before else None
    after = move.after.status.value if move.after else None
    return move.subject, before, after, move.moment.day


def briefs(history: History) -> list[tuple[object, ...]]:
    return [brief(move) for move in history.moves]


def test_a_move_has_its_commit_its_place_and_both_statuses(chronicle, moves_of) -> None:
    chronicle.commit("2026-03-01", {"docs/board.md": board("K-01 | Kiln | Queued | -", "K-02 | Glaze | Queued | -")})
    commit = chronicle.commit(
        "2026-03-04", {"docs/board.md": board("K-01 | Kiln | Queued | -", "K-02 | Glaze | In progress | -")}
    )
    chronicle.commit("2026-03-05", {"other.md": "x"})
    (move,) = moves_of(chronicle.root).moves
    assert brief(move) == ("K-02", "queued", "in_progress", "2026-03-04")
    assert (move.path, move.document, move.line, move.title) == ("docs/board.md", "docs/board.md", 6, "Glaze")
    assert (move.before.raw, move.after.raw) == ("Queued", "In progress")
    assert move.moment.commit == commit
    assert move.moment.authored == "2026-03-04T12:00:00Z"


def test_newest_first_and_no_more_than_asked_for(chronicle, moves_of) -> None:
    for day, word in enumerate(("Queued", "In progress", "Blocked", "Done"), 1):
        chronicle.commit(f"2026-03-0{day}", {"board.md": board(f"K-01 | Kiln | {word} | -")})
    found = moves_of(chronicle.root)
    assert [move.after.raw for move in found.moves] == ["Done", "Blocked", "In progress"]
    assert (found.commits, found.is_more, found.is_cut) == (4, False, False)
    found = moves_of(chronicle.root, limit=2)
    assert [move.after.raw for move in found.moves] == ["Done", "Blocked"]
    assert found.is_more
    assert not moves_of(chronicle.root, limit=3).is_more
    assert [move.after.raw for move in moves_of(chronicle.root, since="2026-03-03").moves] == ["Done", "Blocked"]


def test_words_that_mean_the_same_are_no_move(chronicle, moves_of) -> None:
    chronicle.commit("2026-03-01", {"board.md": board("K-01 | Kiln | Done | -")})
    chronicle.commit("2026-03-02", {"board.md": board("K-01 | Kiln | ✅ Complete | -")})
    assert moves_of(chronicle.root).moves == ()


def test_rows_that_change_places_do_not_move(chronicle, moves_of) -> None:
    rows = [f"K-0{number} | Item {number} | {word} | -" for number, word in enumerate(("Done", "Queued", "Blocked"), 1)]
    chronicle.commit("2026-03-01", {"board.md": board(*rows)})
    chronicle.commit("2026-03-02", {"board.md": board(*reversed(rows), "K-04 | New | Done | -")})
    chronicle.commit("2026-03-03", {"board.md": board(rows[1])})
    assert moves_of(chronicle.root).moves == ()


def test_boxes_without_ids_are_known_by_their_words(chronicle, moves_of) -> None:
    chronicle.commit("2026-03-01", {"todo.md": "# Sprint 4\n\n- [ ] Fire the kiln\n- [ ] Mix glaze\n"})
    chronicle.commit(
        "2026-03-02", {"todo.md": "# Sprint 4\n\n- [ ] Order clay\n- [ ] Fire the kiln\n- [x] Mix glaze\n"}
    )
    assert briefs(moves_of(chronicle.root)) == [("Mix glaze", "queued", "done", "2026-03-02")]


def test_items_of_one_name_are_told_apart_by_their_sections(chronicle, moves_of) -> None:
    text = "# Plan\n\n## Sprint 1\n\n- [{}] Tests pass\n- [ ] A\n\n## Sprint 2\n\n- [{}] Tests pass\n- [ ] B\n"
    chronicle.commit("2026-03-01", {"plan.md": text.format(" ", " ")})
    chronicle.commit("2026-03-02", {"plan.md": text.format(" ", "x")})
    (move,) = moves_of(chronicle.root).moves
    assert (move.line, move.after.status) == (10, Status.DONE)


def test_what_nobody_can_tell_apart_is_no_move(chronicle, moves_of) -> None:
    chronicle.commit("2026-03-01", {"plan.md": "# Plan\n\n- [ ] Test\n- [x] Test\n- [ ] Test\n"})
    chronicle.commit("2026-03-02", {"plan.md": "# Plan\n\n- [x] Test\n- [ ] Test\n"})
    assert moves_of(chronicle.root).moves == ()


@pytest.mark.parametrize("title", ["Kiln", "Kiln and chimney"])
def test_an_item_with_a_new_id_is_known_by_its_title(chronicle, moves_of, title: str) -> None:
    chronicle.commit("2026-03-01", {"board.md": board("K-01 | Kiln | Queued | -", "K-02 | Glaze | Done | -")})
    chronicle.commit("2026-03-02", {"board.md": board(f"POT-71 | {title} | Done | -", "K-02 | Glaze | Done | -")})
    assert len(moves_of(chronicle.root).moves) == (title == "Kiln")


def test_a_renamed_document_is_followed(chronicle, moves_of) -> None:
    rows = [f"K-0{number} | Item {number} | Queued | -" for number in range(1, 8)]
    chronicle.commit("2026-03-01", {"a.md": board(*rows), "b.md": "# B\n\n- [ ] x\n"})
    chronicle.commit("2026-03-02", {"a.md": board(rows[0].replace("Queued", "Blocked"), *rows[1:])})
    moved = board(rows[0].replace("Queued", "Done"), *rows[1:])
    chronicle.commit("2026-03-03", {"a.md": None, "docs/c.md": moved})
    chronicle.commit("2026-03-04", {"docs/c.md": None, "docs/d.md": moved})
    chronicle.commit("2026-03-05", {"docs/d.md": moved.replace("Done", "In progress")})
    found = moves_of(chronicle.root).moves
    assert [(move.path, move.document, move.after.raw) for move in found] == [
        ("docs/d.md", "docs/d.md", "In progress"),
        ("docs/c.md", "docs/d.md", "Done"),
        ("a.md", "docs/d.md", "Blocked"),
    ]
    assert [move.is_reopened for move in found] == [True, False, False]


def test_another_document_in_its_place_is_another(chronicle, moves_of) -> None:
    chronicle.commit("2026-03-01", {"a.md": board("K-01 | Kiln | Queued | -")})
    chronicle.commit("2026-03-02", {"a.md": None, "z.md": "# Z\n\n- [x] Something else entirely\n- [x] And more\n"})
    assert moves_of(chronicle.root).moves == ()


def test_a_merge_moves_what_its_branch_moved(chronicle, moves_of) -> None:
    chronicle.commit("2026-03-01", {"board.md": board("K-01 | Kiln | Queued | -", "K-02 | Glaze | Queued | -")})
    chronicle.git("checkout", "-q", "-b", "side")
    chronicle.commit("2026-03-02", {"board.md": board("K-01 | Kiln | Done | -", "K-02 | Glaze | Queued | -")})
    chronicle.git("checkout", "-q", "main")
    chronicle.commit("2026-03-03", {"other.md": "x"})
    chronicle.git("merge", "-q", "--no-ff", "-m", "merge", "side", day="2026-03-04")
    assert briefs(moves_of(chronicle.root)) == [("K-01", "queued", "done", "2026-03-04")]


@pytest.mark.parametrize(
    ("evidence", "files", "standing"),
    [
        ("`src/kiln.py`", {"src/kiln.py": "x"}, "found"),
        ("`src/kiln.py`", {}, "missing"),
        ("`src/`", {"src/kiln.py": "x"}, "found"),
        ("`src/*.py`", {"src/kiln.py": "x"}, "found"),
        ("`src/*.py`", {}, "missing"),
        ("`kiln.py`", {"src/deep/kiln.py": "x"}, "unchecked"),
        ("[proof](proof.md)", {"docs/proof.md": "x"}, "found"),
        ("[proof](proof.md)", {"proof.txt": "x"}, "missing"),
        ("https://example.org/run/1", {}, "unchecked"),
    ],
)
def test_evidence_is_looked_for_in_the_tree_of_its_commit(
    chronicle, moves_of, evidence: str, files: dict[str, str], standing: str
) -> None:
    chronicle.commit("2026-03-01", {"docs/board.md": board(f"K-01 | Kiln | Queued | {evidence}")})
    chronicle.commit("2026-03-02", {"docs/board.md": board(f"K-01 | Kiln | Done | {evidence}"), **files})
    # What the next commit does to it changes nothing.
    later = dict.fromkeys(files) or {"src/kiln.py": "late", "docs/proof.md": "late"}
    chronicle.commit("2026-03-03", {**later, "docs/board.md": board(f"K-01 | The kiln | Done | {evidence}")})
    (move,) = moves_of(chronicle.root).moves
    assert [proof.standing.value for proof in move.proofs] == [standing]
    assert (move.proofs[0].line, move.lacks_proof) == (5, standing == "missing")


def test_states_that_the_document_knows_are_skipped(chronicle, moves_of) -> None:
    rest = "K-02 | Glaze | {} | -"
    for name, word in {"a.md": "In progress", "b.md": "Review", "c.md": "Done"}.items():
        chronicle.commit("2026-03-01", {name: board("K-01 | Kiln | Queued | -", rest.format(word))})
        chronicle.commit("2026-03-02", {name: board("K-01 | Kiln | Done | -", rest.format(word))})
    skipped = {move.path: [status.value for status in move.skipped] for move in moves_of(chronicle.root).moves}
    assert skipped == {"a.md": ["in_progress"], "b.md": ["review"], "c.md": []}


def test_the_law_says_what_words_mean_and_what_is_looked_at(chronicle, moves_of) -> None:
    chronicle.commit(
        "2026-03-01", {"board.md": board("K-01 | Kiln | Queued | -"), "old/board.md": board("K-01 | Kiln | Queued | -")}
    )
    chronicle.commit(
        "2026-03-02", {"board.md": board("K-01 | Kiln | Fired | -"), "old/board.md": board("K-01 | Kiln | Fired | -")}
    )
    found = moves_of(chronicle.root, policy=Policy(statuses={"Fired": Status.DONE}, exclude=("old/",)))
    assert [(move.path, move.after.status) for move in found.moves] == [("board.md", Status.DONE)]


def test_a_link_a_submodule_and_a_file_of_the_environment_are_no_documents(chronicle, moves_of) -> None:
    chronicle.commit(
        "2026-03-01",
        {"board.md": board("K-01 | Kiln | Queued | -"), "node_modules/a.md": board("K-01 | K | Queued | -")},
    )
    (chronicle.root / "board.md").unlink()
    (chronicle.root / "board.md").symlink_to("node_modules/a.md")
    chronicle.commit("2026-03-02", {"node_modules/a.md": board("K-01 | K | Done | -")})
    assert moves_of(chronicle.root).moves == ()


def test_a_story_begins_and_ends(chronicle, stories_of) -> None:
    rows = ("Queued", "In progress", "Done", "In progress", "Done")
    for day, word in enumerate(rows, 1):
        chronicle.commit(
            f"2026-03-0{day}", {"board.md": board(f"Sprint 3 | Kiln | {word} | -", "Sprint 4 | Glaze | Done | -")}
        )
    chronicle.commit(
        "2026-03-09", {"board.md": board("Sprint 4 | Glaze | Done | -"), "b.md": "# Sprint 33\n\n- [x] a\n"}
    )
    found = stories_of(chronicle.root, "sprint-03")
    (story,) = found.stories
    assert [move.kind for move in story.moves] == [MoveKind.FIRST, *[MoveKind.MOVED] * 4, MoveKind.GONE]
    assert (story.subject, story.document, story.reopened, story.lead_days) == ("Sprint 3", "board.md", 1, None)
    assert [move.moment.day for move in found.moves] == [f"2026-03-0{day}" for day in (9, 5, 4, 3, 2, 1)]


def test_lead_time_is_from_the_first_sight_to_the_last_done(chronicle, stories_of) -> None:
    for day, word in {"01": "Queued", "05": "Done", "06": "Blocked", "11": "Done"}.items():
        chronicle.commit(
            f"2026-03-{day}", {"board.md": board(f"K-01 | Kiln | {word} | -", "K-02 | Came done | Done | -")}
        )
    assert [story.lead_days for story in stories_of(chronicle.root, "k-01").stories] == [10]
    assert [story.lead_days for story in stories_of(chronicle.root, "K-02").stories] == [None]
    assert [story.lead_days for story in stories_of(chronicle.root, "kiln").stories] == [10]
    assert stories_of(chronicle.root, "K-0").stories == ()


def test_a_story_follows_its_document_and_its_id(chronicle, stories_of) -> None:
    rest = [f"K-0{number} | Item {number} | Queued | -" for number in range(2, 8)]
    chronicle.commit("2026-03-01", {"a.md": board("K-01 | Kiln | Queued | -", *rest)})
    chronicle.commit("2026-03-02", {"a.md": None, "b.md": board("K-01 | Kiln | Blocked | -", *rest)})
    chronicle.commit("2026-03-03", {"b.md": board("POT-1 | Kiln | Blocked | -", *rest)})
    chronicle.commit("2026-03-04", {"b.md": board("POT-1 | Kiln | Done | -", *rest)})
    (story,) = stories_of(chronicle.root, "pot-1").stories
    assert [(move.path, move.after.raw) for move in story.moves] == [
        ("a.md", "Queued"),
        ("b.md", "Blocked"),
        ("b.md", "Done"),
    ]
    assert story.document == "b.md"


def test_a_gate_has_the_stories_of_its_items(chronicle, stories_of) -> None:
    text = "# Board\n\n| ID | Item | Gate | Status |\n|---|---|---|---|\n| K-01 | Kiln | Firing Gate | {} |\n| K-02 | Glaze | Other Gate | Done |\n"
    chronicle.commit("2026-03-01", {"board.md": text.format("Queued")})
    chronicle.commit("2026-03-02", {"board.md": text.format("Done")})
    assert [story.subject for story in stories_of(chronicle.root, "firing gate").stories] == ["K-01"]


def test_a_limit_shortens_each_story(chronicle, stories_of) -> None:
    for day, word in enumerate(("Queued", "In progress", "Done"), 1):
        chronicle.commit(f"2026-03-0{day}", {"board.md": board(f"K-01 | Kiln | {word} | -")})
    found = stories_of(chronicle.root, "K-01", limit=1)
    assert [move.after.raw for move in found.moves] == ["Done"]
    assert found.is_more


def test_bytes_that_are_no_text_are_no_story(chronicle, moves_of, stories_of) -> None:
    chronicle.commit("2026-03-01", {"a.md": b"\xff\xfe\x00\x01", "b.md": b"\0\1\2", "c.yml": b"a: [" * 1000})
    chronicle.commit("2026-03-02", {"a.md": b"\xff\xfe1", "b.md": b"\0", "c.yml": b"{{{{" * 1000})
    assert moves_of(chronicle.root).moves == ()
    assert stories_of(chronicle.root, "K-01").stories == ()


def test_thousands_of_items_of_one_name_are_paired_in_linear_time(chronicle, moves_of) -> None:
    boxes = "- [ ] Same\n" * 8000
    chronicle.commit("2026-03-01", {"a.md": f"# A\n\n{boxes}- [ ] Last\n"})
    chronicle.commit("2026-03-02", {"a.md": f"# A\n\n{boxes}- [x] Last\n"})
    renamed = {f"docs/{number}.md": f"# Note {number}\n\n- [ ] Same\n" for number in range(300)}
    chronicle.commit("2026-03-03", renamed)
    chronicle.commit(
        "2026-03-04",
        {**dict.fromkeys(renamed), **{f"x/{path}": text + "\n- [ ] More\n" for path, text in renamed.items()}},
    )
    started = time.process_time()
    (move,) = moves_of(chronicle.root).moves
    assert move.subject == "Last"
    assert time.process_time() - started < 20
