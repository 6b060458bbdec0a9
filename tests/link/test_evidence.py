"""What becomes of one reference, shape by shape."""

from __future__ import annotations

import pytest

from gatekeeper.link.project import link_documents
from gatekeeper.model.document import Document, EvidenceForm, EvidenceKind, EvidenceRef, TestName, WorkItem
from gatekeeper.model.project import EvidenceBasis, EvidenceFact, EvidenceState
from gatekeeper.model.text import SourceText, Span
from gatekeeper.repo.memory import MemoryTree

PLACE = Span(0, 1)


def reference(
    path: str | None, kind: EvidenceKind = EvidenceKind.PATH, form: EvidenceForm = EvidenceForm.CODE, **words
) -> EvidenceRef:
    return EvidenceRef(path or words.get("anchor") or "x", kind, form, PLACE, path, **words)


def resolve(ref: EvidenceRef, files, document: str = "docs/tracker.md", text: str = "x", **tree) -> EvidenceFact:
    item = WorkItem("task", "Sign-in", PLACE, evidence=(ref,))
    parsed = Document(SourceText(document, text), items=(item,))
    contents = files if isinstance(files, dict) else dict.fromkeys(files, "content\n")
    project = link_documents([parsed], MemoryTree({document: text, **contents}, **tree))
    (fact,) = project.facts[document]
    return fact


def outcome(path: str, files, kind: EvidenceKind = EvidenceKind.PATH, **words):
    fact = resolve(reference(path, kind), files, **words)
    return fact.state, fact.basis, fact.paths


@pytest.mark.parametrize(
    ("path", "files", "basis", "found"),
    [
        ("src/a.py", ["src/a.py"], EvidenceBasis.ROOT, "src/a.py"),
        ("a.md", ["docs/a.md"], EvidenceBasis.RELATIVE, "docs/a.md"),
        ("a.md", ["a.md", "docs/a.md"], EvidenceBasis.ROOT, "a.md"),
        ("../src/a.py", ["src/a.py"], EvidenceBasis.RELATIVE, "src/a.py"),
        ("/src/a.py", ["src/a.py"], EvidenceBasis.ROOT, "src/a.py"),
        ("src/./x/../a.py", ["src/a.py"], EvidenceBasis.ROOT, "src/a.py"),
        ("src//a.py", ["src/a.py"], EvidenceBasis.ROOT, "src/a.py"),
        ("bot chat/a b.md", ["bot chat/a b.md"], EvidenceBasis.ROOT, "bot chat/a b.md"),
        ("src\\a.py", ["src/a.py"], EvidenceBasis.ROOT, "src/a.py"),
        ("..\\src\\a.py", ["src/a.py"], EvidenceBasis.RELATIVE, "src/a.py"),
        ("src/a\\_b.py", ["src/a_b.py"], EvidenceBasis.ROOT, "src/a_b.py"),
        ("app/[id]/page.tsx", ["app/[id]/page.tsx"], EvidenceBasis.ROOT, "app/[id]/page.tsx"),
        ("src", ["src/a.py"], EvidenceBasis.ROOT, "src"),
        ("src/", ["src/a.py"], EvidenceBasis.ROOT, "src"),
        ("src/a.py/", ["src/a.py"], EvidenceBasis.ROOT, "src/a.py"),
        ("docs/cafe\u0301.md", ["docs/caf\u00e9.md"], EvidenceBasis.ROOT, "docs/caf\u00e9.md"),
    ],
)
def test_a_path_is_found(path: str, files, basis: EvidenceBasis, found: str) -> None:
    assert outcome(path, files) == (EvidenceState.FOUND, basis, (found,))


@pytest.mark.parametrize(
    "path",
    [
        *(
            "../../x.md",
            "C:\\x\\a.md",
            "C:/x/a.md",
            "~/x.md",
            "~mira/x.md",
            "\\\\server\\x.md",
            "//server/x.md",
            "docs/\0.md",
        ),
        *("/tmp/run.log", "/home/mira/x.md", "/Users/mira/x.md", "..\\..\\..\\x.md"),
    ],
)
def test_a_path_that_leaves_the_repository_is_outside(path: str) -> None:
    assert outcome(path, ["src/a.py"]) == (EvidenceState.OUTSIDE, EvidenceBasis.NONE, ())


@pytest.mark.parametrize("path", ["$HOME/x.md", "${OUT}/x.md", "%TEMP%\\x.md", "logs/$RUN/x.log"])
def test_a_path_with_a_variable_is_not_checked(path: str) -> None:
    assert outcome(path, ["src/a.py"])[0] is EvidenceState.UNCHECKED


def test_a_system_folder_that_the_repository_has_is_read_from_its_root() -> None:
    assert outcome("/etc/app.conf", ["etc/app.conf"])[0] is EvidenceState.FOUND
    assert outcome("/etc/other.conf", ["etc/app.conf"])[0] is EvidenceState.MISSING


