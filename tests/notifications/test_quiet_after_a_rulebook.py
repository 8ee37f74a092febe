"""A change of the rulebook alone tells no Safeguarder, and floods no manager, before a person takes it on (D15.16)."""

from psmf.rules.v1 import events_pb2 as rules

from services.platform.calls.wire import to_date
from tests.notifications.builders import a_concern, a_safety_matter, allocated, an_escalation, raised, updated
from tests.notifications.office import TODAY, Office, Post


def quietly(concern: rules.ConcernFact) -> rules.ConcernRaised:
    """Another rulebook speaks, on nothing new."""
    return rules.ConcernRaised(concern=concern, quiet=True)


def acknowledged(concern: rules.ConcernFact, owner: str = "manager-one") -> rules.ConcernAcknowledged:
    return rules.ConcernAcknowledged(concern=concern, owner=owner, next_date=to_date(TODAY), confirms=True)


def told(office: Office) -> list[tuple[str, bool]]:
    return [(one.recipient, one.to_the_person) for one in office.notifications()]


def test_nobody_is_told_and_the_alert_is_in_the_list(office: Office) -> None:
    office.hear(allocated(), quietly(a_concern()))
    assert told(office) == []
    assert office.alert().quiet
    assert not office.alert().open_to_the_person


def test_taking_it_on_tells_the_safeguarder(office: Office) -> None:
    office.hear(allocated(), quietly(a_concern()), acknowledged(a_concern()))
    assert told(office) == [("person-one", True)]
    assert not office.alert().quiet


def test_new_evidence_tells_both_and_the_safeguarder_first(office: Office) -> None:
    office.hear(allocated(), quietly(a_concern()), updated(a_concern()))
    assert told(office) == [("person-one", True), ("manager-one", False)]
    office.go_on(hours=1)
    post = Post()
    office.send_all(post)
    assert post.addresses == ["person-one", "manager-one"]


def test_a_matter_of_safety_is_told_to_staff_at_once_and_to_nobody_else(office: Office) -> None:
    office.hear(allocated(), quietly(a_safety_matter()))
    assert told(office) == [("senior-manager", False)]


def test_a_quiet_escalation_silences_nothing(office: Office) -> None:
    office.hear(allocated(), raised(a_concern()), quietly(an_escalation()))
    assert office.alert().silenced_by == ""
    office.hear(acknowledged(an_escalation(), "senior-manager"))
    assert office.alert().silenced_by == office.alert("c-9").alert_id


def test_another_rulebook_is_told_once_to_policy_staff_and_the_team(office: Office) -> None:
    office.hear(rules.RulebookActivated(rulebook_hash="a" * 64, previous_hash="b" * 64))
    assert told(office) == [("editor", False), ("approver", False), ("panel-team", False)]
