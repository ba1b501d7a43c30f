"""Forms for classification and access by name."""

from collections.abc import Sequence

from wtforms.fields import SelectMultipleField

from tracker.classification import labels
from tracker.classification.queries import RelatedRow, Subject
from tracker.core.actor import Classification
from tracker.core.fields import Code, Paragraph, Pick
from tracker.core.forms import PageForm
from tracker.core.reasons import GIVE_A_REASON
from tracker.core.wording import lazy_gettext as _l


def _key(row: RelatedRow) -> str:
    return f"{row.__tablename__}:{row.id}"


class ClassificationForm(PageForm):
    classification = Code(Classification, _l("Classification"), needed=_l("Choose a classification."))
    reason = Paragraph(_l("Why"), needed=GIVE_A_REASON)
    left = SelectMultipleField(_l("Leave as they are"), choices=[])

    def offer(self, related: Sequence[RelatedRow]) -> None:
        self.left.choices = [(_key(row), labels.related_label(row)) for row in related]

    def unchanged(self, related: Sequence[RelatedRow]) -> list[RelatedRow]:
        """Rows ticked to stay as they are. The form does not store the rows: its reference cycle would keep them."""
        return [row for row in related if _key(row) in (self.left.data or ())]

    @classmethod
    def of(cls, subject: Subject) -> "ClassificationForm":
        return cls(formdata=None, data={"classification": subject.classification, "version": subject.version})


class AccessForm(PageForm):
    account = Pick(_l("Account"), needed=_l("Choose an account."))
    reason = Paragraph(_l("Why"), needed=GIVE_A_REASON)
