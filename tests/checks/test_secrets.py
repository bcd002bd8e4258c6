"""What looks like a secret, and what does not."""

from __future__ import annotations

import hashlib
import random
import string

import pytest

from checks.secrets import secrets
from console.operating_model.examples import example, written_records

LETTERS = string.ascii_letters + string.digits


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "a private key"),
        ("PuTTY-User-Key-File-3: ssh-ed25519", "a private key"),
        ("watchbill1_abcdefghijklmnopqrstuv", "a join token"),
        ("token ghp_0123456789abcdefghijABCDEF", "an access token"),
        ("AKIAIOSFODNN7EXAMPLE", "a cloud key"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc", "a signed token"),
        ("probe: http://admin:hunter2@nas/", "a password in an address"),
        ("password: hunter2", "a password or key"),
        ('"db_password": "hunter2"', "a password or key"),
        ("the PASSWORD = hunter2", "a password or key"),
        ("api_key=abc", "a password or key"),
        ("Kennwort: geheim", "a password or key"),
        ("client-secret: s3cr3t", "a password or key"),
        ("token: abcdef", "a password or key"),
    ],
)
def test_a_secret_is_told_by_its_kind_and_line(text: str, kind: str) -> None:
    assert [(one.line, one.kind) for one in secrets(f"fine\n{text}\nfine")] == [(2, kind)]


def test_long_random_strings_are_found_whatever_letters_they_are_made_of() -> None:
    dice = random.Random(7)
    for letters, length in ((LETTERS, 40), (LETTERS + "+/", 44), ("0123456789abcdef", 40), (LETTERS + "-_", 43)):
        for _ in range(50):
            text = "".join(dice.choice(letters) for _ in range(length))
            assert [one.kind for one in secrets(f"note: {text} end")], text


@pytest.mark.parametrize(
    "text",
    [
        "A lost password is asked for by phone; nobody writes one down",
        "password: null",
        'password: ""',
        "passwords are handed over from person to person",
        "compass: north",
        "password: {site: main}",
        "tokens of thanks, token-ring",
        f"sha256 {hashlib.sha256(b'x').hexdigest()}",
        f'"sha256": "{hashlib.sha256(b"x").hexdigest()}"',
        "SHA256:uv5wkiWjLMEeyXKSVp4cVshrn6L1YC75kmEe3KQwGrA",
        "/srv/backup/2026/11/12/erp01/database/postgresql-security-2026-11",
        "postgresql-security-update-for-the-second-half-of-2026-11",
        "550e8400-e29b-41d4-a716-446655440000",
        "+1-865-555-0101 dana@msp.example 2026-11-12T19:00:00-05:00",
        "=" * 80,
        "Donaudampfschiffahrtsgesellschaftskapitaen",
    ],
)
def test_words_hashes_paths_and_addresses_are_no_secrets(text: str) -> None:
    assert list(secrets(text)) == []


def test_the_example_has_none() -> None:
    assert [one for file in (*example("brackwater"), written_records("brackwater")) for one in secrets(file.text)] == []


def test_a_random_string_beside_a_hash_is_still_found() -> None:
    line = f"sha256 {hashlib.sha256(b'x').hexdigest()} {hashlib.sha256(b'y').hexdigest()}"
    assert [one.kind for one in secrets(line)] == ["a long random string"]
