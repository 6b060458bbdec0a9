"""Reading below one folder: whatever the path, nothing outside is reached."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gatekeeper.model.errors import UnreadableError
from gatekeeper.repo.disk import HAS_FOLDER_HANDLES, Disk, is_inside, to_bytes, to_path

WAYS = [pytest.param(False, id="resolved"), *([pytest.param(True, id="handles")] if HAS_FOLDER_HANDLES else [])]
SECRET = b"secret"


@pytest.fixture(params=WAYS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Disk:
    root = tmp_path.resolve() / "root"
    (root / "docs/deep").mkdir(parents=True)
    (root / "docs/a.md").write_bytes(b"a\n")
    (root / "docs/deep/b.md").write_bytes(b"b\n")
    (root / "top.md").write_bytes(b"top\n")
    (tmp_path / "secret.md").write_bytes(SECRET)
    return Disk(str(root), request.param)


def test_files_are_read_in_any_order(disk: Disk) -> None:
    for path, data in [
        ("top.md", b"top\n"),
        ("docs/deep/b.md", b"b\n"),
        ("docs/a.md", b"a\n"),
        ("docs/deep/b.md", b"b\n"),
    ] * 2:
        assert disk.read(path, 100) == data


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(disk: Disk) -> None:
    assert disk.read("top.md", 4) == b"top\n"
    with pytest.raises(UnreadableError, match="larger than 3 bytes"):
        disk.read("top.md", 3)


def test_a_sparse_giant_is_refused_without_being_read(disk: Disk, tmp_path: Path) -> None:
    os.truncate(tmp_path / "root/top.md", 1 << 40)
    with pytest.raises(UnreadableError, match="larger than"):
        disk.read("top.md", 1 << 21)


def test_a_file_without_a_size_is_held_to_the_limit() -> None:
    """The files of /proc say that they have no bytes, and then give some: like a file that grows while it is read."""
    if not Path("/proc/self/limits").is_file():
        pytest.skip("no /proc here")
    disk = Disk(f"/proc/{os.getpid()}")
    assert disk.read("limits", 100_000) == Path("/proc/self/limits").read_bytes()
    with pytest.raises(UnreadableError, match="larger than 10 bytes"):
        disk.read("limits", 10)


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "/",
        "../secret.md",
        "docs/../top.md",
        "docs//a.md",
        "./top.md",
        "docs/",
        "/etc/passwd",
        "a\0b",
        "docs/a.md\0",
    ],
)
def test_a_path_that_is_not_in_its_shortest_form_is_refused(disk: Disk, path: str) -> None:
    assert not is_inside(path)
    assert disk.find(path) is None
    with pytest.raises(UnreadableError, match="not a path inside"):
        disk.read(path, 100)


@pytest.mark.parametrize(
    "path", ["gone.md", "gone/a.md", "docs/gone.md", "\ud800.md", "C:\\secret.md", "..\\secret.md", "//server/share"]
)
def test_what_is_not_there_is_said_to_be_not_there(disk: Disk, path: str) -> None:
    assert disk.find(path) is None
    with pytest.raises(UnreadableError, match=r"not there|not a path inside"):
        disk.read(path, 100)


@pytest.mark.parametrize("path", ["link.md", "out/secret.md", "docs/up/secret.md", "in/a.md"])
def test_no_link_is_followed_not_even_to_the_inside(disk: Disk, tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    (root / "link.md").symlink_to("top.md")
    (root / "out").symlink_to(tmp_path)
    (root / "docs/up").symlink_to("../..")
    (root / "in").symlink_to("docs")
    with pytest.raises(UnreadableError, match="symbolic link"):
        disk.read(path, 100)
    assert (disk.find(path) is not None) == (path == "link.md")


def test_a_folder_is_found_and_not_read(disk: Disk) -> None:
    assert disk.find("docs") is not None
    with pytest.raises(UnreadableError, match="not a regular file"):
        disk.read("docs", 100)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(disk: Disk, tmp_path: Path) -> None:
    (tmp_path / "root/top.md").chmod(0)
    with pytest.raises(UnreadableError, match="permission denied"):
        disk.read("top.md", 100)


def test_names_that_are_not_utf8_come_back_as_they_are(disk: Disk, tmp_path: Path) -> None:
    raw = b"docs/\xff \"'\n\t.md"
    try:
        with open(os.fsencode(tmp_path / "root") + b"/" + raw, "wb") as file:  # noqa: PTH123
            file.write(b"odd")
    except OSError:
        pytest.skip("this disk has no such names")
    assert to_bytes(to_path(raw)) == raw
    assert disk.read(to_path(raw), 100) == b"odd"


def test_handles_are_given_back(tmp_path: Path) -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("no /proc here")
    for name in "abc":
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.md").write_bytes(b"x")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    disk = Disk(str(tmp_path.resolve()))
    for name in ("a/x.md", "b/x.md", "c/x.md", "c/gone.md", "gone/x.md", "a/x.md/y", "a"):
        disk.find(name)
        with suppress(UnreadableError):
            disk.read(name, 10)
    del disk
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


@pytest.mark.skipif(not HAS_FOLDER_HANDLES, reason="folders cannot be held open here")
@pytest.mark.parametrize(("victim", "trap"), [("docs", "folder"), ("docs/a.md", "file"), ("docs/a.md", "pipe")])
def test_a_path_that_is_swapped_all_the_time_never_gives_anything_else(tmp_path: Path, victim: str, trap: str) -> None:
    root = tmp_path.resolve() / "root"
    for folder, data in ((root / "docs", b"good"), (tmp_path / "outside", SECRET)):
        folder.mkdir(parents=True)
        (folder / "a.md").write_bytes(data)
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "file").symlink_to(tmp_path / "outside/a.md")
    os.mkfifo(root / "pipe")
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            (root / victim).rename(root / "away")
            (root / trap).rename(root / victim)
            (root / victim).rename(root / trap)
            (root / "away").rename(root / victim)

    thread = threading.Thread(target=swap)
    thread.start()
    given: set[bytes] = set()
    refused: set[str] = set()
    try:
        for turn in range(200_000):
            try:
                # A new reader each time: one that remembers the folder would not look at its name again.
                given.add(Disk(str(root)).read("docs/a.md", 100))
            except UnreadableError as error:
                refused.add(error.message)
            if turn > 3000 and given and refused:
                break
    finally:
        stop.set()
        thread.join()
    assert given == {b"good"}
    assert refused, "the race was never run"


PIECES = st.sampled_from(
    [
        "..",
        ".",
        "",
        "/",
        "\\",
        "docs",
        "a.md",
        "top.md",
        "link",
        "up",
        "secret.md",
        "C:",
        "\0",
        "~",
        "\n",
        "%2e%2e",
        "..\\",
        "//",
        "\udcff",
        "NUL",
    ]
)
PATHS = st.one_of(
    st.lists(PIECES, max_size=8).map("/".join),
    st.lists(PIECES, max_size=8).map("".join),
    st.text(max_size=30),
    st.builds("{}/{}".format, st.sampled_from(["/etc", "..", "link", "docs/up", "C:\\"]), st.text(max_size=10)),
)


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outer = tmp_path_factory.mktemp("trapped").resolve()
    (outer / "root/docs").mkdir(parents=True)
    (outer / "secret.md").write_bytes(SECRET)
    (outer / "root/top.md").write_bytes(b"inside")
    (outer / "root/docs/a.md").write_bytes(b"inside")
    (outer / "root/link").symlink_to(outer)
    (outer / "root/docs/up").symlink_to("../..")
    (outer / "root/passwd").symlink_to("/etc/passwd")
    return outer / "root"


@pytest.mark.parametrize("has_folder_handles", WAYS)
@given(path=PATHS)
@example(path="../secret.md")
@example(path="link/secret.md")
@example(path="docs/up/secret.md")
@example(path="/etc/passwd")
@example(path="passwd")
@example(path="docs/a.md")
def test_no_path_whatever_leaves_the_root(trapped: Path, has_folder_handles: bool, path: str) -> None:
    disk = Disk(str(trapped), has_folder_handles)
    with suppress(UnreadableError):
        assert disk.read(path, 1 << 20) == b"inside"
    found = disk.find(path)
    if found is not None:
        inodes = {entry.lstat().st_ino for entry in trapped.rglob("*")}
        assert found.st_ino in inodes
