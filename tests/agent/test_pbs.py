"""Proxmox Backup Server: not run by us. A program in its client's place answers as its API documents (samples)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent.config import ConfigError, settings
from agent.forgetful import Forgetful
from agent.homes import Home
from agent.looking import Look, LookAt, PbsRepository, Probe
from agent.probes.backup import pbs_damaged, pbs_snapshots, pbs_verified
from agent.round import Round
from checks.catalogue import BY_NAME
from checks.reading import Gap

SAMPLE = Path(__file__).parent / "samples/pbs/snapshots.json"
NOON = 1_795_694_400  # 2026-11-26 12:00 UTC
DAY = 86_400
PROBES = (pbs_snapshots.PROBE, pbs_verified.PROBE, pbs_damaged.PROBE)


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PbsRepository:
    (tmp_path / "secret").write_text("s3cret\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return PbsRepository("vault", "look@pbs!it@pbs.example:main", tmp_path / "secret", "64:d3:4a", "office")


def client(vault: PbsRepository, script: str) -> None:
    program = vault.password_file.with_name("proxmox-backup-client")
    told_us = 'echo "$*" $(env | grep ^PBS_ | sort)'
    program.write_text(f"#!/bin/sh\n{told_us} >>{program.parent}/asked\n{script}\n")
    program.chmod(0o755)


def told(probe: Probe, vault: PbsRepository, now: int = NOON) -> list[str]:
    check = BY_NAME[probe.check]
    found = [
        check.finding_of_gap(one) if isinstance(one, Gap) else check.finding(one, check.standard, now)
        for one in probe.look(Look(now, now + 60, Forgetful(), LookAt(pbs=(vault,))))
    ]
    return [f"{one.subject} {one.status.value}: {one.sentence}" for one in found]


def test_the_newest_whole_snapshot_of_each_group_counts(vault: PbsRepository) -> None:
    client(vault, f"cat {SAMPLE}")
    assert told(pbs_snapshots.PROBE, vault) == [
        "vault ct/101 breach: has no whole snapshot at all",
        "vault host/files breach: newest snapshot 2 d 3 h old",
        "vault vm/100 ok: newest snapshot 11 h 59 min old",
    ]


def test_verifications_are_told_by_their_age_and_damage_by_itself(vault: PbsRepository) -> None:
    client(vault, f"cat {SAMPLE}")
    assert told(pbs_verified.PROBE, vault) == [
        "vault ct/101 watch: no snapshot was verified and found well",
        "vault host/files watch: no snapshot was verified and found well",
        "vault vm/100 ok: last verified, and found well, 15 h 31 min ago",
    ]
    assert told(pbs_verified.PROBE, vault, NOON + 70 * DAY)[2].startswith("vault vm/100 breach: ")
    assert told(pbs_damaged.PROBE, vault) == [
        "vault ct/101 ok: no snapshot failed its verification",
        "vault host/files ok: no snapshot failed its verification",
        "vault vm/100 breach: 1 snapshot failed verification, the newest of 2026-11-25T00:00:01Z",
    ]


def test_the_client_is_given_the_file_and_never_the_secret(vault: PbsRepository) -> None:
    client(vault, f"cat {SAMPLE}")
    told(pbs_snapshots.PROBE, vault)
    assert (vault.password_file.with_name("asked")).read_text().split() == [
        "snapshot", "list", "--output-format", "json", "--ns", "office",
        "PBS_FINGERPRINT=64:d3:4a", f"PBS_PASSWORD_FILE={vault.password_file}",
        "PBS_REPOSITORY=look@pbs!it@pbs.example:main",
    ]  # fmt: skip


def test_a_datastore_without_any_snapshot_is_a_breach(vault: PbsRepository) -> None:
    client(vault, "echo '[]'")
    assert told(pbs_snapshots.PROBE, vault) == ["vault breach: has no whole snapshot at all"]
    assert told(pbs_verified.PROBE, vault) == []


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("printf '[{\\377'", "nobody understands"),
        ("echo '{}x'", "nobody understands"),
        ("echo null", "nobody understands"),
        ("echo '[1]'", "nobody understands"),
        ("""echo '[{"backup-type":"vm","backup-id":"1","backup-time":1e300}]'""", "nobody understands"),
        ("""echo '[{"backup-type":"vm","backup-id":"1","backup-time":9e17}]'""", "nobody understands"),
        (
            """echo '[{"backup-type":"vm","backup-id":"1","backup-time":1,"verification":{"state":"ok"}}]'""",
            "nobody understands",
        ),
        ("echo 'Error: permission check failed.' >&2; exit 255", "ended with 255: Error: permission check failed."),
        ("echo 'Error: error trying to connect' >&2; exit 255", "error trying to connect"),
        ("head -c 40000000 /dev/zero", "wrote more than"),
        ("kill -9 $$", "ended with -9"),
    ],
)
def test_a_client_that_fails_is_a_gap_of_each_check(vault: PbsRepository, script: str, words: str) -> None:
    client(vault, script)
    for probe in PROBES:
        (gap,) = told(probe, vault)
        assert gap.startswith("vault unknown: ")
        assert words in gap


def test_a_secret_that_may_not_be_read_is_denied_and_a_missing_client_is_said(
    vault: PbsRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert told(pbs_snapshots.PROBE, vault) == ["vault unknown: proxmox-backup-client is not installed here"]

    def denied(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", denied)
    (gap,) = pbs_verified.look(Look(NOON, NOON + 60, Forgetful(), LookAt(pbs=(vault,))))
    assert isinstance(gap, Gap)
    assert gap.why.value == "denied"


def test_a_hostile_name_is_made_safe(vault: PbsRepository) -> None:
    client(vault, """echo '[{"backup-type":"vm","backup-id":"\\\\ud800\\\\u001b[31m","backup-time":1,"size":1}]'""")
    (one,) = told(pbs_damaged.PROBE, vault)
    assert one == "vault vm/\ufffd\ufffd[31m ok: no snapshot failed its verification"


def test_it_is_asked_once_an_hour_and_never_where_nothing_is_listed(vault: PbsRepository) -> None:
    client(vault, f"cat {SAMPLE}")
    rounds, memory = Round(PROBES), Forgetful()
    for now in (NOON, NOON + 3599, NOON + 3600):
        rounds.gather(Look(now, now + 60, memory, LookAt(pbs=(vault,))))
    asked = vault.password_file.with_name("asked")
    assert len(asked.read_text().splitlines()) == 6
    assert rounds.gather(Look(NOON, NOON + 60, Forgetful())).readings == []
    assert len(asked.read_text().splitlines()) == 6


def test_the_configuration_names_datastores_and_says_what_is_missing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.settings.parent.mkdir(parents=True, exist_ok=True)
    home.settings.write_text('[[pbs]]\nname = "v"\nrepository = "s:main"\npassword_file = "/s"\n')
    assert settings(home).look_at.pbs == (PbsRepository("v", "s:main", Path("/s")),)
    home.settings.write_text('[[pbs]]\nname = "v"\npassword = "s3cret"\nnamespace = 1\n')
    with pytest.raises(ConfigError) as raised:
        settings(home)
    assert set(raised.value.problems) == {
        "pbs 1: unknown key password; did you mean password_file?",
        "pbs 1: repository is missing", "pbs 1: password_file is missing", "pbs 1: namespace must be text",
    }  # fmt: skip
