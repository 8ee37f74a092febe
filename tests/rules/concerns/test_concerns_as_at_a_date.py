"""ListConcerns and GetConcern as of a day or an instant: what people saw then, for the people who may look now."""

from datetime import timedelta
from typing import Any

import grpc
import pytest
from psmf.rules.v1 import rules_pb2 as pb

from services.platform.calls.wire import to_date, to_instant
from services.platform.clock import SystemClock
from tests.builders import days_ago
from tests.rules.conftest import Rules, a_fact, an_acknowledgement


def get(rules: Rules, name: str, person: str = "manager-one", **moment: Any) -> pb.Concern:
    found: pb.Concern = rules.concerns.GetConcern(pb.GetConcernRequest(name=name, **moment), **rules.as_(person))
    return found


def test_a_concern_is_shown_as_it_stood_with_the_moves_until_then_and_no_next_ones(rules: Rules) -> None:
    rules.appoint("sg-stood")
    rules.record("sg-stood", a_fact("sg-stood", "item"))
    raised = rules.raised("sg-stood", "confidentiality")
    before = to_instant(SystemClock().now())
    rules.concerns.AcknowledgeConcern(an_acknowledgement(raised), **rules.as_("manager-one"))
    between = to_instant(SystemClock().now())
    dismiss = pb.DismissConcernRequest(name=raised.name, reason=pb.CONCERN_REASON_EXPLAINED)
    rules.concerns.DismissConcern(dismiss, **rules.as_("manager-one"))
    (stood,) = rules.open_concerns("sg-stood", known_at_time=before)
    assert raised.HasField("respond_by_date")
    raised.ClearField("respond_by_date")  # of a past day nobody responds any more
    assert stood == raised
    (taken_on,) = rules.open_concerns("sg-stood", known_at_time=between)
    assert (taken_on.state, taken_on.owner) == (pb.Concern.STATE_ACKNOWLEDGED, "manager-one")
    assert "confidentiality" not in {concern.rule for concern in rules.open_concerns("sg-stood")}
    shown = get(rules, raised.name, known_at_time=between)
    assert [step.to_state for step in shown.steps] == [pb.Concern.STATE_ACKNOWLEDGED]
    assert not shown.allowed_moves
    assert get(rules, raised.name, as_of_date=to_date(days_ago(0))) == get(rules, raised.name)


def test_before_it_was_raised_there_is_no_such_concern(rules: Rules) -> None:
    rules.appoint("sg-before")
    rules.record("sg-before", a_fact("sg-before", "item"))
    raised = rules.raised("sg-before", "confidentiality")
    yesterday = to_date(days_ago(1))
    assert rules.open_concerns("sg-before", as_of_date=yesterday, include_closed=True) == []
    with pytest.raises(grpc.RpcError) as refused:
        get(rules, raised.name, as_of_date=yesterday)
    assert refused.value.code() == grpc.StatusCode.NOT_FOUND


def test_what_is_still_to_come_is_refused(rules: Rules) -> None:
    for moment in (
        {"as_of_date": to_date(days_ago(-1))},
        {"known_at_time": to_instant(SystemClock().now() + timedelta(minutes=1))},
    ):
        with pytest.raises(grpc.RpcError) as refused:
            rules.open_concerns("-", **moment)
        assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT


def test_a_past_moment_opens_no_file_that_is_closed_to_the_caller_now(rules: Rules) -> None:
    rules.appoint("sg-not-theirs")
    rules.record("sg-not-theirs", a_fact("sg-not-theirs", "item"))
    raised = rules.raised("sg-not-theirs", "confidentiality")
    now = to_instant(SystemClock().now())
    with pytest.raises(grpc.RpcError) as refused:
        get(rules, raised.name, "manager-two", known_at_time=now)
    assert refused.value.code() == grpc.StatusCode.PERMISSION_DENIED
    listed = rules.open_concerns("-", "manager-two", known_at_time=now)
    assert raised.name not in {concern.name for concern in listed}
