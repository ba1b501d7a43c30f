"""Requests to addresses of others reach nothing that is not public: the ways around that are known."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_network
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.receiver import Receiver, open_receiver, status
from tracker.core.deliveries import Answer, Fault, Post
from tracker.core.outgoing import LOOPBACK, is_allowed, send

NAME = "penerima.example"
REFUSED = Answer(fault=Fault.REFUSED)

#: How each address is written, and what it would reach.
INSIDE = {
    "loopback": "127.0.0.1", "loopback in one number": "2130706433", "loopback in base 16": "0x7f000001",
    "loopback in base 8": "0177.0.0.1", "loopback in short": "127.1", "circled digits": "①②⑦.⓪.⓪.①",
    "this host": "0.0.0.0", "private, 10": "10.1.2.3", "private, 172": "172.16.0.1", "private, 192": "192.168.1.1",
    "carrier": "100.64.0.1", "keys of a cloud": "169.254.169.254", "multicast": "224.0.0.1", "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255", "documentation": "192.0.2.1", "benchmark": "198.18.0.1",
    "IPv6 loopback": "[::1]", "IPv6 this host": "[::]", "IPv6 unique local": "[fc00::1]", "IPv6 local": "[fd12::1]",
    "IPv6 link-local": "[fe80::1]", "IPv6 site-local": "[fec0::1]", "IPv6 multicast": "[ff02::1]",
    "IPv4 mapped": "[::ffff:127.0.0.1]", "IPv4 mapped in base 16": "[::ffff:7f00:1]",
    "IPv4 compatible": "[::127.0.0.1]", "IPv4 translated": "[::ffff:0:127.0.0.1]", "6to4": "[2002:7f00:1::1]",
    "NAT64": "[64:ff9b::7f00:1]", "NAT64 of a network": "[64:ff9b:1::7f00:1]",
    "NAT64 to a cloud": "[64:ff9b::a9fe:a9fe]",
    "Teredo": "[2001:0:7f00:1::1]", "documentation in IPv6": "[2001:db8::1]",
}  # fmt: skip
WRITTEN = {
    "plain http": "http://penerima.example/x", "another scheme": "ftp://penerima.example/x", "a file": "file:///etc/passwd",
    "a user name": "https://penerima.example@127.0.0.1/", "a password": "https://a:b@penerima.example/",
    "mail": "https://penerima.example:25/", "remote shell": "https://penerima.example:22/", "no host": "https:///x",
    "port 0": "https://penerima.example:0/", "a port that is none": "https://penerima.example:x/", "nothing": "",
    "a line end": "https://penerima.example/\r\nHost: x", "a backslash": "https://penerima.example\\@127.0.0.1/",
}  # fmt: skip


def post(address: str) -> Post:
    return Post(address=address, body=b"{}", headers={"Content-Type": "application/json"})


class Resolver:
    """Answers one lookup after another differently, and the last one ever after."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, host: str, port: int, *_: Any) -> list[Any]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "",
             (one, port, 0, 0) if ":" in one else (one, port))
            for one in answer
        ]  # fmt: skip


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as receiver:
        yield receiver


@pytest.mark.parametrize("host", INSIDE.values(), ids=INSIDE)
def test_addresses_inside_are_refused_however_they_are_written(host: str) -> None:
    assert not is_allowed(f"https://{host}/x")
    assert send(post(f"https://{host}/x")) == REFUSED


@pytest.mark.parametrize("host", [host for host in INSIDE.values() if host[0] == "[" or host.count(".") == 3])
def test_names_that_lead_inside_are_refused(host: str) -> None:
    if host in {INSIDE["loopback in base 8"], INSIDE["circled digits"]}:
        host = "127.0.0.1"  # what a resolver makes of it

    assert send(post(f"https://{NAME}/x"), resolver=Resolver((host.strip("[]"),))) == REFUSED


@pytest.mark.parametrize("address", WRITTEN.values(), ids=WRITTEN)
def test_other_schemes_ports_and_names_of_users_are_refused(address: str) -> None:
    assert not is_allowed(address)
    assert send(post(address)).fault in {Fault.REFUSED, Fault.NO_CONNECTION}


@pytest.mark.parametrize("address", [
    "https://penerima.example/x", "https://penerima.example:8443/x?y=z", "https://penerima.example.:1024",
    "https://8.8.8.8/x", "https://[2606:4700::1111]/x",
])  # fmt: skip
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_allowed(address)


