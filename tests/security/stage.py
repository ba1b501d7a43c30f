"""Test data for security: a row of each kind, accounts with different access to them, and a hash of all data."""

import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote

from flask import Flask
from sqlalchemy import inspect, select, text, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.databases import cookies_for
from tests.visitor import PASSWORDS
from tracker.accounts.models import Account, AccountRole, ApiToken, CalendarAddress, Grant
from tracker.accounts.rules import DueDatesAs
from tracker.actions.changes.models import BulkChange, DueDateRequest, Escalation, RequestState
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.attachments.rules import AttachmentKind
from tracker.core.actor import Classification, Role
from tracker.core.places import nth
from tracker.core.storage import store
from tracker.imports.models import ImportRun
from tracker.imports.rules.kinds import ImportKind
from tracker.lists.saved_filters.models import SavedFilter
from tracker.meetings import queries as meetings
from tracker.meetings.check_in.models import Arrival
from tracker.meetings.check_in.rules import ArrivalState
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.rules import InvitationState
from tracker.meetings.models import AgendaItem, Attendance, Meeting, Statement, StatementSource
from tracker.meetings.series.models import MeetingSeries, SeriesMeeting
from tracker.minutes.models import MinutesVersion
from tracker.minutes.queries import content_of
from tracker.minutes.rules import MinutesState, canonical
from tracker.people.models import FormerUnitName, Person
from tracker.proposals.models import Proponent, Proposal
from tracker.reorganisation.models import Reorganisation, ReorganisationItem, ReorganisationLine
from tracker.reorganisation.rules import LineKind
from tracker.reply_links.models import ReplyLink
from tracker.reply_links.rules import Purpose
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Movement, QueueGroup
from tracker.status.follows.models import Follow
from tracker.status.models import HandOver
from tracker.webhooks.models import Delivery, Endpoint
from tracker.webhooks.rules import DeliveryState, EndpointState, HookKind

MEETING, PROPOSAL, ACTION = 1, 1, 2
AT = datetime(2026, 1, 5, 3, tzinfo=UTC)
#: The two proposals of the first relation.
RELATED = (4, 5)
MARK = "f" * 64
#: The week of the open review.
WEEK = "2019-W10"
#: Form keys and CSRF tokens, which differ between responses.
_OWN_KEYS = re.compile(r'name="(?:csrf_token|once)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="(?:csrf_token|once)"'
                       r'|[0-9a-f]{8}-[0-9a-f-]{27,}|\b[0-9a-f]{12,32}\b')  # fmt: skip
#: To what an adviser may look for instead of proposing.
_WAY_ON = re.compile(r'<a [^>]*href="/proposals/proposed-before">[^<]*</a>')


@dataclass(frozen=True)
class Standing:
    """The access of an account: the classification of the rows, its clearance, and whether it takes part."""

    level: Classification
    clearance: Classification
    takes_part: bool

    @property
    def sees(self) -> bool:
        """Whether the rows are visible."""
        return self.level is Classification.ORDINARY or (self.takes_part and self.clearance.rank >= self.level.rank)


def standings() -> Iterable[Standing]:
    """Every level, taking part or not, with just enough clearance or one level too little."""
    levels = list(Classification)
    for level in levels:
        yield Standing(level, levels[-1], takes_part=False)
        yield Standing(level, level, takes_part=True)
        if level.rank:
            yield Standing(level, levels[level.rank - 1], takes_part=True)


