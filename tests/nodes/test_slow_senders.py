"""With the files of `deploy`, slow, large and idle requests wait in nginx while others are served."""

import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.databases import Databases
from tests.nodes.served import TOKEN, Node, Person, nginx_before
from tests.visitor import PASSWORDS, READER
from tracker.core.settings import ROOT

pytestmark = [pytest.mark.long, pytest.mark.timeout(120), pytest.mark.xdist_group("nodes")]

HEAD = b"POST /sign-in HTTP/1.1\r\nHost: tracker.example.go.id\r\n"
#: What is sent of a question that is never finished.
UNFINISHED = {
    "nothing": b"",
    "half a head": HEAD + b"X-Slow: ",
    "half a body": HEAD + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nusername=",
    "half a piece": HEAD + b"Transfer-Encoding: chunked\r\n\r\nffff\r\nusername=",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nodes")
    for way in (folder, *folder.parents[:3]):  # nginx serves as another user; pytest-xdist adds a folder
        way.chmod(way.stat().st_mode | 0o755)
    return folder


@pytest.fixture(scope="module")
def node(databases: Databases, folder: Path) -> Iterator[Node]:
    with databases.copy("postgresql", "demo") as url:
        node = Node(url, folder)
        try:
            node.start()
            yield node
        finally:
            node.stop()


@pytest.fixture(scope="module")
def site(node: Node, folder: Path) -> Iterator[str]:
    """The public URL of nginx before the node."""
    with nginx_before([node], folder / "nginx") as url:
        yield url


@pytest.fixture
def senders() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def hold(senders: ExitStack, site: str, sent: bytes, many: int, by: str = "127.0.0.1") -> None:
    there = urlsplit(site)
    for _ in range(many):
        sender = socket.create_connection((there.hostname, there.port), source_address=(by, 0))
        senders.enter_context(sender)
        sender.sendall(sent)


def connections_to(node: Node) -> int:
    """Open connections to this node, also those that it has not accepted yet."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(remote.endswith(f":{node.port:04X}") and state == "01" for _, _, remote, state, *_ in rows)


def asked_by(address: str, site: str, page: str = "/sign-in") -> int:
    there = urlsplit(site)
    connection = http.client.HTTPConnection(there.hostname, there.port, timeout=60, source_address=(address, 0))
    connection.request("GET", page)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED)
def test_unfinished_requests_do_not_block_others(senders: ExitStack, site: str, node: Node, sent: bytes) -> None:
    hold(senders, site, sent, many=90)

    # nginx answers this page itself, and what came before has reached it then.
    assert asked_by("127.0.0.1", site, "/metrics") == 404
    assert connections_to(node) == 0
    assert [asked_by("127.0.0.1", site) for _ in range(10)] == [200] * 10


def test_an_address_with_too_many_connections_is_refused_and_others_are_not(senders: ExitStack, site: str) -> None:
    hold(senders, site, UNFINISHED["half a body"], many=130, by="127.0.0.3")

    assert asked_by("127.0.0.3", site) == 429
    assert asked_by("127.0.0.2", site) == 200


@pytest.mark.parametrize(("size", "status"), [(65 << 20, 413), (10**30, 400)])
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(site: str, size: int, status: int) -> None:
    there = urlsplit(site)
    connection = http.client.HTTPConnection(there.hostname, there.port, timeout=60)
    connection.putrequest("POST", "/sign-in")
    connection.putheader("Content-Length", str(size))
    connection.endheaders()

    assert connection.getresponse().status == status
    connection.close()


def test_a_form_that_is_too_large_gets_a_sentence(site: str) -> None:
    answers = [requests.post(f"{site}/sign-in", data=b"x" * (9 << 20), timeout=60) for _ in range(5)]

    assert [(answer.status_code, "<h1" in answer.text) for answer in answers] == [(413, True)] * 5


def test_request_headers_that_are_too_large_are_refused(site: str) -> None:
    answer = requests.get(f"{site}/sign-in", headers={"X-Large": "x" * 40_000}, timeout=60)

    assert answer.status_code in {400, 431}


def test_ambiguous_request_lengths_are_refused(site: str) -> None:
    """nginx refuses requests whose end gunicorn would see elsewhere."""
    there = urlsplit(site)
    for lengths in (b"Content-Length: 4\r\nContent-Length: 5", b"Content-Length: 4\r\nTransfer-Encoding: chunked"):
        with socket.create_connection((there.hostname, there.port), timeout=60) as sender:
            sender.sendall(HEAD + lengths + b"\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert sender.recv(1000).startswith(b"HTTP/1.1 400")


def test_other_host_names_are_not_answered(site: str) -> None:
    assert requests.get(f"{site}/sign-in", headers={"Host": "tracker.example.go.id"}, timeout=10).status_code == 200
    for name in ("evil.example", "tracker.example.go.id.evil.example"):
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{site}/sign-in", headers={"Host": name}, timeout=10)


def test_forms_are_taken_on_the_port_of_the_site(node: Node, folder: Path) -> None:
    """With https, the tracker takes forms only from pages of the same host and port, so nginx passes on both."""
    with nginx_before([node], folder / "nginx-https", scheme="https") as site:
        person, page = Person(), f"{site}/sign-in"
        given = {"csrf_token": TOKEN.findall(person.get(page).text)[-1], "username": READER}
        given["password"] = PASSWORDS[READER]
        from_here, elsewhere = page.replace("http:", "https:"), "https://127.0.0.1/sign-in"

        refused = person.session.post(page, given, headers={"Referer": elsewhere}, allow_redirects=False, timeout=30)
        taken = person.session.post(page, given, headers={"Referer": from_here}, allow_redirects=False, timeout=30)

    assert (refused.status_code, taken.status_code) == (400, 303)


@pytest.mark.parametrize(
    ("asked_from", "encoding"),
    [("same-origin", "gzip"), ("none", "gzip"), ("same-site", None), ("cross-site", None), ("", None)],
)
def test_pages_are_compressed_only_if_no_other_site_asks(site: str, asked_from: str, encoding: str | None) -> None:
    """Otherwise that site could compare the lengths of compressed pages, and find out their secrets (BREACH)."""
    asked = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": asked_from}
    page = requests.get(f"{site}/sign-in", headers=asked, timeout=30)

    assert page.headers.get("Content-Encoding") == encoding
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_files_of_the_program_are_compressed_and_kept(site: str) -> None:
    [name] = set(re.findall(r'"(/static/[0-9a-f]+/theme.css)"', requests.get(f"{site}/sign-in", timeout=30).text))
    style = requests.get(f"{site}{name}", headers={"Accept-Encoding": "gzip"}, timeout=30)

    assert style.headers["Content-Encoding"] == "gzip"
    assert "immutable" in style.headers["Cache-Control"]


def test_addresses_without_https_lead_to_it() -> None:
    """The test serves without TLS, and reads what the file says."""
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    plain = re.search(r"server \{\n    listen 80;.*?\n\}", site, re.S)

    assert plain
    assert "return 301 https://$host$request_uri;" in plain[0]
    assert "Host $http_host" in site
