"""Forms of secrecy."""

from tracker.core.actor import Classification
from tracker.core.fields import Code, Paragraph, Pick
from tracker.core.forms import PageForm
from tracker.core.wording import lazy as _l
from tracker.secrecy.queries import Thing


class ClassificationForm(PageForm):
    """Another classification, and why."""

    classification = Code(Classification, _l("Classification"), needed=_l("Choose a classification."))
    reason = Paragraph(_l("Why"), needed=_l("Say why."))

    @classmethod
    def of(cls, thing: Thing) -> "ClassificationForm":
        """The form as stored."""
        return cls(formdata=None, data={"classification": thing.classification, "version": thing.version})


class LetInForm(PageForm):
    """An account to let in."""

    account = Pick(_l("Account"), needed=_l("Choose an account."))
    reason = Paragraph(_l("Why"), needed=_l("Say why."))
