"""What a list of numbered folders or files leaves out."""

from __future__ import annotations

from gatekeeper.link.project import link_documents
from gatekeeper.model.order import IndexGap
from gatekeeper.parse.reader import parse_document
from gatekeeper.repo.memory import MemoryTree


def gaps(path: str, rows: list[str], *files: str) -> list[IndexGap]:
    lines = "".join(f"| {number} | Done | `{row}` |\n" for number, row in enumerate(rows))
    text = f"| Sprint | Status | Closeout |\n|---|---|---|\n{lines}"
    tree = MemoryTree({path: text, **dict.fromkeys((*rows, *files), "x")})
    project = link_documents([parse_document(path, text.encode())], tree)
    return list(project.plans.gaps.get(path, ()))


def sprints(*numbers: int, name: str = "d/S-{:02}/end.md") -> list[str]:
    return [name.format(number) for number in numbers]


def test_what_follows_the_last_row_is_missing_behind_it() -> None:
    (gap,) = gaps("d/README.md", sprints(1, 2, 3), *sprints(4, 5))
    assert (gap.row.line, gap.folder, gap.before, gap.names) == (5, "d", "S-03", ("S-04", "S-05"))


def test_a_gap_is_missing_behind_the_row_before_it() -> None:
    (gap,) = gaps("d/README.md", sprints(1, 2, 3, 4, 6), *sprints(5))
    assert (gap.row.line, gap.names) == (6, ("S-05",))


def test_files_that_end_otherwise_are_of_another_kind() -> None:
    rows = sprints(1, 2, 3, name="d/{:02}-PLAN.md")
    assert gaps("d/README.md", rows, "d/04-NOTES.md") == []
    (gap,) = gaps("d/README.md", rows, "d/04-PLAN.md")
    assert gap.names == ("04-PLAN.md",)


def test_a_file_beside_folders_is_of_another_kind() -> None:
    assert gaps("d/README.md", sprints(1, 2, 3), "d/S-04.md") == []


def test_numbers_that_came_before_the_list_began_are_not_missing() -> None:
    assert gaps("d/README.md", sprints(2, 3, 4), *sprints(1)) == []


def test_a_root_without_a_folder_is_a_folder() -> None:
    (gap,) = gaps("README.md", sprints(1, 2, 3, name="S-{}/end.md"), "S-4/end.md")
    assert (gap.folder, gap.names) == ("", ("S-4",))


def test_two_rows_are_no_index() -> None:
    assert gaps("d/README.md", sprints(1, 2), *sprints(3, 4)) == []
