"""Forms for persons, units, posts and their holders."""

from wtforms import BooleanField, ValidationError

from tracker.core.clock import Zone
from tracker.core.fields import Address, Code, Combobox, Day, Line, Lines, Paragraph, ensure_not_before
from tracker.core.forms import FilterForm, PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.people.commands import FormerNameDraft, HoldingDraft, PersonDraft, PositionDraft, UnitDraft
from tracker.people.models import FormerUnitName, OrgUnit, Person, Position, PositionHolding
from tracker.people.queries import PEOPLE_ORDERS, POST_ORDERS, UNIT_ORDERS, PeopleFilter
from tracker.people.rules import HoldingKind, is_nip, split_titles


class PersonForm(PageForm):
    name = Line(_l("Name"), needed=_l("Enter a name."))
    title_prefix = Line(_l("Title before the name"))
    title_suffix = Line(_l("Title after the name"))
    aliases = Lines(_l("Other spellings"))
    is_provisional = BooleanField(_l("The identity is not confirmed yet"))
    note = Paragraph(_l("Note"))
    nip = Line(_l("Civil-service number (NIP)"))
    email = Address(_l("E-mail"))
    is_someone_else = BooleanField(_l("This is somebody else"))

    @classmethod
    def of(cls, person: Person) -> "PersonForm":
        return cls(formdata=None, obj=person)

    def validate_nip(self, field: Line) -> None:
        ensure_nip(field.data)

    def draft(self) -> PersonDraft:
        name, prefix, suffix = split_titles(self.name.data or "", self.title_prefix.data, self.title_suffix.data)
        return PersonDraft(
            name=name,
            title_prefix=prefix,
            title_suffix=suffix,
            aliases=self.aliases.entries(),
            is_provisional=self.is_provisional.data,
            note=self.note.data,
            nip=(self.nip.data or "").replace(" ", "") or None,
            email=self.email.data,
        )


def ensure_nip(written: str | None) -> None:
    """Only the length is checked."""
    if written and not is_nip(written):
        raise ValidationError(gettext("A civil-service number has 18 digits."))


class _Dated(PageForm):
    valid_from = Day(_l("Exists from"))
    valid_to = Day(_l("Exists until"))

    def validate_valid_to(self, field: Day) -> None:
        ensure_not_before(field.data, self.valid_from.data)


class UnitForm(_Dated):
    name_id = Line(_l("Name in Indonesian"), needed=_l("Enter the unit's name."))
    name_en = Line(_l("Name in English"))
    short = Line(_l("Short name"))
    echelon = Line(_l("Echelon"), longest=10)
    parent = Combobox(_l("Part of"))
    address = Paragraph(_l("Address and contact on the letterhead"), longest=500)
    timezone = Code(Zone, _l("Time zone"))

    @classmethod
    def of(cls, unit: OrgUnit) -> "UnitForm":
        form = cls(formdata=None, obj=unit)
        form.parent.data = unit.parent_id
        return form

    def draft(self) -> UnitDraft:
        return UnitDraft(
            name_id=self.name_id.data or "",
            name_en=self.name_en.data,
            short=self.short.data,
            echelon=self.echelon.data,
            parent_id=self.parent.data,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            address=self.address.data,
            timezone=self.timezone.data,
        )


class FormerNameForm(PageForm):
    name_id = Line(_l("Name in Indonesian"), needed=_l("Enter the name used at that time."))
    name_en = Line(_l("Name in English"))
    until_on = Day(_l("Used until"), needed=_l("Enter the last day on which that name was used."))
    parent = Combobox(_l("Part of"))
    address = Paragraph(_l("Address and contact on the letterhead"), longest=500)

    @classmethod
    def of(cls, name: FormerUnitName) -> "FormerNameForm":
        form = cls(formdata=None, obj=name)
        form.parent.data = name.parent_id
        return form

    def draft(self) -> FormerNameDraft:
        return FormerNameDraft(
            name_id=self.name_id.data or "",
            name_en=self.name_en.data,
            until_on=self.until_on.data,
            address=self.address.data,
            parent_id=self.parent.data,
        )


class PositionForm(_Dated):
    title_id = Line(_l("Title in Indonesian"), needed=_l("Enter the post's title."))
    title_en = Line(_l("Title in English"))
    short = Line(_l("Short title"))
    aliases = Lines(_l("Other spellings"))
    unit = Combobox(_l("Unit"))

    @classmethod
    def of(cls, position: Position) -> "PositionForm":
        form = cls(formdata=None, obj=position)
        form.unit.data = position.unit_id
        return form

    def draft(self) -> PositionDraft:
        return PositionDraft(
            title_id=self.title_id.data or "",
            title_en=self.title_en.data,
            short=self.short.data,
            aliases=self.aliases.entries(),
            unit_id=self.unit.data,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
        )


class _HoldingFields(PageForm):
    kind = Code(HoldingKind, _l("In what capacity"), needed=_l("Choose a capacity."))
    start_on = Day(_l("From"))
    end_on = Day(_l("Until"))
    note = Line(_l("Note"))

    def validate_end_on(self, field: Day) -> None:
        ensure_not_before(field.data, self.start_on.data)

    def draft_for(self, person_id: int) -> HoldingDraft:
        return HoldingDraft(
            person_id=person_id,
            kind=self.kind.data,
            start_on=self.start_on.data,
            end_on=self.end_on.data,
            note=self.note.data,
        )


class HoldingForm(_HoldingFields):
    person = Combobox(_l("Person"), needed=_l("Choose a person."))

    @classmethod
    def of(cls, holding: PositionHolding) -> "HoldingForm":
        form = cls(formdata=None, obj=holding)
        form.person.data = holding.person_id
        return form

    def draft(self) -> HoldingDraft:
        return self.draft_for(self.person.data or 0)


class PostHeldForm(_HoldingFields):
    position = Combobox(_l("Post"), needed=_l("Choose a post."))


class AsOfForm(FilterForm):
    """The day on which a page shows the organisation."""

    as_of = Day(_l("As of"))


class PeopleFilterForm(FilterForm):
    orders = tuple(PEOPLE_ORDERS)
    q = Line(_l("Name"))
    is_provisional = BooleanField(_l("Only unconfirmed identities"))

    def filter(self) -> PeopleFilter:
        return PeopleFilter(q=self.q.data, is_provisional=self.is_provisional.data, order=self.order)


class PostOrderForm(FilterForm):
    orders = tuple(POST_ORDERS)


class UnitOrderForm(FilterForm):
    orders = tuple(UNIT_ORDERS)
