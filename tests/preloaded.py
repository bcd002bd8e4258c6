"""Daemons that start in a moment, for tests that kill hundreds: each is a fork of a process that loaded it all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1])]  # before this folder, which has a `console` of its own

from conftest import PATIENCE, House


class QuickHouse(House):
    """A house whose daemons are forks of a process that has loaded their code; in everything else the real one."""

    _loader: subprocess.Popen[str] | None = None
    _pid = 0

    @property
    def pid(self) -> int:
        """The daemon's process."""
        return self._pid

    def start(self, *more: str) -> None:
        if self._loader is None:
            log = (self.home.parent / "daemon.log").open("ab")
            command = [sys.executable, __file__]
            self._loader = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
            log.close()
        self._say(json.dumps(["--home", str(self.home), "--port", str(self.port), *more]))
        self._pid = int(self._hear())
        ready = self._hear().split()
        assert ready[:1] == ["ready"], (self.home.parent / "daemon.log").read_text()[-3000:]
        self.port = int(ready[1].rsplit(":", 1)[1])

    def stop(self, number: int = signal.SIGTERM) -> None:
        os.kill(self._pid, number)
        while not (heard := self._hear()).startswith("ended"):
            assert heard, "the loader is gone"
        self._pid = 0

    def close(self) -> None:
        if self._pid:
            self.stop(signal.SIGKILL)
        if self._loader is not None and self._loader.stdin is not None and self._loader.stdout is not None:
            self._loader.stdin.close()
            self._loader.wait(PATIENCE)
            self._loader.stdout.close()
        super().close()

    def _say(self, line: str) -> None:
        assert self._loader is not None
        assert self._loader.stdin is not None
        self._loader.stdin.write(line + "\n")
        self._loader.stdin.flush()

    def _hear(self) -> str:
        assert self._loader is not None
        assert self._loader.stdout is not None
        return self._loader.stdout.readline().strip()


def _load_and_fork() -> None:
    import console.daemon
    import console.serving

    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            sys.stdin.close()
            os._exit(console.serving.main(json.loads(line)))
        os.write(1, f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        os.write(1, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    _load_and_fork()
