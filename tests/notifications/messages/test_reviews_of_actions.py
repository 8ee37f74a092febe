"""The Safeguarder is told that a talk about an action is to come, and that one was recorded (R81). It is no penalty."""

import random
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.scheduling.v1 import duties_pb2 as duties
from psmf.scheduling.v1 import events_pb2 as scheduling

from services.notifications.domain.notification import Notification, Subject
from services.platform.calls.wire import from_word, to_date
from tests.notifications.builders import allocated
from tests.notifications.office import TODAY, Office, Post

PERSON, MANAGER = "person-one", "manager-one"


def owed(version: int = 1, state: str = "running", kind: str = "review_action", days: int = 14) -> Any:
    return scheduling.DutyChanged(
        safeguarder_id="sg-one",
        duty_id="d" * 32,
        version=version,
        kind=from_word(duties.Duty.Kind, kind),
        owed_by=duties.Duty.OWED_BY_SUPPORT_MANAGER,
        about="safeguarders/sg-one/actions/a",
        state=from_word(duties.Duty.State, state),
        due_date=to_date(TODAY + timedelta(days=days)),
    )


def review(version: int = 1, changed_by: Any = plans.RAISER_SUPPORT_MANAGER) -> Any:
    ids: dict[str, Any] = {"safeguarder_id": "sg-one", "review_id": "7" * 32}
    return evidence.ActionReviewHeld(**ids, version=version, changed_by=changed_by, held_date=to_date(TODAY))


def new_of(office: Office, *messages: Any) -> list[tuple[str, Subject | None]]:
    before = {one.notification_id for one in office.notifications()}
    office.receive(*messages)
    return [said(one) for one in office.notifications() if one.notification_id not in before]


def said(one: Notification) -> tuple[str, Subject | None]:
    return one.recipient, one.subject


def sent(office: Office) -> None:
    office.go_on(minutes=2)
    office.send_all(Post())


def test_the_safeguarder_is_told_once_that_a_talk_is_to_come(office: Office) -> None:
    office.receive(allocated())
    assert new_of(office, owed()) == [(PERSON, Subject.ACTION_REVIEW_OPENED)]
    sent(office)
    assert new_of(office, owed(2, days=20), owed(3, days=30)) == [], "another day for the manager is no news for them"


def test_nobody_is_told_of_a_talk_that_is_not_to_come_any_more(office: Office) -> None:
    """Leave that is recorded late moves the day of the action: its time was not over at all."""
    office.receive(allocated(), owed(), owed(2, "ended"))
    assert office.notifications() == []
    assert new_of(office, owed(3)) == [(PERSON, Subject.ACTION_REVIEW_OPENED)], "the later day has passed too"


def test_no_other_duty_tells_of_a_talk(office: Office) -> None:
    office.receive(allocated())
    assert new_of(office, owed(kind="look_at_completion")) == []


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (review(), (PERSON, Subject.ACTION_REVIEW_HELD)),
        (review(changed_by=plans.RAISER_SAFEGUARDER), (MANAGER, Subject.ACTION_REVIEW_ANSWERED)),
        (review(changed_by=plans.RAISER_UNSPECIFIED), (PERSON, Subject.ACTION_REVIEW_HELD)),
    ],
)
def test_the_other_side_is_told_of_a_review(office: Office, message: Any, expected: tuple[str, Subject]) -> None:
    office.receive(allocated())
    assert new_of(office, message) == [expected]


def test_a_correction_is_told_again_and_an_old_version_is_not(office: Office) -> None:
    office.receive(allocated(), review())
    sent(office)
    assert new_of(office, review(2, plans.RAISER_SAFEGUARDER)) == [(MANAGER, Subject.ACTION_REVIEW_ANSWERED)]
    sent(office)
    assert new_of(office, review(3)) == [(PERSON, Subject.ACTION_REVIEW_HELD)]
    assert new_of(office, review(1), review(2), review(3)) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_newest_version_is_told_in_whatever_order_they_come(office: Office, seed: int) -> None:
    office.receive(allocated())
    versions = [review(1), review(2, plans.RAISER_SAFEGUARDER), review(3), owed(1), owed(2, "ended")]
    random.Random(seed).shuffle(versions)
    office.receive(*versions)
    assert [said(one) for one in office.notifications()] == [(PERSON, Subject.ACTION_REVIEW_HELD)]


def test_neither_asks_for_an_answer_by_a_day(office: Office) -> None:
    """A talk is no task of the Safeguarder's, and their words on a review have no last day."""
    office.receive(allocated(), owed(), review())
    assert [one.answer_by_on for one in office.notifications()] == [None, None]
