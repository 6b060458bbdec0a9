"""What becomes of the claims of documents, all sources together."""

from __future__ import annotations

from gatekeeper.link.project import link_documents
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimVerdict
from gatekeeper.parse.reader import parse_document
from gatekeeper.repo.memory import MemoryTree


def judged(files: dict[str, str], commits=None, **words) -> dict[str, tuple[ClaimFact, ...]]:
    tree = MemoryTree(files, commits=commits, **words)
    documents = [parse_document(path, text.encode()) for path, text in files.items() if path.endswith(".md")]
    return dict(link_documents(documents, tree).claims)


def verdicts(facts: tuple[ClaimFact, ...]) -> list[tuple[str, ClaimVerdict, ClaimBasis]]:
    return [(fact.claim.text, fact.verdict, fact.basis) for fact in facts]


def test_each_claim_has_one_fact_in_document_order() -> None:
    text = "# Plan\n\n## Phase 1: A (1/2 tasks)\n\n- [x] a\n- [ ] b\n\nCoverage is 80% coverage, with 12 new tables.\n"
    assert verdicts(judged({"a.md": text})["a.md"]) == [
        ("1/2 tasks", ClaimVerdict.VERIFIED, ClaimBasis.LIST),
        ("80% coverage", ClaimVerdict.ASSERTED, ClaimBasis.NONE),
        ("12 new tables", ClaimVerdict.ASSERTED, ClaimBasis.NONE),
    ]


def test_a_refutation_outweighs_a_confirmation() -> None:
    facts = judged({"a.md": "# T\n\n- [x] One 3/4 tests passing (75%)\n"})["a.md"]
    assert verdicts(facts)[0] == ("3/4 tests", ClaimVerdict.REFUTED, ClaimBasis.DONE)


def test_the_same_contradiction_again_is_an_echo_of_the_first() -> None:
    text = "# Plan\n\n## Phase 1: A (0/4 tasks)\n\n- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d\n- [ ] e\n\nRemaining: 4 tasks\n"
    first, second = judged({"a.md": text})["a.md"]
    assert first.verdict is second.verdict is ClaimVerdict.REFUTED
    assert (first.repeats, second.repeats) == (None, first.claim.span)


def test_a_skeleton_of_empty_files_is_not_looked_into() -> None:
    files = {f"src/{n}.py": "" for n in range(40)}
    facts = judged({"a.md": "# T\n\n- [x] One, commit 7b81e44: `src/1.py` 12 lines\n", **files}, commits=[])["a.md"]
    assert {fact.verdict for fact in facts} == {ClaimVerdict.ASSERTED}


def test_a_template_claims_nothing() -> None:
    text = "# Release gate\n\nOwner:\nDate:\nDecision:\n\n- [ ]\n- [ ]\n- [ ]\n\n## Phase 1 (0/9 tasks)\n\n- [ ] <task>\n- [ ] <task>\n"
    document = parse_document("a.md", text.encode())
    assert document.is_template
    assert judged({"a.md": text}).get("a.md", ()) == ()


def test_history_that_is_not_all_here_leaves_commits_asserted() -> None:
    text = "# T\n\n- [x] One, commit 7b81e44\n"
    assert [fact.verdict for fact in judged({"a.md": text})["a.md"]] == [ClaimVerdict.ASSERTED]
    assert [fact.verdict for fact in judged({"a.md": text}, commits=[])["a.md"]] == [ClaimVerdict.REFUTED]
    assert [fact.verdict for fact in judged({"a.md": text}, commits=["7b81e44" + "0" * 33])["a.md"]] == [
        ClaimVerdict.VERIFIED
    ]


def test_facts_say_what_was_found_and_where() -> None:
    text = "# Plan\n\n## Phase 1: A (0/2 tasks)\n\n- [ ] a\n- [x] b\n- [ ] c\n"
    fact = judged({"a.md": text})["a.md"][0]
    assert (fact.found["done"], fact.found["total"], fact.found["what"], fact.is_firm) == (1, 3, "checkboxes", True)
    assert fact.sources[0].text == "- [ ] a"
