"""Mending: every byte outside of the edits stays, every fix is proved, twice is once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.engine.fix.mend import Wish, mend
from gatekeeper.engine.fix.places import Moved, find_added, find_left
from gatekeeper.engine.fix.rewrite import Unfit, overlaps, rewrite
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.fix.fix import Edit, one_edit
from gatekeeper.model.fix.repair import Repair
from gatekeeper.model.project import Project
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.syntax.source import decode_source
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.repo.overlay import OverlayTree
from gatekeeper.rules.evidence.case_differs import CaseDiffers

RUN = RunSettings(today="2026-06-15")
HEAD = "| ID | Item | Status | Evidence |\n|---|---|---|---|\n"
ROW = "| 1 | Sign-in | Done | `docs/Run.md` |\n"
OTHER_ROW = "| 2 | Sign-out | Done | `docs/run.md` |\n"


def tree_of(text: str | bytes, **words) -> MemoryTree:
    return MemoryTree({"docs/tracker.md": text, "docs/run.md": "12 passed\n"}, **words)


def mended(tree: MemoryTree | OverlayTree, **words) -> Repair:
    return mend(tree, RUN, Wish(**words))


def after(repair: Repair) -> dict[str, bytes]:
    return {one.path: one.after for one in repair.rewrites}


END = st.sampled_from(["\n", "\r\n", "\n", "\r\n"])
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="|`\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\\<>[]*_#"), max_size=12
)
BLANKS = st.sampled_from(["", " ", "\t", "  \t", "\u3000", "😀"])


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A tracker with every kind of line end, a byte order mark, trailing blanks, and characters of one to four bytes."""
    lines = [f"# {draw(WORDS)}", "", "| ID | Item | Status | Evidence |", "|---|---|---|---|"]
    for number in range(draw(st.integers(1, 5))):
        path = draw(st.sampled_from(["docs/Run.md", "docs/run.md", "DOCS/run.md", "docs/none.md"]))
        lines.append(f"| {number} | Item {draw(WORDS)} | Done | `{path}` {draw(WORDS)} |{draw(BLANKS)}")
    lines += ["", draw(WORDS) + draw(BLANKS)]
    text = "".join(line + draw(END) for line in lines)
    text = text if draw(st.booleans()) else text.rstrip("\r\n")
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


@given(documents())
@settings(max_examples=60, deadline=None)
def test_bytes_outside_of_the_edits_stay_and_twice_is_once(data: bytes) -> None:
    tree = tree_of(data)
    before = check(tree, RUN)
    repair = mended(tree)
    new = after(repair).get("docs/tracker.md", data)
    edits = [edit for finding in repair.mended if finding.fix for edit in finding.fix.edits]
    assert bool(edits) == any(one.fix and one.fix.is_safe for one in before.findings)
    # Taken out of both at the places that the edits name, nothing differs.
    assert len(new) == len(data)
    changed = [at for at, (one, other) in enumerate(zip(data, new, strict=True)) if one != other]
    offset = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    text = decode_source("docs/tracker.md", data)[0].text
    allowed = set()
    for edit in edits:
        start = offset + len(text[: edit.span.start].encode())
        allowed |= set(range(start, start + len(edit.old.encode())))
    assert set(changed) <= allowed
    again = OverlayTree(tree, after(repair))
    assert mended(again).rewrites == ()
    codes = [finding.code for finding in check(again, RUN).findings]
    assert sorted(codes) == sorted(one.code for one in before.findings if one not in repair.mended)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_bytes_are_edited_that_do_not_decode_and_encode_alike(first: bytes, last: bytes) -> None:
    data = first + b"docs/Run.md" + last
    source, _ = decode_source("a.md", data)
    at = source.text.find("docs/Run.md")
    edits = [Edit.at(source, Span(at, at + 11), "docs/run.md")] if at >= 0 else []
    try:
        made = rewrite("a.md", data, edits)
    except Unfit:
        assert source.encoding != "utf-8" or b"\0" in data or at < 0
        return
    assert len(made) == len(data)
    assert made.replace(b"docs/run.md", b"docs/Run.md", 1) == data.replace(b"docs/run.md", b"docs/Run.md", 1) or at < 0


def test_a_file_that_is_not_utf8_is_left_alone() -> None:
    repair = mended(tree_of(HEAD.encode() + "| 1 | Prüfung | Done | `docs/Run.md` |\n".encode("cp1252")))
    assert repair.rewrites == ()
    assert [one.reason for one in repair.refused] == ["its bytes are not UTF-8"]


