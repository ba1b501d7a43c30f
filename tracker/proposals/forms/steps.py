"""Form for a change of status."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from tracker.core.errors import NotAccepted
from tracker.core.fields import Code, Combobox, Day, Paragraph
from tracker.core.forms import PageForm
from tracker.core.wording import gettext, label
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


#: Fields of one step alone: what another step does not show, it does not take either.
_STEP_OF_FIELD = {
    "reason_code": ProposalStatus.NOT_ACTIONABLE,
    "revisit_on": ProposalStatus.DEFERRED,
    "evidence": ProposalStatus.REALISED,
    "survivor": ProposalStatus.MERGED,
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

    def only_for(self, to: ProposalStatus) -> "MoveForm":
        for name, step in _STEP_OF_FIELD.items():
            if to != step:
                del self[name]
        return self

    def mark_required(self, missing: Sequence[Needs]) -> "MoveForm":
        for need in missing:
            if need not in {Needs.MEETING_OR_NOTE, Needs.ACTION}:  # either of two fields is enough; no field
                self[_FIELD_OF_NEED[need]].flags.required = True
        if not self.reason.flags.required and Needs.MEETING_OR_NOTE not in missing:
            self.reason.label.text = gettext("Remarks")
        return self

    def move(self, to: ProposalStatus) -> Move:
        data = self.data
        step = Step(
            to=to,
            on=data["on"],
            reason=data["reason"],
            reason_code=data.get("reason_code"),
            revisit_on=data.get("revisit_on"),
            has_authority=data["authority"] is not None,
            has_meeting=data["meeting"] is not None,
            evidence=data.get("evidence"),
            survivor_id=data.get("survivor"),
        )
        return Move(step=step, meeting_id=data["meeting"], authority_id=data["authority"])

    def check_step(self, to: ProposalStatus, lacking: Callable[[Step], Sequence[Needs]]) -> None:
        """Like `check`, with an error at the field of everything that is missing."""
        self.check()
        missing = lacking(self.move(to).step)
        for need in missing:
            field = self[_FIELD_OF_NEED[need]]
            field.errors = [*field.errors, label(need)]
        if missing:
            raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
