"""Ports, web pages and names of things without an agent: real sockets that answer well, badly, slowly, endlessly."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from agent.config import ConfigError, settings
from agent.forgetful import Forgetful
from agent.homes import home
from agent.looking import Look, LookAt
from agent.probes.health import dns, http, tcp
from agent.sources import network
from checks.catalogue import BY_NAME
from checks.reading import Gap, Reading

NOW = int(time.time())
WELL = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
Talk = Callable[[socket.socket], None]


def listed(tmp_path: Path, toml: str) -> LookAt:
    where = home(tmp_path).made()
    where.settings.write_text(toml)
    return settings(where).look_at


def told(tmp_path: Path, toml: str) -> list[str]:
    """What is found of everything that the configuration lists, in words."""
    at = Look(NOW, NOW + 300, Forgetful(), listed(tmp_path, toml))
    return [_words(one) for probe in (tcp, http, dns) for one in probe.look(at)]


def _words(one: Reading | Gap) -> str:
    check = BY_NAME[one.check]
    if isinstance(one, Gap):
        return f"{one.why.value}: {one.reason}"
    finding = check.finding(one, check.standard, NOW)
    return f"{finding.status.value}: {finding.sentence}"


def page(tmp_path: Path, url: str, more: str = "seconds = 1") -> str:
    (said,) = told(tmp_path, f'[[http]]\nname = "page"\nurl = "{url}"\n{more}\n')
    return said


@contextmanager
def served(talk: Talk, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that talks so to everybody; its `host:port`."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                peer, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(peer,), daemon=True).start()

    def one(peer: socket.socket) -> None:
        try:
            with context.wrap_socket(peer, server_side=True) if context else peer as talked:
                talk(talked)
        except OSError:
            pass

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


def answers(what: bytes) -> Talk:
    def talk(peer: socket.socket) -> None:
        peer.recv(65_536)
        peer.sendall(what)

    return talk


def drips(first: bytes) -> Talk:
    def talk(peer: socket.socket) -> None:
        peer.recv(65_536)
        peer.sendall(first)
        for _ in range(600):
            peer.sendall(b"x")
            time.sleep(0.05)

    return talk


def floods(peer: socket.socket) -> None:
    peer.recv(65_536)
    peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        peer.sendall(b"x" * 65_536)


def silent(_: socket.socket) -> None:
    time.sleep(30)


@pytest.fixture
def secured(tmp_path: Path) -> ssl.SSLContext:
    """A server's TLS with a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "printer.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(9))
    file = tmp_path / "both.pem"
    file.write_bytes(
        builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_nothing_listed_is_nothing_looked_at() -> None:
    at = Look(NOW, NOW + 300, Forgetful())
    assert [one for probe in (tcp, http, dns) for one in probe.look(at)] == []


def test_a_port_is_well_while_it_takes_connections_and_broken_when_it_does_not(tmp_path: Path) -> None:
    with served(silent) as where:
        asked = f'[[tcp]]\nname = "printer"\naddress = "{where}"\n'
        assert told(tmp_path, asked)[0].startswith("ok: takes a connection after ")
    assert told(tmp_path, asked) == ["breach: refuses the connection"]


def test_a_port_behind_a_full_queue_does_not_answer_in_time(tmp_path: Path) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        began = time.monotonic()
        asked = f'[[tcp]]\nname = "stuck"\naddress = "127.0.0.1:{full.getsockname()[1]}"\nseconds = 1\n'
        assert told(tmp_path, asked) == ["breach: does not answer in time"]
        assert time.monotonic() - began < 3
        for one in waiting:
            one.close()


def test_those_that_are_not_reached_in_the_time_of_a_pass_are_gaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "MOST_SECONDS", 1.0)
    with served(silent) as where:
        asked = "".join(f'[[http]]\nname = "{one}"\nurl = "http://{where}/"\nseconds = 20\n' for one in "abc")
        began = time.monotonic()
        assert told(tmp_path, asked) == [
            "breach: does not answer in time",
            *["timed out: those before it took all the time of this pass"] * 2,
        ]
        assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("talk", "more", "words"),
    [
        (answers(WELL), "", "ok: answers after "),
        (answers(WELL), 'text = "hello"', "ok: answers after "),
        (answers(WELL), 'text = "goodbye"', "breach: “goodbye” does not stand in the page"),
        (answers(b"HTTP/1.1 503 Busy\r\n\r\n"), "", "breach: answers 503 Busy, not 2xx"),
        (answers(b"HTTP/1.1 401 No\r\n\r\n"), "status = 401", "ok: answers after "),
        (answers(WELL), "status = 204", "breach: answers 200 OK, not 204"),
        (answers(b"HTTP/1.1 302 On\r\nLocation: /\r\n\r\n"), "", "breach: sends on more than 5 times"),
        (answers(b"HTTP/1.1 302 On\r\nLocation: /\r\n\r\n"), "status = 302", "ok: answers after "),
        (answers(b"HTTP/1.1 302 On\r\nLocation: file:///etc/passwd\r\n\r\n"), "", "breach: sends on to what is no"),
        (answers(b"SSH-2.0-OpenSSH\r\n"), "", "breach: what it answers is no HTTP"),
        (answers(b""), "", "breach: breaks off: "),
        (answers(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 5000), "", "breach: what it answers is no HTTP"),
        (drips(b"HTTP/1.1 200 OK\r\nX-Slow: "), "", "breach: does not answer in time"),
        (drips(b"HTTP/1.1 200 OK\r\n\r\n"), 'text = "never"', "breach: does not answer in time"),
        (drips(b""), "", "breach: does not answer in time"),
        (silent, "", "breach: does not answer in time"),
        (floods, 'text = "needle"', "breach: “needle” does not stand in the first 1 MiB"),
        (answers(b"HTTP/1.1 500 \x1b[31mred\xff\r\n\r\n"), "", "breach: answers 500 "),
    ],
)  # fmt: skip
def test_a_page_is_told_by_what_it_answers(tmp_path: Path, talk: Talk, more: str, words: str) -> None:
    began = time.monotonic()
    with served(talk) as where:
        said = page(tmp_path, f"http://{where}/status?x=1", f"seconds = 1\n{more}")
    assert said.startswith(words)
    assert "\x1b" not in said
    assert time.monotonic() - began < 3


