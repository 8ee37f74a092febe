"""What the papers say of each action since the papers before (R83), whenever they are made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans_pb
from psmf.evidence.v1 import session_records_pb2 as pb

from services.calendar_days import london_today
from services.evidence.domain.plans.action import Action, ActionState
from services.evidence.domain.plans.life_of_an_action import Ending, Later, change_date, close, offer_completion
from services.evidence.domain.plans.support import SupportState
from services.evidence.domain.sessions.pack import Entry, Known, Section, gather
from services.evidence.domain.sessions.progress import Before, Progress, ended_since, progress_of
from services.platform.calls.wire import to_date
from tests.builders import days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.plans.build import MANAGER, NOW, NUMBERS, PERSON, TODAY, accepted, in_time, later, opened, proposed
from tests.evidence.plans.desk import KINDS, SUPPORTS
from tests.evidence.plans.desk import MANAGER as MANAGING
from tests.evidence.plans.desk import Desk as PlanDesk
from tests.evidence.sessions.test_records_over_the_wire import STATES, Desk
from tests.evidence.steps import appoint, give_a_reason

OPEN, DONE = ActionState.OPEN, ActionState.COMPLETION_OFFERED


def then(*actions: Action, supports: tuple[Any, ...] = ()) -> Before:
    return Before(NOW, actions, supports)


def moved(action: Action) -> Action:
    day = Later(action.due_on + timedelta(days=10), "More time.")
    return change_date(action, day, in_time(action), later(MANAGER, days=1), NUMBERS)


def test_nothing_changed_is_said_as_well() -> None:
    assert progress_of(opened(), (), then(opened())) == Progress(TODAY, OPEN, OPEN)


def test_an_action_that_nobody_had_proposed_then_is_new() -> None:
    assert progress_of(opened(), (), then()) == Progress(TODAY, OPEN, None)
    assert progress_of(opened(), (), then(proposed())).state_before is ActionState.PROPOSED


def test_what_is_said_to_be_done_and_a_day_that_moved_are_progress() -> None:
    action = opened()
    done = offer_completion(moved(action), "I rang each of them.", (), later(PERSON, days=2))
    assert progress_of(done, (), then(action)) == Progress(TODAY, DONE, OPEN, action.due_on)


@pytest.mark.parametrize(
    ("state", "before", "given"),
    [
        (SupportState.DELIVERED, SupportState.ACCEPTED, ("safeguarders/sg-one/supports/u1",)),
        (SupportState.DELIVERED, SupportState.DELIVERED, ()),
        (SupportState.NOT_DELIVERED, SupportState.ACCEPTED, ()),
    ],
)
def test_a_support_that_was_given_since_is_progress(
    state: SupportState, before: SupportState, given: tuple[str, ...]
) -> None:
    """What the Safeguarder did not receive stands as not given."""
    now, earlier = replace(accepted(), state=state), replace(accepted(), state=before)
    assert progress_of(opened(), [now], then(opened(), supports=(earlier,))).supports_given == given
    other = replace(opened(), action_id="a2")
    assert progress_of(other, [now], then(other)).supports_given == (), "it is for another action"


def test_what_ended_since_is_told_once_and_a_proposal_that_was_withdrawn_never() -> None:
    action = opened()
    met = close(action, Ending(ActionState.MET, "Each report names them."), in_time(action), None, MANAGER)
    withdrawn = close(proposed(), Ending(ActionState.WITHDRAWN, "No."), in_time(action), None, MANAGER)
    assert ended_since([met, replace(withdrawn, action_id="a2")], then(action)) == [met]
    assert ended_since([met], then()) == [met], "it opened and ended since"
    assert ended_since([met], then(met)) == []


def test_the_papers_have_the_progress_of_open_actions_and_what_ended_after_them() -> None:
    met = replace(opened(), action_id="a2", state=ActionState.MET, recorded_at=NOW)
    known = Known(NOW, (), (), (), (), (opened(), met), (), then(opened(), replace(met, state=OPEN)))
    first, second = gather("sg-one", known)
    assert (first.section, first.progress) == (Section.OPEN_ACTION, Progress(TODAY, OPEN, OPEN))
    assert (second.section, second.since_on) == (Section.ENDED_ACTION, TODAY)
    assert second.progress == Progress(TODAY, ActionState.MET, OPEN)


def test_without_papers_before_there_is_no_progress_and_nothing_has_ended() -> None:
    met = replace(opened(), action_id="a2", state=ActionState.MET)
    (entry,) = gather("sg-one", Known(NOW, (), (), (), (), (opened(), met)))
    assert entry == replace(entry, section=Section.OPEN_ACTION, progress=None)
    assert isinstance(entry, Entry)


@pytest.fixture
def plan(evidence: Evidence) -> PlanDesk:
    appoint(evidence, "sg-one")
    give_a_reason(evidence)
    return PlanDesk(evidence)


def closed_session(evidence: Evidence, name: str) -> datetime:
    """Hold a session with a record that the Safeguarder confirms. Return the instant of its papers."""
    session, now = Desk(evidence, name), datetime.now(UTC)
    session.hear(1, STATES.STATE_CONFIRMED, starts=now, freezes=now)
    session.hear(2, STATES.STATE_HELD, starts=now, freezes=now)
    shared = session.shared()
    session.call("AnswerSessionRecord", "person-one", edition=shared.edition)
    return now


def of_actions(pack: pb.SessionPack) -> dict[str, pb.ActionProgress]:
    return {entry.name: entry.progress for entry in pack.entries if "/actions/" in entry.name}


def test_papers_that_are_made_late_say_what_had_changed_by_their_instant(plan: PlanDesk) -> None:
    """A timer that runs late, and an event that comes again, make the same bytes."""
    states = plans_pb.Action
    kept, ended = plan.agreed(plan.action()), plan.agreed(plan.action())
    support = plan.accepted(plan.support(kept.name))
    since = to_date(london_today(closed_session(plan.evidence, "before")))
    day = {"due_date": to_date(days_ago(-90)), "words": "More time."}
    late = plan.call("ChangeActionDate", MANAGING, name=kept.name, etag=kept.etag, **day)
    given = {"outcome": SUPPORTS.STATE_DELIVERED, "delivered_date": to_date(days_ago(0)), "etag": support.etag}
    plan.call("RecordSupport", MANAGING, name=support.name, **given)
    plan.close(ended, KINDS.STATE_MET)
    instant = datetime.now(UTC)
    done = {"name": kept.name, "words": "I rang each of them.", "etag": late.etag}
    plan.call("OfferCompletion", "person-one", **done)

    session = Desk(plan.evidence, "made-late")
    session.hear(1, STATES.STATE_CONFIRMED, freezes=instant)
    frozen = session.pack()
    assert of_actions(frozen) == {
        kept.name: pb.ActionProgress(
            since_date=since,
            state=states.STATE_OPEN,
            state_before=states.STATE_OPEN,
            due_date_before=kept.due_days[-1].date,
            supports_given=[support.name],
        ),
        ended.name: pb.ActionProgress(since_date=since, state=states.STATE_MET, state_before=states.STATE_OPEN),
    }
    session.hear(2, STATES.STATE_CONFIRMED, freezes=instant)
    again = session.pack()
    assert (again.hash, again.entries) == (frozen.hash, frozen.entries)

    after = Desk(plan.evidence, "made-now")
    after.hear(1, STATES.STATE_CONFIRMED, freezes=datetime.now(UTC))
    assert of_actions(after.pack())[kept.name].state == states.STATE_COMPLETION_OFFERED
