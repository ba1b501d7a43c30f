"""The live minutes in a real browser: counted keys, a lost connection, an ended sign-in, two at once."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import NullPool, create_engine, text

from tests.journeys.conftest import sign_in
from tests.visitor import PASSWORDS, SECRETARIAT
from tracker.demo.real_meeting import SOURCE, in_spoken_order

TOLD = json.loads(SOURCE.read_text())
PEOPLE = {row["code"]: row["name"] for row in TOLD["persons"]}
MARKS = {"proposal": "u ", "directive": "a ", "hope": "h ", "remark": "", "exhortation": ""}
ROLE_MARKS = {"chair": "p ", "accompanying": "d ", "participant": ""}
SAVED = re.compile(r"tersimpan \d\d\.\d\d\.\d\d")


class Typist:
    """Types on the keyboard alone, and counts the keys that are not content."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.beyond = 0

    def content(self, words: str) -> None:
        self.page.keyboard.insert_text(words)

    def keys(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.beyond += len(words)

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.beyond += 1


def new_meeting(page: Page) -> str:
    page.goto("/meetings/new")
    page.fill("[name=name_id]", TOLD["meeting"]["name"]["id"])
    page.fill("[name=date]", TOLD["meeting"]["date"])
    page.click("main .form-actions .btn-primary")
    expect(page.locator("main .hints")).to_contain_text(TOLD["meeting"]["name"]["id"])  # in the example data
    page.click("main .form-actions .btn-primary")
    page.wait_for_url(re.compile(r"/meetings/\d+$"))
    return page.url.rsplit("/", 1)[1] + "/minutes"


def said() -> list[tuple[str, str, str]]:
    """(kind, who, the words as typed) for the twelve statements of the real meeting, in the source's order."""
    lines = []
    for row in in_spoken_order(TOLD):
        kind = row.get("kind", "proposal")
        who = [each["person"] for each in row.get("proponents", [])] or ([row["speaker"]] if row.get("speaker") else [])
        names = " ".join(f"@{PEOPLE[code].rsplit(' ')[-1][0].lower()}" for code in who)
        words = f"“{row['quote']}”" if row.get("quote") else row.get("text_as_written") or row["paraphrase_as_written"]
        lines.append((MARKS[kind], names, words))
    return lines


def open_minutes(page: Page, address: str = "1/minutes") -> None:
    page.goto(f"/meetings/{address}")
    expect(page.locator("#line")).to_be_focused()


def test_the_real_meeting_is_logged_by_keyboard_alone(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    open_minutes(page, new_meeting(page))
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    typist = Typist(page)

    typist.press("Shift+Tab", 4)  # from the box past the agenda to the roll-call
    for row in TOLD["attendance"]:
        typist.keys(ROLE_MARKS[row["role"]])
        name = PEOPLE.get(row["person"])
        typist.content(f"{name}, {row['post_as_written']}" if name else row["post_as_written"])
        typist.press("Enter")
    expect(page.locator("[data-part=roll] li")).to_have_count(9)
    expect(page.locator("[data-part=roll]")).to_contain_text("Kasubdit Instrumen HAM Kelompok Rentan")
    typist.press("Tab", 4)
    expect(page.locator("#line")).to_be_focused()
    for mark, names, words in said():
        typist.keys(f"{mark}{names} " if names else mark)
        typist.content(words)
        typist.press("Enter")
    expect(page.locator("[data-line]")).to_have_count(12)
    expect(page.locator("[data-state]")).to_have_text(SAVED)

    assert loads == []
    assert typist.beyond <= 90, typist.beyond
    page.reload()
    shown = page.locator("[data-line] .quote, [data-line] .gist").all_text_contents()
    assert shown == [re.sub("^“(.*)”$", r"\1", words, flags=re.DOTALL) for _, _, words in said()]
    assert page.locator("[data-line] .badge", has_text="Usulan").count() == 5
    print(f"keys beyond the content: {typist.beyond}")  # noqa: T201  # the figure the closing note gives


def test_lines_typed_without_a_connection_are_kept_and_sent_on_return(page: Page, faults: list[str]) -> None:
    sign_in(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()
    page.context.set_offline(True)

    for words in ("baris pertama luring", "u @r usulan luring"):
        page.keyboard.insert_text(words)
        page.keyboard.press("Enter")
    page.keyboard.insert_text("belum selesai")
    expect(page.locator("[data-banner]")).to_be_visible()
    page.context.set_offline(False)

    expect(page.locator("[data-line]")).to_have_count(before + 2, timeout=15000)
    expect(page.locator("[data-banner]")).to_be_hidden()
    expect(page.locator("[data-state]")).to_have_text(SAVED, timeout=15000)
    assert page.locator("#line").input_value() == "belum selesai"
    page.reload()
    assert page.locator("#line").input_value() == "belum selesai"
    assert page.locator("[data-line] .gist").all_text_contents()[-2:] == ["baris pertama luring", "usulan luring"]
    faults[:] = [fault for fault in faults if "ERR_INTERNET_DISCONNECTED" not in fault]


@pytest.mark.parametrize(("classification", "is_kept"), [("ordinary", True), ("restricted", False)])
def test_only_ordinary_meetings_leave_a_draft_in_the_browser(
    page: Page, app_url: str, faults: list[str], classification: str, is_kept: bool
) -> None:
    with create_engine(app_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE account SET clearance = 'top_secret'"))
        connection.execute(
            text(
                "UPDATE meeting SET classification = :c, recorded_by_id = (SELECT id FROM account WHERE username = :u)"
            ),
            {"c": classification, "u": SECRETARIAT},
        )
    sign_in(page, SECRETARIAT)
    open_minutes(page)
    page.context.set_offline(True)

    page.keyboard.insert_text("rahasia")
    page.keyboard.press("Enter")
    expect(page.locator("[data-state]")).to_have_attribute("data-now", "away")

    kept = page.evaluate("Object.values(localStorage).some((value) => value.includes('rahasia'))")
    assert kept is is_kept
    page.context.set_offline(False)
    expect(page.locator("[data-state]")).to_have_text(SAVED, timeout=15000)
    assert page.evaluate("Object.values(localStorage).some((value) => value.includes('rahasia'))") is False
    faults[:] = [fault for fault in faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_when_the_sign_in_ends_one_signs_in_over_the_page_and_the_text_stays(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()
    page.context.clear_cookies()

    page.keyboard.insert_text("h harapan yang tidak boleh hilang")
    page.keyboard.press("Enter")
    expect(page.locator("#sign-in-again")).to_be_visible()
    page.fill("#again-username", SECRETARIAT)
    page.fill("#again-password", PASSWORDS[SECRETARIAT])
    page.keyboard.press("Enter")

    expect(page.locator("[data-line]")).to_have_count(before + 1)
    expect(page.locator("[data-line]").last).to_contain_text("harapan yang tidak boleh hilang")
    expect(page.locator("#sign-in-again")).to_be_hidden()


def test_two_browsers_that_change_one_line_both_keep_their_text(chromium: Browser, site: str) -> None:
    pages = []
    for _ in range(2):
        page = chromium.new_context(base_url=site).new_page()
        sign_in(page, SECRETARIAT)
        open_minutes(page)
        pages.append(page)
    mine, theirs = pages
    for page, words, told in ((theirs, "gist <b>mereka</b>", "saved"), (mine, "gist saya", "conflict")):
        line = page.locator("[data-line]").first
        line.locator("summary").click()
        line.locator("[name=gist_id]").fill(words)
        page.keyboard.press("Control+s")
        expect(page.locator("[data-state]")).to_have_attribute("data-now", told)

    line = mine.locator("[data-line]").first
    expect(line.locator(".conflict-text")).to_have_text("gist <b>mereka</b>")
    assert line.locator("[name=gist_id]").input_value() == "gist saya"
    line.locator("[data-change] button[type=submit]").click()
    expect(mine.locator("[data-state]")).to_have_text(SAVED)
    mine.reload()
    expect(mine.locator("[data-line]").first.locator(".gist")).to_have_text("gist saya")
    for page in pages:
        page.context.close()


def test_a_double_click_and_a_hasty_enter_store_once(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()

    page.keyboard.insert_text("sekali saja")
    page.locator("[data-next-line] button[type=submit]").dblclick()
    expect(page.locator("[data-state]")).to_have_text(SAVED)

    page.reload()
    expect(page.locator("[data-line]")).to_have_count(before + 1)


def test_the_keys_move_open_remove_and_put_back(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    open_minutes(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#line").focus()

    page.keyboard.press("ArrowUp")
    last = page.locator("[data-line]").last
    expect(last.locator("details")).to_have_attribute("open", "")
    page.keyboard.press("End")
    page.keyboard.insert_text(" (coba)")
    page.keyboard.press("Escape")
    expect(page.locator("#line")).to_be_focused()
    number = last.get_attribute("data-line")
    last.locator("summary").click()
    last.locator("form[action$=remove] button").click()
    expect(page.locator(f"#line-{number}")).to_have_count(0)
    page.locator("#removed button").click()

    expect(page.locator(f"#line-{number}")).to_have_count(1)
    assert "(coba)" not in page.locator(f"#line-{number}").inner_text()


def test_a_chip_is_changed_by_keyboard_and_counts(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()

    page.keyboard.insert_text("u @r peta jalan penanganan")
    expect(page.locator("[data-understood-here] select[name=kind]")).to_contain_text("Usulan")
    page.keyboard.press("Tab")
    expect(page.locator("[data-understood-here] select[name=kind]")).to_be_focused()
    page.locator("[data-understood-here] select[name=kind]").select_option("hope")
    expect(page.locator("[data-understood-here] select[name=kind]")).to_be_focused()
    page.locator("#line").press("Enter")

    expect(page.locator("[data-line]")).to_have_count(before + 1)
    expect(page.locator("[data-line]").last.locator(".badge")).to_have_text("Harapan")
    expect(page.locator("[data-line]").last).to_contain_text("Razilu")


def test_names_pasted_into_the_roll_call_are_shown_and_confirmed_once(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    open_minutes(page, new_meeting(page))
    names = "p Razilu, Staf Ahli Bidang Ekonomi\nMin Usihen\nKabag PPL\nFulan bin Fulan"
    page.locator("#attendee").evaluate(
        """(field, text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        names,
    )

    page.wait_for_url(re.compile("/paste/names/read$"))
    expect(page.locator("input[type=checkbox]:checked")).to_have_count(4)
    page.locator("main button[type=submit]").click()

    expect(page.locator("[data-part=roll] li")).to_have_count(4)
    expect(page.locator("[data-part=roll] li").first).to_contain_text("Pimpinan rapat")


def test_a_long_text_in_the_box_can_be_cut_and_leaves_the_box(page: Page) -> None:
    sign_in(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()

    page.keyboard.insert_text("“Perlu forum,” ujar Razilu.\nLingga berharap semua hadir.\n“Setuju,” katanya.")
    page.locator("[data-paste-text] button").click()
    expect(page.locator(".piece")).to_have_count(3)
    page.locator("main button[type=submit]").click()

    expect(page.locator("[data-line]")).to_have_count(before + 3)
    assert page.locator("#line").input_value() == ""
