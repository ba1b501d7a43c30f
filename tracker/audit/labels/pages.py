"""Labels of the pages on which secret rows were read: every endpoint for signed-in users."""

from collections.abc import Mapping, Sequence

from flask_babel.speaklater import LazyString

from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l

#: (label, endpoints). An endpoint without a page has the label of the page with its button.
_PLACES: Sequence[tuple[LazyString, str]] = (
    (_l("Home"), "home.index"),
    (_l("Waiting for me"), "inbox.index"),
    (_l("Page"), """
        meetings.show meetings.by_code meetings.calendar_entry meetings.outcomes meetings.people_present
        meetings.files meetings.history meetings.remove_attendance meetings.accept_holder
        meetings.remove_agenda_item meetings.remove_statement series.show series.leave status.statement
        proposals.show proposals.by_code proposals.remove_proponent proposals.carry_link actions.show
        actions.by_code targets.show people.show people.put_into_open_register people.remove people.restore
        people.undo_merge units.show posts.show posts.undo_merge follows.follow follows.look"""),
    (_l("Shared components"), "styleguide.show"),
    (_l("List of meetings"), "meetings.index"),
    (_l("Week of meetings"), "meetings.week"),
    (_l("List of proposals"), "proposals.index"),
    (_l("Proposed before?"), "proposals.earlier proposals.proposed_before"),
    (_l("Unanswered proposals"), "status.unanswered"),
    (_l("List of follow-ups"), "actions.index"),
    (_l("Follow-up by unit"), "actions.by_unit"),
    (_l("Calendar of due dates"), "actions.calendar"),
    (_l("Follow-up matrix"), "lists.matrix"),
    (_l("List of targets"), "targets.index"),
    (_l("Register of people"), "people.index"),
    (_l("Register of units"), "units.index"),
    (_l("Register of posts"), "posts.index"),
    (_l("Reorganisations"), "reorganisations.index reorganisations.show"),
    (_l("File of a list"), "lists.csv lists.xlsx lists.pdf lists.progress"),
    (_l("Search"), "search.index search.suggestions search.jump choices.found"),
    (_l("Synonyms of the search"), """
        search.synonyms search.new_synonyms search.create_synonyms search.edit_synonyms search.update_synonyms
        search.remove_synonyms"""),
    (_l("Live minutes"), """
        live.show live.changes live.understood live.write live.keep_typing live.edit live.change live.move live.split
        live.join live.remove live.restore live.turn_into_action live.ask_speaker live.seat_speaker live.call
        live.note_present live.note_everybody_present live.undo_everybody_present live.add_agenda_item
        live.note_discussed
        live.edit_agenda_item live.rename_agenda_item live.move_agenda_item live.remove_agenda_item"""),
    (_l("Room view"), "live.room live.room_changes"),
    (_l("Pasted notes and names"), """
        intake.text intake.cut intake.keep intake.names intake.read_names intake.call_all"""),
    (_l("Source of a line of the minutes"), "intake.source"),
    (_l("Minutes as PDF"), "documents.minutes_pdf"),
    (_l("Minutes as Word"), "documents.minutes_docx"),
    (_l("Attendance list to sign"), "documents.attendance_pdf"),
    (_l("Papers in one PDF"), "bundle.papers"),
    (_l("Invitation letter"), "letters.show letters.update letters.letter_pdf letters.letter_docx"),
    (_l("Version of the minutes"), "minutes.version"),
    (_l("Verification of a copy of the minutes"), "minutes.verify"),
    (_l("Approval of the minutes"), """
        minutes.ask_to_submit minutes.submit minutes.ask_to_return minutes.send_back minutes.ask_to_approve
        minutes.approve minutes.ask_for_signed_copy minutes.record_signed_copy minutes.ask_to_correct
        minutes.correct"""),
    (_l("Form for something new"), """
        intake.new intake.plan intake.create intake.begin
        intake.read intake.record_text proposals.new proposals.create actions.new actions.create targets.new
        targets.create series.new series.begin series.following series.plan"""),
    (_l("Form for changes"), """
        meetings.edit meetings.update proposals.edit proposals.update actions.edit actions.update targets.edit
        targets.update series.edit series.update proposals.removing_proponent"""),
    (_l("Form for the next step"), """
        meetings.move meetings.take_step proposals.move proposals.take_step actions.move actions.take_step targets.move
        targets.take_step"""),
    (_l("Form for the attendance"), """
        meetings.new_attendance meetings.add_attendance meetings.edit_attendance meetings.update_attendance"""),
    (_l("Form for the agenda"), """
        meetings.edit_agenda_item meetings.update_agenda_item meetings.choose_where_to_carry
        meetings.carry_agenda_item"""),
    (_l("Form for a statement"), """
        meetings.new_statement meetings.add_statement meetings.edit_statement meetings.update_statement
        meetings.arrange_statement meetings.move_statement meetings.split_statement meetings.join_statement
        status.attach_origin"""),
    (_l("Form for a series of meetings"), "series.choose series.join"),
    (_l("Meeting templates"), "meeting_templates.index meeting_templates.edit meeting_templates.update"),
    (_l("Form for proponents"), """
        proposals.new_proponent proposals.add_proponent proposals.answering proposals.answer_attribution
        status.new_settlement status.settle"""),
    (_l("Form for links to targets"), """
        proposals.new_link proposals.add_link proposals.settling_link proposals.settle_link proposals.edit_effect
        proposals.tell_effect"""),
    (_l("Form for related proposals"), """
        proposals.new_relation proposals.add_relation proposals.edit_relation proposals.clarify_relation
        status.new_parts status.split"""),
    (_l("Form for a hand-over"), """
        status.new_hand_over status.hand_over status.answering_hand_over status.answer_hand_over"""),
    (_l("Form for an escalation"), """
        escalations.escalating escalations.escalate escalations.answering_escalation escalations.answer_escalation"""),
    (_l("Reminder"), "status.reminder"),
    (_l("Form for a correction"), """
        corrections.confirming corrections.confirm corrections.putting_back corrections.put_back"""),
    (_l("Form for the due date"), """
        actions.promise actions.move_due_date changes.asking changes.ask changes.granting changes.grant
        changes.refusing changes.refuse"""),
    (_l("Form for a progress report"), "reports.new_report reports.add_report"),
    (_l("Form for another person in charge"), "changes.reassigning changes.reassign"),
    (_l("Form for a hold"), "changes.holding changes.hold changes.releasing changes.release"),
    (_l("Form for several follow-ups"), """
        changes.choosing changes.choosing_all changes.change_several changes.undoing changes.undo"""),
    (_l("Form for an attachment"), """
        attachments.new attachments.create attachments.removing attachments.remove attachments.choose_agenda_item
        attachments.move_paper"""),
    (_l("Download of an attachment"), "attachments.download"),
    (_l("Classification"), "classification.level classification.classify"),
    (_l("Readers of a meeting"), "classification.readers classification.let_in classification.shut_out"),
    (_l("List of weekly reviews"), "reviews.index"),
    (_l("Report of a weekly review"), "reviews.show reviews.items lists.report_pdf lists.report_xlsx"),
    (_l("Weekly review in progress"), """
        reviews.new reviews.create reviews.resume reviews.stop reviews.decide reviews.undo reviews.unmoved
        reviews.continue_unmoved reviews.close reviews.cancel"""),
    (_l("Comparison of weekly reviews"), "reviews.compare reviews.trends"),
    (_l("Settings"), """
        status.edit_thresholds status.set_thresholds actions.edit_due_soon actions.set_due_soon holidays.index
        holidays.new holidays.create holidays.edit holidays.update holidays.removal holidays.remove periods.index
        periods.new periods.create periods.edit periods.update letterhead.edit letterhead.update letterhead.example
        word_template.show word_template.download word_template.replace word_template.restore
        setup.edit setup.update"""),
    (_l("Values of a target"), """
        targets.new_value targets.add_value targets.edit_value targets.update_value targets.new_version
        targets.open_version targets.compare"""),
    (_l("Form of the register"), """
        people.new people.create people.edit people.update people.new_post people.create_post units.new units.create
        units.edit units.update units.new_name units.create_name units.edit_name units.update_name posts.new
        posts.create posts.edit posts.update posts.new_holding posts.create_holding posts.edit_holding
        posts.update_holding"""),
    (_l("Merge of two entries"), """
        people.choose_other people.compare people.merge posts.choose_other posts.compare posts.merge"""),
    (_l("Draft of a reorganisation"), """
        reorganisations.new reorganisations.create reorganisations.edit reorganisations.update
        reorganisations.edit_sheet reorganisations.update_sheet reorganisations.new_line reorganisations.create_line
        reorganisations.edit_line reorganisations.update_line reorganisations.remove_line reorganisations.take_rest
        reorganisations.remove_item reorganisations.enter reorganisations.remove"""),
    (_l("Saved view of a list"), """
        saved_filters.new saved_filters.create saved_filters.edit saved_filters.update saved_filters.delete"""),
    (_l("Imports"), """
        imports.index imports.new imports.create imports.show imports.match imports.store imports.open_accounts
        imports.again imports.progress imports.undo imports.wrong imports.source imports.template"""),
    (_l("Accounts"), """
        accounts.index accounts.new accounts.create accounts.edit accounts.update access.link access.make_link
        accounts.invite accounts.withdraw_invitation accounts.refuse_request accounts.end_sign_ins_of
        access.choose_persons access.invite_persons access.choose_links access.make_links"""),
    (_l("Own account"), """
        accounts.show accounts.edit_password accounts.update_password accounts.edit_mails accounts.update_mails
        accounts.end_sign_in accounts.sign_out accounts.sign_out_everywhere accounts.prove accounts.accept_proof
        accounts.choose_language access.second_step access.turn_on access.turn_off feed.new feed.create feed.end
        tokens.new tokens.create tokens.end"""),
    (_l("Calendar fetched from its address"), "feed.show"),
    (_l("Reply link"), "reply_links.show reply_links.answer"),
    (_l("Letter with a link"), "reply_links.new reply_links.create reply_links.letter reply_links.revoke"),
    (_l("Webhooks"), """
        webhooks.index webhooks.new webhooks.create webhooks.show webhooks.edit webhooks.update webhooks.renew_secret
        webhooks.pause webhooks.resume webhooks.ping webhooks.send_again webhooks.end"""),
    (_l("Sign in"), """
        accounts.sign_in accounts.enter access.choose access.use access.forgotten access.ask_for_reset
        access.to_office access.from_office access.office_code access.take_office_code"""),
    (_l("Preview as another reader"), "view_as.choose view_as.begin view_as.end"),
    (_l("Invitations"), """
        invitations.index invitations.send invitations.send_again invitations.take_over invitations.enter
        invitations.store invitations.asked invitations.answer"""),
    (_l("Check-in"), """
        check_in.screen check_in.now check_in.ask check_in.find check_in.show check_in.arrive check_in.confirm
        check_in.dismiss check_in.undo"""),
    (_l("E-mails"), "notifications.index notifications.try_again mails.stopping mails.stop"),
    (_l("Export of the data held about a person"), "person-data"),  # a command
    (_l("For programs"), "specification.show specification.docs"),
    (_l("Help"), "guide.show guide.picture guide.end_tour"),
    (_l("Page without a connection"), "offline.away offline.manifest offline.worker"),
    (_l("Audit"), "audit.index audit.verify"),
    (_l("State of the installation"), "operations.show operations.send_test_mail"),
)  # fmt: skip
PAGES: Mapping[str, LazyString] = {page: word for word, pages in _PLACES for page in pages.split()}

#: Blueprints by their names before 0.2, which stay in the chain.
_FORMER = {
    "answers": "status", "exchange": "lists", "history": "audit", "notices": "notifications", "paste": "intake",
    "previews": "view_as", "secrecy": "classification", "steering": "changes", "views": "saved_filters",
}  # fmt: skip


def page(name: str) -> str:
    if name.startswith("api."):
        return gettext("Program (API)")
    return str(PAGES[name]) if name in PAGES else gettext("A page that no longer exists (%(name)s)", name=name)


def present_name(name: str) -> str:
    """The endpoint that a reading was recorded with, as it is called today."""
    blueprint, _, view = name.partition(".")
    return f"{_FORMER.get(blueprint, blueprint)}.{view}" if view else name
