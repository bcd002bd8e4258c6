"""The agent's packages, made and installed for real: on a machine without Python, and on one that runs systemd."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from booted import Booted, booted
from callers import open_folder
from conftest import CLIENT, PROVIDER, House, eventually, needs
from machines import OldMachine, old_machine
from technician import Reachable, reachable

from checks.version import VERSION
from packages import archive, deb, rpm, wheels
from packages.made import Made
from packages.tree import tree

pytestmark = pytest.mark.faults
EPOCH = 1_795_000_000
NEWER = f"{VERSION}.1"
STATE = "/var/lib/watchbill"
AGENT = ("watchbill-agent", "--home", STATE)


@dataclass(frozen=True)
class Packages:
    """What was made."""

    wheels: list[Path]
    deb: Path
    newer_deb: Path
    rpm: Path
    newer_rpm: Path
    archive: Path


def pack(folder: Path) -> Packages:
    for program in ("dpkg-deb", "rpmbuild", "strip"):
        needs(program)
    out = folder / "dist"
    out.mkdir(parents=True)
    made = Made(folder / "tree", out, VERSION, EPOCH, effort=0)
    found = wheels.pack(out, EPOCH)
    tree(made, found)
    newer = replace(made, version=NEWER)
    return Packages(found, deb.pack(made), deb.pack(newer), rpm.pack(made), rpm.pack(newer), archive.pack(made))


@pytest.fixture(scope="module")
def packed() -> Iterator[Packages]:
    with open_folder() as folder:
        yield pack(folder)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[OldMachine]:
    with old_machine(tmp_path) as machine:
        yield machine


def as_agent(*argv: str) -> tuple[str, ...]:
    return ("runuser", "-u", "watchbill", "--", *argv)


def found(machine: OldMachine) -> dict[str, str]:
    """What the agent finds on a machine, as the account that it runs as: the status of each check."""
    ran = machine.run(*as_agent(*AGENT, "look", "--json"))
    assert ran.returncode in (0, 1), ran.stderr
    return {one["check"]: one["status"] for one in json.loads(ran.stdout)}


def owner(machine: OldMachine, path: str) -> str:
    return machine.done("stat", "-c", "%U %a", path).strip()


def kept(machine: OldMachine) -> None:
    """Somebody has joined and configured."""
    for name, text in (("agent.toml", "pace = 120\n"), ("identity.json", "{}"), ("key", "its own")):
        machine.write(f"{STATE}/agent/{name}", text)
    machine.done("chown", "-R", "watchbill:", f"{STATE}/agent")


def is_kept(machine: OldMachine) -> bool:
    folder = machine.root / STATE.lstrip("/") / "agent"
    texts = [(folder / name).read_text() for name in ("agent.toml", "identity.json", "key")]
    return texts == ["pace = 120\n", "{}", "its own"] and owner(machine, f"{STATE}/agent") == "watchbill 700"


def test_a_machine_without_python_looks_at_itself(old: OldMachine, packed: Packages) -> None:
    assert old.run("sh", "-c", "command -v python3").returncode != 0

    told = old.done("dpkg", "-i", old.given(packed.deb))
    assert "now join" in told
    assert old.done("watchbill-agent", "--version") == f"watchbill-agent {VERSION}\n"
    statuses = found(old)
    assert statuses["end_of_life"] == "breach"
    assert owner(old, f"{STATE}/agent") == "watchbill 700"
    assert owner(old, "/opt/watchbill-agent/bin/python") == "root 755"
    old.done("/opt/watchbill-agent/bin/python", "-I", "-m", "agent.root")
    assert (old.root / "var/lib/watchbill-root/smart.json").exists()


VISIT = """#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
unset TMPDIR
exec unshare --mount --pid --fork --root={root} --mount-proc /bin/sh "$@"
"""


@pytest.fixture
def way(old: OldMachine, tmp_path: Path) -> Iterator[Reachable]:
    """SSH to the old machine, whose shell is that of its own tree."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "sh").write_text(VISIT.format(root=old.root))
    (tmp_path / "tools" / "sh").chmod(0o755)
    with reachable(tmp_path / "m", path=str(tmp_path / "tools")) as way:
        way.is_known()
        yield way


