"""`make dist`: everything into `dist/`, and how big it is. `python -m packages --into DIR KIND …` makes some of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from packages import archive, bill, deb, rpm, wheels
from packages.made import VERSION, Made, NotMade, epoch
from packages.tree import tree

_OF_A_TREE = {"tar": archive.pack, "deb": deb.pack, "rpm": rpm.pack}
KINDS = ("wheels", "bill", *_OF_A_TREE)


def main(arguments: list[str] | None = None) -> int:
    """Make what is asked for; 1 where something that is needed for it is missing."""
    parser = argparse.ArgumentParser(prog="python -m packages", description=__doc__.split("\n")[0])
    parser.add_argument("--into", type=Path, default=Path("dist"), help="the folder that they are written to")
    parser.add_argument("--as-version", default=VERSION, help="the version that the packages carry")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"{', '.join(KINDS)}; all of them where none is named")
    said = parser.parse_args(arguments)
    unknown = set(said.kinds) - set(KINDS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}: name {', '.join(KINDS)}")
    try:
        for path in made(said.into.absolute(), said.kinds or KINDS, said.as_version):
            print(f"{path.stat().st_size / 1e6:7.1f} MB  {path.name}")
    except NotMade as error:
        print(f"packages: {error}", file=sys.stderr)
        return 1
    return 0


def made(into: Path, kinds: list[str] | tuple[str, ...], version: str = VERSION) -> list[Path]:
    """The files that were made. Raises NotMade."""
    into.mkdir(parents=True, exist_ok=True)
    found = wheels.pack(into, epoch())
    if "bill" in kinds:
        found.append(bill.pack(into))
    if not set(kinds) & set(_OF_A_TREE):
        return found
    with tempfile.TemporaryDirectory(prefix="watchbill-dist-") as folder:
        wanted = Made(Path(folder) / "tree", into, version, epoch())
        tree(wanted, [one for one in found if one.suffix == ".whl"])
        return [*found, *(pack(wanted) for kind, pack in _OF_A_TREE.items() if kind in kinds)]


if __name__ == "__main__":
    raise SystemExit(main())
