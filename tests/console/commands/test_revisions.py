"""Models on the command line as a person uses them: pull, edit, diff, publish, propose, sign, and a first model."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import House

PROVIDER = """schema: 1
provider: {name: Hilltop IT}
people:
  ana: {name: Ana, login: nobody-of-this-machine}
"""
CLIENT = """schema: 1
client: {id: mill, name: The Mill, tz: Europe/Berlin}   # a comment
sites: {main: {name: Mill}}
people: {rosa: {name: Rosa, org: client}}
hosts: {box: {site: main}}
services:
  work: {name: Daily work, owner: ana, criticality: A, needs: {all: [box]}}
stakeholders:
  - {person: rosa, interest: high, influence: high, must_sign: true}
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = tmp_path_factory.mktemp("revisions") / "home"
    home.mkdir()
    house = House(home)
    house.start()
    house.publish(PROVIDER, CLIENT)
    yield house
    house.close()


@pytest.fixture
def pulled(running: House, tmp_path: Path) -> Path:
    path = tmp_path / "mill.yaml"
    assert running.cli("model", "pull", "mill", "-o", str(path)).returncode == 0
    return path


def number(house: House) -> int:
    return max(int(row["revision"]) for row in house.rows("model", "history", "mill", "--json"))


def edit(house: House, tmp_path: Path, *steps: str, answer: str = "") -> Any:
    """`model edit` with an editor that does each step, a line of Python over `text`, each time it is opened."""
    editor = tmp_path / "editor.py"
    body = "\n".join(f"    {place}: lambda text: {step}," for place, step in enumerate(steps))
    editor.write_text(
        f"#!{sys.executable}\nimport os, pathlib, sys, time\nsteps = {{\n{body}\n}}\n"
        "count = pathlib.Path(__file__).with_suffix('.count')\n"
        "turn = int(count.read_text()) if count.exists() else 0\n"
        "count.write_text(str(turn + 1))\npath = pathlib.Path(sys.argv[1])\n"
        "pathlib.Path(__file__).with_suffix(f'.{turn}').write_text(path.read_text())\n"
        "path.write_text(steps[turn](path.read_text()))\n"
        "os.utime(path, (time.time() + 9, time.time() + 9))\n"
    )
    editor.chmod(0o755)
    env = {**os.environ, "EDITOR": str(editor), "VISUAL": str(editor), "PYTHONPATH": str(Path.cwd())}
    reason = ("--reason", "tried") if not answer else ()
    return house.process("model", "edit", "mill", *reason, env=env, cwd=tmp_path, input=answer)


def test_a_pulled_file_is_edited_published_and_moved_on(running: House, pulled: Path) -> None:
    before = number(running)
    assert f"base: {before}  #" in pulled.read_text()
    same = running.cli("model", "diff", str(pulled))
    assert (same.returncode, same.stdout) == (0, "")
    pulled.write_text(pulled.read_text().replace("The Mill", f"The Mill {before}"))
    differs = running.cli("model", "diff", str(pulled), "--color", "always")
    assert differs.returncode == 1
    assert f"client.name: The Mill → The Mill {before}" in differs.stdout or "client.name" in differs.stdout
    assert "\x1b[32m+client" in differs.stdout
    done = running.cli("model", "publish", str(pulled), "--reason", "a new name")
    assert f"mill revision {before + 1} is in force" in done.stdout
    assert f"says base {before + 1} now" in done.stderr
    assert f"base: {before + 1}  #" in pulled.read_text()
    two = running.cli("model", "diff", "mill", "--from", str(before))
    assert (two.returncode, "client.name" in two.stdout) == (1, True)
    assert running.cli("model", "diff", "nowhere.yaml").returncode == 2
    assert running.cli("model", "show", "mill", "--revision", "1").stdout == CLIENT


def test_who_comes_second_is_refused_and_told_to_pull(running: House, pulled: Path) -> None:
    text = pulled.read_text()
    pulled.write_text(text + "# mine\n")
    assert running.cli("model", "publish", str(pulled), "--reason", "first").returncode == 0
    pulled.write_text(text + "# yours\n")
    told = running.cli("model", "publish", str(pulled), "--reason", "second")
    assert told.returncode == 11
    assert "(“first”)" in told.stderr
    assert "watchbill model pull mill" in told.stderr
    assert pulled.read_text() == text + "# yours\n"
    over = running.cli("model", "publish", str(pulled), "--reason", "read it", "--base", str(number(running)))
    assert over.returncode == 0


def test_an_editor_publishes_what_checks_and_keeps_comments(running: House, tmp_path: Path) -> None:
    before = number(running)
    done = edit(running, tmp_path, f"text.replace('Daily work', 'Work {before}')", answer="a better name\n")
    assert f"mill revision {before + 1} is in force" in done.stdout, done.stderr
    shown = running.cli("model", "show", "mill").stdout
    assert f"Work {before}" in shown
    assert "# a comment" in shown
    row = running.rows("model", "history", "mill", "--json")[0]
    assert (row["reason"], row["parent"]) == ("a better name", before)


