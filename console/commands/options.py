"""Options that many commands have, each declared once: the same words mean the same everywhere."""

from __future__ import annotations

import click

as_json = click.option("--json", "form", flag_value="json", help="As JSON.")
"""The answer for programs."""
only_client = click.option("--client", default="", help="Only this client.")
"""Narrows what is listed."""
which_client = click.option("--client", default="", help="Which client; needed where there are several.")
"""For what is about one client."""
