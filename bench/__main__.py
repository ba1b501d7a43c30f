"""`make bench`: response times on a large record, compared with a minimal Flask app (the floor)."""

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
#: Warm-up requests that are not counted, so that both workers have served the page.
WARM_UP = 6
#: The id of the measured meeting at size 1. The ids of its proposals and actions follow from it.
ROW = 5_000
BAD = 400


def ms(seconds: float) -> float:
    """Milliseconds, rounded to one decimal."""
    return round(seconds * 1000, 1)


def timed(browser: Browser, floor: Browser, task: Task, rounds: int, servers: tuple[Served, Served]) -> dict[str, Any]:
    """Run the task and the floor's page alternately. Wall time and CPU time of the workers."""
    seconds: tuple[list[float], list[float]] = ([], [])
    request_ids: list[str | None] = []
    cpu = [0.0, 0.0]
    for round_number in range(-WARM_UP, rounds):
        for at, (served, send) in enumerate(
            zip(servers, (lambda: task.run(browser), lambda: floor.ask("/table")), strict=True)
        ):
            before = served.cpu_seconds()
            response = send()
            if response.status >= BAD:
                raise click.ClickException(f"{task.name}: {task.path} responds with {response.status}")
            if round_number >= 0:
                seconds[at].append(response.seconds)
                cpu[at] += served.cpu_seconds() - before
                request_ids.append(response.request_id)
    median, floor_median = map(statistics.median, seconds)
    return {"name": task.name, "group": task.group, "path": task.path, "median_ms": ms(median),
            "p95_ms": ms(statistics.quantiles(seconds[0], n=20)[-1]), "floor_ms": ms(floor_median),
            "ratio": round(median / floor_median, 2), "cpu_ms": ms(cpu[0] / rounds),
            "cpu_ratio": round(cpu[0] / cpu[1], 2), "request_ids": request_ids, "bar": task.bar}  # fmt: skip


def throughput(browsers: list[Browser], path: str, seconds: float) -> float:
    """Successful responses per second while all browsers send requests without a pause."""
    begun = perf_counter()

    def ask(browser: Browser) -> int:
        responses = 0
        while perf_counter() - begun < seconds:
            responses += browser.ask(path).status == 200
        return responses

    with ThreadPoolExecutor(len(browsers)) as pool:
        return sum(pool.map(ask, browsers)) / (perf_counter() - begun)


def with_result(row: dict[str, Any], statements: dict[str, int]) -> dict[str, Any]:
    """Add the number of SQL statements, and whether the bar is exceeded."""
    most_ratio, most_ms = BARS[row["group"]]
    row["statements"] = max(statements.get(number, 0) for number in row.pop("request_ids"))
    row["over"] = row.pop("bar") and (
        row["median_ms"] > most_ms or (most_ratio is not None and row["ratio"] > most_ratio)
    )
    return row


def machine(kind: str) -> dict[str, Any]:
    """Machine and versions."""
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
    """Print one line of the table."""
    figures = (row[name] for name in ("median_ms", "p95_ms", "floor_ms", "ratio", "cpu_ms", "cpu_ratio"))
    columns = " ".join(f"{figure:8.1f}" for figure in figures)
    sys.stdout.write(f"{row['name']:28} {columns} {row['statements']:5d}  {'over' if row['over'] else ''}\n")


def measure(served: Served, floor: Served, rounds: int, row: int) -> list[dict[str, Any]]:
    """Measure every task in turn."""
    secretariat, reviewer, floor_browser = Browser(served.port), Browser(served.port), Browser(floor.port)
    secretariat.sign_in(*tasks.SECRETARIAT)
    reviewer.sign_in(*tasks.REVIEWER)
    # Lines are saved to another meeting than the measured one, which would otherwise grow with each run.
    runs = [(secretariat, task) for task in (*tasks.pages(row + 2), *tasks.stored(secretariat, row))]
    runs += [(reviewer, task) for task in tasks.review(reviewer)]
    heads = " ".join(f"{head:>8}" for head in ("median", "p95", "floor", "ratio", "cpu", "ratio"))
    sys.stdout.write(f"{'':28} {heads} {'SQL':>5}\n")
    rows = []
    for browser, task in runs:
        rows.append(with_result(timed(browser, floor_browser, task, rounds, (served, floor)), served.statements()))
        show(rows[-1])
    return rows


def server_figures(served: Served, row: int, *, mixed: int, more: int, seconds: float) -> dict[str, Any]:
    """Throughput and memory of the server."""
    browsers = [Browser(served.port) for _ in range(CLIENTS)]
    for browser in browsers:
        browser.sign_in(*tasks.SECRETARIAT)
    before = served.cpu_seconds()
    a_second = throughput(browsers, "/proposals", seconds)
    cpu = served.cpu_seconds() - before
    paths = [task.path for task in tasks.pages(row)]
    memory = []
    for count in (mixed, more):
        for number in range(count):
            browsers[number % CLIENTS].ask(paths[number % len(paths)])
        memory.append([round(size, 1) for size in served.megabytes()])
    return {
        "lists_a_second": round(a_second, 1),
        "lists_a_second_of_worker_cpu": round(a_second * seconds / cpu, 1), "clients": CLIENTS,
        "memory_mb": memory[0], "memory_after_mb": memory[1], "requests": [mixed, more],
    }  # fmt: skip


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--size", default="1", help="Which record of `make bench-data`.")
@click.option("--quick", is_flag=True, help="Fewer rounds: half a minute.")
@click.option("--pages", "only_pages", is_flag=True, help="Only the pages, without throughput and memory.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="The file for the figures.")
def main(database: str, size: str, quick: bool, only_pages: bool, file: Path | None) -> None:
    """Measure, print, and write the figures to the folder of the record."""
    folder = FOLDER / f"{database}-{size}x"
    file = file or folder / f"figures-{clock.now():%Y%m%d-%H%M}.json"
    with ExitStack() as stack:
        url = stack.enter_context(database_at(folder, database))
        environment = {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "TRACKER_PLAIN_HTTP": "1",
                       "TRACKER_INSTANCE": str(folder)}  # fmt: skip
        served = Served("app:app", environment, folder / "served.log")
        floor = Served("bench.floor:app", environment, folder / "floor.log")
        for server in (served, floor):
            stack.callback(server.stop)
        row = max(2, round(ROW * float(size)))
        cold = served.start("/readyz")
        floor.start("/hello")
        rows = measure(served, floor, 8 if quick else 30, row)
        mixed, more, seconds = (200, 200, 3) if quick else (1000, 10_000, 15)
        figures = {"machine": machine(database), "size": size, "cold_start_s": round(cold, 2), "rows": rows}
        if not only_pages:
            figures |= server_figures(served, row, mixed=mixed, more=more, seconds=seconds)
    file.write_text(json.dumps(figures, indent=1))
    summary = {name: value for name, value in figures.items() if name not in {"rows", "machine"}}
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in summary.items()))
    sys.stdout.write(f"written to {file}\n")


if __name__ == "__main__":
    main()
