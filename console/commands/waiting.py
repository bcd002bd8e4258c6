"""What a person sees while something takes long: the desk that reads a big model, a file that is read or written."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from contextlib import contextmanager
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


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on a terminal, every second, that something is going on."""
    over = threading.Event()

    def tell() -> None:
        passed = 0
        while not over.wait(1):
            passed += 1
            click.echo(f"\r{what} … {passed} s", nl=False, err=True)
        if passed:
            click.echo(err=True)

    teller = threading.Thread(target=tell, daemon=True)
    if sys.stderr.isatty():
        teller.start()
    try:
        yield
    finally:
        over.set()
        if teller.ident:
            teller.join()
