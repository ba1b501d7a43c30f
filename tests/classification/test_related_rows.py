"""Raising a classification raises all related rows; its page lists them first."""

from itertools import product

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tests.classification.test_pages import classify, clear
from tests.visitor import READER, SECRETARIAT, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.meetings.models import Meeting, Statement, StatementProposal
from tracker.proposals.models import Proposal

NEW = "/meetings/1/statements/new"
WORDS = "Pindahkan para saksi ke rumah aman"
MODELS = {"statements": Statement, "proposals": Proposal, "actions": ActionItem}


def newest(session: Session, model: type[Statement | Proposal | ActionItem]) -> int:
    return session.scalars(select(model.id).order_by(model.id.desc()).limit(1)).one()


@pytest.fixture
def related(visit: Visitor, session: Session) -> dict[str, tuple[str, int]]:
    """A line that raised a proposal, a part of the proposal, a part of the part, and its action."""
    clear(session, SECRETARIAT)
    session.execute(update(Meeting).filter_by(id=1).values(recorded_by_id=1))
    session.commit()
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get(NEW), NEW, kind="proposal", gist_id=WORDS, title_id=WORDS)
    rows = {"line": ("statements", newest(session, Statement)), "whole": ("proposals", newest(session, Proposal))}
    for whole, part in (("whole", "part"), ("part", "grandchild")):
        path = f"/proposals/{rows[whole][1]}/split"
        browser.submit(browser.get(path), path, reason="Dua hal",
                       **{"parts-0-title_id": f"{WORDS}: {part}", "parts-0-gist_id": f"{WORDS}: {part}"})  # fmt: skip
        rows[part] = ("proposals", newest(session, Proposal))
    browser.submit(browser.get("/actions/new"), "/actions/new", proposal=rows["grandchild"][1], text_id=WORDS)
    return rows | {"action": ("actions", newest(session, ActionItem))}


def levels(session: Session, related: dict[str, tuple[str, int]]) -> dict[str, str]:
    session.expire_all()
    return {name: str(session.get_one(MODELS[kind], number).classification) for name, (kind, number) in related.items()}


def pages_with_words(reader: Visitor, related: dict[str, tuple[str, int]]) -> list[str]:
    """Paths where the reader can still read WORDS."""
    pages = ["/meetings/1", "/meetings/1/outcomes", "/meetings/1/history", "/search?q=rumah+aman+saksi", *(
        f"/{kind}/{number}" for kind, number in related.values() if kind != "statements"),
        *(f"/{kind}.csv" for kind in ("actions", "proposals", "meetings"))]  # fmt: skip
    return [path for path in pages if WORDS in reader.client.get(path, buffered=True).get_data(as_text=True)]


@pytest.mark.parametrize(
    ("kind", "start", "level"),
    [
        *(("sqlite", start, "top_secret") for start in ("whole", "part")),
        *(
            pytest.param("sqlite", *each, marks=pytest.mark.long)
            for each in product(["line", "whole", "part", "grandchild"], ["restricted", "top_secret"])
        ),
        ("postgresql", "line", "top_secret"),
        ("postgresql", "grandchild", "restricted"),
    ],
)
def test_all_related_rows_are_raised_whichever_is_classified(
    start: str, level: str, related: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    assert set(levels(session, related).values()) == {"ordinary"}
    assert len(pages_with_words(visit.as_(READER), related)) > len(related)
    kind, number = related[start]

    assert classify(visit.as_(SECRETARIAT), f"/classification/{kind}/{number}", level) == 303

    assert levels(session, related) == dict.fromkeys(related, level)
    assert pages_with_words(visit.as_(READER), related) == []


@pytest.mark.parametrize("start", ["whole", "part"])
def test_a_whole_and_its_part_are_raised_with_each_other_without_a_common_line(
    visit: Visitor, session: Session, start: str
) -> None:
    clear(session, SECRETARIAT)
    whole = session.scalars(
        select(Proposal).filter_by(classification="ordinary", status="submitted").order_by(Proposal.id)
    ).first()
    browser, path = visit.as_(SECRETARIAT), f"/proposals/{whole.id}/split"
    browser.submit(browser.get(path), path, reason="Dua hal", **{"parts-0-title_id": WORDS, "parts-0-gist_id": WORDS})
    rows = {"whole": ("proposals", whole.id), "part": ("proposals", newest(session, Proposal))}
    proposal_ids = [number for _, number in rows.values()]
    session.execute(delete(StatementProposal).where(StatementProposal.proposal_id.in_(proposal_ids)))

    assert classify(browser, f"/classification/proposals/{rows[start][1]}", "restricted") == 303

    assert levels(session, rows) == dict.fromkeys(rows, "restricted")


def text_within(page: Page, selector: str) -> str:
    return " ".join(element.get_text(" ", strip=True) for element in page.soup.select(selector))


@pytest.mark.one_database
def test_the_page_lists_what_will_be_raised_and_lets_one_leave_some(
    related: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    browser, path = visit.as_(SECRETARIAT), f"/classification/proposals/{related['part'][1]}"
    codes = {name: session.get_one(MODELS[kind], number).code
             for name, (kind, number) in related.items() if kind != "statements"}  # fmt: skip

    page = browser.get(path)

    offered = text_within(page, "#left")
    assert [name for name, code in codes.items() if code in offered] == ["whole", "grandchild", "action"]
    assert "R-" in offered  # the line
    assert "tidak dapat ditarik kembali" in page.text
    left = [f"proposal:{related['whole'][1]}", f"statement:{related['line'][1]}"]
    answer = browser.submit(page, path, classification="secret", reason="Menyangkut saksi", left=left)
    assert answer.status == 303
    after = levels(session, related)
    assert {name for name, level in after.items() if level == "secret"} == {"part", "grandchild", "action"}
    assert {after["line"], after["whole"]} == {"ordinary"}


@pytest.mark.one_database
def test_the_page_lists_other_places_with_the_same_words(
    related: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get(NEW), NEW, kind="remark", gist_id=WORDS)
    other = newest(session, Statement)

    page = browser.get(f"/classification/proposals/{related['whole'][1]}")

    assert page.soup.select(f"#same a[href$='/meetings/statements/{other}']")


def test_hidden_related_rows_are_raised_without_being_listed(
    related: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    hidden = related["grandchild"][1]
    session.execute(update(Proposal).filter_by(id=hidden).values(classification="restricted", recorded_by_id=None))
    session.commit()
    browser, path = visit.as_(SECRETARIAT), f"/classification/proposals/{related['whole'][1]}"
    code = session.scalar(select(Proposal.code).filter_by(id=hidden))

    page = browser.get(path)
    assert code not in page.text
    fields = {"classification": "secret", "reason": "Menyangkut saksi"}
    assert browser.submit(page, path, **fields).status == 303

    assert session.scalar(select(Proposal.classification).filter_by(id=hidden)) == "secret"


def test_lines_of_a_raised_meeting_keep_their_own_classification(
    related: dict[str, tuple[str, int]], visit: Visitor, session: Session
) -> None:
    assert classify(visit.as_(SECRETARIAT), "/classification/meetings/1", "restricted") == 303

    after = levels(session, related)
    assert after.pop("line") == "ordinary"
    assert set(after.values()) == {"restricted"}
