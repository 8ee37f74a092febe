"""AssessPractice: what an evaluation both engines agree on does to a person's concerns."""

import uuid
from datetime import datetime

from services.rules.domain.closed_lists import HoldReason
from services.rules.domain.concerns.concern import (
    Concern,
    ConcernId,
    EvaluationId,
    Seen,
    may_be_raised_after,
    propose_closing,
    raise_concern,
    speaks_again,
    update,
)
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.history import Made
from services.rules.domain.concerns.moves import wait_for_note
from services.rules.domain.concerns.quiet import WithoutNewRulebook
from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.decision_record import DecisionRecord
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.handlers.change_concern import CALENDAR
from services.rules.ports import Concerns

_IDS = uuid.UUID("0f0a7a52-8f0e-5a57-8b3b-1d4d1b2b2016")


def assess_practice(
    evaluation: Evaluation,
    record: DecisionRecord,
    concerns: Concerns,
    now: datetime,
    otherwise: WithoutNewRulebook | None = None,
) -> EvaluationId:
    """Keep the decision record; raise, update, propose closing, hold while practice is unclear. No more than that.

    `otherwise`: where another rulebook has come since the person's last evaluation; what it alone sets off is quiet.
    """
    person = evaluation.case_file.person.safeguarder_id
    evaluation_id = EvaluationId(record.sha256[:32])
    concerns.keep_record(evaluation_id, evaluation, record)
    seen = Seen(evaluation_id, evaluation.rulebook_hash, evaluation.as_of, now)
    known: dict[tuple[str, str], list[Concern]] = {}
    for concern in concerns.of_person(person):
        known.setdefault((concern.answer.rule_id, concern.answer.subject), []).append(concern)
    raised = {(answer.rule_id, answer.subject): answer for answer in evaluation.raised}
    for key, earlier in known.items():
        note = "" if key in raised else evaluation.waits_for.get(key, "")
        earlier[-1] = _wait_for_note(earlier[-1], note, concerns, seen)
    for key, answer in raised.items():
        _speak(person, answer, known.get(key, []), concerns, seen, otherwise)
    # What a person set aside stays as it is until that ends, and what waits for a Practice Note until it takes effect.
    waiting = evaluation.set_aside | evaluation.waits_for.keys()
    for key, earlier in known.items():
        last = earlier[-1]
        if key not in raised and key not in waiting and last.is_open and not last.closing_proposed:
            concerns.change(propose_closing(last), "closing_proposed")
    return evaluation_id


def _wait_for_note(concern: Concern, note: str, concerns: Concerns, seen: Seen) -> Concern:
    """The concern, held or released by the calendar where a Practice Note does that."""
    for move, after in wait_for_note(concern, note, MoveContext(seen.as_of, CALENDAR)):
        made = Made(move, CALENDAR, seen.now, concern.state, after.state, HoldReason.PRACTICE_UNCLEAR)
        concerns.make(after, made)
        concern = after
    return concern


def _speak(
    person: str,
    answer: RuleAnswer,
    earlier: list[Concern],
    concerns: Concerns,
    seen: Seen,
    otherwise: WithoutNewRulebook | None,
) -> None:
    last = earlier[-1] if earlier else None

    def acts(given: RuleAnswer) -> bool:
        if last is not None and last.is_open:
            return speaks_again(last, given)
        return may_be_raised_after(last, given)

    if not acts(answer):
        return
    quiet = otherwise is not None and otherwise.caused_by_rulebook_only(answer, acts)
    if last is not None and last.is_open:
        concerns.change(update(last, answer, seen, quiet), "updated", quiet=quiet)
        return
    # The id comes from what the matter is, so that an evaluation done again after a crash finds the same one.
    name = f"{person}/{answer.rule_id}/{answer.subject}/{len(earlier) + 1}"
    concerns.add(raise_concern(ConcernId(uuid.uuid5(_IDS, name).hex), person, answer, seen, quiet))
