"""A text goes through an editor until it checks; nothing that somebody wrote is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.client.client import NotReachable
from console.client.editing import Edited, edited


def hand(*texts: str | None) -> tuple[list[str], Any]:
    """An editor that leaves these texts, one each time; and what it was shown."""
    seen: list[str] = []
    coming: Iterator[str | None] = iter(texts)

    def editor(text: str) -> str | None:
        seen.append(text)
        return next(coming)

    return seen, editor


def kept() -> str | None:
    """What the file beside us says; it is taken away."""
    path = Path("mill.rejected.yaml")
    if not path.exists():
        return None
    text = path.read_text()
    path.unlink()
    return text


@pytest.fixture
async def written(still: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, str]:
    """The daemon's client, and a model in force; the working folder is a fresh one."""
    monkeypatch.chdir(tmp_path)
    return still.client, (await still.do("pull-model", model="mill")).text


async def test_what_does_not_check_comes_back_with_what_is_wrong_on_top_until_it_does(
    written: tuple[Any, str],
) -> None:
    client, text = written
    wrong, right = text.replace("owner: ana", "owner: nobody"), text.replace("owner: ana", "owner: tom")
    seen, editor = hand(wrong, "#! line 9: what the last one said\n" + right)
    assert await asyncio.to_thread(edited, client, "mill", text, editor) == Edited(right)
    assert seen[0] == text
    assert seen[1].startswith("#! line ")
    assert "nobody" in seen[1].splitlines()[0]
    assert seen[1].endswith(wrong)


async def test_a_text_that_is_left_as_it_is_changes_nothing(written: tuple[Any, str]) -> None:
    client, text = written
    for left in (None, text):
        assert await asyncio.to_thread(edited, client, "mill", text, hand(left)[1]) == Edited(None)
    assert kept() is None


async def test_what_was_given_up_or_met_no_daemon_is_kept_in_a_file(written: tuple[Any, str]) -> None:
    client, text = written
    wrong = text.replace("owner: ana", "owner: nobody")
    given_up = await asyncio.to_thread(edited, client, "mill", text, hand(wrong, None)[1])
    assert (given_up, kept()) == (Edited(None, "mill.rejected.yaml"), wrong)
    client.path = client.path.with_name("gone.sock")
    with pytest.raises(NotReachable):
        await asyncio.to_thread(edited, client, "mill", text, hand(wrong)[1])
    assert kept() == wrong
