"""What the product brings of others: pinned to the byte, listed, and held against what is known to be wrong with it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from promises import Measured

from packages import bill, wheels

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.faults


def locked(lock: Path) -> dict[str, tuple[Version, int]]:
    """Each library of a lock: its version, and how many digests it may have."""
    found = {}
    for entry in re.split(r"\n(?=\S)", lock.read_text()):
        pinned = re.match(r"([A-Za-z0-9._-]+)(?:\[.*\])?==([^\s;\\]+)", entry)
        assert pinned, entry[:80]
        found[canonicalize_name(pinned[1])] = Version(pinned[2]), len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry))
    return found


def wanted(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = [*project["dependencies"], *(one for extra in extras for one in project["optional-dependencies"][extra])]
    asked = [Requirement(one) for one in named]
    return [one for one in asked if one.marker is None or one.marker.evaluate()]


@pytest.mark.promise("S16", "every library pinned by digest, paramiko ≥ 5.0; a bill of materials names each")
def test_every_library_is_pinned_and_stands_in_the_bill(measured: Measured, tmp_path: Path) -> None:
    agent, console = locked(wheels.LOCK), locked(bill.LOCK)
    loose = [name for lock in (agent, console) for name, (_, digests) in lock.items() if not digests]
    for lock, asked in ((agent, wanted()), (console, wanted("console"))):
        for one in asked:
            assert lock[canonicalize_name(one.name)][0] in one.specifier, one
    components = json.loads(bill.pack(tmp_path).read_text())["components"]
    named = {canonicalize_name(one["name"]) for one in components}
    measured(f"{len(agent)} of the agent, {len(console)} of both, {len(loose)} loose, {len(named)} in the bill")
    assert (loose, named) == ([], set(console))
    assert min(agent["paramiko"][0], console["paramiko"][0]) >= Version("5.0")


@pytest.mark.promise("S16", "pip-audit of all that is brought: 0 known")
def test_nothing_is_known_to_be_wrong_with_them(measured: Measured) -> None:
    asked = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(bill.LOCK), "-f", "json"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=300)
    try:
        libraries = json.loads(told.stdout)["dependencies"]
    except ValueError:
        pytest.skip(f"no database of advisories answers here: {told.stderr.strip()[-100:]}")
    audited = [one for one in libraries if "skip_reason" not in one]
    if not audited:
        pytest.skip("no database of advisories answers here")
    known = {one["name"]: [found["id"] for found in one["vulns"]] for one in audited if one["vulns"]}
    measured(f"{len(audited)} of {len(libraries)} audited, {sum(map(len, known.values()))} known")
    assert known == {}
