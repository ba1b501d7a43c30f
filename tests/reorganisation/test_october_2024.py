"""October 2024 on generated data: one ministry into three, a directorate general into two, shared regional offices."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reorganisation import october_2024 as october
from tests.reorganisation.october_2024 import ON, Maker, Office
from tests.visitor import ADMIN, DECISION_MAKER, PIC, READER, REVIEWER, SECRETARIAT, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.core.visibility import unrestricted
from tracker.meetings import queries as meetings
from tracker.minutes.models import MinutesVersion
from tracker.minutes.queries import content_of
from tracker.minutes.rules import MinutesState, canonical, hash_of
from tracker.people import queries as people
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.proposals.models import Proposal
from tracker.proposals.rules import OPEN as OPEN_PROPOSALS
from tracker.targets.models import Target

#: Seconds for a key and for a press of a button or link with the search for it (Card, Moran and Newell 1983: 0.28 for
#: a key; 1.1 to point, 0.2 to press, 1.35 to decide).
A_KEY, A_PRESS = 0.28, 2.65
PASTE = 2
#: Of a page of the draft, in bytes.
HEAVIEST = 150_000
AT = datetime(2024, 7, 1, 3, tzinfo=UTC)


class Worker:
    """Goes through the pages and counts what has to be typed and pressed."""

    def __init__(self, browser: Visitor) -> None:
        self.browser, self.keys, self.presses = browser, 0, 0

    @property
    def minutes(self) -> float:
        return (self.keys * A_KEY + self.presses * A_PRESS) / 60

    def go(self, path: str) -> Page:
        self.presses += 1
        return self.browser.get(path)

    def send(self, page: Page, action: str, **typed: str) -> Page:
        """Fill in and send a form; what is pasted counts as two keys."""
        self.presses += 1
        self.keys += sum(PASTE if "\t" in words else len(words) + 1 for words in typed.values())
        answer = self.browser.submit(page, action, **typed)
        assert answer.status == 303, (answer.problems, answer.all_of("#faults li"))
        return self.browser.get(answer.response.location)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("provinces", "pairs", "persons", "items", "questions"),
    [(4, 1, 70, 80, 150), pytest.param(33, 10, 1086, 2000, 1000, marks=pytest.mark.long)],
)
def test_october_2024(
    app: Flask, visit: Visitor, session: Session, provinces: int, pairs: int, persons: int, items: int, questions: int
) -> None:
    random = Random(2024)
    maker = Maker(session, random, provinces, pairs)
    office = maker.build(persons)
    maker.items(items)
    held = maker.meetings()
    session.commit()
    approve(app, session, held)
    frozen, seen = minutes_of(app, visit, session, held), seen_by_each(visit)

    worker = enter_decree(visit, maker)

    october.decreed(maker)
    session.expire_all()
    assert worker.minutes <= 15, (worker.keys, worker.presses)
    assert minutes_of(app, visit, session, held) == frozen
    for account, codes in seen_by_each(visit).items():
        assert codes == seen[account], account
    nothing_is_without_an_owner(session)
    nobody_is_without_a_post(session, office)
    answers_are_right(app, office, random, questions)


def enter_decree(visit: Visitor, maker: Maker) -> Worker:
    worker = Worker(visit.as_(ADMIN))
    page = worker.go("/units")
    page = worker.go("/reorganisations")
    page = worker.go("/reorganisations/new")
    page = worker.send(
        page, "/reorganisations/new", number="Perpres 139/2024", dated_on="2024-10-21", in_force_on="2024-10-21"
    )
    draft = page.path.removesuffix("/sheet")
    page = worker.send(page, f"{draft}/sheet", cells=october.sheet(maker))
    while page.soup.select("#problems"):
        assert len(page.response.data) <= HEAVIEST
        page = settle_next(worker, page, draft)
    assert len(page.response.data) <= HEAVIEST
    for part in ("units", "posts", "persons", "items", "lines"):
        alone = worker.browser.get(f"{draft}?part={part}")
        assert len(alone.response.data) <= HEAVIEST
        assert [section["id"] for section in alone.soup.select("section.part")] == [part]
    worker.presses += 1  # the question whether to go on
    page = worker.send(page, f"{draft}/enter")
    assert page.soup.select("#lines tbody tr")
    return worker


def settle_next(worker: Worker, page: Page, draft: str) -> Page:
    """The first successor takes the rest; the second of two holders gets no other post for now."""
    button = page.soup.select_one("#problems form")
    if button:
        return worker.send(page, str(button["action"]))
    *_, last = page.soup.select("#problems li")[0].select("a")
    form = worker.go(str(last["href"]))
    return worker.send(form, f"{draft}/lines/new")


def approve(app: Flask, session: Session, numbers: list[int]) -> None:
    """Approve the minutes of all but the first of these meetings."""
    for number in numbers[1:]:
        content = written(app, number)
        session.add(MinutesVersion(
            meeting_id=number, number=1, state=MinutesState.APPROVED, content=content, content_hash=hash_of(content),
            submitted_by_name="Sekretariat", submitted_at=AT, decided_at=AT,
        ))  # fmt: skip
    session.commit()


def written(app: Flask, number: int) -> str:
    """What the minutes of the meeting say if they are written now."""
    with app.test_request_context("/"), unrestricted():
        return canonical(content_of(meetings.meeting(number)))


def minutes_of(app: Flask, visit: Visitor, session: Session, numbers: list[int]) -> dict[str, object]:
    """Stored texts of minutes, the documents made of approved ones, and what a draft of then says."""
    stored: dict[str, object] = {
        f"version {row.id}": (row.content, row.content_hash) for row in session.scalars(select(MinutesVersion))
    }
    assert len(stored) == len(numbers) - 1
    browser = visit.as_(SECRETARIAT)
    for number in numbers[1:3]:
        path = f"/meetings/{number}/minutes.docx"
        stored[path] = parts_of(browser.get(path).response.get_data())
    return stored | {"draft": written(app, numbers[0])}


def parts_of(document: bytes) -> dict[str, bytes]:
    """The parts of a Word document, which as a whole also says when it was packed."""
    with ZipFile(BytesIO(document)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def seen_by_each(visit: Visitor) -> dict[str, set[str]]:
    """Codes of the actions that each account finds in the file of the list."""
    return {
        account: set(
            re.findall(r"TL-2024-\d{5}", visit.as_(account).get("/actions.csv").response.get_data(as_text=True))
        )
        for account in (READER, PIC, REVIEWER, DECISION_MAKER)
    }


def nothing_is_without_an_owner(session: Session) -> None:
    ended = set(session.scalars(select(OrgUnit.id).where(OrgUnit.valid_to < ON)))
    owners = (
        select(ActionItem.responsible_unit_id).where(
            ActionItem.status.in_(OPEN_ACTIONS), ActionItem.code.like("TL-2024-_____")),
        select(Proposal.responsible_unit_id).where(
            Proposal.status.in_(OPEN_PROPOSALS), Proposal.code.like("U-2024-_____")),
        select(Target.owner_unit_id).where(Target.name_id.like("Indikator %"), Target.code.is_(None)),
        select(OrgUnit.parent_id).where(OrgUnit.valid_to.is_(None), OrgUnit.parent_id.is_not(None)),
        select(Position.unit_id).where(Position.valid_to.is_(None), Position.unit_id.is_not(None)),
    )  # fmt: skip
    assert ended
    for query in owners:
        found = session.scalars(query).all()
        assert found
        assert None not in found
        assert ended.isdisjoint(found)
    closed = set(session.scalars(select(Position.id).where(Position.valid_to < ON)))
    authorities = select(Proposal.decision_authority_id).where(Proposal.code.like("U-2024-_____"))
    assert closed.isdisjoint(session.scalars(authorities))


def nobody_is_without_a_post(session: Session, office: Office) -> None:
    """Except those of whom a line says so: of two heads of one office, the second."""
    now = PositionHolding.end_on.is_(None)
    closed = select(Position.id).where(Position.valid_to < ON)
    assert not session.scalars(select(PositionHolding.id).where(now, PositionHolding.position_id.in_(closed))).all()
    held = select(PositionHolding.person_id).where(now)
    without = session.scalars(
        select(Person.name).where(Person.name.like("Pegawai Uji %"), Person.name.not_like("% Lama"),
                                  Person.id.not_in(held))
    ).all()  # fmt: skip
    shared = [title for title in office.posts if title.startswith("Kepala Divisi HAM")]
    heads = {october.Office.answer(office, office.posts[title].id, ON - timedelta(days=1)).holder for title in shared}
    assert set(without) <= heads


def answers_are_right(app: Flask, office: Office, random: Random, questions: int) -> None:
    posts = list(office.answers)
    wrong = []
    for _ in range(questions):
        post_id, day = random.choice(posts), date(2014, 6, 1) + timedelta(days=random.randrange(4200))
        if random.random() < 0.2:
            day = ON + timedelta(days=random.randrange(-2, 3))
        expected = office.answer(post_id, day)
        with app.test_request_context("/"):
            post = people.posts_on(day, [post_id])[post_id]
            holders = [row.person.name for row in people.held_on(day, [post_id]).get(post_id, [])]
        told = (post.title_id, post.unit.name_id if post.unit else None, holders) if post.existed else None
        if expected is None:
            is_right = told is None or (day < october.FIRST and holders == [])
        else:
            holder = [expected.holder] if expected.holder else []
            is_right = told == (expected.title, expected.unit, holder)
        wrong += [] if is_right else [(post_id, day, expected, told)]
    assert wrong == []
