"""Labels of the audit chain."""

from collections.abc import Sequence

from tracker.audit.models import Event
from tracker.audit.rules import AuditedKind, Change, UnauditedKind
from tracker.core.clock import local, office_zone
from tracker.core.wording import Tones, Words, clock, moment, short_day
from tracker.core.wording import lazy_gettext as _l

WORDS: Words = {
    Change: {
        Change.INSERT: _l("added"),
        Change.UPDATE: _l("changed"),
        Change.DELETE: _l("deleted"),
        Change.READ: _l("read"),
    },
    AuditedKind: {
        AuditedKind.MEETING: _l("Meeting"),
        AuditedKind.SERIES: _l("Series of meetings"),
        AuditedKind.PLACE_IN_SERIES: _l("Position in a series"),
        AuditedKind.MEETING_TEMPLATE: _l("Meeting template"),
        AuditedKind.GRANT: _l("Reader given access to a meeting"),
        AuditedKind.AGENDA_ITEM: _l("Agenda item"),
        AuditedKind.ATTENDANCE: _l("Attendance"),
        AuditedKind.INVITATION_LETTER: _l("Invitation letter"),
        AuditedKind.INVITATION: _l("Invitation to a meeting"),
        AuditedKind.ARRIVAL: _l("Name typed at the check-in"),
        AuditedKind.STATEMENT: _l("Statement"),
        AuditedKind.MINUTES: _l("Minutes"),
        AuditedKind.PROPOSAL: _l("Proposal"),
        AuditedKind.PROPONENT: _l("Proponent"),
        AuditedKind.PROPOSAL_RELATION: _l("Relation of proposals"),
        AuditedKind.STATEMENT_PROPOSAL: _l("Statement about a proposal"),
        AuditedKind.STATEMENT_ACTION: _l("Statement that names a follow-up"),
        AuditedKind.STATEMENT_MEETING: _l("Statement that names a meeting"),
        AuditedKind.STATEMENT_SOURCE: _l("Place in the text where a statement was read"),
        AuditedKind.STATEMENT_REPEAT: _l("Statement that repeats the words of a follow-up or proposal"),
        AuditedKind.STATEMENT_TARGET: _l("Statement that names a target"),
        AuditedKind.TARGET_LINK: _l("Link to a target"),
        AuditedKind.ACTION: _l("Follow-up"),
        AuditedKind.ACTION_SUPPORTER: _l("Support of a follow-up"),
        AuditedKind.ACTION_SUPPORTING_UNIT: _l("Supporting unit of a follow-up"),
        AuditedKind.DUE_DATE: _l("Due date"),
        AuditedKind.DUE_DATE_REQUEST: _l("Request for another due date"),
        AuditedKind.HAND_OVER: _l("Hand-over"),
        AuditedKind.ACTION_UPDATE: _l("Progress report"),
        AuditedKind.ACTION_HOLD: _l("Hold"),
        AuditedKind.ESCALATION: _l("Escalation"),
        AuditedKind.REPLY_LINK: _l("Reply link"),
        AuditedKind.BULK_CHANGE: _l("Change of several follow-ups"),
        AuditedKind.BULK_CHANGE_ROW: _l("One of several follow-ups"),
        AuditedKind.REVIEW: _l("Weekly review"),
        AuditedKind.REVIEW_ITEM: _l("Item of a review"),
        AuditedKind.ATTACHMENT: _l("Attachment"),
        AuditedKind.OBJECTIVE: _l("Objective"),
        AuditedKind.INDICATOR: _l("Indicator"),
        AuditedKind.TARGET: _l("Target"),
        AuditedKind.TARGET_DOCUMENT: _l("Target document"),
        AuditedKind.INDICATOR_VALUE: _l("Value in a period"),
        AuditedKind.PERIOD_SCHEME: _l("Period scheme"),
        AuditedKind.PERIOD: _l("Period"),
        AuditedKind.PERSON: _l("Person"),
        AuditedKind.PERSON_MERGE: _l("Merging of two persons"),
        AuditedKind.POSITION: _l("Post"),
        AuditedKind.POSITION_MERGE: _l("Merging of two posts"),
        AuditedKind.POSITION_HOLDING: _l("Holding of a post"),
        AuditedKind.UNIT: _l("Unit"),
        AuditedKind.FORMER_UNIT_NAME: _l("Former name of a unit"),
        AuditedKind.FORMER_POSITION: _l("Former title of a post"),
        AuditedKind.REORGANISATION: _l("Reorganisation"),
        AuditedKind.REORGANISATION_LINE: _l("Line of a reorganisation"),
        AuditedKind.REORGANISATION_ITEM: _l("Open item named by a reorganisation"),
        AuditedKind.ACCOUNT: _l("Account"),
        AuditedKind.ROLE: _l("Role of an account"),
        AuditedKind.SECOND_STEP: _l("Second step of a sign-in"),
        AuditedKind.RECOVERY_CODE: _l("Recovery code"),
        AuditedKind.ACCESS_LINK: _l("Link to choose a password"),
        AuditedKind.OFFICE_IDENTITY: _l("Identity in the office sign-in"),
        AuditedKind.PREVIEW: _l("Preview"),
        AuditedKind.SAVED_VIEW: _l("Saved view"),
        AuditedKind.WORD_TEMPLATE: _l("Word template"),
        AuditedKind.LETTERHEAD: _l("Letterhead"),
        AuditedKind.OFFICE: _l("Settings of the office"),
        AuditedKind.SYNONYM_GROUP: _l("Synonyms"),
        AuditedKind.HOLIDAY: _l("Holiday"),
        AuditedKind.ACTION_SETTING: _l("Setting of follow-ups"),
        AuditedKind.ANSWER_SETTING: _l("Setting of answers"),
        AuditedKind.IMPORT_RUN: _l("Import"),
        AuditedKind.WEBHOOK: _l("Webhook"),
    },
    UnauditedKind: {
        UnauditedKind.AUDIT_ENTRY: _l("Audit entry"),
        UnauditedKind.AUDIT_HEAD: _l("End of the audit chain"),
        UnauditedKind.EVENT: _l("Event of a history"),
        UnauditedKind.INVOLVEMENT: _l("Involvement of a person"),
        UnauditedKind.SPENT_KEY: _l("Key of a form that was sent"),
        UnauditedKind.CODE_SERIES: _l("Last number assigned"),
        UnauditedKind.SIGN_IN: _l("Sign-in"),
        UnauditedKind.CALENDAR_ADDRESS: _l("Address for a calendar"),
        UnauditedKind.API_TOKEN: _l("Token for a program"),
        UnauditedKind.THROTTLE_COUNT: _l("Count of failed attempts"),
        UnauditedKind.TYPED_LINE: _l("Line being typed"),
        UnauditedKind.NOTICE: _l("Notification"),
        UnauditedKind.FOLLOW: _l("Follow"),
        UnauditedKind.RESET_REQUEST: _l("Request for a new password"),
        UnauditedKind.SEARCH_ENTRY: _l("Entry of the search index"),
        UnauditedKind.SEARCH_WORD: _l("Word of the search index"),
        UnauditedKind.TALLY: _l("Number that pages show"),
        UnauditedKind.PROPOSAL_MEANING: _l("Meaning of a proposal, for the search"),
        UnauditedKind.WEBHOOK_DELIVERY: _l("Message of a webhook"),
    },
}
#: Why the rows of these tables are not audited.
REASONS = {
    UnauditedKind.AUDIT_ENTRY: _l("It is the chain itself."),
    UnauditedKind.AUDIT_HEAD: _l("It is the chain itself."),
    UnauditedKind.EVENT: _l("It is only added; the database refuses any change."),
    UnauditedKind.INVOLVEMENT: _l("It is written together with the audited record or the event that it comes from."),
    UnauditedKind.SPENT_KEY: _l("It only prevents a form from being saved twice."),
    UnauditedKind.CODE_SERIES: _l("The record that has the number is audited."),
    UnauditedKind.SIGN_IN: _l("The account's page shows it, and it can only be ended."),
    UnauditedKind.CALENDAR_ADDRESS: _l("The account's page shows it, and it can only be ended."),
    UnauditedKind.API_TOKEN: _l("The account's page shows it, and it can only be ended."),
    UnauditedKind.THROTTLE_COUNT: _l("It expires within minutes."),
    UnauditedKind.TYPED_LINE: _l("The line that it becomes is audited."),
    UnauditedKind.NOTICE: _l("It is made from events."),
    UnauditedKind.FOLLOW: _l("It is what an account wants to be notified of."),
    UnauditedKind.RESET_REQUEST: _l("The link that it leads to is audited."),
    UnauditedKind.SEARCH_ENTRY: _l("It is made from audited records."),
    UnauditedKind.SEARCH_WORD: _l("It is made from audited records."),
    UnauditedKind.TALLY: _l("It is made from audited records."),
    UnauditedKind.PROPOSAL_MEANING: _l("It is made from audited records."),
    UnauditedKind.WEBHOOK_DELIVERY: _l("It is made from events."),
}


def span(events: Sequence[Event]) -> str:
    """The period of these events, which come newest first: “28 Nov 2026, 21.32–21.38 WIB”."""
    last, first = (local(event.at) for event in (events[0], events[-1]))
    if moment(first) == moment(last):
        return moment(last)
    if first.date() != last.date():
        return f"{moment(first)} – {moment(last)}"
    return f"{short_day(first.date())}, {clock(first.time())}–{clock(last.time())} {office_zone().name}"


TONES: Tones = {Change: {Change.READ: "info", Change.DELETE: "warn"}}
#: Sentences for the faults of a broken chain.
FAULTS = {
    "missing": _l("entries before this one are missing"),
    "altered": _l("this entry was altered"),
    "tail": _l("the chain does not end where its head says"),
    "cut": _l("newer entries, recorded outside the database, are missing"),
    "not as anchored": _l("this entry differs from the one recorded outside the database"),
}