def test_an_editor_shows_what_is_wrong_on_top_until_it_checks(running: House, tmp_path: Path) -> None:
    before = number(running)
    wrong, right = "text.replace('owner: ana', 'owner: anna')", "text.replace('owner: anna', 'owner: ana  ')"
    done = edit(running, tmp_path, wrong, right)
    assert f"revision {before + 1} is in force" in done.stdout, done.stderr
    second = (tmp_path / "editor.1").read_text()
    assert second.startswith("#! line ")
    assert "did you mean ana?" in second
    assert "#!" not in running.cli("model", "show", "mill").stdout


def test_an_editor_that_changes_nothing_publishes_nothing(running: House, tmp_path: Path) -> None:
    before = number(running)
    done = edit(running, tmp_path, "text")
    assert "nothing was changed" in done.stderr
    given_up = edit(running, tmp_path, "text", "text.replace('owner: ana', 'owner: x')", "text")
    assert given_up.returncode == 0
    assert "your text is in mill.rejected.yaml" in given_up.stderr
    assert "owner: x" in (tmp_path / "mill.rejected.yaml").read_text()
    assert number(running) == before


def test_a_draft_is_proposed_signed_and_published(running: House, pulled: Path) -> None:
    before = number(running)
    pulled.write_text(pulled.read_text() + "# draft\n")
    told = running.cli("model", "propose", str(pulled), "--reason", "ask first")
    name = told.stdout.split()[1]
    no = running.cli("model", "sign", "mill", "--draft", name, "--person", "rosa", "--vote", "object", "--note", "why?")
    assert "rosa objects to draft" in no.stdout
    listed = running.cli("model", "drafts")
    assert f"{name}  mill   open" in listed.stdout
    assert "rosa object" in listed.stdout
    assert "unsaid  rosa must sign" in running.cli("model", "drafts", name).stdout
    assert "nothing that stands now" in running.cli("model", "impact", "--draft", name).stdout
    assert json.loads(running.cli("model", "impact", str(pulled), "--json").stdout)["judged"] == []
    blocked = running.cli("model", "publish", "--draft", name, "--reason", "x")
    assert (blocked.returncode, "rosa objects to it: “why?”" in blocked.stderr) == (11, True)
    done = running.cli("model", "publish", "--draft", name, "--reason", "x", "--overrule", "she agreed")
    assert f"mill revision {before + 1} is in force" in done.stdout
    assert running.cli("model", "publish", "--reason", "x").returncode == 2
    again = running.cli("model", "propose", str(pulled), "--base", str(before + 1), "--reason", "x")
    assert again.returncode == 11


def test_values_are_set_where_they_stand(running: House) -> None:
    before = number(running)
    changes = ["services.work.name=Work: all of it", "hosts.nas={site: main}", "services.work.needs.all+=nas"]
    done = running.cli("model", "set", "mill", *changes, "--reason", "one more", "--publish")
    assert f"mill revision {before + 1} is in force" in done.stdout, done.stderr
    whole = json.loads(running.cli("model", "export", "mill").stdout)
    assert whole["services"]["work"]["needs"]["all"] == ["box", "nas"]
    kept = running.cli("model", "set", "mill", "--remove", "hosts.nas", "--reason", "gone")
    assert "nas" in kept.stderr
    assert running.cli("model", "set", "mill", "nonsense", "--reason", "x").returncode == 2
    need = running.cli("model", "add-need", "mill", "--person", "rosa", "--text", "Quiet")
    assert "is kept" in need.stdout
    assert running.cli("model", "withdraw", need.stdout.split()[1], "--yes").returncode == 0


def test_every_revision_is_verified(running: House) -> None:
    told = running.cli("model", "verify")
    assert (told.returncode, "every one is what was published" in told.stdout) == (0, True)


def test_row_49_a_first_model_is_asked_for_written_and_published(house: House, tmp_path: Path) -> None:
    house.start()
    asked = house.process("model", "init", "-o", str(tmp_path / "new"), input="\n" * 12)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.count("?") <= 13
    files = [str(tmp_path / "new" / name) for name in ("provider.yaml", "first-client.yaml")]
    done = house.cli("model", "publish", *files, "--reason", "a first model")
    assert "first-client revision 1 is in force" in done.stdout, done.stderr
    assert house.cli("model", "init", "--yes", "-o", str(tmp_path / "new")).returncode == 2
    second = house.cli("model", "init", "--yes", "--client", "Second", "--preset", "legal", "-o", str(tmp_path))
    assert f"written: {tmp_path}/second.yaml" in second.stdout
    assert house.cli("model", "publish", str(tmp_path / "second.yaml"), "--reason", "second").returncode == 0
    wrong = house.cli("model", "init", "--yes", "--zone", "Mars/Base", "--client", "Third", "-o", str(tmp_path))
    assert (wrong.returncode, "is not a time zone" in wrong.stderr) == (1, True)
    assert house.cli("model", "init", "--yes", "--users", "many", "-o", str(tmp_path)).returncode == 11
    assert [row["version"] for row in house.rows("model", "presets", "--json")] == [1, 1, 1]
