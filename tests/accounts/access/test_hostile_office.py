"""A broken or compromised office sign-in: nobody is signed in, and the page metadata why."""

import base64
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import requests
import time_machine
from flask import Response, redirect
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from tests.accounts.access.office import CLIENT_ID, MISSING, Office, go, go_and_come_back
from tests.receiver import open_receiver
from tests.visitor import PIC, Visitor
from tracker.accounts.access.models import OfficeIdentity
from tracker.accounts.models import Account
from tracker.core import clock

pytestmark = pytest.mark.one_database  # tokens are checked before the database is queried
REFUSED = (303, "/sign-in")


def assert_refused(browser: Visitor, session: Session) -> None:
    """Nobody is signed in, nothing is stored, and the page metadata why."""
    page = browser.get("/sign-in")
    assert page.status == 200
    assert page.text_of(".flash")
    assert browser.client.get("/account").status_code == 302
    assert session.scalars(select(OfficeIdentity)).all() == []


WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "for another client": {"aud": "another"},
    "for another client on our behalf": {"aud": "another", "azp": CLIENT_ID},
    "for others on our behalf": {"aud": ["another", "third"], "azp": CLIENT_ID},
    "for several, on behalf of another": {"aud": [CLIENT_ID, "another"], "azp": "another"},
    "for several, on behalf of nobody": {"aud": [CLIENT_ID, "another"]},
    "for nobody": {"aud": MISSING},
    "on behalf of another": {"azp": "another"},
    "by another issuer": {"iss": "https://elsewhere.example"},
    "by an issuer that begins alike": {"iss": "http://127.0.0.1"},
    "by nobody": {"iss": MISSING},
    "about nobody": {"sub": MISSING},
    "about an empty name": {"sub": ""},
    "about a list": {"sub": ["pegawai-7"]},
    "about a number": {"sub": 7},
    "about an endless name": {"sub": "p" * 10_000},
    "without a nonce": {"nonce": MISSING},
    "with an empty nonce": {"nonce": ""},
    "with a list for a nonce": {"nonce": ["x"]},
    "without an end": {"exp": MISSING},
    "with a word for an end": {"exp": "besok"},
    "with no number for an end": {"exp": float("nan")},
    "long expired": {"exp": 1},
    "not yet": {"nbf": 99_999_999_999},
    "made tomorrow": {"iat": 99_999_999_999},
    "with a word for methods": {"amr": "mfa"},
    "with a list for an address": {"email": ["ratna@kemenham.go.id"]},
    "with a number for an address": {"email": 7},
    "with an address not verified": {"email_verified": False},
    "with an address verified in words": {"email_verified": "true"},
    "with a look-alike in the address": {"email": "ratna@\u212aemenham.go.id"},  # the sign for kelvin
    "with wide letters in the address": {"email": "\uff52atna@kemenham.go.id"},
    "with a space in the address": {"email": " ratna@kemenham.go.id"},
}


@pytest.mark.parametrize("claims", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS)
def test_tokens_with_wrong_claims_are_refused(
    sso: Visitor, office: Office, session: Session, claims: dict[str, Any]
) -> None:
    office.claims.update(claims)

    assert go_and_come_back(sso) == REFUSED
    assert_refused(sso, session)


