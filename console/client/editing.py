"""A model's round trip through an editor: what does not check is opened again with everything that is wrong on top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checks.text import clean
from console.client.client import Client, NotReachable, Refused

_MARK = "#! "
_LEFT = "mend it below these lines, which are taken away again; leave the file as it is to give up"


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back: a text that checks, or nothing; then the file that keeps what could not be used, or ""."""

    text: str | None
    kept: str = ""


def edited(client: Client, name: str, original: str, editor: Callable[[str], str | None]) -> Edited:
    """Open a text until it checks or is left as it is. Raises NotReachable or Refused, with the text kept in a file."""
    opened, text = original, original
    while True:
        came = editor(opened)
        if came is None or came == opened or _unmarked(came) == original:
            return Edited(None, keep_aside(name, text) if text != original else "")
        text = _unmarked(came)
        try:
            checked = client.do("check-model", documents=[{"name": f"{name}.yaml", "text": text}])
        except (NotReachable, Refused):
            keep_aside(name, text)
            raise
        if not checked.problems:
            return Edited(text)
        told = [f"line {one.line}: {one.text}" + (f" ({one.where})" if one.where else "") for one in checked.problems]
        opened = "".join(f"{_MARK}{clean(line, 500)}\n" for line in (*told, _LEFT)) + text


def keep_aside(name: str, text: str) -> str:
    """Keep what somebody wrote and could not use, in a file where they are; its name."""
    path = Path(f"{name}.rejected.yaml")
    path.write_text(text, encoding="utf-8")
    return str(path)


def _unmarked(text: str) -> str:
    """The text without the lines that were put on top of it."""
    lines = text.splitlines(keepends=True)
    first = next((place for place, line in enumerate(lines) if not line.startswith(_MARK)), len(lines))
    return "".join(lines[first:])
