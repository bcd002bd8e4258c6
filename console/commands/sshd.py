"""What an sshd of its own is told, to let in agents and nothing else: its version, its configuration, its unit.

Every limit of reliability.md 1.3 that the sshd found knows. No file of keys, no terminal, no tunnel, no password: who a
key is, the store says at each login, and all that runs is the bridge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import console

OLDEST = (8, 9)
_VERSION = re.compile(r"OpenSSH_(\d+)\.(\d+)")
_AWKWARD = re.compile(r"""[^A-Za-z0-9_./:@+=,\[\]-]""")
PACKAGE = Path(console.__file__).parent
KEYS = PACKAGE / "store" / "authorized_keys.py"
BRIDGE = PACKAGE / "intake" / "bridge.py"
UNIT = PACKAGE / "commands" / "units" / "watchbill-door.service"


class NoSshd(Exception):
    """There is no sshd that could stand in front: says which was looked for, and what to do."""


@dataclass(frozen=True, slots=True)
class Front:
    """One sshd in front of a home."""

    sshd: str
    version: tuple[int, int]
    home: Path
    python: str
    """The interpreter of the bridge and of the program that knows the keys; every account can run it."""
    listen: str
    port: int
    account: str
    """Whom agents log in as."""
    owner: str
    """The account of the daemon, which may read the store."""
    socket: Path
    folder: Path
    """Where the configuration is written."""

    @property
    def config(self) -> Path:
        """The configuration."""
        return self.folder / "sshd_config"

    @property
    def asks(self) -> str:
        """The command that knows the keys."""
        database = self.home / "console" / "watchbill.db"
        return " ".join([*_outside(self.python), "-IS", str(KEYS), str(database), str(self.socket), "%t %k"])


def version_of(said: str) -> tuple[int, int]:
    """The version in what `sshd -V` says; those before 9.3 say it with their usage. Raises NoSshd."""
    found = _VERSION.search(said)
    if found is None:
        raise NoSshd(f"it does not say that it is OpenSSH, but: {' '.join(said.split())[:80] or 'nothing'}")
    version = (int(found[1]), int(found[2]))
    if version < OLDEST:
        raise NoSshd(f"it is OpenSSH {version[0]}.{version[1]}; 8.9 or newer is needed")
    return version


def awkward(*paths: Path | str) -> str:
    """The first of these that cannot stand in an sshd_config or an authorized_keys line as it is; "" for none."""
    return next((str(path) for path in paths if _AWKWARD.search(str(path))), "")


def config(front: Front) -> str:
    """The configuration of sshd_config(5)."""
    lines = [
        "# Written by `watchbill door openssh`; run it again instead of editing this.",
        f"Port {front.port}",
        f"ListenAddress {front.listen}",
        f"HostKey {front.home / 'console' / 'host_key'}",
        "PidFile none",
        "",
        "# Who: one account, keys that the store knows, nothing else.",
        f"AllowUsers {front.account}",
        "AuthenticationMethods publickey",
        "PubkeyAuthentication yes",
        "AuthorizedKeysFile none",
        f"AuthorizedKeysCommand {front.asks}",
        f"AuthorizedKeysCommandUser {front.owner}",
        "AuthorizedPrincipalsFile none",
        "TrustedUserCAKeys none",
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "HostbasedAuthentication no",
        "PermitEmptyPasswords no",
        "PermitRootLogin no",
        "UsePAM no",
        "",
        "# What: one channel with the bridge at its end.",
        "DisableForwarding yes",
        "AllowAgentForwarding no",
        "AllowStreamLocalForwarding no",
        "AllowTcpForwarding no",
        "GatewayPorts no",
        "PermitTunnel no",
        "X11Forwarding no",
        "PermitTTY no",
        "PermitUserEnvironment no",
        "PermitUserRC no",
        "Compression no",
        "MaxSessions 1",
        "",
        "# How long, how often.",
        "LoginGraceTime 20",
        "MaxAuthTries 3",
        "MaxStartups 64:30:256",
        "PerSourceMaxStartups 32",
        "PerSourceNetBlockSize 32:64",
        "ClientAliveInterval 30",
        "ClientAliveCountMax 2",
        "RekeyLimit 256M 1h",
        "UseDNS no",
        *_since(front.version),
        "",
        "# Which algorithms.",
        f"KexAlgorithms {','.join(_kex(front.version))}",
        "Ciphers aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr",
        "MACs hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com",
        "HostKeyAlgorithms ssh-ed25519",
        "PubkeyAcceptedAlgorithms ssh-ed25519",
        "CASignatureAlgorithms ssh-ed25519",
        "",
        "# What a stranger reads.",
        "Banner none",
        "PrintMotd no",
        "PrintLastLog no",
        "VersionAddendum none",
        "LogLevel INFO",
    ]
    return "\n".join(lines) + "\n"


def unit(front: Front) -> str:
    """The systemd unit that keeps this sshd running."""
    return UNIT.read_text().format(sshd=front.sshd, config=front.config)


def _since(version: tuple[int, int]) -> list[str]:
    """What only newer ones know."""
    limits = [
        ((9, 2), "ChannelTimeout session:*=90s"),
        ((9, 2), "UnusedConnectionTimeout 20s"),
        ((9, 8), "PerSourcePenalties authfail:10s grace-exceeded:20s max:600s"),
    ]
    return [line for first, line in limits if version >= first]


def _kex(version: tuple[int, int]) -> list[str]:
    """The hybrids first, of those that this version has."""
    newest = ["mlkem768x25519-sha256", "sntrup761x25519-sha512"] if version >= (9, 9) else []
    old = ["curve25519-sha256", "curve25519-sha256@libssh.org"]  # one, under both its names: paramiko knows the second
    return [*newest, "sntrup761x25519-sha512@openssh.com", *old]


def _outside(python: str) -> list[str]:
    """sshd starts a program that only root could have changed; where Python is somebody's own, `env` starts it."""
    real = Path(python).resolve()
    is_roots = all(path.stat().st_uid == 0 and not path.stat().st_mode & 0o022 for path in (real, *real.parents))
    return [python] if is_roots else ["/usr/bin/env", python]