def build(app: Flask, session: Session) -> None:
    """Add the rows that the demo lacks, so that there is a row for every endpoint."""
    with app.app_context():
        mark = store().put(io.BytesIO(b"x"))
        content = canonical(content_of(meetings.meeting(MEETING)))
    session.add_all([
        Person(id=9001, name="Hadir Peserta", folded="hadir peserta", aliases=[]),
        Person(id=9002, name="Orang Luar", folded="orang luar", aliases=[]),
        Person(id=9003, name="Tanpa Akun", folded="tanpa akun", aliases=[]),
        MinutesVersion(id=9001, meeting_id=MEETING, number=1, state=MinutesState.APPROVED, content=content,
                       content_hash=MARK, submitted_by_name="Sekretariat", submitted_at=AT, decided_at=AT),
        MinutesVersion(id=9002, meeting_id=MEETING, number=2, state=MinutesState.SUBMITTED, content=content,
                       content_hash=MARK, submitted_by_name="Sekretariat", submitted_at=AT),
        MeetingSeries(id=9001, name_id="Rapat mingguan"),
        AgendaItem(id=9001, meeting_id=MEETING, place=nth(1), text="Pembahasan"),
        DueDateRequest(id=9001, action_id=ACTION, asked_for=date(2026, 9, 1), reason="Menunggu data", at=AT,
                       state=RequestState.ASKED, by_account_id=None, by_name="PIC"),
        Escalation(id=9001, proposal_id=PROPOSAL, person_id=9003, reason="Terhambat", by_name="S", at=AT),
        ReplyLink(id=9001, action_id=ACTION, purpose=Purpose.REPORT, person_id=9001, addressee="Hadir Peserta",
                  is_letter=True, made_by_name="S", made_at=AT, expires_at=AT.replace(year=2100)),
        HandOver(id=9001, proposal_id=PROPOSAL, person_id=9003, on=date(2026, 1, 5), by_name="S", at=AT),
        Reorganisation(id=9001, number="Perpres 1/2026", dated_on=date(2026, 1, 2), in_force_on=date(2026, 1, 5),
                       edited_at=AT),
        FormerUnitName(id=9001, unit_id=1, until_on=date(2010, 1, 1), name_id="Nama lama"),
    ])  # fmt: skip
    session.flush()
    session.add(ReorganisationLine(id=9001, reorganisation_id=9001, place=1, kind=LineKind.UNIT, unit_id=1,
                                   successor_name="Nama baru", takes_rest=False))  # fmt: skip
    session.add(ReorganisationItem(id=9001, reorganisation_id=9001, target_id=1, successor_unit_id=2))
    session.add(SeriesMeeting(meeting_id=MEETING, series_id=9001))
    session.add(Invitation(id=9001, meeting_id=MEETING, person_id=9001, token_hash=MARK, state=InvitationState.SENT,
                           invited_at=AT, sequence=1, content_hash=MARK, invited_for=date(2020, 10, 21)))  # fmt: skip
    session.add(Arrival(id=9001, meeting_id=MEETING, name="Tamu Lama", folded="tamu lama", arrived_at=AT,
                        state=ArrivalState.WAITING))  # fmt: skip
    for number, (name, parent) in enumerate({"meeting_id": MEETING, "proposal_id": PROPOSAL}.items(), 9001):
        session.add(Attachment(id=number, kind=AttachmentKind.OTHER, name="berkas.txt", media_type="text/plain", size=1,
                               mark=mark, added_by_name="Sekretariat", added_at=AT, **{name: parent}))  # fmt: skip
    first = session.scalars(select(Statement.id).order_by(Statement.id)).first()
    session.add(StatementSource(statement_id=first, mark=mark, start=0, length=1, line=1))
    reader = session.scalars(select(Account).filter_by(username="pembaca")).one()
    chair = Account(username="ketua", display_name="Ketua", password_hash=reader.password_hash, created_at=AT,
                    clearance=Classification.ORDINARY)  # fmt: skip
    session.add(chair)
    session.flush()
    session.add(AccountRole(account_id=chair.id, role=Role.CHAIR))
    auditor = Account(username="auditor", display_name="Auditor", password_hash=reader.password_hash, created_at=AT,
                      clearance=Classification.ORDINARY)  # fmt: skip
    session.add(auditor)
    session.flush()
    session.add(AccountRole(account_id=auditor.id, role=Role.AUDITOR))
    session.add(Review(id=9001, week=WEEK, held_on=date(2019, 3, 4), planned_on=date(2019, 3, 4),
                       next_on=date(2019, 3, 11), meeting_id=MEETING, opened_at=AT,
                       opened_by_name="Penelaah"))  # fmt: skip
    session.flush()
    session.add(ReviewItem(id=9001, review_id=9001, action_id=ACTION, movement=Movement.NEW, position=1, sittings=1,
                           open_since=date(2019, 3, 1), queue_group=QueueGroup.OVERDUE,
                           state_before="in_progress"))  # fmt: skip
    guest = Account(username="tamu", display_name="Tamu", password_hash=reader.password_hash, created_at=AT,
                    clearance=Classification.ORDINARY)  # fmt: skip
    session.add(guest)
    session.flush()
    session.add(Grant(id=9001, meeting_id=MEETING, account_id=guest.id, reason="Bahan", by_name="S", at=AT))
    session.add(SavedFilter(id=9001, account_id=chair.id, list_name="meetings", name="Milik ketua", query="year=2020"))
    session.add(CalendarAddress(id=9001, account_id=chair.id, token_hash=MARK, due_dates=DueDatesAs.TASKS, made_at=AT))
    session.add(
        ApiToken(
            id=9001,
            account_id=chair.id,
            name="Angka bulanan",
            token_hash=MARK,
            features=["meetings"],
            may_write=False,
            reads_secret=False,
            made_at=AT,
            expires_at=datetime(2100, 1, 1, tzinfo=UTC),
        )
    )
    session.add(Endpoint(id=9001, account_id=chair.id, target_url="https://ketua.example/x", hook_kinds=[HookKind.PING],
                         state=EndpointState.ACTIVE, state_at=AT, made_at=AT))  # fmt: skip
    session.flush()
    session.add(Delivery(id=9001, endpoint_id=9001, hook_kind=HookKind.PING, message_id="msg_1", made_at=AT, due_at=AT,
                         state=DeliveryState.FAILED, attempts=1))  # fmt: skip
    session.add(BulkChange(id=9001, by_account_id=chair.id, at=AT))
    session.add(ImportRun(id=9001, import_kind=ImportKind.UNITS, is_history=False, name="a.csv", is_pasted=False,
                          size=1, mark=MARK, chosen={}, answers={}, made_by_id=chair.id, by_name="K",
                          at=AT))  # fmt: skip
    session.flush()
    _let_participant_take_part(session)
    session.add_all(Follow(account_id=row.id, subject="target", subject_id=1, followed_at=AT)
                    for row in session.scalars(select(Account)))  # fmt: skip
    session.flush()


