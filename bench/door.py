"""What sshd starts at every login of an agent: the program that knows the keys, and the bridge.

Reference: a bare Python of the same start, which is what neither can do without. `python -m bench.door`
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.told import line
from console.commands.sshd import BRIDGE, KEYS
from console.store.database import opened

RUNS = 31


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        opened(Path(folder)).close()
        question = [f"{folder}/watchbill.db", f"{folder}/none", "ssh-ed25519", "AAAA"]
        bare, bridge, keys = (
            started(*arguments)
            for arguments in (
                ("-IS", "-c", "pass"),
                ("-IS", str(BRIDGE), "none", "nobody"),
                ("-IS", str(KEYS), *question),
            )
        )
    line("bridge: start, against a bare Python", bridge, bare, "ms", 2.5)
    line("authorized-keys: whole question, against a bare Python", keys, bare, "ms", 3.5)


def started(*arguments: str) -> float:
    """Milliseconds from start to end of one Python, the median of many."""
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdin=subprocess.DEVNULL, check=False)
        took.append(1000 * (time.perf_counter() - began))
    return median(took)


if __name__ == "__main__":
    main()
