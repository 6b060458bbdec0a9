"""Secrets are blanked out before anything is hashed, in place, and each line of them is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.redact import Redactor, is_kept_out

SECRET = "ghp_cAnArY7f3e9b1d5a2c8064"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_secret_is_blanked_out_where_it_stands_in_any_encoding(encoding: str) -> None:
    data = f"one ü\r\ntoken {SECRET}\nthree\n".encode(encoding)
    blanked, redactions = Redactor().data(data, "a.md")
    assert len(blanked) == len(data)
    assert blanked.decode(encoding) == f"one ü\r\ntoken ghp_{'*' * 22}\nthree\n"
    assert redactions == (("secret", 2),)


def test_a_value_of_the_environment_is_blanked_out_wherever_it_stands() -> None:
    redactor = Redactor(["hunter22", "tiny"])
    assert redactor.data(b"x = hunter22!\ntiny\n", "a.sh") == (b"x = ********!\ntiny\n", (("secret", 1),))
    with pytest.raises(Refused) as error:
        redactor.check(b"<p>hunter22</p>", "report.html")
    assert error.value.reason is Reason.SECRET
    assert "hunter22" not in str(error.value)


def test_the_texts_of_json_are_cleared_with_their_names() -> None:
    assert Redactor().value({SECRET: [SECRET, 7, None, {"a": SECRET}]}) == {
        f"ghp_{'*' * 22}": [f"ghp_{'*' * 22}", 7, None, {"a": f"ghp_{'*' * 22}"}]
    }


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_their_count_stays_and_a_second_pass_changes_nothing(data: bytes) -> None:
    blanked, _ = Redactor(["secret-value"]).data(data, "a.bin")
    assert len(blanked) == len(data)
    assert Redactor(["secret-value"]).data(blanked, "a.bin") == (blanked, ())


@pytest.mark.parametrize(
    "path",
    [".env", "a/.env.production", "deploy/prod.env", ".ssh/id_ed25519", "tls/server.key", "tls/server.PEM", ".npmrc"],
)
def test_files_of_keys_and_environments_are_kept_out_by_name(path: str) -> None:
    assert is_kept_out(path)


@pytest.mark.parametrize(
    "path", ["docs/environment.md", "src/env.py", "keys.md", "id_ed25519.pub", "a.env.md", ".env.example"]
)
def test_files_that_only_sound_like_it_are_packed(path: str) -> None:
    assert not is_kept_out(path)
