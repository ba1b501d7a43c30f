from tracker.actions.rules import ActionStatus
from tracker.core import encryption
from tracker.reply_links import rules
from tracker.reply_links.rules import Purpose

P = Purpose
KEY = "k" * 32


def test_a_token_names_its_link_and_nothing_else_does() -> None:
    token = rules.token_of(7, KEY)

    assert rules.link_id_of(token, KEY) == 7
    assert rules.link_id_of(token, "other" * 8) is None
    assert rules.link_id_of(encryption.seal("7", secret_key=KEY, purpose="stop the weekly digest"), KEY) is None
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        assert rules.link_id_of(token[:place] + other + token[place + 1 :], KEY) is None


def test_what_can_be_answered_depends_on_status_and_open_request() -> None:
    offered = {status: rules.purposes(status, has_open_request=False) for status in ActionStatus}

    assert {status for status, found in offered.items() if found} == {"not_started", "in_progress"}
    assert offered[ActionStatus.IN_PROGRESS] == (P.REPORT, P.FINISH, P.ASK_DATE)
    assert rules.purposes(ActionStatus.NOT_STARTED, has_open_request=True) == (P.REPORT, P.FINISH)


def test_each_event_ends_the_links_that_it_overtakes() -> None:
    def ended(verb: str, *, is_of_person: bool = True, **details: object) -> set[Purpose]:
        return {
            purpose for purpose in P if rules.is_overtaken(purpose, verb, details, is_of_person=is_of_person)
        }  # fmt: skip

    other_pic = {"before": {"pic_id": 1}, "after": {"pic_id": 2}}
    other_unit = {"before": {"pic_id": 1}, "after": {"pic_id": 1}}
    assert ended("progress_reported") == {P.REPORT}
    assert ended("due_date_asked") == {P.ASK_DATE}
    for verb in ("due_date_moved", "moved_awaiting_verification", "moved_completed", "moved_not_actionable",
                 "moved_cancelled", "bulk_change_undone", "reviewed_undone"):  # fmt: skip
        assert ended(verb) == set(P), verb
        assert rules.may_end_links(verb)
    assert ended("reassigned", **other_pic) == ended("reassigned", is_of_person=False, **other_unit) == set(P)
    assert ended("reassigned", **other_unit) == ended("edited") == ended("moved_in_progress") == set()
    assert not rules.may_end_links("edited")
