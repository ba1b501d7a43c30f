"""Settings, read from the environment once. An incomplete configuration prevents the start."""

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import cast

from flask import current_app
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from tracker.core.mail import is_mail_address, is_mail_server
from tracker.core.mailbox import is_mailbox
from tracker.core.wording import lazy_gettext as _l

ROOT = Path(__file__).resolve().parents[2]
SHORTEST_SECRET = 32
#: A key with fewer distinct characters is not random.
FEWEST_SIGNS = 10
Network = IPv4Network | IPv6Network
#: What TRACKER_WEBHOOK_NETWORKS may name. Link-local addresses are not among them: clouds give their keys there.
PRIVATE: tuple[Network, ...] = tuple(
    ip_network(network)
    for network in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "::1/128", "fc00::/7",
    )
)  # fmt: skip


class IncompleteSettings(RuntimeError):
    """The configuration is incomplete or unsafe. Made of sentences, which are translated when they are shown."""

    def __init__(self, *sentences: object) -> None:
        super().__init__(*sentences)
        self.sentences = sentences

    def __str__(self) -> str:
        return "\n".join(str(sentence) for sentence in self.sentences)


@dataclass(frozen=True, kw_only=True)
class Settings:
    database_url: str
    #: A standby of the PostgreSQL database, for reports and exports.
    database_read_url: str = ""
    #: Whether a pooler gives each transaction another connection, so that nothing may be prepared on one.
    has_pooler: bool = False
    secret_key: str
    instance: Path
    is_production: bool = False
    is_testing: bool = False
    #: False only if the site is served over plain HTTP on the local machine.
    secure_cookies: bool = True
    #: OWASP's second argon2id profile: 19 MiB, two passes, one lane.
    argon2_memory_kib: int = 19456
    argon2_passes: int = 2
    #: Public URL of this installation, for links in mails.
    site_url: str = "http://127.0.0.1:5000"
    #: URL of the mail server, see `core.mail.Mailer`; without one, notifications stay in the outbox.
    smtp_url: str = ""
    mail_from: str = "tracker@localhost"
    #: The mailbox to which mail programs send answers to invitations, see `core.mailbox.Mailbox`, and its address.
    imap_url: str = ""
    reply_address: str = ""
    #: The office's single sign-on (OpenID Connect): issuer, client id and client secret.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    idle_sign_in: timedelta = timedelta(minutes=60)
    longest_sign_in: timedelta = timedelta(hours=12)
    #: Weekday of the weekly review (Monday is 0), and days after which a proposal without decision is listed.
    review_weekday: int = 0
    review_patience: timedelta = timedelta(weeks=1)
    #: Number of reverse proxies in front; that many entries of X-Forwarded-For are trusted.
    proxies: int = 0
    #: Private networks that webhooks may reach.
    webhook_networks: tuple[Network, ...] = ()

    @property
    def attachments(self) -> Path:
        return self.instance / "attachments"

    @property
    def waiting(self) -> Path:
        """Holds files that were read and not confirmed yet."""
        return self.instance / "waiting"

    @property
    def backup_stamp(self) -> Path:
        """Holds the moment of the last backup."""
        return self.instance / "last-backup"

    @property
    def worker_stamp(self) -> Path:
        """Holds the moment at which a worker last looked for mails."""
        return self.instance / "last-worker"

    def shown(self) -> dict[str, str]:
        """What is set, by the names of the environment, without secrets."""
        return {
            "DATABASE_URL": _without_password(self.database_url),
            "DATABASE_READ_URL": _without_password(self.database_read_url),
            "SECRET_KEY": "***",
            "SITE_URL": self.site_url,
            "SMTP_URL": _without_password(self.smtp_url),
            "MAIL_FROM": self.mail_from,
            "IMAP_URL": _without_password(self.imap_url),
            "REPLY_ADDRESS": self.reply_address,
            "OIDC_ISSUER": self.oidc_issuer,
            "OIDC_CLIENT_ID": self.oidc_client_id,
            "OIDC_CLIENT_SECRET": "***" if self.oidc_client_secret else "",
            "TRACKER_ENV": "production" if self.is_production else "",
            "TRACKER_INSTANCE": str(self.instance),
            "TRACKER_PLAIN_HTTP": "1" if self.is_production and not self.secure_cookies else "",
            "TRACKER_POOLER": "1" if self.has_pooler else "",
            "TRACKER_PROXIES": str(self.proxies or ""),
            "TRACKER_REVIEW_DAY": str(self.review_weekday + 1),
            "TRACKER_REVIEW_PATIENCE_WEEKS": str(self.review_patience.days // 7),
            "TRACKER_WEBHOOK_NETWORKS": ",".join(str(network) for network in self.webhook_networks),
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Raise IncompleteSettings instead of starting with a guessable secret."""
        instance = Path(environment.get("TRACKER_INSTANCE", ROOT / "instance")).resolve()
        _make(instance)
        database_url = environment.get("DATABASE_URL", "")
        is_production = environment.get("TRACKER_ENV") == "production" or bool(database_url)
        secret_key = environment.get("SECRET_KEY", "")
        if not secret_key and not is_production:
            secret_key = _local_secret(instance / "secret_key")
        settings = cls(
            database_url=_with_driver(database_url or f"sqlite:///{instance / 'tracker.sqlite'}"),
            database_read_url=_with_driver(environment.get("DATABASE_READ_URL", "")),
            has_pooler=environment.get("TRACKER_POOLER") == "1",
            secret_key=secret_key,
            instance=instance,
            is_production=is_production,
            secure_cookies=is_production and environment.get("TRACKER_PLAIN_HTTP") != "1",
            site_url=environment.get("SITE_URL", cls.site_url).rstrip("/"),
            smtp_url=environment.get("SMTP_URL", cls.smtp_url),
            mail_from=environment.get("MAIL_FROM", cls.mail_from),
            imap_url=environment.get("IMAP_URL", ""),
            reply_address=environment.get("REPLY_ADDRESS", ""),
            oidc_issuer=environment.get("OIDC_ISSUER", "").rstrip("/"),
            oidc_client_id=environment.get("OIDC_CLIENT_ID", ""),
            oidc_client_secret=environment.get("OIDC_CLIENT_SECRET", ""),
            review_weekday=_from_1_to(7, environment, "TRACKER_REVIEW_DAY", "1") - 1,
            review_patience=timedelta(weeks=_from_1_to(52, environment, "TRACKER_REVIEW_PATIENCE_WEEKS", "1")),
            proxies=_from_1_to(9, environment, "TRACKER_PROXIES", "1") if "TRACKER_PROXIES" in environment else 0,
            webhook_networks=_private_networks(environment.get("TRACKER_WEBHOOK_NETWORKS", "")),
        )
        settings.ensure_complete()
        return settings

    def ensure_complete(self) -> None:
        """Raise IncompleteSettings with everything that is weak or missing, so that it can be fixed in one go."""
        is_in_the_open = self.is_production and self.secure_cookies
        weak = {
            _l("Set SECRET_KEY to at least %(count)d random characters.", count=SHORTEST_SECRET): (
                len(self.secret_key) < SHORTEST_SECRET or len(set(self.secret_key)) < FEWEST_SIGNS
            ),
            _l("Set DATABASE_URL like postgresql://user:password@host/name or sqlite:////folder/file.sqlite."): (
                not _is_database(self.database_url)
            ),
            _l("Set DATABASE_READ_URL to a standby of the PostgreSQL that DATABASE_URL names, or leave it out."): (
                bool(self.database_read_url) and not self._has_standby()
            ),
            _l("Set SITE_URL to the https:// address that people use, or TRACKER_PLAIN_HTTP=1 on your own network."): (
                is_in_the_open and not self.site_url.startswith("https://")
            ),
            _l("Set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside OIDC_ISSUER."): (
                bool(self.oidc_issuer) and not (self.oidc_client_id and self.oidc_client_secret)
            ),
            _l("Set OIDC_ISSUER to an https:// address."): (
                is_in_the_open and bool(self.oidc_issuer) and not self.oidc_issuer.startswith("https://")
            ),
            _l("Set SMTP_URL like smtp://host:25, smtp+starttls://user:password@host:587 or smtps://host:465."): (
                bool(self.smtp_url) and not is_mail_server(self.smtp_url)
            ),
            _l("Set IMAP_URL like imaps://user:password@host:993/INBOX, and REPLY_ADDRESS to its e-mail address."): (
                bool(self.imap_url) and not (is_mailbox(self.imap_url) and is_mail_address(self.reply_address))
            ),
        }
        if any(weak.values()):
            raise IncompleteSettings(*(sentence for sentence, is_so in weak.items() if is_so))

    def _has_standby(self) -> bool:
        urls = {self.database_url, self.database_read_url}
        return len(urls) > 1 and all(url.startswith("postgresql+psycopg://") for url in urls)


def _from_1_to(last: int, environment: Mapping[str, str], name: str, default: str) -> int:
    value = environment.get(name, default)
    if not value.isdecimal() or not 1 <= int(value) <= last:
        raise IncompleteSettings(_l("Set %(name)s to a number from 1 to %(last)d.", name=name, last=last))
    return int(value)


def is_within(network: Network, parts: Sequence[Network]) -> bool:
    return any(
        network.version == part.version and network.subnet_of(part)  # type: ignore[arg-type]  # the versions are equal
        for part in parts
    )


def _private_networks(text: str) -> tuple[Network, ...]:
    try:
        networks = tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        networks = (ip_network("0.0.0.0/0"),)
    if not all(is_within(network, PRIVATE) for network in networks):
        raise IncompleteSettings(
            _l("Set TRACKER_WEBHOOK_NETWORKS to private networks with commas between, like 10.20.0.0/16,127.0.0.1/32.")
        )
    return networks


def _make(instance: Path) -> None:
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = _l(
            "Set TRACKER_INSTANCE to a folder that this user may write to; %(folder)s is not.", folder=instance
        )
        raise IncompleteSettings(sentence) from error


def _is_database(url: str) -> bool:
    try:
        return make_url(url).drivername in {"sqlite", "postgresql+psycopg"}
    except ArgumentError:
        return False


def _local_secret(file: Path) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text().strip()


def _without_password(url: str) -> str:
    return make_url(url).render_as_string() if url else ""


def _with_driver(url: str) -> str:
    for spelling in ("postgres://", "postgresql://"):
        if url.startswith(spelling):
            return "postgresql+psycopg://" + url.removeprefix(spelling)
    return url


def current_settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])
