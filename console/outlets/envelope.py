"""A letter as a mail: text and HTML beside each other, headers that nobody's text can break out of, a stable id."""

from __future__ import annotations

import hashlib
import html
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from checks.reading import Instant
from checks.text import clean
from console.letters.letter import Attachment, Letter

_SUBJECT, _LINE = 180, 2000
_STYLE = "font:14px/1.5 ui-monospace,Menlo,Consolas,monospace;color:#1c2126;background:#fff;margin:1.2em"
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body style="{style}"><pre style="font:inherit;white-space:pre-wrap;margin:0">{text}</pre></body></html>'
)


def message_id(key: str, domain: str) -> str:
    """The same for the same letter, however often it is sent: a mailbox that has it already can tell."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def enveloped(letter: Letter, key: str, parties: tuple[Address, Address], written_at: Instant) -> EmailMessage:
    """The mail, from the first of the parties to the second. Every text is made safe here, whoever wrote it."""
    sender, receiver = parties
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = Address(clean(receiver.display_name, 100), addr_spec=receiver.addr_spec)
    mail["Subject"] = clean(letter.subject, _SUBJECT).strip()
    mail["Date"] = format_datetime(datetime.fromtimestamp(written_at, UTC))
    mail["Message-ID"] = message_id(key, sender.domain)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-ID"] = f"Watchbill <watchbill.{sender.domain}>"
    if letter.incident:
        mail["References"] = f"<incident-{letter.incident}@{sender.domain}>"
    text = "\n".join(clean(line, _LINE) for line in letter.lines)
    mail.set_content(f"{text}\n", cte="quoted-printable")
    mail.add_alternative(letter.html or page_of(letter.subject, text), subtype="html", cte="quoted-printable")
    for one in letter.attachments:
        _attach(mail, one)
    return mail


def page_of(title: str, text: str) -> str:
    """Plain text as a page of its own that loads nothing."""
    return _PAGE.format(title=html.escape(clean(title, _SUBJECT)), style=_STYLE, text=html.escape(text))


def _attach(mail: EmailMessage, one: Attachment) -> None:
    main, _, sub = one.kind.partition("/")
    name = clean(one.name, 100).replace("/", "-").replace("\\", "-")
    mail.add_attachment(one.body, maintype=main or "application", subtype=sub or "octet-stream", filename=name)
