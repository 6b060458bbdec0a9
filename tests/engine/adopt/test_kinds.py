"""Patterns for the kinds of documents: as few as are true, and never of another kind."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.engine.adopt.folders import guess_folders
from gatekeeper.engine.adopt.found import find_owners, guess_words
from gatekeeper.engine.adopt.globs import escaped, exactly, find_globs
from gatekeeper.engine.adopt.kinds import Known, guess_kinds, known_files
from gatekeeper.engine.adopt.look import look
from gatekeeper.engine.intake import iter_taken
from gatekeeper.model.adoption.proposal import FolderReason, KindGuess
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.status import Status
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.repo.patterns import compile_patterns

ROWS = "\n| ID | Task | Owner | Status |\n|---|---|---|---|\n"
TRACKER = f"# {{name}} tracker\n{ROWS}| T-1 | One | ines | Done |\n| T-2 | Two | mia | Queued |\n"
BACKLOG = "# {name} backlog\n\n## Epic 1: One\n\n## Epic 2: Two\n"
PACK = f"# {{name}} evidence packet\n{ROWS}| P-1 | One | ines | Pass |\n"
PROSE = "# {name}\n\nNothing stands here.\n"
UNTITLED = f"# {{name}}\n{ROWS}| T-1 | One | ines | Done |\n| T-2 | Two | mia | Done |\n"
TEXTS = {"tracker": TRACKER, "backlog": BACKLOG, "packet": PACK, "prose": PROSE, "untitled": UNTITLED}


def seen(files: dict[str, str]) -> list[Known]:
    tree = MemoryTree({path: text.encode("utf-8", "surrogateescape") for path, text in files.items()})
    return known_files(iter_taken(tree, (), Policy(), lambda path: None))


def kinds(files: dict[str, str]) -> dict[str, DocumentKind]:
    return {one.pattern: one.kind for one in guess_kinds(seen(files))[0] if one.is_sure}


def test_a_folder_of_one_kind_is_one_line() -> None:
    files = {f"docs/sprints/{number}.md": TRACKER.format(name=f"Sprint {number}") for number in range(1, 40)}
    (guess,), unlisted = guess_kinds(seen(files))
    assert guess == KindGuess("docs/sprints/*.md", DocumentKind.TRACKER, 39, 39, 78, 78)
    assert unlisted == 0


def test_a_file_without_content_breaks_a_folder_and_not_a_name() -> None:
    files = {f"docs/sprints/sprint-{number}-tracker.md": TRACKER.format(name=number) for number in range(3)}
    assert kinds({**files, "docs/sprints/README.md": PROSE.format(name="Sprints")}) == {
        "docs/sprints/*-tracker.md": DocumentKind.TRACKER
    }


def test_a_name_in_many_folders_is_one_line() -> None:
    files = {f"plan/{unit}/closeout-packet.md": PACK.format(name=unit) for unit in "abcd"}
    files |= {f"plan/{unit}/notes.md": PROSE.format(name=unit) for unit in "abcd"}
    assert kinds(files) == {"closeout-packet.md": DocumentKind.EVIDENCE_PACK}


def test_a_folder_of_everything_is_not_claimed() -> None:
    files = {f"docs/{name}.md": TRACKER.format(name=name) for name in ("hull", "mast", "sails")}
    assert kinds(files) == {}


def test_a_title_alone_is_not_enough_for_one_document() -> None:
    files = {"docs/work.md": TRACKER.format(name="Delivery"), "docs/permission.md": TRACKER.format(name="Permissions")}
    assert kinds(files) == {}
    files["docs/delivery-tracker.md"] = files.pop("docs/work.md")
    assert kinds(files) == {"/docs/delivery-tracker.md": DocumentKind.TRACKER}


def test_what_only_its_contents_say_is_a_guess() -> None:
    rows = "".join(f"| T-{number} | One | ines | Done |\n" for number in range(3, 9))
    (guess,), unlisted = guess_kinds(seen({"plan/work.md": UNTITLED.format(name="Work") + rows}))
    assert (guess.pattern, guess.is_sure, guess.kind, unlisted) == ("/plan/work.md", False, DocumentKind.TRACKER, 1)


NAMES = st.text(st.sampled_from("ab-_. *?[]!#\\é日"), min_size=1, max_size=8).filter(
    lambda name: name.strip(" .") == name and name not in ("", ".", "..")
)
FOLDERS = st.lists(NAMES, max_size=3).map("/".join)
FILES = st.dictionaries(
    st.builds(
        lambda folder, name, end: f"{folder}/{name}{end}".lstrip("/"),
        FOLDERS,
        NAMES,
        st.sampled_from(["-tracker.md", "-backlog.md", ".md", ".txt"]),
    ),
    st.sampled_from(sorted(TEXTS)),
    max_size=14,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(FILES)
def test_no_pattern_names_a_document_of_another_kind(files: dict[str, str]) -> None:
    known = seen({path: TEXTS[kind].format(name=kind) for path, kind in files.items()})
    guesses, unlisted = guess_kinds(known)
    matched = set()
    for guess in guesses:
        is_meant = compile_patterns([guess.pattern])
        mine = [one for one in known if is_meant(one.path)]
        assert len(mine) == guess.documents >= 1
        assert {one.kind for one in mine} == {guess.kind}
        matched |= {one.path for one in mine} if guess.is_sure else set()
    assert len(matched) + unlisted == sum(one.document.has_content for one in known)


@given(
    st.lists(st.builds(lambda folder, name: f"{folder}/{name}.md".lstrip("/"), FOLDERS, NAMES), unique=True, max_size=8)
)
def test_a_pattern_has_just_the_members_that_it_matches(paths: list[str]) -> None:
    for glob in find_globs(paths, 1):
        is_meant = compile_patterns([glob.pattern])
        assert {paths[number] for number in glob.members} == {path for path in paths if is_meant(path)}, glob.pattern
    for path in paths:
        assert compile_patterns([exactly(path)])(path)


def test_signs_of_patterns_are_escaped() -> None:
    assert escaped("a*b?[c].md ") == "a\\*b\\?\\[c\\].md\\ "
    assert escaped("a\nb") == "a?b"


def test_forms_are_left_out_and_what_is_over_is_asked_about() -> None:
    form = f"# Night tracker\n\nOwner:\nDate:\n{ROWS}| N-1 | Clean | | Queued |\n"
    files = {"docs/templates/night.md": form, "docs/archive/old-tracker.md": TRACKER.format(name="Old")}
    found = {guess.folder: guess for guess in guess_folders(seen(files))}
    assert found["docs/templates"].is_sure
    assert found["docs/templates"].reason is FolderReason.TEMPLATES
    assert not found["docs/archive"].is_sure
    assert found["docs/archive"].pattern == "/docs/archive/"


def test_a_folder_of_templates_that_are_filled_in_is_only_a_guess() -> None:
    (guess,) = guess_folders(seen({"templates/a-tracker.md": TRACKER.format(name="A")}))
    assert not guess.is_sure


def test_a_copy_is_told_from_its_original() -> None:
    texts = {f"{name}-tracker.md": TRACKER.format(name=name) + "\nA longer page about it. " * 12 for name in "abcd"}
    files = {f"{folder}/{name}": text for folder in ("docs/plan", "docs/plan-copy") for name, text in texts.items()}
    (guess,) = guess_folders(seen(files))
    assert (guess.folder, guess.original, guess.is_sure) == ("docs/plan-copy", "docs/plan", True)
    moved = {path.replace("plan-copy", "sketch"): text for path, text in files.items()}
    (guess,) = guess_folders(seen(moved))
    assert (guess.reason, guess.is_sure) == (FolderReason.COPY, False)


def test_a_word_is_asked_about_where_it_may_be_a_status() -> None:
    words = ("Done", "Queued", "Done", "Compleeted", "wait for the tide of the next moon")
    rows = "".join(f"| T-{{0}}{number} | x | ines | {word} |\n" for number, word in enumerate(words))
    files = {f"plan/{n}.md": f"# {n} tracker\n{ROWS}{rows.format(n)}" for n in (1, 2)}
    found = look(MemoryTree({path: text.encode() for path, text in files.items()}), "2026-06-15", "1")
    (word,) = [one for one in found.proposal.words if one.word == "Compleeted"]
    assert (word.times, word.documents, word.status) == (2, 2, Status.DONE)
    assert [one.word for one in guess_words(found.report.findings)] == [one.word for one in found.proposal.words]


def test_placeholders_are_nobody() -> None:
    rows = "".join(
        f"| T-{number} | x | {('TBD', 'Done', 'ines', 'ines')[number % 4]} | Done |\n" for number in range(24)
    )
    found = find_owners([one.document for one in seen({"plan/work.md": f"# Work tracker\n{ROWS}{rows}"})])
    assert (found.owners, found.named, found.items) == ((("ines", 12),), 12, 24)
    assert find_owners([one.document for one in seen({"plan/work.md": TRACKER.format(name="x")})]).owners == ()


def test_what_is_spelled_like_a_word_and_begins_otherwise_is_not_that_word() -> None:
    words = ("Done", "Queued", "Unavailable", "Unavailable", "Ready", "Done")
    rows = "".join(f"| T-{number} | x | ines | {word} |\n" for number, word in enumerate(words))
    tree = MemoryTree({"plan/work.md": f"# Work tracker\n{ROWS}{rows}".encode()})
    (word,) = look(tree, "2026-06-15", "1").proposal.words
    assert (word.word, word.like, word.status) == ("Unavailable", "", None)
