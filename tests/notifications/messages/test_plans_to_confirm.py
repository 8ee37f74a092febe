"""R106: the one whose turn it is to confirm a plan is told, and who waited is told once it is in force."""

from datetime import date, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence

from services.notifications.domain.notification import Notification, Subject
from services.platform.calls.wire import to_date
from tests.notifications.builders import allocated
from tests.notifications.office import TODAY, Office

PERSON, MANAGER, ANSWER_BY = "person-one", "manager-one", date(2026, 12, 8)
BY_PERSON, BY_MANAGER = plans.RAISER_SAFEGUARDER, plans.RAISER_SUPPORT_MANAGER
AWAITED, IN_FORCE = plans.PlanVersion.STATE_AWAITED, plans.PlanVersion.STATE_IN_FORCE


def plan(version: int = 1, **fields: Any) -> Any:
    return evidence.DevelopmentPlanChanged(safeguarder_id="sg-one", term=1, version=version, **fields)


def confirmed(version: int = 1, by: Any = BY_MANAGER, number: int = 1, **fields: Any) -> Any:
    """A plan that one side has confirmed."""
    other = BY_PERSON if by == BY_MANAGER else BY_MANAGER
    if by == BY_MANAGER:
        fields = {"answer_due_date": to_date(ANSWER_BY)} | fields
    return plan(version, plan_version=number, state=AWAITED, confirmed_by=by, awaited=other, **fields)


def in_force(version: int, by: Any, number: int = 1, **fields: Any) -> Any:
    return plan(version, plan_version=number, state=IN_FORCE, confirmed_by=by, final=True, **fields)


def new_of(office: Office, *messages: Any) -> list[Notification]:
    before = {one.notification_id for one in office.notifications()}
    office.receive(*messages)
    return [one for one in office.notifications() if one.notification_id not in before]


CASES = [
    (confirmed(), (PERSON, Subject.PLAN_TO_CONFIRM, ANSWER_BY)),
    (confirmed(by=BY_PERSON), (MANAGER, Subject.PLAN_TO_CONFIRM, None)),
    (in_force(1, BY_PERSON), (MANAGER, Subject.PLAN_IN_FORCE, None)),
    (in_force(1, BY_MANAGER), (PERSON, Subject.PLAN_IN_FORCE, None)),
    (in_force(1, BY_MANAGER, no_answer=True), (PERSON, Subject.PLAN_IN_FORCE, None)),
]


@pytest.mark.parametrize(("message", "expected"), CASES)
def test_the_other_side_is_told_once_and_by_when(office: Office, message: Any, expected: tuple[Any, ...]) -> None:
    office.receive(allocated())
    (told,) = new_of(office, message)
    assert (told.recipient, told.subject, told.answer_by_on) == expected
    assert told.to_the_person == (expected[0] == PERSON)
    message.version += 1
    message.reason_given = True
    assert new_of(office, message) == [], "a reason says nothing new about who is awaited"


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(plan(reason_given=True), id="a reason"),
        pytest.param(confirmed(answer_due_date=to_date(TODAY - timedelta(days=1))), id="too late to answer"),
        pytest.param(plan(plan_version=1, state=99, confirmed_by=BY_PERSON), id="a word of a later release"),
        pytest.param(plan(plan_version=1, state=AWAITED, awaited=99), id="somebody of a later release"),
    ],
)
def test_nobody_is_told_of_what_asks_for_nothing(office: Office, message: Any) -> None:
    office.receive(allocated())
    assert new_of(office, message) == []


def test_the_newest_state_is_told_in_whatever_order_they_come(office: Office) -> None:
    """What was not sent yet is withdrawn once it is no longer so, and nothing late is told."""
    office.receive(allocated(), in_force(2, BY_PERSON), confirmed(1))
    (told,) = office.notifications()
    assert (told.recipient, told.subject) == (MANAGER, Subject.PLAN_IN_FORCE)


def test_a_newer_version_asks_again_and_the_plan_of_another_term_stands_beside_it(office: Office) -> None:
    office.receive(allocated(), confirmed(1))
    later = {"answer_due_date": to_date(ANSWER_BY + timedelta(days=7))}
    (again,) = new_of(office, confirmed(2, number=2, **later))
    assert again.answer_by_on == ANSWER_BY + timedelta(days=7)
    other_term = confirmed(1, number=3)
    other_term.term = 2
    (beside,) = new_of(office, other_term)
    assert beside.subject is Subject.PLAN_TO_CONFIRM
