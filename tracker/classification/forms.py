"""Forms of secrecy."""

from collections.abc import Sequence

from wtforms.fields import SelectMultipleField

from tracker.classification import labels
from tracker.classification.queries import Thing, Tied
from tracker.core.actor import Classification
from tracker.core.fields import Code, Paragraph, Pick
from tracker.core.fields.choices import LongSelect
from tracker.core.forms import PageForm
from tracker.core.reasons import GIVE_A_REASON
from tracker.core.wording import lazy as _l


def _key(one: Tied) -> str:
    return f"{one.__tablename__}:{one.id}"


class ClassificationForm(PageForm):
    """Another classification, and why."""

    classification = Code(Classification, _l("Classification"), needed=_l("Choose a classification."))
    reason = Paragraph(_l("Why"), needed=GIVE_A_REASON)
    left = SelectMultipleField(_l("Leave as they are"), choices=[], widget=LongSelect(multiple=True))

    def offer(self, ties: Sequence[Tied]) -> None:
        """What is raised with it unless it is ticked here."""
        self.left.choices = [(_key(one), labels.tied(one)) for one in ties]

    def chosen(self, ties: Sequence[Tied]) -> list[Tied]:
        """What of this is left as it is. A form is a circle, and would keep the rows: it is told them each time."""
        return [one for one in ties if _key(one) in (self.left.data or ())]

    @classmethod
    def of(cls, thing: Thing) -> "ClassificationForm":
        """The form as stored."""
        return cls(formdata=None, data={"classification": thing.classification, "version": thing.version})


class LetInForm(PageForm):
    """An account to let in."""

    account = Pick(_l("Account"), needed=_l("Choose an account."))
    reason = Paragraph(_l("Why"), needed=GIVE_A_REASON)
