"""Carries a letter to a mail server, within a time limit for each answer and one for the whole.

A server that took a letter has it, whatever it says at parting. One that died before it answered may have it: the
letter goes again under the same Message-ID, so it comes at least once.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from email.message import EmailMessage

from checks.text import clean
from console.letters.letter import Fate, Outcome
from console.outlets.accounts import CannotUse, MailAccount, password, sender_of

WHOLE = 4
"""Times one answer's limit that the whole may take: a server that drips is a server that hangs."""


def carry(account: MailAccount, mail: EmailMessage, receiver: str) -> Outcome:
    """Hand a mail to the server."""
    try:
        with _open(account) as server:
            server.send_message(mail, sender_of(account).addr_spec, [receiver])
            return Outcome(Fate.SENT, f"taken by {account.host}")
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = refused.recipients[receiver]
        return _answered(code, said, f"does not take mail for {receiver}")
    except smtplib.SMTPDataError as refused:
        return _answered(refused.smtp_code, refused.smtp_error, "does not take this mail")
    except (CannotUse, OSError, smtplib.SMTPException, ValueError) as error:
        return Outcome(Fate.LATER, told(account, error))


def check(account: MailAccount) -> str:
    """What is wrong with the account, by connecting as if to send; "" where nothing is."""
    try:
        with _open(account) as server:
            server.noop()
    except (CannotUse, OSError, smtplib.SMTPException, ValueError) as error:
        return told(account, error)
    return ""


def told(account: MailAccount, error: Exception) -> str:
    """Why it failed, and what may help; nothing that a server says steers who reads it."""
    where, late = f"{account.host}:{account.port}", f"did not answer within {account.seconds} s"
    match error:
        case smtplib.SMTPServerDisconnected():
            gone = "hung up before it answered; what it may have got goes again, under the same id"
            return f"{where} {late if 'timed out' in str(error) else gone}"
        case smtplib.SMTPException():
            return f"{where} {_refused(error)}"
        case ssl.SSLError():
            return f"{where} cannot be trusted: {_said(error)}; see mail.security and mail.ca_file"
        case TimeoutError():
            return f"{where} {late}"
        case OSError():
            return f"{where} cannot be reached: {_said(error)}"
        case _:
            return _said(error)


def _refused(error: smtplib.SMTPException) -> str:
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"does not take the user and password ({error.smtp_code}); see mail.user and mail.password_file"
        case smtplib.SMTPNotSupportedError():
            return f"does not offer what outlets.toml asks for: {_said(error)}"
        case smtplib.SMTPResponseException():
            return f"says {error.smtp_code} {_text(error.smtp_error)}"
        case _:
            return _said(error)


@contextlib.contextmanager
def _open(account: MailAccount) -> Iterator[smtplib.SMTP]:
    """A session that is ready to send; it ends with the block, and by force once the whole took too long."""
    context = ssl.create_default_context(cafile=account.ca_file or None)
    name = sender_of(account).domain
    if account.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=name, timeout=account.seconds, context=context)
    else:
        server = smtplib.SMTP(local_hostname=name, timeout=account.seconds)
    limit = threading.Timer(WHOLE * account.seconds, _cut, (server,))
    limit.daemon = True
    limit.start()
    try:
        server._host = account.host  # type: ignore[attr-defined]  # noqa: SLF001 - what TLS checks the certificate for
        code, said = server.connect(account.host, account.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        server.ehlo()
        if account.security == "starttls":
            server.starttls(context=context)
            server.ehlo()
        if account.user:
            server.login(account.user, password(account))
        yield server
    finally:
        limit.cancel()
        _part(server)


def _part(server: smtplib.SMTP) -> None:
    """Say good-bye; a server that does not answer that has taken all the same what it took."""
    try:
        if server.sock is not None:
            server.sock.settimeout(1)
            server.quit()
    except (OSError, smtplib.SMTPException, ValueError):
        pass
    server.close()


def _cut(server: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError):
        if server.sock is not None:
            server.sock.shutdown(socket.SHUT_RDWR)


def _answered(code: int, said: bytes | str, what: str) -> Outcome:
    """4xx says try again, 5xx says do not (RFC 5321, 4.2.1)."""
    fate = Fate.REFUSED if code >= 500 else Fate.LATER
    return Outcome(fate, f"the server {what}: {code} {_text(said)}")


def _text(said: bytes | str) -> str:
    return clean(said.decode("utf-8", "replace") if isinstance(said, bytes) else said, 200)


def _said(error: Exception) -> str:
    return clean(str(error), 200)
