"""Requests to addresses that somebody entered, or that another server named: they reach public ones only (ADR 109).

A name is looked up once, every answer is checked, and the connection goes to an address that was checked; its
certificate is that of the name. Imported where it is used.
"""

import os
import re
import socket
from contextlib import suppress
from functools import cache
from ipaddress import ip_network
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from requests import Request, RequestException, Timeout
from requests.exceptions import SSLError
from ssrfguard import DEFAULT_DENIED, AddressTable, Block, Policy, Reach, SSRFGuardError
from ssrfguard.requests import SafeAdapter

from tracker.core.deliveries import Answer, Fault, Post
from tracker.core.settings import Network, is_within

#: Seconds for a whole response, however slowly it arrives.
LONGEST_WAIT = 10
#: Ports below 1024 are those of mail servers, file shares and the like.
PORTS = frozenset({443, *range(1024, 2**16)})
EVERYWHERE: tuple[Network, ...] = (ip_network("0.0.0.0/0"), ip_network("::/0"))
LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
_NOWHERE = AddressTable(tuple(Block(every, "Any address", "ADR 109", Reach.DENIED) for every in EVERYWHERE))
#: Of IPv6 only what is assigned to hosts (2000::/3) can be public: the library does not know all forms that carry IPv4.
_DENIED = AddressTable((
    *DEFAULT_DENIED.blocks,
    Block(ip_network("::/0"), "Not assigned to hosts", "RFC4291", Reach.DENIED),
    Block(ip_network("2000::/3"), "Global unicast", "RFC4291", Reach.PERMITTED),
))  # fmt: skip
#: Such a host is an IPv4 address in base 16 for many resolvers.
_BASE_16 = re.compile(r"(?:^|\.)0x[0-9a-f]*\.?$", re.IGNORECASE)
#: Fewer than the library's, since the time limit holds for each.
_ATTEMPTS = 2


@cache  # the library checks each of its 64,000 ports, which takes 5 ms
def policy_for_public(also: tuple[Network, ...] = (), *, is_proxied: bool = False) -> Policy:
    """Public hosts by https, and what is in `also`. `is_proxied`: if the machine has a proxy, that may decide."""
    return Policy(
        allowed_schemes=frozenset({"https"}), allowed_ports=PORTS, allowed_networks=also,
        denied_networks=_DENIED, allow_proxy=is_proxied,
        max_connection_attempts=_ATTEMPTS,
    )  # fmt: skip


def policy_for(address: str, also: tuple[Network, ...] = ()) -> Policy:
    """What a request to this address may reach: by https public hosts and what is in `also`, by http only loopback."""
    own = tuple(network for network in also if is_within(network, LOOPBACK))
    if not own or urlsplit(address).scheme.lower() != "http":
        return policy_for_public(also)
    return Policy(
        allowed_schemes=frozenset({"http"}), allowed_ports=PORTS | {80}, allowed_networks=own,
        denied_networks=_NOWHERE, max_connection_attempts=_ATTEMPTS,
    )  # fmt: skip


@cache
def policy_for_any() -> Policy:
    """For an address that the settings name: nobody else chooses where it leads."""
    return Policy(allowed_networks=EVERYWHERE, allowed_ports=frozenset(range(1, 2**16)), allow_proxy=True)


def is_allowed(address: str, also: tuple[Network, ...] = ()) -> bool:
    """Whether the address could be reached, without looking up its name: that is asked again with each request."""
    try:
        target = policy_for(address, also).check_url(address)
    except (SSRFGuardError, ValueError):
        return False
    return not _BASE_16.search(target.host)


class GuardedAdapter(SafeAdapter):
    """Connects only to addresses it has checked, and cuts each connection off after so many seconds.

    The time limit of `requests` starts again with each byte.
    """

    def __init__(self, policy: Policy, *, seconds: float = LONGEST_WAIT, resolver: Any = None) -> None:
        self.was_cut = False
        self._seconds = seconds
        self._ends: list[tuple[Timer, socket.socket]] = []
        super().__init__(policy=policy, resolver=resolver)

    def init_poolmanager(self, *args: Any, **given: Any) -> None:
        super().init_poolmanager(*args, **given)
        pools = self.poolmanager.pool_classes_by_scheme
        self.poolmanager.pool_classes_by_scheme = {scheme: self._limited(pool) for scheme, pool in pools.items()}

    def _limited(self, pool: Any) -> Any:
        limit = self._limit

        class Connection(pool.ConnectionCls):  # made by the library for its policy
            def _new_conn(self) -> socket.socket:
                connection: socket.socket = super()._new_conn()
                limit(connection)
                return connection

        return type(pool.__name__, (pool,), {"ConnectionCls": Connection})

    def _limit(self, connection: socket.socket) -> None:
        twin = connection.dup()  # TLS takes the first one over
        end = Timer(self._seconds, self._cut, [twin])
        end.daemon = True
        end.start()
        self._ends.append((end, twin))

    def _cut(self, connection: socket.socket) -> None:
        self.was_cut = True
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        super().close()
        for end, twin in self._ends:
            end.cancel()
            twin.close()
        self._ends.clear()


def send(post: Post, also: tuple[Network, ...] = (), *, seconds: float = LONGEST_WAIT, resolver: Any = None) -> Answer:
    """Send it and return the status. Follows no redirect, sends no cookie, uses no proxy, and never reads the body."""
    policy = policy_for(post.address, also)
    adapter = GuardedAdapter(policy, seconds=seconds, resolver=resolver)
    try:
        policy.check_url(post.address)
        request = Request("POST", post.address, data=post.body, headers=dict(post.headers)).prepare()
        # Not by a session: it would read the whole body of a redirect.
        authorities = os.environ.get("REQUESTS_CA_BUNDLE") or True
        response = adapter.send(request, stream=True, timeout=seconds, verify=authorities)
        response.close()
    except SSRFGuardError:
        return Answer(fault=Fault.REFUSED)
    except (RequestException, OSError, ValueError) as error:
        return Answer(fault=_fault(error, was_cut=adapter.was_cut))
    finally:
        adapter.close()
    return Answer(status=int(response.status_code))


def _fault(error: Exception, *, was_cut: bool) -> Fault:
    if was_cut or isinstance(error, Timeout):
        return Fault.NO_ANSWER
    return Fault.CERTIFICATE if isinstance(error, SSLError) else Fault.NO_CONNECTION
