"""Packs, people and components on the command line, over a real daemon."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from console.commands import components, packing, people
from console.commands.cli import cli
from console.operating_model.examples import example

REFUSED = 11


@pytest.fixture
async def brackwater(bare: Any) -> Any:
    documents = [{"name": one.name, "text": one.text} for one in example("brackwater")]
    await bare.do("publish", documents=documents, reason="an example")
    return bare


def archives(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if ".zip" in one.name]


async def run(home: Path, *arguments: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["--home", str(home), *arguments])


async def test_a_pack_is_made_verified_and_read_and_one_that_was_touched_is_not(
    brackwater: Any, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    there, elsewhere = tmp_path / "p.zip", tmp_path_factory.mktemp("elsewhere")
    made = await run(tmp_path, "pack", "-o", str(there))
    assert made.exit_code == 0, made.output
    assert there.stat().st_mode & 0o777 == 0o600
    fingerprint = made.output.splitlines()[-1]

    verified = await run(elsewhere, "pack", "verify", str(there))
    assert (verified.exit_code, verified.output.splitlines()[-1]) == (0, fingerprint)
    assert "contacts.txt" in (await run(elsewhere, "pack", "show", str(there))).output
    assert "Ring at gate" in (await run(elsewhere, "pack", "show", str(there), "sites.txt")).output
    assert "there is no ../x in it" in (await run(elsewhere, "pack", "show", str(there), "../x")).output

    again = await run(tmp_path, "pack", "-o", str(there))
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    before = there.read_bytes()
    assert (await run(tmp_path, "pack", "-o", str(there), "--force")).exit_code == 0
    assert there.read_bytes() == before

    there.write_bytes(before.replace(b"Ring at gate", b"Ring at door"))
    for command in (["verify", str(there)], ["show", str(there), "sites.txt"]):
        touched = await run(elsewhere, "pack", *command)
        assert (touched.exit_code, "is no whole zip file: Bad CRC-32" in touched.output) == (1, True)


async def test_where_no_pack_can_be_written_nothing_is_left_behind(brackwater: Any, tmp_path: Path) -> None:
    for where, said in ((tmp_path / "no" / "p.zip", "cannot be written"), (tmp_path, "is not a file")):
        done = await run(tmp_path, "pack", "-o", str(where))
        assert (done.exit_code, said in done.output) == (2, True), done.output
    assert (await run(tmp_path, "pack")).exit_code == 2
    assert (await run(tmp_path, "pack", "--client", "nobody", "-o", str(tmp_path / "p.zip"))).exit_code == REFUSED
    assert archives(tmp_path) == []


async def test_people_and_components_print_tables_and_json(brackwater: Any, tmp_path: Path) -> None:
    everybody = await run(tmp_path, "who")
    assert [line.split()[0] for line in everybody.stdout.splitlines()[1:]] == ["dana", "marco", "priya", "helen", "tom"]
    rows = json.loads((await run(tmp_path, "who", "--json")).stdout)["rows"]
    assert {"person", "name", "owns", "alone", "on_call"} <= rows[0].keys()
    marco = json.loads((await run(tmp_path, "who", "marco", "--json")).stdout)
    assert (marco["person"], "text" in marco) == ("marco", False)
    assert (await run(tmp_path, "who", "marko")).exit_code == REFUSED
    assert (await run(tmp_path, "who", "marco", "--date", "2027-01-01")).exit_code == 2
    assert (await run(tmp_path, "handout", "--team", "field", "--format", "markdown")).stdout.startswith("# Team field")
    for tab in ("services", "measurement", "sourcing"):
        assert (await run(tmp_path, "model", "components", tab)).stdout.startswith("CLIENT"), tab
    shown = json.loads((await run(tmp_path, "model", "components", "organization", "--json")).stdout)
    assert {"client", "kind", "id", "name", "cells", "tone", "detail"} <= shown["rows"][0].keys()
    assert (await run(tmp_path, "service", "erp")).stdout.startswith("ERP · Brackwater Cabinetry")
    assert json.loads((await run(tmp_path, "service", "erp", "--json")).stdout)["blocks"][0]["title"] == "definition"
    assert {one.name for module in (components, packing, people) for one in module.COMMANDS} == {
        "service", "pack", "who", "handout",
    }  # fmt: skip
