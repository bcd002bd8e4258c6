"""A sheet: titled blocks of lines, each of which may lead to another page. What a person's page and a hand-out are."""

from __future__ import annotations

from msgspec import Struct


class Item(Struct, frozen=True):
    """One line."""

    text: str
    short: str = ""
    """A few words for it, where lines share a row."""
    tone: str = ""
    """`ok`, `watch`, `breach`, `unknown`, `quiet` or ""."""
    page: str = ""
    """The page that it leads to, or ""."""
    arguments: tuple[tuple[str, str], ...] = ()


class Block(Struct, frozen=True):
    """Lines under one title. An empty block says what would be in it."""

    title: str
    items: tuple[Item, ...]
    empty: str = ""
