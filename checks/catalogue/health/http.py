"""Does a web page answer as it should? Seconds until it did; of pages that the administrator listed."""

from __future__ import annotations

from checks.check import Check, Family, Seen, Unit
from checks.finding import Status
from checks.reading import CheckName
from checks.standard import Bad, Standard


def _sentence(seen: Seen) -> str:
    if seen.reading.value is None:
        return next((item.detail for item in seen.reading.items), "does not answer")
    return f"answers after {seen.value * 1000:.0f} ms"


CHECK = Check(
    name=CheckName("http"),
    family=Family.HEALTH,
    title="web page",
    question="Does the page answer as it should?",
    unit=Unit.SECONDS,
    standard=Standard(
        None,
        None,
        Bad.ABOVE,
        "our default: what was listed, within its time limit, is well; two looks must see it, as a restart is no alarm",
        in_a_row=2,
    ),
    sentence=_sentence,
    ran="real sockets and real TLS: well, wrong status or text, redirects, dripping, not HTTP, untrusted",
    needs="a way to the page; no proxy is asked",
    advice="Open the page by hand; read its server's log, and renew its certificate where that is the trouble.",
    none_means=Status.BREACH,
    charted=True,
)
