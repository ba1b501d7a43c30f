"""The form for a new token."""

from wtforms import BooleanField, ValidationError
from wtforms.fields import SelectMultipleField
from wtforms.fields.choices import SelectChoice

from tracker.accounts.commands import TokenDraft
from tracker.accounts.rules import LONGEST_TOKEN_NAME, ApiFeature, TokenLasts
from tracker.core.actor import Actor, Classification
from tracker.core.fields import Code, Line
from tracker.core.forms import PageForm
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l


class TokenForm(PageForm):
    name = Line(_l("Name"), needed=_l("Name the program that will use it."), longest=LONGEST_TOKEN_NAME)
    features = SelectMultipleField(
        _l("For"),
        coerce=ApiFeature,
        choices=lambda: [SelectChoice(feature.value, label(feature)) for feature in ApiFeature],
    )
    may_write = BooleanField(_l("May write, not only read"))
    reads_secret = BooleanField(_l("Also shows what is secret or top secret"))
    lasts = Code(TokenLasts, _l("Expires after"), needed=_l("Choose when it expires."))

    def offered(self, account: Actor) -> "TokenForm":
        """Secret rows are offered to those who may see some."""
        if account.clearance.rank < Classification.SECRET.rank:
            del self.reads_secret
        return self

    def validate_features(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose what it is for."))

    def draft(self) -> TokenDraft:
        return TokenDraft(
            name=self.name.data,
            features=self.features.data,
            may_write=self.may_write.data,
            reads_secret=self.data.get("reads_secret", False),
            lasts=self.lasts.data,
        )
