"""Who may use each endpoint, written by hand, not derived from the policies; checked by `test_matrix`."""

from dataclasses import dataclass, field

from tests.security import stage
from tests.security.stage import ACTION, MEETING, PROPOSAL
from tracker.audit.rules import Part
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock
from tracker.core.actor import Role

ALL = frozenset(Role)
S, R, D, A = Role.SECRETARIAT, Role.REVIEWER, Role.DECISION_MAKER, Role.ADMIN
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Rule:
    """Roles that may use an endpoint on a visible row.

    `own` adds those who take part in the row; `judges` is the part that excludes.
    """

    roles: frozenset[Role]
    classified: bool = False
    own: bool = False
    args: dict[str, object] = field(default_factory=dict)
    query: str = ""
    judges: Part | None = None

    @property
    def bars_who_takes_part(self) -> bool:
        """Whether the stage's participant is excluded: the PIC of its action and proponent of its proposal."""
        return self.judges in {Part.IN_CHARGE, Part.REPORTED, Part.ASKED, Part.NAMED}


#: Operations of programs, which ask for a token whatever cookies come along; what each row shows whom: tests/api.
_OF_PROGRAMS = """
list_meetings show_meeting log_meeting change_meeting list_lines show_line add_line change_line remove_line
show_agenda_item change_agenda_item remove_agenda_item
show_attendance add_attendance change_attendance remove_attendance
list_proposals show_proposal record_proposal change_proposal move_proposal
list_actions show_action assign_action change_action report_progress move_action
list_targets show_target show_value add_value change_value list_reviews search_everything
list_people show_person list_units show_unit list_posts show_post
follow_meetings unfollow_meetings follow_proposals unfollow_proposals follow_actions unfollow_actions
follow_targets unfollow_targets
list_attachments show_attachment download_attachment attach_file
move_due_date list_due_date_requests show_due_date_request ask_due_date grant_due_date refuse_due_date
add_proponent remove_proponent link_to_target settle_link record_effect add_agenda_item restore_line
list_review_items show_review_item settle_review_item extend_review_item reassign_review_item escalate_review_item"""
BY_TOKEN = {f"api.{name}" for name in _OF_PROGRAMS.split()}
PUBLIC = {
    "accounts.sign_in",
    "accounts.enter",
    "accounts.choose_language",
    "access.choose",
    "access.use",
    "access.forgotten",
    "access.ask_for_reset",
    "access.to_office",
    "access.from_office",
    "access.office_code",
    "access.take_office_code",
    "operations.alive",
    "operations.ready",
    "operations.counts",
    "minutes.verify",
    "feed.show",
    "reply_links.show",
    "reply_links.answer",
    "specification.show",
    "offline.manifest",
    "offline.worker",
    "offline.away",
    "invitations.asked",
    "invitations.answer",
    "check_in.ask",
    "check_in.find",
    "check_in.show",
    "check_in.arrive",
    "mails.stopping",
    "mails.stop",
    "static",
}

