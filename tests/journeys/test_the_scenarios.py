"""S1 to S3 as a person does them, in a real browser."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in_unseen
from tests.visitor import ADMIN, SECRETARIAT
from tracker.demo.real_meeting import SOURCE

TOLD = json.loads(SOURCE.read_text())
PEOPLE = {row["code"]: row["name"] for row in TOLD["persons"]}


def search(page: Page, name: str, words: str) -> None:
    """Type into a field that searches, and take the first row."""
    page.fill(f"[name='{name}-typed']", words)
    options = page.locator("[role=option]")  # not those of select fields
    expect(options.first).to_contain_text(words)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(options).to_have_count(0)


def listed(row: dict[str, Any]) -> str:
    """A line of the pasted list of names."""
    name = f"{PEOPLE[row['person']]}, " if row["person"] else ""
    return f"{'p ' if row['role'] == 'chair' else ''}{name}{row['post_as_written']}"


def unfold(page: Page, words: str) -> None:
    page.click(f"main summary:has-text('{words}')")


def choose(page: Page, name: str, words: str) -> None:
    """Choose the option whose label starts with `words`."""
    options = page.locator(f"[name='{name}'] option")
    value = next(o.get_attribute("value") for o in options.all() if (o.text_content() or "").strip().startswith(words))
    page.select_option(f"[name='{name}']", value)


def test_s1_log_a_meeting_from_its_press_release(page: Page) -> None:
    meeting = TOLD["meeting"]
    page.emulate_media(reduced_motion="reduce")  # pages go to their anchor at once, not gliding after they have loaded
    sign_in_unseen(page, SECRETARIAT)
    page.goto("/meetings/new")
    page.fill("[name=name_id]", meeting["name"]["id"])
    unfold(page, "Dalam bahasa Inggris")
    page.fill("[name=name_en]", meeting["name"]["en"])
    page.fill("[name=date]", meeting["date"])
    unfold(page, "Sumber dan penulisan asli")
    page.fill("[name=time_as_written]", meeting["time_as_written"])
    page.fill("[name=weekday_as_written]", meeting["weekday_as_written"])
    page.fill("[name=venue]", meeting["venue"]["name"])
    page.select_option("[name=source_type]", "press_release")
    page.fill("[name=source_url]", meeting["source"]["url"])
    search(page, "people", PEOPLE[TOLD["attendance"][0]["person"]])
    unfold(page, "Tempel daftar nama")
    page.fill("[name=names]", "\n".join(map(listed, TOLD["attendance"])))
    page.click("main .form-actions .btn-primary")
    expect(page.locator("main .hints")).to_contain_text(meeting["name"]["id"])  # in the example data
    page.click("main .form-actions .btn-primary")

    expect(page.locator("#line")).to_be_focused()
    address = page.url.removesuffix("/minutes")
    page.goto(f"{address}/people")
    expect(page.locator("#attendance .seat")).to_have_count(9)
    page.goto(address)
    for row in TOLD["statements"]:
        statement(page, row["kind"], row.get("quote"), row.get("paraphrase_as_written"), row["speaker"])
    for row in TOLD["proposals"]:
        speaker = next((who["person"] for who in row["proponents"] if who["attribution"] == "quoted"), None)
        statement(page, "proposal", row.get("quote"), row.get("text_as_written"), speaker, title=row["title"]["id"])

    expect(page.locator(".spoken")).to_have_count(12)
    expect(page.locator("main")).to_contain_text("Rabu, 21 Oktober 2020")
    expect(page.locator("main")).to_contain_text("Disusun dari siaran pers; belum disahkan.")
    assert page.locator(f"a[href='{meeting['source']['url']}']").count() == 1
    page.goto(f"{address}/outcomes")
    expect(page.locator("#proposals .outcome")).to_have_count(5)
    expect(page.locator("#decisions")).to_contain_text("Belum ada keputusan")
    expect(page.locator("#actions")).to_contain_text("Belum ada tindak lanjut")

    page.click("summary.initials")
    page.click("button[name=language][value=en]")
    expect(page.locator("#decisions")).to_contain_text("No decision yet")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Wednesday, 21 October 2020")


def statement(
    page: Page, kind: str, quote: str | None, gist: str | None, speaker: str | None, title: str | None = None
) -> None:
    """Add a statement with the form to which the end of the minutes leads."""
    before = page.locator(".spoken").count()
    page.click("#next-statement a")
    form = page.locator("main form")
    form.locator("[name=kind]").select_option(kind)
    form.locator("[name=quote]").fill(quote or "")
    form.locator("[name=gist_id]").fill(gist or "")
    if speaker:
        choose(page, "speaker", PEOPLE[speaker])
    for details in form.locator("details").all():
        if details.get_attribute("open") is None:
            details.locator("summary").click()
    if title:
        form.locator("[name=title_id]").fill(title)
    form.locator("button[type=submit]").click()
    expect(page.locator(".spoken")).to_have_count(before + 1)
    page.wait_for_load_state()  # fonts and the way to the anchor move what is pressed next


def test_s2_a_name_is_suggested_for_a_post_and_stored_if_accepted(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.goto("/meetings/1/people")
    row = page.locator("#attendance .seat", has_text="Sekretaris Direktorat Jenderal HAM")
    expect(page.locator("#attendance .empty-line")).to_contain_text("Nama pemangku 6 jabatan belum ditetapkan.")
    expect(row.locator(".offer")).to_contain_text("RR. Risma Indriyani")

    row.locator(".offer button").click()

    expect(row.locator(".offer")).to_have_count(0)
    expect(row).to_contain_text("RR. Risma Indriyani")
    expect(page.locator("#attendance .empty-line")).to_contain_text("Nama pemangku 5 jabatan belum ditetapkan.")


@pytest.mark.long
def test_s2_similar_names_cause_a_warning(page: Page) -> None:
    sign_in_unseen(page, ADMIN)
    page.goto("/people/new")
    page.fill("[name=name]", "Risma Indriani")
    page.click("main form button[type=submit]")

    expect(page.locator("main")).to_contain_text("Risma Indriyani")
    expect(page.locator("[name=name]")).to_have_value("Risma Indriani")
    page.check("[name=is_someone_else]")
    page.click("main form button[type=submit]")
    expect(page.locator("h1")).to_contain_text("Risma Indriani")


@pytest.mark.long
def test_s3_a_contradicting_weekday_causes_a_warning_and_the_form_keeps_its_values(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.goto("/meetings/new")
    page.fill("[name=name_id]", "Monev HAM berat")
    page.fill("[name=date]", "2020-12-03")
    unfold(page, "Sumber dan penulisan asli")
    page.fill("[name=weekday_as_written]", "Jumat")
    page.click("main .form-actions .btn-primary")

    expect(page.locator(".error-summary")).to_contain_text("Kamis")
    expect(page.locator("[name=name_id]")).to_have_value("Monev HAM berat")
    page.fill("[name=date_note]", "Sumber menulis Jumat.")
    page.click("main .form-actions .btn-primary")

    expect(page.locator("main")).to_contain_text("Kamis, 3 Desember 2020")
