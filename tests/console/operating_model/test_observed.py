"""The draft of what is seen: ten agents are ten hosts, nobody is made responsible, and it loads once completed."""

from __future__ import annotations

import pytest
from documents import Doc

from checks.catalogue import BY_NAME
from console.operating_model.load import load
from console.operating_model.observed import Head, Observed, draft, entry, role_of
from console.operating_model.problems import ModelErrors

PROVIDER = "schema: 1\nprovider: {name: Hilltop IT}\npeople: {priya: {name: Priya Nair}}\n"
TEN = [
    Observed(f"host{number}", "main" if number < 7 else "shop", "debian-12", mounts=("/", "/srv") if number else ("/",))
    for number in range(10)
]


def loaded(text: str) -> object:
    return load([Doc("provider.yaml", PROVIDER), Doc("draft.yaml", text)], BY_NAME)


def completed(text: str) -> str:
    assert 'name: "", tz: ""' in text
    return text.replace('name: "", tz: ""', "name: The Mill, tz: Europe/Berlin")


def test_row_45_ten_agents_make_ten_hosts_and_no_agreed_service() -> None:
    text = draft(Head("mill"), TEN)
    assert text.startswith("# OBSERVED, NOT AGREED.")
    with pytest.raises(ModelErrors) as told:
        loaded(text)
    assert {one.where for one in told.value.problems} == {"client.name", "client.tz"}
    client = loaded(completed(text)).clients["mill"]  # type: ignore[attr-defined]
    assert (len(client.hosts), len(client.services), len(client.people)) == (10, 0, 0)
    assert client.hosts["host3"].role == "files"
    assert set(client.sites) == {"main", "shop"}


def test_a_candidate_becomes_a_service_once_somebody_owns_it() -> None:
    text = completed(draft(Head("mill"), TEN))
    text = text.replace("# services:", "services:").replace("#   files:", "  files:")
    with pytest.raises(ModelErrors, match="there is no person ''"):
        loaded(text)
    client = loaded(text.replace('owner: ""', "owner: priya")).clients["mill"]  # type: ignore[attr-defined]
    assert client.services["files"].needs.members == tuple(f"host{number}" for number in range(1, 10))


@pytest.mark.parametrize(
    ("services", "mounts", "role"),
    [
        (("postgresql@15-main.service",), ("/",), "database"),
        (("smbd.service",), ("/",), "files"),
        ((), ("/", "/var/lib/vz"), "hypervisor"),
        (("cups.service",), ("/", "/home"), ""),
    ],
)
def test_a_role_is_guessed_from_what_was_told_or_left_open(
    services: tuple[str, ...], mounts: tuple[str, ...], role: str
) -> None:
    host = Observed("box", "main", "debian-12", services, mounts)
    assert role_of(host)[0] == role
    assert ("guessed" in entry(host)) is bool(role)


def test_what_a_machine_calls_itself_stays_inside_its_quotes() -> None:
    hostile = Observed(
        'no"}\nservices: {}', "ma in\n", 'x", role: "root\x1b[2J', ("smbd\n  evil: {}",), ("/",), ("a\nb: c",)
    )
    text = completed(draft(Head("mill"), [hostile, Observed("true", "1e3", "")]))
    client = loaded(text).clients["mill"]  # type: ignore[attr-defined]
    assert set(client.hosts) == {"no-services", "true"}
    assert client.hosts["no-services"].role == "files"
    assert "\x1b" not in text


def test_backups_that_were_seen_are_told_and_no_policy_is_made_of_them() -> None:
    text = draft(
        Head("mill", "The Mill", "UTC"), [Observed("nas", "main", backups=("restic /srv/repo, newest 3 h old",))]
    )
    assert "#   nas: restic /srv/repo, newest 3 h old" in text
    assert "Fill in" not in text
    assert not loaded(text).clients["mill"].doc.policies  # type: ignore[attr-defined]
    assert "hosts: {}" in draft(Head("mill"), [])
