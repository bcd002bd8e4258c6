"""Options that many commands have, each declared once: the same words mean the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

as_json = click.option("--json", "form", flag_value="json", help="As JSON.")
"""The answer for programs."""
only_client = click.option("--client", default="", help="Only this client.")
"""Narrows what is listed."""
which_client = click.option("--client", default="", help="Which client; needed where there are several.")
"""For what is about one client."""


def over_ssh(command: Callable[..., Any]) -> Callable[..., Any]:
    """How a machine is reached with the technician's own key: `port` and `identity`."""
    for one in (
        click.option("-i", "--identity", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
                     help="A private key of yours; those of ssh-agent and the usual files are tried too."),
        click.option("-p", "--port", type=click.IntRange(1, 65535), help="The port of its sshd."),
    ):  # fmt: skip
        command = one(command)
    return command