@pytest.mark.parametrize(
    "kind",
    [kind for kind in EvidenceKind if not kind.is_path_like and kind is not EvidenceKind.ANCHOR],
)
def test_what_is_no_path_is_not_checked(kind: EvidenceKind) -> None:
    assert resolve(reference("docs/{run}/a.md", kind), []).state is EvidenceState.UNCHECKED
    assert resolve(reference(None, kind), []).state is EvidenceState.UNCHECKED


def test_a_path_that_differs_in_case_is_missing_and_says_what_is_there() -> None:
    assert outcome("Docs/A.md", ["docs/a.md"]) == (EvidenceState.MISSING, EvidenceBasis.CASE, ("docs/a.md",))
    assert outcome("A.md", ["docs/a.md"]) == (EvidenceState.MISSING, EvidenceBasis.CASE, ("docs/a.md",))
    assert outcome("SRC", ["src/a.py"]) == (EvidenceState.MISSING, EvidenceBasis.CASE, ("src",))
    assert outcome("A.MD", ["a.md", "A.md"]) == (EvidenceState.AMBIGUOUS, EvidenceBasis.CASE, ("A.md", "a.md"))


def test_the_exact_path_wins_over_one_in_other_letters() -> None:
    assert outcome("a.md", ["A.md", "docs/a.md"]) == (EvidenceState.FOUND, EvidenceBasis.RELATIVE, ("docs/a.md",))


def test_a_suffix_hit_is_never_proof() -> None:
    assert outcome("src/a.py", ["pkg/src/a.py"]) == (EvidenceState.MISSING, EvidenceBasis.SUFFIX, ("pkg/src/a.py",))
    assert outcome("src/a.py", ["p/src/a.py", "q/src/a.py"]) == (
        EvidenceState.AMBIGUOUS,
        EvidenceBasis.SUFFIX,
        ("p/src/a.py", "q/src/a.py"),
    )
    assert outcome("config.json", [".planning/config.json"])[:2] == (EvidenceState.MISSING, EvidenceBasis.SUFFIX)
    assert outcome("src/", ["pkg/src/a.py"], EvidenceKind.DIRECTORY) == (
        EvidenceState.MISSING,
        EvidenceBasis.SUFFIX,
        ("pkg/src",),
    )


def test_a_suffix_ends_at_a_folder() -> None:
    assert outcome("a.py", ["src/data.py"])[1] is EvidenceBasis.NONE


def test_a_file_on_disk_that_git_does_not_track() -> None:
    fact = resolve(reference("out/run.log"), [], untracked=["out/run.log"])
    assert (fact.state, fact.ignored, fact.paths) == (EvidenceState.UNTRACKED, False, ("out/run.log",))
    fact = resolve(reference("out/run.log"), [], ignored=["out/run.log"])
    assert (fact.state, fact.ignored, fact.paths) == (EvidenceState.UNTRACKED, True, ("out/run.log",))
    fact = resolve(reference("out/", EvidenceKind.DIRECTORY), [], untracked=["out/run.log"])
    assert (fact.state, fact.ignored) == (EvidenceState.UNTRACKED, False)
    fact = resolve(reference("out/*.log", EvidenceKind.GLOB), [], untracked=["out/run.log"])
    assert (fact.state, fact.ignored) == (EvidenceState.UNTRACKED, False)


def test_an_ignored_file_is_not_taken_for_one_that_ends_alike() -> None:
    assert outcome("config.json", [".planning/config.json"], ignored=["config.json"])[0] is EvidenceState.UNTRACKED


def test_without_git_what_is_on_disk_is_there() -> None:
    assert outcome("build/a.js", [], ignored=["build/a.js"], has_git=False)[0] is EvidenceState.FOUND


def test_what_lies_behind_a_link_or_in_a_submodule_is_not_checked() -> None:
    assert outcome("latest/a.md", ["x.md"], symlinks=["latest"])[0] is EvidenceState.UNCHECKED
    assert outcome("vendor/lib/a.c", ["x.md"], submodules=["vendor/lib"])[0] is EvidenceState.UNCHECKED
    assert outcome("vendor/lib", ["x.md"], submodules=["vendor/lib"])[0] is EvidenceState.FOUND
    assert outcome("latest", ["x.md"], symlinks=["latest"])[0] is EvidenceState.FOUND


