"""Heading anchors."""

from __future__ import annotations

import pytest

from gatekeeper.link.anchors import anchor_of, find_anchors, has_anchor


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Sign-in", "sign-in"),
        ("Sign in & out", "sign-in--out"),
        ("1. Scope", "1-scope"),
        ("Version 1.2.0", "version-120"),
        ("`code` and **bold** and _thin_", "code-and-bold-and-thin"),
        ("snake_case stays", "snake_case-stays"),
        ("A [link](x.md) here", "a-link-here"),
        ("<a id='x'></a>Title", "title"),
        ("Größe: é", "größe-é"),
        ("✅ Done", "-done"),
        ("  Blanks  ", "blanks"),
    ],
)
def test_anchor_of(heading: str, anchor: str) -> None:
    assert anchor_of(heading) == anchor


def test_every_kind_of_anchor_is_found_and_code_is_not() -> None:
    text = (
        "# One #\n\n## One\n\nTwo\n===\n\nThree\n---\n\n```md\n# Not this\n```\n~~~~\n# Nor this\n~~~\n# Nor\n~~~~\n"
        "<a id=\"explicit\"></a> <a name='named'>x</a>\n## Four {#custom}\n(label)=\n#NoHeading\n    # four blanks\n"
    )
    found = find_anchors(text)
    assert {"one", "one-1", "two", "three", "explicit", "named", "custom", "label"} <= found
    assert not {"not-this", "nor-this", "nor", "noheading"} & found


def test_the_look_up_forgives_what_sites_do_differently() -> None:
    anchors = {"sign-in--out", "run"}
    for wanted in (
        "sign-in--out",
        "sign-in-out",
        "Sign-In--Out",
        "user-content-run",
        "run-1",
        "✅",
        "top",
        ":~:text=x",
    ):
        assert has_anchor(anchors, wanted), wanted
    for wanted in ("sign-in", "runs", "walk"):
        assert not has_anchor(anchors, wanted), wanted
