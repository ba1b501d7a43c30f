"""Forms for links, the second step and the office sign-in."""

from wtforms import HiddenField, PasswordField, ValidationError
from wtforms.validators import Length

from tracker.accounts.commands import password_refusal
from tracker.accounts.forms import one_time_code
from tracker.core.fields import Line, Needed
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l

LONGEST = Length(max=1000, message=_l("This is too long: at most %(max)d characters."))


class ForgottenForm(PageForm):
    username = Line(_l("Username"), needed=_l("Enter your username."), longest=60)


class ChoosePasswordForm(PageForm):
    new = PasswordField(
        _l("New password"), [Needed(_l("Enter a new password.")), LONGEST], render_kw={"autocomplete": "new-password"}
    )
    username = HiddenField()

    def validate_new(self, field: PasswordField) -> None:
        refusal = password_refusal(field.data or "", self.username.data or "")
        if refusal:
            raise ValidationError(refusal)


class TurnOnForm(PageForm):
    """The code proves that the authenticator app has the seed."""

    sealed_seed = HiddenField()
    code = Line(
        _l("Code shown by the app"), needed=_l("Enter the six digits that the app shows."), longest=20,
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )  # fmt: skip


class TurnOffForm(PageForm):
    """Asks for the password, so that nobody at an unlocked computer can turn the second step off."""

    current = PasswordField(
        _l("Current password"), [Needed(_l("Enter your current password.")), LONGEST],
        render_kw={"autocomplete": "current-password"},
    )  # fmt: skip
    present_code = one_time_code()


class OfficeCodeForm(PageForm):
    """The second step after an office sign-in that used only a password."""

    code = Line(
        _l("One-time code"), needed=_l("Enter the six digits that the app shows, or a recovery code."), longest=20,
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )  # fmt: skip
