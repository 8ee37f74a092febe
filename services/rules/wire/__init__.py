"""The only bilingual file of the service: domain values as protobuf, and back."""

import json
from datetime import date, datetime
from typing import Any

from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import evidence_pb2
from psmf.rules.v1 import events_pb2, rules_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.platform.calls.wire import from_date, from_instant, from_word, to_date, to_instant, to_word
from services.refusals import invalid
from services.rules.domain.closed_lists import (
    Aspect,
    ComplaintOutcome,
    EvidenceClass,
    ItemStatus,
    Kind,
    Polarity,
    Setting,
    Source,
)
from services.rules.domain.concerns.concern import Concern, Reason
from services.rules.domain.evaluation.answers import CountedEvidence, Explanation, RuleAnswer
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.facts import (
    REPORT_LINES,
    Detail,
    EvidenceFact,
    HypotheticalItem,
    PersonFact,
    StandardMapping,
)
from services.rules.domain.rulebook.conditions import comparisons
from services.rules.domain.rulebook.model import Rule, Rulebook
from services.rules.wire.standards import note_name

_CONCERN_EVENTS: dict[str, Any] = {
    "raised": events_pb2.ConcernRaised,
    "updated": events_pb2.ConcernUpdated,
    "closing_proposed": events_pb2.ConcernClosingProposed,
    "acknowledged": events_pb2.ConcernAcknowledged,
    "dismissed": events_pb2.ConcernDismissed,
    "closed": events_pb2.ConcernClosed,
}


def _day(message: Any, field: str) -> date:
    day = from_date(message, field)
    if day is None:
        raise ValueError(f"{field} is not set")
    return day


def person_fact(message: evidence_events.SafeguarderAppointed) -> PersonFact:
    """A person's membership."""
    return PersonFact(
        message.safeguarder_id, _day(message, "appointed_date"), _day(message, "start_date"), _day(message, "end_date")
    )


def evidence_fact(message: evidence_events.EvidenceFact) -> EvidenceFact:
    """One version of one item."""
    outcome = to_word(evidence_pb2.ComplaintOutcome, message.complaint_outcome)
    return EvidenceFact(
        evidence_id=message.evidence_id,
        kind=Kind(to_word(evidence_pb2.EvidenceKind, message.kind)),
        source=Source(to_word(evidence_pb2.EvidenceSource, message.source)),
        aspect=Aspect(to_word(evidence_pb2.Aspect, message.aspect)),
        setting=Setting(to_word(evidence_pb2.Setting, message.setting)),
        evidence_class=EvidenceClass(to_word(evidence_pb2.EvidenceClass, message.evidence_class)),
        happened_on=_day(message, "happened_date"),
        received_on=_day(message, "received_date"),
        recorded_at=from_instant(message.record_time),
        version=message.version,
        shared_on=from_date(message, "shared_date"),
        reply_due_on=from_date(message, "reply_due_date"),
        replied_on=from_date(message, "replied_date"),
        countable_from=from_date(message, "countable_date"),
        complaint_outcome=ComplaintOutcome(outcome) if outcome else None,
        status=ItemStatus(to_word(evidence_pb2.ItemState, message.state)),
        mappings=tuple(
            StandardMapping(part.standard, part.indicator, Polarity(to_word(evidence_pb2.Polarity, part.polarity)))
            for part in message.mappings
        ),
        details=_details(message),
    )


def _details(message: evidence_events.EvidenceFact) -> dict[str, Detail]:
    details: dict[str, Detail] = {}
    if message.HasField("report_review"):
        review = message.report_review
        lines = {line: to_word(evidence_pb2.LineRating, getattr(review, line)) for line in REPORT_LINES}
        details |= {line: word for line, word in lines.items() if word}
        details["child_views_recorded"] = review.child_views_recorded
        details["second_reader_agrees"] = review.second_reader_agrees
    if message.HasField("timeliness"):
        late = (_day(message.timeliness, "filed_date") - _day(message.timeliness, "due_date")).days
        details["days_late"] = max(late, 0)
        details["extension_agreed"] = message.timeliness.extension_agreed
    return details


