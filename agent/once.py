"""One look at this machine, by default standards, and nothing kept: what `look` prints, and `watchbill visit` brings.

Run as a module it prints the findings as JSON. Also on a machine that has no library of ours (console/field/looked.py).
"""

from __future__ import annotations

import json
import sys
import time

from agent.forgetful import Forgetful
from agent.looking import PACE, Look, LookAt
from agent.probes import PROBES
from agent.report import as_json, findings
from agent.round import Round
from checks.finding import Finding
from checks.reading import Instant


def once(now: Instant, pace: int, asked: LookAt) -> list[Finding]:
    """What is found."""
    return findings(Round(PROBES).gather(Look(now, now + pace, Forgetful(), asked)), now)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(as_json(once(int(time.time()), PACE, LookAt()))))  # noqa: TID251 - a front door
