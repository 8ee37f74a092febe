"""What the papers of a session hold of a development plan: open actions, what is owed, and offers (R59)."""

from datetime import UTC, datetime

import pytest
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2

from services.platform.calls.wire import to_date
from tests.builders import days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.plans.desk import KINDS, MANAGER, PERSON, SUPPORTS, Desk
from tests.evidence.sessions.test_records_over_the_wire import Desk as SessionDesk
from tests.evidence.steps import appoint

SECTION, STATES = pb.PackEntry, scheduling_pb2.SupportSession
OF_THE_PLAN = (SECTION.SECTION_OPEN_ACTION, SECTION.SECTION_SUPPORT_OWED, SECTION.SECTION_SUPPORT_OFFERED)


@pytest.fixture
def desk(evidence: Evidence) -> Desk:
    appoint(evidence, "sg-one")
    return Desk(evidence)


def of_the_plan(pack: pb.SessionPack) -> list[pb.PackEntry]:
    return [entry for entry in pack.entries if entry.section in OF_THE_PLAN]


def test_papers_that_are_frozen_late_hold_the_plan_as_it_was_at_their_instant(desk: Desk) -> None:
    """They are made from the versions of that instant, so a timer that runs late makes the same papers."""
    desk.action()  # nobody has answered it
    action = desk.agreed(desk.action())
    unanswered = desk.support(action.name)
    support = desk.accepted(desk.support(action.name))
    instant = datetime.now(UTC)

    session = SessionDesk(desk.evidence, "late-timer")
    session.hear(1, STATES.STATE_PROPOSED)
    desk.close(action, KINDS.STATE_MET)
    given = {"outcome": SUPPORTS.STATE_DELIVERED, "delivered_date": to_date(days_ago(0)), "etag": support.etag}
    desk.call("RecordSupport", MANAGER, name=support.name, **given)
    now = [entry.name for entry in of_the_plan(session.pack())]
    assert now == [unanswered.name], "while they grow, they hold what is open now"

    session.hear(2, STATES.STATE_CONFIRMED, freezes=instant)
    frozen = session.pack()
    assert of_the_plan(frozen) == [
        SECTION(
            section=SECTION.SECTION_OPEN_ACTION,
            name=action.name,
            version=int(action.etag),
            standards=["S4"],
            since_date=to_date(days_ago(0)),
            kind="change_practice",
            due_date=action.due_days[-1].date,
        ),
        SECTION(
            section=SECTION.SECTION_SUPPORT_OWED,
            name=support.name,
            version=int(support.etag),
            since_date=support.discussed_date,
            kind="mentoring",
            due_date=support.promised_date,
        ),
        SECTION(
            section=SECTION.SECTION_SUPPORT_OFFERED,
            name=unanswered.name,
            version=1,
            since_date=unanswered.discussed_date,
            kind="mentoring",
            due_date=unanswered.answer_due_date,
        ),
    ]
    assert session.pack(PERSON).entries == frozen.entries
