"""YAML as we take it: what a word means, and every kind of hostile file refused with its place, at once."""

from __future__ import annotations

import pytest
from documents import Doc
from hypothesis import given
from hypothesis import strategies as st

from console.operating_model.document import documents
from console.operating_model.problems import ModelErrors
from console.operating_model.syntax import DEEPEST, MOST_BYTES, scalar


def tree(text: str) -> dict[str, object]:
    (found,) = documents(Doc("a.yaml", text))
    return found.tree


def refused(text: str) -> list[str]:
    with pytest.raises(ModelErrors) as told:
        documents(Doc("a.yaml", text))
    return [f"{one.line}:{one.column} {one.text}" for one in told.value.problems]


@pytest.mark.parametrize(
    "word", ["12:30", "08:00-17:00", "on", "off", "yes", "no", "y", "0o17", "0x1f", "007", "1.10", "1e3", "1_000", "-0",
             ".inf", ".nan", "2026-11-26", "=", "+1"],
)  # fmt: skip
def test_what_is_no_number_stays_the_text_that_was_written(word: str) -> None:
    assert tree(f"a: {word}\nb: [{word}]\n") == {"a": word, "b": [word]}


def test_numbers_truths_and_nothing_are_read_and_quotes_make_text_of_them() -> None:
    assert tree("a: 24\nb: -3\nc: 99.5\nd: true\ne: FALSE\nf:\ng: ~\nh: null\n") == {
        "a": 24, "b": -3, "c": 99.5, "d": True, "e": False, "f": None, "g": None, "h": None,
    }  # fmt: skip
    assert tree("a: '24'\nb: \"true\"\nc: ''\nd: |\n  null\n") == {"a": "24", "b": "true", "c": "", "d": "null\n"}


def test_a_key_is_always_text() -> None:
    assert tree("2026: a\ntrue: b\n") == {"2026": "a", "true": "b"}


@given(st.text(max_size=30))
def test_a_number_is_written_back_as_it_stood(word: str) -> None:
    value = scalar(word)
    if isinstance(value, int | float) and not isinstance(value, bool):
        assert str(value) == word
    elif isinstance(value, str):
        assert value == word


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1]\nb: *x\n", "1:4 is not YAML as we take it: anchors and aliases (&, *) are not taken"),
        ("b: *x\n", "1:4 is not YAML as we take it: anchors and aliases (&, *) are not taken"),
        ("a: 1\n<<: {b: 2}\n", "2:1 merge keys (<<) are not taken; write it out"),
        ("a: 1\nb: {c: 2, c: 3}\n", "2:11 is not YAML as we take it: duplicate key 'c'; keep one"),
        ("a: !!python/object:os.system x\n", "1:4 tags (!) are not taken; write the value alone"),
        ("a: !!binary aGk=\n", "1:4 tags (!) are not taken"),
        ("? [a, b]\n: c\n", "1:3 is not YAML as we take it: a key must be one word"),
        ("a: 'b\n", "is not YAML as we take it: while scanning a quoted scalar"),
        ("- a\n", "1:1 is not a mapping; begin with `schema: 1`"),
        ("just words\n", "1:1 is not a mapping"),
        ("", "1:1 is empty or not a mapping; begin with `schema: 1`"),
        ("# only a comment\n", "is empty or not a mapping"),
        ("---\n---\n", "is empty or not a mapping"),
        ("a: x\x00y\n", "1:5 holds the character U+0000, which no text has"),
        ("a: 1\nb: \x1b[31m\n", "2:4 holds the character U+001B"),
        ("a: \ud800\n", "1:4 holds the character U+D800"),
        ("[" * 100_000, "is not YAML as we take it: nested deeper than 32"),
        ("{a: " * 100_000, "nested deeper than 32"),
        ("- " * 100_000, "nested deeper than 32"),
        ("a: " + "ü" * (MOST_BYTES // 2), "1:1 is larger than 8 MiB"),
        ("x" * 100_000_000, "1:1 is larger than 8 MiB"),
    ],
    ids=lambda text: text[:12].encode("ascii", "backslashreplace").decode(),
)  # fmt: skip
def test_what_is_not_taken_is_refused_with_its_place(text: str, said: str) -> None:
    told = refused(text)
    assert any(said in one for one in told) or "maximum nesting depth" in told[0], told


def test_laughs_by_the_billion_are_refused_at_the_first() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert refused("\n".join(lines)) == [
        "1:5 is not YAML as we take it: anchors and aliases (&, *) are not taken; write it out"
    ]
    merging = "b: &b {c: 1}\n" + "\n".join(f"d{n}: {{<<: *b}}" for n in range(1000))
    assert len(refused(merging)) == 1


def test_an_ampersand_or_a_star_in_words_is_no_anchor() -> None:
    text = 'a: ["*"]\nb: R&D\nc: x *y*\nd: "&x"  # *important* and &so on\n'
    assert tree(text) == {"a": ["*"], "b": "R&D", "c": "x *y*", "d": "&x"}


def test_as_deep_as_is_allowed_is_read() -> None:
    deep = DEEPEST - 2
    assert tree("a: " + "[" * deep + "]" * deep)


def test_all_double_keys_are_told_at_once() -> None:
    assert len(refused("a: 1\na: 2\nb: {c: 1, c: 2}\nd: !x 1\n")) == 3


@given(st.text(alphabet="ab:- \n{}[],&*!|>'\"#%@`?<~0189.\t\r\x85\ufeff", max_size=60))
def test_no_text_makes_the_parser_stumble(text: str) -> None:
    try:
        documents(Doc("a.yaml", text))
    except ModelErrors as errors:
        told = errors.problems
    else:
        told = ()
    assert all(one.line >= 1 and one.column >= 1 and one.text for one in told)
