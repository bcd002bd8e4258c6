"""Memory that work waits for, programs that the kernel ended, certificates of files and of real TLS ports."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from agent.config import ConfigError, settings
from agent.forgetful import Forgetful
from agent.homes import home
from agent.looking import ListedCertificate, Look, LookAt
from agent.probes.health import certificate, memory_pressure, oom_kills
from checks.catalogue import BY_NAME
from checks.finding import Status
from checks.reading import Gap, Reading, Why

DAY = 86_400
NOW = int(time.time())


def look(root: Path = Path("/"), memory: Forgetful | None = None, now: int = NOW, *listed: ListedCertificate) -> Look:
    return Look(now, now + 60, memory or Forgetful(), LookAt(certificates=listed), root)


def status(one: Reading | Gap) -> Status:
    check = BY_NAME[one.check]
    assert isinstance(one, Reading)
    return check.finding(one, check.standard, NOW).status


@pytest.mark.parametrize(
    ("full", "expected"),
    [("0.00", Status.OK), ("5.00", Status.WATCH), ("20.00", Status.BREACH), ("61.20", Status.BREACH)],
)
def test_time_in_which_everything_waited_for_memory_is_judged(tmp_path: Path, full: str, expected: Status) -> None:
    (tmp_path / "proc/pressure").mkdir(parents=True)
    file = tmp_path / "proc/pressure/memory"
    file.write_text(
        f"some avg10=9.00 avg60=9.00 avg300=9.00 total=9\nfull avg10=1.00 avg60=1.00 avg300={full} total=5\n"
    )
    (one,) = memory_pressure.look(look(tmp_path))
    assert status(one) is expected


def test_a_kernel_that_does_not_count_and_one_that_says_nonsense_are_told_apart(tmp_path: Path) -> None:
    (none,) = memory_pressure.look(look(tmp_path))
    (tmp_path / "proc/pressure").mkdir(parents=True)
    (tmp_path / "proc/pressure/memory").write_text("full avg300=much\n")
    (odd,) = memory_pressure.look(look(tmp_path))
    assert [one.why for one in (none, odd) if isinstance(one, Gap)] == [Why.NOT_HERE, Why.FAILED]
    (kills,) = oom_kills.look(look(tmp_path))
    assert isinstance(kills, Gap)
    assert kills.why is Why.NOT_HERE


def test_programs_that_the_kernel_ended_are_counted_for_a_day_and_over_a_boot(tmp_path: Path) -> None:
    (tmp_path / "proc").mkdir()
    file, memory = tmp_path / "proc/vmstat", Forgetful()
    seen = []
    for count, at in ((4, 0), (6, 60), (6, 3600), (1, 7200), (1, DAY + 120), (1, 2 * DAY)):
        file.write_text(f"pgfault 1\noom_kill {count}\nother 2\n")
        (one,) = oom_kills.look(look(tmp_path, memory, NOW + at))
        assert isinstance(one, Reading)
        seen.append(one.value)
    assert seen == [0, 2, 2, 3, 1, 0], "what was before the first look is not ours; a boot counts from 0"


def made(folder: Path, ends: dt.datetime) -> Path:
    """A certificate with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "web.example")])
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(ends - dt.timedelta(days=400)).not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "web.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.mark.parametrize(
    ("days", "expected", "words"),
    [(60, Status.OK, "is good for 60 d more"), (20, Status.WATCH, "is good for 20 d more"),
     (3, Status.BREACH, "is good for 3 d more"), (-2, Status.BREACH, "ended 2 d ago")],
)  # fmt: skip
def test_a_certificate_in_a_file_ends_when_it_says(tmp_path: Path, days: int, expected: Status, words: str) -> None:
    file = made(tmp_path, dt.datetime.fromtimestamp(NOW + days * DAY, dt.UTC))
    (one,) = certificate.look(look(Path("/"), None, NOW, ListedCertificate("web", str(file))))
    assert status(one) is expected
    assert isinstance(one, Reading)
    assert BY_NAME[one.check].finding(one, BY_NAME[one.check].standard, NOW).sentence == f"CN=web.example {words}"


@contextmanager
def serving(file: Path | None) -> Iterator[int]:
    """A port that shows this certificate; one that accepts and says nothing where there is none."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def serve() -> None:
            try:
                plain, _ = server.accept()
                with plain:
                    if file is None:
                        plain.recv(4096)
                        return
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    context.load_cert_chain(file)
                    context.wrap_socket(plain, server_side=True).close()
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(10)


def test_a_certificate_that_a_port_shows_is_read_and_one_that_is_no_port_says_why(tmp_path: Path) -> None:
    file = made(tmp_path, dt.datetime.fromtimestamp(NOW + 30 * DAY, dt.UTC))
    with serving(file) as port:
        (one,) = certificate.look(look(Path("/"), None, NOW, ListedCertificate("web", f"127.0.0.1:{port}", port)))
    assert isinstance(one, Reading)
    assert one.value == pytest.approx(30 * DAY, abs=2)
    (refused,) = certificate.look(look(Path("/"), None, NOW, ListedCertificate("web", f"127.0.0.1:{port}", port)))
    assert isinstance(refused, Gap)
    assert "refused" in refused.reason
    with serving(None) as mute:
        (ended,) = certificate.look(look(Path("/"), None, NOW, ListedCertificate("web", f"127.0.0.1:{mute}", mute)))
    assert isinstance(ended, Gap)
    assert ended.why is Why.FAILED


def test_what_is_no_certificate_is_a_gap_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "odd").write_bytes(b"-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n")
    listed = [ListedCertificate(one, str(tmp_path / one)) for one in ("gone", "empty", "odd")]
    listed.append(ListedCertificate("zero", "/dev/zero"))
    reasons = [one.reason for one in certificate.look(look(Path("/"), None, NOW, *listed)) if isinstance(one, Gap)]
    assert len(reasons) == 4
    assert "No such file" in reasons[0]
    assert all("holds no certificate" in one for one in reasons[1:])


def test_a_certificate_is_of_a_file_or_of_a_port_and_everything_wrong_is_told(tmp_path: Path) -> None:
    where = home(tmp_path).made()
    where.settings.write_text('[[certificates]]\nname = "a"\nport = "mail.example:993"\n')
    assert settings(where).look_at.certificates == (ListedCertificate("a", "mail.example:993", 993),)
    both = '[[certificates]]\nname = "a"\nfile = "/x"\nport = "y:1"\n[[certificates]]\nname = "b"\nport = "443"\n'
    where.settings.write_text(both)
    with pytest.raises(ConfigError) as told:
        settings(where)
    assert [one.partition(": ")[2][:20] for one in told.value.problems] == [
        "name a file or a por",
        "port must be host:po",
    ]
