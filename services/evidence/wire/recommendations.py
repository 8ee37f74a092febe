"""Recommendations as people write and read them, and their event."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans_pb
from psmf.evidence.v1 import events_pb2, readiness_pb2, review_requests_pb2
from psmf.evidence.v1 import recommendations_pb2 as pb

from services.evidence.domain.plans.support import SupportKind
from services.evidence.domain.recommendations.criteria import criteria_of
from services.evidence.domain.recommendations.readiness import NotReady
from services.evidence.domain.recommendations.recommendation import (
    Answer,
    Condition,
    Considered,
    Criterion,
    Entry,
    Kind,
    MoreTime,
    Outcome,
    Recommendation,
    Representation,
    Text,
    What,
)
from services.evidence.wire.plans.requests import ids, needed_date, needed_words
from services.evidence.wire.session_records import words
from services.platform.calls.wire import from_word, name_parts, to_date, to_instant, to_member, to_needed_text
from services.refusals import invalid

_MOST = 50
"""Criteria, conditions or names in one list. There are some dozens at most."""
_LONGEST_NAME = 200


def kind(request: pb.CreateRecommendationRequest) -> Kind:
    """Return what a recommendation is about. Refuse INVALID for an unknown word."""
    return to_member(Kind, pb.Recommendation.Purpose, request.kind, "kind")


def person(name: str) -> str:
    """Return the Safeguarder's id in a parent. Refuse INVALID if it has another form, or names everybody."""
    (safeguarder_id,) = name_parts(name, "safeguarders", field="parent")
    if safeguarder_id == "-":
        raise invalid("NAME_NOT_VALID", "Name one person: a recommendation is about one.", "parent")
    return safeguarder_id


def text(message: pb.RecommendationText, safeguarder_id: str, year: int) -> Text:
    """Return a text as somebody drafts it. `year`: the year in which it is read, for the screen of texts.

    Raises:
        Refusal: INVALID for an unknown word, a bad name or day, too many parts, or a text that `words` refuses.
    """
    _check_number(message.criteria, "text.criteria")
    _check_number(message.conditions, "text.conditions")
    return Text(
        to_member(Outcome, pb.Recommendation.Outcome, message.outcome, "text.outcome"),
        tuple(
            _criterion(each, safeguarder_id, f"text.criteria[{place}]", year)
            for place, each in enumerate(message.criteria)
        ),
        tuple(_condition(each, f"text.conditions[{place}]", year) for place, each in enumerate(message.conditions)),
        _more_time(message.more_time, year) if message.HasField("more_time") else None,
        ids(message.concerns, "concerns", safeguarder_id, "text.concerns"),
    )


def answers(request: pb.ApproveRecommendationRequest, year: int) -> list[str]:
    """Return the answers to representations. Refuse INVALID for too many, and as `words` does."""
    _check_number(request.answers, "answers")
    return [words(each, f"answers[{place}]", year) for place, each in enumerate(request.answers)]


def _criterion(message: pb.Criterion, safeguarder_id: str, path: str, year: int) -> Criterion:
    _check_number(message.names, f"{path}.names")
    names = tuple(to_needed_text(name, f"{path}.names", _LONGEST_NAME) for name in message.names)
    if not all(name.startswith(f"safeguarders/{safeguarder_id}/") for name in names):
        raise invalid("NAME_NOT_VALID", f"{path}.names must name what belongs to this person.", f"{path}.names")
    return Criterion(
        to_member(What, pb.Criterion.What, message.what, f"{path}.what"),
        to_member(Answer, pb.Criterion.Answer, message.answer, f"{path}.answer"),
        tuple(dict.fromkeys(names)),
        needed_words(message.words, f"{path}.words", year),
    )


def _condition(message: pb.Condition, path: str, year: int) -> Condition:
    return Condition(
        needed_words(message.words, f"{path}.words", year),
        needed_words(message.measure, f"{path}.measure", year),
        needed_date(message, "due_date"),
        needed_words(message.support, f"{path}.support", year),
        to_member(SupportKind, plans_pb.Support.Kind, message.support_kind, f"{path}.support_kind"),
        to_needed_text(message.standard, f"{path}.standard", _LONGEST_NAME),
    )


def _more_time(message: pb.MoreTime, year: int) -> MoreTime:
    return MoreTime(
        needed_date(message, "until_date"),
        needed_words(message.what, "text.more_time.what", year),
        needed_words(message.where_from, "text.more_time.where_from", year),
    )


def _check_number(parts: Any, path: str) -> None:
    if len(parts) > _MOST:
        raise invalid("TOO_MANY_PARTS", f"{path} has more than {_MOST} entries.", path, most=str(_MOST))


