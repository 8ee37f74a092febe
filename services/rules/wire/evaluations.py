"""Evaluations as protobuf, and hypothetical items back."""

import json
from collections.abc import Sequence
from datetime import date

from psmf.rules.v1 import events_pb2, rules_pb2

from services.platform.calls.wire import from_word, to_date, to_instant
from services.refusals import invalid
from services.rules.domain.closed_lists import Kind, Polarity, Source
from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.evaluation.same_record import KeptRecord
from services.rules.domain.facts import HypotheticalItem
from services.rules.wire.concerns import explanation_message

MOST_ITEMS = 100
"""Hypothetical items of one question, with their counts. Each costs some of the work of an item on file."""


def hypothetical_items(messages: Sequence[rules_pb2.HypotheticalItem]) -> list[HypotheticalItem]:
    """Return hypothetical items.

    Raises:
        Refusal: INVALID. A word is outside the closed lists, a count is below 0, or there are too many in all.
    """
    if any(message.count < 0 for message in messages):
        raise invalid("COUNT_NOT_VALID", "count says how many such items there are. Send 1 or more.", "with_items")
    if sum(message.count or 1 for message in messages) > MOST_ITEMS:
        why = f"with_items stands for more than {MOST_ITEMS} items, with their counts. Ask about fewer."
        raise invalid("TOO_MANY_AT_ONCE", why, "with_items", most=str(MOST_ITEMS))
    return [_hypothetical_item(message) for message in messages]


def _hypothetical_item(message: rules_pb2.HypotheticalItem) -> HypotheticalItem:
    try:
        return HypotheticalItem(
            Kind(message.kind),
            Source(message.source),
            message.standard,
            message.indicator,
            Polarity(message.polarity or "neutral"),
            message.count or 1,
        )
    except ValueError:
        raise invalid(
            "UNKNOWN_WORD", "with_items holds a word that is not in the rulebook's lists.", "with_items"
        ) from None


def evaluation_message(evaluation: Evaluation, agree: bool) -> rules_pb2.Evaluation:
    """Return what every rule answered. `agree`: both engines gave the same answers."""
    return rules_pb2.Evaluation(
        as_of_date=to_date(evaluation.as_of),
        known_at_time=to_instant(evaluation.as_known_at),
        rulebook_hash=evaluation.rulebook_hash,
        engines_agree=agree,
        answers=[answer_message(answer) for answer in evaluation.answers],
    )


def kept_evaluation(name: str, safeguarder_id: str, record: KeptRecord) -> rules_pb2.Evaluation:
    """Return a stored evaluation. Its decision record is passed on whole: only its heading is read here."""
    kept, of_the_day = json.loads(record.whole), json.loads(record.content)
    message = rules_pb2.Evaluation(
        name=name,
        rulebook_hash=kept["rulebook_hash"],
        engines_agree=kept["engines_agree"],
        record=record.whole,
        record_hash=record.whole_sha256,
        as_of_date=to_date(date.fromisoformat(of_the_day["as_of"])),
        same_as=f"safeguarders/{safeguarder_id}/evaluations/{record.same_as}" if record.same_as else "",
    )
    message.known_at_time.FromJsonString(of_the_day["as_known_at"])
    return message


def held_event(safeguarder_id: str, reason: str) -> events_pb2.EvaluationHeld:
    """Return the event that a person's evaluation is deferred, and why."""
    return events_pb2.EvaluationHeld(safeguarder_id=safeguarder_id, reason=reason)


def answer_message(answer: RuleAnswer) -> rules_pb2.RuleAnswer:
    """Return what one rule answered, and why."""
    return rules_pb2.RuleAnswer(
        rule=answer.rule_id,
        subject=answer.subject,
        lane=from_word(rules_pb2.Lane, answer.lane),
        answer=from_word(rules_pb2.Answer, answer.answer),
        explanation=explanation_message(answer.explanation),
    )