def test_no_proxy_of_the_environment_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with served(answers(WELL)) as where:
        assert page(tmp_path, f"http://{where}/").startswith("ok")


def test_trouble_with_tls_is_told_in_words(tmp_path: Path, secured: ssl.SSLContext) -> None:
    with served(answers(WELL), secured) as where:
        assert page(tmp_path, f"https://{where}/").startswith("breach: its certificate is not trusted: self-signed")
        assert page(tmp_path, f"https://{where}/", "verify = false").startswith("ok: answers after ")
    with served(answers(b"HTTP/1.1 400 plain\r\n\r\n")) as where:
        assert page(tmp_path, f"https://{where}/").startswith("breach: does not speak TLS as it should: ")
    with served(silent) as where:
        assert page(tmp_path, f"https://{where}/") == "breach: does not answer in time"


def test_a_secured_page_that_drips_ends_in_time(tmp_path: Path, secured: ssl.SSLContext) -> None:
    with served(drips(b"HTTP/1.1 200 OK\r\nX-Slow: "), secured) as where:
        began = time.monotonic()
        assert page(tmp_path, f"https://{where}/", "verify = false\nseconds = 1") == "breach: does not answer in time"
        assert time.monotonic() - began < 3


def test_a_name_must_lead_where_it_should(tmp_path: Path) -> None:
    found = sorted({str(one[4][0]) for one in socket.getaddrinfo("localhost", 0)})
    asked = '[[dns]]\nname = "here"\nlookup = "localhost"\n'
    (said,) = told(tmp_path, asked)
    assert said.startswith("ok: resolves after ")
    (said,) = told(tmp_path, asked + f"addresses = {found}\n")
    assert said.startswith("ok: resolves after ")
    (said,) = told(tmp_path, asked + 'addresses = ["192.0.2.7"]\n')
    assert said == f"breach: leads to {', '.join(found)}, not to 192.0.2.7"
    (said,) = told(tmp_path, '[[dns]]\nname = "gone"\nlookup = "nothing.invalid"\nseconds = 20\n')
    assert said.startswith("breach: ")


@pytest.mark.parametrize("name", ["a" * 300, "x..y", "é\u0301" * 80])
def test_a_name_that_cannot_be_one_is_broken_and_nothing_crashes(tmp_path: Path, name: str) -> None:
    (said,) = told(tmp_path, f'[[tcp]]\nname = "odd"\naddress = "{name}:80"\nseconds = 2\n')
    assert said.startswith(("breach: ", "failed: ", "timed out: "))


def test_everything_wrong_with_what_is_listed_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as wrong:
        listed(
            tmp_path,
            '[[tcp]]\nname = "a"\naddress = "printer"\nseconds = 0\n'
            '[[http]]\nname = "b"\nurl = "ftp://x/"\nstatus = 7\nverify = "no"\n'
            '[[http]]\nname = "c"\nurl = "http://admin:secret@x/"\ncolour = "red"\n'
            '[[http]]\nname = "d"\nurl = "http://x:99999/"\n'
            '[[dns]]\nname = "e"\nlookup = "a b"\naddresses = ["one"]\n[[dns]]\nname = "f"\n',
        )
    assert [one.partition(": ")[::2] for one in wrong.value.problems] == [
        ("http 2", "unknown key colour"),
        ("dns 2", "lookup is missing"),
        ("tcp 1", 'address must be host:port, such as "printer.example:9100"'),
        ("tcp 1", "seconds must be a number from 1 to 20"),
        ("http 1", 'url must be such as "https://www.example/"; no name or password stands in it'),
        ("http 1", "status must be a number from 100 to 599"),
        ("http 1", "verify must be true or false"),
        ("http 2", 'url must be such as "https://www.example/"; no name or password stands in it'),
        ("http 3", 'url must be such as "https://www.example/"; no name or password stands in it'),
        ("dns 1", "lookup must be one name"),
        ("dns 1", 'addresses must be a list of IP addresses, such as ["192.0.2.7", "2001:db8::7"]'),
    ]
