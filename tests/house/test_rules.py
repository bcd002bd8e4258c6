"""The rules of the house, held by a machine: who may know whom, how big, which words, where clocks and programs are."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("agent", "checks", "console")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
DRAWERS = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc", "lib", "stuff", "tools"}
BIGGEST_FILE = 300
BROAD = {"agent/round.py", "console/store/writer.py"}
"""Around a probe, and around a background job."""
STARTS_PROGRAMS = {
    "agent/programs.py", "console/commands/children.py", "console/outlets/hook.py", "console/field/installed.py",
}  # fmt: skip
"""The last of them runs alone, on the machine that it installs."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def trees() -> list[tuple[str, ast.Module]]:
    return [(name(path), ast.parse(path.read_text())) for path in SOURCES]


def test_imports_run_one_way() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_file_is_bigger_than_a_reader_can_hold() -> None:
    big = {name(path): lines for path in SOURCES if (lines := len(path.read_text().splitlines())) > BIGGEST_FILE}
    assert big == {}
    app = (ROOT / "console/tui/app.py").read_text().splitlines()
    assert len(app) <= 150


def test_nothing_is_called_a_drawer() -> None:
    assert [name(path) for path in SOURCES if DRAWERS & {path.stem, *path.parent.parts}] == []


def test_every_module_says_what_it_owns() -> None:
    mute = [path for path, tree in trees() if "/migrations/" not in path and len(ast.get_docstring(tree) or "") < 25]
    assert mute == []


def test_broad_excepts_stand_in_two_places() -> None:
    broad = {
        path
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node)
    }
    assert broad == BROAD


def _is_broad(handler: ast.ExceptHandler) -> bool:
    """Catches everything and goes on; one that raises again only tidies up."""
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else {"bare"}
    goes_on = not any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    return goes_on and bool(names & {"Exception", "BaseException", "bare"})


def test_programs_are_started_in_few_places() -> None:
    starting = {
        path
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import) and any(one.name == "subprocess" for one in node.names)
    }
    assert starting == STARTS_PROGRAMS


def test_only_front_doors_read_a_wall_clock() -> None:
    reading = {path for path, tree in trees() for node in ast.walk(tree) if _reads_clock(node)}
    assert reading == {
        "agent/__main__.py", "agent/courier.py", "agent/once.py", "console/commands/away.py",
        "console/daemon.py", "console/keeper.py", "console/tui/run.py",
    }  # fmt: skip


def _reads_clock(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in {
        "time.time", "datetime.now", "datetime.utcnow", "date.today", "datetime.datetime.now",
    }  # fmt: skip


def test_nothing_speaks_of_work_that_is_not_there() -> None:
    sediment = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    assert [name(path) for path in SOURCES if sediment.search(path.read_text())] == []


def loaded(code: str) -> set[str]:
    """Top-level modules that are loaded after running `code` in a process of its own."""
    asked = f"{code}\nimport sys\nprint('\\n'.join({{one.partition('.')[0] for one in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_a_resident_agent_has_loaded_neither_ssh_nor_a_screen() -> None:
    code = "import agent.__main__, agent.resident, agent.passing, agent.probes, agent.report, agent.outcome"
    assert not loaded(code) & {"paramiko", "cryptography", "textual", "pydantic", "rich", "sqlalchemy", "asyncio"}


def test_a_screen_has_loaded_nothing_from_behind_the_socket() -> None:
    code = "import console.tui.app, console.tui.screens.page, console.client.client"
    assert not loaded(code) & {"aiohttp", "asyncssh", "sqlalchemy", "alembic", "pydantic", "tinydb", "paramiko"}


def test_a_daemon_that_starts_has_loaded_nothing_that_typesets_tells_or_repeats() -> None:
    assert not loaded(STARTED) & {"typst", "apprise", "recurring_ical_events"}


STARTED = """
import asyncio, tempfile
from pathlib import Path
from console.daemon import Wanted, running
async def start():
    with tempfile.TemporaryDirectory() as home:
        async with running(Wanted(Path(home), "127.0.0.1", 0, True)) as daemon:
            assert daemon.socket.exists()
asyncio.run(start())
"""


def test_the_language_that_both_sides_share_needs_next_to_nothing() -> None:
    theirs = loaded("import checks.wire, checks.token, checks.catalogue, checks.text") - loaded("")
    assert not theirs & {"psutil", "paramiko", "pydantic", "textual", "asyncio", "socket", "subprocess"}


LISTED_BY_HAND = ("checks/catalogue/", "agent/probes/")
"""Every file of these is in a list that `test_catalogue_complete` and the tests over all checks and probes walk."""
RUN_AS_A_PROCESS = {
    "agent/courier.py", "agent/__main__.py", "console/__main__.py", "console/keeper.py",
    "console/store/authorized_keys.py", "console/field/installed.py", "console/field/looked.py",
}  # fmt: skip
"""Run by every journey."""


def test_every_source_file_is_imported_by_a_test_or_by_what_one_runs() -> None:
    tests = [ast.parse(path.read_text()) for path in (ROOT / "tests").rglob("*.py")]
    imported = {one for tree in [*tests, *(tree for _, tree in trees())] for one in _imported(tree)}
    unused = []
    for path in SOURCES:
        module = name(path).removesuffix(".py").replace("/", ".")
        known = path.stem == "__init__" or "migrations" in path.parts or name(path) in RUN_AS_A_PROCESS
        if not known and not name(path).startswith(LISTED_BY_HAND) and module not in imported:
            unused.append(name(path))
    assert unused == []


def _imported(tree: ast.Module) -> Iterator[str]:
    """Every name that is imported, with its room: a module, or what may be one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
