"""Links to places at the commit: known forges, templates of the user's, and nothing else of a remote's URL."""

from __future__ import annotations

import pytest

from gatekeeper.model.errors import ConfigError
from gatekeeper.render.board.links import Links, checked_template, find_template, repository_name

GITHUB = "https://github.com/o/r/blob/{commit}/{path}?plain=1#L{line}"
GITLAB = "https://gitlab.com/g/s/r/-/blob/{commit}/{path}?plain=1#L{line}"


@pytest.mark.parametrize(
    ("remote", "template"),
    [
        ("https://github.com/o/r.git", GITHUB),
        ("https://github.com/o/r/", GITHUB),
        ("git@github.com:o/r.git", GITHUB),
        ("ssh://git@github.com:22/o/r.git", GITHUB),
        ("git@gitlab.com:g/s/r.git", GITLAB),
        ("https://gitlab.com/g/s/r", GITLAB),
        ("https://code.example/o/r", ""),
        ("/srv/git/r.git", ""),
        ("../r", ""),
        ("ext::sh -c github.com/o/r", ""),
        ("https://github.com/o/r\n<script>", ""),
        ("https://github.com/{path}/r", ""),
        ("", ""),
    ],
)
def test_the_page_of_a_line_by_the_remote(remote: str, template: str) -> None:
    assert find_template(remote) == template


def test_of_a_remote_nothing_is_kept_but_host_and_path() -> None:
    for remote in ("https://user:ghp_secret@github.com/o/r.git", "https://ghp_secret@github.com/o/r"):
        assert find_template(remote) == GITHUB
        assert repository_name(remote) == "o/r"
    assert repository_name("https://user:ghp_secret@github.com/") == ""
    assert repository_name("ghp_secret@nowhere") == ""


def test_a_path_is_quoted_whatever_it_holds() -> None:
    links = Links(GITHUB, "c" * 40)
    address = links.to('a b/#1?x=<"{line}">%/\udcff.md', 7)
    assert address.startswith(f"https://github.com/o/r/blob/{'c' * 40}/a%20b/%231%3Fx%3D%3C%22%7Bline%7D%22%3E%25/")
    assert address.endswith(".md?plain=1#L7")
    assert address.isascii()


def test_without_template_commit_or_path_there_is_no_link() -> None:
    assert Links("", "c").to("a.md") == Links(GITHUB, "").to("a.md") == Links(GITHUB, "c").to("") == ""


def test_the_page_of_a_commit_where_the_forge_is_known() -> None:
    assert Links(GITHUB).to_commit("abc") == "https://github.com/o/r/commit/abc"
    assert Links(GITLAB).to_commit("abc") == "https://gitlab.com/g/s/r/-/commit/abc"
    assert Links("https://x.example/{path}").to_commit("abc") == ""


def test_templates_of_the_user() -> None:
    assert checked_template("http://git.example/{path}") == "http://git.example/{path}"
    for wrong in (
        "javascript:{path}",
        "{path}",
        "https://x/{path}{file}",
        "https://x/",
        "https://x/ {path}",
        'https://x/"{path}',
        "//x/{path}",
    ):
        with pytest.raises(ConfigError):
            checked_template(wrong)
