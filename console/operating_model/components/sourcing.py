"""Sourcing: suppliers, what they owe and until when, and why each thing is done inside or bought (25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from checks.wording import duration
from console.operating_model.components.entry import Component, Entry, Live, counted, nothing, plain
from console.operating_model.components.services import over
from console.operating_model.people.reach import hours_words
from console.operating_model.people.staff import Staff
from console.operating_model.schema.sourcing import ContractDoc

SOON = timedelta(days=60)


def component(staff: Staff, live: Live) -> Component:
    """Suppliers, contracts, capabilities, and things without an agent."""
    rows = list(_suppliers(staff)) or [
        nothing("supplier", "suppliers", "who else delivers, and whom to call there", staff.client)
    ]
    rows += list(_contracts(staff, live)) or [
        nothing("contract", "contracts", "what each supplier owes, and the last day to cancel", staff.client)
    ]
    rows += list(_capabilities(staff)) or [
        nothing("capability", "capabilities", "what is done inside and what is bought, and why", staff.client)
    ]
    rows += _externals(staff, live)
    known = sum(one.probing_host in live.heard for one in staff.doc.externals.values())
    bare = len(set(staff.doc.externals) - _covered(staff))
    words = [counted(len(staff.doc.contracts), "contract", "contracts")]
    words += [f"{known} of {len(staff.doc.externals)} externals watched now"]
    words += [f"{bare} without a contract"] if bare else []
    return Component(" · ".join(words), tuple(rows), "watch" if any(row.tone for row in rows) else "ok")


def contract_words(contract: ContractDoc) -> str:
    """What a supplier owes: `99.5 % a month, respond 1 h, solve 4 h, at any hour`."""
    said = [f"{contract.availability * 100:g} % {over(contract.window)}"] if contract.availability else []
    said += [f"respond {duration(contract.respond)}"] if contract.respond else []
    said += [f"solve {duration(contract.resolve)}"] if contract.resolve else []
    return ", ".join([*said, hours_words(contract.calendar)])


def _covered(staff: Staff) -> set[str]:
    return {one for contract in staff.doc.contracts.values() for one in contract.covers}


def _suppliers(staff: Staff) -> Iterator[Entry]:
    for id_, one in staff.doc.suppliers.items():
        mine = {name: contract for name, contract in staff.doc.contracts.items() if contract.supplier == id_}
        covers = [thing for contract in mine.values() for thing in contract.covers]
        row = plain("supplier", id_, one.name, (f"{staff.called(one.owner)} owns", ", ".join(covers) or "nothing", ""))
        detail = (
            f"{one.name} ({one.kind})",
            "",
            f"call       {one.service_desk or 'no service desk is written'}",
            f"account    {one.account or 'none'}",
            f"owner      {staff.called(one.owner)}",
            *(f"contract   {name}: {contract_words(contract)}" for name, contract in mine.items()),
        )
        yield replace(row, detail=detail, person=one.owner, tone="" if mine else "watch")


def _contracts(staff: Staff, live: Live) -> Iterator[Entry]:
    for id_, one in staff.doc.contracts.items():
        notice = one.to - timedelta(days=one.notice_days)
        tone = "breach" if notice < staff.today else "watch" if notice <= staff.today + SOON else ""
        when = f"notice {notice}"
        supplier = staff.doc.suppliers[one.supplier]
        row = plain("contract", id_, id_, (supplier.name, f"{', '.join(one.covers)}: {contract_words(one)}", when))
        detail = (
            f"{id_} with {supplier.name}",
            "",
            f"covers     {', '.join(one.covers)}",
            f"owes       {contract_words(one)}",
            f"runs       {one.from_} to {one.to}",
            f"to cancel  by {notice} ({one.notice_days} days before its end)",
            f"owner      {staff.called(supplier.owner)}",
            *live.to_close(id_),
        )
        yield replace(row, detail=detail, person=supplier.owner, tone=tone)


def _capabilities(staff: Staff) -> Iterator[Entry]:
    for one in staff.doc.capabilities:
        parties = ", ".join(staff.called(party) for party in one.parties) or one.sourcing
        now = f"review {one.review}" if one.review else "no review"
        row = plain("capability", one.id, one.what, (parties, f"{one.sourcing}: {one.why or 'nobody said why'}", now))
        detail = (
            f"{one.what}: {one.sourcing}",
            "",
            f"parties    {parties}",
            f"why        {one.why or 'nobody said why'}",
            f"instead    {counted(one.alternatives, 'alternative', 'alternatives')}, {one.exit_days} days to leave",
            f"review     {one.review or 'never'}",
        )
        person = next((party for party in one.parties if party in staff.people), "")
        yield replace(row, detail=detail, person=person, tone="" if one.why else "watch")


def _externals(staff: Staff, live: Live) -> Iterator[Entry]:
    covered = _covered(staff)
    for id_, one in staff.doc.externals.items():
        contracts = [name for name, contract in staff.doc.contracts.items() if id_ in contract.covers]
        says = ", ".join(contracts) or "no contract covers it"
        now = "watched" if one.probing_host in live.heard else "not seen" if one.probing_host else "nothing looks at it"
        row = plain("external", id_, id_, (one.kind, says, now))
        detail = (f"{id_} ({one.kind})", "", f"looked at  {one.probe or 'by nothing'}", f"contract   {says}",
                  *live.to_close(id_))  # fmt: skip
        yield replace(row, detail=detail, tone="" if id_ in covered else "watch")
