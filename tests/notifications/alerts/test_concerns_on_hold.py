"""While a concern is on hold nobody is asked to look at it, and its days do not run (D15.5, B17)."""

from datetime import timedelta
from typing import Any

from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import events_pb2 as rules
from psmf.rules.v1 import rules_pb2

from tests.notifications.builders import a_concern, a_safety_matter, allocated, raised, updated
from tests.notifications.office import TODAY, Office, Post

HELD, RAISED = rules_pb2.Concern.STATE_HELD, rules_pb2.Concern.STATE_RAISED


def held(concern: rules.ConcernFact) -> rules.ConcernMoved:
    return rules.ConcernMoved(concern=concern, move=moves.CONCERN_MOVE_HOLD, from_state=RAISED, to_state=HELD)


def released(concern: rules.ConcernFact, to_state: Any = RAISED) -> rules.ConcernMoved:
    return rules.ConcernMoved(concern=concern, move=moves.CONCERN_MOVE_RELEASE, from_state=HELD, to_state=to_state)


def to_staff(office: Office) -> list[str]:
    return [one.recipient for one in office.notifications() if not one.to_the_person]


def test_what_was_not_sent_to_staff_is_not_and_the_safeguarder_is_told_all_the_same(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()), held(a_concern()))
    assert (office.alert().held_since, office.alert().needs_attention) == (TODAY, False)
    office.go_on(hours=1)
    post = Post()
    office.send_all(post)
    assert post.addresses == ["person-one"]


def test_released_it_needs_attention_with_the_days_given_back(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()))
    respond_by = office.alert().respond_by_on
    office.receive(held(a_concern()))
    office.go_on(hours=24 * 12)
    office.receive(released(a_concern()))
    assert (office.alert().held_since, office.alert().needs_attention) == (None, True)
    assert office.alert().respond_by_on == respond_by + timedelta(days=12)
    assert to_staff(office) == ["manager-one"]


def test_it_stays_held_until_the_last_reason_is_settled(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()), held(a_concern()), held(a_concern()), released(a_concern(), HELD))
    assert office.alert().held_since == TODAY
    office.receive(released(a_concern()))
    assert office.alert().held_since is None


def test_new_evidence_meanwhile_wakes_nobody(office: Office) -> None:
    office.receive(allocated(), raised(a_concern()), held(a_concern()))
    office.receive(updated(a_concern()))
    assert not office.alert().needs_attention
    assert to_staff(office) == []


def test_a_matter_of_safety_is_never_kept_from_staff(office: Office) -> None:
    office.receive(allocated(), raised(a_safety_matter()), held(a_safety_matter()))
    (alert,) = office.alerts()
    assert alert.needs_attention
    assert to_staff(office) == ["senior-manager"]
