"""A check is one file in the catalogue, one probe, one line in each list, and one page in the docs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from agent.probes import PROBES
from checks.catalogue import CATALOGUE
from checks.check import Check
from console.commands.cli import cli
from docs.write import check_page, commands_page

ROOT = Path(__file__).parents[2]
LISTS = {path.stem: path for path in (ROOT / "checks/catalogue").rglob("*/*.py") if path.stem != "__init__"}


def test_every_file_of_the_catalogue_is_listed_under_its_own_name() -> None:
    assert {check.name for check in CATALOGUE} == set(LISTS)
    assert all(LISTS[check.name].parent.name == check.family.value for check in CATALOGUE)


def test_every_check_has_one_probe_of_its_name_in_its_family() -> None:
    looked = [probe.check for probe in PROBES]
    assert sorted(looked) == sorted(check.name for check in CATALOGUE if not check.console_looks)
    for check in CATALOGUE:
        path = ROOT / "agent/probes" / check.family.value / f"{check.name}.py"
        assert path.exists() != check.console_looks, path


@pytest.mark.parametrize("check", CATALOGUE, ids=lambda check: check.name)
def test_every_check_has_its_page(check: Check) -> None:
    page = ROOT / "docs/checks" / f"{check.name}.md"
    assert page.exists(), "run `make docs`"
    assert page.read_text() == check_page(check), "run `make docs`"


@pytest.mark.parametrize("check", CATALOGUE, ids=lambda check: check.name)
def test_every_check_says_what_it_asks_whence_its_limit_comes_what_it_needs_and_whether_it_ran(check: Check) -> None:
    assert check.question.endswith("?"), "a question ends with a question mark: question="
    assert check.advice.endswith((".", "?")), "advice is a sentence: advice="
    has_own_date = check.name == "end_of_life"  # its source is the maker's own
    assert ":" in check.standard.source or has_own_date, "say who says so, a colon, and why: the source of standard="
    assert check.needs, "say what an agent must be allowed: needs="
    assert check.ran, "say against what it was run for real, or `not run by us` and what stands in for it: ran="


def test_every_verb_and_page_is_documented() -> None:
    written = (ROOT / "docs/commands.md").read_text()
    assert written == commands_page(), "run `make docs`"


def _commands(group: click.Group, before: str = "watchbill") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


@pytest.mark.parametrize("command", tuple(cli.commands))
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert re.search(rf"\b{command}\b", (ROOT / "README.md").read_text()), command


@pytest.mark.parametrize("command", tuple(_commands(cli)))
def test_every_command_stands_in_the_docs(command: str) -> None:
    assert f"| `{command}" in (ROOT / "docs/commands.md").read_text(), "run `make docs`"


def test_the_wheel_carries_what_the_installed_product_needs(tmp_path: Path) -> None:
    import subprocess
    import sys
    import zipfile

    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(tmp_path),
            str(ROOT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        "console/tui/style.tcss",
        "agent/probes/patch/end_of_life.toml",
        "console/store/migrations/env.py",
        "console/commands/units/watchbill-door.service",
        "console/store/migrations/versions/0001_start.py",
    }
    assert needed <= names
    assert not [one for one in names if one.startswith(("tests/", "bench/", "docs/"))]
