"""Concerns as protobuf: the message that people read, and the events that other services receive."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from psmf.rules.v1 import concern_moves_pb2 as pb
from psmf.rules.v1 import events_pb2, rules_pb2

from services.platform.calls.wire import from_word, to_date, to_instant
from services.rules.domain.closed_lists import State
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.guards import GUARD_MESSAGES, Guard
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.progress import Progress, notice_stands_from
from services.rules.domain.evaluation.answers import SEEN, CountedEvidence, Explanation
from services.rules.wire.names import concern_name, note_name

NOTHING_BLOCKED: Mapping[Move, Guard] = MappingProxyType({})
_EVENTS: dict[str, Any] = {
    "raised": events_pb2.ConcernRaised,
    "updated": events_pb2.ConcernUpdated,
    "closing_proposed": events_pb2.ConcernClosingProposed,
    "acknowledged": events_pb2.ConcernAcknowledged,
    "dismissed": events_pb2.ConcernDismissed,
    "closed": events_pb2.ConcernClosed,
}
_OWN_EVENT = {Move.ACKNOWLEDGE: "acknowledged", Move.DISMISS: "dismissed", Move.CLOSE: "closed"}
"""Moves with an event of their own since the first release. All others are `ConcernMoved` (decision 17)."""


def concern_message(
    concern: Concern,
    steps: Iterable[Made] = (),
    respond_by: date | None = None,
    allowed: Iterable[Move] = (),
    blocked: Mapping[Move, Guard] = NOTHING_BLOCKED,
) -> rules_pb2.Concern:
    """Return a concern with its progress; `steps` and its next moves only where one concern is asked for."""
    return rules_pb2.Concern(
        name=concern_name(concern.safeguarder_id, concern.concern_id),
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
        course=_progress(concern),
        steps=[_step(made) for made in steps],
        allowed_moves=[from_word(pb.ConcernMove, move) for move in allowed],
        respond_by_date=to_date(respond_by),
        blocked_moves=[
            rules_pb2.BlockedMove(
                move=from_word(pb.ConcernMove, move), guard=guard.value, sentence=GUARD_MESSAGES[guard]
            )
            for move, guard in blocked.items()
        ],
    )


def _progress(concern: Concern) -> pb.ConcernCourse:
    done = concern.progress
    notice, action, review, recommended = done.notice, done.action, done.review, done.recommendation
    return pb.ConcernCourse(
        supports=_supports(concern.safeguarder_id, done),
        notice_date=to_date(notice.served_on if notice else None),
        notice_acknowledge_date=to_date(notice.acknowledged_on if notice else None),
        required_action=from_word(pb.RequiredAction, action.what if action else None),
        due_date=to_date(action.due_on if action else None),
        review_date=to_date(review.held_on if review else None),
        review_outcome=from_word(pb.ReviewOutcome, review.outcome if review else None),
        supports_standing=from_word(pb.SupportsStanding, review.supports if review else None),
        recommendation=from_word(pb.RecommendationKind, recommended.kind if recommended else None),
        pack_hash=recommended.pack_hash if recommended else "",
        held_for=[from_word(pb.HoldReason, reason) for reason in done.hold.reasons] if done.hold else [],
        view=from_word(pb.SafeguarderView, done.view),
        view_document=done.view_document,
        merged_into=concern_name(concern.safeguarder_id, done.merged_into) if done.merged_into else "",
        reopened_on=done.reopened_on,
        practice_note=note_name(done.hold.note) if done.hold else "",
        approach_change=_of(concern, "approachChanges", notice.change_id if notice else ""),
        notice_stands_date=to_date(notice_stands_from(done)),
        notice_reported=notice.reported if notice else False,
        action=_of(concern, "actions", action.action_id if action else ""),
        action_review=_of(concern, "actionReviews", review.review_id if review else ""),
    )


def _of(concern: Concern, collection: str, known: str) -> str:
    return f"safeguarders/{concern.safeguarder_id}/{collection}/{known}" if known else ""


def _supports(safeguarder_id: str, done: Progress) -> list[pb.OfferedSupport]:
    return [
        pb.OfferedSupport(
            kind=from_word(pb.SupportKind, support.kind),
            discussed_date=to_date(support.discussed_on),
            answer=from_word(pb.SupportAnswer, support.answer),
            answer_date=to_date(support.answered_on),
            support=f"safeguarders/{safeguarder_id}/supports/{support.support_id}" if support.support_id else "",
            promised_date=to_date(support.promised_on),
            given=from_word(pb.SupportGiven, support.given),
        )
        for support in done.supports
    ]


def _step(made: Made) -> rules_pb2.ConcernStep:
    return rules_pb2.ConcernStep(
        move=from_word(pb.ConcernMove, made.move),
        person=made.by,
        move_time=to_instant(made.at),
        from_state=from_word(rules_pb2.Concern.State, made.from_state),
        to_state=from_word(rules_pb2.Concern.State, made.to_state),
        word=made.word,
    )


def explanation_message(why: Explanation) -> rules_pb2.Explanation:
    """Return why a rule answered as it did."""
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
        counted=[_counted(item, _role(item)) for item in why.counted],
        not_counted=[
            rules_pb2.UncountedEvidence(
                evidence_id=item.evidence_id,
                happened_date=to_date(item.happened_on),
                reason=item.reason,
                text=item.text,
                kind=item.kind,
                source=item.source,
            )
            for item in why.not_counted
        ],
        praise=[_counted(item, rules_pb2.CountedEvidence.ROLE_PRAISE) for item in why.praise],
        duties=[
            rules_pb2.OverdueDuty(
                duty_id=duty.duty_id,
                kind=duty.kind,
                about=duty.about,
                due_date=to_date(duty.due_on),
                text=duty.text,
            )
            for duty in why.duties
        ],
    )
    if why.clears_if is not None:
        message.clears_if.CopyFrom(
            rules_pb2.ClearsIf(
                text=why.clears_if.text,
                remove=why.clears_if.remove,
                done=why.clears_if.done,
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


def _role(item: CountedEvidence) -> Any:
    # A stored answer says it in words alone, and a stored answer is never written again (decision records replay).
    counted = rules_pb2.CountedEvidence
    return counted.ROLE_SEEN if SEEN in item.text.split(", ") else counted.ROLE_COUNTED


def _counted(item: CountedEvidence, role: Any) -> rules_pb2.CountedEvidence:
    return rules_pb2.CountedEvidence(
        evidence_id=item.evidence_id,
        happened_date=to_date(item.happened_on),
        kind=item.kind,
        text=item.text,
        source=item.source,
        role=role,
    )


def concern_event(
    concern: Concern, what: str, evidence_recorded_at: datetime | None = None, quiet: bool = False
) -> Any:
    """Return the event that a concern was `raised`, `updated`, ...: ids, words of closed lists, and dates.

    `quiet`: only a change of the rulebook caused it. When the concern is acknowledged: it was quiet until now.
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
        state=from_word(rules_pb2.Concern.State, concern.state),
        owner=concern.owner,
        next_date=to_date(concern.next_on),
        evidence_ids=sorted(concern.rests_on),
        left_change_ids=[fact.change_id for fact in concern.progress.approaches if fact.left],
    )
    extra: dict[str, Any] = {}
    if what == "acknowledged":
        extra = {"owner": concern.owner, "next_date": to_date(concern.next_on), "confirms": quiet}
    elif what in ("raised", "updated"):
        extra = {"quiet": quiet}
    elif what in ("dismissed", "closed"):
        extra = {"reason": from_word(rules_pb2.ConcernReason, concern.reason)}
    return _EVENTS[what](concern=fact, **extra)


