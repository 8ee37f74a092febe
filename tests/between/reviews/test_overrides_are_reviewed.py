"""An override is read and reviewed by the person whom it is about (R92, decision 0077).

The kind that this closes: a rule is set aside for somebody who neither knows of it nor can ask whether that is right.
"""

from datetime import timedelta
from functools import partial

from psmf.rules.v1 import overrides_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.reviews.request import HEAD, PERSON, SAFEGUARDER, SENIOR, TEAM, Request
from tests.between.reviews.test_absences_are_reviewed import MISSED, UNEXCUSED
from tests.between.reviews.test_what_can_be_reviewed import asking
from tests.between.test_reply_before_it_counts import lapse, missed_training, raised
from tests.between.together import Together
from tests.builders import a_request_id


def overrides(running: Together, person: str = PERSON) -> list[pb.RuleOverride]:
    request = pb.ListRuleOverridesRequest(parent=SAFEGUARDER, include_ended=True)
    return list(running.overrides.ListRuleOverrides(request, **running.as_(person)).rule_overrides)


def test_an_upheld_review_of_an_override_ends_it_and_the_rules_are_asked_again(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    running.pass_time(timedelta(days=30))
    ends_on = to_date(running.today + timedelta(days=60))
    request = pb.CreateRuleOverrideRequest(
        parent=SAFEGUARDER, rule=MISSED, end_date=ends_on, reason="It is agreed.", request_id=a_request_id()
    )
    made = running.overrides.CreateRuleOverride(request, **running.as_(SENIOR))
    running.settle()
    missed_training(running, UNEXCUSED)
    running.pass_time(lapse(running.today) - running.today)
    assert MISSED not in raised(running)
    people = asking(running)
    assert overrides(running) == [made], "the person reads what is set aside for them, and why"
    asked = people.ask(made.name)
    people.accept(asked.name, TEAM)
    assert refused(partial(people.assign, asked.name, SENIOR)).metadata["bars"] == "took_part"
    people.assign(asked.name, HEAD)
    people.decide(asked.name, Request.DECISION_UPHELD, HEAD)
    assert overrides(running)[0].ended_by == HEAD
    assert MISSED in raised(running)
    assert refused(partial(people.ask, made.name)).reason == "OVERRIDE_ENDED"
    assert refused(partial(people.ask, f"{SAFEGUARDER}/ruleOverrides/none")).reason == "OVERRIDE_NOT_FOUND"
