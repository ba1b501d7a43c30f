from tests.policies import ALL, R, S, allowed
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.actor import Classification
from tracker.reply_links import policy


def action(status: ActionStatus = ActionStatus.IN_PROGRESS, **columns: object) -> ActionItem:
    return ActionItem(status=status, classification=columns.pop("classification", Classification.ORDINARY), **columns)


def test_the_secretariat_prints_and_revokes() -> None:
    assert allowed(policy.may_manage) == {S}
    assert allowed(lambda actor: policy.may_write_letter(actor, action(waiting_for="Bappenas"))) == {S}
    for refused in (action(), action(ActionStatus.COMPLETED, pic_id=7),
                    action(pic_id=7, classification=Classification.RESTRICTED)):  # fmt: skip
        assert allowed(lambda actor, refused=refused: policy.may_write_letter(actor, refused)) == set()


def test_a_link_answers_for_whoever_is_in_charge() -> None:
    assert allowed(lambda actor: policy.may_answer(actor, action(pic_id=7)), person=7) == ALL
    assert allowed(lambda actor: policy.may_answer(actor, action(pic_id=8)), person=7) == {S, R}
    assert allowed(lambda actor: policy.may_answer(actor, action(pic_id=8)), account=None) == {S, R}
    assert allowed(lambda actor: policy.may_answer(actor, action(waiting_for="Bappenas")), account=None) == ALL
    assert allowed(lambda actor: policy.may_answer(actor, action(ActionStatus.CANCELLED, pic_id=7)), person=7) == set()
