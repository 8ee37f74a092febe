"""AssessPractice: what an evaluation that both engines agree on does to a person's concerns."""

import uuid
from datetime import datetime

from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.domain.closed_lists import HoldReason
from services.rules.domain.concerns.concern import (
    Concern,
    ConcernId,
    EvaluationContext,
    EvaluationId,
    has_news,
    may_be_raised_after,
    propose_closing,
    raise_concern,
    update,
)
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.history import CALENDAR, Made
from services.rules.domain.concerns.moves import wait_for_note
from services.rules.domain.concerns.quiet import WithoutChangeOfRules
from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.decision_record import DecisionRecord
from services.rules.domain.evaluation.evaluate import Evaluation

_IDS = uuid.UUID("0f0a7a52-8f0e-5a57-8b3b-1d4d1b2b2016")
"""Namespace of the ids of concerns. It never changes: see `_raise_or_update`."""


def assess_practice(
    evaluation: Evaluation,
    record: DecisionRecord,
    store: SqlEvaluations,
    now: datetime,
    otherwise: WithoutChangeOfRules | None = None,
) -> EvaluationId:
    """Store the decision record; raise and update concerns, propose closing them, or put them on hold (B17).

    `otherwise`: given where the rules have changed since the person's last evaluation. What only that change caused is
    quiet (D15.16).
    """
    person = evaluation.case_file.person.safeguarder_id
    context = EvaluationContext(EvaluationId(record.sha256[:32]), evaluation.rulebook_hash, evaluation.as_of, now)
    store.keep_record(context.evaluation_id, person, record)
    known: dict[tuple[str, str], list[Concern]] = {}
    for concern in store.of_person(person):
        known.setdefault((concern.answer.rule_id, concern.answer.subject), []).append(concern)
    raised = {(answer.rule_id, answer.subject): answer for answer in evaluation.raised}
    # Notes come first, so that the changes below start from the concern as its note left it.
    for key, earlier in known.items():
        note = "" if key in raised else evaluation.waits_for.get(key, "")
        earlier[-1] = _wait_for_note(earlier[-1], note, store, context)
    for key, answer in raised.items():
        _raise_or_update(person, answer, known.get(key, []), store, context, otherwise)
    # An overridden matter stays as it is until the override ends, and one that waits for a Practice Note until the
    # note takes effect.
    waiting = evaluation.overridden | evaluation.waits_for.keys()
    if not evaluation.case_file.is_understood:
        return context.evaluation_id  # what this release cannot read may be what keeps a concern up
    for key, earlier in known.items():
        last = earlier[-1]
        if key not in raised and key not in waiting and last.is_open and not last.closing_proposed:
            store.change(propose_closing(last), "closing_proposed")
    return context.evaluation_id


def _wait_for_note(concern: Concern, note: str, store: SqlEvaluations, context: EvaluationContext) -> Concern:
    for move, after in wait_for_note(concern, note, MoveContext(context.as_of, CALENDAR)):
        made = Made(move, CALENDAR, context.now, concern.state, after.state, HoldReason.PRACTICE_UNCLEAR)
        store.make(after, made)
        concern = after
    return concern


def _raise_or_update(
    person: str,
    answer: RuleAnswer,
    earlier: list[Concern],
    store: SqlEvaluations,
    context: EvaluationContext,
    otherwise: WithoutChangeOfRules | None,
) -> None:
    last = earlier[-1] if earlier else None

    def acts(given: RuleAnswer) -> bool:
        if last is not None and last.is_open:
            return has_news(last, given)
        return may_be_raised_after(last, given)

    if not acts(answer):
        return
    quiet = otherwise is not None and otherwise.caused_by_rules_only(answer, acts)
    if last is not None and last.is_open:
        store.change(update(last, answer, context, quiet), "updated", quiet=quiet)
        return
    # The id follows from the matter, so an evaluation repeated after a crash finds the same concern.
    name = f"{person}/{answer.rule_id}/{answer.subject}/{len(earlier) + 1}"
    store.add(raise_concern(ConcernId(uuid.uuid5(_IDS, name).hex), person, answer, context, quiet))
