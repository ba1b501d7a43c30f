from tests.policies import somebody
from tracker.actions.models import ActionItem
from tracker.proposals.models import Proponent, Proposal
from tracker.status.follows import policy
from tracker.status.follows.models import Follow


def test_people_are_concerned_with_their_own_rows_and_those_they_followed() -> None:
    proposal = Proposal(proponents=[Proponent(person_id=7)])
    action = ActionItem(pic_id=7, responsible_unit_id=3)

    for row in (proposal, action):
        assert policy.is_concerned(somebody(person=7), row, None)
        assert not policy.is_concerned(somebody(person=8), row, None)
        assert policy.is_concerned(somebody(person=8), row, Follow())
    assert not policy.is_concerned(somebody(person=7), object(), None)
