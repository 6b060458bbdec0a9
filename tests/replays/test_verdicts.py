"""Every ERROR that the shared corpus yields was judged by reading both places; `verdicts.yml` holds the verdicts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

SHARED = Path(__file__).resolve().parents[3] / "shared"
DOCUMENTS = SHARED / "corpus" / "documents"
LEDGER = Path(__file__).with_name("verdicts.yml")
PRECISION = 0.95

pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the shared corpus is not beside this checkout")


def lay_out(repository: Path, target: Path) -> None:
    """The documents at their paths, and an empty file at every other path that the repository had."""
    for path in (repository / "FILES.txt").read_text("utf-8").splitlines():
        place, source = target / path, repository / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source.read_bytes() if source.is_file() else b"")
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for arguments in (["init", "-q"], ["add", "-A", "-f"]):
        subprocess.run(["git", *arguments], cwd=target, check=True, env=quiet)


def errors_of(repository: Path, target: Path) -> dict[str, str]:
    """Place and message of each error, by fingerprint."""
    lay_out(repository, target)
    done = subprocess.run(
        [sys.executable, "-m", "gatekeeper", "check", "--format", "json"],
        cwd=target,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return {
        finding[
            "fingerprint"
        ]: f"{repository.name} {finding['path']}:{finding['line']} {finding['code']} {finding['message']}"
        for finding in json.loads(done.stdout)["findings"]
        if finding["severity"] == "error"
    }


def test_every_error_of_the_corpus_was_judged_and_nearly_all_are_true(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = {entry["fingerprint"]: entry for entry in yaml.safe_load(LEDGER.read_text("utf-8"))}
    assert {entry["verdict"] for entry in ledger.values()} <= {"true", "false", "arguable"}
    found: dict[str, str] = {}
    for repository in sorted(path for path in DOCUMENTS.iterdir() if path.is_dir()):
        target = tmp_path / repository.name
        target.mkdir()
        found |= errors_of(repository, target)
    assert [words for fingerprint, words in found.items() if fingerprint not in ledger] == []
    right = sum(ledger[fingerprint]["verdict"] == "true" for fingerprint in found)
    with capsys.disabled():
        print(f"\nERRORs of the corpus: {right} of {len(found)} true, precision {right / len(found):.3f}")
    assert right / len(found) >= PRECISION
