"""A first model: this machine, one service that needs it, one promise, and the person who runs it as its owner."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass

from console.operating_model.syntax import scalar

_PROVIDER = """\
# Who works here, and what they may do. `login` is the account on this machine; the kernel vouches for it.
schema: 1
provider: {{name: {provider}}}
people:
  {person}: {{name: {name}, org: msp, login: {login}}}
access:            # viewer < technician < lead < owner; per client, or "*" for all
  - {{person: {person}, role: owner, clients: ["*"]}}
"""

_CLIENT = """\
# What this client uses, who answers for it, and what was promised.
# Change it, then: watchbill model check here.yaml, and watchbill model publish here.yaml --reason "…"
schema: 1
client: {{id: here, name: {hostname}, tz: {zone}}}

calendars:         # local wall-clock windows; `always` is built in
  office: {{mon-fri: ["08:00-18:00"]}}

sites:
  main: {{name: Here}}

hosts:             # machines that should check in
  {host}: {{site: main, os: {os}, role: workstation}}

services:          # what people use; `needs` says what it stands on
  this-machine:
    name: This machine
    owner: {person}
    criticality: B       # A, B or C: how much stops without it
    hours: always
    needs: {{all: [{host}]}}
    sla: standard
    slo: {{availability: 99.5}}

slas:              # how fast an incident is owned and resolved, per severity, on which clock
  standard:
    incident:
      S1: {{own: 15m, resolve: 4h, clock: always}}
      S2: {{own: 30m, resolve: 8h, clock: always}}
      S3: {{own: 4h, resolve: 24h, clock: office}}
      S4: {{own: 8h, resolve: 40h, clock: office}}
    clear_after: 10m     # evidence must stay good this long before an unowned incident ends by itself

# standards:       # limits of your own; each check's page in docs/checks tells its default and where it comes from
#   disk: {{warn: 80 %, crit: 92 %}}
"""


@dataclass(frozen=True, slots=True)
class Starter:
    """One file of the starter model."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of this machine and of who runs it; any text at all."""

    login: str
    full_name: str
    hostname: str
    os: str
    zone: str


def starter(facts: Facts) -> tuple[Starter, Starter]:
    """`provider.yaml` and `here.yaml`, valid whatever the facts say."""
    person = _word(slug(facts.login, "me"))
    host = _word(slug(facts.hostname, "this-host"))
    name = _text(facts.full_name or facts.login, "Me")
    provider = _PROVIDER.format(
        provider=_text(facts.full_name or facts.login, "Me"), person=person, name=name, login=_text(facts.login, "")
    )
    client = _CLIENT.format(
        hostname=_text(facts.hostname, "This machine"),
        zone=_text(facts.zone, "UTC"),
        host=host,
        os=_text(facts.os, ""),
        person=person,
    )
    return Starter("provider.yaml", provider), Starter("here.yaml", client)


def slug(text: str, otherwise: str) -> str:
    """The text as an id: `[a-z0-9-]{1,40}`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or otherwise


def _word(id_: str) -> str:
    """An id as YAML: quoted where a reader would take it for a number, a date or a truth (`false`, `1e3`)."""
    return id_ if scalar(id_) == id_ else json.dumps(id_)


def _text(text: str, otherwise: str) -> str:
    """A YAML scalar that says exactly this, on one line, whatever it contains (JSON strings are YAML)."""
    printable = "".join(char for char in text if char.isprintable()).strip()
    return json.dumps(printable[:100] or otherwise, ensure_ascii=False)
