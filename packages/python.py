"""The agent's own Python in a folder: the builder's interpreter, what the agent needs of it, and wheels."""

from __future__ import annotations

import re
import shutil
import site
import sys
import sysconfig
import zipfile
from pathlib import Path

from packages.made import HOME, ran

LEFT_OUT = (
    "__pycache__", "site-packages", "dist-packages", "config-*", "test", "tests", "idlelib", "tkinter", "turtledemo",
    "turtle.py", "ensurepip", "lib2to3", "pydoc_data", "distutils", "venv", "EXTERNALLY-MANAGED", "sitecustomize.py",
    "_tkinter.*", "_test*", "_ctypes_test.*", "_xx*", "xx*", "_curses*", "nis.*", "ossaudiodev.*", "_dbm.*", "_gdbm.*",
    "readline.*",
)  # fmt: skip
"""What no agent needs; the last two are under the GPL besides."""
_CERTIFICATES = '''\
"""Certificates that this machine trusts: where its OpenSSL keeps them, not the one that came along."""

import os

_PLACES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora from 44 on
    "/etc/ssl/ca-bundle.pem",  # SUSE
)
if not os.environ.get("SSL_CERT_FILE"):
    for _place in _PLACES:
        if os.path.exists(_place):
            os.environ["SSL_CERT_FILE"] = _place
            break
'''
_COMMAND = f"""\
#!{HOME}/bin/python -I
import sys
from agent.__main__ import main
sys.exit(main())
"""


def put(home: Path, wheels: list[Path]) -> None:
    """The interpreter, its library, and what lies in the wheels of the agent."""
    library = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    (home / "bin").mkdir(parents=True)
    base = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    shutil.copy(base, home / "bin/python")
    shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for path in library.glob("_sysconfigdata*.py"):  # how the builder's Python was compiled
        path.write_text("build_time_vars = {}\n")
    (library / "sitecustomize.py").write_text(_CERTIFICATES)
    packages = home / Path(site.getsitepackages(["/"])[-1]).relative_to("/")
    for wheel in wheels:
        _unpack(wheel, packages)
    command = home / "bin/watchbill-agent"
    command.write_text(_COMMAND)
    command.chmod(0o755)


def compile_(home: Path) -> None:
    """Byte code beside the source, believed without asking for dates: nobody may write there."""
    options = ("-q", "-f", "-j", "1", "--invalidation-mode", "unchecked-hash", "-s", home, "-p", HOME)
    env = {"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0"}
    ran(sys.executable, "-m", "compileall", *options, home / "lib", env=env)


def _unpack(wheel: Path, into: Path) -> None:
    """What is imported of a wheel; of the product's own the agent and the checks."""
    own = wheel.name.startswith("watchbill-")
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            if own and name.startswith("console/"):
                continue
            if re.match(r"[^/]+\.data/|[^/]+\.dist-info/(RECORD|entry_points\.txt)$", name):
                continue  # scripts and headers; what speaks of files that do not come along
            packed.extract(name, into)
