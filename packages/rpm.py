"""The .rpm of the agent: its spec file, with the same scripts as the .deb where rpm has a moment for them."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from packages.made import HOME, NAME, SUMMARY, Made, ran
from packages.scripts import fragment
from packages.tree import DOC, UNITS

_SPEC = """\
Name: {name}
Version: {version}
Release: 1
Summary: {summary}
License: Apache-2.0
AutoReqProv: no
Requires(post): /usr/sbin/useradd
%description
It brings its own Python, opens no port, and takes no orders from anywhere.
%install
cp -a {tree}/. %{{buildroot}}
%files
%defattr(-,root,root,-)
{files}
%post
if [ "$1" -gt 1 ]; then first=no; else first=yes; fi
{appears}
%preun
[ "$1" = 0 ] || exit 0
{leaves}
%postun
{gone}
"""
_DEFINED = {
    "_buildhost": "watchbill",
    "_build_id_links": "none",
    "__os_install_post": "%{nil}",
    "debug_package": "%{nil}",
    "use_source_date_epoch_as_buildtime": "1",
    "clamp_mtime_to_source_date_epoch": "1",
}


def pack(made: Made) -> Path:
    """`watchbill-agent-VERSION-1.MACHINE.rpm`. Raises NotMade."""
    with tempfile.TemporaryDirectory(prefix="watchbill-rpm-") as folder:
        spec = Path(folder) / f"{NAME}.spec"
        spec.write_text(_spec(made))
        payload = f"w{made.effort}.xzdio"  # what every rpm reads
        defined = {**_DEFINED, "_binary_payload": payload, "_topdir": folder, "_dbpath": f"{folder}/db"}
        options = [word for key, value in defined.items() for word in ("--define", f"{key} {value}")]
        ran("rpmbuild", "-bb", *options, spec, env={**os.environ, "SOURCE_DATE_EPOCH": str(made.epoch)})
        (found,) = Path(folder).glob("RPMS/*/*.rpm")
        return Path(shutil.copy(found, made.into / found.name))


def _spec(made: Made) -> str:
    units = sorted(f"/{path.relative_to(made.tree)}" for path in (made.tree / UNITS).iterdir())
    return _SPEC.format(
        name=NAME,
        version=made.version,
        summary=SUMMARY,
        tree=made.tree,
        files="\n".join([str(HOME), f"/usr/bin/{NAME}", f"/{DOC}", *units]),
        appears=fragment("appears"),
        leaves=fragment("leaves"),
        gone=fragment("gone"),
    )
