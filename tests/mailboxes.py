"""Real mail servers on the loopback: one that works (with TLS and a password where asked), and some that do not."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session


class Mailbox:
    """What a server took, in order; `answer` is what it says to a whole mail instead, `to` to a receiver."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.receivers: list[str] = []
        self.answer, self.to = "", ""

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, server: Any, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.to:
            return self.to
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer:
            return self.answer
        self.taken.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        self.receivers += envelope.rcpt_tos
        return "250 taken"


class OnAnyPort(Controller):
    """A server whose port the kernel chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


def certificate(folder: Path, who: str = "IP:127.0.0.1") -> tuple[Path, Path]:
    """A certificate, and its key, for a name or an address as OpenSSL writes it."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", f"/CN={who}", "-addext", f"subjectAltName={who}", "-days", "2"]
    subprocess.run([*made, *names, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    return cert, key


@contextlib.contextmanager
def mail_server(
    mailbox: Mailbox, keys: tuple[Path, Path] | None = None, login: tuple[str, str] | None = None, *, tls: bool = False
) -> Iterator[int]:
    """A server that works; its port. With `keys` it wants STARTTLS (or TLS at once), with `login` a password."""
    context = None
    if keys:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*map(str, keys))
    more: dict[str, Any] = {}
    if context and not tls:
        more |= {"tls_context": context, "require_starttls": True}
    if login:

        def knows(server: Any, session: Any, envelope: Any, mechanism: str, given: LoginPassword) -> AuthResult:
            is_right = (given.login.decode(), given.password.decode()) == login
            return AuthResult(success=is_right, handled=False)

        more |= {"authenticator": knows, "auth_required": True, "auth_require_tls": not tls and bool(keys)}
    server = OnAnyPort(
        mailbox, hostname="127.0.0.1", port=0, ssl_context=context if tls else None, server_hostname="mx.test", **more
    )
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


@contextlib.contextmanager
def bad_server(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that behaves so towards everybody who connects; its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    stopped, talks = threading.Event(), []

    def serve() -> None:
        while not stopped.is_set():
            with contextlib.suppress(OSError):
                talk, _ = listening.accept()
                talks.append(talk)
                talk.settimeout(10)
                with contextlib.suppress(OSError):
                    behave(talk)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        stopped.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for talk in talks:
            with contextlib.suppress(OSError):
                talk.shutdown(socket.SHUT_RDWR)
            talk.close()
        thread.join(5)


def hangs(talk: socket.socket) -> None:
    """Takes the connection and never says a word."""
    while talk.recv(1000):
        pass


def refuses(talk: socket.socket) -> None:
    """Wants to talk to nobody."""
    talk.sendall(b"554 no\r\n")
    talk.close()


def drips(talk: socket.socket) -> None:
    """Says a letter now and then, and never a whole line."""
    gone = threading.Event()
    while not gone.wait(0.2):
        talk.sendall(b"2")


def dies_after_the_mail(talk: socket.socket) -> None:
    """Takes the whole mail, then dies before it says so."""
    talk.sendall(b"220 mx.test\r\n")
    seen = b""
    while not seen.endswith(b"\r\n.\r\n"):
        said = talk.recv(65_536)
        if not said:
            return
        seen += said
        if b"DATA\r\n" in seen.upper() and seen.upper().endswith(b"DATA\r\n"):
            talk.sendall(b"354 go on\r\n")
            seen = b""
        elif seen.endswith(b"\r\n") and b"\r\n.\r\n" not in seen and seen.count(b"\r\n") == 1 and len(seen) < 400:
            talk.sendall(b"250 OK\r\n")
            seen = b""
    talk.close()


def never_parts(talk: socket.socket) -> None:
    """Takes the mail, says so, and then does not answer QUIT."""
    talk.sendall(b"220 mx.test\r\n")
    is_mail = False
    seen = b""
    while said := talk.recv(65_536):
        seen += said
        if is_mail:
            if seen.endswith(b"\r\n.\r\n"):
                talk.sendall(b"250 taken\r\n")
                is_mail, seen = False, b""
        elif seen.upper().startswith(b"DATA"):
            talk.sendall(b"354 go on\r\n")
            is_mail, seen = True, b""
        elif not seen.upper().startswith(b"QUIT"):
            talk.sendall(b"250 OK\r\n")
            seen = b""
