"""People, units and posts, as the registers have them."""

from flask import request

from tracker.accounts.rules import ApiFeature
from tracker.api.operations import ensure_understood, listing, whole
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.people import Person, PersonItem, Post, Unit, UnitItem
from tracker.core.pages import ensure
from tracker.core.wording import lazy_gettext as _l
from tracker.people import queries
from tracker.people.forms import PeopleFilterForm
from tracker.people.models import Position

R = ApiFeature.PEOPLE


@operation("GET", "/people", summary=_l("People, by name"), feature=R, answers=PersonItem, is_list=True, is_paged=True,
           filters=PeopleFilterForm)  # fmt: skip
def list_people() -> Listing[PersonItem]:
    form = PeopleFilterForm()
    ensure_understood(form)
    page = queries.matching(form.filter(), request.args.get("page"))
    return listing(page, [PersonItem.of(row) for row in page.rows])


@operation("GET", "/people/<row:person_id>", summary=_l("A person, with their posts"), feature=R, answers=Person)
def show_person(person_id: int) -> Person:
    row = queries.person(person_id)
    ensure(row.is_listed)
    return Person.of(row)


@operation("GET", "/units", summary=_l("Units"), feature=R, answers=UnitItem, is_list=True)
def list_units() -> Listing[UnitItem]:
    return whole([UnitItem.of(row) for row in queries.all_units()])


@operation("GET", "/units/<row:unit_id>", summary=_l("A unit"), feature=R, answers=Unit)
def show_unit(unit_id: int) -> Unit:
    return Unit.of(queries.unit(unit_id))


@operation("GET", "/posts", summary=_l("Posts, with those who hold and held them"), feature=R, answers=Post,
           is_list=True)  # fmt: skip
def list_posts() -> Listing[Post]:
    return whole([_post_of(row) for row in queries.all_positions()])


@operation("GET", "/posts/<row:position_id>", summary=_l("A post"), feature=R, answers=Post)
def show_post(position_id: int) -> Post:
    row = queries.position(position_id)
    ensure(row.is_listed)
    return _post_of(row)


def _post_of(row: Position) -> Post:
    """A holder may be somebody whom the reader may not know."""
    return Post.of(row, holdings=[holding for holding in row.holdings if holding.person])
