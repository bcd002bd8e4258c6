"""The console's front door: `watchbill`. What each command does is in `console.commands`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; its exit code."""
    try:
        from console.commands.cli import cli
    except ImportError as error:
        sys.stderr.write(f"watchbill: the console is not installed ({error}); pip install 'watchbill[console]'\n")
        return 2
    return cli.main(standalone_mode=True) or 0


if __name__ == "__main__":
    raise SystemExit(main())
