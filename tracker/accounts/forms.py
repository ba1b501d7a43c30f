"""Forms for accounts and signing in."""

from wtforms import BooleanField, Form, HiddenField, PasswordField, ValidationError
from wtforms.fields import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from tracker.accounts import rules
from tracker.accounts.commands import AccountDraft, password_refusal
from tracker.accounts.models import Account
from tracker.accounts.queries import AccountFilter
from tracker.core.actor import Classification, Role
from tracker.core.fields import Address, Code, Combobox, Line, Needed
from tracker.core.forms import FilterForm, PageForm
from tracker.core.settings import current_settings
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l

LONGEST = Length(max=1000, message=_l("This is too long: at most %(max)d characters."))


def one_time_code() -> Line:
    """The code of the second step; empty if the account has none."""
    return Line(_l("One-time code"), longest=20, render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"})


def current_password() -> PasswordField:
    return PasswordField(
        _l("Current password"),
        [Needed(_l("Enter your current password.")), LONGEST],
        render_kw={"autocomplete": "current-password"},
    )


def new_password() -> PasswordField:
    """A password that is hard to guess. Its form has a field with the username."""
    return PasswordField(
        _l("New password"),
        [Needed(_l("Enter a new password.")), LONGEST, _ensure_strong],
        render_kw={"autocomplete": "new-password"},
    )


def _ensure_strong(form: Form, field: PasswordField) -> None:
    refusal = password_refusal(field.data or "", form["username"].data or "")
    if refusal:
        raise ValidationError(refusal)


class SignInForm(PageForm):
    username = Line(_l("Username"), needed=_l("Enter your username."), render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"), [Needed(_l("Enter your password.")), LONGEST], render_kw={"autocomplete": "current-password"}
    )
    code = one_time_code()
    next = HiddenField()

    def refuse(self, sentence: str) -> None:
        """The sentence must not tell which of username and password was wrong."""
        self.form_errors.append(sentence)


class ProofForm(PageForm):
    """Password and code again, before a change to how one signs in."""

    password = current_password()
    code = one_time_code()
    next = HiddenField()

    def refuse(self, sentence: str) -> None:
        self.form_errors.append(sentence)


class PasswordForm(PageForm):
    current = current_password()
    code = one_time_code()
    new = new_password()
    username = HiddenField()


class MailsForm(PageForm):
    email = Address(_l("E-mail"))
    wants_digest = BooleanField(_l("Send me the weekly digest on Monday morning"))

    @classmethod
    def of(cls, account: Account) -> "MailsForm":
        stored = {"email": account.email, "wants_digest": account.wants_digest, "version": account.version}
        return cls(formdata=None, data=stored)


class AccountForm(PageForm):
    username = Line(_l("Username"), needed=_l("Enter a username."), longest=rules.LONGEST_USERNAME)
    display_name = Line(_l("Name shown"), needed=_l("Enter the name to show."))
    person = Combobox(_l("Person in the register"))
    roles = SelectMultipleField(
        _l("Roles"), coerce=Role, choices=lambda: [SelectChoice(role.value, label(role)) for role in Role]
    )
    clearance = Code(Classification, _l("Cleared up to"), needed=_l("Choose a clearance."))
    email = Address(_l("E-mail"))
    office_address = Address(_l("Address for the office sign-in"))
    is_active = BooleanField(_l("May sign in"), default=True)
    password = PasswordField(_l("First password"), [LONGEST], render_kw={"autocomplete": "new-password"})
    #: Whether the account belongs to the administrator who edits it.
    is_own = False

    @classmethod
    def of(cls, account: Account) -> "AccountForm":
        return cls(
            formdata=None,
            data={
                "username": account.username,
                "display_name": account.display_name,
                "person": account.person_id,
                "roles": [row.role for row in account.roles],
                "clearance": account.clearance,
                "is_active": account.is_active,
                "email": account.email,
                "office_address": account.office_address,
                "version": account.version,
            },
        )

    def offer_no_more_than(self, rights: rules.Rights) -> None:
        """For one's own account: rights may be given up, but only another administrator can add some."""
        self.roles.choices = [SelectChoice(role.value, label(role)) for role in Role if role in rights.roles]
        self.clearance.offer_only(level for level in Classification if level.rank <= rights.clearance.rank)

    def make_credentials_read_only(self) -> None:
        del self.password
        for field in (self.email, self.office_address):
            field.render_kw = {**(field.render_kw or {}), "readonly": True}

    def validate_roles(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose at least one role."))

    def validate_password(self, field: PasswordField) -> None:
        if not field.data:
            self._require_mailed_invitation()
            return
        refusal = password_refusal(field.data or "", self.username.data or "")
        if refusal:
            raise ValidationError(refusal)

    def _require_mailed_invitation(self) -> None:
        """Nobody hands a link over to a second administrator (ADR 60), so a new one needs a mail or a password."""
        is_mailed = current_settings().smtp_url and self.email.data
        if not self.version.data and Role.ADMIN in (self.roles.data or ()) and self.is_active.data and not is_mailed:
            raise ValidationError(
                gettext("Administrators are invited by mail only. Enter an e-mail, or a first password.")
                if current_settings().smtp_url
                else gettext("Administrators are invited by mail only, and no mail server is set. Enter a password.")
            )

    def draft(self) -> AccountDraft:
        return AccountDraft(
            username=self.username.data or "",
            display_name=self.display_name.data or "",
            person_id=self.person.data,
            roles=frozenset(self.roles.data or ()),
            clearance=self.clearance.data,
            is_active=self.is_active.data,
            email=self.email.data,
            office_address=self.office_address.data,
        )


class AccountFilterForm(FilterForm):
    q = Line(_l("Name, username or e-mail"))
    role = Code(Role, _l("Role"))
    state = Code(rules.AccountState, _l("State"))

    def filter(self) -> AccountFilter:
        return AccountFilter(q=self.q.data, role=self.role.data, state=self.state.data)
