"""Reading: whoever parses a document, now or before, here or in another process, it is the same document."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.engine.intake import Job, parse_each
from gatekeeper.engine.kept import reading
from gatekeeper.engine.kept.reading import Reader
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.status import Status
from gatekeeper.parse.reader import ParseSettings
from gatekeeper.repo.kept.cache import Cache

TEXT = "# Board {0}\n\n| ID | Task | Status | Evidence |\n|---|---|---|---|\n| K-{0} | Kiln | Done | `src/kiln.py` |\n\n- [ ] K-2{0}: glaze\n"
ODD = [
    b"\xef\xbb\xbf# Bom\r\n- [x] A-1: b\r\n",
    b"\xff\xfea",
    b"caf\xe9\n- [x] A-1: b",
    b"\0",
    b"",
    "Ã©tat: fait âœ…\n".encode(),
    b"a: [1",
]


def jobs(count: int) -> list[Job]:
    texts = [TEXT.format(number).encode() for number in range(count)] + ODD
    plain = [Job(f"docs/{number}.md", data, ParseSettings()) for number, data in enumerate(texts)]
    named = Job("docs/law.md", texts[0], ParseSettings({"Done": Status.REVIEW}, DocumentKind.TRACKER))
    return [*plain, named, Job("a.yml", b"status: done\nid: K-9\n", ParseSettings())]


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps and shares whatever there is, however little."""
    monkeypatch.setattr(reading, "_WORTH_KEEPING_BYTES", 0)
    monkeypatch.setattr(reading, "_WORTH_A_PROCESS_BYTES", 0)


@pytest.mark.parametrize(("count", "kind"), [(1, ""), (2, "fork"), (8, "fork"), (2, "spawn")])
@pytest.mark.parametrize("with_cache", [False, True])
def test_every_number_and_kind_of_processes_reads_the_same(
    eager: None, tmp_path: Path, count: int, kind: str, with_cache: bool
) -> None:
    if os.name == "nt" and kind == "fork":
        pytest.skip("no fork")
    cache = Cache(str(tmp_path / "cache") if with_cache else "")
    asked = jobs(40)
    for _ in range(2):
        with Reader(cache, count, kind) as reader:
            assert reader(asked) == parse_each(asked)


def test_what_was_parsed_before_is_not_parsed_again(
    eager: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, asked = Cache(str(tmp_path / "cache")), jobs(5)
    expected = parse_each(asked)
    with Reader(cache, 1) as reader:
        reader(asked)
    parsed = []
    monkeypatch.setattr(reading, "parse_document", lambda *job: parsed.append(job[0]) or parse_each([Job(*job)])[0])
    with Reader(cache, 1) as reader:
        assert reader(asked) == expected
        assert parsed == []
        changed = [asked[0]._replace(data=b"# Other\n"), asked[1]._replace(path="b.md")]
        changed.append(asked[2]._replace(settings=ParseSettings({"Done": Status.BLOCKED})))
        assert reader(changed) == parse_each(changed)
        assert parsed == ["docs/0.md", "b.md", "docs/2.md"]


@given(text=st.text(max_size=200), head=st.sampled_from(["", "\ufeff", "# Board\n\n- [x] A-1: "]))
def test_a_document_survives_the_way_through_bytes(text: str, head: str) -> None:
    job = Job("docs/a.md", (head + text).encode("utf-8", "surrogatepass"), ParseSettings())
    with Reader(Cache(""), 1) as reader:
        (expected,) = parse_each([job])
        assert reader._open(reading._encode(job, expected), job) in (expected, None)


def test_a_document_that_cannot_be_kept_is_parsed_each_time(eager: None, tmp_path: Path) -> None:
    asked = [Job("docs/\udce9.md", b"# Board\n- [x] A-1: b\n", ParseSettings()), *jobs(2)]
    for count in (1, 2):
        with Reader(Cache(str(tmp_path / "cache")), count) as reader:
            assert reader(asked) == parse_each(asked)


@pytest.mark.skipif(os.name == "nt", reason="no process groups")
def test_an_interrupt_ends_every_process_and_says_so(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for number in range(400):
        (root / f"{number}.md").write_text("".join(TEXT.format(f"{number}-{part}") for part in range(20)))
    words = [sys.executable, "-m", "gatekeeper", "check", "--no-cache", "-j", "2", "-q"]
    run = subprocess.Popen(words, cwd=root, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while len(group_of(run.pid)) < 3 and time.monotonic() < deadline:
        assert run.poll() is None, "it ended before there was anything to interrupt"
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(20) == 130
    while group_of(run.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert group_of(run.pid) == []
    assert b"Traceback" not in run.communicate()[1]


def group_of(leader: int) -> list[int]:
    """The processes of a group that are not yet gone."""
    found = []
    for entry in Path("/proc").iterdir() if Path("/proc/self/stat").exists() else ():
        try:
            words = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
        except OSError:
            continue
        if words and int(words[2]) == leader and words[0] != "Z":
            found.append(int(entry.name))
    return found
