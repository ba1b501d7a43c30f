"""Following, and the changes shown on the page of what is followed."""

import pytest

from tests.visitor import READER, SECRETARIAT, Visitor


@pytest.mark.parametrize("subject_kind", ["meetings", "targets"])
@pytest.mark.parametrize("username", [READER, SECRETARIAT])
def test_following_lists_a_row_on_the_home_page_until_it_is_unfollowed(
    visit: Visitor, subject_kind: str, username: str
) -> None:
    browser, path, follow_path = visit.as_(username), f"/{subject_kind}/1", f"/follow/{subject_kind}/1"
    links = "#followed a"
    before = browser.get("/").all_of(links)

    page = browser.follow(browser.submit(browser.get(path), follow_path))

    assert "Tidak ada perubahan sejak" in page.text_of("#changed")
    assert len(browser.get("/").all_of(links)) == len(before) + 1
    browser.submit(page, follow_path)
    assert browser.get("/").all_of(links) == before


def test_the_page_of_a_followed_meeting_shows_changed_words(visit: Visitor) -> None:
    reader = visit.as_(READER)
    reader.submit(reader.get("/meetings/1"), "/follow/meetings/1")
    secretariat = visit.as_(SECRETARIAT)
    secretariat.submit(secretariat.get("/meetings/1/edit"), "/meetings/1/edit", name_id="Rapat berganti nama")

    reader = visit.as_(READER)
    page = reader.get("/meetings/1")
    assert "berganti" in page.text_of("#changed ins, #changed .changed-words")
