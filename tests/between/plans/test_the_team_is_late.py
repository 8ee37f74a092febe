"""A Team that is late is told so, and nobody else is: scheduling keeps the day, rules raise the gap (R43, D15.17).

The kind that this file closes: the Team promises and forgets, and what it forgot is nowhere but in a list.
"""

import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2

from services.platform.calls.wire import from_date, to_date
from services.rules.compose import HERE
from tests.between.figures.ledger import judged
from tests.between.plans.test_duties_follow_plans import Planning
from tests.between.test_corrected_allocations_and_items import end_membership
from tests.between.together import Together, together

PERSON, TEAM, RULE = "person-one", "panel-team", "team-support-late"
SOON = "2027-04-01"
"""The day from which the rules are in force as they ship."""


@pytest.fixture
def planning(database_kind: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planning]:
    """The four services, with the rules about the Team in force already."""
    folder = tmp_path_factory.mktemp("rulebook") / "rulebook"
    shutil.copytree(HERE / "rulebook", folder)
    for file in (folder / "rules" / "team.yaml", folder / "parameters.yaml"):
        file.write_text(file.read_text().replace(SOON, "2026-01-01"))
    with together(tmp_path, rulebook=folder) as running:
        yield Planning(running)


def late(planning: Planning) -> rules.Concern | None:
    return planning.running.open_concerns("sg-one").get(RULE)


def alerts(running: Together) -> list[str]:
    return [alert.rule for alert in running.open_alerts("sg-one") if alert.rule == RULE]


def told(running: Together) -> int:
    """Return how many e-mails the person has had."""
    return [str(message["To"]).partition("@")[0] for message in running.mail.taken].count(PERSON)


def practice(running: Together) -> set[tuple[str, str]]:
    """Return what is open about the person's practice: everything but the Team's gaps."""
    open_concerns = running.concerns_of("sg-one")
    return {(c.rule, c.subject) for c in open_concerns if c.lane != rules.LANE_DATA_GAP}


def give(planning: Planning) -> None:
    (support,) = planning.plan().supports
    given = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": to_date(planning.running.today)}
    planning.call("RecordSupport", TEAM, name=support.name, etag=support.etag, **given)


def test_a_support_that_is_late_is_the_teams_matter_until_it_is_given(planning: Planning) -> None:
    running, before = planning.running, practice(planning.running)
    planning.accept_a_support(promised_in=14)
    (support,) = planning.plan().supports
    running.days(14)
    assert late(planning) is None, "the promised day is in time"
    assert judged(running, "supports-given") == [("left_out", [])]
    before_told = told(running)
    running.days(1)
    concern = late(planning)
    assert concern is not None
    assert (concern.lane, alerts(running)) == (rules.LANE_DATA_GAP, [RULE])
    (duty,) = concern.explanation.duties
    assert (duty.kind, duty.about) == ("deliver_support", support.name)
    assert from_date(duty, "due_date") == running.ago(1)
    assert list(concern.explanation.clears_if.done) == [duty.duty_id]
    assert practice(running) == before, "it is nothing about the person's practice"
    assert told(running) == before_told, "the person is not told of it"
    assert judged(running, "supports-given") == [("short", [])]
    give(planning)
    concern = late(planning)
    assert concern is not None
    assert concern.closing_proposed
    assert judged(running, "supports-given") == [("short", ["Given late"])]


def test_it_is_not_raised_however_late_and_in_whatever_order_rules_hear_that_it_was_given(planning: Planning) -> None:
    running = planning.running
    planning.accept_a_support(promised_in=14)
    running.held_back.add(("rules", "scheduling"))
    running.days(13)
    give(planning)
    running.held_back.clear()
    running.deliver_again("rules", "scheduling", random.Random(7))
    running.days(5)
    assert late(planning) is None
    running.deliver_again("rules", "scheduling", random.Random(8))
    running.days(1)
    assert late(planning) is None


def test_the_end_of_membership_clears_it(planning: Planning) -> None:
    running = planning.running
    planning.accept_a_support(promised_in=7)
    running.days(8)
    assert late(planning) is not None
    end_membership(running)
    running.days(2)
    concern = late(planning)
    assert concern is not None
    assert concern.closing_proposed


def test_the_plan_of_a_term_that_is_not_in_force_in_time_is_raised(planning: Planning) -> None:
    """As soon as scheduling says that its day has passed. The day moves with the first session of the term."""
    running = planning.running
    for _jump in range(6):
        duty = the_plan(running)
        assert ("plan-not-final" in running.open_concerns("sg-one")) is duty.overdue
        if duty.overdue:
            break
        running.pass_time((from_date(duty, "due_date") or running.today) - running.today + timedelta(days=1))
    concern = running.open_concerns("sg-one")["plan-not-final"]
    assert concern.explanation.duties[0].about == "safeguarders/sg-one/developmentPlan"


def the_plan(running: Together) -> duties_pb2.Duty:
    """Return the duty of the Team for the plan of the term."""
    request = duties_pb2.ListDutiesRequest(parent="safeguarders/sg-one")
    listed: Sequence[duties_pb2.Duty] = running.duties.ListDuties(request, **running.as_(TEAM)).duties
    return next(duty for duty in listed if duty.kind == duties_pb2.Duty.KIND_FINALISE_PLAN)