#: Endpoints for one's own rows, or for creating rows, that need no row of somebody else.
_OPEN_TO_ALL = """
home.index inbox.index
accounts.show accounts.edit_password accounts.update_password accounts.edit_mails accounts.update_mails
access.second_step access.turn_on access.turn_off feed.new feed.create
tokens.new tokens.create specification.docs
home.index accounts.show accounts.edit_password accounts.update_password accounts.edit_mails accounts.update_mails
access.second_step access.turn_on access.turn_off accounts.prove accounts.accept_proof
reviews.compare guide.show guide.end_tour
meetings.index meetings.week proposals.index proposals.earlier proposals.proposed_before
actions.index actions.by_unit targets.index people.index units.index
actions.calendar posts.index reviews.index reviews.trends holidays.index periods.index
choices.found search.index search.jump search.suggestions search.synonyms status.unanswered styleguide.show
lists.matrix people.show units.show posts.show targets.show reorganisations.index
"""
_SECRETARIAT = """
intake.new intake.plan intake.create intake.begin intake.read intake.record_text
meeting_templates.index proposals.new proposals.create actions.new actions.create
"""
_REGISTERS = """
people.new people.create people.edit people.update people.choose_other people.compare people.new_post people.create_post
posts.choose_other posts.compare posts.merge people.remove people.put_into_open_register
units.new units.create units.edit units.update units.new_name
units.create_name units.edit_name units.update_name posts.new posts.create posts.edit posts.update posts.new_holding
posts.create_holding posts.edit_holding posts.update_holding holidays.new holidays.create holidays.edit holidays.update
holidays.removal holidays.remove search.new_synonyms search.create_synonyms search.edit_synonyms search.update_synonyms
search.remove_synonyms
reorganisations.show reorganisations.new reorganisations.create reorganisations.edit reorganisations.update
reorganisations.edit_sheet reorganisations.update_sheet reorganisations.new_line reorganisations.create_line
reorganisations.edit_line reorganisations.update_line reorganisations.remove_line reorganisations.take_rest
reorganisations.remove_item reorganisations.enter reorganisations.remove
"""
_ADMIN = """
accounts.index accounts.new accounts.create accounts.edit accounts.update access.link access.make_link
accounts.invite accounts.withdraw_invitation accounts.refuse_request accounts.end_sign_ins_of
access.choose_persons access.invite_persons access.choose_links access.make_links
setup.edit setup.update notifications.index letterhead.edit letterhead.update letterhead.example
operations.show operations.send_test_mail webhooks.index webhooks.new webhooks.create
word_template.show word_template.download word_template.replace word_template.restore periods.new periods.create
periods.edit periods.update
"""
_READS_CLASSIFIED = """
meetings.show meetings.by_code meetings.calendar_entry meetings.outcomes meetings.people_present
meetings.files meetings.history live.room live.room_changes minutes.version documents.minutes_pdf
documents.minutes_docx documents.attendance_pdf letters.show letters.letter_pdf letters.letter_docx
intake.source series.show status.statement proposals.show
proposals.by_code actions.show actions.by_code status.reminder attachments.download
"""
_KEEPS_CLASSIFIED = """
letters.update
meetings.edit meetings.update meetings.take_step meetings.new_attendance meetings.add_attendance
meetings.edit_attendance meetings.update_attendance meetings.remove_attendance
meetings.new_statement meetings.add_statement meetings.edit_statement meetings.update_statement
meetings.remove_statement meetings.edit_agenda_item meetings.update_agenda_item meetings.remove_agenda_item
meetings.choose_where_to_carry meetings.carry_agenda_item meetings.arrange_statement meetings.move_statement
meetings.split_statement meetings.join_statement
live.show live.understood live.write live.keep_typing live.change live.remove live.restore
live.seat_speaker live.call live.note_present live.add_agenda_item intake.text intake.cut intake.keep intake.names
meetings.remove_statement live.show live.understood live.write live.keep_typing live.change live.remove live.restore
live.ask_speaker live.seat_speaker live.call live.note_present live.note_everybody_present
live.undo_everybody_present live.add_agenda_item live.note_discussed
intake.text intake.cut intake.keep intake.names
live.seat_speaker live.call live.note_present live.add_agenda_item live.changes live.edit live.move live.split live.join
live.turn_into_action live.edit_agenda_item live.rename_agenda_item live.move_agenda_item live.remove_agenda_item
intake.text intake.cut intake.keep intake.names
intake.read_names intake.call_all series.choose series.join series.leave
invitations.index invitations.take_over
check_in.screen check_in.now check_in.confirm check_in.dismiss check_in.undo
series.edit series.update series.new series.begin series.following series.plan
minutes.ask_to_submit minutes.submit minutes.ask_to_correct
minutes.correct status.attach_origin attachments.removing attachments.remove
attachments.choose_agenda_item attachments.move_paper proposals.edit
proposals.update proposals.new_proponent proposals.add_proponent proposals.removing_proponent
proposals.remove_proponent proposals.new_link
proposals.add_link proposals.new_relation proposals.add_relation proposals.edit_relation proposals.clarify_relation
"""
_STEERS = """
actions.edit actions.update changes.reassigning changes.reassign
escalations.escalating escalations.escalate escalations.answering_escalation escalations.answer_escalation
status.answering_hand_over status.answer_hand_over
status.new_hand_over status.hand_over status.new_parts status.split proposals.edit_effect proposals.tell_effect
"""
#: Endpoints that change due dates.
_DATES = """
actions.promise actions.move_due_date changes.granting changes.grant changes.refusing changes.refuse
"""
_REPORTS = """
reports.new_report reports.add_report changes.asking changes.ask changes.holding changes.hold changes.releasing
changes.release
"""
#: Endpoints for rows of one account; those of the stage belong to the chair's account.
OF_THE_CHAIR = "saved_filters.edit saved_filters.update saved_filters.delete accounts.end_sign_in feed.end tokens.end"
#: Weeks of a closed review of the demo, and of the open review of the stage.
CLOSED, OPENED = {"week": str(week_of(clock.today()).previous)}, {"week": stage.WEEK}
#: Ends the session that sends it, so it is tested in tests/accounts.
ENDS_THE_SIGN_IN = {"accounts.sign_out", "accounts.sign_out_everywhere"}


