from tests.policies import P, R, S, allowed
from tracker.actions.models import ActionItem
from tracker.attachments import policy
from tracker.attachments.models import Attachment
from tracker.core.actor import Role
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal


def test_the_secretariat_attaches_everywhere_and_reporters_to_their_actions() -> None:
    action = ActionItem(pic_id=7, responsible_unit_id=3)

    assert allowed(lambda actor: policy.may_attach(actor, Meeting())) == {S}
    assert allowed(lambda actor: policy.may_attach(actor, Proposal())) == {S}
    assert allowed(lambda actor: policy.may_attach(actor, action)) == {S, R}
    assert allowed(lambda actor: policy.may_attach(actor, action), units=frozenset({3})) == {S, R, P}
    assert allowed(lambda actor: policy.may_attach(actor, action), person=7) == set(Role)


def test_files_are_removed_by_their_uploader_and_the_secretariat() -> None:
    assert allowed(lambda actor: policy.may_remove(actor, Attachment(added_by_id=2))) == {S}
    assert allowed(lambda actor: policy.may_remove(actor, Attachment(added_by_id=1))) == set(Role)
    assert allowed(lambda actor: policy.may_remove(actor, Attachment(added_by_id=None)), account=None) == {S}
