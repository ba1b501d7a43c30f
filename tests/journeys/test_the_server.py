"""The server of the browser tests."""

import gc
import socket
import struct
import time
from urllib.parse import urlsplit

import pytest

FILE = "/static/vendor/bootstrap-icons/bootstrap-icons.svg"
#: Closing resets the connection instead of ending it, as a browser does that is no longer interested.
RESET = struct.pack("ii", 1, 0)


@pytest.mark.parametrize("waits", [0.005, *(pytest.param(waits, marks=pytest.mark.long) for waits in (0, 0.001, 0.02))])
def test_a_file_is_closed_although_the_browser_is_gone(site: str, waits: float) -> None:
    there = urlsplit(site)
    for _ in range(5):
        with socket.create_connection((there.hostname, there.port)) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            connection.sendall(f"GET {FILE} HTTP/1.1\r\nHost: {there.netloc}\r\n\r\n".encode())
            time.sleep(waits)
    time.sleep(0.1)

    gc.collect()  # an unclosed file would fail the test now
