"""Fields that search: without script, typed words are looked up; nothing typed is lost; ids are still accepted."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.search.test_choices import two_of_one_name
from tests.test_statement_counts import counted
from tests.visitor import READER, SECRETARIAT, Page, Visitor, filled
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.core.fields import Combobox, Comboboxes, as_shown
from tracker.core.forms import PageForm
from tracker.people.models import Person, Position
from tracker.people.queries import PERSONS, POSTS
from tracker.proposals.models import Proposal
from tracker.status.models import HandOver

HAND_OVER = "/proposals/1/hand-over"


def send(browser: Visitor, address: str, **typed: str) -> Page:
    """Send the form as a browser without script does."""
    values = filled(browser.get(address).form(address), with_script=False)
    assert typed.keys() <= {*values, *(f"{name}-which" for name in values)}, sorted(values)
    return browser.post(address, values | {name: [value] for name, value in typed.items()})


def receiver(session: Session) -> int | None:
    return session.scalars(select(HandOver.person_id).order_by(HandOver.id.desc())).first()


@pytest.mark.parametrize("typed", ["Budi Utomo", "budi  UTOMO", "Drs. Budi Utomo, M.H.", "Budi U.", "utom"])
def test_words_that_mean_one_row_choose_it(visit: Visitor, session: Session, typed: str) -> None:
    person = Person(name="Budi Utomo", folded="budi utomo\nbudi u", aliases=["Budi U."], title_prefix="Drs.",
                    title_suffix="M.H.")  # fmt: skip
    session.add(person)
    session.commit()

    answer = send(visit.as_(SECRETARIAT), HAND_OVER, **{"person-typed": typed, "reason": "Perlu"})

    assert answer.status == 303, answer.problems
    assert receiver(session) == person.id


def test_words_that_fit_several_are_asked_about_and_nothing_typed_is_lost(visit: Visitor, session: Session) -> None:
    twins = two_of_one_name(session)
    browser = visit.as_(SECRETARIAT)

    page = send(browser, HAND_OVER, **{"person-typed": "Budi Santoso", "reason": "Perlu <b>segera</b>"})

    assert page.status == 422
    assert page.problems == ["“Budi Santoso” cocok dengan beberapa entri. Pilih salah satu."]
    asked = filled(page.form(HAND_OVER), with_script=False)
    assert (asked["person-typed"], asked["reason"]) == (["Budi Santoso"], ["Perlu <b>segera</b>"])
    labels = page.all_of(".combobox-matches label")
    assert labels == ["Budi Santoso Kepala Biro Hukum", "Budi Santoso Kepala Biro Umum"]

    answer = browser.post(HAND_OVER, asked | {"person-which": [str(twins[1].id)]})

    assert answer.status == 303, answer.problems
    assert receiver(session) == twins[1].id


def test_the_full_label_tells_equals_apart(visit: Visitor, session: Session) -> None:
    twins = two_of_one_name(session)

    answer = send(
        visit.as_(SECRETARIAT), HAND_OVER, **{"person-typed": "Budi Santoso · Kepala Biro Umum", "reason": "x"}
    )

    assert answer.status == 303, answer.problems
    assert receiver(session) == twins[1].id


def test_an_answer_to_other_words_is_not_taken(visit: Visitor, session: Session) -> None:
    twins = two_of_one_name(session)

    page = send(visit.as_(SECRETARIAT), HAND_OVER,
                **{"person-typed": "Tidak Ada", "person-which": str(twins[0].id), "reason": "x"})  # fmt: skip

    assert page.status == 422
    assert page.problems == ["Tidak ada yang bernama “Tidak Ada”. Ketik sebagian nama atau kodenya."]
    assert filled(page.form(HAND_OVER))["person-typed"] == ["Tidak Ada"]


def test_more_than_are_shown_asks_for_more_of_the_name(visit: Visitor, session: Session) -> None:
    session.add_all([Person(name=f"Warga {number}", folded=f"warga {number}", aliases=[]) for number in range(30)])
    session.commit()

    page = send(visit.as_(SECRETARIAT), HAND_OVER, **{"person-typed": "Warga", "reason": "x"})

    assert page.problems == ["Lebih dari 20 entri cocok dengan “Warga”. Ketik lebih banyak dari namanya."]


def an_action(session: Session) -> ActionItem:
    in_progress = select(ActionItem).where(ActionItem.pic_id.is_not(None), ActionItem.status == "in_progress")
    return session.scalars(in_progress.order_by(ActionItem.id)).first()


def test_an_untouched_field_keeps_its_row_and_an_emptied_one_drops_it(visit: Visitor, session: Session) -> None:
    action, browser = an_action(session), visit.as_(SECRETARIAT)
    address, before = f"/actions/{action.id}/edit", action.pic_id
    name = session.get_one(Person, before).full_name
    shown = browser.get(address).soup.select_one("[name=pic-typed]")
    assert shown["value"].startswith(name)

    assert send(browser, address, text_en="The same").status == 303
    session.expire_all()
    assert action.pic_id == before

    assert send(browser, address, **{"pic-typed": ""}).status == 303
    session.expire_all()
    assert action.pic_id is None


def test_other_words_replace_the_row(visit: Visitor, session: Session) -> None:
    action, browser, twins = an_action(session), visit.as_(SECRETARIAT), two_of_one_name(session)

    answer = send(browser, f"/actions/{action.id}/edit", **{"pic-typed": "Budi Santoso · Kepala Biro Hukum"})

    assert answer.status == 303, answer.problems
    session.expire_all()
    assert action.pic_id == twins[0].id


def test_several_rows_are_typed_with_semicolons_and_unticked(visit: Visitor, session: Session) -> None:
    action, browser = an_action(session), visit.as_(SECRETARIAT)
    session.execute(ActionSupporter.__table__.delete().where(ActionSupporter.action_id == action.id))
    people = [Person(name=name, folded=name.lower(), aliases=[]) for name in ("Wira Satu", "Wira Dua")]
    session.add_all(people)
    session.commit()
    address = f"/actions/{action.id}/edit"

    assert send(browser, address, **{"supporting_persons-typed": "Wira Satu; wira dua"}).status == 303

    def supporters() -> set[int | None]:
        return set(session.scalars(select(ActionSupporter.person_id).filter_by(action_id=action.id)))

    assert supporters() == {person.id for person in people}
    page = browser.get(address)
    assert [box["value"] for box in page.soup.select("[name=supporting_persons]")] == [str(p.id) for p in people]
    values = filled(page.form(address), with_script=False) | {"supporting_persons": [str(people[1].id)]}
    assert browser.post(address, values).status == 303
    assert supporters() == {people[1].id}


def test_of_several_words_those_found_are_kept_and_the_others_asked_about(visit: Visitor, session: Session) -> None:
    action, browser, twins = an_action(session), visit.as_(SECRETARIAT), two_of_one_name(session)
    session.add(Person(name="Wira Satu", folded="wira satu", aliases=[]))
    session.commit()
    address = f"/actions/{action.id}/edit"

    page = send(browser, address, **{"supporting_persons-typed": "Wira Satu; Budi Santoso"})

    assert page.status == 422
    assert page.problems == ["“Budi Santoso” cocok dengan beberapa entri. Pilih salah satu."]
    assert [box["value"] for box in page.soup.select("[name=supporting_persons-which]")] == [str(t.id) for t in twins]
    assert filled(page.form(address))["supporting_persons-typed"] == ["Wira Satu; Budi Santoso"]


@pytest.mark.parametrize("hidden", [True, False])
def test_a_row_that_is_hidden_or_absent_is_refused_alike(visit: Visitor, session: Session, hidden: bool) -> None:
    number = session.scalars(select(Proposal.id).order_by(Proposal.id.desc())).first()
    if hidden:
        session.execute(update(Proposal).where(Proposal.id == number).values(classification="top_secret"))
        session.commit()
    browser, address = visit.as_(SECRETARIAT), "/proposals/1/relations/new"

    page = browser.submit(browser.get(address), address, other=str(number if hidden else 999_999), kind="duplicates")

    assert page.status == 422
    assert page.problems == ["Pilih dari daftar."]


def test_a_merged_row_stands_for_the_one_it_was_merged_into(visit: Visitor, session: Session) -> None:
    first, second = two_of_one_name(session)
    session.execute(update(Person).where(Person.id == second.id).values(merged_into_id=first.id))
    session.commit()
    browser = visit.as_(SECRETARIAT)

    answer = browser.submit(browser.get(HAND_OVER), HAND_OVER, person=str(second.id), reason="Perlu")

    assert answer.status == 303, answer.problems
    assert receiver(session) == first.id


@pytest.mark.one_database
def test_a_list_is_filtered_by_typed_words(visit: Visitor, session: Session) -> None:
    action, browser = an_action(session), visit.as_(READER)
    name = session.get_one(Person, action.pic_id).name

    page = browser.get("/actions?stage=open&pic-typed=" + name.replace(" ", "+"))

    assert action.code in browser.get(f"/actions?stage=open&pic={action.pic_id}").text
    assert page.soup.select_one("[name=pic]")["value"] == str(action.pic_id)
    assert browser.get("/actions?pic-typed=tidakadasama", status=422).problems


class _Form(PageForm):
    person = Combobox("Orang", needed="Pilih orang.")
    post = Combobox("Jabatan")
    several = Comboboxes("Beberapa")


def form_of(app: Flask, **values: object) -> _Form:
    with app.test_request_context("/", method="POST", data=values):
        form = _Form()
        form.person.offer(PERSONS)
        form.post.offer(POSTS, "belum ditetapkan")
        form.several.offer(PERSONS)
        form.validate()
        form.shown = [as_shown(field) for field in (form.person, form.post, form.several)]
    return form


@pytest.mark.parametrize("number", ["٣", "²", "0", "-3", "+3", " 3", "3_0", "3.0", "9" * 5000, "987654321"])
def test_only_the_number_of_a_row_chooses_it(app: Flask, number: str) -> None:
    form = form_of(app, person=number, several=[number])

    assert form.person.errors == ["Pilih dari daftar."]
    assert form.several.errors == ["Pilih dari daftar."]


def test_what_is_needed_is_asked_for(app: Flask) -> None:
    assert form_of(app, **{"person-typed": " \u200b"}).person.errors == ["Pilih orang."]
    assert form_of(app).person.errors == ["Pilih orang."]


def test_what_is_chosen_is_shown_in_words(app: Flask, session: Session) -> None:
    person, post = session.scalars(select(Person).where(Person.is_listed)).first(), session.get_one(Position, 1)

    form = form_of(app, person=str(person.id), several=[str(person.id)])

    assert form.person.words == person.full_name
    assert form.shown[0].startswith(person.full_name)
    assert form.shown[1] == "belum ditetapkan"
    assert form.shown[2] == form.shown[0]
    assert form_of(app, post="1").shown[1].startswith(post.title_id)


@pytest.mark.one_database
def test_all_fields_of_a_page_look_up_their_rows_together(app: Flask, session: Session) -> None:
    first, second = two_of_one_name(session)

    with counted(app) as said:
        form = form_of(app, person=str(first.id), several=[str(first.id), str(second.id)])

    assert form.person.errors == form.several.errors == []
    assert len([one for one in said if "FROM person" in one]) == 1
