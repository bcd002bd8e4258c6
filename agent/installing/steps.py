"""What an installation does, a step at a time: shown before, carried out once, taken back where a later one fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from agent.homes import write_whole
from agent.programs import ProgramError, run

SECONDS = 60.0
"""What a program of the system may take."""


class NotInstalled(Exception):
    """It could not be installed or removed: says what failed, and that nothing of it is left, or what is."""


Undo = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is there afterwards."""

    name: str
    """What it makes, as the record keeps it: `file /etc/…`, `account watchbill`."""
    says: str
    """What it does, to be read before it is done."""
    is_done: Callable[[], bool]
    do: Callable[[], Undo]
    """Does it; what takes that back, to how it was before."""
    remove: Callable[[], object]
    """Takes it away whole, when the service is removed."""
    stays: bool = False
    """Whether removing the service leaves it, and only forgetting everything takes it away: the account, the state."""


def carry_out(steps: Sequence[Step], record: Path, tell: Callable[[str], object]) -> None:
    """Do what is not done yet, and write down what this was. Raises NotInstalled, once everything is taken back."""
    names, undos = [*made(record)], dict[str, Undo]()
    try:
        for step in steps:
            if step.is_done():
                tell(f"is there: {step.says}")
                continue
            undos[step.name] = step.do()
            tell(f"done: {step.says}")
            names += [step.name] if step.name not in names else []
        write_whole(record, msgspec.json.encode(names), 0o644)
    except (NotInstalled, OSError) as error:
        left = _taken_back(undos)
        more = f"; still there: {', '.join(left)}" if left else "; what was done before it was taken back"
        raise NotInstalled(f"{error}{more}") from error


def _taken_back(undos: Mapping[str, Undo]) -> list[str]:
    """Undo from the last to the first; what could not be."""
    left = []
    for name, undo in reversed([*undos.items()]):
        try:
            undo()
        except (NotInstalled, OSError) as error:
            left.append(f"{name} ({error})")
    return left


def safely(do: Callable[[], object], undo: Undo) -> Undo:
    """Do something that may fail half-way; what takes it back."""
    try:
        do()
    except (NotInstalled, OSError):
        with suppress(NotInstalled, OSError):
            undo()
        raise
    return undo


def made(record: Path) -> tuple[str, ...]:
    """The names of what an installation made here; none where there was none."""
    try:
        return msgspec.json.decode(record.read_bytes(), type=tuple[str, ...])
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError) as error:
        raise NotInstalled(f"{record} cannot be read: {error}") from error


def remove(steps: Sequence[Step], record: Path, tell: Callable[[str], object], *, purge: bool) -> None:
    """Take back what an installation here made, and nothing that was there before it. Raises NotInstalled."""
    names = made(record)
    mine = [step for step in steps if step.name in names and (purge or not step.stays)]
    left = _taken_back({step.name: step.remove for step in mine})
    for step in reversed(mine):
        tell(f"taken back: {step.says}")
    if left:
        raise NotInstalled(f"still there: {', '.join(left)}")
    kept = [step.name for step in steps if step.name in names and step not in mine]
    if kept:
        write_whole(record, msgspec.json.encode(kept), 0o644)
    else:
        record.unlink(missing_ok=True)


def called(*argv: str) -> str:
    """What a program of the system says. Raises NotInstalled with its last line where it fails."""
    try:
        ran = run(argv, seconds=SECONDS)
    except ProgramError as error:
        raise NotInstalled(str(error)) from error
    if ran.status:
        last = (ran.err.strip() or ran.out.strip()).splitlines()[-1:]
        raise NotInstalled(f"{' '.join(argv)} ended with {ran.status}: {' '.join(last)}")
    return ran.out


def succeeds(*argv: str) -> bool:
    """Whether a program of the system says yes. Raises NotInstalled where there is none."""
    try:
        return run(argv, seconds=SECONDS).status == 0
    except ProgramError as error:
        raise NotInstalled(str(error)) from error
