from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Page, Visitor, key_of
from tracker.actions.models import ActionItem
from tracker.live.models import TypedLine
from tracker.meetings.models import Attendance, Meeting, Statement, statement_target
from tracker.people.models import Person
from tracker.proposals.models import Proposal, ProposalRelation
from tracker.targets.models import Target

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

    page = browser.follow(browser.submit(browser.get(MINUTES), f"/meetings/minutes/lines/{said.id}/remove"))
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


def test_two_who_change_a_line_both_see_both_texts(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, "baris <b>bersama</b>")
    said = last_line(session)
    mine, theirs = browser.get(MINUTES), browser.get(MINUTES)
    address = f"/meetings/minutes/lines/{said.id}"
    browser.submit(theirs, address, gist_id="kata <i>mereka</i>")

    page = browser.submit(mine, address, gist_id="kata saya")

    assert page.status == 409
    assert page.text_of(f"#line-{said.id} .conflict-text") == "kata <i>mereka</i>"
    assert page.soup.select_one(f"#line-{said.id}-gist_id").get_text().strip() == "kata saya"
    assert browser.submit(page, address, gist_id="kata saya").status == 303


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


def test_what_is_typed_late_with_the_key_of_a_stored_line_comes_to_nothing(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get(MINUTES), f"{MINUTES}/lines", line="baris utuh", once=key_of("k2"))

    browser.post(f"{MINUTES}/typing", {"csrf_token": browser.token(), "key": key_of("k2"), "line": "baris ut"})

    assert session.scalars(select(TypedLine)).all() == []
