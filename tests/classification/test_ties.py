"""A classification reaches what tells the same, both ways and however far; its page says so before."""

from itertools import product

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.classification.test_pages import classify, clear
from tests.visitor import READER, SECRETARIAT, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.meetings.models import Meeting, Statement
from tracker.proposals.models import Proposal

NEW = "/meetings/1/statements/new"
WORDS = "Pindahkan para saksi ke rumah aman"
KINDS = {"statements": Statement, "proposals": Proposal, "actions": ActionItem}


def newest(session: Session, kind: type[Statement | Proposal | ActionItem]) -> int:
    return session.scalars(select(kind.id).order_by(kind.id.desc()).limit(1)).one()


@pytest.fixture
def tied(visit: Visitor, session: Session) -> dict[str, tuple[str, int]]:
    """A line that raised a proposal, which was split in two; one part was split again and has an action."""
    clear(session, SECRETARIAT)
    own = {"recorded_by_id": 1}
    session.execute(update(Meeting).filter_by(id=1).values(**own))
    session.commit()
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get(NEW), NEW, kind="proposal", gist_id=WORDS, title_id=WORDS)
    found = {"line": ("statements", newest(session, Statement)), "whole": ("proposals", newest(session, Proposal))}
    for whole, part in (("whole", "part"), ("part", "grandchild")):
        path = f"/proposals/{found[whole][1]}/split"
        browser.submit(browser.get(path), path, reason="Dua hal",
                       **{"parts-0-title_id": f"{WORDS}: {part}", "parts-0-gist_id": f"{WORDS}: {part}"})  # fmt: skip
        found[part] = ("proposals", newest(session, Proposal))
    browser.submit(browser.get("/actions/new"), "/actions/new", proposal=found["grandchild"][1], text_id=WORDS)
    return found | {"action": ("actions", newest(session, ActionItem))}


def levels(session: Session, tied: dict[str, tuple[str, int]]) -> dict[str, str]:
    session.expire_all()
    return {name: str(session.get_one(KINDS[kind], number).classification) for name, (kind, number) in tied.items()}


def told(reader: Visitor, tied: dict[str, tuple[str, int]]) -> list[str]:
    """Where a reader still finds the words."""
    pages = ["/meetings/1", "/search?q=rumah+aman+saksi", *(
        f"/{kind}/{number}" for kind, number in tied.values() if kind != "statements"),
        *(f"/{kind}.csv" for kind in ("actions", "proposals", "meetings"))]  # fmt: skip
    return [path for path in pages if WORDS in reader.client.get(path, buffered=True).get_data(as_text=True)]


@pytest.mark.parametrize(
    ("kind", "begun", "level"),
    [
        *(("sqlite", *each) for each in product(["line", "whole", "part", "grandchild"], ["restricted", "top_secret"])),
        ("postgresql", "line", "top_secret"),
        ("postgresql", "grandchild", "restricted"),
    ],
)
def test_whatever_tells_the_same_is_raised_from_wherever_it_begins(
    begun: str, level: str, tied: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    assert set(levels(session, tied).values()) == {"ordinary"}
    assert len(told(visit.as_(READER), tied)) > len(tied)
    kind, number = tied[begun]

    assert classify(visit.as_(SECRETARIAT), f"/classification/{kind}/{number}", level) == 303

    assert levels(session, tied) == dict.fromkeys(tied, level)
    assert told(visit.as_(READER), tied) == []


def listed(page: Page, part: str) -> str:
    return " ".join(one.get_text(" ", strip=True) for one in page.soup.select(part))


@pytest.mark.one_database
def test_the_page_lists_before_what_is_raised_and_one_may_leave_some(
    tied: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    browser, path = visit.as_(SECRETARIAT), f"/classification/proposals/{tied['part'][1]}"
    codes = {name: session.get_one(KINDS[kind], number).code
             for name, (kind, number) in tied.items() if kind != "statements"}  # fmt: skip

    page = browser.get(path)

    offered = listed(page, "#left")
    assert [name for name, code in codes.items() if code in offered] == ["whole", "grandchild", "action"]
    assert "R-" in offered  # the line
    assert "tidak dapat ditarik kembali" in page.text
    left = [f"proposal:{tied['whole'][1]}", f"statement:{tied['line'][1]}"]
    sent = browser.submit(page, path, classification="secret", reason="Menyangkut saksi", left=left)
    assert sent.status == 303
    found = levels(session, tied)
    assert {name for name, level in found.items() if level == "secret"} == {"part", "grandchild", "action"}
    assert {found["line"], found["whole"]} == {"ordinary"}


@pytest.mark.one_database
def test_the_page_lists_other_places_with_the_same_words(
    tied: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get(NEW), NEW, kind="remark", gist_id=WORDS)
    other = newest(session, Statement)

    page = browser.get(f"/classification/proposals/{tied['whole'][1]}")

    assert page.soup.select(f"#same a[href$='/meetings/statements/{other}']")


def test_what_one_may_not_see_is_raised_unlisted_and_cannot_be_left(
    tied: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    hidden = tied["grandchild"][1]
    session.execute(update(Proposal).filter_by(id=hidden).values(classification="restricted", recorded_by_id=None))
    session.commit()
    browser, path = visit.as_(SECRETARIAT), f"/classification/proposals/{tied['whole'][1]}"
    code = session.scalar(select(Proposal.code).filter_by(id=hidden))

    page = browser.get(path)
    assert code not in page.text
    sent = {"classification": "secret", "reason": "Menyangkut saksi"}
    assert browser.submit(page, path, **sent).status == 303

    assert session.scalar(select(Proposal.classification).filter_by(id=hidden)) == "secret"


def test_lines_of_a_meeting_that_is_raised_follow_it_by_themselves(
    tied: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    assert classify(visit.as_(SECRETARIAT), "/classification/meetings/1", "restricted") == 303

    found = levels(session, tied)
    assert found.pop("line") == "ordinary"
    assert set(found.values()) == {"restricted"}
