"""Asks for what a verb must be told, one question at a time, then for a yes where it asks once, and does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.pages.verb import Argument, Verb
from console.tui.widgets.prompt import Prompt


@dataclass(frozen=True, slots=True)
class Asking:
    """One verb on its way from a key to the desk."""

    verb: Verb
    given: Mapping[str, str]
    """What is known already: from the selected row, the page, the chosen client."""
    prompt: Prompt
    do: Callable[[Verb, Mapping[str, str]], None]

    @property
    def unpicked(self) -> Argument | None:
        """What only a selected row could tell, and none did."""
        picked = (one for one in self.verb.arguments if one.picked and one.required)
        return next((one for one in picked if not self.given.get(one.name)), None)

    def go_on(self) -> None:
        """Ask for the next thing that is not known; do it once everything is."""
        asked = (one for one in self.verb.arguments if not one.aside and not (one.picked and not one.required))
        wanted = next((one for one in asked if one.name not in self.given), None)
        if wanted is not None:
            self._ask(wanted)
        elif self.verb.asks_once:
            self.prompt.ask(f"{self._what()}? y to do it, Esc to leave it", self._confirmed, known=("yes",))
        else:
            self.do(self.verb, self.given)

    def _ask(self, wanted: Argument) -> None:
        often = "" if wanted.required else " (optional)"
        among = f" [{' '.join(wanted.choices)}]" if wanted.choices else ""

        def answered(said: str) -> None:
            if said or not wanted.required:
                Asking(self.verb, {**self.given, wanted.name: said}, self.prompt, self.do).go_on()

        self.prompt.ask(f"{self._what()}: {wanted.question}{among}{often}", answered, known=wanted.choices)

    def _confirmed(self, said: str) -> None:
        if said.casefold() in ("y", "yes"):
            self.do(self.verb, self.given)

    def _what(self) -> str:
        incident = self.given.get("incident")
        if incident:
            return f"#{incident} {self.verb.label}"
        if not any(one.picked for one in self.verb.arguments) and self.given.get("client"):
            return f"{self.verb.label} at {self.given['client']}"  # it came from the row under the cursor, unasked
        arguments = (one for one in self.verb.arguments if one.picked and one.name != "client")
        picked = (self.given.get(one.name, "") for one in arguments)
        return " ".join((self.verb.label, *(one[:12] if is_hash(one) else one for one in picked if one)))


def is_hash(said: str) -> bool:
    """Whether it is a SHA-256, of which people read the beginning."""
    return len(said) == 64 and said.isalnum()
