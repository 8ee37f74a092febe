"""`psmf rules shadow`: how what a shadow raises differs from what the service raises (B2)."""

from typing import Any

from psmf.rules.v1 import rules_pb2 as pb

from services.cli.rules.shadow.comparing import Change, Difference, Matter, differences, raised

LATE = Matter("sg-one", "report-late", "S4.1")


def a_concern(matter: Matter = LATE, **changes: Any) -> pb.Concern:
    fields: dict[str, Any] = {"lane": pb.LANE_SUPPORT_NEED, "state": pb.Concern.STATE_RAISED} | changes
    name = f"safeguarders/{matter.safeguarder}/concerns/{id(matter)}"
    return pb.Concern(name=name, rule=matter.rule, subject=matter.subject, **fields)


def compared(service: list[pb.Concern], shadow: list[pb.Concern]) -> list[Difference]:
    return differences(raised(service), raised(shadow))


def test_what_both_raise_is_no_difference_however_far_people_have_come_with_it() -> None:
    assert compared([a_concern(state=pb.Concern.STATE_IN_SUPPORT)], [a_concern()]) == []


def test_what_only_one_of_them_raises_is_newly_raised_or_no_longer_raised() -> None:
    assert compared([], [a_concern()]) == [Difference(Change.NEWLY_RAISED, LATE, "", "support_need")]
    assert compared([a_concern()], []) == [Difference(Change.NO_LONGER_RAISED, LATE, "support_need", "")]


def test_a_concern_of_which_the_rule_no_longer_speaks_is_not_raised() -> None:
    assert compared([a_concern(closing_proposed=True)], []) == []


def test_what_people_have_settled_is_not_called_newly_raised() -> None:
    (found,) = compared([a_concern(state=pb.Concern.STATE_DISMISSED)], [a_concern()])
    assert found.change is Change.SETTLED


def test_another_lane_is_a_difference() -> None:
    (found,) = compared([a_concern()], [a_concern(lane=pb.LANE_ESCALATION)])
    assert found == Difference(Change.LANE_CHANGED, LATE, "support_need", "escalation")


def test_another_person_rule_or_subject_is_another_matter() -> None:
    others = [LATE._replace(safeguarder="sg-two"), LATE._replace(rule="safety"), LATE._replace(subject="S5.1")]
    found = compared([a_concern(matter) for matter in others], [a_concern()])
    assert [each.change for each in found].count(Change.NO_LONGER_RAISED) == 3
    assert len(found) == 4