def attendance_fact(event: str, message: Any, evidence_id: str, on: date, indicator: tuple[str, str]) -> EvidenceFact:
    """Attendance at a core session or mandatory training, as an item of evidence. Unexcused absence is a concern."""
    word = to_word(scheduling_pb2.Attendance, message.attendance)
    adverse = word == "absent_unexcused"
    return EvidenceFact(
        evidence_id=evidence_id,
        kind=Kind.ATTENDANCE,
        source=Source.PANEL_TEAM,
        aspect=Aspect.CONDUCT,
        setting=Setting.PANEL,
        evidence_class=EvidenceClass.STANDARD,
        happened_on=on,
        received_on=on,
        recorded_at=from_instant(message.record_time),
        countable_from=on,
        mappings=(StandardMapping(*indicator, Polarity.CONCERN if adverse else Polarity.NEUTRAL),),
        details={"event": event, "attendance": word},
    )


def hypothetical_item(message: rules_pb2.HypotheticalItem) -> HypotheticalItem:
    """An item in thought. Raises Refusal INVALID for a word outside the lists."""
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
    """What every rule answered."""
    return rules_pb2.Evaluation(
        as_of_date=to_date(evaluation.as_of),
        known_at_time=to_instant(evaluation.as_known_at),
        rulebook_hash=evaluation.rulebook_hash,
        engines_agree=agree,
        answers=[answer_message(answer) for answer in evaluation.answers],
    )


def kept_evaluation(name: str, record: bytes, sha256: str) -> rules_pb2.Evaluation:
    """A kept evaluation: the decision record holds everything, and is not interpreted here."""
    kept = json.loads(record)
    message = rules_pb2.Evaluation(
        name=name,
        rulebook_hash=kept["rulebook_hash"],
        engines_agree=kept["engines_agree"],
        record=record,
        record_hash=sha256,
        as_of_date=to_date(date.fromisoformat(kept["as_of"])),
    )
    message.known_at_time.FromJsonString(kept["as_known_at"])
    return message


def answer_message(answer: RuleAnswer) -> rules_pb2.RuleAnswer:
    """What one rule answered, with why."""
    return rules_pb2.RuleAnswer(
        rule=answer.rule_id,
        subject=answer.subject,
        lane=from_word(rules_pb2.Lane, answer.lane),
        answer=from_word(rules_pb2.Answer, answer.answer),
        explanation=explanation_message(answer.explanation),
    )


def explanation_message(why: Explanation) -> rules_pb2.Explanation:
    """Why a rule answered as it did."""
    message = rules_pb2.Explanation(
        because=why.because,
        source=why.source,
        comparisons=[
            rules_pb2.Comparison(
                text=part.text,
                measure=part.measure,
                value=part.value,
                line=part.line or 0,
                parameter=part.parameter,
                margin=part.margin or 0,
            )
            for part in why.comparisons
        ],
        counted=[_counted(item) for item in why.counted],
        not_counted=[
            rules_pb2.UncountedEvidence(
                evidence_id=item.evidence_id,
                happened_date=to_date(item.happened_on),
                reason=item.reason,
                text=item.text,
            )
            for item in why.not_counted
        ],
        praise=[_counted(item) for item in why.praise],
    )
    if why.clears_if is not None:
        message.clears_if.CopyFrom(
            rules_pb2.ClearsIf(
                text=why.clears_if.text,
                remove=why.clears_if.remove,
                add=[
                    rules_pb2.HypotheticalItem(
                        kind=item.kind,
                        source=item.source,
                        standard=item.standard,
                        indicator=item.indicator,
                        polarity=item.polarity,
                        count=item.count,
                    )
                    for item in why.clears_if.add
                ],
            )
        )
    return message


def _counted(item: CountedEvidence) -> rules_pb2.CountedEvidence:
    return rules_pb2.CountedEvidence(
        evidence_id=item.evidence_id, happened_date=to_date(item.happened_on), kind=item.kind, text=item.text
    )


def concern_name(concern: Concern) -> str:
    """The resource name of a concern."""
    return f"safeguarders/{concern.safeguarder_id}/concerns/{concern.concern_id}"


