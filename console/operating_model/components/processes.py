"""Processes: what starts them, the steps they follow, who owns them, how they are measured and reviewed (18)."""

from __future__ import annotations

from dataclasses import replace

from console.operating_model.components.entry import NOT_MEASURED, Component, Entry, Live, counted, nothing, plain
from console.operating_model.people.reach import row_of, telling_steps
from console.operating_model.people.staff import Staff
from console.operating_model.schema.processes import ProcessDoc


def component(staff: Staff, live: Live) -> Component:
    """Every process with its steps."""
    rows = [_entry(staff, live, id_, process) for id_, process in staff.doc.processes.items()]
    measured = sum(process.kpi in live.kpis for process in staff.doc.processes.values())
    bare = sum(not process.runbook for process in staff.doc.processes.values())
    late = sum(_is_late(staff, process) for process in staff.doc.processes.values())
    words = [counted(len(rows), "process", "processes")]
    words += [f"{bare} without a runbook"] if bare else ["each with its steps"] if rows else []
    words += [f"{late} past review"] if late else []
    words += [f"{measured} of {len(rows)} measured now" if measured else "none measured now"]
    if not rows:
        rows = [nothing("process", "processes", "what is done the same way every time, step by step", staff.client)]
    return Component(" · ".join(words), tuple(rows), "watch" if bare or late else "ok")


def _is_late(staff: Staff, process: ProcessDoc) -> bool:
    return process.review is not None and process.review < staff.today


def _entry(staff: Staff, live: Live, id_: str, process: ProcessDoc) -> Entry:
    row, runbook = row_of(staff, id_), staff.doc.runbooks.get(process.runbook)
    steps = tuple(runbook.steps) if runbook else ()
    value = live.kpis.get(process.kpi, NOT_MEASURED)
    review = f"{process.review}{' is past' if _is_late(staff, process) else ''}" if process.review else "never"
    entry = plain("process", id_, process.name, (f"A {staff.called(row.A if row else '')}", " → ".join(steps), value))
    informed = ", ".join(staff.called(one) for one in row.I) if row else "nobody"
    asked = ", ".join(staff.called(one) for one in row.C) if row else ""
    done_by = ", ".join(staff.called(one) for one in row.R) if row else "nobody"
    told_at = telling_steps(staff, id_)
    detail = (
        f"{process.name}",
        "",
        f"begins at  {', '.join(process.triggers)}",
        f"done by    {done_by}",
        f"answers    {staff.called(row.A if row else '')}; {staff.called(row.deputy if row else '')} stands in",
        f"ask first  {asked or 'nobody'}",
        f"tell       {informed or 'nobody'}" + (f", at {', '.join(told_at)}" if told_at else ""),
        *(f"{place:>9}. {step}" for place, step in enumerate(steps, 1)),
        f"measured   {process.kpi or 'by nothing'}: {value}",
        f"review     {review}",
        *live.to_close(id_),
    )
    tone = "watch" if not steps or _is_late(staff, process) else ""
    return replace(entry, detail=detail, person=row.A if row else "", tone=tone)
