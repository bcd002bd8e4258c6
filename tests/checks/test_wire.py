"""A check-in as bytes and back; everything else is refused by name."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import wire
from checks.reading import CheckIn, CheckName, Dropped, Gap, Item, Machine, Reading, Why
from checks.strict import MOST_DIGITS, MOST_STRUCTURE

DEEP = b"[" * 17 + b"]" * 17
GOLDEN = Path(__file__).parents[1] / "golden" / "wire" / "v1"


def a_check_in(seq: int = 1) -> CheckIn:
    """One of everything that a check-in can carry."""
    return CheckIn(
        epoch="0123456789abcdef0123456789abcdef",
        seq=seq,
        taken_at=1_800_000_000,
        boot_id="4cbb0f5e-5a6c-4d5f-9d55-5b9b4b0f1c11",
        uptime=86_400.5,
        pace=300,
        agent="0.1.0",
        machine=Machine("fs01", "debian-12", "Debian GNU/Linux 12 (bookworm)", "6.1.0", "x86_64"),
        readings=(
            Reading(CheckName("disk"), "/", 0.97, 1_800_000_000, 1_800_000_300),
            Reading(CheckName("newest_file"), "dump", None, 1_800_000_000, 1_800_000_300),
            Reading(
                CheckName("updates"), "", 1.0, 1_799_990_000, 1_800_011_600, (Item("zlib", "1 → 2", 1_799_000_000),)
            ),
        ),
        gaps=(Gap(CheckName("swap"), "", Why.NOT_HERE, "no swap", 1_800_000_000, 1_800_000_300),),
        dropped=(Dropped(3, 9, 7, "the spool was full"),),
        durations={"disk": 0.001},
    )


def framed(body: bytes, encoding: int = 0) -> tuple[bytes, bytes]:
    return wire.HEADER.pack(len(body), encoding), body


def test_a_check_in_comes_back_as_it_was() -> None:
    body = wire.encode_check_in(a_check_in())

    assert wire.decode_check_in(body) == a_check_in()


def test_the_sample_of_version_1_is_read_for_ever() -> None:
    body = (GOLDEN / "checkin.json").read_bytes()
    frame = (GOLDEN / "carry.frame").read_bytes()

    assert wire.decode_check_in(body) == a_check_in()
    message = wire.from_agent(frame[:5], frame[5:])
    assert isinstance(message, wire.Carry)
    assert wire.opened(message) == body


@pytest.mark.parametrize("name", ["hello", "carry", "join", "leave"])
def test_what_the_first_agent_said_is_read_for_ever(name: str) -> None:
    message = wire.from_agent(*framed((GOLDEN / "first" / f"{name}.json").read_bytes()))

    assert type(message).__name__.lower() == name
    if isinstance(message, wire.Carry):
        assert wire.decode_check_in(wire.opened(message)).machine.hostname == "fs01"


@pytest.mark.parametrize("name", ["welcome", "ack", "refusal", "joined", "left"])
def test_what_the_first_console_said_is_read_for_ever(name: str) -> None:
    message = wire.from_console(*framed((GOLDEN / "first" / f"{name}.json").read_bytes()))

    assert type(message).__name__.lower() == name


@pytest.mark.parametrize(
    "message",
    [
        wire.Hello("0" * 32, 7, "boot", 1.5, 1_800_000_000, "0.1.0"),
        wire.Join("ssh-ed25519 AAAA", Machine("h", "x-1")),
        wire.Leave(),
        wire.carry(wire.encode_check_in(a_check_in())),
    ],
)
def test_every_message_of_an_agent_survives_its_frame(message: wire.FromAgent) -> None:
    frame = wire.frame(message)

    assert wire.body_length(frame[:5]) == len(frame) - 5
    assert wire.from_agent(frame[:5], frame[5:]) == message


@pytest.mark.parametrize(
    "message",
    [
        wire.Welcome(9, 1_800_000_000),
        wire.Ack("0" * 32, 1, "ab", live=True),
        wire.Refusal(wire.Refused.RETRY_LATER, "full", 30),
        wire.Joined("a-1", "mill", "main", "box"),
        wire.Left(),
    ],
)
def test_every_message_of_the_console_survives_its_frame(message: wire.FromConsole) -> None:
    frame = wire.frame(message)

    assert wire.from_console(frame[:5], frame[5:]) == message


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "not a message"),
        (b"[" * 17 + b"]" * 17, "16 deep"),
        (b"[" * 100_000, "16 deep"),
        (b'{"kind":"leave","x":"\\\\\\\\","y":' + DEEP + b"}", "16 deep"),
        (b'{"kind":"leave","x":[' + b"0," * MOST_STRUCTURE + b"0]}", f"more than {MOST_STRUCTURE} quotes, commas"),
        (b'{"kind":"leave","x":"' + rb"\n" * MOST_STRUCTURE + b'"}', "backslashes"),
        ('{"kind":"leave","é":1,"\\u00e9":2}'.encode(), "stands twice"),
        (b'{"kind":"leave","x":[{"a":1},[{"b":{"c":1,"c":2}}]]}', "stands twice"),
        (b'{"kind":"leave","x":-1.' + b"9" * MOST_DIGITS + b"}", "more than 100 digits"),
        (b'{"kind":"leave","x":"\xff"}', "not JSON"),
        (b'{"kind":"leave","kind":"leave"}', "stands twice"),
        (b'{"kind":"hello","epoch":"a","newest":NaN}', "not JSON"),
        (b'{"kind":"hello","epoch":"a","newest":Infinity}', "not JSON"),
        (b'{"kind":"hello","epoch":"a","newest":' + b"9" * 5000 + b"}", "not JSON|not a message"),
        (b'{"kind":"of-tomorrow"}', "not a message"),
        (b'{"kind":"leave","v":2}', "version 2"),
    ],
)
def test_what_is_not_a_message_is_refused_by_name(body: bytes, said: str) -> None:
    with pytest.raises(wire.NotAMessage, match=said):
        wire.from_agent(*framed(body))


@pytest.mark.parametrize(
    "more", [DEEP, rb"\\" + DEEP, DEEP + rb"\\", rb"\"" + DEEP, rb"\\\"" + DEEP, rb"\u005c" + DEEP, b"9" * 101 + b":,:"]
)
def test_what_stands_in_a_string_is_nested_in_nothing(more: bytes) -> None:
    assert wire.from_agent(*framed(b'{"kind":"leave","x":"' + more + b'"}')) == wire.Leave()


def test_a_message_may_be_as_deep_and_as_rich_as_it_is_allowed_to() -> None:
    body = b'{"kind":"leave","x":' + DEEP[2:-2] + b',"y":[0.' + b"1" * (MOST_DIGITS - 1) + b"%s]}"
    rich = b",0" * (MOST_STRUCTURE - 44)
    assert wire.from_agent(*framed(body % rich)) == wire.Leave()
    with pytest.raises(wire.NotAMessage, match="commas"):
        wire.from_agent(*framed(body % (rich + b",0")))


def test_a_frame_that_is_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(wire.NotAMessage, match="at most"):
        wire.body_length(wire.HEADER.pack(wire.MOST_BYTES + 1, 0))
    with pytest.raises(wire.NotAMessage, match="at most"):
        wire.body_length(wire.HEADER.pack(0, 0))
    with pytest.raises(wire.NotAMessage, match="encoding 7"):
        wire.body_length(wire.HEADER.pack(10, 7))


def test_a_bomb_of_zlib_is_stopped_at_the_cap() -> None:
    bomb = zlib.compress(b"0" * (wire.MOST_BYTES_EXPANDED + 10), 9)

    assert len(bomb) < wire.MOST_BYTES
    with pytest.raises(wire.NotAMessage, match="expands to more"):
        wire.from_agent(*framed(bomb, 1))
    with pytest.raises(wire.NotAMessage, match="not zlib"):
        wire.from_agent(*framed(b"nonsense", 1))


def test_a_changed_byte_does_not_fit_its_digest() -> None:
    body = wire.encode_check_in(a_check_in())
    message = wire.Carry(body=wire.Raw(body.replace(b"fs01", b"fs02")), sha256=wire.digest(body))

    with pytest.raises(wire.NotAMessage, match="sha256"):
        wire.opened(message)


@pytest.mark.parametrize("wrong", [{"epoch": "../../etc"}, {"seq": 0}, {"seq": 2**60}])
def test_an_epoch_or_number_out_of_form_is_refused(wrong: dict[str, object]) -> None:
    tree = {**json.loads(wire.encode_check_in(a_check_in())), **wrong}

    with pytest.raises(wire.NotAMessage):
        wire.decode_check_in(json.dumps(tree).encode())


def test_fields_of_a_newer_agent_are_counted_and_left_out() -> None:
    tree = json.loads(wire.encode_check_in(a_check_in()))
    tree["mood"] = "fine"
    tree["readings"][0]["colour"] = "red"
    body = json.dumps(tree).encode()

    assert wire.decode_check_in(body) == a_check_in()
    assert wire.unknown_fields(body) == 2


@given(st.binary(max_size=400), st.sampled_from([0, 1]))
def test_no_bytes_make_the_decoder_stumble(body: bytes, encoding: int) -> None:
    with pytest.raises(wire.NotAMessage):
        wire.from_agent(wire.HEADER.pack(len(body), encoding), body)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
    )
)
def test_no_json_that_is_not_ours_gets_through(tree: object) -> None:
    with pytest.raises(wire.NotAMessage):
        wire.decode_check_in(json.dumps(tree).encode())


@pytest.mark.parametrize("text", [b'"' + b"x" * 4_000_000, b'"' + b'\\"' * 40_000, b'"' + b'\\"' * 40_000 + b"\\"])
def test_a_string_without_an_end_is_refused_as_fast_as_it_is_read(text: bytes) -> None:
    import time

    began = time.perf_counter()
    with pytest.raises(wire.NotAMessage):
        wire.from_agent(wire.HEADER.pack(len(text), 0), text)
    assert time.perf_counter() - began < 1
