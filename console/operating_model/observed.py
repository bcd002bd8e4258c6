"""What is seen, written as a model that nobody agreed to yet (row 45): hosts as they report, and no people invented."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checks.text import clean
from console.operating_model.starter import slug

_PLAIN = re.compile(r"[a-z][a-z0-9-]*")
_TRUTHS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_ROLES = (
    ("hypervisor", ("libvirt", "qemu", "pve", "proxmox", "xen", "/var/lib/vz", "/var/lib/libvirt")),
    ("directory", ("slapd", "samba-ad", "krb5", "sssd", "freeipa")),
    ("database", ("postgres", "mysql", "mariadb", "mongod", "/var/lib/postgresql", "/var/lib/mysql")),
    ("web", ("nginx", "apache", "httpd", "caddy", "/var/www")),
    ("mail", ("postfix", "dovecot", "exim", "/var/vmail", "/var/mail")),
    ("containers", ("docker", "containerd", "podman", "/var/lib/docker")),
    ("backup", ("rest-server", "borg", "bacula", "/backup", "/mnt/backup")),
    ("files", ("smbd", "nmbd", "samba", "nfs", "/srv", "/export", "/shares")),
)
"""What a name of a service or of a mount begins with, and the role that it speaks for; the first that fits is taken."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One host as its agent reports it. Every text is the machine's own, and foreign."""

    host: str
    site: str
    os: str = ""
    services: tuple[str, ...] = ()
    """Names of services that it told of."""
    mounts: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()
    """Each a sentence: `restic /srv/repo, newest 3 h old`."""


@dataclass(frozen=True, slots=True)
class Head:
    """Who the client is, as far as it is known: "" where it is not. `sites` are id and name."""

    id: str
    name: str = ""
    zone: str = ""
    sites: tuple[tuple[str, str], ...] = ()
    unpromised: tuple[str, ...] = ()
    """Offerings that the client would inherit with a promise that only its own model can make."""


def role_of(host: Observed) -> tuple[str, str]:
    """The role that a host seems to have, and what speaks for it; both "" where nothing does."""
    for role, beginnings in _ROLES:
        for name in (*host.services, *host.mounts):
            if name.lower().startswith(beginnings):
                return role, name
    return "", ""


def entry(host: Observed) -> str:
    """The host as one line of YAML, to stand under `hosts:` (J2 f)."""
    role, because = role_of(host)
    fields = [f"site: {_scalar(slug(host.site, 'main'))}", f"os: {_scalar(host.os)}", f"role: {_scalar(role)}"]
    guessed = f"   # role guessed from {clean(because, 60)}" if role else ""
    return f"  {_scalar(slug(host.host, 'host'))}: {{{', '.join(fields)}}}{guessed}"


def draft(head: Head, hosts: Sequence[Observed]) -> str:
    """The model as YAML. It loads once `client` is filled in; services stay comments until somebody owns them."""
    parts = (_head(head, len(hosts)), _offerings(head), _sites(head, hosts), _hosts(hosts), _rest(hosts))
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def _head(head: Head, count: int) -> Iterator[str]:
    yield "# OBSERVED, NOT AGREED. This says what agents report; it promises nothing and makes nobody responsible."
    yield f"# {count} hosts were seen, 0 services are agreed. Nothing here is in force before somebody publishes it."
    if not (head.name and head.zone):
        yield '# Fill in the client\'s name and time zone, such as "Brackwater Cabinetry" and America/New_York.'
    yield "schema: 1"
    yield f"client: {{id: {_scalar(slug(head.id, 'client'))}, name: {_text(head.name)}, tz: {_text(head.zone)}}}"


def _offerings(head: Head) -> Iterator[str]:
    if head.unpromised:
        yield "offerings:         # the provider's; each with a promise that nobody agreed to here"
        yield from (f"  {_scalar(offering)}: {{}}" for offering in head.unpromised)


def _sites(head: Head, hosts: Sequence[Observed]) -> Iterator[str]:
    known = dict(head.sites)
    used = dict.fromkeys(slug(host.site, "main") for host in hosts)
    yield "sites:" if used else "sites: {}"
    for site in used:
        yield f"  {_scalar(site)}: {{name: {_text(known.get(site) or site)}}}"


def _hosts(hosts: Sequence[Observed]) -> Iterator[str]:
    yield (
        "hosts:             # as they report; roles are guesses" if hosts else "hosts: {}         # no agent has joined"
    )
    yield from (entry(host) for host in sorted(hosts, key=lambda one: one.host))


def _rest(hosts: Sequence[Observed]) -> Iterator[str]:
    seen = [f"#   {slug(host.host, 'host')}: {clean(one, 120)}" for host in hosts for one in host.backups]
    yield "# Backups that were seen; say under `policies` which service each of them protects:"
    yield from seen or ["#   none"]
    yield ""
    yield "# What these hosts may be there for. Agree on it, name an owner, take the comment signs away:"
    yield "# services:"
    for role, members in _candidates(hosts).items():
        needs = ", ".join(_scalar(slug(one, "host")) for one in members)
        yield f'#   {role}: {{name: {role.capitalize()}, owner: "", criticality: B, needs: {{all: [{needs}]}}}}'


def _candidates(hosts: Sequence[Observed]) -> dict[str, list[str]]:
    """Hosts by the role that they seem to have; all of them where none has any."""
    found: dict[str, list[str]] = {}
    for host in hosts:
        role, _ = role_of(host)
        if role and role != "hypervisor":
            found.setdefault(role, []).append(host.host)
    return found or ({"observed": [host.host for host in hosts]} if hosts else {})


def _scalar(text: str) -> str:
    """A word as YAML: quoted where a reader would take it for something else."""
    return text if _PLAIN.fullmatch(text) and text not in _TRUTHS else _text(text)


def _text(text: str) -> str:
    return json.dumps(clean(text, 100), ensure_ascii=False)
