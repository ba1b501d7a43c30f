"""The forms for inviting and for answering."""

from wtforms import BooleanField, ValidationError

from tracker.core.fields import Code, Line
from tracker.core.forms import PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.invitations.commands import AnswerDraft
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.rules import OFFERED, Answer


class InviteForm(PageForm):
    whole_series = BooleanField(_l("Also to the other planned meetings of the series"))


class AnswerForm(PageForm):
    answer = Code(Answer, _l("Answer"), needed=_l("Choose an answer."), only=OFFERED)
    represented_by = Line(_l("Represented by"))
    reason = Line(_l("Reason"))

    @classmethod
    def of(cls, invitation: Invitation) -> "AnswerForm":
        return cls(formdata=None, obj=invitation)

    def validate_represented_by(self, field: Line) -> None:
        if self.answer.data is Answer.REPRESENTED and not field.data:
            raise ValidationError(gettext("Enter who will attend instead."))

    def validate_reason(self, field: Line) -> None:
        if self.answer.data is Answer.DECLINED and not field.data:
            raise ValidationError(gettext("Enter a reason."))

    def draft(self) -> AnswerDraft:
        return AnswerDraft(self.answer.data, self.represented_by.data, self.reason.data)