def test_words_that_were_encoded_twice_stay_as_they_are() -> None:
    text = HEAD + "| 1 | âœ… Sign-in | âœ… Done | `docs/Run.md` |\n"
    assert after(mended(tree_of(text)))["docs/tracker.md"] == text.replace("Run", "run").encode()


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [("a", "x\ny", "a b"), ("a", "x\r", "a b"), ("a", "x\0", "a b"), ("c", "x", "a b"), ("a", "\udcff", "a b")],
)
def test_an_edit_that_does_not_fit_is_refused(old: str, new: str, text: str) -> None:
    source = SourceText("a.md", text)
    start = source.position(0)
    with pytest.raises(Unfit):
        rewrite("a.md", text.encode(), [Edit("a.md", Span(0, 1), start, start, old, new)])


def test_edits_that_overlap_are_known() -> None:
    source = SourceText("a.md", "abcdef")
    first, second, third = (Edit.at(source, Span(*one), "x") for one in ((0, 2), (1, 3), (4, 5)))
    assert overlaps([first], [second])
    assert not overlaps([first], [third])
    with pytest.raises(Unfit):
        rewrite("a.md", b"abcdef", [first, second])
    assert rewrite("a.md", b"abcdef", [third, first]) == b"xcdxf"


def test_only_what_is_asked_for_is_mended() -> None:
    text = f"{HEAD}{ROW}| 2 | Late | Done | `docs/rnu.md` |\n"
    tree = MemoryTree({"docs/tracker.md": text, "docs/run.md": "12 passed\n", "more/tracker.md": HEAD + ROW})
    repair = mended(tree)
    assert sorted(after(repair)) == ["docs/tracker.md", "more/tracker.md"]
    assert [one.code for one in repair.mended] == ["EV002", "EV002"]
    assert (repair.unsafe, repair.accepted, repair.refused) == (1, 0, ())
    assert sorted(after(mended(tree, paths=("more",)))) == ["more/tracker.md"]
    assert after(mended(tree, codes=frozenset({"EV001"}))) == {}
    everything = mended(tree, with_unsafe=True)
    assert after(everything)["docs/tracker.md"] == text.replace("Run", "run").replace("rnu", "run").encode()
    assert everything.unsafe == 0


def test_a_closed_file_is_not_mended_and_the_reason_is_told() -> None:
    repair = mended(tree_of(HEAD + ROW), closed=lambda path: f"{path} is closed")
    assert (repair.rewrites, [one.reason for one in repair.refused]) == ((), ["docs/tracker.md is closed"])


def test_what_is_waived_is_left_unless_asked_for() -> None:
    note = "<!-- gatekeeper: waive EV002 until 2026-12-01 because it moves soon -->"
    waived = f"{HEAD}| 1 | Sign-in | Done | `docs/Run.md` {note} |\n"
    tree = tree_of(waived)
    disposition = [one.disposition for one in check(tree, RUN).findings if one.code == "EV002"]
    assert disposition == [Disposition.WAIVED]
    repair = mended(tree)
    assert (repair.rewrites, repair.accepted) == ((), 1)
    assert after(mended(tree, with_accepted=True))["docs/tracker.md"] == waived.replace("Run", "run").encode()


def test_a_fix_that_brings_another_finding_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{HEAD}{ROW}| 2 | Late | Done | `Docs/run.md` |\n"

    def judge(self: CaseDiffers, document: Document, fact) -> Finding:
        new = "docs/run.md" if "Run" in fact.ref.target else "docs/gone.md"
        fix = one_edit(document.source, fact.ref.span, new, "w", is_safe=True)
        return self.finding(document.source, fact.ref.span, "m", subject=fact.ref.target, fix=fix)

    monkeypatch.setattr(CaseDiffers, "judge", judge)
    repair = mended(tree_of(text))
    assert after(repair) == {"docs/tracker.md": text.replace("Run", "run").encode()}
    assert [one.reason for one in repair.refused] == ["it would bring EV001 at docs/tracker.md:4"]


def test_a_fix_that_does_not_help_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(self: CaseDiffers, document: Document, fact) -> Finding:
        fix = one_edit(document.source, fact.ref.span, "DOCS/run.md", "w", is_safe=True)
        return self.finding(document.source, fact.ref.span, "m", subject="s", fix=fix)

    monkeypatch.setattr(CaseDiffers, "judge", judge)
    repair = mended(tree_of(HEAD + ROW + OTHER_ROW))
    assert (repair.rewrites, [one.reason for one in repair.refused]) == ((), ["EV002 would still be found"])


def test_harm_done_elsewhere_is_found_by_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("berth", "crane", "pilot", "tug", "buoy", "light")
    rows = "".join(f"| {name} | The {name} | Done | `docs/{name.title()}.md` |\n" for name in names)
    files = {f"docs/{name}.md": "12 passed\n" for name in names}
    tree = MemoryTree({"docs/tracker.md": HEAD + rows, **files})
    asked: list[str] = []
    own = CaseDiffers.check

    def find(self: CaseDiffers, document: Document, project: Project):
        asked.append(document.path)
        yield from own(self, document, project)
        if "docs/buoy.md" in document.source.text:
            yield self.finding(document.source, Span(0, 1), "harm", subject="harm")

    monkeypatch.setattr(CaseDiffers, "check", find)
    repair = mended(tree)
    assert len(repair.mended) == 5
    assert [one.finding.location.start.line for one in repair.refused] == [7]
    assert [one.reason for one in repair.refused] == ["it would bring EV002 at docs/tracker.md:1"]


