"""The Safeguarder is told that the way of working changes, never what; the support manager that it is read (R80)."""

from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import events_pb2 as evidence

from services.notifications import wire
from services.notifications.domain.news import Line
from services.notifications.domain.notification import Subject
from services.platform.calls.wire import to_date
from tests.notifications.office import TODAY

READ_BY = TODAY + timedelta(days=7)
Change = changes.ApproachChange


def told(state: Any = Change.STATE_SERVED, **fields: Any) -> Line | None:
    days = {"acknowledge_due_date": to_date(READ_BY)} if "acknowledge_date" not in fields else {}
    message = evidence.ApproachChanged(safeguarder_id="sg-one", change_id="c" * 32, version=1, state=state)
    return wire.approach_change(evidence.ApproachChanged(**_fields(message) | days | fields)).line(TODAY)


def _fields(message: evidence.ApproachChanged) -> dict[str, Any]:
    return {field.name: value for field, value in message.ListFields()}


def test_the_safeguarder_is_told_with_the_day_until_which_they_can_read_it() -> None:
    assert told() == Line(Subject.APPROACH_TO_READ, to_the_person=True, answer_by_on=READ_BY)


def test_the_support_manager_is_told_that_it_is_read() -> None:
    assert told(acknowledge_date=to_date(TODAY)) == Line(Subject.APPROACH_READ, to_the_person=False)


@pytest.mark.parametrize("state", [Change.STATE_MET, Change.STATE_WITHDRAWN, Change.STATE_SET_ASIDE])
def test_the_safeguarder_is_told_that_it_has_ended(state: Any) -> None:
    assert told(state) == Line(Subject.APPROACH_ENDED, to_the_person=True)


@pytest.mark.parametrize(
    "fields",
    [
        {"reported": True},
        {"acknowledge_due_date": to_date(TODAY - timedelta(days=1))},
        {"state": Change.STATE_SUPERSEDED},
        {"state": Change.STATE_CONCERN_ENDED},
        {"state": 999},
    ],
)
def test_nobody_is_told_of_what_is_reported_late_replaced_or_not_known(fields: dict[str, Any]) -> None:
    assert told(**fields) is None


def test_a_day_that_moves_is_no_news() -> None:
    message = evidence.ApproachChanged(version=1, state=Change.STATE_SERVED, acknowledge_due_date=to_date(READ_BY))
    moved = evidence.ApproachChanged(version=2, state=Change.STATE_SERVED, stands_from_date=to_date(READ_BY))
    assert wire.approach_change(message).news == wire.approach_change(moved).news
