"""The house stands: layering, one library one door, sizes, docstrings, names."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gatekeeper"
FILES = sorted(PACKAGE.rglob("*.py"))
ROOMS = {"model", "repo", "parse", "link", "policy", "rules", "render", "packet", "engine", "cli"}

MAY_IMPORT = {
    "model": set(),
    "data": {"model"},
    "plugins": {"model"},
    "repo": {"model", "data", "plugins"},
    "parse": {"model", "data", "plugins"},
    "link": {"model", "data", "plugins"},
    "policy": {"model", "data", "plugins"},
    "rules": {"model", "data", "plugins"},
    "render": {"model", "data", "plugins"},
    "packet": {"model", "data", "plugins"},
    "engine": {"model", "data", "plugins", "repo", "parse", "link", "policy", "rules"},
    "cli": ROOMS | {"data", "plugins"},
    "__main__": {"cli"},
    "__init__": set(),
}

# What the nouns are made of, so that every room has it: docs/adr/0014.
RECORDS = "msgspec"
DOORS = {
    "cel_expr_python": {"link"},
    "click": {"cli"},
    "cryptography": {"packet"},
    "defusedxml": {"link"},
    "dotenv": {"link"},
    "ftfy": {"parse"},
    "git": {"repo"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "jsonschema": {"link"},
    "markdown_it": {"parse", "render"},
    "pathspec": {"repo"},
    "pydantic": {"policy"},
    "pyromark": {"parse"},
    "pydantic_core": {"policy"},
    "referencing": {"link"},
    "tree_sitter": {"link"},
    "tree_sitter_javascript": {"link"},
    "tree_sitter_typescript": {"link"},
    "rapidfuzz": {"link", "cli", "policy"},
    "re2": {"policy", "link"},
    "rich": {"render"},
    "securesystemslib": {"packet"},
    # ssh-keygen signs; everything else is git.
    "subprocess": {"repo", "packet"},
    "yaml": {"parse", "policy"},
}

FORBIDDEN_FILE_NAMES = {"utils", "util", "common", "misc", "helpers", "helper", "manager"}
FORBIDDEN_CLASS_ENDINGS = ("Manager", "Helper", "Util", "Utils", "Handler", "Processor")


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def functions_of(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_room_opens_only_on_rooms_it_may_enter(path: Path) -> None:
    room = room_of(path)
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "gatekeeper" and len(parts) > 1 and parts[1] != "__version__":
            assert parts[1] == room or parts[1] in MAY_IMPORT[room], f"{room} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_library_has_one_door(path: Path) -> None:
    room = room_of(path)
    for name in imports_of(path):
        top = name.split(".")[0]
        if top in DOORS:
            assert room in DOORS[top], f"{room} imports {top}"
        elif top not in {"gatekeeper", "", "__future__", RECORDS}:
            assert top in sys.stdlib_module_names, f"{top} has no door: add it to DOORS"


def test_the_courtyard_knows_the_standard_library_and_what_records_are_made_of() -> None:
    for path in (PACKAGE / "model").glob("*.py"):
        for name in imports_of(path):
            is_ours = name.startswith("gatekeeper.model") or name.split(".")[0] == RECORDS
            assert is_ours or name.split(".")[0] in sys.stdlib_module_names, (path, name)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_files_and_functions_keep_their_sizes(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    is_rule = room_of(path) == "rules" and path.parent != PACKAGE / "rules" and path.name != "__init__.py"
    assert lines <= (200 if is_rule else 400), f"{lines} lines"
    for node in functions_of(path):
        assert body_lines(node) <= 50, f"{node.name}: {body_lines(node)} lines"


def test_sizes_stay_near_their_aims() -> None:
    sizes = sorted(len(path.read_text("utf-8").splitlines()) for path in FILES if path.name != "__init__.py")
    bodies = sorted(body_lines(node) for path in FILES for node in functions_of(path))
    assert statistics.median(bodies) <= 12
    assert bodies[int(len(bodies) * 0.95)] <= 32
    assert sizes[int(len(sizes) * 0.95)] <= 400


def test_a_room_has_at_most_twelve_files() -> None:
    for folder in {path.parent for path in FILES}:
        modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(modules) <= 12 or folder.parent.name == "rules", folder


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_public_things_have_docstrings_and_plain_names(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{path} has no docstring"
    assert path.stem not in FORBIDDEN_FILE_NAMES
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            assert not node.name.endswith(FORBIDDEN_CLASS_ENDINGS), node.name
            assert node.name.startswith("_") or ast.get_docstring(node), f"{path}: {node.name}"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path}: {node.name}"


def test_only_repo_and_cli_touch_the_world() -> None:
    """No clock, environment or disk below the door; `data.py` reads shipped files."""
    banned = {"os", "pathlib", "datetime", "time", "subprocess", "socket", "urllib.request", "shutil", "tempfile"}
    allowed = {"repo", "cli", "data", "packet"}
    for path in FILES:
        if room_of(path) not in allowed:
            found = {name for name in imports_of(path) if name in banned}
            assert not found, f"{path.relative_to(ROOT)} imports {found}"


def test_git_is_called_only_through_the_one_wrapper() -> None:
    """Commands and GitPython calls that run a repository's own programs are banned (docs/security.md)."""
    callers = [path.name for path in FILES if "subprocess" in imports_of(path)]
    # The other starts ssh-keygen, on bytes that it is given.
    assert set(callers) <= {"git.py", "ssh.py"}, callers
    for path in FILES:
        text = path.read_text("utf-8")
        for word in ("is_dirty(", "index.diff(None", ".untracked_files", ".blame("):
            assert word not in text, f"{path.name}: {word}"
