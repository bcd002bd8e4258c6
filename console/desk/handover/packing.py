"""The hand-over pack: gathers what stands about a client, and refuses where a secret is in it (60c)."""

from __future__ import annotations

from collections.abc import Iterable

from checks.secrets import secrets
from checks.text import clean
from console.desk.assessment.gaps import lacking
from console.desk.handover.people import staffs
from console.desk.live import findings
from console.desk.live.hosts import living
from console.desk.office import Asked, Office, Verbs, client_of, require
from console.desk.refusal import DeskRefusal, Kind
from console.desk.rights import decided
from console.operating_model.pack import contacts, open_work, readme, resolved, sites
from console.operating_model.people.staff import Staff
from console.pages.packing import Pack, PackFile
from console.pages.verb import Role

DECISION = "hand-over"
"""The name of the decision right that a model may give for it."""


async def pack(office: Office, asked: Asked) -> Pack:
    """Everything about one client as files. Raises DeskRefusal where something in it looks like a secret."""
    client = client_of(office, asked)
    require(office, asked, Role.LEAD, client.id)
    mine = Asked(asked.who, {**asked.arguments, "client": client.id}, asked.now)
    (staff,) = staffs(office, mine)
    head = office.published.record.head(client.id)
    if head is None:
        raise DeskRefusal(f"no model of {client.id} is in force", "publish one first", Kind.NOT_FOUND)
    files = _files(office, mine, staff)
    files[f"model/{client.id}.yaml"] = office.published.record.text(head)
    revision = (head.number, head.sha256)
    files["README.txt"] = readme(staff, office.ledger.model.provider.name, revision, list(files))
    refuse_secrets(files.items())
    await decided(office, mine, client, DECISION, f"revision {head.number}")
    made = tuple(PackFile(name, files[name]) for name in sorted(files))
    return Pack(asked.now, client.id, head.number, head.sha256, made)


def refuse_secrets(files: Iterable[tuple[str, str]]) -> None:
    """Raise DeskRefusal with every place that looks like a secret; what it is, is not repeated."""
    places = [f"{name}:{one.line} ({one.kind})" for name, text in files for one in secrets(text)]
    if places:
        shown = ", ".join(places[:10]) + (f" and {len(places) - 10} more" if len(places) > 10 else "")
        raise DeskRefusal(f"there seems to be a secret in {shown}", "take it out of the model or record, and change it")


def _files(office: Office, asked: Asked, staff: Staff) -> dict[str, str]:
    text, structured = open_work(staff, {"incidents": _incidents(office, staff), "gaps": _gaps(office, asked)})
    return {
        "model/resolved.json": resolved(staff),
        "contacts.txt": contacts(staff),
        "sites.txt": sites(staff),
        "open-work.txt": text,
        "open-work.json": structured,
        "findings.txt": _findings(office, asked, staff),
    }


def _incidents(office: Office, staff: Staff) -> list[dict[str, object]]:
    mine = [one for one in office.ledger.cases.open.values() if one.opening.client == staff.client and one.is_open]
    return [
        {
            "incident": one.number,
            "severity": one.severity.value,
            "service": one.opening.service,
            "host": one.opening.host,
            "title": clean(one.opening.title),
            "state": one.state,
            "owner": one.owner,
            "notes": "; ".join(clean(event.text) for event in one.events if event.by and event.text),
        }
        for one in sorted(mine, key=lambda one: one.number)
    ]


def _gaps(office: Office, asked: Asked) -> list[dict[str, object]]:
    return [
        {"number": one.number, "about": one.about, "evidence": one.evidence, "owner": one.owner_name, "fix": one.fix}
        for one in lacking(office, asked).rows
    ]


def _findings(office: Office, asked: Asked, staff: Staff) -> str:
    rows = [
        row
        for agent in living(office, staff.client)
        for row in findings.rows(office, office.ledger.shown(agent.agent), asked.now)
    ]
    rows.sort(key=lambda row: (-row.status.rank, row.host, row.check, row.subject))
    heard = {row.host for row in rows}
    silent = [host for host in staff.doc.hosts if host not in heard]
    lines = [f"{row.status.value:<8} {row.host:<16} {row.title} {row.subject}: {clean(row.sentence)}" for row in rows]
    lines += [f"unknown  {host:<16} no agent checks in" for host in silent]
    return "\n".join(lines) + "\n" if lines else "nothing was looked at\n"


VERBS: Verbs = {"pack": pack}
