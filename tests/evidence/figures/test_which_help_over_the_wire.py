"""Figures about supports, over gRPC and as a page of the terminal (B16)."""

from functools import partial

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.builders import days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.plans.desk import PARENT, PERSON, SUPPORTS, TEAM, Desk
from tests.evidence.steps import appoint


@pytest.fixture(scope="module")
def desk(evidence: Evidence) -> Desk:
    appoint(evidence, "sg-one")
    return Desk(evidence)


def figures(desk: Desk, person: str = TEAM, since: int = 30, until: int = 0) -> pb.SupportFigures:
    request = pb.GetSupportFiguresRequest(from_date=to_date(days_ago(since)), to_date=to_date(days_ago(until)))
    found: pb.SupportFigures = desk.stub.GetSupportFigures(request, **desk.evidence.as_(person))
    return found


def test_counts_of_supports_name_nobody_and_follow_what_happens_to_them(desk: Desk) -> None:
    support = desk.support(desk.need().name)
    (row,) = figures(desk).rows
    assert (row.standard, row.kind, row.offered, row.given) == ("S4", SUPPORTS.KIND_MENTORING, 1, 0)
    taken = desk.call(
        "AnswerSupport", PERSON, name=support.name, etag=support.etag, answer=pb.AnswerSupportRequest.ANSWER_ACCEPTED
    )
    assert figures(desk).rows[0].owed == 1
    day = to_date(days_ago(0))
    desk.call(
        "RecordSupport", TEAM, name=taken.name, etag=taken.etag, outcome=SUPPORTS.STATE_DELIVERED, delivered_date=day
    )
    (row,) = figures(desk).rows
    assert (row.owed, row.given, row.no_view, row.no_item) == (0, 1, 1, 1)
    assert PARENT not in str(figures(desk))
    assert not figures(desk, since=400, until=300).rows


def test_days_that_are_not_in_order_are_refused(desk: Desk) -> None:
    assert refused(partial(figures, desk, since=1, until=2)).reason == "DATE_OUT_OF_ORDER"
