"""Following from the page of a thing, and what it tells there."""

import pytest

from tests.visitor import READER, SECRETARIAT, Visitor


@pytest.mark.parametrize("things", ["meetings", "targets"])
@pytest.mark.parametrize("username", [READER, SECRETARIAT])
def test_a_thing_is_followed_from_its_page_and_stands_on_the_home_page(
    visit: Visitor, things: str, username: str
) -> None:
    browser, address, button = visit.as_(username), f"/{things}/1", f"/follow/{things}/1"
    listed = "#followed a"
    before = browser.get("/").all_of(listed)

    page = browser.follow(browser.submit(browser.get(address), button))

    assert "Tidak ada perubahan sejak" in page.text_of("#changed")
    assert len(browser.get("/").all_of(listed)) == len(before) + 1
    browser.submit(page, button)
    assert browser.get("/").all_of(listed) == before


def test_what_changed_in_the_words_of_a_followed_meeting_is_told_on_its_page(visit: Visitor) -> None:
    reader = visit.as_(READER)
    reader.submit(reader.get("/meetings/1"), "/follow/meetings/1")
    secretariat = visit.as_(SECRETARIAT)
    secretariat.submit(secretariat.get("/meetings/1/edit"), "/meetings/1/edit", name_id="Rapat berganti nama")

    reader = visit.as_(READER)
    page = reader.get("/meetings/1")
    assert "berganti" in page.text_of("#changed ins, #changed .changed-words")
