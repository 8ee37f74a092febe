"""The register: who is on the Panel, for which term, by which provision (Safeguarders Panel Regulations 2012, D1)."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from google.type.date_pb2 import Date
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import development_plans_pb2_grpc
from psmf.evidence.v1 import safeguarder_pb2 as pb

from services.calendar_days import months_later
from services.platform.calls.wire import from_date, to_date
from tests.answers import is_answered, refused
from tests.builders import BASIS, an_applicant, an_appointment, days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, refused_without_trace
from tests.waiting import until
from tests.world import PEOPLE

Kind = pb.RecordMinisterialDecisionRequest
YEAR_AGO = days_ago(365)


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")


@pytest.fixture(scope="module")
def ids() -> Iterator[str]:
    return (f"sg-{number}" for number in itertools.count(100))


@pytest.fixture
def applicant(evidence: Evidence, ids: Iterator[str]) -> str:
    """Someone in the register, not appointed."""
    safeguarder_id = next(ids)
    evidence.people.CreateSafeguarder(an_applicant(safeguarder_id), **evidence.as_("panel-team"))
    return safeguarder_id


@pytest.fixture
def member(evidence: Evidence, applicant: str) -> str:
    """Someone appointed a year ago."""
    decide(evidence, an_appointment(applicant))
    return applicant


def decide(evidence: Evidence, request: Kind) -> pb.Safeguarder:
    entry: pb.Safeguarder = evidence.people.RecordMinisterialDecision(request, **evidence.as_("recorder"))
    return entry


def refusal(evidence: Evidence, request: Any) -> tuple[str, str, str]:
    """Code, reason and field of a refusal that left no trace."""
    if isinstance(request, pb.CreateSafeguarderRequest):
        answer = refused_without_trace(evidence, evidence.people.CreateSafeguarder, request)
    else:
        answer = refused_without_trace(evidence, evidence.people.RecordMinisterialDecision, request, "recorder")
    return answer.code, answer.reason, answer.field


def a_further_term(safeguarder_id: str, on: date, months: int, **changes: Any) -> Kind:
    fields: dict[str, Any] = {"kind": Kind.KIND_REAPPOINTED, "term_months": months} | changes
    return an_appointment(safeguarder_id, on, **fields)


def an_end(safeguarder_id: str, on: date, **changes: Any) -> Kind:
    fields: dict[str, Any] = {"kind": Kind.KIND_ENDED, "end_reason": pb.END_REASON_RESIGNED} | changes
    return an_appointment(safeguarder_id, on, **fields)


# Entering a person


def test_a_person_enters_as_an_applicant_with_the_areas_they_serve(evidence: Evidence, ids: Iterator[str]) -> None:
    request = an_applicant(next(ids), areas=["fife", "angus", "fife"])
    entry = evidence.people.CreateSafeguarder(request, **evidence.as_("panel-team"))
    assert entry.state == pb.Safeguarder.STATE_APPLICANT
    assert list(entry.areas) == ["angus", "fife"]
    assert not entry.terms


def test_an_id_is_made_when_none_is_given(evidence: Evidence) -> None:
    entry = evidence.people.CreateSafeguarder(an_applicant(), **evidence.as_("panel-team"))
    assert len(entry.name.removeprefix("safeguarders/")) == 32


@pytest.mark.parametrize(
    "safeguarder_id", ["ab", "-abc", "abc-", "Abc", "a b", "a/b", "abc\n", "\u0430bc", "a" * 41, "a_b", "-", "abc\x00"]
)
def test_an_id_is_opaque_and_of_one_form(evidence: Evidence, safeguarder_id: str) -> None:
    reason = "TEXT_NOT_PLAIN" if "\0" in safeguarder_id else "SAFEGUARDER_ID_NOT_VALID"
    assert refusal(evidence, an_applicant(safeguarder_id)) == ("INVALID_ARGUMENT", reason, "safeguarder_id")


@pytest.mark.parametrize("safeguarder_id", ["abc", "a-c", "0-0", "a" * 40])
def test_three_to_forty_letters_digits_and_hyphens_are_an_id(evidence: Evidence, safeguarder_id: str) -> None:
    evidence.people.CreateSafeguarder(an_applicant(safeguarder_id), **evidence.as_("panel-team"))


def test_an_id_is_given_once(evidence: Evidence, applicant: str) -> None:
    assert refusal(evidence, an_applicant(applicant)) == ("ABORTED", "SAFEGUARDER_EXISTS", "safeguarder_id")


def test_one_person_is_entered_once_and_another_one_with_the_name_is_said_to_be_one(evidence: Evidence) -> None:
    """P17: a second click, or a second person of the Team."""
    first = an_applicant(display_name="Demo Mairi Namesake")
    made = evidence.people.CreateSafeguarder(first, **evidence.as_("panel-team"))
    second = an_applicant(display_name="demo  Mairi  namesake")
    second.again = False
    answer = refused(lambda: evidence.people.CreateSafeguarder(second, **evidence.as_("panel-team")))
    assert (answer.reason, answer.metadata["on_file"]) == ("NAME_ON_REGISTER", made.name)
    second.again = True
    assert evidence.people.CreateSafeguarder(second, **evidence.as_("panel-team")).name != made.name


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"areas": []}, "AREAS_MISSING", "safeguarder.areas"),
        ({"areas": ["fife", "london"]}, "UNKNOWN_AREA", "safeguarder.areas"),
        ({"areas": ["Fife"]}, "UNKNOWN_AREA", "safeguarder.areas"),
        ({"areas": ["fife"] * 1000 + [""]}, "UNKNOWN_AREA", "safeguarder.areas"),
        ({"display_name": ""}, "FIELD_MISSING", "safeguarder.display_name"),
        ({"display_name": "   "}, "FIELD_MISSING", "safeguarder.display_name"),
        ({"display_name": " \t "}, "TEXT_NOT_PLAIN", "safeguarder.display_name"),
        ({"display_name": "x" * 121}, "TEXT_TOO_LONG", "safeguarder.display_name"),
        ({"display_name": "Demo\x00Person"}, "TEXT_NOT_PLAIN", "safeguarder.display_name"),
    ],
)
def test_an_entry_is_refused(
    evidence: Evidence, ids: Iterator[str], changes: dict[str, Any], reason: str, field: str
) -> None:
    assert refusal(evidence, an_applicant(next(ids), **changes)) == ("INVALID_ARGUMENT", reason, field)


def test_an_entry_cannot_bring_its_own_state_or_terms(evidence: Evidence, ids: Iterator[str]) -> None:
    request = an_applicant(next(ids), state=pb.Safeguarder.STATE_APPOINTED, terms=[pb.Term(name="mine")])
    entry = evidence.people.CreateSafeguarder(request, **evidence.as_("panel-team"))
    assert entry.state == pb.Safeguarder.STATE_APPLICANT
    assert not entry.terms


# A first term


@pytest.mark.parametrize("months", [0, 36])
def test_a_first_term_is_exactly_three_years(evidence: Evidence, applicant: str, months: int) -> None:
    entry = decide(evidence, an_appointment(applicant, date(2024, 2, 29), term_months=months))
    (term,) = entry.terms
    assert (from_date(term, "start_date"), from_date(term, "end_date")) == (date(2024, 2, 29), date(2027, 2, 28))
    assert entry.state == pb.Safeguarder.STATE_APPOINTED
    assert term.legal_basis == BASIS


@pytest.mark.parametrize("months", [12, 35, 37, -36])
def test_a_first_term_has_no_other_length(evidence: Evidence, applicant: str, months: int) -> None:
    request = an_appointment(applicant, term_months=months)
    assert refusal(evidence, request) == ("INVALID_ARGUMENT", "FIRST_TERM_IS_THREE_YEARS", "term_months")


def test_only_an_applicant_is_appointed(evidence: Evidence, member: str) -> None:
    assert refusal(evidence, an_appointment(member)) == ("FAILED_PRECONDITION", "ALREADY_APPOINTED", "kind")


def test_somebody_who_left_is_appointed_again_and_not_reappointed(evidence: Evidence, member: str) -> None:
    left_on = days_ago(30)
    decide(evidence, an_end(member, left_on))
    assert refusal(evidence, a_further_term(member, days_ago(1), 12))[1] == "NOT_APPOINTED"
    assert refusal(evidence, an_appointment(member, left_on)) == ("INVALID_ARGUMENT", "TERMS_OVERLAP", "effective_date")
    assert refusal(evidence, an_appointment(member, days_ago(1), term_months=24))[1] == "FIRST_TERM_IS_THREE_YEARS"
    entry = decide(evidence, an_appointment(member, days_ago(1)))
    assert (entry.state, len(entry.terms)) == (pb.Safeguarder.STATE_APPOINTED, 2)


def test_nobody_is_appointed_who_is_not_in_the_register(evidence: Evidence) -> None:
    assert refusal(evidence, an_appointment("sg-nobody")) == ("NOT_FOUND", "SAFEGUARDER_NOT_FOUND", "name")


# A further term


@pytest.mark.parametrize("months", [12, 24, 36])
def test_a_further_term_is_twelve_to_thirty_six_months(evidence: Evidence, member: str, months: int) -> None:
    starts_on = months_later(YEAR_AGO, 36)
    entry = decide(evidence, a_further_term(member, starts_on, months))
    assert from_date(entry.terms[1], "end_date") == months_later(starts_on, months) - timedelta(days=1)
    assert entry.terms[1].name.endswith("/terms/2")


@pytest.mark.parametrize("months", [0, 11, 37, -12, 2**31 - 1])
def test_a_further_term_has_no_other_length(evidence: Evidence, member: str, months: int) -> None:
    request = a_further_term(member, months_later(YEAR_AGO, 36), months)
    assert refusal(evidence, request) == ("INVALID_ARGUMENT", "TERM_OUT_OF_RANGE", "term_months")


def test_terms_do_not_overlap(evidence: Evidence, member: str) -> None:
    last_day = months_later(YEAR_AGO, 36) - timedelta(days=1)
    for on in (YEAR_AGO, last_day):
        expected = ("INVALID_ARGUMENT", "TERMS_OVERLAP", "effective_date")
        assert refusal(evidence, a_further_term(member, on, 12)) == expected
    assert len(decide(evidence, a_further_term(member, last_day + timedelta(days=1), 12)).terms) == 2


def test_only_a_member_is_reappointed(evidence: Evidence, applicant: str) -> None:
    request = a_further_term(applicant, days_ago(0), 12)
    assert refusal(evidence, request) == ("FAILED_PRECONDITION", "NOT_APPOINTED", "kind")


# An end


def test_membership_ends_within_the_term_and_for_a_reason(evidence: Evidence, member: str) -> None:
    missing = an_end(member, days_ago(10), end_reason=pb.END_REASON_UNSPECIFIED)
    assert refusal(evidence, missing) == ("INVALID_ARGUMENT", "END_REASON_MISSING", "end_reason")
    unknown = an_end(member, days_ago(10), end_reason=99)
    assert refusal(evidence, unknown) == ("INVALID_ARGUMENT", "UNKNOWN_VALUE", "end_reason")
    for on in (YEAR_AGO - timedelta(days=1), months_later(YEAR_AGO, 36)):
        assert refusal(evidence, an_end(member, on)) == ("INVALID_ARGUMENT", "END_OUTSIDE_TERM", "effective_date")
    for reason in (pb.END_REASON_TERM_ENDED, pb.END_REASON_NOT_REAPPOINTED):
        early = an_end(member, days_ago(10), end_reason=reason)
        assert refusal(evidence, early) == ("INVALID_ARGUMENT", "NOT_END_OF_TERM", "effective_date"), "P21"
    ended = decide(evidence, an_end(member, days_ago(10)))
    assert ended.state == pb.Safeguarder.STATE_ENDED
    assert from_date(ended.terms[-1], "end_date") == days_ago(10)
    for again in (an_end(member, days_ago(9)), a_further_term(member, days_ago(1), 12)):
        assert refusal(evidence, again) == ("FAILED_PRECONDITION", "NOT_APPOINTED", "kind")


# Every decision


def test_who_recommended_a_decision_cannot_record_it(evidence: Evidence, applicant: str) -> None:
    request = an_appointment(applicant, recommended_by="recorder")
    assert refusal(evidence, request) == ("FAILED_PRECONDITION", "RECOMMENDER_CANNOT_RECORD", "recommended_by")


@pytest.mark.parametrize("field", ["instrument", "provision", "version"])
@pytest.mark.parametrize("value", ["", "  "])
def test_a_decision_needs_its_whole_legal_basis(evidence: Evidence, applicant: str, field: str, value: str) -> None:
    request = an_appointment(applicant)
    setattr(request.legal_basis, field, value)
    assert refusal(evidence, request) == ("INVALID_ARGUMENT", "FIELD_MISSING", f"legal_basis.{field}")


@pytest.mark.parametrize("field", ["name", "kind", "effective_date", "legal_basis", "recommended_by"])
def test_a_decision_is_complete(evidence: Evidence, applicant: str, field: str) -> None:
    request = an_appointment(applicant)
    request.ClearField(field)
    assert refusal(evidence, request) == ("INVALID_ARGUMENT", "FIELD_MISSING", field)


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"kind": 99}, "UNKNOWN_VALUE", "kind"),
        ({"effective_date": Date(year=2026, month=2, day=30)}, "NOT_A_DATE", "effective_date"),
        ({"effective_date": Date(year=9999, month=12, day=31)}, "DATE_NOT_PLAUSIBLE", "effective_date"),
        ({"effective_date": Date(year=1, month=1, day=1)}, "DATE_NOT_PLAUSIBLE", "effective_date"),
        ({"effective_date": to_date(date(206, 4, 1))}, "DATE_NOT_PLAUSIBLE", "effective_date"),
    ],
)
def test_a_decision_is_refused(
    evidence: Evidence, applicant: str, changes: dict[str, Any], reason: str, field: str
) -> None:
    assert refusal(evidence, an_appointment(applicant, **changes)) == ("INVALID_ARGUMENT", reason, field)


def test_a_decision_sent_again_makes_one_term(evidence: Evidence, applicant: str) -> None:
    request = an_appointment(applicant)
    assert decide(evidence, request) == decide(evidence, request)
    read = evidence.people.GetSafeguarder(
        pb.GetSafeguarderRequest(name=f"safeguarders/{applicant}"), **evidence.as_("panel-team")
    )
    assert len(read.terms) == 1


def test_a_trial_decision_shows_the_term_and_keeps_nothing(evidence: Evidence, applicant: str) -> None:
    trial = an_appointment(applicant, validate_only=True)
    assert len(decide(evidence, trial).terms) == 1
    read = evidence.people.GetSafeguarder(
        pb.GetSafeguarderRequest(name=f"safeguarders/{applicant}"), **evidence.as_("panel-team")
    )
    assert read.state == pb.Safeguarder.STATE_APPLICANT


def test_an_unknown_person_is_not_found(evidence: Evidence) -> None:
    request = pb.GetSafeguarderRequest(name="safeguarders/sg-nobody")
    answer = refused(lambda: evidence.people.GetSafeguarder(request, **evidence.as_("panel-team")))
    assert (answer.code, answer.reason, answer.field) == ("NOT_FOUND", "SAFEGUARDER_NOT_FOUND", "name")


def test_who_recommended_a_decision_cannot_record_it_by_another_account(evidence: Evidence) -> None:
    """A7: the directory says whose account it is. It is read again within a second."""
    evidence.people.CreateSafeguarder(an_applicant("sg-again"), **evidence.as_("panel-team"))
    of_one = {who: {"role": "decision_recorder", "person_id": "one"} for who in ("recorder", "recorder-again")}
    evidence.world.write_people(PEOPLE | of_one)
    request = an_appointment("sg-again", recommended_by="recorder")
    record = partial(evidence.people.RecordMinisterialDecision, request, **evidence.as_("recorder-again"))
    until(lambda: refused(record).reason == "RECOMMENDER_CANNOT_RECORD")
    evidence.people.RecordMinisterialDecision(request, **evidence.as_("recorder-two"))


# A plan that begins before an appointment


def test_what_an_applicant_needs_goes_on_into_the_first_plan_under_the_same_name(evidence: Evidence) -> None:
    """R116, R117: nothing has to be entered again, and what they named stays their own."""
    plan = development_plans_pb2_grpc.DevelopmentPlanServiceStub(evidence.channel)
    evidence.people.CreateSafeguarder(an_applicant("sg-applies"), **evidence.as_("panel-team"))
    evidence.world.write_people({**PEOPLE, "applies": {"role": "applicant", "subject": "sg-applies"}})
    parent, theirs = "safeguarders/sg-applies", evidence.as_("applies")
    # The people file is read again within a second.
    until(lambda: is_answered(lambda: plan.GetDevelopmentPlan(the_plan(parent), **theirs)))
    named: dict[str, Any] = {"parent": parent, "standard": "S4", "words": "To write shorter reports."}
    need = plan.CreateNeed(plans.CreateNeedRequest(**named, request_id="an-applicants-need"), **theirs)
    strength = plan.CreateStrength(plans.CreateStrengthRequest(**named, request_id="an-applicants-strength"), **theirs)
    before = plan.GetDevelopmentPlan(the_plan(parent), **theirs)
    decide(evidence, an_appointment("sg-applies", days_ago(1)))
    after = plan.GetDevelopmentPlan(the_plan(parent), **evidence.as_("panel-team"))
    assert [each.name for each in before.needs] == [each.name for each in after.needs] == [need.name]
    assert [each.name for each in after.strengths] == [strength.name]
    assert after.needs[0].raised_by == plans.RAISER_SAFEGUARDER
    assert after.needs[0].state == plans.Need.STATE_IDENTIFIED
    evidence.world.write_people({**PEOPLE, "applies": {"role": "safeguarder", "subject": "sg-applies"}})
    until(lambda: is_answered(lambda: plan.ListPlanHistory(plans.ListPlanHistoryRequest(parent=parent), **theirs)))
    assert plan.GetDevelopmentPlan(the_plan("safeguarders/-"), **theirs).needs[0].name == need.name


def the_plan(parent: str) -> plans.GetDevelopmentPlanRequest:
    return plans.GetDevelopmentPlanRequest(name=f"{parent}/developmentPlan")
