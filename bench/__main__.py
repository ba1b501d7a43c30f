"""`make bench`: what the tracker costs on a large record, measured beside the bare floor, as a table and as JSON."""

import json
import platform
import re
import sqlite3
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from bench import tasks
from bench.server import FOLDER, SECRET_KEY, Browser, Served, database_at
from bench.tasks import BARS, Task
from tracker.core import clock
from tracker.core.settings import ROOT

CLIENTS = 8
#: Answers that are left out at first, so that either worker has met the page.
WARMING = 6
#: The meeting whose page and minutes are measured, at size 1; its proposals and actions follow from the number.
ROW = 5_000
BAD = 400


def ms(seconds: float) -> float:
    """Milliseconds, to the tenth."""
    return round(seconds * 1000, 1)


def timed(browser: Browser, floor: Browser, task: Task, rounds: int, servers: tuple[Served, Served]) -> dict[str, Any]:
    """The task and the floor's table by turns, when warm; by the clock and by the workers' processors."""
    both: tuple[list[float], list[float]] = ([], [])
    numbers: list[str | None] = []
    worked = [0.0, 0.0]
    for turn in range(-WARMING, rounds):
        for at, (served, do) in enumerate(
            zip(servers, (lambda: task.do(browser), lambda: floor.ask("/table")), strict=True)
        ):
            before = served.cpu_seconds()
            answer = do()
            if answer.status >= BAD:
                raise click.ClickException(f"{task.name}: {task.path} answers {answer.status}")
            if turn >= 0:
                both[at].append(answer.seconds)
                worked[at] += served.cpu_seconds() - before
                numbers.append(answer.request_id)
    median, beneath = map(statistics.median, both)
    return {"name": task.name, "group": task.group, "path": task.path, "median_ms": ms(median),
            "p95_ms": ms(statistics.quantiles(both[0], n=20)[-1]), "floor_ms": ms(beneath),
            "ratio": round(median / beneath, 2), "cpu_ms": ms(worked[0] / rounds),
            "cpu_ratio": round(worked[0] / worked[1], 2), "request_ids": numbers, "bar": task.bar}  # fmt: skip


def throughput(browsers: list[Browser], path: str, seconds: float) -> float:
    """Answers a second while all ask without a pause."""
    begun = perf_counter()

    def ask(browser: Browser) -> int:
        answers = 0
        while perf_counter() - begun < seconds:
            answers += browser.ask(path).status == 200  # well answered
        return answers

    with ThreadPoolExecutor(len(browsers)) as pool:
        return sum(pool.map(ask, browsers)) / (perf_counter() - begun)


def judged(row: dict[str, Any], statements: dict[str, int]) -> dict[str, Any]:
    """With its SQL statements, and whether it is over its bar."""
    most_ratio, most_ms = BARS[row["group"]]
    row["statements"] = max(statements.get(number, 0) for number in row.pop("request_ids"))
    row["over"] = row.pop("bar") and (
        row["median_ms"] > most_ms or (most_ratio is not None and row["ratio"] > most_ratio)
    )
    return row


def machine(kind: str) -> dict[str, Any]:
    """Where it was measured, and with what."""
    names = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    head = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "at": clock.now().isoformat(timespec="seconds"), "revision": head.stdout.strip(), "database": kind,
        "processor": names[0] if names else platform.processor(), "cores": len(names), "system": platform.platform(),
        "python": platform.python_version(), "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in ("flask", "sqlalchemy", "gunicorn", "jinja2", "psycopg")},
    }  # fmt: skip


def show(row: dict[str, Any]) -> None:
    """One line of the table."""
    figures = (row[name] for name in ("median_ms", "p95_ms", "floor_ms", "ratio", "cpu_ms", "cpu_ratio"))
    told = " ".join(f"{figure:8.1f}" for figure in figures)
    sys.stdout.write(f"{row['name']:28} {told} {row['statements']:5d}  {'over' if row['over'] else ''}\n")


def measure(served: Served, floor: Served, rounds: int, row: int) -> list[dict[str, Any]]:
    """Every task, one after the other."""
    secretariat, reviewer, under = Browser(served.port), Browser(served.port), Browser(floor.port)
    secretariat.sign_in(*tasks.SECRETARIAT)
    reviewer.sign_in(*tasks.REVIEWER)
    # Lines are stored in another meeting than the one that is shown: with each bench it has thirty more.
    wanted = [(secretariat, task) for task in (*tasks.pages(row + 2), *tasks.stored(secretariat, row))]
    wanted += [(reviewer, task) for task in tasks.review(reviewer)]
    heads = " ".join(f"{head:>8}" for head in ("median", "p95", "floor", "ratio", "cpu", "ratio"))
    sys.stdout.write(f"{'':28} {heads} {'SQL':>5}\n")
    rows = []
    for browser, task in wanted:
        rows.append(judged(timed(browser, under, task, rounds, (served, floor)), served.statements()))
        show(rows[-1])
    return rows


def whole(served: Served, row: int, *, mixed: int, more: int, seconds: float) -> dict[str, Any]:
    """What concerns the server as a whole: processor, throughput, memory."""
    browsers = [Browser(served.port) for _ in range(CLIENTS)]
    for browser in browsers:
        browser.sign_in(*tasks.SECRETARIAT)
    before = served.cpu_seconds()
    a_second = throughput(browsers, "/proposals", seconds)
    worked = served.cpu_seconds() - before
    paths = [task.path for task in tasks.pages(row)]
    memory = []
    for count in (mixed, more):
        for number in range(count):
            browsers[number % CLIENTS].ask(paths[number % len(paths)])
        memory.append([round(one, 1) for one in served.megabytes()])
    return {
        "lists_a_second": round(a_second, 1),
        "lists_a_second_of_worker_cpu": round(a_second * seconds / worked, 1), "clients": CLIENTS,
        "memory_mb": memory[0], "memory_after_mb": memory[1], "requests": [mixed, more],
    }  # fmt: skip


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--size", default="1", help="Which record of `make bench-data`.")
@click.option("--quick", is_flag=True, help="Few rounds, and no growth of memory: half a minute.")
@click.option("--pages", "only_pages", is_flag=True, help="The pages alone: no throughput, no 11,000 requests.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Where the figures go.")
def main(database: str, size: str, quick: bool, only_pages: bool, file: Path | None) -> None:
    """Measure, print, and write the figures beside the record."""
    folder = FOLDER / f"{database}-{size}x"
    file = file or folder / f"figures-{clock.now():%Y%m%d-%H%M}.json"
    with ExitStack() as stack:
        url = stack.enter_context(database_at(folder, database))
        environment = {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "TRACKER_PLAIN_HTTP": "1",
                       "TRACKER_INSTANCE": str(folder)}  # fmt: skip
        served = Served("app:app", environment, folder / "served.log")
        floor = Served("bench.floor:app", environment, folder / "floor.log")
        for one in (served, floor):
            stack.callback(one.stop)
        row = max(2, round(ROW * float(size)))
        cold = served.start("/readyz")
        floor.start("/hello")
        rows = measure(served, floor, 8 if quick else 30, row)
        numbers = {"mixed": 200, "more": 200, "seconds": 3} if quick else {"mixed": 1000, "more": 10_000, "seconds": 15}
        told = {"machine": machine(database), "size": size, "cold_start_s": round(cold, 2), "rows": rows}
        if not only_pages:
            told |= whole(served, row, **numbers)
    file.write_text(json.dumps(told, indent=1))
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in told.items() if name not in {"rows", "machine"}))
    sys.stdout.write(f"written to {file}\n")


if __name__ == "__main__":
    main()
