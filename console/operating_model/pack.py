"""What a hand-over pack says of the model: resolved as JSON, contacts, access to sites, open work. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

from console.operating_model.people.escalation import card
from console.operating_model.people.staff import Staff
from console.operating_model.plan.states import decision_state, waiver_state
from console.operating_model.schema.records import ActionRecord, DecisionRecord, WaiverRecord

README = """\
{client}: hand-over pack
{line}
Made by {provider} on {today}, from revision {revision} of the model
(sha256 {sha256}).

It is for reading: whoever takes the client over finds here who does what, what is promised, what is open,
whom to call and how to get in. It was searched for secrets before it was written: private keys, tokens, passwords
and long random strings. Passwords and keys are handed over another way, from person to person.

{files}

Check that nothing was changed on the way, on any machine that has watchbill, without a daemon:
    watchbill pack verify FILE.zip
It prints a fingerprint; read it to each other on the phone.
"""
_ABOUT = {
    "model/resolved.json": "the same with everything that is inherited, for programs",
    "contacts.txt": "whom to call for what, our people, the client's people, the suppliers",
    "sites.txt": "addresses, how to get in, and what stands there",
    "open-work.txt": "incidents, gaps, actions, milestones, waivers and decisions that still run",
    "open-work.json": "the same, for programs",
    "findings.txt": "what was found on each host, the worst first",
}


def readme(staff: Staff, provider: str, revision: tuple[int, str], files: Sequence[str]) -> str:
    """The first thing that is read; `revision` is its number and hash."""
    listed = "\n".join(f"  {name:<24} {_ABOUT.get(name, 'the model as it was written')}" for name in sorted(files))
    number, sha256 = revision
    return README.format(
        client=staff.doc.client.name,
        line="=" * (len(staff.doc.client.name) + 16),
        provider=provider,
        today=staff.today,
        revision=number,
        sha256=sha256,
        files=listed,
    )


def resolved(staff: Staff) -> str:
    """The client's document with what it inherits, as JSON."""
    return _json(staff.doc.model_dump(by_alias=True))


def contacts(staff: Staff) -> str:
    """The escalation card, then everybody with phone and mail, then the suppliers."""
    lines = ["Who to call", ""]
    lines += [f"  {step.when:<16} {step.text}" for step in card(staff)] or ["  the channel register is empty"]
    for org, title in (("msp", "Our people"), ("client", "The client's people"), ("supplier", "The suppliers' people")):
        mine = [one for one in staff.people.values() if one.org == org]
        lines += ["", title, ""] if mine else []
        lines += [f"  {one.name:<24} {one.title:<20} {one.phone:<18} {one.email}".rstrip() for one in mine]
    lines += ["", "Suppliers", "", *([] if staff.doc.suppliers else ["  none"])]
    for id_, one in staff.doc.suppliers.items():
        lines.append(
            f"  {one.name:<24} {one.service_desk}, account {one.account or 'none'}, ours: {staff.called(one.owner)}"
        )
        lines += [
            f"    {name}: {', '.join(contract.covers)}, {contract.from_} to {contract.to}, "
            f"cancel by {contract.to - timedelta(days=contract.notice_days)}"
            for name, contract in staff.doc.contracts.items()
            if contract.supplier == id_
        ]
    return "\n".join(lines) + "\n"


def sites(staff: Staff) -> str:
    """Each site: where it is, how to get in, and what stands there."""
    lines: list[str] = []
    for id_, site in staff.doc.sites.items():
        lines += [f"{site.name} ({id_})", f"  address  {site.address or 'not written'}"]
        lines += [f"  access   {site.access or 'not written'}"]
        lines += [f"  contact  {', '.join(staff.called(one) for one in site.contacts)}"] if site.contacts else []
        lines += [f"  notes    {site.notes}"] if site.notes else []
        for name, host in staff.doc.hosts.items():
            if host.site == id_:
                on = f", on {host.runs_on}" if host.runs_on else ""
                lines.append(f"  host     {name}: {host.role or 'no role written'}, {host.os or 'system unknown'}{on}")
        lines += [f"  external {name} ({one.kind})" for name, one in staff.doc.externals.items() if one.site == id_]
        lines.append("")
    return "\n".join(lines) or "no site is written down\n"


def open_work(staff: Staff, live: Mapping[str, Sequence[Mapping[str, object]]]) -> tuple[str, str]:
    """What still runs, as text and as JSON: what the desk saw (incidents, gaps), and what records and model say."""
    sections = {**live, **_written(staff)}
    lines: list[str] = []
    for title, rows in sections.items():
        lines += [f"{title} ({len(rows)})", ""]
        lines += ["  " + " · ".join(str(value) for value in row.values() if value not in ("", None)) for row in rows]
        lines += ["" if rows else "  none", ""]
    return "\n".join(lines).rstrip() + "\n", _json(sections)


def _written(staff: Staff) -> dict[str, list[Mapping[str, object]]]:
    return {
        "actions": [
            {"id": one.id, "due": one.due, "owner": staff.called(one.owner), "text": one.text}
            for one in staff.of(ActionRecord)
            if one.done is None
        ],
        "milestones": [
            {"id": one.id, "due": one.due, "owner": staff.called(one.owner), "text": one.text}
            for one in staff.doc.milestones
            if one.done is None
        ],
        "waivers": [
            {"id": one.id, "until": one.ends, "state": waiver_state(one, staff.today).word, "policy": one.policy,
             "scope": dict(one.scope),
             "why": one.reason, "instead": one.compensating}
            for one in staff.of(WaiverRecord)
            if not waiver_state(one, staff.today).is_over
        ],
        "decisions": [
            {"id": one.id, "until": one.expires, "by": staff.called(one.by), "what": one.what}
            for one in staff.of(DecisionRecord)
            if not decision_state(one, staff.today).is_over
        ],
    }  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n"
