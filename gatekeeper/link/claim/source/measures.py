"""Lines and tests of a file, counted, and the claims about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.claim.view import View
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim
from gatekeeper.model.text import Span

if TYPE_CHECKING:
    import ast

_NOUNS = re.compile(
    r"lines|loc|lines of code|(?:(?:unit|integration|e2e|comprehensive|automated|smoke|api|component|functional) )?(?:tests|test cases|specs)"
)
_FOLLOWED = re.compile(
    r"\s*(?:\+(?!\))|(?:of\s+)?(?:were\s+|was\s+|are\s+)?(?:\w+ed\b|fail\w*|shorter|longer|duplicat\w+|each|long|skipped|new\b|of (?!code)\w+)|\(lines)",
    re.IGNORECASE,
)
_PASSES = re.compile(r"\s*(?:passed|verified)\b", re.IGNORECASE)
_CHANGING = re.compile(
    r"[+−]\s*$|\b(?:add(?:s|ed)?|remove[sd]?|deleted?|reduced?|saved?|change[sd]?|updated?|modif\w+|enhanced?|extended?|refactor\w*|fixed|enabled?|mocked"
    r"|uncommitted|new|another|first|last|every|per|section|function|class|method|only)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\b(?:by|from|to|in|line|another|new|added|first|last|every|per)\W{0,3}$|[+−]\s*$", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.;!?]\s|\d[\s)]")
_NAMES_FILE = re.compile(r"^\W*(?:\w+ )?(?:in|of|for|at|from)?(?: \w+){0,2}\W*$", re.IGNORECASE)
_GAP = 80
_LONG_LINE = 400
_BACK_GAP = 30
_BOUND_LOW = re.compile(r"(?:>|≥|>=|\bover|\bmore than|\bat least|\bmin\.?)\s*$", re.IGNORECASE)
_BOUND_HIGH = re.compile(
    r"(?:<|≤|<=|\bunder|\bless than|\bat most|\bmax\.?|\bup to|\bbelow|\bfewer than)\s*$", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:~|≈|\babout|\baround|\bapprox\w*\.?|\bca\.?|\broughly|\bsome|\bnearly|\balmost)\s*$", re.IGNORECASE
)
_COMMENT = re.compile(r"\s*(?:#|//|/?\*|--|;|<!--|\"\"\"|''')")
_SCRIPT = re.compile(r"\.(?:test|spec)\.[cm]?[jt]sx?$|(?:^|/)(?:__tests__|tests?|e2e|specs?)/.*\.[cm]?[jt]sx?$")
_PYTHON = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test|tests?)\.py$")
_CASE = re.compile(r"(?<![\w.$])(?:it|test)(?:\.(?:only|concurrent|failing|fixme|skip|todo))?\s*\(\s*[`'\"\w]")
_MANY_CASES = re.compile(r"(?<![\w.$])(?:it|test|describe)(?:\.\w+){0,4}\.(?:each|for)\b|\.forEach\s*\(|\bfor\s*\(")
_SKIPS = re.compile(r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?|(?<![:'\"])//[^\n]*")
_TOLERANCE = 0.1


class _Found(Struct, frozen=True):
    """What a file holds: the least and the most that a careful reader may count, and the plain count."""

    least: int
    most: int | None
    plain: int


def judge_measure(view: View, claim: Claim, files: Files) -> ClaimFact | None:
    """What a file says of the lines or tests that its line claims for it; None where the line names no such file, or several."""
    if claim.kind not in ("lines", "tests", "ratio") or view.is_history or view.in_log(claim.span.start):
        return None
    named = files.named_on_line(view, claim.span.start)
    if len(named) != 1:
        return None
    path = next(iter(named))
    if not _is_whole(view, claim, named[path]):
        return None
    found = _count(claim, path, files)
    if found is None:
        return None
    stated = int(claim.values["denominator"] if claim.kind == "ratio" else claim.values["count"])
    verdict = ClaimVerdict.VERIFIED if _agrees(view, claim, stated, found) else ClaimVerdict.REFUTED
    basis = ClaimBasis.LINES if claim.kind == "lines" else ClaimBasis.TESTS
    return ClaimFact(
        view.document.path,
        claim,
        verdict,
        basis,
        {"count": found.plain},
        target=path,
        sources=(ClaimSource(path),),
        is_firm=found.plain < stated,
    )


def without_parts(facts: Iterable[ClaimFact]) -> Iterator[ClaimFact]:
    """The facts about files, without refutations where a document gives one file several numbers: they are of its parts."""
    kept = list(facts)
    stated: dict[tuple[str, ClaimBasis], set[str]] = {}
    for fact in kept:
        stated.setdefault((fact.target, fact.basis), set()).add(_number(fact.claim))
    for fact in kept:
        if fact.verdict is not ClaimVerdict.REFUTED or len(stated[fact.target, fact.basis]) == 1:
            yield fact


def _number(claim: Claim) -> str:
    return str(claim.values.get("count", claim.values.get("denominator")))


def count_tests(path: str, text: str) -> tuple[int, bool] | None:
    """How many tests a Python, JavaScript or TypeScript test file holds, and whether that is all; None for other files.

    Tests that are made from data or in loops are counted once, and then it is not all.
    """
    if _PYTHON.search(path):
        return _python_tests(text)
    if _SCRIPT.search(path):
        bare = _SKIPS.sub("", text)
        return len(_CASE.findall(bare)), _MANY_CASES.search(bare) is None
    return None


def _is_whole(view: View, claim: Claim, name: Span) -> bool:
    """Whether a claim stands right beside a file's name and is about the file as it is, not about a part or a change of it."""
    if claim.kind == "ratio":
        before = view.before(claim)
        is_tests = "test" in f"{before} {claim.text}".casefold() or str(claim.values.get("of", "")).startswith("pass")
        return is_tests and _is_beside(view, claim, name)
    if not _NOUNS.fullmatch(str(claim.values["of"])) or _LEADING.search(view.before(claim)):
        return False
    after = view.after(claim)
    return (_FOLLOWED.match(after) is None or _PASSES.match(after) is not None) and _is_beside(view, claim, name)