def recommendation_message(known: Recommendation, due_on: date | None) -> pb.Recommendation:
    """Return the message of a recommendation. `due_on`: the last day for representations, with the days away."""
    decided = known.decided
    return pb.Recommendation(
        name=known.name,
        kind=from_word(pb.Recommendation.Purpose, known.kind),
        text=_text_message(known),
        state=from_word(pb.Recommendation.State, known.state),
        drafted_by=known.drafters[-1],
        checked_by=known.checked_by,
        approved_by=known.approved_by,
        submitted_by=known.submitted_by,
        share_date=to_date(known.shared_on),
        representations_due_date=to_date(due_on if known.is_awaited else None),
        nothing_more=known.nothing_more,
        representations=[_representation(each) for each in known.representations],
        pack_hash=known.pack.hash if known.pack else "",
        withdrawn_because=known.withdrawn_because,
        decided_as=from_word(pb.Recommendation.Outcome, decided.outcome if decided else None),
        decision_reasons=decided.reasons if decided else "",
        decide_time=to_instant(decided.recorded_at) if decided else None,
        create_time=to_instant(known.created_at),
        etag=known.etag,
        open_reviews=known.open_reviews,
        reviews=[_considered(each) for each in known.reviews],
        criteria_version=known.criteria_version,
        criteria_needed=[from_word(pb.Criterion.What, each) for each in criteria_of(known.kind, known.text.outcome)],
    )


def _text_message(known: Recommendation) -> pb.RecommendationText:
    said = known.text
    return pb.RecommendationText(
        outcome=from_word(pb.Recommendation.Outcome, said.outcome),
        criteria=[
            pb.Criterion(
                what=from_word(pb.Criterion.What, each.what),
                answer=from_word(pb.Criterion.Answer, each.answer),
                names=each.names,
                words=each.words,
            )
            for each in said.criteria
        ],
        conditions=[
            pb.Condition(
                words=each.words,
                measure=each.measure,
                due_date=to_date(each.due_on),
                support=each.support,
                support_kind=from_word(plans_pb.Support.Kind, each.support_kind),
                standard=each.standard,
            )
            for each in said.conditions
        ],
        more_time=(
            pb.MoreTime(
                until_date=to_date(said.more_time.until),
                what=said.more_time.what,
                where_from=said.more_time.where_from,
            )
            if said.more_time
            else None
        ),
        concerns=[f"safeguarders/{known.safeguarder_id}/concerns/{each}" for each in said.concerns],
    )


def _considered(review: Considered) -> pb.ConsideredReview:
    words = review_requests_pb2.ReviewRequest
    return pb.ConsideredReview(
        name=review.name,
        state=from_word(words.State, review.state),
        decision=from_word(words.Decision, review.decision),
    )


def _representation(said: Representation) -> pb.Recommendation.Representation:
    return pb.Recommendation.Representation(
        words=said.words,
        create_time=to_instant(said.said_at),
        answer=said.answer,
        answered_by=said.answered_by,
        after_submission=said.after_submission,
    )


def pack_message(
    known: Recommendation,
    due_on: date | None,
    entries: Iterable[Entry],
    days: Mapping[str, date],
    lines: Iterable[NotReady],
) -> pb.RecommendationPack:
    """Return the message of a recommendation with its pack. `days`: on which what it holds happened, by name."""
    named = set(known.text.names)
    return pb.RecommendationPack(
        recommendation=recommendation_message(known, due_on),
        entries=[
            pb.RecommendationPackEntry(
                section=from_word(pb.RecommendationPackEntry.Section, entry.section),
                name=entry.name,
                version=entry.version,
                relied_on=entry.name in named,
                happened_date=to_date(days.get(entry.name)),
            )
            for entry in entries
        ],
        hash=known.pack.hash if known.pack else "",
        freeze_time=to_instant(known.pack.frozen_at) if known.pack else None,
        lines=lines_message(lines),
    )


def lines_message(lines: Iterable[NotReady]) -> list[readiness_pb2.ReadinessLine]:
    """Return the messages of what is not ready."""
    return [
        readiness_pb2.ReadinessLine(
            what=from_word(readiness_pb2.ReadinessLine.What, each.line),
            about=each.about,
            date=to_date(each.on),
            too_late=each.too_late,
        )
        for each in lines
    ]


def recommendation_event(known: Recommendation) -> events_pb2.RecommendationChanged:
    """Return the event of a recommendation: ids, dates and words of closed lists."""
    decided = known.decided
    return events_pb2.RecommendationChanged(
        safeguarder_id=known.safeguarder_id,
        recommendation_id=known.recommendation_id,
        version=known.version,
        kind=from_word(pb.Recommendation.Purpose, known.kind),
        outcome=from_word(pb.Recommendation.Outcome, known.text.outcome),
        state=from_word(pb.Recommendation.State, known.state),
        concern_ids=known.text.concerns,
        drafted_by=known.drafters[-1],
        approved_by=known.approved_by,
        pack_hash=known.pack.hash if known.pack else "",
        share_date=to_date(known.shared_on),
        representations_due_date=to_date(known.representations_due_on if known.is_awaited else None),
        representations=len(known.representations),
        nothing_more=known.nothing_more,
        decided_as=from_word(pb.Recommendation.Outcome, decided.outcome if decided else None),
        change_time=to_instant(known.recorded_at),
    )
