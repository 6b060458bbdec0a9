"""The files that a command needs, by its words."""

from __future__ import annotations

import time

import pytest

from gatekeeper.link.operands import find_operands
from gatekeeper.model.document import EvidenceForm, EvidenceKind, EvidenceRef
from gatekeeper.model.text import Span


def operands(command: str) -> list[str]:
    ref = EvidenceRef(command, EvidenceKind.COMMAND, EvidenceForm.CODE, Span(100, 100 + len(command)))
    found = list(find_operands(ref))
    assert all(command[one.span.start - 100 : one.span.end - 100] == one.path for one in found)
    return [one.target for one in found]


@pytest.mark.parametrize(
    ("command", "paths"),
    [
        ("pytest tests/test_a.py::TestA::test_b[one] -q", ["tests/test_a.py"]),
        ("cd web && npx tsx ./scripts/seed.ts ../data/a.csv", ["scripts/seed.ts"]),
        ('sqlite3 data/staging/x.db "SELECT a FROM b/c.d"', ["data/staging/x.db"]),
        ("ENV=1 python tools/run.py --config conf/run.yml > out/run.log", ["tools/run.py", "conf/run.yml"]),
        ("python tools/run.py -o reports/run.json; cat docs/a.md | wc -l", ["tools/run.py", "docs/a.md"]),
        ("git add docs/new.md; rm docs/old.md; touch docs/x.md", ["docs/new.md"]),
        ("node dist/main.js --input src/PROFILE.md", ["src/PROFILE.md"]),
        ("docker exec web python app/run.py", []),
        ("kubectl exec -it pod -- sh scripts/run.sh", []),
        ("curl -o out/a.json https://example.org/a/b.json", []),
        ("pip install pkg/*.whl example.org/pkg/a.whl", []),
        ("mypy src/path/to/module.py app/YOUR_FILE.py app/{name}.py $HOME/a.py ~/b/c.py /tmp/d.py", []),
        ("make test", []),
    ],
)
def test_paths_are_the_words_that_a_run_reads(command: str, paths: list[str]) -> None:
    assert operands(command) == paths


def test_only_commands_have_operands() -> None:
    ref = EvidenceRef("docs/a.md", EvidenceKind.PATH, EvidenceForm.CODE, Span(0, 9), "docs/a.md")
    assert list(find_operands(ref)) == []


@pytest.mark.parametrize("word", ["a/" * 50_000, "a/b.c" * 20_000, '"' * 100_000, "docker " * 15_000])
def test_hostile_commands_are_read_in_time(word: str) -> None:
    begin = time.process_time()
    operands(f"python {word}")
    assert time.process_time() - begin < 1