def unsigned(_: Office, claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "kid": "1"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."


def signed_with_the_public_key(office: Office, claims: dict[str, Any]) -> str:
    key = OctKey.import_key(office.key.as_pem(private=False))
    return jwt.encode({"alg": "HS256", "kid": "1"}, claims, key, algorithms=["HS256"])


def signed_with_the_secret_of_the_client(_: Office, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("rahasia-klien"), algorithms=["HS256"])


def with_a_key_of_its_own(_: Office, claims: dict[str, Any]) -> str:
    own = RSAKey.generate_key(2048, parameters={"kid": "1"})
    return jwt.encode({"alg": "RS256", "kid": "1", "jwk": own.as_dict(private=False)}, claims, own)


def with_an_unknown_key(office: Office, claims: dict[str, Any]) -> str:
    return office.signed(claims, kid="unknown")


def altered(office: Office, claims: dict[str, Any]) -> str:
    header, _, signature = office.signed({**claims, "sub": "orang-lain"}).split(".")
    return ".".join([header, base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode(), signature])


def nothing_at_all(_: Office, __: dict[str, Any]) -> str:
    return ""


def too_many_dots(office: Office, claims: dict[str, Any]) -> str:
    return office.signed(claims) + ".x.y"


def a_list(_: Office, __: dict[str, Any]) -> str:
    own = base64.urlsafe_b64encode(b"[1]").rstrip(b"=").decode()
    return f"{own}.{own}.{own}"


FORGERS = [unsigned, signed_with_the_public_key, signed_with_the_secret_of_the_client, with_a_key_of_its_own,
           with_an_unknown_key, altered, nothing_at_all, too_many_dots, a_list]  # fmt: skip


@pytest.mark.parametrize("metadata", [{}, {"id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}, {
    "id_token_signing_alg_values_supported": None}], ids=["honest", "all algorithms", "no algorithms"])  # fmt: skip
@pytest.mark.parametrize("forge", FORGERS)
def test_forged_tokens_are_refused_whatever_algorithms_the_provider_lists(
    sso: Visitor, office: Office, session: Session, forge: Callable[..., str], metadata: dict[str, Any]
) -> None:
    office.metadata.update(metadata)
    office.sign = lambda claims: forge(office, claims)

    assert go_and_come_back(sso) == REFUSED
    assert_refused(sso, session)


def test_used_tokens_and_codes_are_refused(sso: Visitor, office: Office, session: Session) -> None:
    back = go(sso)
    assert sso.client.get(back).location == "/"
    used = office.tokens[-1]

    other = Visitor(sso.app)
    reused_code = other.client.get(back)
    office.sign = lambda _: used
    reused_token = go_and_come_back(other)

    assert (reused_code.status_code, reused_code.location) == REFUSED
    assert reused_token == REFUSED
    assert other.client.get("/account").status_code == 302
    assert sso.client.get(back).location == "/sign-in"


def test_a_response_for_another_browser_is_refused(sso: Visitor, office: Office) -> None:
    back = go(sso)
    victim = Visitor(sso.app)
    victim.client.get("/sign-in/office")

    response = victim.client.get(back)

    assert (response.status_code, response.location) == REFUSED
    assert victim.client.get("/account").status_code == 302


@pytest.mark.parametrize("endpoint", ["token_endpoint", "jwks_uri"])
def test_what_it_names_elsewhere_must_be_public(sso: Visitor, office: Office, session: Session, endpoint: str) -> None:
    """Its own host is in the settings. Any other would let it reach whatever is inside the office's network."""
    with open_receiver() as inside:
        office.metadata[endpoint] = inside.address

        assert go_and_come_back(sso) == REFUSED

        assert inside.received == []
    assert_refused(sso, session)


def test_many_pending_sign_ins_do_not_prevent_another(sso: Visitor, office: Office) -> None:
    """A browser drops a cookie of more than 4 KB, and all pending sign-ins with it."""
    office.metadata["authorization_endpoint"] = f"{office.address}/authorize?tenant={'t' * 500}"
    abandoned = go(sso)
    for _ in range(49):
        sso.client.get("/sign-in/office")
    before, last = go(sso), go(sso)

    assert len(sso.client.get_cookie("tracker").value) < 2000
    assert sso.client.get(abandoned).location == "/sign-in"
    assert sso.client.get(before).location == "/"
    for _ in range(50):
        sso.client.get("/sign-in/office")
    assert sso.client.get(last).location == "/sign-in"
    assert go_and_come_back(sso) == (303, "/")


def test_a_pending_sign_in_expires(sso: Visitor, office: Office) -> None:
    back = go(sso)

    with time_machine.travel(clock.now() + timedelta(minutes=9), tick=False):
        in_time = go(sso)
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert sso.client.get(back).location == "/sign-in"
        assert sso.client.get("/account").status_code == 302
        assert sso.client.get(in_time).location == "/"


def test_new_keys_are_accepted_and_withdrawn_keys_refused(sso: Visitor, office: Office) -> None:
    old = office.key
    assert go_and_come_back(sso) == (303, "/")

    office.key = office.signing_key = RSAKey.generate_key(2048, parameters={"kid": "2"})
    office.sign = lambda claims: office.signed(claims, kid="2")
    assert go_and_come_back(Visitor(sso.app)) == (303, "/")

    office.signing_key, office.sign = old, office.signed
    assert go_and_come_back(Visitor(sso.app)) == REFUSED

    office.key = office.signing_key = RSAKey.generate_key(2048, parameters={"kid": "2"})  # another key with the same id
    office.sign = lambda claims: office.signed(claims, kid="2")
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        assert go_and_come_back(Visitor(sso.app)) == (303, "/")


def test_a_withdrawn_key_is_refused_once_the_cache_expires(sso: Visitor, office: Office) -> None:
    assert go_and_come_back(sso) == (303, "/")
    office.keys = [RSAKey.generate_key(2048, parameters={"kid": "2"}).as_dict(private=False)]

    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        assert go_and_come_back(Visitor(sso.app)) == REFUSED


@pytest.mark.parametrize("written", ["Ratna@KEMENHAM.go.id", "ratna@kemenham.go.id"])
def test_addresses_ignore_case(sso: Visitor, office: Office, written: str) -> None:
    office.claims["email"] = written

    assert go_and_come_back(sso) == (303, "/")


def test_only_addresses_entered_by_an_administrator_match(sso: Visitor, office: Office, session: Session) -> None:
    session.execute(update(Account).filter_by(username=PIC).values(office_address=None))
    for email in ("", None, "None", MISSING, "%"):
        office.claims["email"] = email
        assert go_and_come_back(sso) == REFUSED
    assert_refused(sso, session)


def test_an_address_that_no_administrator_entered_asks_for_an_account_of_its_own(
    sso: Visitor, office: Office, session: Session
) -> None:
    session.execute(update(Account).filter_by(username=PIC).values(office_address=None))
    existing = set(session.scalars(select(Account.id)))

    assert go_and_come_back(sso) == REFUSED

    assert sso.client.get("/account").status_code == 302
    identity = session.scalars(select(OfficeIdentity)).one()
    assert identity.account_id not in existing
    asking = session.get_one(Account, identity.account_id, options=[selectinload(Account.roles)])
    assert (asking.is_active, asking.asked_at is not None, list(asking.roles)) == (False, True, [])
    assert asking.person_id is None


@pytest.mark.parametrize("path", ["next=//evil.example", "next=https://evil.example&redirect_uri=https://evil.example"])
def test_redirects_ignore_query_parameters_and_host_header(sso: Visitor, office: Office, path: str) -> None:
    authorize_url = sso.client.get(f"/sign-in/office?{path}", headers={"Host": "evil.example"}).location
    assert authorize_url.startswith(f"{office.address}/authorize?")
    assert "evil" not in authorize_url

    back = (
        requests.get(authorize_url, allow_redirects=False, timeout=10)
        .headers["Location"]
        .removeprefix("http://localhost")
    )
    response = sso.client.get(f"{back}&{path}", headers={"Host": "evil.example"})

    assert (response.status_code, response.location) == (303, "/")


def test_the_issuer_must_be_the_one_in_the_settings(sso: Visitor, office: Office, session: Session) -> None:
    for issuer in ("https://elsewhere.example", f"{office.address}/other", None, [office.address]):
        office.metadata["issuer"] = office.claims["iss"] = issuer
        assert sso.client.get("/sign-in/office").location == "/sign-in"
    assert_refused(sso, session)


@pytest.mark.parametrize(
    "metadata",
    [
        {"token_endpoint": None},
        {"authorization_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "//evil.example/authorize"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": ["a", "b"]},
        {"jwks_uri": None},
    ],
)
def test_invalid_endpoints_are_refused(
    sso: Visitor, office: Office, session: Session, metadata: dict[str, Any]
) -> None:
    office.metadata.update(metadata)

    response = sso.client.get("/sign-in/office")

    assert (response.status_code, response.location) == REFUSED
    assert_refused(sso, session)


def test_metadata_cannot_change_how_requests_are_sent(sso: Visitor, office: Office) -> None:
    office.metadata |= {"verify": False, "proxies": {"http": "http://127.0.0.1:9"}, "client_id": "x", "scope": "all",
                        "code_challenge_method": "plain", "max_redirects": 99, "_loaded_at": "yesterday"}  # fmt: skip

    assert go_and_come_back(sso) == (303, "/")


def endless(office: Office) -> Iterator[bytes]:
    while not office.is_over.is_set():
        yield b" " * 65536


def nested() -> Response:
    return Response("[" * 100_000, mimetype="application/json")


ANSWERS: dict[str, Callable[[Office], Any]] = {
    "an error": lambda _: Response("x", 500),
    "an error as JSON": lambda _: Response('{"error": "server_error"}', 500, mimetype="application/json"),
    "no JSON": lambda _: Response("<html>"),
    "a list": lambda _: Response("[]", mimetype="application/json"),
    "a word": lambda _: Response('"x"', mimetype="application/json"),
    "nothing": lambda _: Response("null", mimetype="application/json"),
    "an empty object": lambda _: Response("{}", mimetype="application/json"),
    "brackets": lambda _: nested(),
    "itself, again and again": lambda office: redirect(office.address + "/jwks"),
    "another server": lambda _: redirect("http://127.0.0.1:9/"),
    "another server, with the same method": lambda office: redirect(f"{office.address}/authorize", 307),
    "no end": lambda office: Response(endless(office), mimetype="application/json"),
    "tokens of the wrong kind": lambda _: {"access_token": [], "token_type": {}, "id_token": {"a": 1}, "keys": {}},
    "keys that are none": lambda _: {"keys": [{"kty": "RSA"}, 7, None], "id_token": 7, "access_token": "x",
                                     "token_type": "Bearer", "expires_in": "x"},
}  # fmt: skip


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks"])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_every_broken_response_is_reported_on_the_page(
    sso: Visitor, office: Office, session: Session, path: str, answer: Callable[[Office], Any]
) -> None:
    start = "/sign-in/office" if path == "/.well-known/openid-configuration" else go(sso)
    office.answers[path] = lambda: answer(office)

    response = sso.client.get(start)

    assert (response.status_code, response.location) == REFUSED
    assert_refused(sso, session)


def dripping(office: Office) -> str:
    """Start a server that never ends its headers, and return its address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listening, listening.accept()[0] as connection, suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not office.is_over.wait(0.2):
                connection.sendall(b"x")

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/"


def test_responses_without_an_end_time_out(sso: Visitor, office: Office, session: Session) -> None:
    def slow_bytes() -> Iterator[bytes]:
        while not office.is_over.wait(0.2):
            yield b" "

    office.answers["/.well-known/openid-configuration"] = lambda: Response(slow_bytes())
    assert sso.client.get("/sign-in/office").location == "/sign-in"

    office.answers = {"/jwks": lambda: office.is_over.wait() and None}
    assert go_and_come_back(sso) == REFUSED

    office.answers = {}
    office.metadata["token_endpoint"] = dripping(office)
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        assert go_and_come_back(sso) == REFUSED
        assert_refused(sso, session)


def test_long_responses_are_cut_off(sso: Visitor, office: Office) -> None:
    """The operating system buffers some megabytes."""
    sent = []

    def sixty_megabytes() -> Iterator[bytes]:
        for _ in range(60):
            sent.append(1 << 20)
            yield b" " * (1 << 20)

    office.answers["/.well-known/openid-configuration"] = lambda: Response(sixty_megabytes())

    assert sso.client.get("/sign-in/office").location == "/sign-in"
    assert sum(sent) < 40 << 20


def test_passwords_work_while_the_office_sign_in_is_down(sso: Visitor, office: Office) -> None:
    office.answers["/.well-known/openid-configuration"] = lambda: Response("x", 503)

    assert sso.client.get("/sign-in/office").location == "/sign-in"
    assert sso.sign_in(PIC).get("/account").status == 200
