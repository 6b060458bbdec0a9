"""Policies that mean harm: each is refused in under a second, with a place and a hint."""

from __future__ import annotations

import time

import pytest

from gatekeeper.engine.law import read_policy
from gatekeeper.model.errors import PolicyError

BOMB = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30))
HOSTILE = {
    "aliases": BOMB,
    "ten megabytes": "# " + "x" * 10_000_000,
    "ten megabytes of text": "exclude: ['" + "x" * 10_000_000 + "']",
    "depth": "rules: " + "[" * 60_000,
    "depth by blocks": "\n".join(" " * n + "a:" for n in range(2_000)),
    "many values": "exclude:\n" + "- 7\n" * 60_000,
    "many unknown keys": "\n".join(f"key{n}: 1" for n in range(9_000)),
    "many unknown rules": "rules:\n" + "\n".join(f"  XX{n}: off" for n in range(9_000)),
    "many wrong values": "exclude:\n" + "- 7\n" * 19_000,
    "many wrong statuses": "statuses:\n" + "\n".join(f"  a{n}: dnoe" for n in range(9_000)),
    "one long word": f"rules: {{{'x' * 900}: off}}\nstatuses: {{a: {'y' * 200_000}}}",
    "a number without end": "rules: {EV005: {options: {names: 1e999}}}",
    "a tag": "!!python/object/apply:os.system ['true']",
    "a reference": "rules: {$ref: 'https://example.org/law.json'}",
    "a merge key": "rules:\n  <<: {EV001: off}\n",
    "a second document": "rules: {}\n---\nrules: {EV001: off}\n",
    "not a file of text": "rules: {EV001: off}\0",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_harm_is_refused_in_under_a_second(name: str) -> None:
    read_policy("warm.yml", b"rules: {}")
    data = HOSTILE[name].encode()
    start = time.process_time()
    with pytest.raises(PolicyError) as caught:
        read_policy("p.yml", data)
    assert time.process_time() - start < 1
    assert caught.value.hint
    assert caught.value.where.startswith("p.yml")
    assert len(str(caught.value)) < 500


def test_what_is_behind_the_end_of_a_document_is_no_second_one() -> None:
    read_policy("p.yml", b"rules: {}\n# words\n...\n# more\n\n")
