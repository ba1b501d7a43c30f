"""What pages weigh over the wire, and when they are painted: `make bench-front`.

The demo under gunicorn and nginx as in production, with TLS, visited by Chromium as a phone. Bytes are those that nginx
sent, headers included, with the service worker; times are of a slow link (`LINK`), without it.
"""

import base64
import datetime
import gzip
import hashlib
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import pinned, prepared
from tests.nodes.served import Node, nginx_before
from tests.visitor import PASSWORDS, SECRETARIAT

PHONE = {"width": 360, "height": 740}
#: 1.5 Mbit/s down, half of it up, 150 ms for each request.
LINK = {"offline": False, "latency": 150, "downloadThroughput": 187_500, "uploadThroughput": 93_750}
FIRST_VISIT, SECOND_PAGE, PAINTED = 120_000, 12_000, 1_000
#: A viewer of the live minutes who does nothing, in ten seconds.
IDLE_BYTES, IDLE_MS = 1_000, 5
PAGES = {
    "meetings": "/meetings", "meeting": "/meetings/1", "proposals": "/proposals", "proposal": "/proposals/1",
    "actions": "/actions", "action": "/actions/1", "targets": "/targets", "search": "/search?q=layanan",
    "new meeting": "/meetings/new", "guide": "/guide", "live minutes": "/meetings/1/minutes",
}  # fmt: skip
KINDS = {"text/html": "HTML", "text/css": "CSS", "text/javascript": "script", "font/woff2": "font, pictures",
         "image/svg+xml": "font, pictures", "image/png": "font, pictures"}  # fmt: skip
COLUMNS = ("HTML", "CSS", "script", "font, pictures", "other")
LAST_PAINT = """() => new Promise((told) => {
  let last = 0;
  new PerformanceObserver((list) => { last = list.getEntries().at(-1).startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  setTimeout(() => told([first, last]), 300);
})"""


@dataclass
class Sent:
    """What nginx sent for one visit."""

    requests: int
    by_kind: Counter[str]

    def row(self, page: str) -> str:
        kinds = " | ".join(f"{self.by_kind[kind] / 1000:.1f}" for kind in COLUMNS)
        return f"| {page} | {self.requests} | {kinds} | {self.by_kind.total() / 1000:.1f} |"


class Log:
    """The lines that nginx wrote since the last time."""

    FORMAT = "log_format sent '$bytes_sent\\t$sent_http_content_type\\t$request_uri';"

    def __init__(self, file: Path) -> None:
        self._file, self._read = file, 0

    def sent(self) -> Sent:
        lines = self._file.read_text().splitlines()
        new, self._read = lines[self._read :], len(lines)
        by_kind: Counter[str] = Counter()
        for line in new:
            size, media_type, _ = line.split("\t")
            by_kind[KINDS.get(media_type.split(";")[0], "other")] += int(size)
        return Sent(len(new), by_kind)


def certificate_in(folder: Path) -> str:
    """Make a certificate for localhost; return what Chromium calls it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begun = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(begun).not_valid_after(begun + datetime.timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    folder.mkdir()
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    public = serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(
        hashlib.sha256(key.public_key().public_bytes(serialization.Encoding.DER, public)).digest()
    ).decode()


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Node, Log, str]]:
    shutil.copyfile(prepared.sqlite() / "demo.sqlite", folder / "demo.sqlite")
    trusted, lines = certificate_in(folder / "tls"), folder / "sent.log"
    with pinned.running():
        node = Node(f"sqlite:///{folder / 'demo.sqlite'}", folder)
        node.start()
        try:
            log = f"{Log.FORMAT}\naccess_log {lines} sent;"
            with nginx_before([node], folder / "nginx", certificate=folder / "tls", log=log) as site:
                yield site, node, Log(lines), trusted
        finally:
            node.stop()


@contextmanager
def visitor(chromium: Browser, site: str, *, is_slow: bool) -> Iterator[Page]:
    """A new phone: nothing is cached. On the slow link without a service worker, which the link would not slow."""
    context = chromium.new_context(
        base_url=site, viewport=PHONE, locale="id-ID", service_workers="block" if is_slow else "allow"
    )
    page = context.new_page()
    if is_slow:
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINK)
    yield page
    context.close()


def sign_in(page: Page) -> None:
    page.fill("[name=username]", SECRETARIAT)
    page.fill("[name=password]", PASSWORDS[SECRETARIAT])
    page.click("main button[type=submit]")
    page.wait_for_url("**/")


def settle(page: Page) -> None:
    """Wait for what the page still asks for, and for what its service worker keeps."""
    page.wait_for_load_state("networkidle")
    with suppress(Exception):
        page.evaluate("navigator.serviceWorker?.ready")
    page.wait_for_timeout(1500)


def painted(page: Page) -> tuple[float, float]:
    """Milliseconds to the first and to the largest paint."""
    page.wait_for_load_state("networkidle")
    first, largest = page.evaluate(LAST_PAINT)
    return first, largest


def weigh(chromium: Browser, site: str, log: Log) -> tuple[dict[str, Sent], dict[str, str]]:
    """The first visit, then one page after the other; and the text of each page."""
    found, texts = {}, {}
    with visitor(chromium, site, is_slow=False) as page:
        log.sent()
        page.goto("/sign-in")
        settle(page)
        sign_in(page)
        settle(page)
        found["first visit, sign-in to home"] = log.sent()
        for name, path in PAGES.items():
            # As by a link: the browser says that the site itself asked.
            with page.expect_navigation():
                page.evaluate("path => { location.assign(path); }", path)
            settle(page) if name != "live minutes" else page.wait_for_timeout(2000)
            found[name] = log.sent()
            texts[name] = page.evaluate("path => fetch(path).then((answer) => answer.text())", path)
            log.sent()
    return found, texts


def paint(chromium: Browser, site: str) -> dict[str, tuple[float, float]]:
    found = {}
    with visitor(chromium, site, is_slow=True) as page:
        page.goto("/sign-in")
        found["sign-in, nothing cached"] = painted(page)
        sign_in(page)
        found["home, after signing in"] = painted(page)
        for name in ("meetings", "meeting", "proposal"):
            page.goto(PAGES[name])
            found[name] = painted(page)
    return found


def idle(context: BrowserContext, node: Node, log: Log) -> tuple[float, float, int]:
    """Bytes sent and milliseconds of processor that an idle viewer costs in ten seconds, and requests in sixty."""
    page = context.new_page()
    used = {}
    for address, seconds in (("about:blank", 20), (PAGES["live minutes"], 60)):
        page.goto(address)
        page.wait_for_timeout(20_000)  # until each worker has answered once
        log.sent()
        before = cpu_seconds(node.pid)
        page.wait_for_timeout(seconds * 1000)
        used[address] = (cpu_seconds(node.pid) - before) * 1000 / seconds * 10
    sent = log.sent()
    return sent.by_kind.total() / 6, used[PAGES["live minutes"]] - used["about:blank"], sent.requests


def cpu_seconds(pid: int) -> float:
    """Of the workers of this process."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    threads = [thread for child in children for thread in Path(f"/proc/{child}/task").iterdir()]
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


