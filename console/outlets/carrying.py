"""Carries a letter by its way with the accounts of one file, which is read again whenever it changed."""

from __future__ import annotations

from pathlib import Path

from checks.reading import Instant
from console.letters.letter import Accounts, Fate, Letter, Outcome, Way
from console.outlets import chat, hook, mail
from console.outlets.accounts import AUDIT, FILE, CannotUse, Outlets, address_of, read, sender_of
from console.outlets.envelope import enveloped


class Carrier:
    """What leaves the house goes through here. May be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._read: tuple[object, Outlets, str] = (None, Outlets(), "")

    def outlets(self) -> Outlets:
        """The accounts as the file says them now. Raises CannotUse."""
        stamp = _stamp(self.path)
        if self._read[0] != stamp:
            try:
                self._read = (stamp, read(self.path), "")
            except CannotUse as error:
                self._read = (stamp, Outlets(), str(error))
        _, found, trouble = self._read
        if trouble:
            raise CannotUse(trouble)
        return found

    def accounts(self) -> Accounts:
        """Which accounts there are, or why none can be used."""
        try:
            return self.outlets().known
        except CannotUse as error:
            return Accounts(trouble=str(error))

    def carry(self, letter: Letter, key: str, to: tuple[str, str], written_at: Instant) -> Outcome:
        """Carry a letter to (name, mail address); takes as long as the server lets it, within limits."""
        try:
            outlets = self.outlets()
            match letter.way:
                case Way.CHAT:
                    urls = outlets.chat.get(letter.account)
                    if not urls:
                        return _none(f"no chat account for {letter.account}", self.path)
                    return chat.carry(urls, letter, outlets.networks)
                case Way.HOOK:
                    named = next((one for one in outlets.hook if one.name == letter.account), None)
                    return hook.carry(named, letter, key) if named else _none(f"no hook {letter.account}", self.path)
                case _:
                    return self._mail(outlets, letter, key, (to, written_at))
        except CannotUse as error:
            return Outcome(Fate.WAITS, str(error))

    def anchor(self, text: str, at: Instant) -> list[str]:
        """Tell where the audit log ends to every address and program that is there for it; what went wrong."""
        try:
            outlets = self.outlets()
        except CannotUse as error:
            return [str(error)]
        lines = (text, "Keep it: `watchbill audit verify --anchor FILE` holds the log against it.")
        letter = Letter(AUDIT, "The audit log's anchor", lines, facts={"anchor": text})
        key = f"{AUDIT} {text}"
        came = [self._mail(outlets, letter, key, (("", one), at)) for one in outlets.audit]
        came += [hook.carry(one, letter, key) for one in outlets.hook if AUDIT in one.on]
        return [one.why for one in came if one.fate is not Fate.SENT]

    def check(self) -> list[tuple[str, str]]:
        """Each account with what is wrong with it, "" where nothing is. Raises CannotUse."""
        outlets = self.outlets()
        told = [(f"mail by {outlets.mail.host}", mail.check(outlets.mail))] if outlets.mail else []
        told += [(f"chat of {name}", chat.check(urls)) for name, urls in outlets.chat.items()]
        return told + [(f"hook {one.name}", hook.check(one)) for one in outlets.hook]

    def _mail(self, outlets: Outlets, letter: Letter, key: str, rest: tuple[tuple[str, str], Instant]) -> Outcome:
        (name, email), written_at = rest
        if outlets.mail is None:
            return _none("no mail account", self.path)
        try:
            receiver = address_of(email, name)
        except CannotUse as error:
            return Outcome(Fate.WAITS, f"{error}; mend it in the model")
        message = enveloped(letter, key, (sender_of(outlets.mail), receiver), written_at)
        return mail.carry(outlets.mail, message, receiver.addr_spec)


def _none(what: str, path: Path) -> Outcome:
    return Outcome(Fate.WAITS, f"there is {what}; write one into {path.name}")


def _stamp(path: Path) -> object:
    """What changes whenever the file does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_ino, found.st_size, found.st_mode)
