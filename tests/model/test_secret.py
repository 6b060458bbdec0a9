"""What looks like a secret is masked, and what only speaks of one stays."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.model.environment.secret import mask
from gatekeeper.render.json_text import dump

MASKED = [
    ("password: S3cr3ts9", "password: ********"),
    ("password=12345678", "password=********"),
    ("AKIAIOSFODNN7EXAMPLE", "AKIA****************"),
    ("key ghp_abcdEFGH1234567890abcdEFGH1234567890", "key ghp_************************************"),
    ("github_pat_11AAAAAAA0abcdefgh_ABCDEFGHIJ", "github_pat_*****************************"),
    ("'ghp_abcdEFG…' cut", "'ghp_*******…' cut"),
    ("password = hunter2", "password = *******"),
    ("Password: hunter2", "Password: *******"),
    ('"api_key": "some words here"', '"api_key": ***** ***** *****'),
    ("DB_PASSWORD='s3cr3t'", "DB_PASSWORD=********"),
    ("token: abc123def456", "token: ************"),
    ("postgres://user:pa55@db.io/x", "postgres://user:****@db.io/x"),
    ("Authorization: Bearer abcdef1234567890abcdef", "Authorization: Bearer **********************"),
    ("sk-proj-abcDEF123456ghijkl", "sk-proj-******************"),
    ("sk-ABCDEFGHIJKLMNOPQRST12", "sk-**********************"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-_123", "eyJ**********************************************"),
    (
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "https://hooks.slack.com/services/********************************************",
    ),
    (
        "-----BEGIN RSA PRIVATE KEY----- MIIEpAIBAAKCAQEA -----END RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY----- **************** -----END RSA PRIVATE KEY-----",
    ),
    (
        "MIIEpAIBAAKCAQEA1c7+9z5Pad7OejecsQ0bu3aumV6gLdkeAMNuq1PrJwIDAQAB",
        "****************************************************************",
    ),
    ("xoxb-123456789012-abcdefghij", "xoxb-***********************"),
    ("secret=Tr0ub4dor&3", "secret=***********"),
    ("client_secret => 'abcd'", "client_secret => ******"),
    ("**Password:** hunter2!", "**Password:** ********"),
    (
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "AWS_SECRET_ACCESS_KEY=****************************************",
    ),
    ("npm_abcdefghijklmnopqrstuvwxyz0123456789", "npm_************************************"),
    ("whsec_abcdefgh", "whsec_********"),
]
KEPT = [
    "MAIL_API_KEY=your-key-here",
    "password = change-me",
    "token_key = 4096",
    "tokens=128000",
    "secret: v1.2",
    "Password: required",
    "| Token refresh | Done |",
    "Secret: docs/secret-rotation.md",
    "token: T-12",
    "Tokens: 128000",
    "secret: 2026-01-05",
    "Password reset: done",
    "token = process.env.TOKEN",
    "password: ${DB_PASSWORD}",
    'password = getPassword("x")',
    "task-force-2026-plan",
    "sk-translation-progress",
    "npm_config_registry",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "'Done' here, but 2 of 11 rows are pending (lines 288, 290)",
    "Secret scanning: passed",
    "https://example.org/a:b/c",
    "Basic authentication",
    "password policy: at least 12 characters",
    "API keys: rotated",
    "secret: vault/path/to",
    "API key: rotated",
    "token: [link](docs/token.md)",
    "hf_transformers_models",
    "key: STORY-1.2",
    "Refresh token: RT-4b",
    "Token: `docs/auth.md`",
    "src/components/Dashboard1/widgets/Chart/index/parts/lines/Axis/foo",
    "Passcode: in progress",
    "api-key: not-started",
    "PASSWORD=abc",
    "-----BEGIN PUBLIC KEY----- MIIBIjANBgkq",
    "ASIAPACIFIC region",
    "author: ada <ada@harbor.io>",
    "sha512-only the name",
]
PIECES = [
    "ghp_", "sk-", "AKIA", "eyJ", "SG.", "npm_", "xoxb-", "token", "password",
    "api-key", " = ", ": ", "=>", '"', "'", "`", "a", "B", "7", ".", "/", "-", "_", "(", "]",
    "://", "@", "Bearer ", "-----BEGIN PRIVATE KEY-----", "-----END", "\n", "*", "$", "aB3aB3aB3aB3aB3aB3",
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), MASKED)
def test_what_is_masked(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize("text", KEPT)
def test_what_stays(text: str) -> None:
    assert mask(text) == text


def test_a_private_key_of_many_lines_is_masked_line_by_line() -> None:
    key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\nAwEHoUQD\n-----END EC PRIVATE KEY-----\nafter"
    assert mask(key) == key.replace("MHcCAQEE", "*" * 8).replace("AwEHoUQD", "*" * 8)
    assert mask(key[:40]) == key[:31] + "*" * 8 + "\n"


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text())
def test_it_keeps_the_length_and_what_is_no_secret(text: str) -> None:
    shown = mask(text)
    assert len(shown) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, shown, strict=True))


def test_strings_and_keys_of_json_are_masked() -> None:
    assert dump({"a": ["ghp_abcd1234", {"b ghp_abcd1234": 1.5}, ("x\nghp_abcd1234",)], "n": None}, 2) == (
        '{\n  "a": [\n    "ghp_********",\n    {"b ghp_********": 1.5},\n    ["x\\nghp_********"]\n  ],\n  "n": null\n}'
    )


@pytest.mark.parametrize(
    "piece",
    [
        "token=", 'token="', "a://b:", "-----BEGIN PRIVATE KEY-----", "sk-", "bearer ", "xoxb-", "A", "/", "token:   ", "password = a/",
        "eyJ", "eyJaaaaaaaaaaaa.", "hooks.slack.com/services/", "api_", "secret`", "AKIA", "://",
    ],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    mask(piece * 10)
    start = time.process_time()
    mask(text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("before", ["", "see ", "\u6d77\u6e2f ", "\U0001f6a2\n", "x" * 300 + " "])
def test_a_line_of_a_key_is_found_whatever_stands_before_it(before: str) -> None:
    line = "aB3" * 21 + "Z"
    assert len(line) == 64
    assert mask(f"{before}{line}\n") == f"{before}{'*' * 64}\n"
    assert mask(f"{before}{line[:63]}\n") == f"{before}{line[:63]}\n"
