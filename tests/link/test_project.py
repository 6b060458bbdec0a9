"""Documents and tree become a project."""

from __future__ import annotations

import pytest

from gatekeeper.link.project import link_documents
from gatekeeper.model.document import Document, EvidenceForm, EvidenceKind, EvidenceRef, Problem, ProblemKind, WorkItem
from gatekeeper.model.project import EvidenceBasis, EvidenceState
from gatekeeper.model.text import SourceText, Span
from gatekeeper.repo.memory import MemoryTree


def reference(path: str, at: int, form: EvidenceForm = EvidenceForm.CODE) -> EvidenceRef:
    return EvidenceRef(path, EvidenceKind.PATH, form, Span(at, at + 1), path)


def item(*refs: EvidenceRef) -> WorkItem:
    return WorkItem("task", "t", Span(0, 1), evidence=refs)


def document(path: str, *items: WorkItem, **words) -> Document:
    return Document(SourceText(path, words.pop("text", "xxxxxxxxxx")), items=items, **words)


def test_documents_come_in_path_order_and_without_content_only_with_a_problem() -> None:
    problem = Problem(ProblemKind.BINARY, Span(0, 0), "NUL")
    given = [document("c.md", item()), document("b.md"), document("a.md", problems=(problem,))]
    project = link_documents(given, MemoryTree({}))
    assert [one.path for one in project.documents] == ["a.md", "c.md"]
    assert set(project.facts) == set(project.links) == {"a.md", "c.md"}


def test_facts_come_in_document_order_each_reference_once_with_its_items() -> None:
    late, early = reference("a.md", 7), reference("b.md", 3)
    first, second = item(late, early), item(early)
    project = link_documents([document("t.md", first, second)], MemoryTree({"a.md": "x", "b.md": "x"}))
    facts = project.facts["t.md"]
    assert [fact.ref for fact in facts] == [early, late]
    assert [fact.items for fact in facts] == [(first, second), (first,)]


def test_a_link_that_is_evidence_keeps_its_fact_and_prose_is_not_looked_into() -> None:
    proof = reference("empty.md", 3, EvidenceForm.LINK)
    prose = reference("empty.md", 6, EvidenceForm.LINK)
    project = link_documents(
        [document("docs/t.md", item(proof), links=(proof, prose))], MemoryTree({"empty.md": "", "x": "x"})
    )
    one, other = project.links["docs/t.md"]
    assert one is project.facts["docs/t.md"][0]
    assert (one.state, one.basis) == (EvidenceState.EMPTY, EvidenceBasis.ROOT)
    assert (other.state, other.basis, other.items) == (EvidenceState.FOUND, EvidenceBasis.ROOT, ())


def test_a_target_among_the_documents_is_not_read_again(monkeypatch) -> None:
    monkeypatch.setattr(MemoryTree, "read", lambda self, path, limit: pytest.fail(f"{path} was read"))
    form = document("form.md", text="- Owner:\n- Date:\n- Result:\n")
    page = document("page.md", anchors=("given-by-the-parser",), text="# Other\n")
    ref = EvidenceRef("x", EvidenceKind.PATH, EvidenceForm.LINK, Span(5, 6), "page.md", anchor="given-by-the-parser")
    tracker = document("t.md", item(reference("form.md", 2), ref))
    project = link_documents([tracker, form, page], MemoryTree({"t.md": "x", "form.md": "x", "page.md": "x"}))
    facts = project.facts["t.md"]
    assert facts[0].state is EvidenceState.TEMPLATE
    assert facts[1].anchor_found is True


def test_a_skeleton_is_nine_tenths_empty_and_has_twenty_files() -> None:
    def is_skeleton(empty: int, full: int) -> bool:
        files = {f"e{number}": "" for number in range(empty)} | {f"f{number}": "x" for number in range(full)}
        return link_documents([], MemoryTree(files)).placeholder_tree

    assert is_skeleton(27, 3)
    assert not is_skeleton(26, 4)
    assert not is_skeleton(19, 0)
    assert is_skeleton(20, 0)


def test_the_same_input_gives_the_same_project_in_any_order() -> None:
    documents = [document(f"{name}.md", item(reference("gone.md", 2), reference("a.md", 1))) for name in "cab"]
    tree = MemoryTree({"a.md": "x", "b.md": "x", "c.md": "x", "gone2.md": "x"})
    assert link_documents(documents, tree) == link_documents(documents[::-1], tree)
