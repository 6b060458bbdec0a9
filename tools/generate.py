"""Writes what is made from the code: schemas, pages of docs/ and the pre-commit hooks.

python tools/generate.py           write the files
python tools/generate.py --check   write nothing; exit 1 with the names of the stale files
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from json_schema import schema_text
from pages import command_page, rule_pages
from policy_schema import policy_schema_text, test_file_schema_text

from gatekeeper.cli.group import gatekeeper
from gatekeeper.policy.waivers import waivers_schema
from gatekeeper.render.board.shapes import DashboardJson
from gatekeeper.render.fix.shapes import RepairJson
from gatekeeper.render.gate.shapes import GatesJson, PlanJson
from gatekeeper.render.packet.manifest import PacketManifestJson, PacketPredicateJson
from gatekeeper.render.packet.shapes import PacketBuildJson, PacketDiffJson, PacketVerifyJson
from gatekeeper.render.past.shapes import AgesJson, DifferenceJson, HistoryJson
from gatekeeper.render.shapes import (
    BaselineJson,
    DocumentsJson,
    PolicyCheckJson,
    PolicyShowJson,
    ReportJson,
    RulesJson,
    WaiversJson,
)
from gatekeeper.render.trial.shapes import PolicyMutationsJson, PolicyTestJson
from gatekeeper.rules.registry import FAMILIES

ROOT = Path(__file__).resolve().parent.parent

# One folder that the generator owns whole: a page without a rule is stale too.
OWNED = "docs/rules"

# Each hook runs at every commit, as a commit that only deletes gives pre-commit no file to run it for, and a deleted file may be what a tracker
# cites. It judges the index, so that it means the same under `pre-commit`, in a plain git hook and beside other tools (docs/adr/0012-staged.md).
_HOOK = """\
- id: gatekeeper-{name}
  name: {title}
  description: {description}
  entry: {entry}
  language: python
  always_run: true
{files}
  stages: [pre-commit, pre-merge-commit, pre-push, manual]
  minimum_pre_commit_version: "3.2.0"
"""
# Their names say what to report on: what is staged, what `--all-files` or `--from-ref` asks for, without what the user's `exclude` leaves out.
# One after the other, because each reads the whole index. Behind `--` a file called `--exit-zero` is a file.
_NAMED = "  args: [--]\n  pass_filenames: true\n  require_serial: true"
_WHOLE = "  pass_filenames: false"
_CHECK = "gatekeeper check --staged --only-named"
_HOOKS = (
    ("check", "gatekeeper check", "Hold status documents against the repository.", _CHECK, _NAMED),
    (
        "evidence",
        "gatekeeper check (evidence)",
        "Hold the evidence that documents give against the repository; nobody deletes what they cite.",
        f"{_CHECK} --select EV,DC",
        _NAMED,
    ),
    (
        "status",
        "gatekeeper check (status)",
        "Hold statuses, gates, claims and logs of documents against each other.",
        f"{_CHECK} --select ST,GA,CL,LG,DC",
        _NAMED,
    ),
    (
        "validate-env",
        "gatekeeper validate-env",
        "Hold environment files and what code reads against the policy.",
        "gatekeeper validate-env --staged",
        _WHOLE,
    ),
    (
        "validate-ai-runtime",
        "gatekeeper validate-ai-runtime",
        "Hold an AI runtime's guard rails against the policy.",
        "gatekeeper validate-ai-runtime --staged",
        _WHOLE,
    ),
    (
        "policy",
        "gatekeeper policy check",
        "Say everything that is wrong with the policy file.",
        "gatekeeper policy check --staged",
        _WHOLE,
    ),
)
HOOKS = "# Written by tools/generate.py; edit that.\n" + "".join(
    _HOOK.format(name=name, title=title, description=description, entry=entry, files=files)
    for name, title, description, entry, files in _HOOKS
)


def wanted() -> dict[str, str]:
    """Path -> text of every generated file."""
    return {
        ".pre-commit-hooks.yaml": HOOKS,
        "docs/cli.md": command_page(gatekeeper),
        "schemas/baseline.schema.json": schema_text(BaselineJson),
        "schemas/dashboard.schema.json": schema_text(DashboardJson),
        "schemas/ages.schema.json": schema_text(AgesJson),
        "schemas/fix.schema.json": schema_text(RepairJson),
        "schemas/difference.schema.json": schema_text(DifferenceJson),
        "schemas/documents.schema.json": schema_text(DocumentsJson),
        "schemas/history.schema.json": schema_text(HistoryJson),
        "schemas/gates.schema.json": schema_text(GatesJson),
        "schemas/plan.schema.json": schema_text(PlanJson),
        "schemas/packet-build.schema.json": schema_text(PacketBuildJson),
        "schemas/packet-diff.schema.json": schema_text(PacketDiffJson),
        "schemas/packet-manifest.schema.json": schema_text(PacketManifestJson),
        "schemas/packet-predicate.schema.json": schema_text(PacketPredicateJson),
        "schemas/packet-verify.schema.json": schema_text(PacketVerifyJson),
        "schemas/policy-check.schema.json": schema_text(PolicyCheckJson),
        "schemas/policy-show.schema.json": schema_text(PolicyShowJson),
        "schemas/policy.schema.json": policy_schema_text([rule for table in FAMILIES.values() for rule in table]),
        "schemas/policy-test.schema.json": schema_text(PolicyTestJson),
        "schemas/policy-mutations.schema.json": schema_text(PolicyMutationsJson),
        "schemas/policy-test-file.schema.json": test_file_schema_text(),
        "schemas/report.schema.json": schema_text(ReportJson),
        "schemas/rules.schema.json": schema_text(RulesJson),
        "schemas/waivers.schema.json": json.dumps(waivers_schema(), indent=2, ensure_ascii=False) + "\n",
        "schemas/waivers-report.schema.json": schema_text(WaiversJson),
        **rule_pages({family: [rule.info for rule in table] for family, table in FAMILIES.items()}),
    }


def stale_files(root: Path, files: Mapping[str, str]) -> list[str]:
    """The paths under a root that are missing, differ or should not be there, sorted."""
    differing = [path for path, text in files.items() if _read(root / path) != text]
    strays = [path.relative_to(root).as_posix() for path in (root / OWNED).glob("*.md")]
    return sorted({*differing, *(path for path in strays if path not in files)})


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.is_file() else None


def write_files(root: Path, files: Mapping[str, str]) -> list[str]:
    """Writes what is stale and deletes what should not be there; returns these paths."""
    stale = stale_files(root, files)
    for name in stale:
        path = root / name
        if name in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[name], "utf-8", newline="\n")
        else:
            path.unlink()
    return stale


def main(arguments: Sequence[str]) -> int:
    """Runs the generator and returns its exit code."""
    parser = argparse.ArgumentParser(description="Write the files that are made from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 with the names of the stale files")
    if not parser.parse_args(arguments).check:
        for name in write_files(ROOT, wanted()):
            print(f"wrote {name}")
        return 0
    stale = stale_files(ROOT, wanted())
    for name in stale:
        print(f"{name} is not what the code says", file=sys.stderr)
    if stale:
        print("run `make generate` (or `python tools/generate.py`) and commit what it writes", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
