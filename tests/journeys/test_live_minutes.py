"""The live minutes in a browser: number of keys, lost connections, expired sessions, simultaneous edits."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import NullPool, create_engine, text

from tests.journeys.conftest import sign_in, sign_in_unseen
from tests.visitor import ADMIN, PASSWORDS, SECRETARIAT
from tracker.demo.real_meeting import SOURCE, in_spoken_order

SOURCE_DATA = json.loads(SOURCE.read_text())
PEOPLE = {row["code"]: row["name"] for row in SOURCE_DATA["persons"]}
MARKS = {"proposal": "u", "directive": "a", "hope": "h", "remark": "", "exhortation": "j"}
#: The targets in the titles: the sign of an effect precedes the text of the target or a few of its letters.
TARGETS_IN_TITLES = {
    "U1": [("penanganan", "+penanganan"), ("menteri", "menteri +rens")],
    "U2": [("penilaian KKPHAM", "penilaian KKPHAM ~ka")],
    "U3": [("kinerja", "kinerja =dr")],
    "U4": [("Ratifikasi", "*Ratifikasi")],
    "U5": [("Tindak", "*Tindak")],
}
ROLE_PREFIXES = {"chair": "p ", "accompanying": "d ", "participant": ""}
SAVED = re.compile(r"tersimpan \d\d\.\d\d\.\d\d")


class Typist:
    """Types and counts the keys that are not content."""

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

    def title(self, row: dict[str, Any]) -> None:
        """Its words are content, what names the targets in it is not."""
        plain = signed = row["title"]["id"]
        for words, with_sign in TARGETS_IN_TITLES[row["code"]]:
            signed = signed.replace(words, with_sign)
        self.content(signed)
        self.beyond += len(signed) - len(plain)
        self.keys("|")


def new_meeting(page: Page) -> str:
    page.goto("/meetings/new")
    page.fill("[name=name_id]", SOURCE_DATA["meeting"]["name"]["id"])
    page.fill("[name=date]", SOURCE_DATA["meeting"]["date"])
    page.click("main .form-actions .btn-primary")
    expect(page.locator("main .hints")).to_contain_text(SOURCE_DATA["meeting"]["name"]["id"])  # in the example data
    page.click("main .form-actions .btn-primary")
    page.wait_for_url(re.compile(r"/meetings/\d+/minutes$"))
    return page.url.rsplit("/", 2)[1] + "/minutes"


def open_minutes(page: Page, address: str = "1/minutes") -> None:
    page.goto(f"/meetings/{address}")
    expect(page.locator("#line")).to_be_focused()


def reading(page: Page) -> str:
    """The text of the chips, once it matches the input."""
    expect(page.locator("[data-reading] select[name=kind]")).to_be_visible()
    return page.locator("[data-reading]").inner_text()


def type_the_line(typist: Typist, row: dict[str, Any], *, above: list[str]) -> list[str]:
    """Type a line of the real meeting and return its speakers. `above` are the speakers of the line above."""
    who = [each["person"] for each in row.get("proponents", [])] or ([row["speaker"]] if row.get("speaker") else [])
    typist.keys(MARKS[row.get("kind", "proposal")])
    if row.get("speaker_note"):
        typist.keys("@")
        typist.content(row["speaker_note"].replace(" ", "_"))
    typist.keys("@" if who == above else "".join(f"@{PEOPLE[code].split()[-1][0].lower()}" for code in who))
    if any(row["code"] in other.get("motivated_by", []) for other in SOURCE_DATA["proposals"]):
        typist.keys("<")
    if row.get("on_behalf_of"):
        typist.keys("/")
        typist.content(row["on_behalf_of"])
    begins_with_sign = bool(row.get("title")) and TARGETS_IN_TITLES[row["code"]][0][1].startswith("*")
    if (row.get("title") or not row.get("quote")) and not (who == above and begins_with_sign):
        typist.keys(" ")
    if row.get("title"):
        typist.title(row)
    typist.content(
        f"“{row['quote']}”" if row.get("quote") else row.get("text_as_written") or row["paraphrase_as_written"]
    )
    for sign, name in (("<", "origin_note"), ("|", "recorder_note")):
        if row.get(name):
            typist.keys(sign)
            typist.content(row[name])
    typist.press("Enter")
    return who


def test_the_real_meeting_is_logged_using_only_the_keyboard(page: Page, app_url: str) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page, new_meeting(page))
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    typist = Typist(page)

    typist.press("Alt+r")
    expect(page.locator("#attendee")).to_be_focused()
    for row in SOURCE_DATA["attendance"]:
        typist.keys(ROLE_PREFIXES[row["role"]])
        name = PEOPLE.get(row["person"])
        typist.content(f"{name}, {row['post_as_written']}" if name else row["post_as_written"])
        typist.press("Control+Enter" if row is SOURCE_DATA["attendance"][-1] else "Enter")
    expect(page.locator("#line")).to_be_focused()
    expect(page.locator("[data-part=roll] li")).to_have_count(9, timeout=30000)
    expect(page.locator("[data-part=roll]")).to_contain_text("Kasubdit Instrumen HAM Kelompok Rentan")
    speaking: list[str] = []
    for row in in_spoken_order(SOURCE_DATA):
        speaking = type_the_line(typist, row, above=speaking)
    expect(page.locator("[data-line]")).to_have_count(12, timeout=30000)
    expect(page.locator("[data-state]")).to_have_text(SAVED)

    assert loads == []
    assert typist.beyond <= 90, typist.beyond
    number = int(page.url.split("/")[-2])
    assert stored(app_url, number) == source_statements()
    print(f"keys beyond the content: {typist.beyond}")  # noqa: T201  # the number in ADR 50


def source_statements() -> list[dict[str, Any]]:
    """Statements of the real meeting as in its source file."""
    targets = {row["code"]: row["name"]["id"] for row in SOURCE_DATA["targets"]}
    rows = []
    for row in in_spoken_order(SOURCE_DATA):
        who = [each["person"] for each in row.get("proponents", [])]
        first = next(iter(who), row.get("speaker"))
        led_to = [
            proposal["title"]["id"]
            for proposal in SOURCE_DATA["proposals"]
            if row["code"] in proposal.get("motivated_by", [])
        ]
        rows.append({
            "kind": row.get("kind", "proposal"), "quote": row.get("quote"),
            "gist": row.get("text_as_written") or row.get("paraphrase_as_written"), "speaker": PEOPLE.get(first),
            "speaker_note": row.get("speaker_note"), "on_behalf_of": row.get("on_behalf_of"),
            "origin_note": row.get("origin_note"), "recorder_note": row.get("recorder_note"),
            "has_sic": row.get("has_sic", False), "title": row.get("title", {}).get("id"), "led_to": led_to,
            "proponents": {PEOPLE[each["person"]]: each["attribution"] for each in row.get("proponents", [])},
            "links": {targets[link["target"]]: link["effect"] for link in row.get("links", [])},
        })  # fmt: skip
    return rows


def stored(app_url: str, meeting_id: int) -> list[dict[str, Any]]:
    """Statements of the real meeting as in the database."""
    with create_engine(app_url, poolclass=NullPool).connect() as connection:

        def ask(question: str, number: int) -> list[Any]:
            return list(connection.execute(text(question), {"n": number}))

        lines = ask(
            "SELECT s.id, s.kind, s.quote, s.gist_id, p.name, s.speaker_note, s.on_behalf_of, s.origin_note,"
            " s.recorder_note, s.has_sic FROM statement s LEFT JOIN attendance a ON a.id = s.speaker_id"
            " LEFT JOIN person p ON p.id = a.person_id WHERE s.meeting_id = :n ORDER BY s.place", meeting_id,
        )  # fmt: skip
        rows = []
        for line in lines:
            bearings = ask(
                "SELECT x.bearing, o.id, o.title_id FROM statement_proposal x JOIN proposal o ON o.id = x.proposal_id"
                " WHERE x.statement_id = :n", line.id,
            )  # fmt: skip
            raised = next((link for link in bearings if link.bearing == "raises"), None)
            number = raised.id if raised else 0
            rows.append({
                "kind": line.kind, "quote": line.quote, "gist": line.gist_id, "speaker": line.name,
                "speaker_note": line.speaker_note, "on_behalf_of": line.on_behalf_of, "origin_note": line.origin_note,
                "recorder_note": line.recorder_note, "has_sic": bool(line.has_sic),
                "title": raised.title_id if raised else None,
                "led_to": [link.title_id for link in bearings if link.bearing == "motivates"],
                "proponents": {proponent.name: proponent.attribution for proponent in ask(
                    "SELECT p.name, q.attribution FROM proposal_proponent q JOIN person p ON p.id = q.person_id"
                    " WHERE q.proposal_id = :n", number)},
                "links": {target.name_id: target.effect for target in ask(
                    "SELECT t.name_id, l.effect FROM proposal_target_link l JOIN target t ON t.id = l.target_id"
                    " WHERE l.proposal_id = :n AND l.state = 'suggested'", number)},
            })  # fmt: skip
    return rows


def test_lines_typed_offline_are_sent_when_the_connection_returns(page: Page, faults: list[str]) -> None:
    sign_in_unseen(page, SECRETARIAT)
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
def test_only_ordinary_meetings_store_a_draft_in_the_browser(
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
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    page.context.set_offline(True)

    page.keyboard.insert_text("rahasia")
    page.keyboard.press("Enter")
    expect(page.locator("[data-state]")).to_have_attribute("data-now", "away")

    is_stored = page.evaluate("Object.values(localStorage).some((value) => value.includes('rahasia'))")
    assert is_stored is is_kept
    page.context.set_offline(False)
    expect(page.locator("[data-state]")).to_have_text(SAVED, timeout=15000)
    assert page.evaluate("Object.values(localStorage).some((value) => value.includes('rahasia'))") is False
    faults[:] = [fault for fault in faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_after_the_session_ends_one_signs_in_on_the_page_and_keeps_the_text(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
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


def test_two_browsers_editing_the_same_line_both_keep_their_text(chromium: Browser, site: str) -> None:
    pages = []
    for _ in range(2):
        page = chromium.new_context(base_url=site, service_workers="block").new_page()
        sign_in_unseen(page, SECRETARIAT)
        open_minutes(page)
        pages.append(page)
    mine, theirs = pages
    for page in pages:
        page.locator("[data-line] [data-edit]").first.click()
        expect(page.locator("[name=gist_id]")).to_be_visible()
    for page, words, source_statements in ((theirs, "gist <b>mereka</b>", "saved"), (mine, "gist saya", "conflict")):
        page.locator("[name=gist_id]").fill(words)
        page.keyboard.press("Control+s")
        expect(page.locator("[data-state]")).to_have_attribute("data-now", source_statements)

    line = mine.locator("[data-line]").first
    expect(line.locator(".conflict-text")).to_have_text("gist <b>mereka</b>")
    assert line.locator("[name=gist_id]").input_value() == "gist saya"
    line.locator("[data-change] .btn-primary").click()
    expect(mine.locator("[data-state]")).to_have_text(SAVED)
    mine.reload()
    expect(mine.locator("[data-line]").first.locator(".gist")).to_have_text("gist saya")
    for page in pages:
        page.context.close()


@pytest.mark.long
def test_a_double_click_or_double_enter_stores_a_line_once(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()

    page.keyboard.insert_text("sekali saja")
    page.locator("[data-composer] button[type=submit]").dblclick()
    expect(page.locator("[data-state]")).to_have_text(SAVED)

    page.reload()
    expect(page.locator("[data-line]")).to_have_count(before + 1)


@pytest.mark.long
def test_shortcuts_move_open_remove_and_restore_lines(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    page.keyboard.press("Control+/")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#line").focus()

    page.keyboard.press("ArrowUp")
    last = page.locator("[data-line]").last
    expect(last.locator("textarea:focus")).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.insert_text(" (coba)")
    page.keyboard.press("Escape")
    expect(last.locator("[data-editor]")).to_have_count(0)
    number = last.get_attribute("data-line")
    last.locator("[data-edit]").click()
    last.locator("[formaction$=remove]").click()
    expect(page.locator(f"#line-{number}")).to_have_count(0)
    page.locator("#removed button").click()

    expect(page.locator(f"#line-{number}")).to_have_count(1)
    assert "(coba)" not in page.locator(f"#line-{number}").inner_text()


@pytest.mark.long
def test_a_question_mark_is_text_in_the_input_and_opens_the_shortcuts_elsewhere(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)

    page.keyboard.type("?")
    assert page.locator("#line").input_value() == "?"
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("h1").click()
    page.locator("[data-show-keys]").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("delay", [0, *(pytest.param(delay, marks=pytest.mark.long) for delay in (80, 200))])
def test_the_kind_can_be_chosen_by_typing_in_its_chip(page: Page, delay: int) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()

    page.keyboard.type("mari kita kerja", delay=delay)
    reading(page)
    page.keyboard.press("Tab")
    expect(page.locator("[data-reading] select[name=kind]")).to_be_focused()
    page.keyboard.type("Aj", delay=delay)
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-line]")).to_have_count(before + 1)
    expect(page.locator("[data-line] .spoken-kind").last).to_have_text("Ajakan")
    expect(page.locator("#line")).to_be_focused()


@pytest.mark.long
@pytest.mark.parametrize("delay", [0, *(pytest.param(delay, marks=pytest.mark.long) for delay in (80, 200))])
def test_every_chip_can_be_focused_and_keeps_the_focus_while_typing(page: Page, delay: int) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator(".came-of").count()
    page.keyboard.type("k disepakati menyusun naskah")
    page.keyboard.press("Enter")

    page.keyboard.type("t susun naskah akademik 30/11", delay=delay)
    reading(page)
    expect(page.locator("[data-reading] [name=due_on]")).to_be_visible()
    page.locator("[data-reading] [name=speaker]").focus()
    page.keyboard.type("Raz", delay=delay)
    page.locator("[data-reading] [name=due_on]").focus()
    page.keyboard.type("12122020", delay=delay)  # day and month are the same number
    page.keyboard.press("Enter")

    expect(page.locator(".came-of")).to_have_count(before + 1)
    expect(page.locator(".came-of").last).to_contain_text("Razilu")
    expect(page.locator(".came-of").last).to_contain_text("12 Des 2020")


@pytest.mark.long
def test_emptying_a_line_resets_its_chips(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()

    page.keyboard.type("satu")
    reading(page)
    page.locator("[data-reading] select[name=kind]").select_option("hope")
    page.locator("#line").fill("")
    page.keyboard.type("dua")
    page.keyboard.press("Enter")

    expect(page.locator("[data-line]")).to_have_count(before + 1)
    expect(page.locator("[data-line] .spoken-kind").last).to_have_text("Pandangan")


@pytest.mark.long
def test_the_state_is_announced_once_per_sentence(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    page.evaluate(
        """() => {
          window.said = [];
          new MutationObserver(() => window.said.push(document.querySelector("[data-state]").textContent))
            .observe(document.querySelector("[data-state]"), { childList: true, characterData: true, subtree: true });
        }"""
    )

    page.keyboard.type("sebuah kalimat yang agak panjang untuk satu baris", delay=10)
    expect(page.locator("[data-state]")).to_have_text(SAVED)

    said = page.evaluate("window.said")
    assert len(said) <= 4, said


@pytest.mark.long
def test_the_focus_stays_in_the_roll_call_while_noting_attendance(page: Page, app_url: str) -> None:
    with create_engine(app_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE attendance SET status = 'expected' WHERE meeting_id = 1"))
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    came = page.locator("[data-part=roll] [formaction$=present]")
    expect(came).to_have_count(9)

    came.first.focus()
    for left in range(8, 4, -1):
        page.keyboard.press("Enter")
        expect(came).to_have_count(left)
        assert page.evaluate("document.activeElement.closest('[data-part=roll]') !== null")


def test_lines_of_others_appear_within_three_seconds_without_reloading(chromium: Browser, site: str) -> None:
    pages = []
    for _ in range(2):
        page = chromium.new_context(base_url=site, service_workers="block").new_page()
        sign_in_unseen(page, SECRETARIAT)
        open_minutes(page)
        pages.append(page)
    mine, theirs = pages
    responses: list[tuple[str, int]] = []
    mine.on("response", lambda answer: responses.append((answer.url, int(answer.headers.get("content-length", 0)))))
    mine.keyboard.type("yang sedang saya ketik")

    theirs.keyboard.type("baris mereka")
    theirs.keyboard.press("Enter")

    expect(mine.locator("[data-line] .gist").last).to_have_text("baris mereka", timeout=4000)
    assert mine.locator("#line").input_value() == "yang sedang saya ketik"
    expect(mine.locator("#line")).to_be_focused()
    assert max(size for url, size in responses if url.endswith("/changes")) < 4096
    for page in pages:
        page.context.close()


@pytest.mark.long
def test_lines_can_be_moved_split_and_inserted_by_keyboard(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page, new_meeting(page))
    for words in ("pertama", "kedua dan ketiga"):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    gists = page.locator("[data-line] .gist")
    expect(gists).to_have_text(["pertama", "kedua dan ketiga"])

    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-line] textarea:focus")).to_be_visible()
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(gists).to_have_text(["kedua dan ketiga", "pertama"])
    expect(page.locator("[data-line] textarea:focus")).to_be_visible()
    for _ in range(len(" dan ketiga")):
        page.keyboard.press("ArrowLeft")
    page.locator("[data-split]").click()
    expect(gists).to_have_text([re.compile("^kedua$"), re.compile("^ ?dan ketiga$"), "pertama"])

    page.locator("[data-line] [data-line-tools] summary").first.click()
    page.locator("[data-line] [data-insert]").first.click()
    expect(page.locator("#line")).to_be_focused()
    for words in ("di antara", "juga di antara"):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    expect(gists).to_have_count(5)
    expect(gists).to_have_text(["kedua", "di antara", "juga di antara", re.compile("dan ketiga"), "pertama"])


@pytest.mark.long
def test_a_line_sent_after_reconnecting_is_not_replaced_by_the_next_one(page: Page, faults: list[str]) -> None:
    """A line is entered offline, the window is closed, and another line is entered after reopening."""
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    page.keyboard.type("u Baris pertama", delay=60)
    expect(page.locator("[data-state]")).to_have_text(SAVED)
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.close()
    page.context.set_offline(False)

    again = page.context.new_page()
    open_minutes(again)
    expect(again.locator("[data-line] .gist", has_text="Baris pertama")).to_have_count(1)
    again.locator("#line").fill("")
    again.keyboard.type("k Baris kedua disepakati", delay=60)
    again.keyboard.press("Enter")

    expect(again.locator("[data-line] .gist").last).to_have_text("Baris kedua disepakati")
    again.reload()
    shown = again.locator("[data-line] .gist").all_text_contents()
    assert [shown.count(words) for words in ("Baris pertama", "Baris kedua disepakati")] == [1, 1]
    faults[:] = [fault for fault in faults if "ERR_INTERNET_DISCONNECTED" not in fault]


@pytest.mark.long
def test_a_line_entered_in_one_window_disappears_from_the_other(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    page.keyboard.type("setengah kalimat")
    expect(page.locator("[data-state]")).to_have_text(SAVED)
    other = page.context.new_page()
    open_minutes(other)
    assert other.locator("#line").input_value() == "setengah kalimat"

    page.bring_to_front()
    page.keyboard.press("Enter")
    expect(page.locator("[data-line] .gist").last).to_have_text("setengah kalimat")
    other.bring_to_front()

    expect(other.locator("#line")).to_have_value("", timeout=5000)
    other.keyboard.type("yang lain sama sekali")
    other.keyboard.press("Enter")
    expect(other.locator("[data-line] .gist").last).to_have_text("yang lain sama sekali")


def test_nothing_is_sent_as_another_user_who_signed_in_meanwhile(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    other = page.context.new_page()
    other.goto("/account")
    other.locator("form[action='/sign-out'] button").evaluate("button => button.form.requestSubmit()")
    other.wait_for_url("**/sign-in*")
    sign_in(other, ADMIN)

    page.bring_to_front()
    page.keyboard.type("bukan baris admin")
    page.keyboard.press("Enter")
    expect(page.locator("#sign-in-again")).to_be_visible()
    page.fill("#again-username", SECRETARIAT)
    page.fill("#again-password", PASSWORDS[SECRETARIAT])
    other.goto("/account")
    other.locator("form[action='/sign-out'] button").evaluate("button => button.form.requestSubmit()")
    other.wait_for_url("**/sign-in*")
    page.bring_to_front()
    page.keyboard.press("Enter")

    expect(page.locator("#sign-in-again")).to_be_hidden()
    expect(page.locator("[data-line] .gist").last).to_have_text("bukan baris admin")


@pytest.mark.long
def test_names_pasted_into_the_roll_call_are_confirmed_together(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
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


@pytest.mark.long
def test_a_long_text_can_be_split_into_lines(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    before = page.locator("[data-line]").count()

    page.keyboard.insert_text("“Perlu forum,” ujar Razilu.\nLingga berharap semua hadir.\n“Setuju,” katanya.")
    page.locator("[data-paste-text] button").click()
    expect(page.locator(".piece")).to_have_count(3)
    page.locator("main .btn-primary").click()

    expect(page.locator("[data-line]")).to_have_count(before + 3)
    assert page.locator("#line").input_value() == ""


@pytest.mark.long
def test_an_ambiguous_name_in_the_roll_call_is_asked_about_once_and_in_place(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)

    page.locator("#attendee").press_sequentially("Teuku", delay=60)
    page.keyboard.press("Enter")
    expect(page.locator("[data-questions] legend")).to_have_text("Siapa yang dimaksud?")
    expect(page.get_by_text("mungkin sudah ada dalam daftar orang")).to_have_count(1)
    expect(page.locator("[data-questions] input:checked")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("[data-part=roll] li")).to_have_count(10)
    expect(page.locator("[data-part=roll]")).to_contain_text("Teuku Rahman")
    expect(page.locator("[data-questions] legend")).to_have_count(0)