def moved_event(concern: Concern, made: Made, confirms: bool = False) -> Any:
    """Return the event that a concern was moved. `confirms`: it was quiet until now."""
    if made.move in _OWN_EVENT:
        event = concern_event(concern, _OWN_EVENT[made.move], quiet=confirms)
    else:
        action = concern.progress.action
        recommended = concern.progress.recommendation if made.to_state is State.RECOMMENDATION else None
        event = events_pb2.ConcernMoved(
            concern=concern_event(concern, "updated").concern,
            move=from_word(pb.ConcernMove, made.move),
            from_state=from_word(rules_pb2.Concern.State, made.from_state),
            to_state=from_word(rules_pb2.Concern.State, made.to_state),
            word=made.word,
            words=made.word.split(),
            due_date=to_date(action.due_on if action else None),
            merged_into=concern.progress.merged_into,
            recommendation=from_word(pb.RecommendationKind, recommended.kind if recommended else None),
            recommended_by=recommended.by if recommended else "",
        )
    event.concern.moved_by = made.by
    return event


def stands_event(concern: Concern) -> Any:
    """Return the event that says where a concern stands, although nothing about it has changed."""
    return events_pb2.ConcernStands(concern=concern_event(concern, "updated").concern)


def answers_act(event: Any, acted_at: datetime) -> None:
    """Say in an event of a concern which act on its alert is the latest that it answers."""
    event.concern.alert_act_time.CopyFrom(to_instant(acted_at))
