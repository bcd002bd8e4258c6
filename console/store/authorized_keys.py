"""What sshd asks: may this key come in, and as whom? `python -IS authorized_keys.py DATABASE SOCKET TYPE KEY`.

Prints one line of authorized_keys(5) for the key of an agent that may speak, or of an invitation that is open, and
nothing for any other. It reads the store itself, so that what was revoked a moment ago opens nothing. Standard library
alone, and little of it: sshd waits for this at every login. The daemon asks again before it listens. No path here needs
quotes: `watchbill door openssh` refuses those that would.
"""

import os.path
import sqlite3
import sys

BRIDGE = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "intake", "bridge.py")  # noqa: PTH118, PTH120 - pathlib takes as long as the question
_QUESTION = """
select agent from agents where public_key = :key and ended_at is null
union all
select 'join-' || token from tokens
where public_key = :key and spent_at is null and expires_at > cast(strftime('%s', 'now') as integer)
limit 1
"""


def line(database: str, socket: str, key: str) -> str:
    """The line for this key (`ssh-ed25519 AAAA…`), "" where it opens nothing."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)
    try:
        found = connection.execute(_QUESTION, {"key": key}).fetchone()
    finally:
        connection.close()
    if found is None:
        return ""
    return f'restrict,command="exec {sys.executable} -IS {BRIDGE} {socket} {found[0]}" {key}\n'


if __name__ == "__main__":
    sys.stdout.write(line(sys.argv[1], sys.argv[2], " ".join(sys.argv[3:5])))
