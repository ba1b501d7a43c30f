"""Persons, units and posts."""

from sqlalchemy.orm import joinedload

from tracker.core import clock
from tracker.core.wording import gettext, in_words
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.columns.description import Column, Listing, Related
from tracker.lists.formats import Value
from tracker.people import queries
from tracker.people.forms import PeopleFilterForm, PostOrderForm, UnitOrderForm
from tracker.people.models import OrgUnit, Person, Position


def _note(person: Person, _: Related) -> Value:
    provisional = gettext("provisional") if person.is_provisional else ""
    return "; ".join(part for part in (provisional, person.note or "") if part)


def _holders(position: Position, _: Related) -> Value:
    today = clock.today()
    return ", ".join(held.person.full_name for held in position.holdings if held.covers(today)) or None


PEOPLE = Listing(
    name="people",
    title=_l("People"),
    form=PeopleFilterForm,
    query=lambda form: queries.persons_query(form.filter()),
    columns=(
        Column(_l("Name"), lambda person, _: person.full_name, 40),
        Column(_l("Other spellings"), lambda person, _: ", ".join(person.aliases), 50),
        Column(_l("Note"), _note, 60),
    ),
)

UNITS = Listing(
    name="units",
    title=_l("Units"),
    form=UnitOrderForm,
    query=lambda form: queries.units_query(form.order).options(joinedload(OrgUnit.parent)),
    columns=(
        Column(_l("Unit"), lambda unit, _: in_words(unit, "name"), 60),
        Column(_l("Short name"), lambda unit, _: unit.short or "", 16),
        Column(_l("Echelon"), lambda unit, _: unit.echelon or "", 10),
        Column(_l("Part of"), lambda unit, _: in_words(unit.parent, "name") if unit.parent else "", 60),
        Column(_l("Valid from"), lambda unit, _: unit.valid_from, 14),
        Column(_l("Valid until"), lambda unit, _: unit.valid_to, 14),
    ),
)

POSTS = Listing(
    name="posts",
    title=_l("Posts"),
    form=PostOrderForm,
    query=lambda form: queries.posts_query(form.order),
    columns=(
        Column(_l("Post"), lambda position, _: in_words(position, "title"), 60),
        Column(_l("Unit"), lambda position, _: position.unit and in_words(position.unit, "name"), 60),
        Column(_l("Held today by"), _holders, 40),
    ),
)
