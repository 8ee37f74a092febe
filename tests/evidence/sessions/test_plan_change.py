"""R107: the papers say what another version of the development plan changed since the papers before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import session_records_pb2 as pb

from services.calendar_days import london_today
from services.cli.session.reading import Names
from services.cli.session.shown import papers_text
from services.evidence.domain.plans.action import ActionState
from services.evidence.domain.plans.contents import Difference, difference
from services.evidence.domain.plans.support import SupportState
from services.platform.calls.wire import from_date, to_date
from tests.builders import days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.plans.build import accepted, opened
from tests.evidence.plans.desk import MANAGER, PARENT, PERSON
from tests.evidence.plans.test_versions_over_the_wire import Confirming
from tests.evidence.sessions.test_progress import closed_session, moved
from tests.evidence.sessions.test_records_over_the_wire import STATES, Desk
from tests.evidence.steps import appoint

NOTHING = Difference((), (), ())


def test_what_is_new_what_is_planned_otherwise_and_what_is_gone() -> None:
    action, support = opened(), accepted()
    later = moved(action)
    other = replace(action, action_id="a2")
    assert difference([action, support], [later, other]) == Difference((other.name,), (action.name,), (support.name,))


def test_what_was_done_since_is_no_other_plan() -> None:
    action, support = opened(), accepted()
    done = replace(action, state=ActionState.COMPLETION_OFFERED, version=9)
    given = replace(support, state=SupportState.DELIVERED, version=9)
    assert difference([action, support], [given, done]) == NOTHING
    assert difference([], []) == NOTHING


@pytest.fixture(scope="module")
def plan(evidence: Evidence) -> Confirming:
    appoint(evidence, "sg-one")
    plan = Confirming(evidence)
    plan.complete()
    return plan


def in_force(plan: Confirming) -> int:
    """Have both sides confirm the plan as it stands. Return the number of the version."""
    plan.confirm(MANAGER)
    return plan.confirm(PERSON).in_force.number


def change_in(desk: Desk) -> pb.PlanChange | None:
    pack = desk.pack()
    return pack.plan_change if pack.HasField("plan_change") else None


def papers(plan: Confirming, name: str, instant: datetime | None = None) -> Desk:
    """Return a session whose papers are frozen at an instant, or grow without one."""
    session = Desk(plan.evidence, name)
    frozen: dict[str, Any] = {"freezes": instant} if instant else {"freezes": datetime.now(UTC) + timedelta(days=3)}
    session.hear(1, STATES.STATE_CONFIRMED, **frozen)
    return session


def test_papers_say_what_the_version_in_force_changed_whenever_they_are_made(plan: Confirming) -> None:
    action = plan.agreed(plan.action())
    first = in_force(plan)
    since = closed_session(plan.evidence, "before")
    assert change_in(papers(plan, "nothing-new", datetime.now(UTC))) is None, "the same version is in force"

    strength, day = plan.strength(), {"due_date": to_date(days_ago(-90)), "words": "More time."}
    current = next(each for each in plan.plan().actions if each.name == action.name)
    plan.call("ChangeActionDate", MANAGER, name=action.name, etag=current.etag, **day)
    assert change_in(papers(plan, "a-draft", datetime.now(UTC))) is None, "what nobody has confirmed is no version"

    plan.confirm(MANAGER)
    second, instant = plan.confirm(PERSON).in_force.number, datetime.now(UTC)
    plan.strength()
    third = in_force(plan)
    change = change_in(papers(plan, "made-late", instant))
    assert change is not None
    assert (change.version_before, change.version, from_date(change, "since_date")) == (
        first, second, london_today(since),
    )  # fmt: skip
    assert (list(change.added), list(change.changed), list(change.removed)) == ([strength.name], [action.name], [])
    growing = change_in(papers(plan, "growing"))
    assert growing is not None
    assert (growing.version, len(growing.added)) == (third, 2), "papers that grow say what is so now"


def test_both_sides_read_the_same_and_the_hash_is_that_of_the_entries(plan: Confirming) -> None:
    in_force(plan)
    closed_session(plan.evidence, "earlier")
    plan.strength()
    in_force(plan)
    session = papers(plan, "read-by-both", datetime.now(UTC))
    own, theirs = session.pack(PERSON), session.pack(MANAGER)
    assert own.plan_change == theirs.plan_change
    assert own.plan_change.added
    assert own.hash == theirs.hash


def test_the_page_says_it_in_words() -> None:
    need, gone = f"{PARENT}/needs/0a4eed001", f"{PARENT}/supports/5a77d0301"
    change = pb.PlanChange(since_date=to_date(days_ago(30)), version_before=1, version=3, added=[need], removed=[gone])
    names = Names("Demo Effie Lochend", "sg-one", {}, {need: "need, S4 Reports: I want to write shorter reports."})
    page = papers_text(pb.SessionPack(plan_change=change), names, 100)
    assert "Plan           Version 3 is in force. Version 1 was in force at the papers of " in page
    assert "New: need, S4 Reports: I want to write shorter reports.  0a4eed00" in page
    assert "No longer in it: support  5a77d030" in page
    first = pb.PlanChange(since_date=change.since_date, version=1)
    page = papers_text(pb.SessionPack(plan_change=first), names, 100)
    assert "No version was in force at the papers of " in page
