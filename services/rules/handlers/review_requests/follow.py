"""Let concerns follow the review requests of Safeguarders, which evidence keeps (R92, R93, B5)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from services.calendar_days import london_today
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.overrides import SqlOverrides
from services.rules.adapters.store.review_requests import SqlReviewRequests
from services.rules.domain.concerns.concern import Concern, Reason
from services.rules.domain.concerns.history import CALENDAR, Made, Move
from services.rules.domain.concerns.review_requests.followed import ReviewRequestFact, close_upheld, follow_reviews
from services.rules.domain.concerns.transitions import PRACTICE
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.facts import ConcernKey
from services.rules.domain.rulebook.model import Rulebook
from services.rules.handlers.overrides import end_by_review

RulebookOf = Callable[[str], Rulebook]
"""Returns the rulebook with a content hash, or the one in force if that can no longer be loaded."""


@dataclass(frozen=True, slots=True)
class ReviewContext:
    """What a review request is followed with in the current transaction."""

    requests: SqlReviewRequests
    concerns: SqlConcerns
    facts: SqlFacts
    rulebook_of: RulebookOf
    now: datetime


def follow(said: ReviewRequestFact, context: ReviewContext) -> None:
    """Store a version of a review request, and let each concern about it follow. Nothing is refused.

    A concern that would not have been raised without the items of an upheld request is closed in the reviewer's name.
    Every other one goes on. Once a request has ended, what it held back may be raised.
    """
    if not said.is_open and said.review_id not in {each.review_id for each in context.requests.of(said.safeguarder_id)}:
        # Only its end was heard of. Its days are given back by scheduling all the same, so they are held here first.
        _follow(replace(said, version=said.version - 1, ended_at=None, upheld=False), context)
    _follow(said, context)


def uphold(said: ReviewRequestFact, target: tuple[str, str], facts: SqlFacts, overrides: SqlOverrides) -> None:
    """Do what an upheld review does to an absence, or to an override. Evidence itself corrects all else.

    `target`: the kind of what was reviewed, and its id.
    """
    kind, target_id = target
    if said.ended_at is None:
        return
    if kind in ("session_absence", "training_absence"):
        facts.excuse(said.safeguarder_id, target_id, said.made_on, said.ended_at)
    elif kind == "rule_override":
        end_by_review(target_id, said.reviewer, said.ended_at, overrides)


def _follow(said: ReviewRequestFact, context: ReviewContext) -> None:
    context.requests.remember(said)
    reviews = context.requests.of(said.safeguarder_id)
    newest = next(each for each in reviews if each.review_id == said.review_id)
    for concern in context.concerns.of_person(said.safeguarder_id):
        if concern.is_open and _falls(concern, newest, context):
            closed = close_upheld(concern, newest, london_today(context.now), context.now)
            made = (Move.CLOSE, newest.reviewer, context.now, concern.state, closed.state, Reason.REVIEW_UPHELD.value)
            context.concerns.make(closed, Made(*made))
        elif concern.is_open:
            move, word, after = follow_reviews(concern, reviews, london_today(context.now))
            if after is not concern:
                context.concerns.make(after, Made(move, CALENDAR, context.now, concern.state, after.state, word))
    if not newest.is_open:
        context.facts.ask_for_evaluation(said.safeguarder_id)


def _falls(concern: Concern, review: ReviewRequestFact, context: ReviewContext) -> bool:
    """Return whether a review that was upheld ends a concern."""
    if not review.upheld or review.is_open or concern.answer.lane not in PRACTICE:
        return False
    if review.is_the_concern:
        return concern.concern_id in review.concern_ids
    on_hold_for_it = concern.progress.hold is not None and review.review_id in concern.progress.hold.reviews
    rests_on_it = on_hold_for_it or review.is_about(concern)
    return bool(review.evidence_ids) and rests_on_it and not _would_be_raised(concern, review, context)


def _would_be_raised(concern: Concern, review: ReviewRequestFact, context: ReviewContext) -> bool:
    """Return whether rules would have raised a concern on the day it was raised, without the items of a review.

    That day's rulebook, and what was known then, answer it. Later evidence does not keep alive what should never have
    been raised: the evaluation that follows may raise it of its own.
    """
    case_file = context.facts.case_file(concern.safeguarder_id)
    if case_file is None:
        return False
    key = ConcernKey(concern.answer.rule_id, concern.answer.subject)
    others = {known: day for known, day in case_file.open_concerns.items() if known != key}
    then = replace(case_file, open_concerns=others, reviews=())
    rulebook = context.rulebook_of(context.concerns.raised_by(concern))
    raised_on = london_today(concern.raised_at)
    found = evaluate(rulebook, then, raised_on, concern.raised_at, without=frozenset(review.evidence_ids))
    return key in {ConcernKey(answer.rule_id, answer.subject) for answer in found.raised}
