"""ListDuties: open duties, the earliest due first, of those whom the caller may see (doors D1)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest
from psmf.scheduling.v1 import duties_pb2 as pb

from services.platform.calls.wire import from_date
from tests.scheduling.conftest import TODAY, Scheduling
from tests.scheduling.received import acted, planned, supported

ACROSS = "safeguarders/-"
DAYS = {"sg-one": (40, 10, 25), "sg-two": (-14, 30, 10)}
"""In how many days the actions of each person are due."""


@pytest.fixture(scope="module")
def owed(scheduling: Scheduling) -> Scheduling:
    """Three open actions of each of two people, one of them overdue, one that is over, and a support that is owed."""
    now = datetime.now(UTC)
    for person in (*DAYS, "sg-served"):
        tell(scheduling, person, planned(1, now, final=True))
    for person, days in DAYS.items():
        for number, n in enumerate(days):
            tell(scheduling, person, acted(1, now, action_id=f"{person}-{number}", due_date=TODAY + timedelta(days=n)))
    over: dict[str, Any] = {"action_id": "sg-one-over", "due_date": TODAY}
    tell(scheduling, "sg-one", acted(1, now, **over), acted(2, now, "met", **over))
    promised = TODAY + timedelta(days=5)
    tell(scheduling, "sg-one", supported(1, now, promised_date=promised, first_promised_date=promised))
    return scheduling


def tell(scheduling: Scheduling, person: str, *messages: Any) -> None:
    for message in messages:
        message.safeguarder_id = person
    scheduling.receive(scheduling.evidence, person, *messages)


def ask(scheduling: Scheduling, person: str, parent: str, **page: Any) -> pb.ListDutiesResponse:
    request = pb.ListDutiesRequest(parent=parent, **page)
    answer: pb.ListDutiesResponse = scheduling.duties.ListDuties(request, **scheduling.as_(person))
    return answer


def whose(answer: pb.ListDutiesResponse) -> set[str]:
    return {duty.name.split("/")[1] for duty in answer.duties}


def test_open_duties_are_listed_with_the_earliest_due_first(owed: Scheduling) -> None:
    duties = ask(owed, "panel-team", "safeguarders/sg-one").duties
    found = [(pb.Duty.Kind.Name(duty.kind), (from_date(duty, "due_date") - TODAY).days) for duty in duties]  # type: ignore[operator]
    assert found == [("KIND_DELIVER_SUPPORT", 5), ("KIND_ACTION", 10), ("KIND_ACTION", 25), ("KIND_ACTION", 40)]
    action = duties[1]
    assert action.name.startswith("safeguarders/sg-one/duties/")
    assert action.about == "safeguarders/sg-one/actions/sg-one-1"
    assert action.owed_by == pb.Duty.OWED_BY_SAFEGUARDER
    assert action.state == pb.Duty.STATE_RUNNING
    assert not action.overdue


def test_what_is_overdue_says_so_and_its_review_is_owed_by_the_support_manager(owed: Scheduling) -> None:
    late, *others = ask(owed, "person-two", "safeguarders/sg-two").duties
    assert (late.about, late.overdue) == ("safeguarders/sg-two/actions/sg-two-0", True)
    (review,) = (duty for duty in others if duty.about == late.about)
    assert (review.kind, review.owed_by) == (pb.Duty.KIND_REVIEW_ACTION, pb.Duty.OWED_BY_SUPPORT_MANAGER)


def test_across_holds_those_whom_the_caller_may_see(owed: Scheduling) -> None:
    people = {
        "panel-team": {"sg-one", "sg-two"},
        "senior-manager": {"sg-one", "sg-two"},
        "manager-one": {"sg-one"},
        "manager-two": {"sg-two"},
        "person-two": {"sg-two"},
    }
    assert {person: whose(ask(owed, person, ACROSS)) for person in people} == people


def test_pages_hold_each_duty_once_and_a_token_is_good_for_its_own_list_alone(owed: Scheduling) -> None:
    whole = [duty.name for duty in ask(owed, "panel-team", ACROSS).duties]
    paged, token = [], ""
    while True:
        page = ask(owed, "panel-team", ACROSS, page_size=2, page_token=token)
        paged += [duty.name for duty in page.duties]
        assert len(page.duties) <= 2
        token = page.next_page_token
        if not token:
            break
    assert (paged, len(paged)) == (whole, len(set(whole)))
    other = ask(owed, "panel-team", ACROSS, page_size=1).next_page_token
    with pytest.raises(grpc.RpcError, match="not valid for these filters"):
        ask(owed, "panel-team", "safeguarders/sg-one", page_token=other)


def test_nobody_known_is_not_an_empty_list(owed: Scheduling) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        ask(owed, "panel-team", "safeguarders/sg-nobody")
    assert refused.value.code() == grpc.StatusCode.NOT_FOUND
