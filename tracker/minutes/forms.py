"""Forms for submitting, returning, approving and correcting minutes."""

from collections.abc import Iterable

from flask import request
from wtforms import ValidationError

from tracker.attachments.forms import AcceptableFile, draft_of
from tracker.attachments.rules import AttachmentKind
from tracker.core import clock
from tracker.core.fields import LONGEST_TEXT, Day, Line, Paragraph
from tracker.core.forms import PageForm
from tracker.core.uploads import Upload
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.minutes.commands import SignedCopy


class StepForm(PageForm):
    """A step without fields."""


class ReturnForm(PageForm):
    note = Paragraph(_l("What has to be corrected"), needed=_l("Describe what has to be corrected."))

    def line_notes(self, statement_ids: Iterable[int]) -> dict[int, str]:
        notes = {line: (request.form.get(f"line_{line}") or "").strip() for line in statement_ids}
        return {line: note[:LONGEST_TEXT] for line, note in notes.items() if note}


class CorrectionForm(PageForm):
    reason = Paragraph(_l("Reason for the correction"), needed=_l("Give the reason for correcting the minutes."))


class SignedCopyForm(PageForm):
    by_name = Line(_l("Signed by"), needed=_l("Enter who signed."))
    post = Line(_l("Post"))
    on = Day(_l("Signed on"), needed=_l("Enter the date of the signature."))
    note = Paragraph(_l("Where the signed copy is kept"), needed=_l("State where the signed copy is kept."))
    file = Upload(
        _l("Scan of the signed copy"), needed=_l("Attach the scan of the signed copy."), also=(AcceptableFile(),)
    )

    def validate_on(self, field: Day) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(gettext("The date of the signature is in the future."))

    def signed(self) -> SignedCopy:
        scan = draft_of(self.file, AttachmentKind.SIGNED_COPY, self.note.data)
        return SignedCopy(
            by_name=self.by_name.data, post=self.post.data, on=self.on.data, note=self.note.data, scan=scan
        )
