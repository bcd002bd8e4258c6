"""The file with the key of this home's doors, as somebody sees it who only looks: is it one, and which."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_private_key

KEY = "host_key"


def fingerprint_at(path: Path) -> str:
    """`SHA256:…` of the private key in this file, as agents pin it; "" where there is none that can be read."""
    try:
        public = load_ssh_private_key(path.read_bytes(), password=None).public_key()
    except (OSError, ValueError, UnsupportedAlgorithm):
        return ""
    written = public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).split()[1]
    return "SHA256:" + base64.b64encode(hashlib.sha256(base64.b64decode(written)).digest()).decode().rstrip("=")
