"""Every word of a recommendation, made by the public methods."""

from datetime import date, timedelta
from itertools import chain, cycle
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import recommendations_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.scheduling.v1 import duties_pb2 as duties

from services.client.client import Client
from services.platform.calls.wire import to_date
from tests.builders import BASIS, days_ago
from tests.operations.every_word_of_a_plan import WORDS, Doing, read_messages
from tests.operations.new_words.of_a_decision import make_an_end_that_lies_ahead, make_every_word_of_a_correction
from tests.operations.new_words.of_a_review import ask_about_a_recommendation

TEAM, SENIOR, RECORDER = "panel-team", "senior-manager-east", "decision-recorder"
Known, Criterion = pb.Recommendation, pb.Criterion


def near_its_end() -> int:
    """Return how many days ago a first term began that ends in some months: its recommendation is due about now."""
    return 3 * 365 - 149


class Recommending:
    """The Team and one person at recommendations about the person."""

    def __init__(self, office: Doing, safeguarder_id: str) -> None:
        self._office, self.client = office, office.client
        self.parent, self.person = f"safeguarders/{safeguarder_id}", f"person-{safeguarder_id}"

    def does(self, person: str, method: str, **fields: Any) -> Any:
        """Make a call as a person. What was asked is kept too, because some words stand in requests alone."""
        request = getattr(pb, f"{method}Request")(**fields)
        self._office.answers.append(request)
        return self._office.does(person, getattr(self.client.recommendations, method), request)

    def drafts(self, kind: Any, outcome: Any, **text: Any) -> pb.Recommendation:
        """Draft a recommendation."""
        said = pb.RecommendationText(outcome=outcome, **text)
        drafted: pb.Recommendation = self.does(TEAM, "CreateRecommendation", parent=self.parent, kind=kind, text=said)
        return drafted

    def moves(self, known: pb.Recommendation, verb: str, person: str = TEAM, **fields: Any) -> pb.Recommendation:
        """Make a move on a recommendation, and read what people were told and what is owed."""
        moved: pb.Recommendation = self.does(person, verb, name=known.name, etag=known.etag, **fields)
        read_messages(self._office, self.parent)
        self._office.does(TEAM, self.client.duties.ListDuties, duties.ListDutiesRequest(parent=self.parent))
        return moved


def make_every_word_of_a_recommendation(office: Doing, near_the_end: str, with_a_plan: str) -> None:
    """Recommend in every way, and decide. The term of one person ends in some months; the other one has a plan."""
    ending, planned = Recommending(office, near_the_end), Recommending(office, with_a_plan)
    for kind in (Known.PURPOSE_APPOINTMENT, Known.PURPOSE_END_SUSPENSION):
        with pytest.raises(grpc.RpcError) as refused:
            planned.drafts(kind, Known.OUTCOME_RECOMMEND)
        assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    for kind in (Known.PURPOSE_CONTINUING, Known.PURPOSE_SUSPENSION, Known.PURPOSE_REMOVAL):
        known = planned.drafts(kind, Known.OUTCOME_DO_NOT_RECOMMEND)
        planned.does(TEAM, "GetRecommendationPack", name=known.name)
        planned.moves(known, "WithdrawRecommendation", because=WORDS)
    # Scheduling hears of it, and then owes one for the next term.
    other = ending.drafts(Known.PURPOSE_CONTINUING, Known.OUTCOME_RECOMMEND, criteria=list(_criteria()))
    for verb in ("CheckRecommendation", "ShareRecommendation"):
        other = ending.moves(other, verb)
    ask_about_a_recommendation(office, near_the_end, other)
    ending.moves(other, "WithdrawRecommendation", because=WORDS)
    _decide_on_continuing(office, ending)
    make_an_end_that_lies_ahead(office, ending.parent)
    time = pb.MoreTime(until_date=to_date(days_ago(-60)), what=WORDS, where_from=WORDS)
    waits = ending.drafts(Known.PURPOSE_REAPPOINTMENT, Known.OUTCOME_MORE_TIME, more_time=time)
    text = pb.RecommendationText(
        outcome=Known.OUTCOME_WITH_CONDITIONS, criteria=list(_criteria()), conditions=[_condition()]
    )
    _decide(office, ending, _submitted(ending, ending.moves(waits, "UpdateRecommendation", text=text)))


def _submitted(ending: Recommending, known: pb.Recommendation) -> pb.Recommendation:
    """Take a draft as far as Ministers."""
    known = ending.moves(known, "CheckRecommendation")
    known = ending.moves(known, "ShareRecommendation")
    known = ending.moves(known, "AddRepresentation", ending.person, words=WORDS, nothing_more=True)
    known = ending.moves(known, "ApproveRecommendation", SENIOR, answers=[WORDS])
    return ending.moves(known, "SubmitRecommendation")


def _decide_on_continuing(office: Doing, ending: Recommending) -> None:
    """Record that Ministers see no reason against going on. The words of the request stand nowhere else."""
    made = ending.drafts(Known.PURPOSE_CONTINUING, Known.OUTCOME_RECOMMEND, criteria=list(_criteria()))
    known = _submitted(ending, made)
    decided = register.RecordMinisterialDecisionRequest(
        name=ending.parent,
        kind=register.RecordMinisterialDecisionRequest.KIND_CONTINUING,
        effective_date=to_date(days_ago(0)),
        legal_basis=BASIS,
        recommendation=known.name,
        pack_hash=known.pack_hash,
    )
    office.answers.append(decided)
    office.does(RECORDER, office.client.safeguarders.RecordMinisterialDecision, decided)


def _criteria() -> list[pb.Criterion]:
    """Return every criterion, the first four with *yes*: no other is asked for."""
    asked: list[Any] = [number for number in Criterion.What.values() if number]
    answers = chain([Criterion.ANSWER_YES] * 4, cycle([Criterion.ANSWER_NO, Criterion.ANSWER_NOT_APPLICABLE]))
    return [Criterion(what=what, answer=answer, words=WORDS) for what, answer in zip(asked, answers, strict=False)]


def _condition() -> pb.Condition:
    given: dict[str, Any] = {"words": WORDS, "measure": WORDS, "support": WORDS, "standard": "S4"}
    given["support_kind"] = plans.Support.KIND_MENTORING
    return pb.Condition(due_date=to_date(days_ago(-300)), **given)


def _decide(office: Doing, ending: Recommending, known: pb.Recommendation) -> None:
    """Record that Ministers reappoint, from the day after the term."""
    client: Client = office.client
    person = register.GetSafeguarderRequest(name=ending.parent)
    entry = office.does(TEAM, client.safeguarders.GetSafeguarder, person)
    last = entry.terms[-1].end_date
    first_day = date(last.year, last.month, last.day) + timedelta(days=1)
    decided = register.RecordMinisterialDecisionRequest(
        name=ending.parent,
        kind=register.RecordMinisterialDecisionRequest.KIND_REAPPOINTED,
        effective_date=to_date(first_day),
        term_months=24,
        legal_basis=BASIS,
        recommendation=known.name,
        pack_hash=known.pack_hash,
    )
    office.does(RECORDER, client.safeguarders.RecordMinisterialDecision, decided)
    read_messages(office, ending.parent)
    make_every_word_of_a_correction(office, ending.parent)
    read_messages(office, ending.parent)
