"""A recorded decision of Ministers is corrected by two persons, and every reader applies the newest record (R86).

The kind that this closes: a wrong day of a term, or an end that never was, stays somewhere although the register has
the right one. Somebody is then treated as if they had left, or a term ends on a day on which it does not.
"""

from datetime import date, timedelta
from typing import Any

from psmf.evidence.v1 import decisions_pb2 as pb
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import recommendations_pb2 as recommendations
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.notifications.v1 import notifications_pb2 as messages
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.calendar_days import months_later
from services.platform.calls.wire import from_date, to_date
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.kpis import SqlKpis
from services.rules.domain.kpis.facts import services as service_of
from services.scheduling.adapters.store import SqlSchedules
from services.scheduling.domain.identifiers import SafeguarderId
from tests.answers import refused
from tests.between.recommendations.build import SAFEGUARDER, Reappointment
from tests.between.together import Together
from tests.builders import BASIS, a_request_id

FIRST, SECOND = "recorder", "recorder-two"
Decision, Correction = register.RecordMinisterialDecisionRequest, pb.DecisionCorrection


def decisions(running: Together, person: str = FIRST) -> list[pb.MinisterialDecision]:
    request = pb.ListMinisterialDecisionsRequest(parent=SAFEGUARDER)
    return list(running.decisions.ListMinisterialDecisions(request, **running.as_(person)).decisions)


def call(running: Together, method: str, person: str, **fields: Any) -> pb.MinisterialDecision:
    """Call a method about the newest decision, or one that is named, and let everything follow."""
    known = fields.pop("known", None) or decisions(running)[0]
    request = getattr(pb, f"{method}Request")(name=known.name, etag=known.etag, request_id=a_request_id(), **fields)
    answer: pb.MinisterialDecision = getattr(running.decisions, method)(request, **running.as_(person))
    running.settle()
    return answer


def correct(running: Together, known: pb.MinisterialDecision | None = None, **record: Any) -> pb.MinisterialDecision:
    """Correct a decision by two persons."""
    given: dict[str, Any] = {"because": "The letter says otherwise.", "known": known}
    given |= {"not_made": True} if record.pop("not_made", False) else {"record": pb.DecisionRecord(**record)}
    waits = call(running, "CorrectMinisterialDecision", FIRST, **given)
    return call(running, "ConfirmDecisionCorrection", SECOND, known=waits)


def end(running: Together) -> None:
    ended = Decision(
        name=SAFEGUARDER,
        kind=Decision.KIND_ENDED,
        effective_date=to_date(running.today),
        end_reason=register.END_REASON_RESIGNED,
        legal_basis=BASIS,
        request_id=a_request_id(),
    )
    running.safeguarders.RecordMinisterialDecision(ended, **running.as_(FIRST))
    running.settle()


def entry(running: Together) -> register.Safeguarder:
    request = register.GetSafeguarderRequest(name=SAFEGUARDER)
    found: register.Safeguarder = running.safeguarders.GetSafeguarder(request, **running.as_("panel-team"))
    return found


def as_they_read_it(running: Together) -> list[Any]:
    """Return the terms and the end as the register, scheduling, rules and KPIs have them."""
    known = entry(running)
    terms = [(from_date(term, "start_date"), from_date(term, "end_date")) for term in known.terms]
    is_over = known.state != register.Safeguarder.STATE_APPOINTED
    with running.services["scheduling"].database.read() as connection:
        schedule = SqlSchedules(connection, running.clock.now()).find(SafeguarderId("sg-one"))
    assert schedule is not None
    with running.services["rules"].database.read() as connection:
        file = SqlFacts(connection).case_file("sg-one")
        reach = (running.ago(2000), running.today + timedelta(days=2000))
        served = service_of(SqlKpis(connection).facts(reach).known_at(running.clock.now()))["sg-one"]
    assert file is not None
    last_on = schedule.ended_on or date.max
    of_rules = (file.person.term_starts_on, terms[-1][1] if is_over and terms else file.person.term_ends_on)
    return [
        (terms, is_over),
        ([(term.starts_on, min(term.ends_on, last_on)) for term in schedule.terms], not schedule.term_on(date.min)),
        ([*terms[:-1], of_rules][: len(terms)], not file.person.serving),
        (list(served.spans), is_over),
    ]


def all_agree(running: Together) -> tuple[list[Any], bool]:
    first, *others = as_they_read_it(running)
    assert others == [first] * 3
    terms, is_over = first
    return terms, is_over


def obligations(running: Together) -> list[scheduling.Obligation]:
    request = scheduling.ListObligationsRequest(parent=SAFEGUARDER)
    return list(running.obligations.ListObligations(request, **running.as_("panel-team")).obligations)


def upcoming(running: Together) -> int:
    request = scheduling.ListSupportSessionsRequest(parent=SAFEGUARDER)
    found = running.sessions.ListSupportSessions(request, **running.as_("panel-team")).support_sessions
    return sum(each.state == scheduling.SupportSession.STATE_PROPOSED for each in found)


def told(running: Together, subject: Any) -> set[str]:
    request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=500)
    found = running.notifications.ListNotifications(request, **running.as_("panel-team")).notifications
    return {each.recipient for each in found if each.subject == subject}


