from datetime import timedelta
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.test_statement_counts import counted
from tests.visitor import ADVISER, READER, SECRETARIAT, Page, Visitor, filled, key_of
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.meetings.live.models import TypedLine
from tracker.meetings.models import Attendance, Meeting, Statement, StatementProposal, statement_target
from tracker.people.models import Person
from tracker.proposals.models import Proposal, ProposalRelation, TargetLink
from tracker.targets.models import Target

pytestmark = pytest.mark.one_database

MINUTES = "/meetings/1/minutes"


def write(browser: Visitor, line: str, **more: str) -> Page:
    return browser.submit(browser.get(MINUTES), f"{MINUTES}/lines", line=line, **more)


def last_line(session: Session) -> Statement:
    return session.scalars(select(Statement).order_by(Statement.id.desc())).first()


def test_a_proposal_typed_in_one_line_has_its_speaker_quote_and_target(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    browser.follow(write(browser, "u @l “perlu ada  rencana ‘baru’” #Kabupaten/Kota Peduli HAM (KKPHAM)"))

    said = last_line(session)
    proposal = session.scalars(select(Proposal).order_by(Proposal.id.desc())).first()
    assert (said.kind, said.quote, said.gist_id) == ("proposal", "perlu ada  rencana ‘baru’", None)
    assert session.get(Attendance, said.speaker_id).person_id == session.scalar(
        select(Person.id).filter_by(name="Lingga")
    )
    assert proposal.title_id == "perlu ada rencana ‘baru’"
    meant = session.scalars(select(Target.name_id).join(statement_target).filter_by(statement_id=said.id)).all()
    assert meant == ["Kabupaten/Kota Peduli HAM (KKPHAM)"]


def test_an_action_follows_from_the_line_above_and_is_due_when_it_says(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, "k disepakati menyusun naskah akademik")

    page = browser.follow(write(browser, "t @raz susun naskah akademik paling lambat 30 nov"))

    action = session.scalars(select(ActionItem).order_by(ActionItem.id.desc())).first()
    assert (action.text_id, action.due_on.isoformat()) == ("susun naskah akademik", "2020-11-30")
    assert action.statement_id == last_line(session).id
    assert action.pic_id == session.scalar(select(Person.id).filter_by(name="Razilu"))
    assert action.code in page.text


def test_a_removed_line_can_be_put_back_and_its_proposal_lives_on(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, "u @r usulan yang akan dicoret")
    said, proposal = last_line(session), session.scalars(select(Proposal).order_by(Proposal.id.desc())).first()

    assert browser.quiet(f"/meetings/minutes/lines/{said.id}/remove", once="").json == {"outcome": "stored"}
    page = browser.get(MINUTES)
    assert proposal.code in page.text_of("#detached")
    assert not page.soup.select(f"#line-{said.id}")
    assert "usulan yang akan dicoret" not in browser.get("/meetings/1").text_of("#statements")

    page = browser.follow(browser.submit(page, f"/meetings/minutes/lines/{said.id}/restore"))
    assert page.soup.select(f"#line-{said.id}")


def test_what_is_typed_is_kept_until_the_line_is_stored(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    token = browser.token()
    for text in ("u @r “sete", "u @r “setengah kali"):
        browser.post(f"{MINUTES}/typing", {"csrf_token": token, "key": key_of("k1"), "line": text})

    page = browser.get(MINUTES)
    box = page.soup.select_one("#line")
    assert box.get_text().removeprefix("\n") == "u @r “setengah kali"

    browser.submit(page, f"{MINUTES}/lines", line="u @r “setengah kalimat”")
    assert session.scalars(select(TypedLine)).all() == []
    assert last_line(session).quote == "setengah kalimat"


def test_sending_a_line_twice_stores_it_once(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get(MINUTES)
    before = len(session.scalars(select(Statement)).all())

    first = browser.submit(page, f"{MINUTES}/lines", line="sekali saja")
    second = browser.submit(page, f"{MINUTES}/lines", line="sekali saja")

    assert (first.status, second.status) == (303, 303)
    assert len(session.scalars(select(Statement)).all()) == before + 1


def editor(browser: Visitor, statement_id: int) -> dict[str, list[str]]:
    """What the form of a line, opened in place, would send."""
    answer = browser.quiet(f"/meetings/minutes/lines/{statement_id}")
    return filled(BeautifulSoup(answer.json["html"], "html.parser").form)


def test_two_who_change_a_line_both_see_both_texts(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, "baris <b>bersama</b>")
    said = last_line(session)
    address = f"/meetings/minutes/lines/{said.id}"
    mine, theirs = editor(browser, said.id), editor(browser, said.id)
    browser.quiet(address, **theirs | {"gist_id": "kata <i>mereka</i>"})

    refused = browser.quiet(address, **mine | {"gist_id": "kata saya"})

    assert (refused.status_code, refused.json["outcome"]) == (409, "conflict")
    shown = BeautifulSoup(refused.json["html"], "html.parser")
    assert shown.select_one(".conflict-text").get_text().strip() == "kata <i>mereka</i>"
    assert shown.select_one("[name=gist_id]").get_text().strip() == "kata saya"
    decided = browser.quiet(address, **filled(shown.form) | {"once": key_of("lagi")})
    assert decided.json["outcome"] == "stored"
    session.expire_all()
    assert session.get(Statement, said.id).gist_id == "kata saya"


def test_an_earlier_proposal_is_shown_beside_and_can_be_continued(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    old = session.scalar(select(Proposal).filter_by(raised_in_id=1).where(Proposal.title_id.contains("forum nasional")))
    line = "u @r membentuk forum nasional untuk menangani dugaan pelanggaran HAM"

    shown = browser.client.get(f"{MINUTES}/understood", query_string={"line": line}).get_data(as_text=True)
    write(browser, line, earlier=f"continues:{old.id}")

    assert f"continues:{old.id}" in shown
    relation = session.scalars(select(ProposalRelation).order_by(ProposalRelation.id.desc())).first()
    assert (relation.kind, relation.to_id) == ("continues", old.id)


def test_the_roll_call_knows_persons_and_posts_and_takes_the_unknown_provisionally(
    visit: Visitor, session: Session
) -> None:
    browser = visit.as_(SECRETARIAT)

    for line in ("n Sekar Wulandari", "Kasubbag Umum", "Fulan bin Fulan, Tamu"):
        browser.follow(browser.submit(browser.get(MINUTES), f"{MINUTES}/roll-call", attendee=line))

    taker, post, guest = session.scalars(select(Attendance).filter_by(meeting_id=1).order_by(Attendance.place)).all()[
        -3:
    ]
    assert (session.get(Person, taker.person_id).name, taker.role) == ("Sekar Wulandari", "minute_taker")
    assert (post.person_id, post.post_as_written) == (None, "Kasubbag Umum")
    assert (session.get(Person, guest.person_id).is_provisional, guest.role) == (True, "invitee")


def test_a_second_chair_is_refused_with_the_line_given_back(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)

    page = browser.submit(browser.get(MINUTES), f"{MINUTES}/roll-call", attendee="p Min Usihen")

    assert page.status == 422
    assert page.soup.select_one("#attendee")["value"] == "p Min Usihen"


def test_an_action_typed_first_follows_from_the_meeting_as_a_whole(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    for link in session.scalars(select(Statement)).all():
        link.removed_at = session.get(Meeting, 1).recorded_at
    session.commit()

    page = browser.follow(write(browser, "t susun naskah"))

    action = session.scalars(select(ActionItem).order_by(ActionItem.id.desc())).first()
    assert (action.meeting_id, action.statement_id, action.proposal_id) == (1, None, None)
    assert action.code in page.text_of("#of-meeting")


def test_the_live_minutes_are_for_who_may_log(visit: Visitor, app: Flask) -> None:
    assert visit.as_(READER).client.get(MINUTES).status_code == 404


def test_what_is_chosen_on_the_chips_counts_before_what_was_read(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    row = session.scalars(select(Attendance).filter_by(meeting_id=1).order_by(Attendance.place)).all()[1]
    target = session.scalars(select(Target).order_by(Target.id)).first()

    browser.follow(write(browser, "u @raz susun peta jalan", kind="hope", speaker=str(row.id), target=str(target.id)))

    said = last_line(session)
    assert (said.kind, said.speaker_id, said.gist_id) == ("hope", row.id, "susun peta jalan")
    meant = session.scalars(select(Target.id).join(statement_target).filter_by(statement_id=said.id)).all()
    assert meant == [target.id]


def test_a_line_becomes_an_action_by_its_chip_with_the_day_chosen(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, "k disepakati menyusun naskah")

    browser.follow(write(browser, "@raz susun naskah paling lambat 30 nov", kind="action", due_on="2020-12-15"))

    action = session.scalars(select(ActionItem).order_by(ActionItem.id.desc())).first()
    assert (action.text_id, action.due_on.isoformat()) == ("susun naskah", "2020-12-15")


def test_an_unknown_name_becomes_a_provisional_person_on_request(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    browser.follow(write(browser, "u @Fulan_Baru perlu peta jalan", seats_unknown="y"))

    row = session.get(Attendance, last_line(session).speaker_id)
    person = session.get(Person, row.person_id)
    assert (person.name, person.is_provisional) == ("Fulan Baru", True)


def test_the_chips_show_what_was_read_and_what_was_chosen(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    asked = {"line": "u @Fulan perlu peta jalan", "kind": "hope"}

    shown = browser.client.get(f"{MINUTES}/understood", query_string=asked).get_data(as_text=True)

    assert 'value="hope" selected' in shown
    assert "Fulan, belum dikenal" in shown
    assert 'name="seats_unknown"' in shown


def test_two_texts_with_one_key_are_two_lines(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get(MINUTES)

    for line in ("u Baris pertama", "k Baris kedua disepakati", "u Baris pertama"):
        browser.follow(browser.submit(page, f"{MINUTES}/lines", line=line))

    said = session.scalars(select(Statement).order_by(Statement.id.desc()).limit(3)).all()
    assert [line.gist_id for line in said[:2]] == ["Baris kedua disepakati", "Baris pertama"]
    assert said[2].gist_id != "Baris pertama"


def test_a_line_sent_from_two_windows_that_show_different_lines_above_is_one(visit: Visitor, session: Session) -> None:
    browser, sent = visit.as_(SECRETARIAT), {"line": "sekali saja", "once": key_of("dua jendela")}
    above = last_line(session).id

    browser.quiet(f"{MINUTES}/lines", **sent, above=str(above))
    stored = last_line(session).id
    again = browser.quiet(f"{MINUTES}/lines", **sent, above=str(stored))

    assert (again.json["outcome"], last_line(session).id) == ("stored", stored)
    assert stored > above


def test_what_is_typed_late_with_the_key_of_a_stored_line_comes_to_nothing(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get(MINUTES), f"{MINUTES}/lines", line="baris utuh", once=key_of("k2"))

    browser.post(f"{MINUTES}/typing", {"csrf_token": browser.token(), "key": key_of("k2"), "line": "baris ut"})

    assert session.scalars(select(TypedLine)).all() == []


def changes(browser: Visitor, version: str = "", have: str = "") -> TestResponse:
    headers = {"Accept": "application/json", "If-None-Match": f'W/"{version}"', "X-Have": have}
    return browser.client.get(f"{MINUTES}/changes", headers=headers)


def marks(page: Page) -> str:
    return " ".join(f"{part['data-part']}.{part['data-mark']}" for part in page.soup.select("[data-part]"))


def test_an_idle_look_costs_nothing(visit: Visitor, app: Flask) -> None:
    browser = visit.as_(SECRETARIAT)
    version = browser.get(MINUTES).soup.select_one("[data-version]")["data-version"]
    changes(browser, version)  # so that nothing is asked for the first time

    with counted(app) as statements:
        changes(browser, version)
    assert [statement for statement in statements if statement != "BEGIN"] == []
    visit.sign_in(ADVISER)
    with counted(app) as statements:
        answer = changes(browser, version)

    assert len([statement for statement in statements if statement != "BEGIN"]) == 2  # the sign-in; events and drafts
    assert (answer.status_code, answer.get_data()) == (304, b"")
    assert len(str(answer.headers)) < 1024


def test_a_look_brings_only_what_the_browser_does_not_have(visit: Visitor, session: Session) -> None:
    browser, other = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT)
    page = browser.get(MINUTES)
    version, have = page.soup.select_one("[data-version]")["data-version"], marks(page)
    assert changes(browser, "", have).json["parts"] == {}

    write(other, "baris orang lain <b>")
    answer = changes(browser, version, have)

    said = last_line(session)
    assert list(answer.json["parts"]) == [f"line-{said.id}"]
    assert "baris orang lain &lt;b&gt;" in answer.json["parts"][f"line-{said.id}"]["html"]
    assert answer.json["order"][-1][1][-1] == said.id
    assert len(answer.get_data()) < 4096
    assert changes(browser, answer.json["version"]).status_code == 304


@pytest.mark.parametrize("what", ["attendance", "agenda", "proposal", "removal", "draft"])
def test_whatever_the_screen_shows_is_looked_for(visit: Visitor, session: Session, what: str) -> None:
    browser, other = visit.as_(SECRETARIAT), visit.as_(SECRETARIAT)
    page = browser.get(MINUTES)
    version, have = page.soup.select_one("[data-version]")["data-version"], marks(page)
    line = session.scalars(select(Statement).filter_by(meeting_id=1).order_by(Statement.id)).first()
    proposal = session.scalars(select(Proposal).filter_by(raised_in_id=1)).first()

    {
        "attendance": lambda: other.submit(other.get(MINUTES), f"{MINUTES}/roll-call", attendee="Kasubbag Umum"),
        "agenda": lambda: other.submit(other.get(MINUTES), f"{MINUTES}/agenda", item="Acara baru"),
        "proposal": lambda: other.submit(
            other.get(f"/proposals/{proposal.id}/edit"), f"/proposals/{proposal.id}/edit", title_id="Judul baru"
        ),
        "removal": lambda: other.quiet(f"/meetings/minutes/lines/{line.id}/remove", once=""),
        "draft": lambda: other.quiet(f"{MINUTES}/typing", key=key_of("k9"), step="1", line="setengah"),
    }[what]()
    answer = changes(browser, version, have)

    assert answer.status_code == 200
    changed = set(answer.json["parts"])
    assert {"attendance": {"roll"}, "agenda": {"agenda"}, "draft": {"drafts"}}.get(what, set()) <= changed
    assert what not in {"proposal", "removal"} or what == "proposal" or "rest" in changed


def test_what_arrives_late_does_not_overwrite_what_was_typed_since(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    for step, line in (("2", "setengah kalimat"), ("1", "sete"), ("3", "setengah kalimat lagi"), ("2", "lama")):
        browser.quiet(f"{MINUTES}/typing", key=key_of("k1"), step=step, line=line)

    assert session.scalars(select(TypedLine.text)).all() == ["setengah kalimat lagi"]


@pytest.mark.parametrize(("step", "is_gone"), [("2", True), ("1", False)])
def test_who_goes_on_from_a_draft_takes_it_over_unless_it_was_typed_on(
    visit: Visitor, session: Session, step: str, is_gone: bool
) -> None:
    browser = visit.as_(SECRETARIAT)
    for number in ("1", "2"):
        browser.quiet(f"{MINUTES}/typing", key=key_of("lama"), step=number, line=f"teks {number}")

    adopts = {"adopts": key_of("lama"), "adopts_step": step}
    browser.quiet(f"{MINUTES}/typing", key=key_of("baru"), step="1", line="teks dan lebih", **adopts)

    kept = set(session.scalars(select(TypedLine.text)))
    assert kept == ({"teks dan lebih"} if is_gone else {"teks dan lebih", "teks 2"})


def test_a_stored_line_takes_the_draft_it_went_on_from_with_it(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.quiet(f"{MINUTES}/typing", key=key_of("lama"), step="1", line="teks")
    adopts = {"adopts": key_of("lama"), "adopts_step": "1"}

    answer = browser.quiet(f"{MINUTES}/lines", line="teks lengkap", once=key_of("baru"), **adopts)

    assert answer.json == {"outcome": "stored", "line": last_line(session).id}
    assert session.scalars(select(TypedLine.text)).all() == []


def test_the_same_line_sent_again_is_said_to_be_stored(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    sent = {"line": "sekali saja", "once": key_of("k")}

    answers = [browser.quiet(f"{MINUTES}/lines", **sent) for _ in range(2)]

    assert [answer.json["outcome"] for answer in answers] == ["stored", "stored"]
    assert len(session.scalars(select(Statement).filter_by(gist_id="sekali saja")).all()) == 1


def test_a_line_is_written_below_another_moved_divided_and_joined(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    for words in ("satu", "tiga"):
        write(browser, words)
    first = session.scalars(select(Statement).filter_by(gist_id="satu")).one()
    browser.quiet(f"{MINUTES}/lines", line="dua dan dua setengah", once=key_of("k"), after=str(first.id))
    second = session.scalars(select(Statement).filter_by(gist_id="dua dan dua setengah")).one()

    def last_words(number: int) -> list[str]:
        session.expire_all()
        said = select(Statement.gist_id).filter_by(meeting_id=1, removed_at=None).order_by(Statement.place)
        return list(session.scalars(said))[-number:]

    assert last_words(3) == ["satu", "dua dan dua setengah", "tiga"]
    lines = "/meetings/minutes/lines"
    browser.quiet(f"{lines}/{second.id}/split", offset=str(len("dua dan")), once=key_of("s"))
    assert last_words(4) == ["satu", "dua dan", " dua setengah", "tiga"] or last_words(4)[1:3] == [
        "dua dan",
        "dua setengah",
    ]
    browser.quiet(f"{lines}/{second.id}/move", way="up", once=key_of("m"))
    assert last_words(4)[:2] == ["dua dan", "satu"]
    browser.quiet(f"{lines}/{second.id}/move", way="down", once=key_of("n"))
    half = session.scalars(select(Statement).filter_by(meeting_id=1).order_by(Statement.id.desc())).first()
    browser.quiet(f"{lines}/{half.id}/join", once=key_of("j"))
    assert last_words(3)[0] == "satu"
    assert " ".join(last_words(3)[1].split()) == "dua dan dua setengah"


@pytest.mark.parametrize(("status", "words"), [("closed", "disahkan"), ("held", "diajukan")])
def test_closed_minutes_look_closed(visit: Visitor, session: Session, status: str, words: str) -> None:
    meeting = session.get(Meeting, 1)
    meeting.status, meeting.locked_at = status, meeting.recorded_at
    session.commit()

    page = visit.as_(SECRETARIAT).get(MINUTES)

    assert page.soup.select("main form, #line, main button") == []
    assert words in page.text_of(".note")
    assert "/meetings/1" in page.links


def test_a_meeting_to_come_is_prepared_not_minuted(visit: Visitor, session: Session) -> None:
    meeting = session.get(Meeting, 1)
    meeting.status, meeting.date = "scheduled", clock.today() + timedelta(days=3)
    for row in session.scalars(select(Attendance).filter_by(meeting_id=1)):
        row.status = "expected"
    for line in session.scalars(select(Statement).filter_by(meeting_id=1)):
        line.removed_at = meeting.recorded_at
    session.commit()

    page = visit.as_(SECRETARIAT).get(MINUTES)

    assert page.form(f"{MINUTES}/agenda")
    assert page.form(f"{MINUTES}/roll-call")
    assert page.soup.select("#line, [formaction$=present]") == []
    assert page.soup.select("#statements") == []


@pytest.mark.parametrize(
    ("path", "action", "changes_made"),
    [
        ("/meetings/statements/{line}/edit", None, {"recorder_note": "dari notula"}),
        ("/meetings/attendance/{row}/edit", None, {"note": "dari notula"}),
        ("/classification/statements/{line}", None, {"classification": "restricted"}),
    ],
)
def test_whoever_leaves_the_screen_to_change_something_comes_back(
    visit: Visitor, session: Session, path: str, action: str | None, changes_made: dict[str, str]
) -> None:
    browser = visit.as_(SECRETARIAT)
    line = session.scalars(select(Statement).filter_by(meeting_id=1)).first()
    row = session.scalars(select(Attendance).filter_by(meeting_id=1)).first()
    address, back = path.format(line=line.id, row=row.id), f"{MINUTES}#line-{line.id}"
    page = browser.get(f"{address}?{urlencode({'back': back})}")
    form = next(one for one in page.soup.select("main form[method=post]") if one.select("[name=back]"))

    assert back in page.links
    values = filled(form)
    assert changes_made.keys() <= values.keys(), values.keys()
    answer = browser.post(str(form["action"]), values | {name: [value] for name, value in changes_made.items()})
    if answer.status != 303:
        answer = browser.post(str(form["action"]), {**values, "reason": ["dasar"]} | changes_made)
    assert (answer.status, answer.response.location) == (303, back), answer.problems


def test_a_way_back_is_a_path_on_this_site(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/people/new?back=https://evil.example/")

    answer = browser.submit(page, "/people/new", name="Nama Baru Sekali", back="//evil.example/")

    assert answer.response.location == "/"
    assert page.soup.select_one(".form-actions a")["href"] == "/"


def test_a_line_with_short_forms_is_stored_as_it_is_understood(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    write(browser, "u@r Pembentukan forum nasional +penanganan dugaan pelanggaran HAM +rens|“Kalau saya boleh”")
    asked_about = {"line": "a@u</Menteri: meminta penghargaan"}
    shown = browser.client.get(f"{MINUTES}/understood", query_string=asked_about).get_data(as_text=True)
    write(browser, "a@u</Menteri Hukum dan HAM“Dalam rapat sebelumnya”<rapat sebelumnya, tanggal tidak disebut")
    write(browser, "@^ setuju [sic]")
    following = write(browser, "u@*Ratifikasi instrumen HAM internasional|“mungkin perlu”")

    assert following.status == 303
    added = session.scalars(select(Proposal).order_by(Proposal.id.desc())).first()
    assert added.title_id == "Ratifikasi instrumen HAM internasional"
    assert session.scalar(select(TargetLink.effect).filter_by(proposal_id=added.id)) == "adds_target"
    proposed, asked, agreed, _ = session.scalars(select(Statement).order_by(Statement.id.desc()).limit(4)).all()[::-1]
    proposal = session.scalars(select(Proposal).order_by(Proposal.id.desc()).offset(1)).first()
    assert (proposal.title_id, proposed.quote) == (
        "Pembentukan forum nasional penanganan dugaan pelanggaran HAM", "Kalau saya boleh",
    )  # fmt: skip
    links = session.execute(select(Target.name_id, TargetLink.effect, TargetLink.state).join(
        Target, Target.id == TargetLink.target_id).where(TargetLink.proposal_id == proposal.id))  # fmt: skip
    assert set(links.all()) == {
        ("Penanganan dugaan pelanggaran HAM", "supports", "suggested"),
        ("Pemajuan dan penegakan HAM (Renstra)", "supports", "suggested"),
    }
    chips = {chip.get_text() for chip in BeautifulSoup(shown, "html.parser").select(".chip")}
    assert {"atas nama Menteri", f"Menjadi asal {proposal.code}"} <= chips
    assert (asked.kind, asked.quote, asked.on_behalf_of) == (
        "directive", "Dalam rapat sebelumnya", "Menteri Hukum dan HAM",
    )  # fmt: skip
    assert asked.origin_note == "rapat sebelumnya, tanggal tidak disebut"
    bearings = dict(session.execute(select(StatementProposal.statement_id, StatementProposal.bearing).where(
        StatementProposal.proposal_id == proposal.id)).all())  # fmt: skip
    assert bearings == {proposed.id: "raises", asked.id: "motivates", agreed.id: "discusses"}
    assert (agreed.speaker_id, agreed.gist_id, agreed.has_sic) == (asked.speaker_id, "setuju [sic]", True)
