"""Kind closed: somebody who left the Panel cannot come back, and each refusal sends them to the other (reg 7)."""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.scheduling.v1 import duties_pb2 as duties
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.calendar_days import months_later
from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.together import Together
from tests.builders import BASIS, a_request_id, an_appointment

PARENT = "safeguarders/sg-one"
Decision, Duty = register.RecordMinisterialDecisionRequest, duties.Duty


def decide(running: Together, request: Any) -> register.Safeguarder:
    decided: register.Safeguarder = running.safeguarders.RecordMinisterialDecision(request, **running.as_("recorder"))
    running.settle()
    return decided


def resign(running: Together) -> None:
    ended = Decision(
        name=PARENT,
        kind=Decision.KIND_ENDED,
        effective_date=to_date(running.today),
        end_reason=register.END_REASON_RESIGNED,
        legal_basis=BASIS,
        request_id=a_request_id(),
    )
    decide(running, ended)


def offer(running: Together) -> None:
    """Offer a support that waits for an answer."""
    need = plans.CreateNeedRequest(parent=PARENT, standard="S4", words="To speak with each agency.")
    need.request_id = a_request_id()
    named = running.plans.CreateNeed(need, **running.as_("person-one"))
    request = plans.OfferSupportRequest(
        parent=PARENT,
        kind=plans.Support.KIND_MODULE,
        words="A module.",
        supported=[named.name],
        discussed_date=to_date(running.today),
        request_id=a_request_id(),
    )
    running.plans.OfferSupport(request, **running.as_("manager-one"))
    running.settle()


def owed(running: Together) -> set[int]:
    request = duties.ListDutiesRequest(parent=PARENT)
    return {each.kind for each in running.duties.ListDuties(request, **running.as_("panel-team")).duties}


def obligations(running: Together) -> list[Any]:
    request = scheduling.ListObligationsRequest(parent=PARENT)
    return list(running.obligations.ListObligations(request, **running.as_("panel-team")).obligations)


def test_somebody_who_left_is_appointed_again_and_owes_nothing_of_before(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    offer(running)
    assert Duty.KIND_ANSWER_SUPPORT in owed(running)
    resign(running)
    before = {each.name for each in obligations(running)}
    running.days(40)
    assert owed(running) == set()
    again = an_appointment("sg-one", running.today)
    further = an_appointment("sg-one", running.today, kind=Decision.KIND_REAPPOINTED, term_months=24)
    assert refused(lambda: decide(running, further)).reason == "NOT_APPOINTED"
    entry = decide(running, again)
    (first, second) = entry.terms
    assert entry.state == register.Safeguarder.STATE_APPOINTED
    assert from_date(first, "end_date") == running.ago(40)
    assert from_date(second, "end_date") == months_later(running.today, 36) - timedelta(days=1), (
        "three years (reg 7(1))"
    )
    assert owed(running) == {Duty.KIND_FINALISE_PLAN}, "what waited when they left is owed no more"
    new = [each for each in obligations(running) if each.name not in before]
    assert new, "the new term has obligations of its own"
    running.days(1)
    left = running.open_concerns("sg-one").values()
    assert all(each.closing_proposed for each in left), "a new member has time before evidence of them is missing"
