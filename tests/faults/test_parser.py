"""Whatever bytes come, the parser answers with a message or with its one error, soon and in little memory. S14.

Real messages, mangled a million times: bytes flipped, cut, doubled, swapped between messages, squeezed or said to be.
"""

from __future__ import annotations

import os
import random
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from doors import EPOCH, check_in
from msgspec import structs
from promises import Measured

from checks import wire
from checks.reading import Machine
from checks.strict import MOST_DIGITS, MOST_STRUCTURE

CASES = int(os.environ.get("WATCHBILL_CASES", "1000000"))
SLOWEST, BIGGEST = 0.05, 32 << 20
MOST = wire.MOST_BYTES_EXPANDED
_STRANGE = (
    b"NaN", b"1e999", b"[" * 40, b"{" * 40, b'"\\ud800"', b"\x00", b"\xff\xfe", b"-0", b"9" * 400, b'"kind":', b"null",
)  # fmt: skip
_GOLDEN = Path(__file__).parents[1] / "golden" / "wire" / "v1"


def seeds() -> list[bytes]:
    """Bodies of every message that an agent says, and the check-ins of every version."""
    said = (
        wire.Hello(EPOCH, 7, "boot", 1.5, 1_800_000_000, "0.1.0", ("SHA256:x",)),
        wire.carry(check_in()),
        wire.Join("ssh-ed25519 AAAA", Machine("box", "debian-12")),
        wire.Rekey("ssh-ed25519 AAAA", "proof"),
        wire.Leave(),
    )
    frames = [wire.frame(one) for one in said]
    plain = [wire._plain(one[: wire.HEADER.size], one[wire.HEADER.size :]) for one in frames]
    return [*plain, *(path.read_bytes() for path in sorted(_GOLDEN.glob("*")) if path.is_file())]


def mangled(dice: random.Random, bodies: list[bytes]) -> bytes:
    """One body, changed in one to four ways."""
    body = bytearray(dice.choice(bodies))
    for _ in range(dice.randint(1, 4)):
        at, other = dice.randrange(len(body) + 1), dice.choice(bodies)
        match dice.randrange(6):
            case 0 if body:
                body[at % len(body)] ^= 1 << dice.randrange(8)
            case 1:
                del body[at : at + dice.randrange(1, 40)]
            case 2:
                body[at:at] = body[at : at + dice.randrange(1, 200)]
            case 3:
                body[at:at] = dice.choice(_STRANGE)
            case 4:
                begin = dice.randrange(len(other))
                body[at : at + dice.randrange(20)] = other[begin : begin + dice.randrange(1, 60)]
            case _:
                body[at:at] = dice.randbytes(dice.randrange(1, 8))
    return bytes(body)


def heard(header: bytes, body: bytes) -> bool:
    """Whether this was a message, check-in and all; the one error is no message."""
    try:
        wire.body_length(header)
        message = wire.from_agent(header, body)
        if isinstance(message, wire.Carry):
            wire.decode_check_in(wire.opened(message))
    except wire.NotAMessage:
        return False
    return True


@pytest.mark.faults
@pytest.mark.promise("S14", "1,000,000 mangled messages: 0 crash, ≤ 50 ms and ≤ 32 MiB a case")
def test_mangled_messages_are_messages_or_the_one_error(measured: Measured) -> None:
    dice, bodies, check_ins = random.Random(14), seeds(), [check_in(), (_GOLDEN / "checkin.json").read_bytes()]
    messages, slow, slowest = 0, 0, 0.0
    for _ in range(CASES):
        if dice.random() < 0.5:  # the frame is well made, and what it carries is not
            carried = wire.frame(wire.carry(mangled(dice, check_ins)))
            body, encoding = wire._plain(carried[: wire.HEADER.size], carried[wire.HEADER.size :]), 0
        else:
            body, encoding = mangled(dice, bodies), dice.choice((0, 0, 0, 1, 1, 2))
        if encoding == 1 and dice.random() < 0.8:
            body = zlib.compress(body, 1)
        length = len(body) if dice.random() < 0.95 else dice.randrange(1 << 32)
        began = time.process_time()  # a busy machine is no slow parser
        messages += heard(wire.HEADER.pack(length, encoding), body)
        took = time.process_time() - began
        slow, slowest = slow + (took > SLOWEST), max(slowest, took)
    measured(f"{CASES} cases, {messages} of them messages still: 0 crash, slowest {slowest * 1000:.1f} ms")
    assert messages
    assert slow == 0


