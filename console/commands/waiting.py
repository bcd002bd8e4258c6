"""What a person sees while the desk reads a big model: how much of it, and for how long already."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from time import monotonic
from typing import Any

import click

from console.commands.files import Documents, size
from console.commands.told import Wish, do

BIG = 200_000
"""Bytes from which the wait is told."""
_LOOK_SECONDS = 0.5


def do_with(wish: Wish, verb: str, documents: Documents, **arguments: object) -> Any:  # noqa: ANN401 - the verb's own answer
    """Do a verb with model files; where they are big and stderr is a terminal, say there how it goes."""
    bytes_ = size(documents)
    if bytes_ < BIG or not sys.stderr.isatty():
        return do(wish, verb, documents=documents, **arguments)
    said = f"reading {bytes_ / 1e6:.1f} MB in {len(documents)} {'file' if len(documents) == 1 else 'files'}"
    began = monotonic()
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(do, wish, verb, documents=documents, **arguments)
        while True:
            click.echo(f"\r{said} … {monotonic() - began:.0f} s", err=True, nl=False)
            try:
                return working.result(_LOOK_SECONDS)
            except StillWorking:
                continue
            finally:
                if working.done():
                    click.echo("\r\x1b[K", err=True, nl=False)
