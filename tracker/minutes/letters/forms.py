"""The form of the invitation letter."""

from typing import Any, Self

from tracker.core.fields import Combobox, Day, Line, Paragraph
from tracker.core.forms import PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.models import Meeting
from tracker.minutes.letters.commands import LetterDraft
from tracker.minutes.letters.models import InvitationLetter
from tracker.people import queries as people


class LetterForm(PageForm):
    number = Line(_l("Invitation number"))
    on = Day(_l("Invitation dated"))
    written_in = Line(_l("Written in"), longest=80)
    signatory_position = Combobox(_l("Signed by the post"))
    signatory = Combobox(_l("Signed by"))
    enclosures = Line(_l("Enclosed"))
    request = Paragraph(_l("Request to those invited"), longest=1000)
    copies_to = Paragraph(_l("Copies to, one per line"))

    @classmethod
    def of(cls, meeting: Meeting, letter: InvitationLetter | None) -> Self:
        version = f"{meeting.version}.{letter.version if letter else 0}"
        data: dict[str, Any] = {"number": meeting.invitation_number, "on": meeting.invitation_on, "version": version}
        if letter:
            data |= {name: getattr(letter, name) for name in ("written_in", "enclosures", "request", "copies_to")}
            data |= {"signatory_position": letter.signatory_position_id, "signatory": letter.signatory_id}
        return cls(formdata=None, data=data).offered()

    def offered(self) -> Self:
        self.signatory_position.offer(people.POSTS, gettext("not yet set"))
        self.signatory.offer(people.PERSONS, gettext("not yet set"))
        return self

    def draft(self) -> LetterDraft:
        return LetterDraft(
            number=self.number.data, on=self.on.data, written_in=self.written_in.data,
            signatory_position_id=self.signatory_position.data, signatory_id=self.signatory.data,
            enclosures=self.enclosures.data, request=self.request.data, copies_to=self.copies_to.data,
        )  # fmt: skip
