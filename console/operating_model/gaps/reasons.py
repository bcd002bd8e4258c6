"""Why each gap matters, and the standard that asks for it (row 60b)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Title, why it matters, and where that comes from."""

    title: str
    why: str
    source: str = "our practice"


_PROMISE = "ISO/IEC 20000-1, 8.3.3"
REASONS = {
    "G1": Reason("host in no service", "nobody knows whom it hurts when it fails", "Backstage (system model)"),
    "G2": Reason("promise missing or not measured", "nothing says what is owed, or nothing counts it", "FitSM-1"),
    "G3": Reason("KPI without target or source", "a number without a target is neither good nor bad", "FitSM-1"),
    "G4": Reason("one person alone", "when they are ill or gone, nobody can do it"),
    "G5": Reason("promise above its contract", "it breaks even when everybody does what they owe", _PROMISE),
    "G6": Reason("external without contract", "what nobody owes you, nobody repairs for you", _PROMISE),
    "G7": Reason("contract date near or past", "a date that passes unseen decides by itself", "SIAM"),
    "G8": Reason(
        "no runbook, or review overdue", "what is only in somebody's head leaves with them", "ISO/IEC 20000-1"
    ),
    "G9": Reason("findings that no process hears", "work that nothing listens for is done by chance", "FitSM-1"),
    "G10": Reason("RPO out of reach", "even when every run succeeds, more is lost than was agreed"),
    "G11": Reason("restore not proven", "a backup that was never restored is a hope"),
    "G12": Reason("leave ran out", "an exception that never ends is the real rule", "ISO/IEC 20000-1"),
    "G13": Reason("hours that nobody covers", "what is promised then, nobody is there to keep", "FitSM-1"),
    "G14": Reason("outcome without number", "nobody can tell whether it was reached", "COBIT 2019"),
    "G15": Reason("need that nothing meets", "who asked and was not heard stops asking", "COBIT 2019"),
    "G16": Reason("sign-off missing", "what was not agreed to will not be followed", "COBIT 2019"),
    "G17": Reason("step overdue", "a plan whose dates pass is not a plan"),
    "G18": Reason("service without outcome", "effort that serves no goal is the first to question", "COBIT 2019"),
    "G19": Reason("no place in the recovery order", "in an emergency nobody has time to agree on one"),
    "G20": Reason("limit that nobody checks", "a limit that nobody looks at is a wish", "COBIT 2019"),
    "G21": Reason("sold and not delivered", "the client pays for it, and finds out when it is needed", "FitSM-1"),
    "G22": Reason("severities in the wrong order", "the milder trouble would be worked on first", "iTop"),
    "EOL": Reason("end of support", "what is found then is not mended any more", "Cyber Essentials"),
    "END": Reason("leave that ends soon", "there is still time to do what it put off", "ISO/IEC 20000-1"),
    "EMPTY": Reason("section that says nothing", "what is not written is done differently by everybody", "COBIT 2019"),
    "ROLE": Reason("role not held, or no deputy", "a role that nobody holds decides nothing", "COBIT 2019"),
    "LEFT": Reason("person who leaves", "what they held falls to nobody", "COBIT 2019"),
    "CAP": Reason("capability without a reason", "nobody can tell later whether it was right", "SIAM"),
    "PROBE": Reason("probe that nobody makes", "it may be down for days, and nothing tells", "our practice"),
    "IDLE": Reason("service that nobody uses", "it costs, and serves nobody", "FitSM-1"),
}
"""By the number of the gap."""