def test_a_tracked_file_that_a_sparse_checkout_leaves_out_is_there() -> None:
    fact = resolve(reference("src/a.py", lines=(90, 90)), [], sparse=["src/a.py"])
    assert (fact.state, fact.line_count) == (EvidenceState.FOUND, None)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("src/*.py", ("src/a.py", "src/b.py")),
        ("src/**/*.py", ("src/a.py", "src/b.py", "src/x/c.py")),
        ("src/{a,b}.py", ("src/a.py", "src/b.py")),
        ("src/*", ("src/a.py", "src/b.py")),
        ("run-*.md", ("docs/run-1.md",)),
        ("**/c.py", ("src/x/c.py",)),
        ("sr*", ("src",)),
    ],
)
def test_a_glob_is_found_by_what_it_matches(pattern: str, found) -> None:
    files = ["docs/run-1.md", "src/a.py", "src/b.py", "src/x/c.py"]
    assert outcome(pattern, files, EvidenceKind.GLOB) == (EvidenceState.FOUND, EvidenceBasis.GLOB, found)


def test_a_glob_that_matches_only_below_another_folder_is_probable() -> None:
    assert outcome("src/*.ts", ["pkg/src/a.ts"], EvidenceKind.GLOB) == (
        EvidenceState.MISSING,
        EvidenceBasis.SUFFIX,
        ("pkg/src/a.ts",),
    )
    assert outcome("src/*.ts", ["src/a.py"], EvidenceKind.GLOB) == (EvidenceState.MISSING, EvidenceBasis.NONE, ())


def test_words_with_a_slash_are_a_path_only_below_a_folder_of_the_root() -> None:
    assert outcome("api/v1", ["src/a.py"])[0] is EvidenceState.UNCHECKED
    assert outcome("src/nothing", ["src/a.py"])[0] is EvidenceState.MISSING
    link = reference("api/v1", form=EvidenceForm.LINK)
    assert resolve(link, ["src/a.py"]).state is EvidenceState.MISSING


def test_a_missing_path_is_found_where_git_moved_it() -> None:
    fact = resolve(reference("docs/old.md"), ["docs/new/old.md"], renamed={"docs/old.md": "docs/new/old.md"})
    assert (fact.state, fact.renamed_to, fact.similar) == (EvidenceState.MISSING, "docs/new/old.md", ())


def test_a_rename_wins_over_a_path_that_ends_alike() -> None:
    fact = resolve(reference("src/a.py"), ["pkg/src/a.py", "app/a.py"], renamed={"src/a.py": "app/a.py"})
    assert (fact.basis, fact.renamed_to) == (EvidenceBasis.NONE, "app/a.py")


def test_a_missing_path_gets_at_most_three_alike() -> None:
    fact = resolve(reference("docs/runbok.md"), ["docs/runbook.md", "src/a.py"])
    assert (fact.state, fact.similar) == (EvidenceState.MISSING, ("docs/runbook.md",))


def test_an_empty_target_is_empty() -> None:
    files = {"a.md": "", "b.md": "b", "none/x.md": "", "none/y.md": "", "some/x.md": "", "some/y.md": "y"}
    assert outcome("a.md", files)[0] is EvidenceState.EMPTY
    assert outcome("none/", files, EvidenceKind.DIRECTORY)[0] is EvidenceState.EMPTY
    assert outcome("some/", files, EvidenceKind.DIRECTORY)[0] is EvidenceState.FOUND
    assert outcome("none/*.md", files, EvidenceKind.GLOB)[0] is EvidenceState.EMPTY
    assert outcome("b.md", files)[0] is EvidenceState.FOUND


def test_a_blank_form_is_a_template() -> None:
    form = "# Packet\n\n- Owner:\n- Date:\n- Result:\n"
    assert outcome("a.md", {"a.md": form})[0] is EvidenceState.TEMPLATE
    assert outcome("a.py", {"a.py": form})[0] is EvidenceState.FOUND
    assert outcome("a.md", {"a.md": form + "\n" * 70_000})[0] is EvidenceState.FOUND


def test_in_a_skeleton_only_existence_counts() -> None:
    files = {f"src/{number}.py": "" for number in range(30)}
    fact = resolve(reference("src/1.py", lines=(90, 90), tests=(TestName("x", PLACE),)), files)
    assert (fact.state, fact.line_count, fact.missing_tests) == (EvidenceState.FOUND, None, ())
    assert outcome("src/99.py", files)[0] is EvidenceState.MISSING