def _let_participant_take_part(session: Session) -> None:
    """Person 9001 chairs the meeting, is a proponent of the proposal, and is in charge of the action."""
    first = session.scalars(select(Attendance).filter_by(meeting_id=MEETING, role="chair")).one()
    first.person_id = 9001
    for proposal in (PROPOSAL, *RELATED):
        session.scalars(select(Proponent).filter_by(proposal_id=proposal)).first().person_id = 9001
    session.get(ActionItem, ACTION).pic_id = 9001
    session.execute(update(Proposal).where(Proposal.id == PROPOSAL).values(corrected_at=AT))
    session.execute(update(ActionItem).where(ActionItem.id == ACTION).values(corrected_at=AT))
    session.execute(update(Meeting).values(recorded_by_id=None))
    session.execute(update(Proposal).values(recorded_by_id=None))
    session.execute(update(ActionItem).values(recorded_by_id=None))


def set_scene(session: Session, standing: Standing) -> None:
    """Give all accounts this access to all rows."""
    for table in (Meeting, Proposal, ActionItem, Attachment):
        session.execute(update(table).values(classification=standing.level))
    person = 9001 if standing.takes_part else 9002
    session.execute(update(Account).values(clearance=standing.clearance, person_id=person))


def sign_in_everybody(app: Flask) -> dict[str, "Client"]:
    """A signed-in client for each role, and one that is not signed in."""
    passwords = {**PASSWORDS, "ketua": PASSWORDS["pembaca"], "auditor": PASSWORDS["pembaca"]}
    return {"anonymous": Client(app), **{name: Client(app, name, word) for name, word in passwords.items()}}


class Client:
    """A client that returns responses without checking or parsing them."""

    def __init__(self, app: Flask, username: str = "", password: str = "") -> None:
        self.client = app.test_client()
        if cookie := cookies_for(app).get(username):
            self.client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
        self.token = _token(self.client.get("/account" if cookie else "/sign-in").get_data(as_text=True))
        if username and not cookie:
            answer = self.post("/sign-in", username=username, password=password)
            assert answer.status_code == 303, (username, answer.status_code)
            self.token = _token(self.client.get("/account").get_data(as_text=True))

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, buffered=True)

    def post(self, path: str, **values: object) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token, **values}, buffered=True)


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, page[:300]
    return found[1]


def plain(answer: TestResponse, path: str = "") -> str:
    """A body without what differs between responses: keys, the request id, its own path."""
    body = answer.get_data(as_text=True)
    if path == "/proposals/new":  # it is about no row, so it may say where else to look
        body = _WAY_ON.sub("", body)
    body = body.replace(' aria-current="page"', "").replace(' class="holds-current"', "")
    as_value = quote(path, safe="!$'()*,/:;?@")  # as Werkzeug writes it into another address
    return _OWN_KEYS.sub("*", body.replace(path, "PATH").replace(as_value, "PATH") if path else body)


def fingerprint(session: Session, *, without: Iterable[str] = ("sign_in", "throttle_count", "audit_head")) -> str:
    """A hash of all rows of all tables except records of readings."""
    found = hashlib.sha256()
    connection = session.connection()
    for table in sorted(inspect(connection).get_table_names()):
        if table not in set(without) and not table.startswith("search_stems"):
            only = " WHERE change <> 'read'" if table == "audit_entry" else ""
            rows = sorted(map(repr, connection.execute(text(f'SELECT * FROM "{table}"{only}'))))
            found.update(repr((table, rows)).encode())
    return found.hexdigest()
