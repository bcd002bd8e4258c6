"""`watchbill model schema`, `explain`, `baseline`, and how a big check says that it goes on; over a real daemon."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from console.commands import waiting
from console.commands.cli import cli


async def run(home: Path, *words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["--home", str(home), "model", *words])


async def test_schema_explain_and_baseline_are_printed(bare: Any, tmp_path: Path) -> None:
    from console.operating_model.examples import example

    provider, client = example("brackwater")
    own = "kpis: {noise: {unit: percent, better: lower, target: 10, source: findings}}\n"
    documents = [{"name": "p", "text": provider.text}, {"name": "c", "text": client.text + own}]
    await bare.do("publish", documents=documents, reason="an example")

    assert json.loads((await run(tmp_path, "schema", "--provider")).stdout)["title"] == "ProviderDoc"
    told = (await run(tmp_path, "explain", "slas.clear_after")).stdout
    assert "slas.clear_after  (duration; in a client's file)" in told
    assert "default: 10m" in told
    assert "services" in (await run(tmp_path, "explain")).stdout
    assert json.loads((await run(tmp_path, "explain", "services.slo", "--json")).stdout)["path"] == "services.slo"
    refused = await run(tmp_path, "explain", "servics")
    assert (refused.exit_code, "did you mean services?" in refused.stderr) == (11, True)

    lines = (await run(tmp_path, "baseline")).stdout.splitlines()
    (noise,) = [line for line in lines if line.startswith("kpis.noise")]
    assert noise.split()[2:] == ["–", "brackwater"]
    assert lines[-2:] == ["brackwater overrides kpis.noise:", "  target: 40 → 10"]
    assert len(json.loads((await run(tmp_path, "baseline", "--client", "brackwater", "--json")).stdout)["rows"]) == 24


async def test_a_big_check_says_on_a_terminal_how_much_is_read(
    still: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from console.client.client import Client
    from console.commands.told import Wish

    monkeypatch.setattr(waiting, "BIG", 10)
    monkeypatch.setattr(waiting, "_LOOK_SECONDS", 0.001)
    said: list[str] = []
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(waiting.click, "echo", lambda text, **_: said.append(text))
    wish = Wish(tmp_path, Client(still.daemon.socket), colour=False)
    documents = [{"name": "a.yaml", "text": "schema: 1\nclient: {id: a, name: A, tz: UTC}\n"}]
    checked = await asyncio.to_thread(waiting.do_with, wish, "check-model", documents)
    assert checked.problems == ()
    assert said[0].startswith("\rreading 0.0 MB in 1 file … 0 s")
    assert said[-1] == "\r\x1b[K"