def files_of(page: Page, site: str, node: Node) -> dict[str, list[bytes]]:
    """The files of the program that a first visit loads, uncompressed, by kind."""
    names = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    found = defaultdict(list)
    for name in sorted({*names}):
        if re.match(rf"{re.escape(site)}/static/", name):
            address = name.partition("#")[0].replace(site, f"http://127.0.0.1:{node.port}")
            answer = requests.get(address, headers={"Accept-Encoding": "identity"}, timeout=10)
            found[KINDS.get(answer.headers["Content-Type"].split(";")[0], "other")].append(answer.content)
    return found


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")


def sizes(parts: list[bytes]) -> str:
    raw, zipped, packed = (
        sum(len(made(part)) for part in parts) / 1000 for made in (bytes, gzip.compress, brotli.compress)
    )
    return f"{len(parts)} | {raw:.1f} | {zipped:.1f} | {packed:.1f} |"


def main() -> None:
    """Print the tables. Fail above a bar."""
    with TemporaryDirectory() as place, served(Path(place)) as (site, node, log, trusted), sync_playwright() as started:
        Path(place).chmod(0o755)
        program = shutil.which("chromium") or "/usr/bin/chromium"
        chromium = started.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", f"--ignore-certificate-errors-spki-list={trusted}"],
        )
        for _ in range(2):  # each worker makes its templates once
            with visitor(chromium, site, is_slow=False) as page:
                page.goto("/sign-in")
                sign_in(page)
                for path in [*PAGES.values()]:
                    page.goto(path)
        found, texts = weigh(chromium, site, log)
        times = paint(chromium, site)
        with visitor(chromium, site, is_slow=False) as page:
            page.goto("/sign-in")
            sign_in(page)
            settle(page)
            files = files_of(page, site, node)
            looking = idle(page.context, node, log)
        chromium.close()
    tell(found, texts, times, files, looking)
    first, second = found["first visit, sign-in to home"], found["meetings"]
    largest = max(times["sign-in, nothing cached"][1], times["home, after signing in"][1])
    is_within = (
        first.by_kind.total() <= FIRST_VISIT and second.by_kind.total() <= SECOND_PAGE and largest <= PAINTED
        and looking[0] <= IDLE_BYTES and looking[1] <= IDLE_MS
    )  # fmt: skip
    if not is_within:
        raise SystemExit(1)


def tell(
    found: dict[str, Sent], texts: dict[str, str], times: dict[str, tuple[float, float]],
    files: dict[str, list[bytes]], looking: tuple[float, float, int],
) -> None:  # fmt: skip
    say(f"| over the wire, kB | requests | {' | '.join(COLUMNS)} | total |")
    say("|---" * (len(COLUMNS) + 3) + "|")
    for name, sent in found.items():
        say(sent.row(name))
    say("\n| kB | files | raw | gzip | brotli |\n|---|---|---|---|---|")
    for kind, parts in files.items():
        say(f"| {kind}, of home | {sizes(parts)}")
    for name, text in texts.items():
        say(f"| HTML: {name} | {sizes([text.encode()])}")
    say("\n| 1.5 Mbit/s, 150 ms | first paint, ms | largest |\n|---|---|---|")
    for name, (first, largest) in times.items():
        say(f"| {name} | {first:.0f} | {largest:.0f} |")
    say(f"\nAn idle viewer, in ten seconds: {looking[0]:.0f} bytes, {looking[1]:.1f} ms of processor "
        f"({looking[2]} requests in sixty).")  # fmt: skip


if __name__ == "__main__":
    main()
