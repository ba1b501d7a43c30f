"""Proposals of similar meaning: found by a vector, folded, never beyond what the reader may see."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bench import meaning
from tests.visitor import ADVISER, READER, Visitor
from tracker.core import analysis
from tracker.core.background import jobs
from tracker.proposals.models import Proposal
from tracker.search.models import ProposalMeaning

#: A question without any word of the proposal of the forum.
QUESTION = "hukuman+jangan+dibiarkan+zqx"
PAGES = (f"/proposals/earlier?text={QUESTION}", f"/proposals/proposed-before?text={QUESTION}", f"/search?q={QUESTION}")


class OneMeaning:
    """Stands for the model: whatever contains “forum nasional”, or “zqx”, means the same, and the rest nothing."""

    name = "one meaning"

    def __init__(self) -> None:
        self.read: list[str] = []

    def of_passages(self, texts: Sequence[str]) -> list[bytes]:
        self.read += texts
        return [self.of_question(text) for text in texts]

    def of_question(self, text: str) -> bytes:
        return bytes(["forum nasional" in text.lower() or "zqx" in text])

    def similarities(self, question: bytes, passages: Sequence[bytes]) -> list[float]:
        return [float(question == passage) for passage in passages]


@pytest.fixture
def embedding(app: Flask) -> OneMeaning:
    app.extensions["embedding"] = OneMeaning()
    return app.extensions["embedding"]


@pytest.fixture
def work(app: Flask) -> Callable[[], None]:
    def work() -> None:
        with app.app_context():
            for job in jobs():
                job()

    return work


def test_without_the_extra_pages_are_as_before(visit: Visitor, work: Callable[[], None], session: Session) -> None:
    work()

    assert session.scalar(select(func.count()).select_from(ProposalMeaning)) == 0
    for path in PAGES:
        assert "related" not in visit.as_(READER).client.get(path).get_data(as_text=True), path


def test_related_proposals_are_folded_and_only_shown_to_who_may_see_them(
    visit: Visitor, embedding: OneMeaning, work: Callable[[], None], session: Session
) -> None:
    work()
    for path in PAGES:
        answer = visit.as_(READER).client.get(path).get_data(as_text=True)
        assert '<details class="fold" id="related">' in answer, path
        assert "U-2020-001" in answer, path

    session.execute(update(Proposal).where(Proposal.id == 1).values(classification="restricted"))
    for path in PAGES:
        assert "U-2020-001" not in visit.as_(READER).client.get(path).get_data(as_text=True), path
        assert "U-2020-001" in visit.as_(ADVISER).client.get(path).get_data(as_text=True), path


def test_the_worker_calculates_only_texts_that_changed(
    embedding: OneMeaning, work: Callable[[], None], session: Session
) -> None:
    work()
    count = len(embedding.read)
    assert count > 1
    work()
    assert len(embedding.read) == count

    session.execute(update(Proposal).where(Proposal.id == 1).values(version=Proposal.version + 1))
    work()
    assert len(embedding.read) == count, "the same text is not calculated again"

    changed = {"title_id": "Judul baru", "version": Proposal.version + 1}
    session.execute(update(Proposal).where(Proposal.id == 1).values(changed))
    work()
    assert [text.startswith("Judul baru. ") for text in embedding.read[count:]] == [True]


@pytest.mark.one_database
def test_the_spoken_questions_of_the_measurement_share_no_stem_with_what_they_mean() -> None:
    def stems(text: str) -> set[str]:
        return {analysis.stem(token) for token in analysis.tokens(text) if token not in analysis.STOP_WORDS}

    pairs = meaning.pairs()

    assert len(pairs) == 100
    assert 30 <= sum(pair.is_held_out for pair in pairs) <= 70
    assert [pair.spoken for pair in pairs if stems(pair.spoken) & stems(f"{pair.title} {pair.gist}")] == []
