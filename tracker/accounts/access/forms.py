"""Forms for links, the second step and the office sign-in."""

import re
from collections.abc import Container, Sequence

from wtforms import BooleanField, FormField, HiddenField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.accounts.access.rules import MOST_AT_ONCE
from tracker.accounts.forms import current_password, new_password, one_time_code
from tracker.accounts.models import Account
from tracker.core.actor import Role
from tracker.core.fields import Address, Line, PickSeveral, Rows
from tracker.core.forms import FilterForm, PageForm, PartForm
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.people.models import Person


class ForgottenForm(PageForm):
    username = Line(_l("Username"), needed=_l("Enter your username."), longest=60)


class ChoosePasswordForm(PageForm):
    new = new_password()
    username = HiddenField()


class PersonsFilterForm(FilterForm):
    q = Line(_l("Name"))


class InvitedRow(PartForm):
    person = HiddenField()
    is_chosen = BooleanField(_l("Invite"))
    email = Address(_l("E-mail"))

    @property
    def person_id(self) -> int:
        number = self.person.data or ""
        return int(number) if re.fullmatch("[0-9]{1,9}", number) else 0


class InvitationsForm(PageForm):
    """Accounts for several people at once, never as administrators: those are opened one by one."""

    roles = SelectMultipleField(
        _l("Roles"), coerce=Role,
        choices=lambda: [SelectChoice(role.value, label(role)) for role in Role if role is not Role.ADMIN],
    )  # fmt: skip
    rows = Rows(FormField(InvitedRow), max_entries=MOST_AT_ONCE)

    @classmethod
    def of(cls, persons: Sequence[Person]) -> "InvitationsForm":
        return cls(formdata=None, data={"rows": [{"person": str(person.id)} for person in persons]})

    def keep(self, persons: Container[int]) -> None:
        """Drop the rows of all others, so that no error is reported in a row that is not shown."""
        self.rows.entries = [entry for entry in self.rows.entries if entry.form.person_id in persons]

    def person_ids(self) -> list[int]:
        return [entry.form.person_id for entry in self.rows.entries]

    def chosen(self) -> dict[int, str | None]:
        return {entry.form.person_id: entry.form.email.data for entry in self.rows.entries if entry.form.is_chosen.data}

    def validate_roles(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose at least one role."))

    def validate_rows(self, _: Rows) -> None:
        if not self.chosen():
            raise ValidationError(gettext("Tick at least one person."))


class LinksForm(PageForm):
    """Links for several new accounts at once."""

    accounts = PickSeveral(_l("Accounts"))
    as_file = BooleanField(_l("Save as a file for a spreadsheet (CSV) instead of showing them"))

    def offer(self, accounts: Sequence[Account], ticked: Sequence[int]) -> None:
        """`ticked`: at first, before anything was sent."""
        self.accounts.offer((account.id, account.display_name) for account in accounts)
        if not self.is_submitted():
            self.accounts.data = list(ticked)

    def validate_accounts(self, field: PickSeveral) -> None:
        if not field.data:
            raise ValidationError(gettext("Tick at least one account."))


class TurnOnForm(PageForm):
    """The code proves that the authenticator app has the seed."""

    sealed_seed = HiddenField()
    code = Line(
        _l("Code shown by the app"), needed=_l("Enter the six digits that the app shows."), longest=20,
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )  # fmt: skip


class TurnOffForm(PageForm):
    """Asks for the password, so that nobody at an unlocked computer can turn the second step off."""

    current = current_password()
    present_code = one_time_code()


class OfficeCodeForm(PageForm):
    """The second step after an office sign-in that used only a password."""

    code = Line(
        _l("One-time code"), needed=_l("Enter the six digits that the app shows, or a recovery code."), longest=20,
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )  # fmt: skip
