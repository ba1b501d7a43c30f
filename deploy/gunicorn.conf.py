"""How the tracker is served: `gunicorn --config deploy/gunicorn.conf.py app:app`. Measured and tested as it stands."""

import gc
import os
from typing import Any

#: For nginx alone: whoever reaches this door may hold a thread by sending slowly.
bind = os.environ.get("TRACKER_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
#: A worker takes no more connections than it can answer, and each for one request: the others wait in the one queue of
#: the listening socket, first come, first served. nginx keeps the connections to the browsers.
worker_connections = threads
keepalive = 0
#: Loaded once and shared by the workers: half the start and half the memory.
preload_app = True
control_socket_disable = True
graceful_timeout = 30
#: What is loaded stays: looking for rubbish among it again and again is a tenth of the start.
gc.disable()


def when_ready(_: Any) -> None:
    """Take what is loaded out of the collector's sight: it never dies, and looking at it again takes 100 ms a time."""
    gc.collect()
    gc.freeze()


def post_fork(_: Any, __: Any) -> None:
    """Each worker looks for rubbish of its own, after a reload (SIGHUP) as well; seldom, for a page leaves little."""
    gc.set_threshold(5_000)
    gc.enable()
