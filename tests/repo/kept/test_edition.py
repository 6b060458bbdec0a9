"""Which gatekeeper it is: packages that come and go make another one of it."""

from __future__ import annotations

import os
from pathlib import Path

from gatekeeper.repo.kept.edition import _packages


def test_a_package_that_is_installed_makes_another_edition(tmp_path: Path) -> None:
    folder, other = tmp_path / "site-packages", tmp_path / "lib"
    path = [str(folder), str(other), str(tmp_path / "away" / "site-packages")]
    for one in (folder, other):
        one.mkdir()
        os.utime(one, (1, 1))
    before = _packages(path)
    (other / "cel").mkdir()
    assert _packages(path) == before
    (folder / "cel").mkdir()
    assert _packages(path) != before
