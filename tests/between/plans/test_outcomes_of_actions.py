"""An action that was not met reaches rules as one fact, and nothing else that rules say changes (R56, R81, B7).

The kind that this file closes: the outcome of an action stands beside the evidence that it followed from, as another
item or another voice.
"""

from itertools import product

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import evidence_pb2 as items

from services.evidence.domain.plans.support import Support
from services.evidence.wire.plans.events import support_event
from services.platform.calls.wire import from_date
from services.rules.adapters.store.facts import SqlFacts
from services.rules.domain.closed_lists import NONE_OFFERED, EvidenceClass, Kind
from services.rules.domain.concerns.progress import supports_standing
from services.rules.domain.facts import EvidenceFact
from services.rules.wire.record import support_of
from tests.between.plans.test_plans_in_time import ACTION, SUPPORT, Plan, plan
from tests.between.test_who_says_it import PERSON
from tests.between.together import Together
from tests.builders import a_request_id
from tests.evidence.outcomes.test_outcomes import CANNOT, DECLINED, GIVEN, NOT_GIVEN, RECEIVED, standing
from tests.evidence.plans.build import MANAGER as AT_THE_DESK
from tests.evidence.plans.build import accepted, later, offered

__all__ = ["plan"]


def facts(running: Together) -> list[EvidenceFact]:
    """Return every version of each outcome of an action that rules know of the person."""
    with running.services["rules"].database.read() as connection:
        case_file = SqlFacts(connection).case_file("sg-one")
    assert case_file is not None
    return [fact for fact in case_file.evidence if fact.kind is Kind.ACTION_OUTCOME]


def not_met(plan: Plan) -> pb.Action:
    """Return an action that was not met, after its time was over."""
    action = plan.agreed(days=40)
    support = plan.answered(plan.offered(action.name, promised=10), pb.AnswerSupportRequest.ANSWER_DECLINED)
    assert support.state == SUPPORT.STATE_DECLINED
    due = from_date(action, "due_date")
    assert due is not None
    plan.running.until_after(due)
    ended: pb.Action = plan.close(plan.read().actions[0], ACTION.STATE_NOT_MET)
    return ended


def test_an_action_that_was_not_met_is_one_fact_that_counts_after_the_reply(plan: Plan) -> None:
    running = plan.running
    ended = not_met(plan)
    recorded, shared = facts(running)
    assert (recorded.version, shared.version) == (1, 2)
    assert recorded.judged_id == shared.judged_id != ""
    assert shared.details == {
        "action_outcome": "not_met",
        "action_purpose": "improve",
        "action_basis": "agreed",
        "supports_standing": "declined",
    }
    assert shared.evidence_class is EvidenceClass.STANDARD
    assert recorded.adverse_from is None
    assert shared.adverse_from is not None
    assert shared.adverse_from > running.today, "the Safeguarder can reply first"
    reply = items.AddReplyRequest(name=ended.outcome_evidence, text="I was ill.", request_id=a_request_id())
    running.evidence.AddReply(reply, **running.as_(PERSON))
    running.settle()
    assert facts(running)[-1].adverse_from == running.today
    plan.close(plan.read().actions[0], ACTION.STATE_NOT_MET)
    assert len(facts(running)) == 3, "a second close says nothing new"


@pytest.mark.parametrize("days", [0, 30, 90])
@pytest.mark.parametrize(
    "found", list(product([offered(), accepted(), DECLINED, GIVEN, RECEIVED, CANNOT, NOT_GIVEN], repeat=2))
)
def test_evidence_and_rules_work_out_alike_how_supports_stand(found: tuple[Support, Support], days: int) -> None:
    """One arithmetic: of an action in evidence, and of a concern in rules."""
    known = [support_of(support_event(support)) for support in found]
    today = later(AT_THE_DESK, days=days).today
    worked_out = supports_standing([support for support in known if support], today) or NONE_OFFERED
    assert standing(*found, days=days) == worked_out
