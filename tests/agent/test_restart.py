"""What waits for a restart: a package that asked, a newer kernel of the same kind, one whose modules are gone."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from agent.forgetful import Forgetful
from agent.looking import Look
from agent.probes.health import restart_required
from agent.sources import restart
from checks.reading import Reading

NOW = 1_800_000_000
CASES = [
    ("6.1.0-18-amd64", ["6.1.0-18-amd64"], []),
    ("6.1.0-9-amd64", ["6.1.0-9-amd64", "6.1.0-18-amd64"], ["kernel 6.1.0-18-amd64"]),
    ("6.1.0-18-amd64", ["6.1.0-9-amd64", "6.1.0-18-amd64"], []),
    ("6.1.0-18-amd64", ["6.1.0-18-amd64", "6.1.0-20-cloud-amd64"], []),
    ("6.8.0-31-generic", ["6.8.0-31-generic", "6.8.0-38-generic"], ["kernel 6.8.0-38-generic"]),
    ("6.4.0-150.23-default", ["6.4.0-150.23-default", "6.4.0-150.25-default"], ["kernel 6.4.0-150.25-default"]),
    ("5.14.0-427.el9.x86_64", ["5.14.0-427.el9.x86_64", "5.14.0-503.el9_5.x86_64"], ["kernel 5.14.0-503.el9_5.x86_64"]),
    ("6.9.7-custom", ["6.1.0-18-amd64"], []),
]  # fmt: skip


def look(root: Path) -> Look:
    return Look(NOW, NOW + 60, Forgetful(), root=root)


@pytest.mark.parametrize("is_beside", [False, True], ids=["in boot", "beside its modules"])
@pytest.mark.parametrize(("running", "installed", "waits"), CASES)
def test_a_newer_kernel_of_the_same_kind_waits(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    running: str,
    installed: list[str],
    waits: list[str],
    is_beside: bool,
) -> None:
    monkeypatch.setattr(platform, "release", lambda: running)
    for one in installed:
        kernel = tmp_path / (f"lib/modules/{one}/vmlinuz" if is_beside else f"boot/vmlinuz-{one}")
        kernel.parent.mkdir(parents=True, exist_ok=True)
        kernel.touch()
    (tmp_path / "lib/modules" / running).mkdir(parents=True, exist_ok=True)
    (seen,) = restart_required.look(look(tmp_path))
    assert isinstance(seen, Reading)
    assert ([item.name for item in seen.items], seen.value) == (waits, float(bool(waits)))


def test_what_asked_is_named_and_the_fingerprint_follows(tmp_path: Path) -> None:
    before = restart.fingerprint(look(tmp_path))
    assert restart.wanting(look(tmp_path)) == []
    (tmp_path / "run").mkdir()
    (tmp_path / "run/reboot-required").touch()
    assert [item.name for item in restart.wanting(look(tmp_path))] == ["the system"]
    (tmp_path / "run/reboot-required.pkgs").write_text("libc6\nlinux-base\nlibc6\n")
    assert [item.name for item in restart.wanting(look(tmp_path))] == ["libc6", "linux-base"]
    assert restart.fingerprint(look(tmp_path)) != before
