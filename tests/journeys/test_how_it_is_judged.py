"""The numbers that the pages are judged by: heights, controls, bars in reach, and the tasks of the users in clicks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import create_engine, insert, select

from tests.journeys.conftest import sign_in_unseen
from tests.journeys.test_live_minutes import open_minutes
from tests.visitor import ADMIN, ADVISER, DECISION_MAKER, PASSWORDS, PIC, REVIEWER, SECRETARIAT
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.attachments.rules import AttachmentKind
from tracker.calendar.holidays.rules import WEEK, week_of
from tracker.core import clock
from tracker.meetings.models import AgendaItem

DESK, PHONE, NARROWEST = (1280, 900), (360, 740), (320, 740)
THUMB = 48
#: The head of the site and that of a meeting, on a phone that was scrolled.
TALLEST_HEADS = 112
#: Script: the controls that a keyboard reaches, within an element.
CONTROLS = """within => [...document.querySelectorAll(
    ['a[href]', 'button', 'input', 'select', 'textarea', 'summary'].map(name => `${within} ${name}`).join())]
  .filter(one => one.type !== 'hidden' && !one.disabled && one.tabIndex >= 0)
  .filter(one => one.checkVisibility({visibilityProperty: true})).length"""
#: Script: what the browser fetched for the page, in kB.
WEIGHT = """() => Math.round(['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
  .reduce((sum, one) => sum + one.transferSize, 0) / 1000)"""


class Bar(NamedTuple):
    path: str
    window: tuple[int, int]
    tallest: int
    most_controls: int = 1000
    within: str = "body"


HOME = Bar("/", PHONE, 3_500, 75, "main")
#: With much to show: many events, several promises, merged ones.
RECORDS = [Bar(path, DESK, 2_000, 40) for path in (
    "/proposals/1", "/proposals/6", "/proposals/29", "/proposals/52", "/actions/5", "/actions/77", "/actions/122",
)]  # fmt: skip
#: 12 has 22 proposals, 20 is the document with the most.
TARGETS = [Bar("/targets", DESK, 1_600), Bar("/targets", PHONE, 2_300), Bar("/targets/12", DESK, 2_400),
           Bar("/targets/20", DESK, 1_500)]  # fmt: skip
#: A list of fifty rows; a row has the lines of its title and one more.
LIST = 5_000
LISTS = [
    *(Bar(path, PHONE, LIST) for path in ("/actions?stage=open", "/actions/matrix", "/proposals", "/meetings")),
    *(Bar(path, PHONE, 2_000) for path in ("/people", "/posts", "/units", "/holidays", "/search/synonyms")),
]
#: Pages that are neither lists nor records: three windows of a phone, where they are not one picture or tree.
OTHERS = [
    Bar("/help", PHONE, 1_920), Bar("/targets/20/compare", PHONE, 1_920), Bar("/actions/calendar", PHONE, 2_400),
    Bar("/actions/units", PHONE, 2_400), Bar("/units/1", PHONE, 2_500), Bar("/people/5", PHONE, 2_700),
    Bar("/search?q=pelanggaran+ham", PHONE, 2_900),
]  # fmt: skip
REPORT = f"/reviews/{week_of(clock.today() - WEEK)}"
BARS = {
    SECRETARIAT: [Bar("/meetings/1", DESK, 2_600, 60), *RECORDS, *TARGETS, *LISTS, *OTHERS],
    REVIEWER: [*RECORDS, Bar(REPORT, DESK, 2_600), Bar(REPORT, PHONE, 4_500), Bar(f"{REPORT}/items", PHONE, LIST)],
    DECISION_MAKER: TARGETS,
    ADMIN: [Bar("/audit", PHONE, LIST), Bar("/accounts", PHONE, 1_920)],
}
NARROW = {
    ADVISER: ["/targets?editions=in_force", "/targets?view=all", "/search?q=pelanggaran+ham"],
    REVIEWER: [f"{REPORT}/items", "/actions/units", "/units/2", "/actions/calendar", "/actions/calendar?show=month"],
    SECRETARIAT: ["/meetings/1/minutes", "/meetings/2/minutes", "/meetings/1/room", "/people", "/posts", "/units"],
}


def width_and_height(page: Page) -> tuple[int, int]:
    return (
        page.evaluate("document.documentElement.scrollWidth"),
        page.evaluate("document.documentElement.scrollHeight"),
    )


def use(page: Page, window: tuple[int, int]) -> None:
    page.set_viewport_size({"width": window[0], "height": window[1]})


def beyond(page: Page, bars: list[Bar]) -> Iterator[tuple[object, ...]]:
    """What is too tall, too wide or too much."""
    for bar in bars:
        use(page, bar.window)
        page.goto(bar.path)
        width, height = width_and_height(page)
        controls = page.evaluate(CONTROLS, bar.within)
        main_verbs = page.locator(":is(main, .subhead) .btn-primary:visible").count()
        print(f"{bar.path} at {bar.window[0]}: {height} px, {controls} controls, {page.evaluate(WEIGHT)} kB")  # noqa: T201
        if height > bar.tallest or controls > bar.most_controls or width > bar.window[0] or main_verbs > 1:
            yield bar.path, bar.window[0], height, controls, width, main_verbs


@pytest.mark.long
@pytest.mark.timeout(120)
@pytest.mark.parametrize("username", PASSWORDS)
def test_pages_are_short_have_few_controls_and_one_main_verb(page: Page, username: str) -> None:
    sign_in_unseen(page, username)

    assert list(beyond(page, [HOME, *BARS.get(username, [])])) == []
    use(page, NARROWEST)
    for path in ["/", *NARROW.get(username, [])]:
        page.goto(path)
        assert width_and_height(page)[0] <= NARROWEST[0], path


#: px: small words, meta, lists, text, quotes, headings; the names of a chain on a phone, the figure of an indicator.
SIZES_OF_TYPE = {13, 14, 16, 17, 20, 24, 28} | {12, 48, 56}
#: Script: the sizes of all letters that are shown.
LETTERS = """() => [...new Set([...document.querySelectorAll('body *')]
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest('.visually-hidden'))
  .map(one => parseFloat(getComputedStyle(one).fontSize)))]"""
IN_ONE_LINE = (36, 40)


@pytest.mark.long
def test_the_head_is_low_the_type_has_one_scale_and_rows_one_height(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)

    for window, lowest in ((DESK, 56), (PHONE, 96)):
        use(page, window)
        for path in ("/", "/meetings/1", "/proposals/1", "/targets/9", "/actions/matrix", "/people/5", "/actions/77"):
            page.goto(path)
            page.evaluate("scrollTo(0, 300)")
            assert page.locator(".site-head").bounding_box()["height"] <= lowest
            assert set(page.evaluate(LETTERS)) <= SIZES_OF_TYPE, path
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"

    use(page, DESK)
    page.goto("/holidays")
    heights = {row.bounding_box()["height"] for row in page.locator(".list tbody tr").all()}
    assert all(IN_ONE_LINE[0] <= height <= IN_ONE_LINE[1] + 1 for height in heights)


#: Script: how many characters the lines of these texts hold, without the last line of each.
FULL_LINES = """texts => [...document.querySelectorAll(texts)].filter(text => text.checkVisibility()).flatMap(text => {
  const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const lines = new Map();
  while (nodes.nextNode()) for (let at = 0; at < nodes.currentNode.length; at += 1) {
    const range = document.createRange();
    range.setStart(nodes.currentNode, at);
    range.setEnd(nodes.currentNode, at + 1);
    const line = Math.round(range.getBoundingClientRect().bottom / 12);
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines.values()].slice(0, -1);
})"""
MEASURE = (60, 78)  #: 66 to 75, and the word that did not fit.


@pytest.mark.long
def test_documents_have_lines_that_are_easy_to_read_and_dates_on_one_line(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    use(page, DESK)

    for path, texts in (("/meetings/1", "main :is(.told, .said)"), ("/help#live-minutes", ".guide-text article > p")):
        page.goto(path)
        lines = page.evaluate(FULL_LINES, texts)
        assert len(lines) > 5
        print(f"{path}: {sum(lines) / len(lines):.0f} characters a line")  # noqa: T201
        assert MEASURE[0] <= sum(lines) / len(lines) <= MEASURE[1], path
    for path in ("/actions", "/proposals", "/meetings", "/people", "/posts", "/units", "/holidays", "/"):
        page.goto(path)
        assert page.evaluate(
            "[...document.querySelectorAll('main time')].filter(one => one.getClientRects().length > 1).length"
        ) == 0, path  # fmt: skip
        if path != "/":
            assert page.locator(".list th").first.evaluate("head => getComputedStyle(head).position") == "sticky"


@pytest.mark.long
def test_a_home_shows_five_of_a_kind_and_how_many_there_are(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.goto("/")

    groups = page.locator("main section:has(.entries)")
    shown = [(group.locator(".entry").count(), group.locator("h2, h3").first.inner_text()) for group in groups.all()]
    assert shown
    assert all(count <= 5 for count, _ in shown)
    assert any(count == 5 and re.search(r"\d+", heading) for count, heading in shown)


@pytest.mark.long
def test_the_head_of_a_meeting_is_low_and_its_button_is_at_the_thumb(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.goto("/meetings/1")
    assert page.locator(".subhead").bounding_box()["height"] <= 57

    use(page, PHONE)
    for tab in ("", "/outcomes", "/people", "/files", "/history"):
        page.goto(f"/meetings/1{tab}")
        page.evaluate("scrollTo(0, 300)")
        heads = sum(page.locator(name).bounding_box()["height"] for name in (".site-head", ".subhead"))
        button = page.locator(".thumb-bar .btn").bounding_box()
        assert heads <= TALLEST_HEADS, tab
        assert width_and_height(page)[0] <= PHONE[0], tab
        assert button["height"] >= THUMB, tab
        assert PHONE[1] - 24 <= button["y"] + button["height"] <= PHONE[1], tab


@pytest.fixture
def own_action(app_url: str) -> int:
    """An open action of the PIC."""
    account, action = Account.__table__.c, ActionItem.__table__.c
    of_pic = select(action.id).join(Account.__table__, account.person_id == action.pic_id)
    engine = create_engine(app_url)
    with engine.connect() as connection:
        number = connection.scalar(of_pic.where(account.username == PIC, action.status == "in_progress").limit(1))
    engine.dispose()
    return int(number)


@pytest.mark.parametrize(
    ("username", "path", "words"),
    [
        (DECISION_MAKER, "/proposals/1", "Setujui"),
        pytest.param(SECRETARIAT, "/proposals/1", "Tetapkan pemutus", marks=pytest.mark.long),
        pytest.param(ADVISER, "/proposals/10", "Minta kabar", marks=pytest.mark.long),
        (PIC, "/actions/{own}", "Laporkan"),
    ],
)
def test_on_a_phone_the_main_verb_is_at_the_thumb(
    page: Page, own_action: int, username: str, path: str, words: str
) -> None:
    use(page, PHONE)
    sign_in_unseen(page, username)
    page.goto(path.format(own=own_action))
    main = page.locator(".record-verbs > .btn-primary, .record-verbs > .button-form .btn-primary")

    for scrolled in (0, 10_000):
        page.evaluate(f"scrollTo(0, {scrolled})")
        box = main.bounding_box()
        assert box["height"] >= THUMB
        assert PHONE[1] - THUMB * 2 < box["y"] < box["y"] + box["height"] <= PHONE[1]
    expect(main).to_have_text(words)
    page.locator(".record-verbs .menu > summary").click()
    menu = page.locator(".record-verbs .menu-list").bounding_box()
    assert 0 <= menu["y"] < menu["y"] + menu["height"] <= PHONE[1]


MOST_FIELDS = 7
#: Script: the fields that are shown.
FIELDS = """() => [...document.querySelectorAll('main form .field')]
  .filter(one => one.checkVisibility({visibilityProperty: true})).length"""


def test_secretariat_one_load_and_seven_fields_to_the_first_word(page: Page) -> None:
    sign_in_unseen(page, SECRETARIAT)
    page.goto("/")
    page.click(".site-tools summary.btn-primary")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.click(".site-tools .menu-list a[href='/meetings/new']")

    page.locator("[name=name_id]").press_sequentially("R")

    assert [re.sub("^.*//[^/]*", "", url) for url in loads] == ["/meetings/new"]
    assert page.evaluate(FIELDS) <= MOST_FIELDS
    page.keyboard.type("apat lewat papan ketik")
    page.keyboard.press("Enter")
    page.wait_for_url("**/minutes")
    expect(page.locator("#line")).to_be_focused()


def test_adviser_the_status_without_a_tap_and_the_target_with_one(page: Page) -> None:
    taps: list[str] = []
    page.expose_function("tapped", lambda where: taps.append(where))  # a builtin cannot be exposed
    use(page, PHONE)
    sign_in_unseen(page, ADVISER)
    page.goto("/")
    card = page.locator("#my-proposals .card", has_text="U-2020-001")
    expect(card).to_contain_text("Diusulkan Razilu pada rapat 21 Okt 2020")
    expect(card).to_contain_text("belum diputuskan")
    for one in page.locator("#my-proposals .card").all():
        assert one.bounding_box()["height"] <= PHONE[1]

    with page.expect_response("**/looked/proposals/1"):
        card.locator("h3 a").click()
    sentence = page.locator("#status-sentence").bounding_box()
    assert sentence["y"] + sentence["height"] < PHONE[1]
    page.evaluate("addEventListener('click', () => tapped('proposal'), true)")
    page.locator(".chain li", has_text="Target").locator("a").click()

    expect(page.locator("#targets .rail-list > li").first).to_be_in_viewport()
    assert taps == ["proposal"]
    page.goto("/")
    expect(card).to_contain_text("Tidak ada perubahan")


@pytest.mark.timeout(120)
def test_reviewer_one_tap_an_item_without_scrolling_and_one_confirmation_for_those_of_a_pic(page: Page) -> None:
    use(page, PHONE)
    sign_in_unseen(page, REVIEWER)
    week = week_of(clock.today())
    page.goto(f"/reviews/{week}/open")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    page.goto(f"/reviews/{week}/queue?by=pic")

    for name in ("Lanjutkan", "Selesai", "sepekan"):
        box = page.locator(".stop-bar .btn:visible", has_text=name).first.bounding_box()
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= PHONE[1]
    for number in range(1, 4):
        page.locator(".stop-bar > .btn", has_text="Lanjutkan").click()
        page.locator(".page-meta", has_text=f"{number} dari").wait_for()
        assert page.evaluate("scrollY") == 0
        assert width_and_height(page)[1] <= PHONE[1]
        assert page.url.endswith("?by=pic")

    all_of_pic = page.locator("a[href*='/unmoved/']")
    while not all_of_pic.count():
        page.goto(str(page.locator("a[rel=next]").get_attribute("href")))
    page.locator(".stop-more > summary").click()
    all_of_pic.click()
    page.wait_for_url("**/unmoved/**")
    count = page.locator("main .entry").count()
    assert count > 1
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/queue?by=pic")
    expect(page.locator(".flashes")).to_contain_text(f"{count} butir lanjut")
    expect(page.locator(".page-meta")).to_contain_text(f"{3 + count} dari")


@pytest.mark.parametrize("has_script", [True, pytest.param(False, marks=pytest.mark.long)])
def test_decision_maker_one_tap_and_a_reason(chromium: Browser, site: str, has_script: bool) -> None:
    size = {"width": PHONE[0], "height": PHONE[1]}
    context = chromium.new_context(
        base_url=site, viewport=size, locale="id-ID", java_script_enabled=has_script, service_workers="block"
    )
    page = context.new_page()
    sign_in_unseen(page, DECISION_MAKER)
    page.goto("/")
    row = page.locator("#waits-decision .entry").first
    code = row.locator(".meta").inner_text().split(" ")[0]

    row.locator("summary", has_text="Tolak").click()
    reason = row.locator("details[open] input[name=reason]")
    if has_script:
        expect(reason).to_be_focused()
    else:
        reason.focus()
    page.keyboard.type("Sudah tercakup usulan lain")
    page.keyboard.press("Enter")

    expect(page.locator(".flash")).to_contain_text(f"{code} kini “Ditolak”")
    assert page.url.endswith("/")
    expect(page.locator("#waits-decision", has_text=code)).to_have_count(0)
    context.close()


def test_results_of_a_search_come_first(page: Page) -> None:
    sign_in_unseen(page, ADVISER)

    for window, highest in ((DESK, 260), (PHONE, 330), (NARROWEST, 330)):
        use(page, window)
        page.goto("/search?q=pelangaran ham")
        assert page.locator(".hits > li").first.bounding_box()["y"] < highest, window
        assert width_and_height(page)[0] <= window[0]
    expect(page.locator(".search-read")).to_contain_text("pelanggaran ham")


@pytest.fixture
def many_papers(app_url: str) -> None:
    """Nine papers of the only item on the agenda of a meeting to come."""
    item, attachment = AgendaItem.__table__, Attachment.__table__
    engine = create_engine(app_url)
    with engine.begin() as connection:
        number = connection.scalar(select(item.c.id).where(item.c.meeting_id == PLANNED))
        connection.execute(insert(attachment), [
            {"meeting_id": PLANNED, "agenda_item_id": number, "kind": AttachmentKind.PAPER, "version": 1,
             "name": f"bahan-rapat-koordinasi-pengaduan-{n}.pdf", "size": 480_000, "media_type": "application/pdf",
             "mark": f"{n:064}", "caption": "Konsep laporan penanganan beserta lampirannya" if n % 2 else None,
             "added_by_name": "Sekretariat", "added_at": clock.now(), "classification": "ordinary"}
            for n in range(9)
        ])  # fmt: skip
    engine.dispose()


#: The meeting to come of the demo.
PLANNED = 40
WITH_PAPERS = [
    Bar(f"/meetings/{PLANNED}", DESK, 2_600, 60), Bar(f"/meetings/{PLANNED}", PHONE, 2_500),
    Bar(f"/meetings/{PLANNED}/files", DESK, 1_600, 60), Bar(f"/meetings/{PLANNED}/files", PHONE, 2_400),
]  # fmt: skip


@pytest.mark.long
def test_a_meeting_with_papers_stays_short_and_each_is_touched(page: Page, many_papers: None) -> None:
    sign_in_unseen(page, SECRETARIAT)

    assert list(beyond(page, WITH_PAPERS)) == []
    last_file, form = page.locator(".files > li").last.bounding_box(), page.locator(".attach").bounding_box()
    assert form["y"] - last_file["y"] - last_file["height"] >= 16
    page.goto(f"/meetings/{PLANNED}")
    rows = page.locator(".papers > li").all()
    assert len(rows) == 9
    assert min(row.bounding_box()["height"] for row in rows) >= 24


#: A window of which a keyboard on the screen covers the lower part; browsers report that in `visualViewport`.
KEYBOARD = """() => {
  const seen = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });
  Object.defineProperty(globalThis, "visualViewport", { value: seen });
  globalThis.cover = (height) => { seen.height = innerHeight - height; seen.dispatchEvent(new Event("resize")); };
}"""
QUESTION = "k @razilu disetujui usulan U-2020-001 #pe"


def ends_at(page: Page, part: str) -> float:
    box = page.locator(part).bounding_box()
    assert box["y"] >= 0
    return float(box["y"] + box["height"])


@pytest.mark.parametrize(("window", "covered"), [((360, 640), 320), pytest.param(DESK, 0, marks=pytest.mark.long)])
def test_the_composer_never_leaves_what_can_be_seen(page: Page, window: tuple[int, int], covered: int) -> None:
    use(page, window)
    page.add_init_script(f"({KEYBOARD})()")
    sign_in_unseen(page, SECRETARIAT)
    open_minutes(page)
    page.evaluate("height => cover(height)", covered)
    lowest = window[1] - covered

    assert ends_at(page, ".composer-box") <= lowest
    page.keyboard.insert_text("baris yang panjang sekali " * 40)
    assert ends_at(page, ".composer-box") <= lowest
    assert page.locator("#line").evaluate("box => box.offsetHeight") <= 9 * 24
    page.locator("#line").fill(QUESTION)
    expect(page.locator("[data-reading] [name=outcome]")).to_be_attached()
    page.keyboard.press("Enter")
    expect(page.locator("[data-reading] [aria-invalid=true]").first).to_be_focused()
    assert ends_at(page, ".composer-box") <= lowest
    assert width_and_height(page)[0] <= window[0]
