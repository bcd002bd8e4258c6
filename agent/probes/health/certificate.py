"""When each listed certificate ends: of a file, or of what a port shows. No key is read, and no trust is asked for."""

from __future__ import annotations

from agent.looking import ListedCertificate, Look, Looked, Probe
from checks.reading import CheckName, Gap, Item, Reading, Why

SECONDS = 5.0
"""How long a port may take to answer."""
MOST_BYTES = 1 << 20


def look(at: Look) -> Looked:
    """Seconds until the end of each; negative once it is past."""
    for one in at.asked.certificates:
        yield _seen(at, one)


def _seen(at: Look, one: ListedCertificate) -> Reading | Gap:
    try:
        encoded = _of_port(one) if one.port else _of_file(one)
        from cryptography import x509  # with the first certificate: most machines list none

        is_pem = encoded.lstrip().startswith(b"-----")
        found = x509.load_pem_x509_certificate(encoded) if is_pem else x509.load_der_x509_certificate(encoded)
    except TimeoutError:
        return at.gap("certificate", Why.TIMED_OUT, f"{one.where} did not answer within {SECONDS:g} s", one.name)
    except PermissionError as error:
        return at.gap("certificate", Why.DENIED, f"{one.where}: {error.strerror}", one.name)
    except OSError as error:
        return at.gap("certificate", Why.FAILED, f"{one.where}: {error.strerror or error}", one.name)
    except ValueError:
        return at.gap("certificate", Why.FAILED, f"{one.where} holds no certificate that can be read", one.name)
    ends = found.not_valid_after_utc
    items = (Item(found.subject.rfc4514_string()[:100] or one.name, f"until {ends:%Y-%m-%d %H:%M} UTC"),)
    return Reading(CheckName("certificate"), one.name, ends.timestamp() - at.now, at.now, at.next_look, items)


def _of_file(one: ListedCertificate) -> bytes:
    with open(one.where, "rb") as file:  # noqa: PTH123 - bounded: a name may be a device
        return file.read(MOST_BYTES)


def _of_port(one: ListedCertificate) -> bytes:
    import socket
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # its end is asked for, not whether to trust it
    host = one.where.rpartition(":")[0].strip("[]")
    with (
        socket.create_connection((host, one.port), SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as shown,
    ):
        return shown.getpeercert(binary_form=True) or b""


PROBE = Probe(CheckName("certificate"), look, seconds=60.0)
