"""What a missing path may have meant."""

from __future__ import annotations

import subprocess
import sys

from gatekeeper.link import similar
from gatekeeper.link.listing import Listing
from gatekeeper.link.similar import Suggestions
from gatekeeper.repo.memory import MemoryTree


def suggestions(*files: str, **words) -> Suggestions:
    return Suggestions(Listing(MemoryTree(dict.fromkeys(files, "x"), **words)))


def test_a_folder_moves_with_its_files() -> None:
    moved = {"old/a.md": "new/place/a.md", "old/x/b.md": "new/place/x/b.md"}
    found = suggestions("new/place/a.md", "new/place/x/b.md", renamed=moved)
    assert found.find_renamed(["old"]) == ("new/place", False)
    assert found.find_renamed(["old/x"]) == ("new/place/x", True)
    scattered = suggestions("n/a.md", "m/b.md", renamed={"old/a.md": "n/a.md", "old/b.md": "m/b.md"})
    assert scattered.find_renamed(["old"]) is None


def test_a_rename_to_what_is_gone_too_is_no_answer() -> None:
    assert suggestions("a.md", renamed={"old.md": "gone.md"}).find_renamed(["old.md"]) is None


def test_the_same_name_in_another_folder_comes_before_other_spellings() -> None:
    found = suggestions("docs/ops/runbook.md", "src/runbooks.md").find_similar("docs/release/runbook.md")
    assert found == ("docs/ops/runbook.md",)


def test_a_path_that_begins_with_the_projects_own_folder() -> None:
    assert suggestions("docs/a.md", "docs/b.md").find_similar("project/docs/a.md")[0] == "docs/a.md"


def test_a_slip_in_the_name_or_in_a_folder() -> None:
    assert suggestions("docs/runbook.md", "docs/other.md").find_similar("docs/runbok.md") == ("docs/runbook.md",)
    assert suggestions("documents/setup-guide.md").find_similar("document/setup-guides.md") == (
        "documents/setup-guide.md",
    )


def test_nothing_alike_is_nothing() -> None:
    assert suggestions("src/a.py", "README.md").find_similar("evidence/run-2026.log") == ()
    assert suggestions("src/a.py").find_similar("") == ()


def test_at_most_three_and_always_the_same() -> None:
    files = [f"docs/{letter}/plan.md" for letter in "fedcba"]
    found = suggestions(*files).find_similar("docs/z/plan.md")
    assert len(found) == 3
    assert found == suggestions(*reversed(files)).find_similar("docs/z/plan.md")


def test_comparing_stops_when_the_share_is_spent(monkeypatch) -> None:
    monkeypatch.setattr(similar, "_COMPARISONS", 3)
    found = suggestions("docs/runbook.md", "docs/rollback.md")
    assert found.find_similar("docs/runbok.md") == ("docs/runbook.md",)
    assert found.find_similar("docs/rolback.md") == ()


def test_the_library_is_loaded_only_when_something_is_missing() -> None:
    script = "import sys, gatekeeper.link.project, gatekeeper.rules.registry; sys.exit('rapidfuzz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_another_number_is_another_file() -> None:
    assert suggestions("notes/v2.0-route.md").find_similar("notes/v1.0-route.md") == ()
    assert suggestions("notes/leg-07-route.md").find_similar("notes/leg-7-routes.md") == ("notes/leg-07-route.md",)


def test_what_all_tests_are_called_makes_no_two_alike() -> None:
    assert suggestions("tests/test_mcp_server.py").find_similar("tests/test_provider.py") == ()
    assert suggestions("tests/test_providers.py").find_similar("tests/test_provider.py") == ("tests/test_providers.py",)
