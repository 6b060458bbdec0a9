"""`gatekeeper packet` and `gatekeeper verify`, in real repositories and with the tools on the other side."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from gatekeeper.data import shipped
from gatekeeper.model.packet.refusal import Reason
from tests.conftest import Chronicle

PLAN = """\
# Sprint plan

| Sprint | Status | Gate | Evidence |
|---|---|---|---|
| Sprint 1 | Done | Build gate | `reports/junit.xml`, `scripts/build.sh` |
| Sprint 2 | In Progress | Launch gate | `docs/launch.md`, `.env.example` |
"""
JUNIT = '<testsuite name="pier" tests="2" failures="0"><testcase name="a"/><testcase name="b"/></testsuite>\n'
FILES = {
    "docs/plan.md": PLAN,
    "docs/launch.md": "# Launch\n\nStatus: In Progress\n\n- [x] tides\n- [ ] buoys\n",
    "reports/junit.xml": JUNIT,
    "scripts/build.sh": "#!/bin/sh\necho built\n",
    ".env.example": "PORT=8080\n",
}
DAY = ("--today", "2026-03-01")


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Gatekeeper in a process of its own."""
    command = [sys.executable, "-P", "-m", "gatekeeper", *arguments]
    given = {**os.environ, **environment}
    return subprocess.run(command, cwd=cwd, env=given, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def harbor(tmp_path: Path, make_chronicle: Callable[[Path], Chronicle]) -> Chronicle:
    made = make_chronicle(tmp_path / "harbor")
    made.commit("2026-02-01", FILES)
    return made


def built(harbor: Chronicle, name: str = "gate.zip", *flags: str, **environment: str) -> Path:
    target = harbor.root.parent / name
    ended = run(
        "packet", "build", "--gate", "Build gate", *DAY, "-o", str(target), *flags, cwd=harbor.root, **environment
    )
    assert ended.returncode == 0, ended.stderr
    return target


def reason(ended: subprocess.CompletedProcess[str]) -> str:
    assert ended.returncode == 5, (ended.stdout, ended.stderr)
    return ended.stderr.partition("[")[2].partition("]")[0]


def test_a_packet_of_a_gate_holds_what_the_gate_stands_on_and_verifies_against_the_repository(
    harbor: Chronicle,
) -> None:
    packet = built(harbor)
    with zipfile.ZipFile(packet) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.read("evidence/reports/junit.xml") == JUNIT.encode()
    roles = {file["path"]: file["role"] for file in manifest["files"]}
    assert roles == {"docs/plan.md": "document", "reports/junit.xml": "evidence", "scripts/build.sh": "evidence"}
    assert [gate["name"] for gate in manifest["gates"]] == ["Build gate"]
    assert manifest["repository"]["commit"] == harbor.git("rev-parse", "HEAD")
    assert manifest["repository"]["tree"] == harbor.git("rev-parse", "HEAD^{tree}")
    ended = run(
        "verify", str(packet), "--repo", str(harbor.root), "--expect-gate", "build GATE", cwd=harbor.root.parent
    )
    assert ended.returncode == 0, ended.stderr
    assert "3 files held against the repository's objects" in ended.stdout


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(shipped("schemas", f"{name}.schema.json").read_text("utf-8")))


def test_what_is_written_is_as_the_schemas_say(harbor: Chronicle, tmp_path: Path) -> None:
    packet = built(harbor)
    with zipfile.ZipFile(packet) as archive:
        names = ("manifest.json", "statement.json", "svr.json")
        manifest, statement, result = (json.loads(archive.read(name)) for name in names)
    assert result["predicate"]["properties"] == ["GATEKEEPER_GATE_MET:Build gate"]
    schema("packet-manifest").validate(manifest)
    schema("packet-predicate").validate(statement["predicate"])
    flags = ("packet", "build", "--all", *DAY, "-o", str(tmp_path / "b.zip"), "--format", "json")
    schema("packet-build").validate(json.loads(run(*flags, cwd=harbor.root).stdout))
    schema("packet-verify").validate(json.loads(run("verify", str(packet), "--format", "json", cwd=tmp_path).stdout))
    refused = run("verify", str(packet), "--expect-commit", "abc", "--format", "json", cwd=tmp_path)
    schema("packet-verify").validate(json.loads(refused.stdout))
    assert (refused.returncode, json.loads(refused.stdout)["reason"]) == (5, "other-commit")
    both = ("packet", "diff", str(packet), str(tmp_path / "b.zip"), "--format", "json")
    schema("packet-diff").validate(json.loads(run(*both, cwd=tmp_path).stdout))


