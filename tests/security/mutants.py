"""Plants one weakness after another in a throwaway copy and runs the tests that should notice: `make mutants`."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests import prepared

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
S = "tests/security"


@dataclass(frozen=True)
class Mutant:
    """A weakness: in which file which words become which, and the tests that must fail then."""

    name: str
    file: str
    before: str
    after: str
    tests: str


MUTANTS = (
    Mutant("a policy call dropped", "tracker/meetings/routes/recording.py",
           "def update(meeting_id: int) -> ResponseReturnValue:\n    ensure(policy.may_log(me()))\n",
           "def update(meeting_id: int) -> ResponseReturnValue:\n",
           "tests/architecture/test_routes.py::test_a_reader_can_change_nothing_but_what_is_their_own"),
    Mutant("a guard that lets strangers in", "tracker/accounts/signin.py",
           '"is_public", False)', '"is_public", True)',
           "tests/architecture/test_routes.py::test_a_stranger_is_asked_to_sign_in_wherever_they_go"),
    Mutant("need to know dropped", "tracker/core/visibility.py",
           "and_(rank <= CLEARANCE, known),", "rank <= CLEARANCE,",
           "tests/classification/test_pages.py::test_an_account_is_let_in_by_name_and_shut_out_again"),
    Mutant("clearance one level too generous", "tracker/core/visibility.py",
           "and_(rank <= CLEARANCE,", "and_(rank <= CLEARANCE + 1,",
           "tests/core/test_visibility.py::test_attending_is_not_enough_above_ones_clearance"),
    Mutant("a preview shows what only the reader may see", "tracker/core/visibility.py",
           "known = and_(known, row.is_known_to(BEHIND))", "pass",
           "tests/accounts/view_as/test_what_is_seen.py::test_nothing_is_seen_that_only_the_reader_may_see"),
    Mutant("a preview opens the open sitting", "tracker/reviews/policy.py",
           "@both\ndef may_read(", "def may_read(",
           "tests/accounts/view_as/test_what_is_lent.py::test_every_policy_is_lent_by_the_list_or_asks_both"),
    Mutant("a preview lends what only its reader may", "tracker/core/actor.py",
           "and (looks is None or may(looks, *things, **named))", "",
           "tests/accounts/view_as/test_what_is_lent.py::test_a_page_opens_in_a_preview_where_it_opens_to_both"),
    Mutant("a preview lends the roles of its reader", "tracker/core/actor.py",
           "roles=reader.roles & behind.roles", "roles=reader.roles",
           "tests/accounts/view_as/test_pages.py::test_the_ways_of_a_role_are_open_to_both"),
    Mutant("a preview shows what its reader keeps", "tracker/core/actor.py",
           "reader, account_id=NO_ACCOUNT,", "reader,",
           "tests/accounts/view_as/test_what_is_lent.py::"
           "test_no_page_of_a_preview_asks_for_a_row_of_the_account_looked_at"),
    Mutant("whoever was in charge is forgotten once it is handed over", "tracker/audit/commands.py",
           "            connection.execute(insert(Involvement).values(**told))", "            pass",
           "tests/security/test_duties.py -k sqlite"),
    Mutant("parts of one's other accounts do not count", "tracker/audit/queries.py",
           "        Involvement.account_id == account, Involvement.account_id.in_(accounts),\n",
           "        Involvement.account_id == account,\n",
           "tests/security/test_duties.py::"
           "test_what_another_account_of_ones_own_reported_is_verified_by_somebody_else"),
    Mutant("a person that the account once belonged to does not count", "tracker/audit/queries.py",
           "        Involvement.person_id == person, Involvement.person_id.in_(persons),\n",
           "        Involvement.person_id == person,\n",
           "tests/security/test_duties.py -k account_let_go"),
    Mutant("a preview offers to judge one's own", "tracker/audit/queries.py",
           "for one in (actor.seen, actor.real)", "for one in (actor.seen,)",
           "tests/security/test_duties.py::test_who_looks_through_a_reviewers_eyes_is_offered_nothing_of_their_own"),
    Mutant("a report gives no part", "tracker/actions/commands/progress.py",
           "    note_part(action, Part.REPORTED, by=by)\n", "",
           "tests/security/test_duties.py::"
           "test_what_another_account_of_ones_own_reported_is_verified_by_somebody_else"),
    Mutant("the one in charge moves the date", "tracker/actions/commands/promises.py",
           "if action.due_on is not None and parts_of(by, action) & policy.NOT_DATED_BY:", "if False:",
           "tests/security/test_duties.py::test_no_door_of_the_program_judges_ones_own"),
    Mutant("the one in charge gives it up", "tracker/actions/commands/steps.py",
           "if to in rules.GIVEN_UP and parts_of(by, action) & policy.NOT_GIVEN_UP_BY:", "if False:",
           "tests/security/test_duties.py::test_no_door_of_the_program_judges_ones_own"),
    Mutant("a closed action changes hands", "tracker/actions/commands/assigning.py",
           "if before != after and action.status in CLOSED:", "if False:",
           "tests/security/test_duties.py::test_a_closed_action_keeps_whoever_was_in_charge"),
    Mutant("a link decided by whoever suggested it", "tracker/proposals/policy.py",
           " and Part.SUGGESTED not in had", "",
           "tests/security/test_duties.py::test_a_link_is_decided_by_another_than_who_suggested_it"),
    Mutant("a dispute settled by whoever is named", "tracker/proposals/policy.py",
           " and Part.NAMED not in had", "",
           "tests/security/test_duties.py::test_a_dispute_is_settled_by_another_than_the_person_named"),
    Mutant("a signed copy without its scan", "tracker/minutes/forms.py",
           'needed=_l("Attach the scan of the signed copy."), ', "",
           "tests/scenarios/test_s4_submit_return_approve_correct.py::"
           "test_a_signed_copy_is_recorded_by_a_second_person_with_its_scan_who_signed_when_and_where_it_is"),
    Mutant("minutes approved by whoever submitted them", "tracker/minutes/commands.py",
           "    note_part(meeting, Part.SUBMITTED, by=by)\n", "",
           "tests/scenarios/test_s4_submit_return_approve_correct.py::"
           "test_a_chair_who_submitted_the_minutes_leaves_approving_them_to_another"),
    Mutant("a preview that stores", "tracker/accounts/signin.py",
           "request.endpoint not in OPEN_IN_PREVIEW", "False",
           "tests/accounts/view_as/test_pages.py::test_nothing_is_stored_in_a_preview"),
    Mutant("a criterion of its own dropped", "tracker/meetings/models.py",
           "return and_(is_seen(Meeting, cls.meeting_id), is_cleared(cls), REPEATS_ONLY_WHAT_IS_SEEN.of(cls.id))",
           "return and_(is_seen(Meeting, cls.meeting_id), REPEATS_ONLY_WHAT_IS_SEEN.of(cls.id))",
           "tests/classification/test_pages.py::test_a_secret_line_vanishes_for_whoever_has_no_right_to_it"),
    Mutant("a line seen although what it repeats is not", "tracker/meetings/models.py",
           "is_cleared(cls), REPEATS_ONLY_WHAT_IS_SEEN.of(cls.id))", "is_cleared(cls))",
           "tests/classification/test_copies.py::test_what_a_sitting_wrote_down_of_a_thing_is_seen_where_the_thing_is"),
    Mutant("a sitting that does not name what it repeats", "tracker/reviews/labels.py",
           "        repeats=[item.thing for item in items],\n", "",
           "tests/classification/test_copies.py::test_every_line_that_a_sitting_writes_names_what_it_repeats"),
    Mutant("a line that forgets what it repeats when it is cut", "tracker/meetings/commands/arranging.py",
           "    repeat_also(second, said)\n", "",
           "tests/classification/test_copies.py::test_lines_that_are_cut_and_joined_keep_what_they_repeat"),
    Mutant("a line that forgets what was joined to it", "tracker/meetings/commands/arranging.py",
           "    repeat_also(above, said)\n", "",
           "tests/classification/test_copies.py::test_lines_that_are_cut_and_joined_keep_what_they_repeat"),
    Mutant("minutes that tell what is repeated in them", "tracker/meetings/queries/statements.py",
           ".at_least(*filter(None, levels))", ".at_least(levels[0])",
           "tests/classification/test_copies.py::test_frozen_minutes_tell_no_line_that_repeats_what_became_secret"),
    Mutant("a classification that does not reach the line behind a proposal", "tracker/classification/queries.py",
           "or_(Statement.id.in_(raising), ", "or_(",
           "tests/classification/test_ties.py::test_whatever_tells_the_same_is_raised_from_wherever_it_begins"),
    Mutant("a classification that does not reach the parts", "tracker/classification/queries.py",
           "or_(Proposal.id.in_(parts), Proposal.id.in_(wholes))", "Proposal.id.in_(wholes)",
           "tests/classification/test_ties.py::test_whatever_tells_the_same_is_raised_from_wherever_it_begins"),
    Mutant("a classification that does not reach the whole", "tracker/classification/queries.py",
           "or_(Proposal.id.in_(parts), Proposal.id.in_(wholes))", "Proposal.id.in_(parts)",
           "tests/classification/test_ties.py::test_whatever_tells_the_same_is_raised_from_wherever_it_begins"),
    Mutant("a classification that goes one step only", "tracker/classification/queries.py",
           "    while reached:\n", "    for _ in range(1):\n",
           "tests/classification/test_ties.py::test_whatever_tells_the_same_is_raised_from_wherever_it_begins"),
    Mutant("what one may not see is not raised", "tracker/classification/commands.py",
           "with unrestricted():  # it may be hidden", "if True:  # it may be hidden",
           "tests/classification/test_ties.py::test_what_one_may_not_see_is_raised_unlisted_and_cannot_be_left"),
    Mutant("the page of classification lists what its reader may not see", "tracker/classification/routes.py",
           "return queries.seen_of(ties)", "return ties",
           "tests/classification/test_ties.py::test_what_one_may_not_see_is_raised_unlisted_and_cannot_be_left"),
    Mutant("afterwards: the history of a meeting tells that a hidden line was written",
           "tracker/meetings/commands/statements.py",
           'record(meeting, "statement_added", by=by, at=at, mentions=[statement])',
           'record(meeting, "statement_added", by=by, at=at)',
           "tests/architecture/test_events_name_what_they_tell.py"),
    Mutant("afterwards: a line that became a directive is told by the history",
           "tracker/meetings/live/commands/actions.py",
           "reason=words_for_history(said), mentions=[said],", "reason=words_for_history(said),",
           "tests/security/test_copies_in_time.py -k sqlite"),
    Mutant("afterwards: a line says what the action made of it says", "tracker/meetings/live/commands/actions.py",
           "    repeat(said, action)\n", "", "tests/security/test_copies_in_time.py -k sqlite"),
    Mutant("afterwards: a step of a proposal quotes a hidden line", "tracker/proposals/commands/steps.py",
           "        mentions=[move.quoted] if move.quoted else (),\n", "",
           "tests/security/test_copies_in_time.py -k sqlite"),
    Mutant("afterwards: an agenda tells that something of a hidden meeting goes on",
           "tracker/meetings/commands/agenda.py",
           '"agenda_item_added", by=by, at=at, reason=_told_of(item), mentions=_comes_from(item))',
           '"agenda_item_added", by=by, at=at, reason=_told_of(item))',
           "tests/security/test_non_interference_in_time.py -k sqlite"),
    Mutant("afterwards: the half that was cut off a line tells it", "tracker/classification/queries.py",
           "            Statement.id.in_(_other_halves(things)),\n", "",
           "tests/security/test_copies_in_time.py -k sqlite"),
    Mutant("parts no longer follow what they belong to", "tracker/meetings/models.py",
           "return is_seen(Meeting, cls.meeting_id)\n\n\nclass AgendaItem",
           "return cls.meeting_id.is_not(None)\n\n\nclass AgendaItem",
           "tests/core/test_visibility.py::test_parts_of_a_hidden_meeting_are_hidden_with_it"),
    Mutant("who came by a secret meeting stands in the open register", "tracker/core/visibility.py",
           "        *(_has_seen(model, name, entry) for model",
           "        entry.id.is_not(None),\n        *(_has_seen(model, name, entry) for model",
           "tests/people/test_open_register.py -k sqlite"),
    Mutant("a door forgets for which meeting a person was added", "tracker/meetings/commands/attendance.py",
           "at=at, made_in=meeting.id)", "at=at)",
           "tests/people/test_open_register.py -k sqlite"),
    Mutant("search finds who is in no open register", "tracker/search/models.py",
           "    SearchKind.PERSON: (ENTRIES.c.row_id, Person),\n", "",
           "tests/people/test_open_register.py -k sqlite"),
    Mutant("the names of who is hidden go to who is open", "tracker/people/commands/merging.py",
           "is_public(kept) != is_public(gone)", "is_public(kept) is None",
           "tests/people/test_open_register.py -k sqlite"),
    Mutant("minutes tell what is above their meeting", "tracker/minutes/queries/content.py",
           "return row.classification.rank <= meeting.classification.rank", "return True",
           "tests/scenarios/test_s4_submit_return_approve_correct.py -k sqlite"),
    Mutant("approved minutes tell what became secret since", "tracker/minutes/queries/frozen.py",
           "told = [one for one in content[part] if not is_above(one)]", "told = list(content[part])",
           "tests/classification/test_frozen_minutes.py"),
    Mutant("a line less secret than was chosen", "tracker/meetings/forms/statements.py",
           "self.classification.data or Classification.ORDINARY", "Classification.ORDINARY",
           "tests/classification/test_made_secret.py"),
    Mutant("a proposal moved below its meeting", "tracker/proposals/commands/register.py",
           "if is_moved and", "if is_moved and not",
           "tests/classification/test_made_secret.py::test_a_proposal_is_not_moved_below_the_meeting_it_is_said_to_come_from"),
    Mutant("a query by columns leaves no reading", "tracker/audit/readings.py",
           "                note_reading(table_name, row[number], row[classification])", "                pass",
           "tests/audit/test_readings_by_columns.py"),
    Mutant("a query by columns is not refused", "tracker/audit/readings.py",
           "if one.number is None or one.classification is None:", "if False:",
           "tests/audit/test_readings_by_columns.py"),
    Mutant("a report leaves no reading", "tracker/reviews/queries/closing.py",
           "        note_reading(one[", "        (one[",
           "tests/reviews/test_closing.py::test_a_report_with_something_secret_is_a_reading"),
    Mutant("an unknown name takes longer", "tracker/accounts/commands.py",
           "        using.hash(password)", "        using.verify(using.hash(password), password)",
           "tests/accounts/test_sign_in.py::test_an_unknown_name_takes_as_long_as_a_wrong_password"),
    Mutant("an escape dropped", "templates/meetings/_statement.html",
           'class="quote" lang="id">{{ said.quote }}', 'class="quote" lang="id">{{ said.quote|safe }}',
           f"{S}/test_hostile_text.py::test_hostile_text_stays_text_on_every_page"),
    Mutant("tokens of forms no longer checked", "tracker/core/pages.py",
           'app.config["WTF_CSRF_TIME_LIMIT"] = None',
           'app.config["WTF_CSRF_CHECK_DEFAULT"] = False\n    app.config["WTF_CSRF_TIME_LIMIT"] = None',
           "tests/architecture/test_routes.py::test_every_form_sent_without_a_token_is_refused"),
    Mutant("a link used twice", "tracker/accounts/access/rules.py",
           "return used_at is None and now", "return now",
           "tests/accounts/access/test_links.py::"
           "test_a_link_lets_its_bearer_choose_a_password_once_and_ends_earlier_sign_ins"),
    Mutant("a link that never ages", "tracker/accounts/access/rules.py",
           "return used_at is None and now - made_at <= LIFETIME", "return used_at is None",
           "tests/accounts/access/test_links.py::test_after_half_an_hour_a_link_opens_nothing"),
    Mutant("a one-time code used twice", "tracker/accounts/rules.py",
           "return step if last_step is None or step > last_step else None", "return step",
           "tests/accounts/access/test_second_step.py::"
           "test_once_it_is_on_the_password_alone_opens_nothing_and_each_code_opens_once"),
    Mutant("next= leads anywhere", "tracker/core/request.py",
           'return parts.geturl() if is_path and path and path.isprintable() else "/"', 'return path or "/"',
           "tests/accounts/test_sign_in.py::test_next_is_a_path_on_this_site"),
    Mutant("no throttle", "tracker/core/throttle.py",
           "return not all(self._counter.test(self._limits[name], name, part) for name, part in who.items())",
           "return False",
           "tests/accounts/test_sign_in.py::test_after_five_failures_even_the_right_password_waits"),
    Mutant("a borrowed browser changes how one gets in", "tracker/accounts/signin.py",
           "clock.now() - own_sign_in().proved_at > PROOF_LASTS", "False",
           "tests/accounts/test_sign_in.py::"
           "test_what_changes_how_one_gets_in_asks_for_the_password_again_after_ten_minutes"),
    Mutant("guesses from elsewhere shut the owner out", "tracker/accounts/proving.py",
           'counts = {"browser": f"{browser.mark} {username}"}', "pass",
           "tests/accounts/test_sign_in.py::"
           "test_guesses_from_elsewhere_never_shut_out_a_browser_that_has_signed_in_before"),
    Mutant("each address of a network counts for itself", "tracker/accounts/proving.py",
           "24 if address.version == 4 else 64", "32 if address.version == 4 else 128",
           "tests/accounts/test_sign_in.py::test_addresses_of_one_network_are_one"),
    Mutant("guessing at large stays quick", "tracker/accounts/proving.py",
           'throttle.is_exhausted(**many) and throttle.is_exhausted(single=counts["single"])', "False",
           "tests/accounts/test_sign_in.py::test_an_owner_is_let_in_from_anywhere_at_the_first_right_password"),
    Mutant("a self-chosen address recognises somebody", "tracker/accounts/access/queries.py",
           "filter_by(office_address=same_address(office_address), is_active=True)",
           "filter_by(email=same_address(office_address), is_active=True)",
           "tests/accounts/access/test_office_sign_in.py::test_an_address_that_somebody_chose_for_their_mails_recognises_nobody"),
    Mutant("the office's sign-in skips the second step", "tracker/accounts/access/rules.py",
           'return isinstance(methods, list) and "mfa" in methods', "return True",
           "tests/accounts/access/test_office_sign_in.py::test_the_second_step_stays_where_the_office_does_not_vouch_for_one"),
    Mutant("the office vouches to another program", "tracker/accounts/access/office.py",
           '"aud": {"essential": True, "value": self.client_id},', "",
           "tests/accounts/access/test_hostile_office.py::test_a_token_that_is_not_about_somebody_here_and_for_us_opens_nothing"),
    Mutant("the office says how its tokens are signed", "tracker/accounts/access/office.py",
           'or ALGORITHMS if name in ALGORITHMS]', "or ALGORITHMS]",
           "tests/accounts/access/test_hostile_office.py::"
           "test_a_forged_token_opens_nothing_whatever_algorithms_are_said_to_be_good"),
    Mutant("the office says who it is", "tracker/accounts/access/office.py",
           'if told["issuer"] not in (issuer, f"{issuer}/"):', "if False:",
           "tests/accounts/access/test_hostile_office.py::test_the_issuer_is_the_one_of_the_settings_not_the_one_it_says_to_be"),
    Mutant("the office may answer without an end", "tracker/accounts/access/office.py",
           "answer.raw.read(MOST_BYTES + 1, decode_content=False)", "answer.raw.read(decode_content=False)",
           "tests/accounts/access/test_hostile_office.py::test_no_more_is_taken_of_an_answer_than_it_needs"),
    Mutant("the office's keys are believed for ever", "tracker/accounts/access/office.py",
           "> rules.FRESH.total_seconds()", "> 10**9",
           "tests/accounts/access/test_hostile_office.py::test_a_key_that_was_withdrawn_is_not_believed_for_long"),
    Mutant("a sign that looks like another is that other", "tracker/accounts/rules.py",
           "return address.lower() if address.isascii() else address", "return address.casefold()",
           "tests/accounts/access/test_hostile_office.py::test_a_token_that_is_not_about_somebody_here_and_for_us_opens_nothing"),
    Mutant("a stored seed opened through the form", "tracker/accounts/access/routes.py",
           'return f"second-step form of account {me().account_id}"', "return account_commands.SEEDS",
           "tests/accounts/access/test_second_step.py::test_the_stored_seed_of_somebody_else_is_no_seed_of_a_form"),
    Mutant("a statement past the audit", "tracker/audit/chain.py",
           "if table in AUDITED:", "if False:",
           "tests/audit/test_audit.py::test_no_statement_changes_an_audited_table_past_the_audit"),
    Mutant("the audit page tells what was written while it was secret", "tracker/audit/queries/rows.py",
           " and were.get(row, 0) < entry.id", "",
           "tests/audit/test_page.py::test_what_was_written_while_a_row_was_secret_stays_untold_when_it_no_longer_is"),
    Mutant("the audit page tells what is secret", "tracker/audit/queries/rows.py",
           "names[row].classification not in secret and", "",
           "tests/audit/test_page.py::test_what_is_secret_is_told_nobody_here_however_much_they_may_see"),
    Mutant("rows that link two others left out of the audit", "tracker/audit/chain.py",
           "pending += _links(row)", "pass",
           "tests/audit/test_audit.py::test_rows_that_only_link_two_others_are_audited"),
    Mutant("signing out ends nothing on the server", "tracker/accounts/queries.py",
           "SignIn.ended_at.is_(None), Account.is_active", "Account.is_active",
           "tests/accounts/test_sign_in.py::test_signing_out_ends_it_on_the_server"),
    Mutant("somebody else's sign-in ended", "tracker/accounts/queries.py",
           "filter_by(id=sign_in_id, account_id=account_id, ended_at=None)", "filter_by(id=sign_in_id, ended_at=None)",
           "tests/accounts/access/test_second_step.py::test_one_sign_in_of_several_can_be_ended_and_nobody_elses"),
    Mutant("a short password taken", "tracker/accounts/rules.py",
           "SHORTEST_PASSWORD = 15", "SHORTEST_PASSWORD = 4",
           "tests/accounts/test_rules.py::test_a_password_is_long_and_neither_guessable_nor_the_username"),
    Mutant("nosniff dropped", "tracker/core/pages.py",
           '    "X-Content-Type-Options": "nosniff",\n', "", f"{S}/test_headers.py"),
    Mutant("scripts allowed in pages", "tracker/core/pages.py",
           "\"default-src 'self'; img-src", "\"default-src 'self' 'unsafe-inline'; img-src", f"{S}/test_headers.py"),
    Mutant("files shown instead of downloaded", "tracker/attachments/routes.py",
           "as_attachment=True", "as_attachment=False",
           "tests/attachments/test_pages.py::test_a_file_is_kept_by_its_mark_and_comes_back_only_as_a_download"),
    Mutant("formulas run in a spreadsheet", "tracker/lists/formats.py",
           "return f\"'{text}\" if text.startswith(_RUNS) else text", "return text",
           "tests/lists/test_formats.py::test_no_cell_of_a_csv_begins_like_a_formula"),
    Mutant("a child of another parent taken", "tracker/classification/queries.py",
           "filter_by(id=grant_id, meeting_id=meeting_id)", "filter_by(id=grant_id)",
           f"{S}/test_extra_fields.py::test_children_of_another_parent_are_absent"),
    Mutant("anybody who classifies declassifies", "tracker/classification/policy.py",
           "return may_classify(actor) and (after.rank > before.rank or actor.has(Role.DECISION_MAKER))",
           "return may_classify(actor)",
           "tests/classification/test_pages.py::test_only_the_decision_maker_declassifies_and_says_why"),
    Mutant("an edit lowers the classification", "tracker/proposals/commands/register.py",
           '        if name != "classification":  # that changes by a step of its own\n            setattr(',
           "        if name:\n            setattr(",
           "tests/classification/test_pages.py::test_what_came_of_a_meeting_is_raised_with_it_and_no_edit_lowers_it"),
    Mutant("readings not written down", "tracker/audit/routes.py",
           "if rows and not is_told_nothing:", "if not rows and is_told_nothing:",
           "tests/audit/test_readings.py::test_a_page_of_something_secret_is_a_reading"),
    Mutant("an event tells of what is hidden", "tracker/audit/queries.py",
           "if seen.issuperset(event.mentions or ())", "if True",
           "tests/audit/test_mentions.py"),
    Mutant("a cut chain not noticed", "tracker/audit/queries.py",
           "if max(anchored, default=0) > last:", "if max(anchored, default=0) > last + 10_000:",
           "tests/audit/test_audit.py::test_a_tail_cut_with_its_head_is_noticed_by_what_stands_outside"),
    Mutant("a supervisor not told of missing anchors", "tracker/operations/routes.py",
           '"" if lack else queries.lag_of_anchors()', '""',
           "tests/operations/test_anchors.py::test_anchors_that_stop_are_told_since_when_and_caught_up"),
    Mutant("check passes over missing anchors", "tracker/operations/queries.py",
           "    if hindered:\n", "    if False:\n",
           "tests/operations/test_anchors.py::test_anchors_that_stop_are_told_since_when_and_caught_up"),
    Mutant("an administrator not told of missing anchors", "tracker/audit/routes.py",
           "hindered=commands.anchor()", "hindered=None",
           "tests/operations/test_anchors.py::test_anchors_that_stop_are_told_since_when_and_caught_up"),
    Mutant("missed anchors stay missed", "tracker/audit/commands.py",
           "kept.keep(*queries.head(), at) if since else kept.fault(at)", '"" if since else kept.fault(at)',
           "tests/operations/test_anchors.py::test_anchors_that_stop_are_told_since_when_and_caught_up"),
    Mutant("a line that was cut off swallows the next", "tracker/core/anchors.py",
           "if line and _is_torn(file):", "if False:",
           "tests/operations/test_anchors.py::test_a_line_that_was_cut_off_says_nothing_and_the_next_begins_anew"),
    Mutant("root keeps what it made for the service", "tracker/core/ownership.py",
           "os.fchown(file, wanted.st_uid, wanted.st_gid)", "pass",
           "tests/operations/test_anchors.py::test_what_root_makes_belongs_to_the_owner_of_the_installation"),
    Mutant("root keeps the line to write while its command runs", "tracker/core/turns.py",
           "ownership.hand_over(Path(path))", "pass",
           "tests/operations/test_anchors.py::"
           "test_what_root_makes_is_handed_over_while_its_command_still_runs"),
    Mutant("slow senders reach the tracker", "deploy/nginx.conf",
           "proxy_request_buffering on;", "proxy_request_buffering off;",
           "tests/nodes/test_slow_senders.py::test_whoever_does_not_finish_keeps_nobody_from_being_answered"),
    Mutant("an answer is cut off by what was not read", "tracker/core/uploads.py",
           "left = min(size, WIDEST_DOOR)", "left = 0",
           "tests/attachments/test_pages.py::test_what_is_refused_as_too_large_is_taken_all_the_same"),
    Mutant("one address may hold all of nginx", "deploy/nginx.conf",
           "limit_conn tracker 100;", "",
           "tests/nodes/test_slow_senders.py::test_one_address_that_holds_too_many_is_refused_and_others_are_not"),
    Mutant("a link gives away what is root's", "tracker/core/ownership.py",
           " and now.st_nlink == 1", "",
           "tests/operations/test_anchors.py::test_a_link_to_what_is_roots_stays_roots"),
    Mutant("passwords copied into the audit", "tracker/audit/chain.py",
           'SECRET_COLUMNS = frozenset({"password_hash", ', "SECRET_COLUMNS = frozenset({",
           "tests/audit/test_audit.py::test_no_secret_is_copied_into_the_audit"),
    Mutant("a weak key starts", "tracker/core/settings.py",
           "len(self.secret_key) < SHORTEST_SECRET or ", "",
           "tests/core/test_settings.py::test_a_weak_or_half_environment_does_not_start_and_says_what_to_set"),
    Mutant("what may lead to a quotation sought in all of the text", "tracker/meetings/intake/rules/pieces.py",
           "    floor = max(0, start - _NEAR)\n    told", "    floor = 0\n    told",
           f"{S}/test_hostile_repetitions.py -k noted"),
    Mutant("names of a line read without end", "tracker/meetings/live/rules/shorthand.py",
           "len(names) < MOST_MENTIONS and ", "", f"{S}/test_hostile_repetitions.py -k four_times"),
    Mutant("a pasted text read although it is refused", "tracker/meetings/intake/rules/pieces.py",
           "list(islice(passages, MOST_READ))", "list(passages)", f"{S}/test_hostile_repetitions.py -k four_times"),
    Mutant("long texts compared word by word", "tracker/core/comparing.py",
           "if len(one) * len(other) <= MOST_COMPARED:", "if True:", f"{S}/test_hostile_repetitions.py -k noted"),
    Mutant("any number taken for that of a row", "tracker/core/request.py",
           " and int(written or \"\") <= LARGEST_ID else None", " else None",
           f"{S}/test_hostile_addresses.py -k no_row_has"),
    Mutant("a bookmark asked whatever is in it", "tracker/core/paging.py",
           "        if not bookmark:\n            raise\n", "        raise\n",
           f"{S}/test_hostile_addresses.py -k no_page_has"),
    Mutant("a filter asked although it is refused", "tracker/meetings/routes/meeting.py",
           " if status is HTTPStatus.OK else nothing_found()", "",
           f"{S}/test_hostile_addresses.py -k not_asked"),
    Mutant("a correction without a reason", "tracker/corrections/commands.py",
           "    if not reason:\n", "    if False:\n",
           "tests/corrections/test_pages.py -k needs_a_reason"),
    Mutant("a correction that is an edit in the form", "tracker/proposals/models.py",
           "return self.status in DECIDED", "return False",
           "tests/corrections/test_pages.py -k needs_a_reason"),
    Mutant("a correction of a verified action that is an edit", "tracker/actions/commands/assigning.py",
           "is_correction = corrections.take(action, words, reason=reason, by=by, at=at)", "is_correction = False",
           "tests/corrections/test_pages.py -k needs_a_reason"),
    Mutant("a correction in the live minutes without a reason", "tracker/meetings/live/commands/raised.py",
           "reason=reason, by=by", 'reason="-", by=by',
           "tests/corrections/test_pages.py -k live_minutes"),
    Mutant("a correction that takes evidence off like any file", "tracker/attachments/commands.py",
           "is_correction = isinstance(parent, Decidable) and parent.is_decided", "is_correction = False",
           "tests/corrections/test_pages.py -k evidence_of_a_verified"),
    Mutant("a correction that takes off the scan that minutes were approved on", "tracker/attachments/commands.py",
           "if isinstance(parent, Meeting) and queries", "if False and queries",
           "tests/scenarios/test_s4_submit_return_approve_correct.py -k stays"),
    Mutant("a correction of the deciding line that nobody is told", "tracker/meetings/commands/statements.py",
           "queries.proposals_decided_by(statement) if reworded else []", "[]",
           "tests/corrections/test_pages.py -k line_that_decides"),
    Mutant("a correction confirmed by who corrected", "tracker/corrections/policy.py",
           " and not had & thing.not_judged_by", "",
           "tests/corrections/test_pages.py -k never_confirms"),
    Mutant("a correction answered by reopening it oneself", "tracker/corrections/commands.py",
           "    if Part.CORRECTED not in", "    if True or Part.CORRECTED not in",
           "tests/corrections/test_pages.py -k reopening"),
    Mutant("a correction taken back to the last words only", "tracker/corrections/commands.py",
           "former |= {", "former = former or {",
           "tests/corrections/test_pages.py -k taking_back"),
    Mutant("a file asked although its filter is refused", "tracker/lists/routes.py",
           "    form.ensure_understood()\n", "",
           f"{S}/test_hostile_filters.py -k refuses_each"),
)  # fmt: skip


def copy_of_the_project(to: Path) -> None:
    """The files under version control, and the installed packages by a link."""
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True,
                           check=True).stdout.splitlines()  # fmt: skip
    for name in names:
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
    (to / "instance").mkdir(exist_ok=True)


def verdict_of(tests: str, where: Path) -> str:
    """What these tests say there; what depends on the database is tried on SQLite."""
    words = tests.split(" ")
    chosen = words if "-k" in words else [*words, "-k", "not postgresql"]
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-x", *chosen]
    environment = {**os.environ, "XDG_CACHE_HOME": str(where.parent), prepared.KEY: "mutants"}
    ran = subprocess.run(command, cwd=where, env=environment, capture_output=True, timeout=LONGEST, check=False)
    return {0: "SURVIVED", 1: "caught"}.get(ran.returncode, "BROKEN")  # pytest: all passed, some failed, none ran


def main(wanted: str = "") -> int:
    """Run all mutants, or those whose name has the word; answers how many were not caught."""
    bad = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        there = Path(folder) / "project"
        there.mkdir()
        copy_of_the_project(there)
        tests = sorted({mutant.tests for mutant in MUTANTS if wanted in mutant.name and "-k" not in mutant.tests})
        if verdict_of(" ".join(tests), there) != "SURVIVED":
            sys.stdout.write("The tests do not pass without mutants: nothing would be proved.\n")
            return 1
        for mutant in (one for one in MUTANTS if wanted in one.name):
            began, file = time.monotonic(), there / mutant.file
            whole = file.read_text()
            if whole.count(mutant.before) != 1:
                verdict = f"DOES NOT APPLY ({whole.count(mutant.before)})"
            else:
                file.write_text(whole.replace(mutant.before, mutant.after))
                verdict = verdict_of(mutant.tests, there)
                file.write_text(whole)
            bad += verdict != "caught"
            sys.stdout.write(f"{verdict:10} {time.monotonic() - began:5.1f} s  {mutant.name}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{bad} of {len(MUTANTS)} not caught.\n" if bad else "All were caught.\n")
    return bad


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
