"""What runs on a machine while it is looked at: all of it from memory, so that nothing can be left there.

Its text goes over SSH; it is started as `python -I -B -c TEXT SECONDS`, and hears on its standard input a zip of
packages, which is never a file with a name. What is found is JSON on its standard output. It ends after so many
seconds, or as soon as nobody listens any more, and so does every program that it has started. Standard library alone.
"""

from __future__ import annotations

import os
import runpy
import select
import shutil
import signal
import sys
import threading
import zipfile


def end_unheard() -> None:
    """End this process once nobody holds the other end of its standard output."""
    watched = select.poll()
    watched.register(1, 0)  # an end that is gone is told without being asked for
    watched.poll()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Hear what is carried, and look."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
        signal.signal(number, lambda sent, _: sys.exit(128 + sent))
    signal.alarm(int(sys.argv.pop()))
    with open(os.memfd_create("watchbill-look"), "w+b") as carried:  # noqa: PTH123 - a number, not a path
        shutil.copyfileobj(sys.stdin.buffer, carried)
        carried.flush()
        if not zipfile.is_zipfile(carried):
            sys.exit("what was carried did not arrive whole")
        threading.Thread(target=end_unheard, daemon=True).start()
        sys.path.insert(0, f"/proc/self/fd/{carried.fileno()}")
        runpy.run_module("agent.once", run_name="__main__")


if __name__ == "__main__":
    main()