def test_harm_in_many_documents_takes_few_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("berth", "crane", "pilot", "tug")
    rows = "".join(f"| {name} | The {name} | Done | `docs/{name.title()}.md` |\n" for name in names)
    files = {f"docs/{name}.md": "12 passed\n" for name in names}
    trackers = {f"{number:02}/tracker.md": HEAD + rows for number in range(20)}
    own, looks = CaseDiffers.check, list[str]()

    def find(self: CaseDiffers, document: Document, project: Project):
        looks.append(document.path)
        yield from own(self, document, project)
        if "docs/tug.md" in document.source.text and document.path < "10":
            yield self.finding(document.source, Span(0, 1), "harm", subject="harm")

    monkeypatch.setattr(CaseDiffers, "check", find)
    repair = mended(MemoryTree({**trackers, **files}))
    assert (len(repair.mended), len(repair.refused)) == (70, 10)
    assert {one.finding.location.start.line for one in repair.refused} == {6}
    assert looks.count("00/tracker.md") <= 8


def test_where_nobody_can_tell_what_did_harm_the_documents_are_halved(monkeypatch: pytest.MonkeyPatch) -> None:
    trackers = {f"{number}/tracker.md": HEAD + ROW for number in range(5)}
    own = CaseDiffers.check

    def find(self: CaseDiffers, document: Document, project: Project):
        yield from own(self, document, project)
        culprit = next((one for one in project.documents if one.path == "3/tracker.md"), None)
        if document.path == "law.md" and culprit and "docs/run.md" in culprit.source.text:
            yield self.finding(document.source, Span(0, 1), "harm", subject="harm")

    monkeypatch.setattr(CaseDiffers, "check", find)
    repair = mended(MemoryTree({**trackers, "docs/run.md": "12 passed\n", "law.md": HEAD + "| 1 | Law | Open | |\n"}))
    assert sorted(after(repair)) == [f"{number}/tracker.md" for number in (0, 1, 2, 4)]
    assert [one.reason for one in repair.refused] == ["it would bring EV002 at law.md:1"]


def test_what_there_was_no_time_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatekeeper.engine.fix.mend._RUNS_LIMIT", 1)
    repair = mended(tree_of(HEAD + ROW))
    assert (repair.rewrites, len(repair.refused)) == ((), 1)
    assert repair.refused[0].reason.startswith("not tried: ")


def test_an_untracked_document_stays_untracked_while_it_is_tried() -> None:
    tree = MemoryTree({"docs/run.md": "12 passed\n"}, untracked={"docs/tracker.md": HEAD + ROW})
    assert after(mended(tree)) == {"docs/tracker.md": (HEAD + ROW).replace("Run", "run").encode()}


def test_a_policy_that_turns_a_rule_off_keeps_its_fixes_away() -> None:
    off = RunSettings(today="2026-06-15", policy=Policy(exclude=("docs/tracker.md",)))
    assert mend(tree_of(HEAD + ROW), off, Wish()).rewrites == ()


def place(line: int, column: int, code: str = "EV002", disposition: Disposition = Disposition.ACTIVE) -> Finding:
    source = SourceText("a.md", "\n" * (line - 1) + "x" * 80)
    at = source.line_starts()[line - 1] + column - 1
    return Finding(code, "n", Severity.ERROR, "m", Location.at(source, Span(at, at + 1)), disposition=disposition)


def test_places_move_with_the_edits_before_them() -> None:
    source = SourceText("a.md", "x" * 80)
    moved = Moved([Edit.at(source, Span(4, 8), "yyyyyy"), Edit.at(source, Span(20, 24), "y")])
    columns = [moved.column("a.md", place(1, column).location.start) for column in (1, 5, 6, 9, 21, 30)]
    assert columns == [1, 5, 5, 11, 23, 29]
    assert moved.column("b.md", place(1, 30).location.start) == 30
    assert moved.column("a.md", place(2, 30).location.start) == 30


def test_what_is_new_and_what_is_left_is_told_by_place() -> None:
    same = Moved(())
    assert find_added([place(1, 5)], [place(1, 5), place(1, 5), place(2, 1)], same) == [place(1, 5), place(2, 1)]
    accepted = place(1, 5, disposition=Disposition.BASELINED)
    assert find_added([accepted], [place(1, 5)], same) == [place(1, 5)]
    assert find_added([place(1, 5)], [accepted], same) == []
    assert find_left([place(1, 5), place(2, 1)], [place(1, 5, disposition=Disposition.WAIVED)], same) == [place(1, 5)]