def visiting(way: Reachable, archive: Path) -> list[str]:
    return [sys.executable, "-m", "console", "visit", *way.ssh, "--json", "--all", "--python", str(archive)]


def test_a_visitor_brings_a_python_along_and_leaves_nothing(old: OldMachine, way: Reachable, packed: Packages) -> None:
    done = subprocess.run(
        visiting(way, packed.archive), env=way.env, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 1, done.stderr
    statuses = {one["check"]: one["status"] for one in json.loads(done.stdout)}
    assert statuses["end_of_life"] == "breach"
    assert statuses["memory"] in {"ok", "watch", "breach"}
    assert old.traces("watchbill") == set()


def test_a_visitor_that_is_cut_off_leaves_no_python(old: OldMachine, way: Reachable, packed: Packages) -> None:
    old.write("/usr/bin/apt-get", "#!/bin/sh\nsleep 600\n")
    (old.root / "usr/bin/apt-get").chmod(0o755)
    visit = subprocess.Popen(visiting(way, packed.archive), env=way.env, stdout=subprocess.DEVNULL)
    try:
        eventually(lambda: any("carried" in one for one in old.traces("carried")), 60)
        assert visit.poll() is None
    finally:
        visit.kill()
        visit.wait()
    eventually(lambda: old.traces("watchbill-look") == set(), 60)


def test_it_uses_no_library_of_the_machine(old: OldMachine, packed: Packages) -> None:
    old.done("dpkg", "-i", old.given(packed.deb))
    code = "import agent.courier, agent.probes, ctypes, paramiko, ssl, sqlite3; print(open('/proc/self/maps').read())"
    mapped = {*old.done("/opt/watchbill-agent/bin/python", "-I", "-c", code).split()}
    libraries = {path for path in mapped if path.startswith("/") and ".so" in path}
    assert [path for path in libraries if not path.startswith("/opt/watchbill-agent/")] == []
    assert "/opt/watchbill-agent/lib/libc.so.6" in mapped


def test_it_trusts_the_certificates_of_the_machine(old: OldMachine, packed: Packages) -> None:
    old.done("dpkg", "-i", old.given(packed.deb))
    code = "import ssl; print(ssl.get_default_verify_paths().cafile)"
    asked = ("/opt/watchbill-agent/bin/python", "-I", "-c", code)
    for place in ("/etc/ssl/ca-bundle.pem", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt"):
        old.write(place, "")
        assert old.done(*asked).strip() == place


def test_an_upgrade_and_a_removal_keep_what_is_the_agents_own(old: OldMachine, packed: Packages) -> None:
    old.done("dpkg", "-i", old.given(packed.deb))
    kept(old)

    told = old.done("dpkg", "-i", old.given(packed.newer_deb))
    assert "now join" not in told
    assert old.done("dpkg-query", "-W", "-f", "${Version}", "watchbill-agent") == NEWER
    assert is_kept(old)
    old.done("dpkg", "--remove", "watchbill-agent")
    assert not (old.root / "opt/watchbill-agent").exists()
    assert is_kept(old)
    old.done("dpkg", "-i", old.given(packed.newer_deb))
    assert is_kept(old)


def test_a_purge_leaves_nothing(old: OldMachine, packed: Packages) -> None:
    before = old.traces("watchbill")
    package = old.given(packed.deb)
    old.done("dpkg", "-i", package)
    kept(old)
    found(old)
    old.done("dpkg", "--purge", "watchbill-agent")
    (old.root / str(package).lstrip("/")).unlink()
    assert old.traces("watchbill") == before
    assert old.run("getent", "passwd", "watchbill").returncode != 0


def test_a_purge_leaves_the_console_of_the_same_machine_alone(old: OldMachine, packed: Packages) -> None:
    old.done("useradd", "--system", "--user-group", "--home-dir", STATE, "watchbill")
    old.write(f"{STATE}/console/store.db", "the record")
    old.write("/opt/watchbill/bin/watchbill", "the console")
    old.done("chmod", "0700", STATE)
    old.done("dpkg", "-i", old.given(packed.deb))
    assert owner(old, STATE) == "root 700"
    old.done("dpkg", "--purge", "watchbill-agent")
    assert (old.root / "var/lib/watchbill/console/store.db").read_text() == "the record"
    assert (old.root / "opt/watchbill/bin/watchbill").read_text() == "the console"
    assert old.run("getent", "passwd", "watchbill").returncode == 0


def repository(folder: Path, key: str, home: Path) -> None:
    """Sign what lies in the folder, as docs/install.md says."""
    for name, what in (("Packages", ("packages", ".")), ("Release", ("release", "."))):
        told = subprocess.run(["apt-ftparchive", *what], cwd=folder, capture_output=True, check=True)
        (folder / name).write_bytes(told.stdout)
    gpg = ["gpg", "--batch", "--homedir", str(home), "--local-user", key]
    subprocess.run([*gpg, "--yes", "--clearsign", "-o", "InRelease", "Release"], cwd=folder, check=True)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Where gpg keeps a key; the agent that it starts there ends with the test."""
    needs("gpg")
    folder = tmp_path / "gpg"
    folder.mkdir(mode=0o700)
    yield folder
    subprocess.run(["gpgconf", "--homedir", str(folder), "--kill", "all"], check=True)


def test_a_signed_repository_of_the_providers_own_brings_updates(old: OldMachine, packed: Packages, home: Path) -> None:
    needs("apt-ftparchive")
    folder = old.root / "srv/apt"
    folder.mkdir(parents=True)
    made = ["gpg", "--batch", "--homedir", str(home), "--passphrase", "", "--quick-gen-key", "it@example.com"]
    subprocess.run([*made, "ed25519", "sign", "never"], check=True, capture_output=True)
    public = ["gpg", "--homedir", str(home), "--export"]
    (old.root / "usr/share/keyrings/provider.gpg").write_bytes(subprocess.check_output(public))
    old.write("/etc/apt/sources.list", "deb [signed-by=/usr/share/keyrings/provider.gpg] file:/srv/apt ./\n")

    shutil.copy(packed.deb, folder)
    repository(folder, "it@example.com", home)
    old.done("apt-get", "-q", "update")
    old.done("apt-get", "-qy", "install", "watchbill-agent")
    kept(old)
    shutil.copy(packed.newer_deb, folder)
    repository(folder, "it@example.com", home)
    old.done("apt-get", "-q", "update")
    old.done("apt-get", "-qy", "upgrade")
    assert old.done("dpkg-query", "-W", "-f", "${Version}", "watchbill-agent") == NEWER
    assert is_kept(old)

    (folder / "Release").write_text("somebody else's")
    (folder / "InRelease").unlink()
    assert re.search("(not|no longer) signed", old.run("apt-get", "-q", "update").stderr)


def rpm_(machine: OldMachine, *words: str | Path) -> str:
    """The rpm of this machine, on that one: it has accounts and a shell, which rpm's own list does not know."""
    needs("rpm")
    argv = ["rpm", f"--root={machine.root}", *map(str, words)]
    ran = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_rpm_installs_is_upgraded_and_removed(old: OldMachine, packed: Packages) -> None:
    assert "now join" in rpm_(old, "--nodeps", "-i", packed.rpm)
    assert len(found(old)) > 20
    kept(old)
    assert "now join" not in rpm_(old, "--nodeps", "-U", packed.newer_rpm)
    assert rpm_(old, "-q", "--qf", "%{VERSION} %{LICENSE}", "watchbill-agent") == f"{NEWER} Apache-2.0"
    assert rpm_(old, "-V", "--nodeps", "watchbill-agent") == ""
    assert is_kept(old)
    rpm_(old, "-e", "watchbill-agent")
    assert not (old.root / "opt/watchbill-agent").exists()
    assert is_kept(old)


def test_the_archive_is_unpacked_and_runs(old: OldMachine, packed: Packages) -> None:
    subprocess.run(["tar", "-C", str(old.root), "-xf", str(packed.archive)], check=True)
    agent = "/opt/watchbill-agent/bin/watchbill-agent"
    assert old.run(agent, "--home", "/root/home", "look").returncode in (0, 1)
    assert "no systemd" in old.run(agent, "install", "--dry-run").stderr


def test_its_list_of_parts_names_what_came_along(packed: Packages, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "-x", str(packed.deb), str(tmp_path)], check=True)
    doc = tmp_path / "usr/share/doc/watchbill-agent"
    names = {line.split()[0].lower() for line in (doc / "parts").read_text().splitlines()}
    assert {"cpython", "watchbill", "paramiko", "cryptography", "msgspec", "psutil"} <= names
    assert "console" not in {path.name for path in (tmp_path / "opt/watchbill-agent/lib").glob("*/*-packages/*")}
    assert (doc / "copyright").exists()


def test_the_same_source_gives_the_same_bytes(packed: Packages) -> None:
    with open_folder() as folder:
        again = pack(folder)
        for name in ("deb", "rpm", "archive"):
            one, other = getattr(packed, name), getattr(again, name)
            assert (one.name, one.read_bytes() == other.read_bytes()) == (other.name, True)
        assert packed.wheels[0].read_bytes() == again.wheels[0].read_bytes()


def test_the_wheels_install_an_agent_without_a_network(packed: Packages, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    places = [f"--find-links={folder}" for folder in {path.parent for path in packed.wheels}]
    pip = [str(tmp_path / "venv/bin/pip"), "install", "-q", "--no-index", *places, "watchbill"]
    ran = subprocess.run(pip, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"})
    assert ran.returncode == 0, ran.stderr
    said = subprocess.check_output([str(tmp_path / "venv/bin/watchbill-agent"), "--version"], text=True)
    assert said == f"watchbill-agent {VERSION}\n"


@pytest.fixture
def running() -> Iterator[Booted]:
    """A machine that runs systemd, and may be changed below /usr too."""
    with booted() as machine:
        machine.done("mkdir", "-p", "/mnt/usr/new", "/mnt/usr/work")
        layers = "lowerdir=/usr,upperdir=/mnt/usr/new,workdir=/mnt/usr/work"
        machine.done("mount", "-t", "overlay", "overlay", "-o", layers, "/usr")
        yield machine


@pytest.fixture
def house(house: House) -> House:
    """The mill is published, and its door is open."""
    house.start()
    house.publish(PROVIDER, CLIENT)
    return house


def test_systemd_runs_it_once_it_has_joined_and_anew_after_an_upgrade(
    running: Booted, house: House, packed: Packages
) -> None:
    for path in (packed.deb, packed.newer_deb):
        running.done("tee", f"/opt/{path.name}.64", given=_text(path))
        running.done("sh", "-c", f"base64 -d /opt/{path.name}.64 > /opt/{path.name}")
    running.done("dpkg", "-i", f"/opt/{packed.deb.name}")
    assert (running.is_("is-enabled", "watchbill-agent"), running.is_("is-failed", "watchbill-agent")) == (True, False)
    assert not running.is_("is-active", "watchbill-agent")

    token = house.client.do("invite", client="mill", site="main", host="").token
    running.done(*as_agent(*AGENT, "join"), given=token)
    running.done("tee", f"{STATE}/agent/agent.toml", given="pace = 10\n")
    running.done("systemctl", "start", "watchbill-agent")
    eventually(lambda: any(row["status"] == "heard" for row in house.rows("agents", "list", "--json")))
    assert "python3" not in running.done("readlink", f"/proc/{pid(running)}/exe")
    running.done("systemctl", "start", "watchbill-root.service")

    before = pid(running)
    running.done("dpkg", "-i", f"/opt/{packed.newer_deb.name}")
    assert running.is_("is-active", "watchbill-agent")
    assert pid(running) not in (before, "0")
    running.done("dpkg", "--purge", "watchbill-agent")
    assert not running.is_("is-active", "watchbill-agent")
    assert running.run("systemctl", "cat", "watchbill-agent").returncode != 0
    assert running.run("test", "-e", STATE).returncode != 0


def pid(machine: Booted) -> str:
    return machine.done("systemctl", "show", "-P", "MainPID", "watchbill-agent").strip()


def _text(path: Path) -> str:
    import base64

    return base64.encodebytes(path.read_bytes()).decode()
