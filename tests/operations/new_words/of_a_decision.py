"""Every word of a correction of a recorded decision, made by the public methods."""

from typing import Any

from psmf.evidence.v1 import decisions_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2 as register

from services.demo.waiting import wait_until_settled
from tests.builders import an_appointment, days_ago
from tests.operations.every_word_of_a_plan import WORDS, Doing, read_messages

FIRST, SECOND = "decision-recorder", "decision-recorder-2"


def make_every_word_of_a_correction(office: Doing, parent: str) -> None:
    """Correct the newest decision about a person, and take another correction back."""
    known = _newest(office, parent)
    months = known.record.term_months
    for verb, who in (("ConfirmDecisionCorrection", SECOND), ("WithdrawDecisionCorrection", FIRST)):
        months -= 1
        record = pb.DecisionRecord(term_months=months)
        known = _does(office, FIRST, "CorrectMinisterialDecision", known, record=record, because=WORDS)
        read_messages(office, parent)  # another recorder is asked until this one is answered
        said = {"because": WORDS} if verb.startswith("Withdraw") else {}
        known = _does(office, who, verb, known, **said)
        wait_until_settled(office.client)


def make_an_end_that_lies_ahead(office: Doing, parent: str) -> None:
    """Record an end of membership within the term that runs, before its day, and correct that there was none."""
    kind, reason = register.RecordMinisterialDecisionRequest.KIND_ENDED, register.END_REASON_RESIGNED
    request = an_appointment(parent.partition("/")[2], days_ago(-100), kind=kind, end_reason=reason)
    office.does(FIRST, office.client.safeguarders.RecordMinisterialDecision, request)
    known = _does(office, FIRST, "CorrectMinisterialDecision", _newest(office, parent), not_made=True, because=WORDS)
    _does(office, SECOND, "ConfirmDecisionCorrection", known)
    wait_until_settled(office.client)


def _newest(office: Doing, parent: str) -> pb.MinisterialDecision:
    request = pb.ListMinisterialDecisionsRequest(parent=parent)
    listed = office.does(FIRST, office.client.decisions.ListMinisterialDecisions, request)
    newest: pb.MinisterialDecision = listed.decisions[0]
    return newest


def _does(office: Doing, who: str, method: str, known: pb.MinisterialDecision, **fields: Any) -> pb.MinisterialDecision:
    request = getattr(pb, f"{method}Request")(name=known.name, etag=known.etag, **fields)
    answer: pb.MinisterialDecision = office.does(who, getattr(office.client.decisions, method), request)
    return answer
