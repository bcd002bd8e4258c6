"""An invitation as one line of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.token import PREFIX, NotAToken, Token, read, seed, user_of, written

TOKEN = Token("0a1b2c3d", "console.example:2222", "SHA256:abc/def+ghi", "A" * 43)


def test_a_token_comes_back_as_it_was_also_with_line_breaks() -> None:
    line = written(TOKEN)

    assert read(line) == TOKEN
    assert read(f"  {line[:40]}\n{line[40:]}\n") == TOKEN


def test_its_secret_is_not_shown() -> None:
    assert TOKEN.secret not in repr(TOKEN)
    assert TOKEN.secret not in f"{TOKEN}"


def test_both_sides_derive_the_same_seed_and_no_other_token_does() -> None:
    other = Token("0a1b2c3e", TOKEN.address, TOKEN.host_key, TOKEN.secret)

    assert seed(TOKEN) == seed(read(written(TOKEN)))
    assert len(seed(TOKEN)) == 32
    assert seed(TOKEN) != seed(other)
    assert user_of(TOKEN.token_id) == "join-0a1b2c3d"


@given(st.integers(min_value=len(PREFIX), max_value=len(written(TOKEN)) - 1))
def test_every_altered_letter_is_noticed(place: int) -> None:
    line = written(TOKEN)
    other = "x" if line[place] != "x" else "y"

    with pytest.raises(NotAToken, match="damaged"):
        read(line[:place] + other + line[place + 1 :])


@given(st.text(max_size=80))
def test_other_text_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(NotAToken, match=r"begins with|damaged"):
        read(text)
