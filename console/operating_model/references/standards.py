"""Standards: limits for checks that exist, written in their unit, in the right order."""

from __future__ import annotations

from collections.abc import Mapping

from checks.check import Check
from checks.reading import CheckName
from checks.standard import Bad
from console.operating_model import words
from console.operating_model.document import Path
from console.operating_model.references.known import Told, unknown
from console.operating_model.schema.client import BaselineDoc, ClientDoc
from console.operating_model.schema.services import LimitsDoc


def told(doc: ClientDoc, checks: Mapping[CheckName, Check]) -> Told:
    """What is wrong with the client's standards."""
    yield from limits(doc, checks, ())
    for name, written in doc.standards.items():
        for host, own in written.hosts.items():
            at: Path = ("standards", name, "hosts", host)
            if host not in doc.hosts:
                yield at, unknown("host", host, doc.hosts)
            if name in checks:
                yield from _limits(checks[CheckName(name)], own, at, (None, None))


def limits(doc: BaselineDoc, checks: Mapping[CheckName, Check], at: Path) -> Told:
    """What is wrong with the standards that hold for every host."""
    for name, written in doc.standards.items():
        check = checks.get(CheckName(name))
        if check is None:
            yield (*at, "standards", name), unknown("check", name, checks)
        else:
            before = (check.standard.warn, check.standard.crit)
            yield from _limits(check, written, (*at, "standards", name), before)


def _limits(check: Check, doc: LimitsDoc, at: Path, before: tuple[float | None, float | None]) -> Told:
    found: dict[str, float | None] = dict(zip(("warn", "crit"), before, strict=True))
    for word in ("warn", "crit"):
        written = getattr(doc, word)
        if word not in doc.model_fields_set:
            continue
        try:
            found[word] = None if written in (None, "never") else words.limit(written, check.unit)
        except ValueError as error:
            yield (*at, word), str(error)
            return
    if check.console_looks and (doc.for_ is not None or doc.in_a_row is not None):
        yield at, f"{check.name} is no look of an agent: say with crit for how long a host may be silent"
    warn, crit = found["warn"], found["crit"]
    if warn is None or crit is None:
        return
    above = check.standard.bad is Bad.ABOVE
    if (warn > crit) if above else (warn < crit):
        yield at, f"warn must come before crit: for {check.name} {'more' if above else 'less'} is worse"
