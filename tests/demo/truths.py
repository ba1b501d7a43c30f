"""What must be true of the demo, each as a question for the rows that are wrong, with a change that makes one wrong."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Truth:
    """A sentence about the demo, the statement that finds what contradicts it, and a change that contradicts it."""

    says: str
    wrong: str
    spoil: str = field(repr=False)


#: Saturdays, Sundays and the days of the table.
_OFF = "(strftime('%w', {0}) IN ('0', '6') OR {0} IN (SELECT date FROM holiday))"
_CLOSED = "('realised', 'rejected', 'merged', 'withdrawn', 'not_actionable')"
_DAY = "date({0}, '+7 hours')"  # moments are stored in UTC; office days are those of Jakarta

TRUTHS = (
    Truth(
        "what has ended, and what was only submitted or put off, leaves no action open",
        f"""SELECT a.code, p.status FROM action_item a JOIN proposal p ON p.id = a.proposal_id
            WHERE a.closed_on IS NULL AND p.status IN {_CLOSED[:-1]}, 'submitted', 'deferred')""",
        """UPDATE proposal SET status = 'realised' WHERE id = (
            SELECT proposal_id FROM action_item WHERE closed_on IS NULL LIMIT 1)""",
    ),
    Truth(
        "what is followed up or was realised has actions, and what was realised has completed ones",
        """SELECT p.code FROM proposal p WHERE p.status IN ('in_follow_up', 'realised') AND NOT EXISTS (
            SELECT 1 FROM action_item a WHERE a.proposal_id = p.id
            AND (p.status <> 'realised' OR a.status = 'completed'))""",
        "UPDATE proposal SET status = 'in_follow_up' WHERE status = 'submitted'",
    ),
    Truth(
        "an action is closed exactly when its status says so, and not before it was assigned",
        """SELECT code FROM action_item WHERE closed_on < assigned_on OR status_since < assigned_on
            OR (closed_on IS NOT NULL) <> (status IN ('completed', 'not_actionable', 'cancelled'))""",
        "UPDATE action_item SET closed_on = '2020-01-01' WHERE id = (SELECT MAX(id) FROM action_item)",
    ),
    Truth(
        "a completed action has evidence, and was verified after it was reported as finished",
        f"""SELECT a.code FROM action_item a WHERE a.status = 'completed' AND (a.evidence IS NULL
            OR {_DAY.format("a.verified_at")} < (SELECT MAX(u."on") FROM action_update u WHERE u.action_id = a.id)
            OR NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = 'action_item' AND e.subject_id = a.id
                AND e.to_state = 'awaiting_verification' AND e.at <= a.verified_at))""",
        "UPDATE action_item SET evidence = NULL WHERE status = 'completed'",
    ),
    Truth(
        "nobody verifies an action of which they are in charge",
        """SELECT a.code FROM action_item a JOIN account v ON v.id = a.verified_by_id WHERE v.person_id = a.pic_id""",
        """UPDATE action_item SET verified_by_id = (SELECT id FROM account WHERE username = 'pic'),
            pic_id = (SELECT person_id FROM account WHERE username = 'pic') WHERE status = 'completed'""",
    ),
    Truth(
        "a hindering link has no effect upwards, and a supporting one none downwards",
        """SELECT proposal_id, effect, realised_value, expected_effect FROM proposal_target_link
            WHERE (effect = 'hinders' AND (CAST(realised_value AS REAL) >= 0 OR expected_effect LIKE '+%'))
            OR (effect <> 'hinders' AND (CAST(realised_value AS REAL) <= 0
                OR expected_effect LIKE '−%' OR expected_effect LIKE '-%'))""",
        """UPDATE proposal_target_link SET effect = 'hinders' WHERE id = (
            SELECT id FROM proposal_target_link WHERE expected_effect LIKE '+%' LIMIT 1)""",
    ),
    Truth(
        "an effect is told of proposals that were realised, after that, and of a quarter that was over",
        """SELECT p.code, l.realised_on, l.realised_period FROM proposal_target_link l JOIN proposal p
            ON p.id = l.proposal_id WHERE l.realised_on IS NOT NULL AND (p.status <> 'realised'
            OR l.realised_on < p.status_since OR l.realised_on > :today
            OR date(substr(l.realised_period, 5) || '-' || substr(l.realised_period, 2, 2) || '-01', '+1 month')
                > l.realised_on)""",
        "UPDATE proposal_target_link SET realised_period = 'B12 2099' WHERE realised_on IS NOT NULL",
    ),
    Truth(
        "no value is measured, or recorded, before its period has ended",
        f"""SELECT v.indicator_id, v.year, p.last_month FROM indicator_value v JOIN period p ON p.id = v.period_id
            JOIN target t ON t.id = v.indicator_id WHERE v.actual_value IS NOT NULL AND (
            date(v.year || '-' || printf('%02d', p.last_month) || '-01', '+1 month') > :today OR NOT EXISTS (
                SELECT 1 FROM event e JOIN target same ON same.id = e.subject_id
                WHERE e.subject = 'indicator' AND e.verb = 'value_set'
                AND COALESCE(same.origin_id, same.id) = COALESCE(t.origin_id, t.id)
                AND json_extract(e.details, '$.year') = v.year AND json_extract(e.details, '$.period_id') = v.period_id
                AND {_DAY.format("e.at")} >=
                    date(v.year || '-' || printf('%02d', p.last_month) || '-01', '+1 month')))""",
        """UPDATE indicator_value SET actual_value = 50 WHERE id = (
            SELECT v.id FROM indicator_value v JOIN period p ON p.id = v.period_id
            WHERE p.last_month = 12 AND v.actual_value IS NULL ORDER BY v.year DESC, v.id DESC LIMIT 1)""",
    ),
    Truth(
        "percentages lie between 0 and 100, ranges are in order, and nothing was stored in doubt",
        """SELECT v.indicator_id FROM indicator_value v JOIN indicator i ON i.id = v.indicator_id
            WHERE v.doubts IS NOT NULL OR CAST(v.target_upper AS REAL) <= CAST(v.target_value AS REAL)
            OR (i.unit_of_measure = 'persen' AND (COALESCE(CAST(v.target_value AS REAL), 0) NOT BETWEEN 0 AND 100
            OR COALESCE(CAST(v.target_upper AS REAL), 0) NOT BETWEEN 0 AND 100
            OR COALESCE(CAST(v.actual_value AS REAL), 0) NOT BETWEEN 0 AND 100))""",
        """UPDATE indicator_value SET actual_value = 108 WHERE id = (SELECT v.id FROM indicator_value v
            JOIN indicator i ON i.id = v.indicator_id WHERE i.unit_of_measure = 'persen' LIMIT 1)""",
    ),
    Truth(
        "a target that should fall does not rise from quarter to quarter, and one that should rise does not fall",
        """SELECT i.id FROM indicator i JOIN indicator_value v ON v.indicator_id = i.id
            JOIN period p ON p.id = v.period_id
            JOIN indicator_value w ON w.indicator_id = i.id AND w.year = v.year
            JOIN period q ON q.id = w.period_id AND q.scheme_id = p.scheme_id AND q.last_month > p.last_month
            WHERE (i.polarity = 'minimise' AND CAST(w.target_value AS REAL) > CAST(v.target_value AS REAL))
            OR (i.polarity = 'maximise' AND CAST(w.target_value AS REAL) < CAST(v.target_value AS REAL))""",
        """UPDATE indicator SET polarity = CASE polarity WHEN 'minimise' THEN 'maximise' ELSE 'minimise' END""",
    ),
    Truth(
        "no meeting is held on a day off, and none was held that is still to come",
        f"""SELECT code FROM meeting WHERE {_OFF.format("date")} OR (status IN ('held', 'closed') AND date > :today)
            OR (status = 'scheduled' AND date < :today)""",
        "UPDATE meeting SET date = '2026-11-22' WHERE id = 5",
    ),
    Truth(
        "what a meeting brought is written down on its day or later",
        f"SELECT code FROM meeting WHERE status = 'held' AND {_DAY.format('recorded_at')} < date",
        "UPDATE meeting SET recorded_at = '2020-01-01 03:00:00' WHERE id = 5",
    ),
    Truth(
        "every meeting of the year has a chair and a minute taker, and a real name or post in each row",
        """SELECT m.code FROM meeting m WHERE m.source_type = 'illustration' AND m.meeting_type <> 'weekly_review'
            AND 2 <> (SELECT COUNT(*) FROM attendance a WHERE a.meeting_id = m.id
                AND a.role IN ('chair', 'minute_taker'))""",
        "DELETE FROM attendance WHERE id = (SELECT MAX(id) FROM attendance WHERE role = 'minute_taker')",
    ),
    Truth(
        "whoever attends or proposes under a post held it on that day",
        """SELECT 'attendance', x.id FROM attendance x JOIN meeting m ON m.id = x.meeting_id
            WHERE m.source_type = 'illustration' AND x.person_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM position_holding h WHERE h.person_id = x.person_id AND h.position_id = x.position_id
                AND COALESCE(h.start_on, m.date) <= m.date AND COALESCE(h.end_on, m.date) >= m.date)
            UNION ALL SELECT 'proponent', x.id FROM proposal_proponent x JOIN proposal p ON p.id = x.proposal_id
            JOIN meeting m ON m.id = p.raised_in_id WHERE m.source_type = 'illustration' AND NOT EXISTS (
                SELECT 1 FROM attendance a WHERE a.meeting_id = m.id AND a.person_id = x.person_id
                AND a.position_id = x.position_id)""",
        "UPDATE position_holding SET start_on = '2099-01-01'",
    ),
    Truth(
        "a statement is spoken by somebody who attended that meeting, under an item of its agenda",
        """SELECT s.id FROM statement s LEFT JOIN attendance a ON a.id = s.speaker_id
            LEFT JOIN agenda_item i ON i.id = s.agenda_item_id
            WHERE a.meeting_id <> s.meeting_id OR i.meeting_id <> s.meeting_id""",
        "UPDATE statement SET meeting_id = meeting_id + 1 WHERE id = (SELECT MIN(id) + 20 FROM statement)",
    ),
    Truth(
        "what the minutes decide was decided at that meeting, and of decided proposals the minutes say so",
        """SELECT s.id, l.proposal_id FROM statement_proposal l JOIN statement s ON s.id = l.statement_id
            WHERE l.bearing = 'decides' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject = 'proposal'
            AND e.subject_id = l.proposal_id AND e.meeting_id = s.meeting_id
            AND e.to_state IN ('approved', 'rejected', 'deferred'))""",
        "UPDATE statement_proposal SET bearing = 'decides' WHERE statement_id = 13",
    ),
    Truth(
        "a proposal is raised on the day of its meeting, and a line of its minutes says so",
        """SELECT p.code FROM proposal p JOIN meeting m ON m.id = p.raised_in_id WHERE p.raised_on <> m.date OR (
            p.id NOT IN (SELECT e.subject_id FROM event e WHERE e.subject = 'proposal' AND e.verb = 'split_off')
            AND NOT EXISTS (SELECT 1 FROM statement_proposal l JOIN statement s ON s.id = l.statement_id
                WHERE l.proposal_id = p.id AND l.bearing = 'raises' AND s.meeting_id = m.id))""",
        "UPDATE proposal SET raised_on = '2020-10-20' WHERE id = 1",
    ),
    Truth(
        "an action is assigned on the day of its meeting, after its proposal was raised",
        """SELECT a.code FROM action_item a LEFT JOIN meeting m ON m.id = a.meeting_id
            LEFT JOIN proposal p ON p.id = a.proposal_id
            WHERE m.date <> a.assigned_on OR p.raised_on > a.assigned_on""",
        "UPDATE action_item SET assigned_on = '2020-01-02' WHERE id = 1",
    ),
    Truth(
        "nothing is due before it was agreed, or on a day off",
        f"""SELECT code FROM action_item WHERE due_on <= assigned_on OR original_due_on <= assigned_on
            OR {_OFF.format("due_on")} OR {_OFF.format("original_due_on")}
            UNION ALL SELECT action_id FROM due_date_change WHERE to_on < {_DAY.format("at")}
            UNION ALL SELECT action_id FROM due_date_request WHERE asked_for <= {_DAY.format("at")}
                OR answered_at < at""",
        "UPDATE action_item SET due_on = assigned_on WHERE id = (SELECT id FROM action_item WHERE due_on IS NOT NULL)",
    ),
    Truth(
        "the last promise is the due date, and each promise goes on from the one before",
        """SELECT a.code FROM action_item a WHERE a.due_on <> (
            SELECT c.to_on FROM due_date_change c WHERE c.action_id = a.id ORDER BY c.id DESC LIMIT 1)
            OR a.original_due_on <> (
                SELECT c.to_on FROM due_date_change c WHERE c.action_id = a.id ORDER BY c.id LIMIT 1)
            UNION ALL SELECT c.action_id FROM due_date_change c WHERE c.from_on <> (
                SELECT b.to_on FROM due_date_change b WHERE b.action_id = c.action_id AND b.id < c.id
                ORDER BY b.id DESC LIMIT 1)""",
        "UPDATE due_date_change SET to_on = '2027-01-04'",
    ),
    Truth(
        "progress is reported while an action is open, never of a day still to come, and does not go back",
        f"""SELECT u.action_id FROM action_update u JOIN action_item a ON a.id = u.action_id
            WHERE u."on" < a.assigned_on OR u."on" > {_DAY.format("u.at")} OR u."on" > COALESCE(a.closed_on, :today)
            OR (u.status = 'awaiting_verification' AND u.percent < 100) OR EXISTS (
                SELECT 1 FROM action_update v WHERE v.action_id = u.action_id
                AND v."on" < u."on" AND v.percent > u.percent)""",
        "UPDATE action_update SET \"on\" = '2020-01-01' WHERE id = 1",
    ),
    Truth(
        "a review is held on a working day of its week and closed after it was opened",
        f"""SELECT week FROM review WHERE {_OFF.format("held_on")} OR held_on > :today OR closed_at < opened_at
            OR {_DAY.format("opened_at")} < held_on
            OR strftime('%Y-%j', held_on) <> strftime('%Y-%j', {_DAY.format("opened_at")})""",
        """INSERT INTO review (id, week, status, meeting_id, held_on, planned_on, next_on, opened_at, opened_by_name,
            version) VALUES (99, '2026-W01', 'cancelled', 1, '2026-01-04', '2026-01-01', '2026-01-05',
            '2026-01-04 03:00:00', 'x', 1)""",
    ),
    Truth(
        "what holds up, is handed over or escalated began before it ended, and not in the future",
        f"""SELECT 'hold', id FROM action_hold WHERE since > {_DAY.format("at")} OR ended_on < since
            UNION ALL SELECT 'hand-over', id FROM hand_over WHERE "on" > {_DAY.format("at")} OR ended_at < at
            UNION ALL SELECT 'escalation', id FROM escalation WHERE ended_at < at
            UNION ALL SELECT 'follow', id FROM follow WHERE looked_at > :now""",
        "UPDATE action_hold SET since = '2099-01-01'",
    ),
    Truth(
        "an account exists before it does anything",
        "SELECT e.id FROM event e JOIN account a ON a.id = e.by_account_id WHERE a.created_at > e.at",
        "UPDATE account SET created_at = '2099-01-01 00:00:00'",
    ),
    Truth(
        "what waits for its date comes back after today, and what is merged went into something else",
        """SELECT code FROM proposal WHERE (status = 'deferred' AND revisit_on <= status_since)
            OR (status <> 'deferred' AND revisit_on IS NOT NULL) OR (status = 'merged') <> (id IN (
                SELECT from_id FROM proposal_relation WHERE kind = 'merged_into'))""",
        "UPDATE proposal SET revisit_on = status_since WHERE status = 'deferred'",
    ),
    Truth(
        "every meeting but the real one says that it is invented",
        "SELECT code FROM meeting WHERE (code = 'R-2020-001') = (COALESCE(source_type, '') = 'illustration')",
        "UPDATE meeting SET source_type = 'own_notes' WHERE id = 7",
    ),
    Truth(
        "so does every target but those of the real meeting",
        """SELECT t.id FROM target t WHERE (COALESCE(t.note_en, '') = 'Invented for illustration.') = (t.id IN (
            SELECT target_id FROM proposal_target_link l JOIN proposal p ON p.id = l.proposal_id
            WHERE p.code LIKE 'U-2020-%') OR t.id = (SELECT id FROM target_document WHERE year_from = 2021))""",
        "UPDATE target SET note_en = NULL WHERE id = 9",
    ),
)
