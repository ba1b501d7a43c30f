"""Form for a change of status."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from tracker.core.errors import NotAccepted
from tracker.core.fields import Code, Combobox, Day, Paragraph
from tracker.core.forms import PageForm
from tracker.core.wording import label
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals.commands import Move
from tracker.proposals.rules import (
    Needs,
    NotActionableReason,
    ProposalStatus,
    Step,
)

_FIELD_OF_NEED = {
    Needs.MEETING_OR_NOTE: "meeting",
    Needs.AUTHORITY: "authority",
    Needs.REASON: "reason",
    Needs.REASON_CODE: "reason_code",
    Needs.REVISIT_ON: "revisit_on",
    Needs.ACTION: "on",
    Needs.EVIDENCE: "evidence",
    Needs.NO_OPEN_ACTION: "reason",
    Needs.SURVIVOR: "survivor",
}


class MoveForm(PageForm):
    on = Day(_l("Happened on"), needed=_l("Enter the date on which it happened."))
    meeting = Combobox(_l("At the meeting"))
    authority = Combobox(_l("Decided by"))
    reason = Paragraph(_l("Reason"))
    reason_code = Code(NotActionableReason, _l("Valid reason"))
    revisit_on = Day(_l("Revisit date"))
    evidence = Paragraph(_l("Evidence"))
    survivor = Combobox(_l("Merged into"))

    def mark_required(self, missing: Sequence[Needs]) -> "MoveForm":
        for need in missing:
            if need not in {Needs.MEETING_OR_NOTE, Needs.ACTION}:  # either of two fields is enough; no field
                self[_FIELD_OF_NEED[need]].flags.required = True
        return self

    def move(self, to: ProposalStatus) -> Move:
        step = Step(
            to=to,
            on=self.on.data,
            reason=self.reason.data,
            reason_code=self.reason_code.data,
            revisit_on=self.revisit_on.data,
            has_authority=self.authority.data is not None,
            has_meeting=self.meeting.data is not None,
            evidence=self.evidence.data,
            survivor_id=self.survivor.data,
        )
        return Move(step=step, meeting_id=self.meeting.data, authority_id=self.authority.data)

    def check_step(self, to: ProposalStatus, lacking: Callable[[Step], Sequence[Needs]]) -> None:
        """Like `check`, with an error at the field of everything that is missing."""
        self.check()
        missing = lacking(self.move(to).step)
        for need in missing:
            field = self[_FIELD_OF_NEED[need]]
            field.errors = [*field.errors, label(need)]
        if missing:
            raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
