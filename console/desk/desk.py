"""The desk: finds a page or verb by its name, asks who may, and lets the right file make it."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import isawaitable
from typing import Any

from msgspec import Struct

from console.access.identity import Visitor, daemon_itself
from console.desk import auditing, house
from console.desk.assessment import assessing, gaps, treating
from console.desk.auditing import Act
from console.desk.demo import Demonstration
from console.desk.handover import handouts, packing, people
from console.desk.live import (
    acknowledging,
    actions,
    agents,
    concerning,
    doors,
    enrolling,
    handling,
    hosts,
    incident,
    incidents,
    outbox,
    reporting,
    resolving,
    services,
    shifts,
    suppressed,
    triage,
    why,
)
from console.desk.model import blueprint, components, observing
from console.desk.modelling import amending, drafts, publishing, revisions, schema, signing, starting
from console.desk.modelling.published import PublishedModels
from console.desk.office import Asked, Office, Pages, Surroundings, Verbs
from console.desk.planning import deciding, plan, progress, sites, steps, windows
from console.desk.pulse import Pulse
from console.desk.records import importing, papers
from console.desk.refusal import DeskRefusal, Kind
from console.desk.week import closing, compliance, explaining, freezing, printing, sending, trends, week, worked
from console.pages.verb import IDLE, Page, Verb
from console.pages.verbs import PAGES, VERBS
from console.store.history import History
from console.store.ledger import Ledger
from console.store.sittings import Sittings

LONGEST = 2000
"""Characters of one thing that somebody says."""
_PAGES: Pages = {
    **services.PAGES,
    **hosts.PAGES,
    **agents.PAGES,
    **incidents.PAGES,
    **incident.PAGES,
    **triage.PAGES,
    **shifts.PAGES,
    **concerning.PAGES,
    **why.PAGES,
    **week.PAGES,
    **worked.PAGES,
    **closing.PAGES,
    **printing.PAGES,
    **explaining.PAGES,
    **trends.PAGES,
    **compliance.PAGES,
    **drafts.PAGES,
    **components.PAGES,
    **people.PAGES,
    **blueprint.PAGES,
    **assessing.PAGES,
    **papers.PAGES,
    **plan.PAGES,
    **progress.PAGES,
    **sites.PAGES,
    **schema.PAGES,
    **observing.PAGES,
    **outbox.PAGES,
    **house.PAGES,
    **auditing.PAGES,
    **doors.PAGES,
    **starting.PAGES,
    **suppressed.PAGES,
    **gaps.PAGES,
    **handouts.PAGES,
    **revisions.PAGES,
    **treating.PAGES,
}
_VERBS: Verbs = {
    **actions.VERBS,
    **enrolling.VERBS,
    **doors.VERBS,
    **handling.VERBS,
    **reporting.VERBS,
    **resolving.VERBS,
    **acknowledging.VERBS,
    **shifts.VERBS,
    **concerning.VERBS,
    **outbox.VERBS,
    **why.VERBS,
    **explaining.VERBS,
    **drafts.VERBS,
    **deciding.VERBS,
    **windows.VERBS,
    **steps.VERBS,
    **packing.VERBS,
    **starting.VERBS,
    **amending.VERBS,
    **importing.VERBS,
    **publishing.VERBS,
    **revisions.VERBS,
    **signing.VERBS,
    **treating.VERBS,
    **closing.VERBS,
    **freezing.VERBS,
    **sending.VERBS,
}


class Desk:
    """Every page and every verb, for whoever asks."""

    def __init__(
        self, ledger: Ledger, history: History, published: PublishedModels, pulse: Pulse, surroundings: Surroundings
    ) -> None:
        sittings = Sittings(ledger.database.reading, ledger.writer)
        self._office = Office(ledger, history, published, pulse, surroundings, sittings)
        self.ledger = ledger
        self.pulse = pulse

    async def page(self, name: str, arguments: Mapping[str, Any], who: Visitor) -> Struct:
        """A page. Raises DeskRefusal."""
        await self.enter(who)
        declared = next((page for page in PAGES if page.name == name), None)
        if declared is None:
            known = ", ".join(page.name for page in PAGES)
            raise DeskRefusal(f"there is no page {name!r}", f"known are: {known}", Kind.NOT_FOUND)
        asked = Asked(who, arguments, self._office.now)
        if IDLE in arguments:
            self._office.sittings.touched(who.login, asked.now - max(0, asked.number(IDLE)))
        try:
            self._require(declared, who)
            made = _PAGES[name](self._office, asked)
            answer = await made if isawaitable(made) else made
        except DeskRefusal as refusal:
            await Act(self._office, asked, name, declared.arguments).refused(refusal)
            raise
        if declared.is_export:
            await Act(self._office, asked, name, declared.arguments).exported()
        return answer

    async def do(self, name: str, arguments: Mapping[str, Any], who: Visitor) -> Struct:
        """Do a verb. Raises DeskRefusal, and then nothing has changed."""
        await self.enter(who)
        verb = next((verb for verb in VERBS if verb.name == name), None)
        if verb is None:
            known = ", ".join(verb.name for verb in VERBS)
            raise DeskRefusal(f"there is no verb {name!r}", f"known are: {known}", Kind.NOT_FOUND)
        asked = Asked(who, arguments, self._office.now)
        act = Act(self._office, asked, name, verb.arguments)
        before = act.stands() if verb.acts else None
        try:
            self._require(verb, who)
            _refuse(verb, arguments)
            answer = await _VERBS[name](self._office, asked)
        except DeskRefusal as refusal:
            await act.refused(refusal)
            raise
        if before is not None:
            await act.done(before)
        elif verb.is_export:
            await act.exported()
        return answer

    async def enter(self, who: Visitor) -> None:
        """Let in who has a role somewhere; nobody else hears anything of this house. Raises DeskRefusal."""
        if self.knows(who):
            return
        refusal = DeskRefusal(
            f"{who.login} is nobody at this desk",
            "an owner gives people a login and a role: `people` and `access` in provider.yaml",
            Kind.FORBIDDEN,
        )
        await Act(self._office, Asked(who, {}, self._office.now), "enter").refused(refusal)
        raise refusal

    @property
    def trouble(self) -> str:
        """Why nothing is kept just now, or no check-ins, and what to do; "" where all is."""
        return house.trouble(self._office)

    def knows(self, who: Visitor) -> bool:
        """Whether somebody has a role for the house or for any client of it."""
        return who.highest(self.ledger.model) is not None

    def _require(self, declared: Page | Verb, who: Visitor) -> None:
        """Refuse who may not do or read it anywhere; what it is about is asked where it is made. Raises DeskRefusal."""
        if (who.highest(self.ledger.model) or 0) < declared.permission:
            raise DeskRefusal(
                f"{who.login} may not {declared.name}: it needs {declared.permission.name.lower()}",
                "ask an owner for a role in provider.yaml",
                Kind.FORBIDDEN,
            )

    async def publish_starter(self) -> None:
        """A first model for this machine, where none is published yet."""
        me = daemon_itself()
        act = Act(self._office, Asked(me, {"reason": actions.STARTER}, self._office.now), "publish")
        before = act.stands()
        if await actions.publish_starter(self._office, act.asked):
            await act.done(before)

    def demonstration(self) -> Demonstration:
        """The example, told as this desk's clock moves on."""
        return Demonstration(self._office)


def _refuse(verb: Verb, arguments: Mapping[str, Any]) -> None:
    """Refuse what is not all there, and what is too long. Raises DeskRefusal."""
    missing = [one.name for one in verb.arguments if one.required and not arguments.get(one.name)]
    if missing:
        raise DeskRefusal(f"{verb.name} needs {', '.join(missing)}", f"give {', '.join(missing)}")
    for one in verb.arguments:
        if not one.is_file and isinstance(given := arguments.get(one.name), str) and len(given) > LONGEST:
            told = f"{one.name} is {len(given)} characters long"
            raise DeskRefusal(told, f"say it in {LONGEST}, and keep the rest in a file of yours")
