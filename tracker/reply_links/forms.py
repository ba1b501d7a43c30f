"""The forms behind reply links, and the one for a letter with a link."""

from datetime import date

from wtforms import ValidationError

from tracker.actions.changes.forms import AskForm
from tracker.actions.commands import NO_EVIDENCE, Report
from tracker.actions.forms import ReportForm
from tracker.attachments.commands import AttachmentDraft
from tracker.attachments.forms import AcceptableFile, draft_of
from tracker.attachments.rules import AttachmentKind
from tracker.core.fields import Code, Number, Paragraph
from tracker.core.forms import PageForm
from tracker.core.uploads import Upload
from tracker.core.wording import lazy_gettext as _l
from tracker.reply_links.rules import Purpose


class ReplyForm(PageForm):
    class Meta(PageForm.Meta):
        #: The address is the key; mail programs that show the page may keep no cookie.
        csrf = False


class ProgressForm(ReplyForm):
    progress_note = Paragraph(_l("What was done"), needed=_l("Describe what was done."))
    percent = Number(_l("Percent complete"))
    obstacle = Paragraph(_l("Obstacle"))

    validate_percent = ReportForm.validate_percent

    def report(self, on: date) -> Report:
        percent = None if self.percent.data is None else int(self.percent.data)
        return Report(
            on=on, progress_note=self.progress_note.data or "", percent=percent, obstacle=self.obstacle.data
        )  # fmt: skip


class FinishForm(ReplyForm):
    progress_note = Paragraph(_l("What was done"), needed=_l("Describe what was done."))
    evidence = Paragraph(_l("Evidence"))
    file = Upload(_l("The file"), also=(AcceptableFile(),))
    #: Whether the action already has evidence. Set by the view.
    has_evidence = False

    def validate_evidence(self, field: Paragraph) -> None:
        if not field.data and not self.file.data and not self.has_evidence:
            raise ValidationError(str(NO_EVIDENCE))

    def report(self, on: date) -> Report:
        return Report(
            on=on, progress_note=self.progress_note.data or "", evidence=self.evidence.data, is_finished=True
        )  # fmt: skip

    def attachment(self) -> AttachmentDraft | None:
        return draft_of(self.file, AttachmentKind.EVIDENCE, None) if self.file.data else None


class DateForm(AskForm, ReplyForm):
    """Like the form of the page, without a session."""


class LetterForm(PageForm):
    purpose = Code(Purpose, _l("The link in the letter is for"), needed=_l("Choose what the letter asks for."))