def _each(names: str, *rules: Rule) -> list[tuple[str, Rule]]:
    return [(name, rule) for name in names.split() for rule in rules]


_STEPS = [
    *_each("meetings.move", Rule(frozenset({S}), args={"to": "cancelled", "meeting_id": 40})),
    *_each("meetings.move", Rule(frozenset(), args={"to": "cancelled"})),  # the meeting was held
    *_each("invitations.send invitations.send_again invitations.enter invitations.store", Rule(NOBODY)),  # the same
    *_each("proposals.move proposals.take_step", Rule(frozenset({S, R, D}), True, args={"to": "under_discussion"})),
    *_each("proposals.move proposals.take_step", Rule(frozenset({S}), True, own=True, args={"to": "withdrawn"})),
    *_each("proposals.take_step", Rule(frozenset({S, D}), True, args={"to": "approved"})),
    *_each("actions.move actions.take_step", Rule(frozenset({S, R}), True, True, {"to": "awaiting_verification"})),
    *_each(
        "actions.move actions.take_step",
        Rule(frozenset({S, R}), True, args={"to": "cancelled"}, judges=Part.IN_CHARGE),
        Rule(frozenset({S, R}), True, args={"to": "not_actionable"}, judges=Part.IN_CHARGE),
        Rule(frozenset({R}), True, args={"to": "completed"}, judges=Part.IN_CHARGE),
        Rule(frozenset({R}), True, args={"to": "completed"}, judges=Part.REPORTED),
    ),
    *_each("targets.move targets.take_step", Rule(frozenset({S, D}), args={"to": "proposed", "target_id": 1})),
    *_each("targets.move targets.take_step", Rule(frozenset({D}), args={"to": "enacted", "target_id": 30})),
]
RULES: list[tuple[str, Rule]] = [
    *_each(_OPEN_TO_ALL, Rule(ALL)),
    *_each(_SECRETARIAT, Rule(frozenset({S}))),
    *_each(_REGISTERS, Rule(frozenset({S, A}))),
    *_each(_ADMIN, Rule(frozenset({A}))),
    *_each("view_as.choose view_as.begin", Rule(frozenset({S, A}))),
    *_each("view_as.end", Rule(ALL)),
    *_each("imports.index imports.new imports.create", Rule(frozenset({S, D, A, R}))),
    *_each("imports.template", Rule(frozenset({S, A}), args={"kind": "units"})),
    *_each("imports.template", Rule(frozenset({S}), args={"kind": "actions"})),
    *_each("imports.template", Rule(frozenset({S, R}), args={"kind": "reports"})),
    *_each("imports.template", Rule(frozenset({S, D}), args={"kind": "indicators"})),
    *_each(  # the run is of the chair, who may bring none: tests/imports
        "imports.show imports.match imports.store imports.open_accounts imports.again imports.progress "
        "imports.undo imports.wrong imports.source",
        Rule(NOBODY),
    ),
    *_each("audit.index audit.verify", Rule(frozenset({A, Role.AUDITOR}))),
    *_each("lists.csv lists.xlsx", Rule(frozenset({A, Role.AUDITOR}), args={"name": "audit"})),
    *_each("notifications.try_again", Rule(NOBODY)),  # there is no such row
    *_each(  # that of the stage is of the chair, who may have none: tests/webhooks
        "webhooks.show webhooks.edit webhooks.update webhooks.renew_secret webhooks.pause webhooks.resume "
        "webhooks.ping webhooks.send_again webhooks.end",
        Rule(NOBODY),
    ),
    *_each("guide.picture", Rule(NOBODY)),  # there is no such picture
    *_each("bundle.papers", Rule(NOBODY)),  # the meeting has no papers: see tests/minutes/bundle
    *_each("meeting_templates.edit meeting_templates.update", Rule(frozenset({S}), args={"meeting_type": "other"})),
    *_each("targets.new targets.create", Rule(frozenset({S, D}), args={"kind": "indicator"})),
    *_each(
        "targets.edit targets.update targets.new_value targets.add_value targets.edit_value targets.update_value",
        Rule(frozenset({S, D})),
    ),
    *_each("targets.new_version targets.open_version", Rule(frozenset({S, D}), args={"target_id": 7})),
    *_each("targets.compare", Rule(ALL, args={"target_id": 20}, query="?with=10")),
    *_each("status.edit_thresholds status.set_thresholds", Rule(frozenset({A, R}))),
    *_each("actions.edit_due_soon actions.set_due_soon", Rule(frozenset({A, R}))),
    *_each("changes.choosing changes.choosing_all changes.change_several", Rule(frozenset({S, R}))),
    *_each("changes.undoing changes.undo", Rule(NOBODY)),  # the chair's own, who may no longer steer
    *_each(_READS_CLASSIFIED, Rule(ALL, True)),
    *_each("follows.follow", Rule(ALL, args={"kind": "targets"})),
    *_each("follows.follow", Rule(ALL, True, args={"kind": "proposals"})),
    *_each("follows.look", Rule(NOBODY, True, own=True, args={"kind": "proposals"})),
    *_each("people.merge", Rule(frozenset({S, A}))),
    *_each("people.undo_merge posts.undo_merge", Rule(NOBODY)),  # there is no such row; tests/people has one
    *_each("people.restore", Rule(NOBODY)),  # nobody is removed
    *_each("meetings.accept_holder", Rule(NOBODY)),  # the row of the stage has its holder; tests/scenarios S2 has one
    *_each(_KEEPS_CLASSIFIED, Rule(frozenset({S}), True)),
    *_each("classification.level classification.classify", Rule(frozenset({S, D}), True, args={"kind": "meetings"})),
    *_each("classification.level classification.classify", Rule(frozenset({S, D}), True, args={"kind": "proposals"})),
    *_each(
        "classification.level classification.classify",
        Rule(frozenset({S, D}), True, args={"kind": "attachments", "number": 9001}),
    ),
    *_each(
        "classification.readers classification.let_in classification.shut_out", Rule(frozenset({S}), True, own=True)
    ),
    *_each("reviews.show reviews.items lists.report_xlsx lists.report_pdf", Rule(ALL, args=CLOSED)),
    *_each("reviews.show reviews.items reviews.resume reviews.close reviews.cancel", Rule(frozenset({R}), args=OPENED)),
    *_each("reviews.stop reviews.decide reviews.undo", Rule(frozenset({R}), True, args=OPENED)),
    *_each("reviews.unmoved reviews.continue_unmoved", Rule(frozenset({R}), args=OPENED)),
    *_each("reviews.new reviews.create", Rule(frozenset({R}), args={"week": "2019-W12"})),
    *_each("attachments.new attachments.create", Rule(frozenset({S}), True, query=f"?meeting={MEETING}")),
    *_each("attachments.new attachments.create", Rule(frozenset({S}), True, query=f"?proposal={PROPOSAL}")),
    *_each("attachments.new attachments.create", Rule(frozenset({S, R}), True, True, query=f"?action={ACTION}")),
    *_each(_STEERS, Rule(frozenset({S, R}), True)),
    *_each("reply_links.revoke", Rule(frozenset({S}), True)),
    # Letters are written about what is open and ordinary.
    *_each("reply_links.new reply_links.create", Rule(frozenset({S}), args={"action_id": 18})),
    *_each("reply_links.letter", Rule(frozenset({S}), True)),
    *_each(
        _DATES,
        Rule(frozenset({S, R}), True, judges=Part.IN_CHARGE),
        Rule(frozenset({S, R}), True, judges=Part.ASKED),
    ),
    *_each(_REPORTS, Rule(frozenset({S, R}), True, own=True)),
    *_each("minutes.ask_to_return minutes.send_back", Rule(NOBODY, True, True)),
    *_each("minutes.ask_to_approve minutes.approve", Rule(NOBODY, True, True, judges=Part.SUBMITTED)),
    *_each("minutes.ask_for_signed_copy minutes.record_signed_copy", Rule(frozenset({S}), True, judges=Part.SUBMITTED)),
    *_each("status.new_settlement status.settle", Rule(frozenset({S}), True, judges=Part.NAMED)),
    *_each("proposals.answering proposals.answer_attribution", Rule(NOBODY, True, True, {"answer": "confirmed"})),
    *_each(
        "proposals.settling_link proposals.settle_link",
        Rule(frozenset({D}), True, args={"to": "confirmed"}, judges=Part.SUGGESTED),
    ),
    *_each("proposals.carry_link", Rule(frozenset({S}), True, args={"way": "back"})),
    *_each("lists.csv lists.xlsx lists.pdf", Rule(ALL, args={"name": "proposals"})),
    *_each("saved_filters.new saved_filters.create", Rule(ALL, query="?list=meetings")),
    *_each("lists.progress", Rule(ALL, args={"token": "a" * 32})),
    *_each("corrections.confirming corrections.confirm", Rule(frozenset({D}), True, judges=Part.CORRECTED)),
    *_each("corrections.putting_back corrections.put_back", Rule(frozenset({S, D}), True)),
    *_each(
        "corrections.confirming corrections.confirm",
        Rule(frozenset({R}), True, args={"kind": "actions", "row_id": ACTION}, judges=Part.IN_CHARGE),
    ),
    *_STEPS,
]
