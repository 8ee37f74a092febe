"""R106: both sides confirm a plan, and each version reads the same for ever, over gRPC."""

from collections.abc import Callable
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.builders import days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.plans.desk import MANAGER, PARENT, PERSON, TEAM, Desk
from tests.evidence.steps import appoint

PLAN = f"{PARENT}/developmentPlan"
VERSION = pb.PlanVersion


class Confirming(Desk):
    """Both sides at work on one plan that they confirm."""

    def confirm(self, person: str, etag: str = "", **fields: Any) -> pb.DevelopmentPlan:
        """Confirm the plan as a side reads it now, or as it read it before."""
        read = etag or self.plan(person).etag
        found: pb.DevelopmentPlan = self.call("ConfirmDevelopmentPlan", person, name=PLAN, etag=read, **fields)
        return found

    def reasons(self, **fields: Any) -> pb.DevelopmentPlan:
        found: pb.DevelopmentPlan = self.call("UpdateDevelopmentPlan", MANAGER, name=PLAN, **fields)
        return found

    def strength(self) -> pb.Strength:
        given = {"parent": PARENT, "standard": "S4", "words": "Each child knows when they come again."}
        named: pb.Strength = self.call("CreateStrength", PERSON, **given)
        return named

    def complete(self) -> None:
        """Name a strength, and carry each need that no action answers."""
        self.strength()
        lacking = [need for need in self.plan().needs if need.state == pb.Need.STATE_IDENTIFIED]
        if lacking:
            carried = pb.UpdateDevelopmentPlanRequest.CarriedNeed
            self.reasons(carried=[carried(need=need.name, because="In March.") for need in lacking])

    def history(self, person: str = PERSON) -> list[pb.PlanVersion]:
        request = pb.ListPlanHistoryRequest(parent=PARENT)
        return list(self.stub.ListPlanHistory(request, **self.evidence.as_(person)).versions)

    def version(self, number: int, person: str = PERSON) -> pb.DevelopmentPlan:
        request = pb.GetDevelopmentPlanRequest(name=PLAN, version=number)
        found: pb.DevelopmentPlan = self.stub.GetDevelopmentPlan(request, **self.evidence.as_(person))
        return found


@pytest.fixture(scope="module", autouse=True)
def _appointed(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")


@pytest.fixture
def desk(evidence: Evidence) -> Confirming:
    desk = Confirming(evidence)
    desk.complete()
    return desk


def test_a_plan_is_a_draft_until_both_sides_have_confirmed_the_same_version(desk: Confirming) -> None:
    one = desk.confirm(MANAGER)
    assert one.awaited.state == VERSION.STATE_AWAITED
    assert one.awaited.HasField("answer_due_date")
    assert (one.awaited.support_manager, one.is_in_force) == (MANAGER, False)
    both = desk.confirm(PERSON)
    assert both.is_in_force
    assert (both.in_force.number, both.in_force.state) == (one.awaited.number, VERSION.STATE_IN_FORCE)
    assert not both.in_force.no_answer
    assert not both.HasField("awaited")
    assert desk.plan(TEAM) == both, "everybody who may reads the same"


def test_what_changes_between_is_confirmed_by_nobody(desk: Confirming) -> None:
    read = desk.plan(PERSON).etag
    confirmed = desk.confirm(MANAGER).awaited.number
    desk.strength()
    problem = refused(lambda: desk.confirm(PERSON, read))
    assert (problem.reason, problem.metadata["read"]) == ("OTHER_VERSION", read[:8])
    after = desk.confirm(PERSON)
    assert (after.awaited.number, after.is_in_force) == (confirmed + 1, False)
    assert not after.awaited.HasField("support_manager_confirm_time")
    states = {version.number: version.state for version in desk.history()}
    assert states[confirmed] == VERSION.STATE_OVERTAKEN
    assert desk.confirm(MANAGER).is_in_force


def test_a_version_reads_the_same_whatever_comes_after(desk: Confirming) -> None:
    action = desk.agreed(desk.action())
    desk.confirm(MANAGER)
    number = desk.confirm(PERSON).in_force.number
    before = desk.version(number)
    assert action.name in [each.name for each in before.actions if each.state == pb.Action.STATE_OPEN]
    moved = {"due_date": to_date(days_ago(-90)), "words": "More time."}
    current = next(each for each in desk.plan().actions if each.name == action.name)
    desk.call("ChangeActionDate", MANAGER, name=action.name, etag=current.etag, **moved)
    desk.strength()
    changed = desk.plan()
    assert not changed.is_in_force
    assert changed.in_force.number == number, "what is in force stays in force and readable"
    desk.confirm(PERSON)
    assert desk.confirm(MANAGER).in_force.number == number + 1
    after = desk.version(number)
    assert after.shown.state == VERSION.STATE_REPLACED
    after.shown.state = before.shown.state
    assert after == before
    assert {entry.name for entry in before.shown.entries} >= {action.name}


def test_the_safeguarder_has_all_their_time_before_a_plan_is_in_force_without_their_answer(desk: Confirming) -> None:
    desk.strength()
    assert refused(lambda: desk.confirm(MANAGER, without_answer=True)).reason == "BOTH_SIDES"
    desk.confirm(MANAGER)
    assert refused(lambda: desk.confirm(MANAGER, without_answer=True)).reason == "BOTH_SIDES"
    assert refused(lambda: desk.confirm(PERSON, without_answer=True)).reason == "NOT_YOURS_TO_SET"
    assert not desk.plan().is_in_force


def test_everything_that_is_missing_is_named_at_once_and_a_reason_fills_it(desk: Confirming) -> None:
    need = desk.need()
    lacking = desk.plan().missing
    assert [need.name.rpartition("/")[2][:8] in each for each in lacking] == [True]
    problem = refused(lambda: desk.confirm(PERSON))
    assert problem.reason == "PLAN_INCOMPLETE"
    carried = pb.UpdateDevelopmentPlanRequest.CarriedNeed(need=need.name, because="After the training in March.")
    desk.reasons(carried=[carried])
    shown = next(each for each in desk.plan(PERSON).needs if each.name == need.name)
    assert shown.carried_because == "After the training in March."
    assert list(desk.plan().missing) == []


def test_to_confirm_twice_changes_nothing(desk: Confirming) -> None:
    desk.strength()
    once = desk.confirm(MANAGER)
    assert desk.confirm(MANAGER) == once
    assert desk.confirm(PERSON) == desk.confirm(PERSON)


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        pytest.param(lambda desk: desk.reasons(), "FIELD_MISSING", id="no reason"),
        pytest.param(
            lambda desk: desk.reasons(
                carried=[pb.UpdateDevelopmentPlanRequest.CarriedNeed(need=f"{PARENT}/needs/other", because="Later.")]
            ),
            "NEED_NOT_FOUND",
            id="an unknown need",
        ),
        pytest.param(lambda desk: desk.version(999), "PLAN_VERSION_NOT_FOUND", id="an unknown version"),
        pytest.param(lambda desk: desk.confirm(PERSON, "other"), "OTHER_VERSION", id="another plan"),
    ],
)
def test_what_is_wrong_is_refused(desk: Confirming, ask: Callable[[Confirming], object], reason: str) -> None:
    assert refused(lambda: ask(desk)).reason == reason
