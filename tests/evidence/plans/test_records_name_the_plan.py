"""What the record of a session says of the development plan: the actions and supports that it names (R71, R150)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2

from services.evidence.domain.plans.action import Action, ActionState
from tests.answers import refused
from tests.evidence.conftest import Evidence
from tests.evidence.plans.build import NOW, TODAY, opened, proposed
from tests.evidence.plans.desk import KINDS, MANAGER, PERSON, Desk
from tests.evidence.sessions.test_records_over_the_wire import Desk as SessionDesk
from tests.evidence.steps import appoint, give_a_reason

STATES, WORDS = scheduling_pb2.SupportSession, pb.AgendaOutcome


@pytest.mark.parametrize(
    ("action", "is_live"),
    [
        (proposed(), True),
        (opened(), True),
        (replace(opened(), state=ActionState.COMPLETION_OFFERED), True),
        (replace(opened(), state=ActionState.MET, recorded_at=NOW), True),
        (replace(opened(), state=ActionState.REPLACED, recorded_at=NOW), True),
        (replace(opened(), state=ActionState.MET, recorded_at=NOW - timedelta(days=1)), False),
        (replace(opened(), state=ActionState.WITHDRAWN, recorded_at=NOW), False),
    ],
)
def test_a_record_names_an_action_that_is_or_was_proposed_or_open_on_the_day(action: Action, *, is_live: bool) -> None:
    """It may end between the session and the sharing of its record. What was withdrawn is no outcome."""
    assert action.was_live_on(TODAY) is is_live


@pytest.fixture
def desk(evidence: Evidence) -> Desk:
    appoint(evidence, "sg-one")
    give_a_reason(evidence)
    return Desk(evidence)


def held(evidence: Evidence, name: str) -> SessionDesk:
    """Return a session that was held just now, with papers that hold everything until then."""
    now = datetime.now(UTC)
    session = SessionDesk(evidence, name)
    session.hear(1, STATES.STATE_CONFIRMED, starts=now, freezes=now)
    session.hear(2, STATES.STATE_HELD, starts=now, freezes=now)
    return session


def test_an_outcome_names_its_action_and_other_actions_and_supports_are_listed(desk: Desk) -> None:
    """Both sides read the names, and both sides can read what they name."""
    action, other = desk.action(), desk.agreed(desk.action())
    withdrawn = desk.close(desk.action(), KINDS.STATE_WITHDRAWN)
    support = desk.support(other.name)
    session = held(desk.evidence, "names-the-plan")
    text = session.complete()
    place, said = next(one for one in enumerate(text.outcomes) if one[1].word == WORDS.WORD_NO_ACTION)
    said.word, said.words = WORDS.WORD_ACTION, ""

    draft = session.call("CreateSessionRecord", parent=session.session, content=text)
    missing = refused(lambda: session.call("ShareSessionRecord", etag=draft.etag))
    assert missing.reason == "RECORD_INCOMPLETE"
    for name in (withdrawn.name, "safeguarders/sg-two/actions/a1", support.name):
        said.action = name
        answer = refused(lambda: session.call("UpdateSessionRecord", etag=draft.etag, content=text))
        assert (answer.reason, answer.field) == ("NOT_IN_PLAN", f"content.outcomes[{place}].action")
        assert name not in str(answer)
    said.action = action.name
    text.actions.append(other.name)
    text.supports.append(support.name)
    draft = session.call("UpdateSessionRecord", etag=draft.etag, content=text)
    session.call("ShareSessionRecord", etag=draft.etag)
    assert session.read(PERSON).content == session.read(MANAGER).content == text

    disputes = [pb.Dispute(section=support.name, words="Nobody asked me about it.")]
    disputed = session.call("AnswerSessionRecord", PERSON, edition=1, disputes=disputes)
    assert disputed.state == pb.SessionRecord.STATE_DISPUTED
    after = held(desk.evidence, "after-the-dispute")
    carried = [entry.name for entry in after.pack().entries if entry.section == pb.PackEntry.SECTION_CARRIED]
    assert carried == [support.name]
