"""The bill of materials: every library that the product brings, its version and its digests (CycloneDX)."""

from __future__ import annotations

import sys
from pathlib import Path

from packages.made import ROOT, VERSION, ran

LOCK = Path(__file__).with_name("console.lock")
"""Made by `uv pip compile --extra console --generate-hashes --python-version 3.11 --no-annotate --no-header
--no-emit-index-url pyproject.toml`; `pip install --require-hashes -r` takes it."""


def pack(into: Path) -> Path:
    """`watchbill-….cdx.json` into the folder: the same lock gives the same bytes."""
    path = into / f"watchbill-{VERSION}.cdx.json"
    named = ("--pyproject", ROOT / "pyproject.toml", "--output-reproducible", "--output-format", "JSON")
    ran(sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", LOCK, *named, "--output-file", path)
    return path