def concern_message(concern: Concern) -> rules_pb2.Concern:
    """A concern for those who may read it."""
    return rules_pb2.Concern(
        name=concern_name(concern),
        rule=concern.answer.rule_id,
        subject=concern.answer.subject,
        standards=concern.answer.standards,
        lane=from_word(rules_pb2.Lane, concern.answer.lane),
        state=from_word(rules_pb2.Concern.State, concern.state),
        closing_proposed=concern.closing_proposed,
        explanation=explanation_message(concern.answer.explanation),
        evaluation=f"safeguarders/{concern.safeguarder_id}/evaluations/{concern.evaluation_id}",
        raise_time=to_instant(concern.raised_at),
        owner=concern.owner,
        next_date=to_date(concern.next_on),
        reason=from_word(rules_pb2.ConcernReason, concern.reason),
        rulebook_hash=concern.rulebook_hash,
        etag=str(concern.version),
        quiet=concern.quiet,
    )


def concern_reason(number: int) -> Reason:
    """Why a person ends a concern."""
    return Reason(to_word(rules_pb2.ConcernReason, number, "reason"))


def concern_event(
    concern: Concern, what: str, evidence_recorded_at: datetime | None = None, quiet: bool = False
) -> Any:
    """The event that a concern was `raised`, `updated`, ...: ids, words of closed lists and dates.

    `quiet`: set off by a change of the rulebook alone; when it is acknowledged: was quiet until now.
    """
    notice = concern.answer.notice
    fact = events_pb2.ConcernFact(
        concern_id=concern.concern_id,
        safeguarder_id=concern.safeguarder_id,
        rule=concern.answer.rule_id,
        subject=concern.answer.subject,
        standards=concern.answer.standards,
        lane=from_word(rules_pb2.Lane, concern.answer.lane),
        window_start_date=to_date(concern.answer.window_starts_on),
        tell=notice.tell,
        respond_within_working_days=notice.within_working_days,
        session_within_working_days=notice.session_within_working_days or 0,
        quiet_if_escalated=notice.quiet_if_escalated,
        evaluation_id=concern.evaluation_id,
        rulebook_hash=concern.rulebook_hash,
        as_of_date=to_date(concern.as_of),
        evidence_record_time=to_instant(evidence_recorded_at) if evidence_recorded_at else None,
    )
    extra: dict[str, Any] = {}
    if what == "acknowledged":
        extra = {"owner": concern.owner, "next_date": to_date(concern.next_on), "confirms": quiet}
    elif what in ("raised", "updated"):
        extra = {"quiet": quiet}
    elif what in ("dismissed", "closed"):
        extra = {"reason": from_word(rules_pb2.ConcernReason, concern.reason)}
    return _CONCERN_EVENTS[what](concern=fact, **extra)


def rulebook_event(content_hash: str, previous_hash: str, in_force_at: datetime) -> events_pb2.RulebookActivated:
    """That another rulebook came into force."""
    return events_pb2.RulebookActivated(
        rulebook_hash=content_hash, previous_hash=previous_hash, in_force_time=to_instant(in_force_at)
    )


def rule_message(rule: Rule, rulebook: Rulebook, on: date) -> rules_pb2.Rule:
    """A rule in plain words, with its lines in force on a day."""
    lines = []
    for name in rulebook.parameters_of(rule):
        parameter = rulebook.parameters[name]
        value = parameter.in_force(on)
        if value is not None:
            lines.append(
                rules_pb2.Line(
                    parameter=name,
                    value=value.value,
                    unit=parameter.unit,
                    origin=value.origin,
                    why=value.why,
                    from_date=to_date(value.from_on),
                )
            )
    return rules_pb2.Rule(
        rule=rule.rule_id,
        title=rule.title,
        lane=from_word(rules_pb2.Lane, rule.lane),
        standards=rule.standards,
        source=rule.source,
        practice_note=note_name(rule.note),
        conditions=[
            f"{rulebook.measures[part.measure].means}: {part.comparator} {part.parameter.replace('_', ' ')}"
            for part in comparisons(rule.when)
        ],
        lines=lines,
    )
