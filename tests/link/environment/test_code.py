"""What code reads: beyond the cases, places in odd texts, and texts that are hostile or none."""

from __future__ import annotations

import time

import pytest

from gatekeeper.link.environment.code.scan import CODE_BYTES_LIMIT, Scan, is_code, scan_code
from gatekeeper.model.environment.fact import Use
from gatekeeper.parse.facts import FactReader
from gatekeeper.repo.memory import MemoryTree


def scan(path: str, text: str | bytes) -> Scan:
    return scan_code([path], MemoryTree({path: text}), FactReader())


def uses(path: str, text: str) -> list[Use]:
    return [use for found in scan(path, text).uses.values() for use in found]


def shown(use: Use) -> tuple[str, int, int, str]:
    start = use.location.start
    return (use.name, start.line, start.column, use.location.excerpt.strip())


def test_places_count_characters_whatever_stands_before() -> None:
    assert shown(*uses("a.ts", "const é = '😀', x = process.env.TIDE;\n")) == ("TIDE", 1, 20, "process.env.TIDE")
    assert shown(*uses("a.py", "import os\né = '😀'; x = os.environ['TIDE']\n")) == (
        "TIDE",
        2,
        14,
        "os.environ['TIDE']",
    )
    assert shown(*uses("a.py", "import os\r\n\r\nx = os.getenv('TIDE')\r\n")) == ("TIDE", 3, 5, "os.getenv('TIDE')")
    assert shown(*uses("a.svelte", "<h1>é</h1>\n<script>\nuse(process.env.TIDE)</script>\n")) == (
        "TIDE",
        3,
        5,
        "process.env.TIDE",
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.ts", "use(process.env['TIDE'] ?? 'canary', 'canary'); // canary"),
        ("a.ts", "const { TIDE = 'canary' } = process.env; // canary"),
        ("a.ts", "const { TIDE: tide = 'canary' } = process.env;"),
        ("a.ts", "(process.env /* canary */ as any).TIDE || 'canary'"),
        ("a.ts", "Deno.env.get(/* canary */ 'TIDE') ?? 'canary'"),
        ("a.py", "import os\nos.getenv('TIDE', 'canary') # canary"),
        ("a.py", "import os\nos.getenv( # canary\n  'TIDE', 'canary')"),
        ("a.py", "import os\nos.getenv('TI' # canary\n 'DE', 'canary')"),
        ("a.py", "import os\nlambda: ('canary', os.environ['TIDE'])"),
        ("a.py", "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    tide: str = 'canary'"),
        ("compose.yml", "services: {a: {image: 'canary:${TIDE:-canary}'}}"),
        ("compose.yml", "services:\n  a:\n    environment:\n      - TIDE\n      - OTHER=canary # canary"),
        (".github/workflows/a.yml", "env:\n  A: canary ${{ secrets.TIDE }} # canary"),
    ],
)
def test_an_excerpt_shows_the_expression_alone(path: str, text: str) -> None:
    found = uses(path, text)
    assert [use.name for use in found] == ["TIDE"]
    assert "canary" not in repr(found)
    assert "TIDE" in found[0].location.excerpt.upper()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "a.ts",
            "process.env[name]; process.env; const { ...rest } = process.env; process.environment.A; my.process.env.A",
        ),
        ("a.ts", "`${'process.env.A'}`"),
        ("a.tsx", "export const A = () => <b>process.env.B</b>;"),
        ("a.py", "import os\nos.environ[name]; os.environ.copy(); os.getenv(name, 'x'); x.environ['A']; getenv('B')"),
        ("a.py", "from pydantic import BaseModel\nclass S(BaseModel):\n    environ: str"),
        ("compose.yml", "services: {a: {image: 'x$$A', command: 'echo $$' }} # ${B}"),
        (".github/workflows/a.yml", "on: push\nname: secrets.A\nrun: echo ${{ github.sha }} ${{ my.secrets.B }}"),
    ],
)
def test_what_reads_nothing_by_name(path: str, text: str) -> None:
    assert uses(path, text) == []


def test_a_name_that_cannot_be_one_is_no_use() -> None:
    assert uses("a.ts", "process.env['sk-canary']; process.env['a b']; process.env[`x${1}`];") == []
    assert uses("a.py", "import os\nos.environ['sk-canary']; os.getenv('')") == []


def test_what_is_not_understood_is_skipped_with_a_reason_that_quotes_nothing() -> None:
    assert scan("a.py", "import os\nos.environ['A'] canary").skipped == {"a.py": "not understood (SyntaxError)"}
    assert scan("a.ts", "process.env.A" + "(" * 5000).skipped == {"a.ts": "not understood (RecursionError)"}
    deep = scan("a.py", "environ = " + "(" * 5000 + ")" * 5000)
    assert list(deep.skipped) == ["a.py"]
    assert scan("a.ts", "x" * (CODE_BYTES_LIMIT + 1)).skipped.keys() == {"a.ts"}
    assert uses("a.ts", "const x = [process.env.TIDE") != []
    assert scan("compose.yml", "a: [${B").uses == {}


def test_which_files_are_looked_at() -> None:
    yes = ["a.ts", "b/c.mjs", "d.PY", "compose.yaml", "x/docker-compose.dev.yml", ".github/workflows/a.yml", "a.vue"]
    no = ["a.md", "a.go", "compose.md", "values.yml", "github/workflows/a.yml", "ts"]
    assert [path for path in (*yes, *no) if is_code(path)] == yes


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.ts", "process.env.A;" * 20_000),
        ("a.ts", "const x = process.env.A;" + " " * 300_000),
        ("a.ts", "const x = process.env.A; if (x" * 8_000),
        ("a.vue", "<script " * 40_000),
        ("a.ts", "process" + " " * 400_000 + ".env.A"),
        ("a.ts", "(" * 100_000 + "process.env.A" + ")" * 100_000),
        ("a.py", "import os\n" + "x = os.getenv('A')\n" * 15_000),
        ("a.py", "import os\n" + "x = os.getenv('A')\nif x: pass\n" * 9_000),
        ("compose.yml", "a: '" + "${A" * 100_000 + "'"),
        (".github/workflows/a.yml", "a: '" + "${{ " * 100_000 + "'"),
    ],
)
def test_hostile_code_takes_little_time(path: str, text: str) -> None:
    begin = time.process_time()
    scan(path, text)
    assert time.process_time() - begin < 6