def test_the_same_commit_gives_the_same_bytes_whatever_the_machine(harbor: Chronicle, tmp_path: Path) -> None:
    first = built(harbor).read_bytes()
    elsewhere = tmp_path / "another place" / "clone"
    shutil.copytree(harbor.root, elsewhere)
    for path in elsewhere.rglob("*.*"):
        if ".git" not in path.parts:
            os.utime(path, (1, 1))
    (elsewhere / "docs/plan.md").chmod(0o600)
    (elsewhere / "scratch.md").write_text("not committed\n")
    moved = Chronicle.__new__(Chronicle)
    moved.root = elsewhere
    settings = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "COLUMNS": "40"}
    assert built(moved, "second.zip", **settings).read_bytes() == first
    mask = os.umask(0o077)
    try:
        again = {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "8"}
        assert built(moved, "third.zip", **again).read_bytes() == first
    finally:
        os.umask(mask)


def test_plain_tools_accept_a_packet(harbor: Chronicle, tmp_path: Path) -> None:
    packet, folder = built(harbor), tmp_path / "unpacked"
    folder.mkdir()
    for command in (
        ["unzip", "-t", str(packet)],
        ["unzip", "-q", str(packet)],
        ["sha256sum", "--strict", "-c", "SHA256SUMS"],
    ):
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
    plain = Path(__file__).parents[2] / "packet" / "plain_verifier.py"
    ended = subprocess.run([sys.executable, str(plain), str(packet)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert run("verify", str(folder), cwd=tmp_path).returncode == 0
    (folder / "extra.txt").write_text("x")
    assert reason(run("verify", str(folder), cwd=tmp_path)) == Reason.EXTRA


def test_what_stands_only_on_disk_is_packed_with_worktree_alone_and_said_so(harbor: Chronicle) -> None:
    (harbor.root / "scripts/build.sh").write_text("#!/bin/sh\necho changed\n")
    with zipfile.ZipFile(built(harbor)) as archive:
        assert archive.read("evidence/scripts/build.sh") == FILES["scripts/build.sh"].encode()
    packet = built(harbor, "work.zip", "--worktree")
    with zipfile.ZipFile(packet) as archive:
        assert b"changed" in archive.read("evidence/scripts/build.sh")
        assert json.loads(archive.read("manifest.json"))["repository"]["source"] == "worktree"
    assert reason(run("verify", str(packet), "--repo", str(harbor.root), cwd=harbor.root)) == Reason.TAMPERED


def test_an_earlier_commit_can_be_packed(harbor: Chronicle) -> None:
    first = harbor.git("rev-parse", "HEAD")
    harbor.commit("2026-02-09", {"scripts/build.sh": "#!/bin/sh\n"})
    packet = built(harbor, "old.zip", "--ref", first[:10])
    assert run("verify", str(packet), "--expect-commit", first, cwd=harbor.root).returncode == 0
    later = harbor.git("rev-parse", "HEAD")
    assert reason(run("verify", str(packet), "--expect-commit", later, cwd=harbor.root)) == Reason.OTHER_COMMIT


def test_a_secret_in_any_input_is_in_no_byte_of_a_packet(harbor: Chronicle) -> None:
    word = "cAnArY7f3e9b1d5a2c8064"
    token = f"ghp_{word}"
    harbor.commit(
        "2026-02-02",
        {
            "docs/plan.md": f"{token}\n\n{PLAN}".replace(
                "`scripts/build.sh`",
                f"`scripts/build.sh`, `notes/{token}.md`, `.env`, `keys/server.pem`, `notes/utf16.txt`",
            ),
            f"notes/{token}.md": "named\n",
            "notes/utf16.txt": f"password = {word}\n".encode("utf-16"),
            ".env": f"TOKEN={word}\n",
            "keys/server.pem": f"{word}\n",
            "reports/junit.xml": JUNIT.replace("pier", f"Bearer {word}"),
            "scripts/build.sh": f"API_KEY='{word}' deploy {word}\n",
            ".gatekeeper.yml": f"# {token}\nexclude: ['{token}']\n",
            "waivers.yml": f"waivers:\n- {{rule: EV001, path: docs/plan.md, reason: '{token} {word}', owner: ada, expires: 2026-05-01}}\n",
        },
    )
    harbor.git("commit", "-q", "--allow-empty", "-m", f"message {token}")
    for flags in ((), ("--worktree",), ("--no-embed",)):
        packet = built(harbor, f"secret{len(flags)}{flags[:1]}.zip", *flags, DEPLOY_TOKEN=word).read_bytes()
        assert word.encode() not in packet
        assert word.encode("utf-16-le") not in packet
    with zipfile.ZipFile(harbor.root.parent / "secret0().zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert {one["path"] for one in manifest["left_out"]} >= {".env"}
    assert {file["path"] for file in manifest["files"] if file["redactions"]} >= {
        "scripts/build.sh",
        "reports/junit.xml",
        "notes/utf16.txt",
    }


def test_a_packet_can_be_signed_and_its_signer_held_against_a_list(harbor: Chronicle, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (tmp_path / "signers").write_text(f"release@example.org {key.with_suffix('.pub').read_text()}")
    packet = built(harbor, "signed.zip", "--sign-ssh", str(key))
    flags = ("--allowed-signers", str(tmp_path / "signers"), "--require-signature")
    ended = run("verify", str(packet), *flags, cwd=tmp_path)
    assert "signed by release@example.org" in ended.stdout, ended.stderr
    assert reason(run("verify", str(built(harbor)), *flags, cwd=tmp_path)) == Reason.UNSIGNED


def test_a_report_alone_is_written_for_print(harbor: Chronicle) -> None:
    page = built(harbor, "report.html", "--report", "html").read_text("utf-8")
    assert "Build gate" in page
    assert "<script" not in page
    digest = hashlib.sha256(JUNIT.encode()).hexdigest()
    assert digest in page
    text = built(harbor, "report.md", "--report", "md").read_text("utf-8")
    assert "## Files" in text
    assert "`reports/junit.xml`" in text
    assert "## Gate: Build gate" in text
    assert digest in text


def test_a_folder_is_written_whole_or_not_at_all(harbor: Chronicle) -> None:
    folder = built(harbor, "packet", "--folder")
    assert run("verify", str(folder), cwd=harbor.root).returncode == 0
    ended = run("packet", "build", "--all", *DAY, "--folder", "-o", str(folder), cwd=harbor.root)
    assert ended.returncode == 2
    assert "there is something already" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("packet", "build", "-o", "x.zip"), 2, "--gate"),
        (("packet", "build", "--all"), 2, "-o"),
        (("packet", "build", "--gate", "Buld gate", "-o", "x.zip"), 2, "did you mean"),
        (("packet", "build", "--all", "--ref", "nowhere", "-o", "x.zip"), 2, "no such commit"),
        (("packet", "build", "--all", "--worktree", "--ref", "HEAD", "-o", "x.zip"), 2, "one of them"),
        (("verify", "nothing.zip"), 2, "no such file"),
        (("verify", "docs/plan.md"), 5, "refused[malformed]"),
        (("packet", "inspect", "docs/plan.md"), 5, "refused[malformed]"),
        (("verify", "docs"), 5, "refused[missing]"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line_with_its_code(
    harbor: Chronicle, arguments: tuple[str, ...], code: int, word: str
) -> None:
    ended = run(*arguments, cwd=harbor.root)
    assert (ended.returncode, word in ended.stderr) == (code, True), ended.stderr
    assert not (harbor.root / "x.zip").exists()
    assert "Traceback" not in ended.stderr


def test_a_repository_without_gates_has_nothing_to_pack(
    tmp_path: Path, make_chronicle: Callable[[Path], Chronicle]
) -> None:
    plain = make_chronicle(tmp_path / "plain")
    plain.commit("2026-02-01", {"README.md": "# Nothing\n"})
    assert run("packet", "build", "--all", "-o", "x.zip", cwd=plain.root).returncode == 3


def test_two_packets_are_compared_by_verdicts_files_and_findings(harbor: Chronicle) -> None:
    before = built(harbor, "before.zip")
    harbor.commit("2026-02-09", {"scripts/build.sh": "#!/bin/sh\n", "reports/junit.xml": None})
    after = built(harbor, "after.zip")
    ended = run("packet", "diff", str(before), str(after), cwd=harbor.root)
    assert ended.returncode == 1, ended.stderr
    assert "~ scripts/build.sh" in ended.stdout
    assert "- reports/junit.xml" in ended.stdout
    assert run("packet", "diff", str(before), str(before), cwd=harbor.root).stdout == "no difference\n"


def test_inspect_shows_hostile_words_as_words(harbor: Chronicle) -> None:
    harbor.commit(
        "2026-02-02", {"docs/plan.md": PLAN.replace("`scripts/build.sh`", "`scripts/\x1b]0;evil\x07.sh` \u202e")}
    )
    ended = run("packet", "inspect", "-v", str(built(harbor)), cwd=harbor.root)
    assert ended.returncode == 0
    assert "\x1b" not in ended.stdout
    assert "\u202e" not in ended.stdout