@pytest.mark.parametrize(
    ("text", "count"),
    [("", None), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\r\nb\r\n", 2), ("a\rb", 2), ("a\u2028b\n", 1)],
)
def test_lines_are_counted_where_the_reference_names_lines(text: str, count: int | None) -> None:
    assert resolve(reference("a.py", lines=(1, 1)), {"a.py": text}).line_count == count
    assert resolve(reference("a.py"), {"a.py": text}).line_count is None


def test_anchors_are_looked_up_in_markdown_alone() -> None:
    files = {"a.md": "# Sign-in & out\n", "a.py": "# Sign-in\n", "made.md": "{% include x %}\n"}
    assert resolve(reference("a.md", anchor="sign-in--out"), files).anchor_found is True
    assert resolve(reference("a.md", anchor="sign-off"), files).anchor_found is False
    assert resolve(reference("a.py", anchor="nothing"), files).anchor_found is None
    assert resolve(reference("made.md", anchor="nothing"), files).anchor_found is None
    assert resolve(reference("a.md"), files).anchor_found is None


def test_an_anchor_alone_is_looked_up_in_its_own_document() -> None:
    ref = reference(None, EvidenceKind.ANCHOR, EvidenceForm.LINK, anchor="run")
    assert resolve(ref, [], text="# Run\n").anchor_found is True
    assert resolve(ref, [], text="# Walk\n").anchor_found is False


def test_tests_are_looked_for_in_files_that_look_like_tests() -> None:
    tests = (TestName("refuses a bad password", PLACE), TestName("takes a good one", PLACE))
    files = {
        "src/auth.test.ts": 'it("takes a  good one")',
        "src/auth.ts": "",
        "src/app.ts": "x",
        "src/b.test.ts": b"\xff\xfe",
    }
    assert resolve(reference("src/auth.test.ts", tests=tests), files).missing_tests == ("refuses a bad password",)
    assert resolve(reference("src/app.ts", tests=tests), files).missing_tests == ()
    assert resolve(reference("src/b.test.ts", tests=tests), files).missing_tests == ()


def test_a_link_is_read_from_its_documents_folder_first() -> None:
    link = reference("a.md", form=EvidenceForm.LINK)
    fact = resolve(link, ["a.md", "docs/a.md"])
    assert (fact.basis, fact.paths) == (EvidenceBasis.RELATIVE, ("docs/a.md",))
    fact = resolve(link, ["a.md"])
    assert (fact.state, fact.basis, fact.paths) == (EvidenceState.FOUND, EvidenceBasis.ROOT, ("a.md",))
    fact = resolve(link, ["a.md"], document="tracker.md")
    assert fact.basis is EvidenceBasis.RELATIVE


def test_a_link_to_a_page_of_the_hosting_site_is_not_checked() -> None:
    assert resolve(reference("../../issues/12", form=EvidenceForm.LINK), []).state is EvidenceState.UNCHECKED
    assert resolve(reference("../../notes/12", form=EvidenceForm.LINK), []).state is EvidenceState.OUTSIDE


def test_a_link_may_carry_a_query_or_another_scheme() -> None:
    assert resolve(reference("a.png?raw=true", form=EvidenceForm.LINK), ["docs/a.png"]).state is EvidenceState.FOUND
    assert resolve(reference("tel:+123", form=EvidenceForm.LINK), []).state is EvidenceState.UNCHECKED


def test_nothing_is_read_twice_and_nothing_is_built_when_all_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    plain = MemoryTree.read
    monkeypatch.setattr(MemoryTree, "read", lambda self, path, limit: reads.append(path) or plain(self, path, limit))
    monkeypatch.setattr("gatekeeper.link.listing._grouped", lambda *_: pytest.fail("an index was built"))
    refs = tuple(
        EvidenceRef("a.md:1", EvidenceKind.PATH, EvidenceForm.CODE, Span(at, at + 1), "a.md", lines=(1, 1))
        for at in range(3)
    )
    parsed = Document(SourceText("docs/t.md", "xxx"), items=(WorkItem("task", "t", PLACE, evidence=refs),))
    project = link_documents([parsed], MemoryTree({"docs/t.md": "xxx", "a.md": "Done.\n"}))
    assert [fact.line_count for fact in project.facts["docs/t.md"]] == [1, 1, 1]
    assert reads == ["a.md"]


@pytest.mark.parametrize(
    "path", ["x" * 100_000, "/".join("x" * 50_000), "*" * 5000 + "/x", "../" * 20_000 + "x", "[" * 3000, "\\" * 5000]
)
def test_hostile_paths_come_back_quickly(path: str) -> None:
    files = [f"src/{number}/{'x' * 40}.py" for number in range(300)]
    for kind in (EvidenceKind.PATH, EvidenceKind.GLOB):
        assert resolve(reference(path, kind), files).state is not EvidenceState.FOUND


def test_globs_beyond_the_share_of_a_run_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatekeeper.link.evidence._GLOB_COMPARISONS", 0)
    refs = [
        EvidenceRef(f"s{at}/*.py", EvidenceKind.GLOB, EvidenceForm.CODE, Span(at, at + 1), f"{'*' * at}/*.py")
        for at in (1, 2)
    ]
    parsed = Document(SourceText("t.md", "xxx"), items=(WorkItem("task", "t", PLACE, evidence=tuple(refs)),))
    facts = link_documents([parsed], MemoryTree({"src/a.py": "x"})).facts["t.md"]
    assert [fact.state for fact in facts] == [EvidenceState.FOUND, EvidenceState.UNCHECKED]