def beyond_a_limit() -> dict[str, bytes]:
    """As big as a frame can make it, and dear to whoever reads on before looking at sizes."""
    return {
        "bomb": b" " * (200 << 20),
        "zeros": b"0" * MOST,
        "deep": b"[" * MOST,
        "one string": b'"%s"' % (b"x" * (MOST - 2)),
        "open string": b'"' + b"\\" * (MOST - 1),
        "escapes": b'"%s"' % (b"\\u0041" * (MOST // 6 - 1)),
        "strings": b'["%s"]' % (b'","' * (MOST // 3 - 2)),
        "objects": b"[%s0]" % (b"{}," * (MOST // 3 - 1)),
        "long numbers": b"[%s0]" % ((b"9" * 4_000 + b",") * (MOST // 4_001 - 1)),
    }


def at_the_limits() -> dict[str, bytes]:
    """Messages still: as big and as rich as they may be, each dear in its own way."""
    rich = MOST_STRUCTURE - 200
    wide = "\N{GRINNING FACE}".encode()  # one of them makes four bytes of every character beside it
    leave = b'{"kind":"leave","x":[0%s]}'
    pin, number = b'"%s%s",' % (wide, b"x" * (3 * MOST // rich - 8)), b"1." + b"9" * (MOST_DIGITS - 1)
    hello = b'{"kind":"hello","epoch":"","newest":1,"boot_id":"","uptime":1,"clock":1,"agent":"","pins":[%s""]}'
    one = wire.decode_check_in(check_in())
    most = structs.replace(one, readings=one.readings * wire.MOST_READINGS)
    return {
        "pins": hello % (pin * (rich // 3)),
        "a wide string": leave % (b',"%s%s"' % (wide, b"x" * (MOST - 100))),
        "small objects": leave % (b',{"a":0}' * (rich // 5)),
        "small lists": leave % ((b"," + b"[" * 13 + b"]" * 13) * (rich // 27)),
        "quotes": leave % (b',"%s"' % ((b'\\"' + b"x" * (2 * MOST // rich - 3)) * (rich // 2))),
        "numbers": leave % ((b"," + number) * (MOST // 200)),
        "5,000 readings": msgspec.json.encode(wire.carry(wire.encode_check_in(most))),
    }


@pytest.mark.faults
@pytest.mark.promise("S14", "the biggest that may come: ≤ 50 ms (a busy machine: twice that) and ≤ 32 MiB a case")
@pytest.mark.parametrize("bodies", [beyond_a_limit, at_the_limits])
def test_the_biggest_that_may_come_is_read_soon_and_in_little_memory(
    bodies: Callable[[], dict[str, bytes]], measured: Measured
) -> None:
    told = {}
    for name, plain in bodies().items():
        spaces = b" " * (MOST - len(plain))  # what is not rich is big
        body = zlib.compress(plain + spaces, 9)
        header = wire.HEADER.pack(len(body), 1)
        took = []
        for _ in range(5):
            began = time.process_time()
            assert heard(header, body) is (bodies is at_the_limits), name
            took.append(time.process_time() - began)
        tracemalloc.start()  # which makes everything slower
        heard(header, body)
        told[name] = (tracemalloc.get_traced_memory()[1], min(took))
        tracemalloc.stop()
    measured("; ".join(f"{name} {peak / 2**20:.0f} MiB {took * 1000:.0f} ms" for name, (peak, took) in told.items()))
    assert max(peak for peak, _ in told.values()) <= BIGGEST
    assert max(took for _, took in told.values()) <= 2 * SLOWEST
