"""Who was there."""

from wtforms import ValidationError

from tracker.core.fields import Code, Line, Pick
from tracker.core.forms import PageForm, PartForm
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.meetings.commands import AttendanceDraft
from tracker.meetings.models import Attendance
from tracker.meetings.rules import (
    AttendanceRole,
    AttendanceStatus,
)


class _AttendanceFields:
    """What a row of the attendance list asks, alone or among many."""

    person = Pick(_l("Person"))
    position = Pick(_l("Post"))
    post_as_written = Line(_l("Post as written"))
    role = Code(AttendanceRole, _l("Role"))
    status = Code(AttendanceStatus, _l("Attendance"))

    def is_empty(self) -> bool:
        """Whether nobody is named."""
        return not (self.person.data or self.position.data or self.post_as_written.data)

    def draft(self) -> AttendanceDraft:
        """What the commands want. A post chosen from the register is frozen in its words of today."""
        chosen = {choice[0]: choice[1] for choice in self.position.iter_choices()}
        words = chosen.get(str(self.position.data), chosen.get(self.position.data)) if self.position.data else None
        extra = {name: self[name].data for name in ("represented_by", "note") if name in self}  # type: ignore[attr-defined, operator, index]
        return AttendanceDraft(
            person_id=self.person.data,
            position_id=self.position.data,
            post_as_written=self.post_as_written.data or words,
            role=self.role.data or AttendanceRole.PARTICIPANT,
            status=self.status.data or AttendanceStatus.PRESENT,
            **extra,
        )


class AttendanceRow(_AttendanceFields, PartForm):
    """One of many rows."""


class AttendanceForm(_AttendanceFields, PageForm):
    """One row of the attendance list."""

    represented_by = Line(_l("Represented by"))
    note = Line(_l("Note"))

    @classmethod
    def of(cls, row: Attendance) -> "AttendanceForm":
        """The form as stored."""
        names = ("post_as_written", "role", "status", "represented_by", "note", "version")
        form = cls(formdata=None, data={name: getattr(row, name) for name in names})
        form.person.data, form.position.data = row.person_id, row.position_id
        return form

    def validate_person(self, field: Pick) -> None:
        """A row names a person or a post."""
        if self.is_empty():
            raise ValidationError(say("Choose a person or a post, or write the post."))
