"""What stands in repositories and never carries their status: the one list of folders and files that nobody has to read."""

from __future__ import annotations

# Made by machines, often huge: not even walked where there is no git to say what belongs to the project.
MACHINE_FOLDERS = frozenset(
    {".git", ".hg", ".jj", ".nox", ".svn", ".tox", ".venv", "__pycache__", "node_modules", "venv"}
)

_FOREIGN_FOLDERS = MACHINE_FOLDERS | {"bower_components", "dist", "site-packages", "third_party", "vendor"}
# Tools for agents keep prompts, forms and how-tos in these: boxes and statuses there are to be filled in elsewhere.
_AGENT_FOLDERS = frozenset(
    ".agent .agents .aider .augment .claude .cline .clinerules .codex .continue .crush .cursor .factory .gemini .github .gsd .kilocode .kiro"
    " .opencode .qoder .roo .trae .windsurf bmad".split()
)
_TOOL_FOLDERS = frozenset((".bmad", ".bmad-core", ".specify", "_bmad"))
_PROMPT_FOLDERS = frozenset(
    "agents chatmodes commands get-shit-done hooks instructions personas prompts references rules skills templates workflows".split()
)
_MANIFESTS = frozenset(
    {
        "composer.json",
        "jsconfig.json",
        "npm-shrinkwrap.json",
        "package.json",
    }
)
_LOCK_ENDINGS = ("-lock.json", "-lock.yaml", "-lock.yml", ".lock.json", ".lock.yaml")


def is_policy(path: str) -> bool:
    """Whether a path is gatekeeper's own configuration, or tests of it."""
    return path in (".gatekeeper.yml", ".gatekeeper.yaml") or path.endswith((".policy-test.yml", ".policy-test.yaml"))


def is_environment(name: str) -> bool:
    """Whether a file name is one of assignments, whose values are nobody's to show; a page about such a file is none."""
    return (name.startswith(".env") or name.endswith(".env")) and not name.endswith((".md", ".markdown", ".mdx"))


def find_foreign_folder(folder: str) -> str | None:
    """The first part of a folder's path that holds other people's or generated files; None without one."""
    return next((part for part in folder.split("/") if part in _FOREIGN_FOLDERS), None)


def find_prompts(folder: str) -> str | None:
    """The part of a folder's path in which a tool for agents keeps its prompts; None without one."""
    parts = folder.split("/")
    if own := next((part for part in parts if part in _TOOL_FOLDERS), None):
        return own
    at = next((at for at, part in enumerate(parts) if part in _AGENT_FOLDERS), len(parts))
    return next((f"{parts[at]}/{part}" for part in parts[at + 1 :] if part in _PROMPT_FOLDERS), None)


def is_manifest(name: str) -> bool:
    """Whether a file name is a package manager's or a compiler's manifest or lock file."""
    return (
        name in _MANIFESTS or name.endswith(_LOCK_ENDINGS) or (name.startswith("tsconfig") and name.endswith(".json"))
    )
