"""What `doctor` and the page of the installation's state say."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.core.version import VERSION
from tracker.core.wording import Shape, gettext, moment, ngettext, number, short_day
from tracker.operations import rules
from tracker.operations.queries import Health, State

BYTES_PER_GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Finding:
    """`LATE` is wrong, `WAIT` deserves attention."""

    title: str
    words: str
    shape: Shape = Shape.DONE


def findings(state: State) -> Iterator[Finding]:
    yield Finding(gettext("Version"), f"{VERSION}, Python {state.python}, {state.database}")
    yield _schema(state)
    if state.health:
        yield _mails(state.health)
    yield _worker(state)
    yield _backup(state)
    if state.health:
        yield _anchor(state.health)
        yield _disk(state.health)
    yield _clock(state)


def is_wrong(found: Finding) -> bool:
    return found.shape is Shape.LATE


def _schema(state: State) -> Finding:
    title = gettext("Tables")
    if state.unreadiness == "database":
        return Finding(title, gettext("the database does not respond"), Shape.LATE)
    if state.unreadiness:
        return Finding(title, gettext("not those of this version; run: flask --app app db upgrade"), Shape.LATE)
    return Finding(title, gettext("those of this version"))


def _mails(health: Health) -> Finding:
    if health.dead_mails:
        words = ngettext(
            "%(num)d mail could not be delivered", "%(num)d mails could not be delivered", health.dead_mails
        )
        return Finding(gettext("Mails"), words, Shape.LATE)
    waiting = number(health.waiting_mails)
    return Finding(gettext("Mails"), gettext("none failed, %(num)s waiting to be sent", num=waiting))


def _worker(state: State) -> Finding:
    title = gettext("Mail worker")
    if not state.has_mail_server:
        return Finding(title, gettext("no mail server is set (SMTP_URL)"), Shape.WAIT)
    if state.worker_at is None:
        return Finding(title, gettext("has never run here; start: flask --app app worker"), Shape.LATE)
    is_resting = rules.is_worker_late(state.worker_at, state.at)
    words = gettext("last ran on %(moment)s", moment=moment(state.worker_at))
    return Finding(title, words, Shape.LATE if is_resting else Shape.DONE)


def _backup(state: State) -> Finding:
    title, old = gettext("Backup"), Shape.LATE if state.is_production else Shape.WAIT
    if state.backup_on is None:
        return Finding(title, gettext("none made with this installation's command yet"), old)
    words = gettext("the last one on %(day)s", day=short_day(state.backup_on))
    return Finding(title, words, old if rules.is_backup_old(state.backup_on, state.at) else Shape.DONE)


def _anchor(health: Health) -> Finding:
    title = gettext("Anchor of the audit")
    if health.anchor_gap:
        return Finding(title, gettext("cannot be written: %(why)s", why=health.anchor_gap), Shape.LATE)
    return Finding(title, gettext("written"))


def _gigabytes(size: int) -> str:
    return f"{number(round(size / BYTES_PER_GIGABYTE, 1))} GB"


def _disk(health: Health) -> Finding:
    free, size = _gigabytes(health.free_bytes), _gigabytes(health.disk_bytes)
    words = gettext("%(free)s free of %(size)s", free=free, size=size)
    return Finding(gettext("Disk"), words, Shape.LATE if health.is_disk_full else Shape.DONE)


def _clock(state: State) -> Finding:
    title = gettext("Clock")
    if state.is_clock_behind:
        words = gettext("%(moment)s, before the last entry of the audit", moment=moment(state.at))
        return Finding(title, words, Shape.LATE)
    if rules.is_clock_off(state.clock_gap):
        seconds = number(round(abs(state.clock_gap.total_seconds())))
        return Finding(title, gettext("differs from the database's by %(num)s seconds", num=seconds), Shape.LATE)
    return Finding(title, moment(state.at))
