"""The gunicorn configuration: `gunicorn --config deploy/gunicorn.conf.py app:app`. Tests and benchmarks use it, too."""

import gc
import os
from typing import Any

#: Only nginx may reach this port: a slow sender could occupy a thread.
bind = os.environ.get("TRACKER_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
#: A worker accepts only as many connections as it has threads, each for one request. The others wait in the queue of
#: the listening socket, first come, first served. nginx keeps the connections to the browsers open.
worker_connections = threads
keepalive = 0
#: The program is loaded once and shared by the workers: half the start time and half the memory.
preload_app = True
control_socket_disable = True
graceful_timeout = 30
#: Loaded modules are never garbage; collecting meanwhile takes a tenth of the start time.
gc.disable()


def when_ready(_: Any) -> None:
    """Exclude loaded modules from garbage collection: scanning them takes 100 ms each time."""
    gc.collect()
    gc.freeze()


def post_fork(_: Any, __: Any) -> None:
    """Collect garbage in each worker, also after a reload (SIGHUP); rarely, because a page leaves little."""
    gc.set_threshold(5_000)
    gc.enable()
