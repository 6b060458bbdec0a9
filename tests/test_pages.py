"""Every fence of every page is held by a test, or says before it why it is not: commands run, records are what is printed, data is valid.

Pages whose sections are repositories of their own are run by tests/test_gates_page.py, tests/test_writing_a_policy.py, tests/test_ci_page.py and
tests/hooks/test_page.py, pages of rules by tests/rules/test_cases.py; all others here, in a copy of the example.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(
    r"^(?P<mark><!-- not run by a test: (?P<reason>[^\n]*) -->\n)?(?P<indent> *)(?P<sign>```+|~~~+)(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=indent)(?P=sign)$",
    re.MULTILINE | re.DOTALL,
)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "examples" / "README.md"])
# Pages that a test of their own runs whole.
ELSEWHERE = {"docs/adopting.md", "docs/ci.md", "docs/gates.md", "docs/pre-commit.md", "docs/writing-a-policy.md"}
# What has to be so before a command does what its page says: no policy yet, something staged.
BEFORE = {"gatekeeper init": "rm .gatekeeper.yml", "gatekeeper check --staged": "git rm -q docs/operations/runbook.md"}
MARKED_LIMIT = 12
# What a command needs that no repository has by itself is made in `world`.
GATE = "Release gate"
COMMANDS = {"sh", "bash", "console"}


class Fence(NamedTuple):
    page: str
    line: int
    info: str
    text: str
    reason: str

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


def fences_of(page: Path) -> Iterator[Fence]:
    text = page.read_text("utf-8")
    for match in FENCE.finditer(text):
        line = text.count("\n", 0, match.start("sign")) + 1
        yield Fence(
            page.relative_to(ROOT).as_posix(), line, match["info"].strip(), match["text"], match["reason"] or ""
        )


FENCES = [fence for page in PAGES for fence in fences_of(page)]
RUN_HERE = [
    fence
    for fence in FENCES
    if not fence.reason and fence.page not in ELSEWHERE and not re.match(r"docs/rules/\w+\d+\.md$", fence.page)
]


def lines_of(fence: Fence) -> list[str]:
    """The command lines of a fence; those of `text` are only the ones that call gatekeeper, with what is said beside them taken off."""
    if fence.info == "text":
        lines = [line.strip() for line in fence.text.splitlines()]
        return [
            re.split(r" {2,}", line)[0] for line in lines if line.startswith("gatekeeper ") and "[OPTIONS]" not in line
        ]
    if fence.info == "console":
        return re.findall(r"^\$ (.+)$", fence.text, re.MULTILINE)
    return [line for line in fence.text.splitlines() if line.strip() and not line.startswith("#")]


LINES = sorted(
    {line for fence in RUN_HERE if fence.info in COMMANDS | {"text"} for line in lines_of(fence)} - {"echo $?"}
)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `gatekeeper` is this checkout's."""
    folder = tmp_path_factory.mktemp("programs")
    program = folder / "gatekeeper"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m gatekeeper "$@"\n')
    program.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def harbor(tmp_path_factory: pytest.TempPathFactory, programs: Path) -> Path:
    """The example with all that the pages name: a remote's branch, a tag, packets, keys, files of the user's own."""
    spec = importlib.util.spec_from_file_location("demo", ROOT / "examples" / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    demo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(demo)
    folder = tmp_path_factory.mktemp("pages") / "harbor"
    assert demo.copy_example(folder) == ""
    prepared = """
        git update-ref refs/remotes/origin/main HEAD && git branch -f main HEAD
        git update-ref refs/tags/v1.2 HEAD~1 && git update-ref refs/tags/v1.3 HEAD && git update-ref refs/tags/v0.4.0 HEAD
        mkdir -p "$HOME/.ssh" "$HOME/.config/fish/completions" policies
        ssh-keygen -q -t ed25519 -N '' -C ines@harbor -f "$HOME/.ssh/id_ed25519"
        printf 'ines@harbor %s\\n' "$(cat "$HOME/.ssh/id_ed25519.pub")" > signers; cp signers allowed_signers
        printf 'HARBOR_PORT=8080\\nHARBOR_LOG_LEVEL=loud\\n' > .env.staging
        printf '# {{ title }}\\n' > release-notes.md.j2
        printf 'tests:\\n- {name: one, given: {docs/a.md: "| ID | Status |\\\\n|---|---|\\\\n| 1 | Done |"}, expect: []}\\n' > docs.policy-test.yml
        cp "$POLICY" policies/team.yml
        cat "$POLICY" >> .gatekeeper.yml
        cp .gatekeeper.yml law.yml
    """
    run(prepared, folder, programs)
    return folder


def run(line: str, folder: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    """Runs a line of shell as a user would type it, with a home of its own."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "CI"))},
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
        "POLICY": str(ROOT / "tests" / "golden" / "team.yml"),
        "GITHUB_STEP_SUMMARY": str(home / "summary.md"),
    }
    command = ["bash", "-c", line]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_every_fence_is_one_that_a_test_knows_or_says_why_it_is_not_run() -> None:
    known = {*COMMANDS, "text", "yaml", "json", "jinja"}
    strangers = [fence.place for fence in RUN_HERE if fence.info not in known]
    assert strangers == []


def test_few_fences_are_not_run_and_each_has_a_reason() -> None:
    marked = [fence for fence in FENCES if fence.reason]
    assert len(marked) <= MARKED_LIMIT, [fence.place for fence in marked]
    assert all(len(fence.reason.split()) >= 2 for fence in marked)


@pytest.mark.skipif(os.name == "nt", reason="needs bash")
@pytest.mark.parametrize("line", LINES)
def test_a_documented_command_runs(line: str, harbor: Path, programs: Path, tmp_path: Path) -> None:
    """In a copy, since some commands write; the verdict may be yes or no, but not usage, nothing, or a bug."""
    folder = tmp_path / "harbor"
    shutil.copytree(harbor, folder, symlinks=True)
    shutil.copytree(harbor.parent / "home", tmp_path / "home")
    for name in ("gate.zip", "booking.zip", "old.zip", "new.zip", "march.zip", "april.zip", "launch.zip"):
        if name in line and not re.search(rf"-o {name}", line):
            sign = f" --sign-ssh {tmp_path}/home/.ssh/id_ed25519" if "--require-signature" in line else ""
            made = run(f'gatekeeper packet build --gate "{GATE}" -o {name}{sign}', folder, programs)
            assert made.returncode == 0, made.stderr
    for begin, before in BEFORE.items():
        if line.startswith(begin) and "--dry-run" not in line:
            assert run(before, folder, programs).returncode == 0
    done = run(line.replace("gatekeeper init", "gatekeeper init --yes"), folder, programs)
    expected = (0, 1, 5) if "--expect-gate" in line else (0, 1)
    assert done.returncode in expected, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def record(fence: Fence, folder: Path, programs: Path) -> str:
    """A console fence as it is printed today."""
    code, shown = 0, []
    for line in lines_of(fence):
        if line == "echo $?":
            shown.append(f"$ {line}\n{code}\n")
            continue
        done = run(line, folder, programs)
        code = done.returncode
        shown.append(f"$ {line}\n{done.stdout}{done.stderr}")
    return "".join(shown)


@pytest.mark.skipif(os.name == "nt", reason="needs bash")
@pytest.mark.parametrize("page", sorted({fence.page for fence in RUN_HERE if fence.info == "console"}))
def test_what_is_recorded_is_what_is_printed(
    page: str, harbor: Path, programs: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """`pytest --update-golden` writes the record anew."""
    folder = tmp_path / "harbor"
    shutil.copytree(harbor, folder, symlinks=True)
    text = today = (ROOT / page).read_text("utf-8")
    for fence in RUN_HERE:
        if fence.page == page and fence.info == "console":
            today = today.replace(f"```console\n{fence.text}```", f"```console\n{record(fence, folder, programs)}```")
    if request.config.getoption("--update-golden"):
        (ROOT / page).write_text(today, "utf-8", newline="\n")
        text = today
    assert text == today


@pytest.mark.parametrize(
    "fence", [fence for fence in RUN_HERE if fence.info in ("yaml", "json")], ids=lambda one: one.place
)
def test_data_is_what_its_reader_takes(fence: Fence) -> None:
    data = loaded(fence.text) if fence.info == "yaml" else json.loads(fence.text)
    if data is None:
        assert re.match(r"# yaml-language-server: \$schema=\S+\n$", fence.text)
    elif isinstance(data, list):
        jsonschema.validate(data, schema("waivers"))
    elif "repos" in data:
        hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
        assert {hook["id"] for repo in data["repos"] for hook in repo["hooks"]} <= hooks
    elif not {"yaml.schemas", "jobs", "steps", "stages"} & set(data):
        jsonschema.validate(data, schema("policy"))


class Loader(yaml.SafeLoader):
    """YAML 1.2, in which `off` is a word."""


Loader.yaml_implicit_resolvers = {
    sign: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    ]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def loaded(text: str) -> object:
    return yaml.load(text, Loader)


def schema(name: str) -> object:
    return json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))


@pytest.mark.skipif(os.name == "nt", reason="needs bash")
@pytest.mark.parametrize("fence", [fence for fence in RUN_HERE if fence.info == "jinja"], ids=lambda one: one.place)
def test_a_template_writes(fence: Fence, harbor: Path, programs: Path, tmp_path: Path) -> None:
    (tmp_path / "board.md.j2").write_text(fence.text, "utf-8")
    done = run(f"gatekeeper dashboard --template {tmp_path}/board.md.j2", harbor, programs)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Booking gate" in done.stdout


POLICIES = sorted(
    path
    for pattern in (".gatekeeper.yml", "examples/**/.gatekeeper.yml", "policies/*.yml")
    for path in ROOT.glob(pattern)
)


@pytest.mark.parametrize(
    "path", [path for path in POLICIES if path.name != "vocabulary.yml"], ids=lambda path: path.name
)
def test_every_policy_that_is_shipped_or_shown_is_valid_by_the_schema(path: Path) -> None:
    jsonschema.validate(loaded(path.read_text("utf-8")), schema("policy"))


def test_an_editor_can_say_what_each_key_of_a_policy_means() -> None:
    law = schema("policy")
    assert isinstance(law, dict)
    assert [name for name, one in law["properties"].items() if "description" not in one] == []
    bare = [f"{title}.{name}" for title, one in law["$defs"].items() for name in undescribed(one)]
    assert bare == []


def undescribed(definition: dict[str, dict[str, object]]) -> list[str]:
    """The properties of a definition about which it says nothing."""
    return [name for name, one in definition.get("properties", {}).items() if "description" not in one]  # type: ignore[operator]
