"""Forms of the life of minutes."""

from collections.abc import Iterable

from flask import request
from wtforms import ValidationError

from tracker.attachments.forms import Fit, incoming
from tracker.attachments.rules import AttachmentKind
from tracker.core import clock
from tracker.core.fields import LONGEST_TEXT, Day, Line, Paragraph
from tracker.core.forms import PageForm
from tracker.core.uploads import Upload
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.minutes.commands import SignedCopy


class StepForm(PageForm):
    """A step that needs no words."""


class ReturnForm(PageForm):
    """Minutes sent back."""

    note = Paragraph(_l("What has to be corrected"), needed=_l("Describe what has to be corrected."))

    def line_notes(self, lines: Iterable[int]) -> dict[int, str]:
        """What was written at these lines of the document."""
        written = {line: (request.form.get(f"line_{line}") or "").strip() for line in lines}
        return {line: words[:LONGEST_TEXT] for line, words in written.items() if words}


class CorrectionForm(PageForm):
    """A correction of approved minutes."""

    reason = Paragraph(_l("Reason for the correction"), needed=_l("Give the reason for correcting the minutes."))


class SignedCopyForm(PageForm):
    """An approval on paper, recorded by the secretariat."""

    by_name = Line(_l("Signed by"), needed=_l("Enter who signed."))
    post = Line(_l("Post"))
    on = Day(_l("Signed on"), needed=_l("Enter the date of the signature."))
    note = Paragraph(_l("Where the signed copy is kept"), needed=_l("State where the signed copy is kept."))
    file = Upload(_l("Scan of the signed copy"), needed=_l("Attach the scan of the signed copy."), also=(Fit(),))

    def validate_on(self, field: Day) -> None:
        """Nobody has signed tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(say("The date of the signature is in the future."))

    def signed(self) -> SignedCopy:
        """What the command wants."""
        scan = incoming(self.file, AttachmentKind.SIGNED_COPY, self.note.data)
        return SignedCopy(
            by_name=self.by_name.data, post=self.post.data, on=self.on.data, note=self.note.data, scan=scan
        )