def _is_beside(view: View, claim: Claim, name: Span) -> bool:
    """Whether nothing but a few words about the file stands between its name and the claim."""
    text, line = view.source.text, view.line_at(claim.span.start)
    if len(line) > _LONG_LINE and not view.is_row(claim.span.start):
        return False
    if name.end <= claim.span.start:
        gap = text[name.end : claim.span.start]
        return len(gap) <= _GAP and not _SENTENCE.search(gap) and not _CHANGING.search(gap)
    gap = text[claim.span.end : name.start]
    return view.is_row(name.start) or (len(gap) <= _BACK_GAP and _NAMES_FILE.match(gap) is not None)


def _count(claim: Claim, path: str, files: Files) -> _Found | None:
    text = files.text(path)
    if text is None or not text:
        return None
    if claim.kind == "lines":
        return _lines(text, is_code="loc" in str(claim.values["of"]) or "code" in str(claim.values["of"]))
    counted = count_tests(path, text)
    if counted is None or not counted[0]:
        return None
    number, is_all = counted
    return _Found(number, number if is_all else None, number)


def _lines(text: str, is_code: bool) -> _Found:
    """Lines as `wc -l` and as editors count them; of code, blank lines and comments may be left out."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    ends = unified.count("\n")
    lines = unified.split("\n")
    full = [line for line in lines if line.strip()]
    plain = ends + (not unified.endswith("\n"))
    least = sum(_COMMENT.match(line) is None for line in full) if is_code else ends
    return _Found(least, ends + 1, plain)


def _agrees(view: View, claim: Claim, stated: int, found: _Found) -> bool:
    head = view.before(claim)
    if _BOUND_HIGH.search(head):
        return found.least <= stated
    if _BOUND_LOW.search(head) or "+" in claim.text:
        return found.most is None or found.most >= stated
    least: float = found.least
    most: float = stated if found.most is None else found.most
    if claim.text.startswith("~") or _ABOUT.search(head) or claim.values.get("about"):
        least, most = found.least * (1 - _TOLERANCE), most * (1 + _TOLERANCE)
    return least <= stated <= max(most, least)


def _python_tests(text: str) -> tuple[int, bool] | None:
    import ast

    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    tests = [node for node in _bodies(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    own = [node for node in tests if node.name.startswith("test")]
    made = any(
        "parametrize" in ast.dump(decorator) or "given" in ast.dump(decorator)
        for node in own
        for decorator in node.decorator_list
    )
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    inherits = any(ast.unparse(base) not in _CASE_BASES for node in classes for base in node.bases)
    marks_all = (
        any("parametrize" in ast.dump(node) for one in classes for node in one.decorator_list)
        or "pytest_generate_tests" in text
        or "pytestmark" in text
    )
    return len(own), not (made or inherits or marks_all or "fixture(params" in text)


_CASE_BASES = frozenset(
    ("unittest.TestCase", "TestCase", "unittest.IsolatedAsyncioTestCase", "IsolatedAsyncioTestCase", "object")
)


def _bodies(tree: ast.Module) -> list[ast.stmt]:
    """The statements of a module and of its classes, nested classes included."""
    import ast

    found: list[ast.stmt] = []
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        found.append(node)
        if isinstance(node, ast.ClassDef):
            waiting[:0] = node.body
    return found