def test_one_person_enters_a_correction_and_another_confirms_it(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    before = all_agree(running)
    record, because = pb.DecisionRecord(effective_date=to_date(running.ago(700))), "The letter says so."
    waits = call(running, "CorrectMinisterialDecision", FIRST, record=record, because=because)
    assert all_agree(running) == before, "what one person enters changes nothing"
    assert told(running, messages.Notification.SUBJECT_CORRECTION_TO_CONFIRM) == {SECOND}
    again = refused(lambda: call(running, "CorrectMinisterialDecision", SECOND, record=record, because=because))
    assert again.reason == "CORRECTION_WAITS"
    assert refused(lambda: call(running, "ConfirmDecisionCorrection", FIRST)).reason == "SECOND_PERSON"
    stale = decisions(running)[0]
    stale.etag = "1"
    assert refused(lambda: call(running, "ConfirmDecisionCorrection", SECOND, known=stale)).reason == "ETAG_MISMATCH"
    after = call(running, "ConfirmDecisionCorrection", SECOND, known=waits)
    (term,), is_over = all_agree(running)
    assert (term, is_over) == ((running.ago(700), months_later(running.ago(700), 36) - timedelta(days=1)), False)
    assert from_date(after.first_record, "effective_date") == running.ago(730), "the first record stays"
    assert [each.state for each in after.corrections] == [Correction.STATE_CONFIRMED]
    assert (after.corrections[0].entered_by, after.corrections[0].answered_by) == (FIRST, SECOND)
    assert told(running, messages.Notification.SUBJECT_DECISION_CORRECTED) == {"person-one", "manager-one"}
    assert refused(lambda: call(running, "ConfirmDecisionCorrection", SECOND)).reason == "NO_CORRECTION_WAITS"


def test_a_correction_that_is_taken_back_changes_nothing(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    before = all_agree(running)
    call(running, "CorrectMinisterialDecision", FIRST, not_made=True, because="The wrong person.")
    after = call(running, "WithdrawDecisionCorrection", SECOND, because="It is the right person.")
    assert [each.state for each in after.corrections] == [Correction.STATE_WITHDRAWN]
    assert all_agree(running) == before


def test_an_end_that_never_was_leaves_nothing(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    before, owed, sessions = all_agree(running), obligations(running), upcoming(running)
    end(running)
    assert all_agree(running)[1]
    assert upcoming(running) == 0
    running.days(3)
    correct(running, not_made=True)
    assert all_agree(running) == before
    assert obligations(running) == owed, "every clock goes on as if it had never stopped"
    assert upcoming(running) == sessions, "the year has its sessions again"
    request = scheduling.GetAllocationRequest(parent=SAFEGUARDER)
    allocation = running.allocations.GetAllocation(request, **running.as_("panel-team"))
    assert allocation.support_manager == "manager-one"
    assert running.safeguarders.GetSafeguarder(
        register.GetSafeguarderRequest(name=SAFEGUARDER), **running.as_("manager-one")
    ), "the support manager may read about them again"


def test_an_appointment_that_never_was_can_be_made_again_and_nothing_is_owed_twice(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    owed = {each.name for each in obligations(running)}
    correct(running, not_made=True)
    assert entry(running).state == register.Safeguarder.STATE_APPLICANT
    assert all_agree(running) == ([], True)
    assert upcoming(running) == 0
    right = Decision(
        name=SAFEGUARDER,
        kind=Decision.KIND_APPOINTED,
        effective_date=to_date(running.ago(20)),
        legal_basis=BASIS,
        recommended_by="panel-team",
        request_id=a_request_id(),
    )
    running.safeguarders.RecordMinisterialDecision(right, **running.as_(FIRST))
    running.settle()
    assert not all_agree(running)[1]
    assert {each.name for each in obligations(running)} == owed
    assert upcoming(running) == 3


def test_a_corrected_reappointment_moves_the_end_of_the_term_and_takes_its_conditions_along(
    suite_together: Together,
) -> None:
    running = suite_together
    story = running.begun(Reappointment)
    story.submitted()
    story.decide()
    corrected = correct(running, term_months=12)
    assert corrected.record.term_months == 12
    (_, term), _ = all_agree(running)
    assert term[1] == months_later(story.ends_on + timedelta(days=1), 12) - timedelta(days=1)
    assert from_date(story.readiness(), "term_end_date") == term[1], "the last year is that of the corrected term"
    (action,) = story.plan().actions
    assert action.state == plans.Action.STATE_OPEN, "another length changes no condition"
    outcome = recommendations.Recommendation
    assert refused(lambda: correct(running, decided_as=outcome.OUTCOME_RECOMMEND)).reason == "REASONS_MISSING"
    correct(running, decided_as=outcome.OUTCOME_RECOMMEND, reasons="No condition is needed.")
    assert story.pack().recommendation.decided_as == outcome.OUTCOME_RECOMMEND
    assert [each.state for each in story.plan().actions] == [plans.Action.STATE_WITHDRAWN]
    assert story.clocks_of_actions() == set()
    correct(running, decided_as=outcome.OUTCOME_WITH_CONDITIONS)
    states = sorted(each.state for each in story.plan().actions)
    assert states == sorted([plans.Action.STATE_OPEN, plans.Action.STATE_WITHDRAWN])
    correct(running, not_made=True)
    assert len(all_agree(running)[0]) == 1
    assert story.pack().recommendation.state == outcome.STATE_SUBMITTED, "Ministers can decide on it"
    story.decide()
    assert len(all_agree(running)[0]) == 2