def test_ssrf_by_rebinding_a_name_is_looked_up_once_and_the_connection_goes_to_what_was_checked(
    receiver: Receiver,
) -> None:
    """The name leads to an allowed address when it is checked, and elsewhere right after."""
    elsewhere = Resolver(("127.0.0.1",), ("169.254.169.254",))
    allowed = post(f"http://{NAME}:{receiver.port}/x")

    assert send(allowed, LOOPBACK, resolver=elsewhere) == Answer(status=204)
    assert elsewhere.asked == 1
    assert [one.headers["host"] for one in receiver.received] == [f"{NAME}:{receiver.port}"]

    back = Resolver(("169.254.169.254",), ("127.0.0.1",))
    assert send(allowed, LOOPBACK, resolver=back) == REFUSED
    assert (back.asked, len(receiver.received)) == (1, 1)


def test_ssrf_by_several_answers_one_inside_refuses_all() -> None:
    assert send(post(f"https://{NAME}/"), resolver=Resolver(("8.8.8.8", "127.0.0.1"))) == REFUSED
    assert send(post(f"https://{NAME}/"), resolver=Resolver(("2606:4700::1111", "::1"))) == REFUSED


def test_ssrf_by_a_redirect_is_not_followed(receiver: Receiver) -> None:
    with open_receiver() as inside:
        receiver.answer = status(302, Location=inside.address)

        assert send(post(receiver.address), LOOPBACK) == Answer(status=302)
        assert (len(receiver.received), inside.received) == (1, [])


def test_ssrf_by_a_proxy_of_the_environment_is_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_receiver() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")

        assert send(post(receiver.address), LOOPBACK) == Answer(status=204)
        assert proxy.received == []


def test_loopback_needs_the_setting_and_so_does_plain_http(receiver: Receiver) -> None:
    assert send(post(receiver.address)) == REFUSED
    assert send(post(receiver.address), (ip_network("10.0.0.0/8"),)) == REFUSED
    assert send(post("http://10.0.0.1/"), (ip_network("10.0.0.0/8"),)) == REFUSED
    assert send(post("http://penerima.example/"), LOOPBACK, resolver=Resolver(("8.8.8.8",))) == REFUSED
    assert receiver.received == []


def test_a_response_that_drips_is_cut_off(receiver: Receiver) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        while not receiver.is_over.wait(0.05):
            request.wfile.write(b"H")

    receiver.answer = drip

    assert send(post(receiver.address), LOOPBACK, seconds=0.3) == Answer(fault=Fault.NO_ANSWER)


def test_nobody_who_listens_and_never_answers_holds_it_up(receiver: Receiver) -> None:
    receiver.answer = lambda _: receiver.is_over.wait(10) and None

    assert send(post(receiver.address), LOOPBACK, seconds=0.3) == Answer(fault=Fault.NO_ANSWER)


def test_an_endless_body_is_not_read(receiver: Receiver) -> None:
    def pour(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not receiver.is_over.is_set():
            request.wfile.write(b"x" * 65536)

    receiver.answer = pour

    assert send(post(receiver.address), LOOPBACK) == Answer(status=200)


def _encrypted(folder: Path, name: str) -> SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    at = datetime.now(UTC)  # noqa: TID251  # the time of the TLS library, not of the test
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(at - timedelta(days=999)).not_valid_after(at + timedelta(days=999))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    made = made.add_extension(x509.KeyUsage(True, False, False, False, False, True, False, False, False), critical=True)
    certificate = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        key, hashes.SHA256()
    )
    file = folder / "kunci.pem"
    (folder / "kantor.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))  # fmt: skip
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_the_certificate_is_that_of_the_name_and_not_of_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_receiver(_encrypted(tmp_path, NAME)) as receiver:
        inside = Resolver(("127.0.0.1",))
        right, wrong = (post(f"https://{name}:{receiver.port}/") for name in (NAME, "lain.example"))

        assert send(right, LOOPBACK, resolver=inside) == Answer(fault=Fault.CERTIFICATE)  # signed by nobody we know
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "kantor.pem"))
        assert send(right, LOOPBACK, resolver=inside) == Answer(status=204)
        assert send(wrong, LOOPBACK, resolver=inside) == Answer(fault=Fault.CERTIFICATE)
        assert len(receiver.received) == 1


def test_nobody_there() -> None:
    with open_receiver() as receiver:
        address = receiver.address

    assert send(post(address), LOOPBACK) == Answer(fault=Fault.NO_CONNECTION)
