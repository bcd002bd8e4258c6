"""A name whose server changes its mind: a letter goes to the internet, and never home. Real names, networks and TLS."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import certifi
import pytest
from conftest import needs
from mailboxes import certificate
from names import Names, name_server
from networks import FAR, Network, network
from promises import Measured
from rooms import Room, room

ROOT = Path(__file__).parents[2]
PUBLIC, HOME, PORT = "11.22.33.44", "127.0.0.1", 8443
_MOUNTED = 'mount --bind "$1" /etc/resolv.conf && mount --bind "$2" "$3" && shift 3 && exec "$@"'
_CARRIES = """
import json, sys
from console.letters.letter import Letter
from console.outlets import chat
for url in sys.argv[1:]:
    outcome = chat.carry([url], Letter("opening", "S1", ("ERP is down",)))
    print(json.dumps([outcome.fate, outcome.why]))
"""


@pytest.fixture
def internet() -> Iterator[Network]:
    """A network whose far side has a public address."""
    needs("unshare")
    with network() as made:
        for side, what in (
            (made.far, ["address", "add", f"{PUBLIC}/32", "dev", "eth"]),
            (made.near, ["route", "add", f"{PUBLIC}/32", "dev", "eth"]),
        ):
            subprocess.run(["ip", "-n", side, *what], check=True)
        yield made


def carried(urls: list[str], folder: Path, trusted: Path) -> list[tuple[str, str]]:
    """What comes of letters, carried by a process that asks our name server and trusts our certificate."""
    (folder / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:2 attempts:1\n")
    mounts = [str(folder / "resolv.conf"), str(trusted), certifi.where()]
    ran = subprocess.run(
        ["unshare", "--mount", "sh", "-ec", _MOUNTED, "sh", *mounts, sys.executable, "-c", _CARRIES, *urls],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return [tuple(json.loads(line)) for line in ran.stdout.splitlines()]


@pytest.mark.promise("S13", "webhooks: private, numeric, rebound, redirected: 0 connections")
def test_a_name_that_changes_its_mind_never_leads_home(internet: Network, tmp_path: Path, measured: Measured) -> None:
    told, plain = f"jsons://room.example:{PORT}/room", f"json://room.example:{PORT}/room"
    names = Names([[PUBLIC], [HOME], [FAR], [HOME, PUBLIC], [PUBLIC], [PUBLIC], [HOME]])
    keys = certificate(tmp_path, "DNS:room.example")
    with ExitStack() as stack:
        with internet.inside(internet.far):
            public = stack.enter_context(room(PUBLIC, PORT, keys))
            homes: list[Room] = [stack.enter_context(room(FAR, PORT, keys))]
        with internet.inside(internet.near):
            homes.append(stack.enter_context(room(HOME, PORT, keys)))
            stack.enter_context(name_server(names))
            ways = carried([told, told, told, told, plain], tmp_path, keys[0])
            public.answer, public.leads_to = 307, f"https://room.example:{PORT}/elsewhere"
            ways += carried([f"{told}?redirect=yes"], tmp_path, keys[0])
        came, asked = sum(one.connections for one in homes), names.asked
        measured(f"{len(ways)} letters by real names: {came} connections home, {len(public.heard)} to the internet")
        assert (came, asked, len(public.heard)) == (0, len(ways), 3)
    assert [fate for fate, _ in ways] == ["sent", "later", "later", "sent", "later", "later"]
    assert [why.split("; ")[0] for _, why in ways[1:3]] == [
        f"jsons://… leads to {one}, which is no public address" for one in (HOME, FAR)
    ]
    assert ways[4][1].startswith(f"json://… leads to {PUBLIC} without TLS that is verified; use a URL that speaks TLS")
