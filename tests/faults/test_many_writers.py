"""Twenty users write at once: every response succeeds, and every acknowledged line is stored once."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from statistics import quantiles

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.databases import Databases, Kind
from tests.nodes.served import TOKEN, Node, Person
from tests.visitor import SECRETARIAT, key_of

WRITERS, SECONDS = 20, float(os.environ.get("FAULT_SECONDS", "2"))
#: In seconds: how long all but one of twenty may wait, where it is measured over a time that says something.
LONGEST, MEASURED = 0.5, 30
MINUTES = "/meetings/1/minutes"
pytestmark = pytest.mark.long


class Closing(Node):
    """Ends with its test."""

    close = Node.stop


@pytest.mark.timeout(300)
def test_twenty_writers(databases: Databases, kind: Kind, tmp_path: Path, tell: Callable[..., None]) -> None:
    with databases.copy(kind, "demo") as url, closing(Closing(url, tmp_path)) as node:
        node.start()
        site = f"http://127.0.0.1:{node.port}"
        person = Person()
        assert person.sign_in(site, SECRETARIAT).status_code == 303
        token = TOKEN.findall(person.get(f"{site}{MINUTES}").text)[-1]
        cookies, until = person.session.cookies.get_dict(), time.monotonic() + SECONDS

        def write(writer: int) -> list[tuple[int, float]]:
            own, answers = Person(), []
            own.session.cookies.update(cookies)
            while time.monotonic() < until:
                line = f"baris {writer}-{len(answers)} bersama"
                fields = {"csrf_token": token, "line": line, "once": key_of(line), "version": "", "earlier": ""}
                begun = time.monotonic()
                answer = own.session.post(f"{site}{MINUTES}/lines", fields, allow_redirects=False, timeout=60)
                answers.append((answer.status_code, time.monotonic() - begun))
            return answers

        with ThreadPoolExecutor(WRITERS) as pool:
            codes, seconds = zip(*[one for some in pool.map(write, range(WRITERS)) for one in some], strict=True)
        node.stop()
        address = url.replace("postgresql://", "postgresql+psycopg://")
        with create_engine(address, poolclass=NullPool).connect() as connection:
            asked = text("SELECT gist_id FROM statement WHERE gist_id LIKE '% bersama'")
            kept = list(connection.execute(asked).scalars())

    lost = len(codes) - len(set(kept))
    p95 = quantiles(seconds, n=20)[-1]
    errors = sum(code != 303 for code in codes)
    tell(runs=len(codes), struck=len(codes), losses=lost, errors=errors, p95=f"{p95 * 1000:.0f} ms")
    assert set(codes) == {303}
    assert (lost, len(kept)) == (0, len(codes))
    assert p95 <= LONGEST or SECONDS < MEASURED
