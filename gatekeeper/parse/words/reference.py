"""What a reference points at, by its spelling: path, command, endpoint, identifier."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from msgspec import Struct

from gatekeeper.model.document import EvidenceKind

EXTENSIONS = frozenset(
    "sarif lcov md markdown mdx txt rst adoc log csv tsv json jsonl json5 yaml yml toml ini cfg conf env xml html htm css scss sass less svg "
    "png jpg jpeg gif webp pdf docx xlsx pptx ts tsx js jsx mjs cjs mts cts vue svelte py pyi ipynb rb go rs java kt kts scala "
    "c h cc cpp hpp cs fs swift m mm php pl lua r jl ex exs erl hs clj dart sol sh bash zsh ps1 bat cmd sql prisma graphql gql "
    "proto tf tfvars hcl rego lock gradle properties dockerfile mk cmake patch diff tpl tmpl j2 hbs ejs example sample snap "
    "har zip tar gz tgz parquet db sqlite drawio puml mmd feature bicep mdc mp4 webm".split()
)
_BARE_NAMES = frozenset(
    "Makefile makefile GNUmakefile Dockerfile justfile Justfile Procfile Jenkinsfile Vagrantfile Rakefile Gemfile LICENSE README CHANGELOG CODEOWNERS".split()
)
_COMMANDS = frozenset(
    "npm npx pnpm yarn bun bunx node deno python python3 pip pipx uv uvx poetry pytest tox nox ruff mypy cargo rustc go make just "
    "cmake ctest bazel gradle mvn dotnet docker docker-compose kubectl helm terraform tofu opa conftest git gh curl wget bash sh zsh "
    "psql alembic prisma drizzle-kit supabase vercel playwright cypress jest vitest eslint tsc turbo nx rg grep cd set export source "
    "ansible pre-commit phpunit composer bundle rspec rails mix swift flutter dart php artisan sqlite3 redis-cli k6 locust task act "
    "ls cat wc awk sed mkdir rm cp mv tail jq select-string get-content get-childitem invoke-webrequest "
    "sha256sum sha1sum shasum openssl gatekeeper forge hardhat truffle anchor".split()
)
# Folders that repositories keep at their root: `src/app` is a path by its first word, `says/does` is not.
_ROOTS = frozenset(
    "src docs doc test tests app apps packages pkg lib libs scripts script tools tool bin cmd internal server client web api backend "
    "frontend config configs infra deploy migrations public assets examples services modules components .github .gitlab .circleci "
    "planning specs spec schemas templates policies drizzle prisma supabase".split()
)
_PRODUCTS = frozenset(
    "console.log node.js next.js vue.js nuxt.js express.js react.js three.js d3.js nest.js chart.js asp.net socket.io trigger.dev".split()
)
_URL = re.compile(r"(?:https?|ftp|file)://|mailto:", re.IGNORECASE)
_ENDPOINT = re.compile(
    r"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)(?:/(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS))*\s+\S"
)
_LINES = re.compile(r":L?(\d+)((?:[-\u2013,+] ?L?\d+)*)(?::\d+)?$")
_SYMBOL = re.compile(r":[A-Za-z_]\w{1,80}(?:\.\w+)*(?:\(\))?$")
_HASH_LINES = re.compile(r"L(\d+)(?:C\d+)?((?:-L?\d+)?)(?:C\d+)?$")
_PLACEHOLDER = re.compile(
    r"\{[^{},]*\}|<[^<>]+>|\$\{?\w+|YYYY|\bNNN+\b|\bXXX?\b|\[[a-z_ -]+\]|(?<!\[)\.\.\.|\u2026|(?:^|/)path/to/"
)
_VERSION = re.compile(r"v?\d+(?:\.\d+)+[\w.-]*$")
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,10})$")
_DIGITS = re.compile(r"\d+")
_GLOB = re.compile(r"[*?]|\{[^{}]*,[^{}]*\}")
_ASSIGNMENT = re.compile(r"[A-Z][A-Z0-9_]*=\S*\s+")
_CALL = re.compile(r"\w\(.*\)$")


class Target(Struct, frozen=True):
    """A reference taken apart; see `EvidenceRef` for the fields."""

    kind: EvidenceKind
    path: str | None = None
    anchor: str | None = None
    lines: tuple[int, int] | None = None
    test: str | None = None


@lru_cache(maxsize=8192)
def parse_target(text: str, *, is_link: bool = False) -> Target | None:
    """What a code span, link destination or bare word points at; None for identifiers, values and phrases.

    Args:
        is_link: the text is a link's destination, so a path unless it says otherwise.
    """
    text = text.strip()
    if not text or len(text) > 1000 or "\n" in text:
        return None
    if _URL.match(text):
        return Target(EvidenceKind.URL)
    if is_link:
        return _link_target(text)
    if is_command(text):
        return Target(EvidenceKind.COMMAND)
    if _ENDPOINT.match(text) or _is_route(text):
        return Target(EvidenceKind.ENDPOINT)
    return _path_target(text)


def _link_target(text: str) -> Target:
    if text.startswith("#"):
        return Target(EvidenceKind.ANCHOR, anchor=unquote(text[1:]))
    found = _split(unquote(text))
    if _PLACEHOLDER.search(found[0]):
        return Target(EvidenceKind.PATTERN, found[0])
    kind = EvidenceKind.DIRECTORY if found[0].endswith("/") else EvidenceKind.PATH
    return Target(kind, *found)


def _path_target(text: str) -> Target | None:
    if "=" in text or text.startswith(("@", "-", "$", "(", '"', "'")) or _CALL.search(text) or "://" in text:
        return None
    text, _, test = text.partition("::")
    path, anchor, lines = _split(unquote(text) if "%" in text else text)
    if not path or ": " in path or path.count("  ") or not _looks_like_path(path):
        return None
    if _PLACEHOLDER.search(path):
        return Target(EvidenceKind.PATTERN, path)
    if _GLOB.search(path):
        return Target(EvidenceKind.GLOB, path) if "/" in path else None
    if path.endswith("/"):
        return Target(EvidenceKind.DIRECTORY, path)
    return Target(EvidenceKind.PATH, path, anchor, lines, test or None)


def _split(text: str) -> tuple[str, str | None, tuple[int, int] | None]:
    """Path, heading anchor and line range of a target."""
    anchor: str | None = None
    lines: tuple[int, int] | None = None
    path, mark, fragment = text.partition("#")
    if mark and (found := _HASH_LINES.fullmatch(fragment)):
        lines = _range(found)
    elif mark and fragment:
        anchor = fragment
    if match := _LINES.search(path):
        lines, path = _range(match), path[: match.start()]
    elif (match := _SYMBOL.search(path)) and has_extension(path[: match.start()]):
        path = path[: match.start()]
    while path.startswith("./"):
        path = path[2:]
    return path.split("?", 1)[0] if "?" in path and not path.endswith("?") else path, anchor, lines


def _range(match: re.Match[str]) -> tuple[int, int]:
    """First and last line of `12`, `12-40` and the list `12,40-44`."""
    first = int(match.group(1))
    return first, max((int(number) for number in _DIGITS.findall(match.group(2))), default=first)


def is_command(text: str) -> bool:
    """Whether the words are a command line: a known program, or a script, with an argument."""
    while match := _ASSIGNMENT.match(text):
        text = text[match.end() :]
    first, blank, rest = text.partition(" ")
    if not blank or not rest.strip():
        return False
    name = first.rsplit("/", 1)[-1]
    if first.lower() in _COMMANDS or (first.startswith(("./", "../")) and not has_extension(text)):
        return True
    return "/" in first and name.endswith((".sh", ".py", "w")) and not has_extension(rest) and rest.startswith("-")


def has_extension(path: str) -> bool:
    """Whether the last segment ends in a file extension that the tool knows."""
    match = _EXTENSION.search(path)
    return match is not None and match.group(1).lower() in EXTENSIONS


def _is_route(text: str) -> bool:
    """A leading slash without extension and without trailing slash: an endpoint; `/folder/` is a root directory."""
    return (
        text.startswith("/") and (not has_extension(text)) and (len(text) == 1 or not text.endswith("/") or "*" in text)
    )


def _looks_like_path(path: str) -> bool:
    name = path.rstrip("/").rsplit("/", 1)[-1]
    if path.lower() in _PRODUCTS or _VERSION.match(name) or not name:
        return False
    if '"' in path or (path.count(".") == 1 and path.startswith(".") and not _is_dotfile(path)):
        return False
    if "/" not in path:
        return " " not in path and (has_extension(path) or name in _BARE_NAMES or _is_dotfile(path))
    if has_extension(path):
        return _balanced_blanks(path)
    if " " in path:
        return path.endswith("/") and len(path.split()) <= 4
    first = path.split("/", 1)[0]
    return path.endswith("/") or first.lower() in _ROOTS or first in (".", "..") or "*" in name


def _is_dotfile(path: str) -> bool:
    """`.env.local` and `.eslintrc.cjs` are files, `.card.tight` is two classes of a style sheet."""
    if path.count(".") > 1:
        return path.startswith(".env.") or (path.startswith(".") and has_extension(path))
    return path in (".env", ".gitignore", ".npmrc", ".dockerignore", ".editorconfig")


def _balanced_blanks(path: str) -> bool:
    """A path may hold blanks (`bot chat/log.md`), a sentence that ends in a path may not pass for one."""
    if " " not in path:
        return True
    first = path.split("/", 1)[0]
    return len(first.split()) <= 3 and not any(mark in path for mark in (", ", "; ", " -> ", " | ", " + "))
