"""Review requests of Safeguarders, as evidence keeps them (R92, R93, B5; record 1.4, 2.5).

A concern is on hold while a review is open of it, or of an item that it rests on. It follows the record and refuses
nothing. A matter of safety waits for no review, and neither do praise and the Team's own duties.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.rules.domain.closed_lists import HoldReason, State
from services.rules.domain.concerns.concern import Concern, Reason
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.overlays.holds import WAITS, hold_for, release_from
from services.rules.domain.concerns.progress import with_hold
from services.rules.domain.facts import ReviewFact

OPENED_BEFORE = "review_opened_before"
"""The word in the history of an escalation that was made after the review had been asked for."""


@dataclass(frozen=True, slots=True)
class ReviewRequestFact:
    """A version of a review request, without words."""

    review_id: str
    safeguarder_id: str
    version: int
    made_on: date
    concern_ids: tuple[str, ...]
    """Its target, or the concerns that rest on it as far as evidence knows."""
    evidence_ids: tuple[str, ...]
    opened_at: datetime
    is_the_concern: bool = False
    """Its target is the concern itself."""
    ended_at: datetime | None = None
    upheld: bool = False
    reviewer: str = ""

    @property
    def is_open(self) -> bool:
        """True while nothing ended it."""
        return self.ended_at is None

    @property
    def fact(self) -> ReviewFact:
        """What evaluations use of it."""
        return ReviewFact(self.review_id, self.evidence_ids, self.opened_at, self.ended_at)

    def is_about(self, concern: Concern) -> bool:
        """Return whether it is about a concern, or about what the concern rests on."""
        return concern.concern_id in self.concern_ids or not concern.rests_on.isdisjoint(self.evidence_ids)


def follow_reviews(concern: Concern, reviews: Sequence[ReviewRequestFact], today: date) -> tuple[Move, str, Concern]:
    """Return an open concern as the reviews about it have it, with the move and its word; unchanged if they agree.

    `reviews`: the newest version of each about the person, in whatever order they came.
    """
    hold, waits = concern.progress.hold, concern.answer.lane in WAITS
    about = [each for each in reviews if waits and each.is_open and each.is_about(concern)]
    wanted, known = tuple(sorted(each.review_id for each in about)), hold.reviews if hold else ()
    if wanted == known:
        return Move.HOLD, "", concern
    if not wanted:
        return Move.RELEASE, HoldReason.REVIEW_OPEN.value, release_from(concern, HoldReason.REVIEW_OPEN, today)
    since = min(each.made_on for each in about)
    crossed = _crossed(concern, since)
    before = _undone(concern) if crossed else concern
    held = hold_for(before, HoldReason.REVIEW_OPEN, wanted, since)
    return Move.HOLD, OPENED_BEFORE if crossed else HoldReason.REVIEW_OPEN.value, held


def close_upheld(concern: Concern, review: ReviewRequestFact, today: date, now: datetime) -> Concern:
    """Return a concern as closed by a review that was upheld. Nobody has to agree a second time (record 0.12).

    If the review was about evidence, rules would propose closing it. They may not have come to it yet, so it is said
    here: otherwise it would depend on that moment whether what is left may be raised again.
    """
    progress = with_hold(concern.progress, None, today) if concern.progress.hold else concern.progress
    progress = replace(progress, upheld_review=review.review_id)
    closed = replace(concern, reason=Reason.REVIEW_UPHELD, ended_at=now, state=State.CLOSED, progress=progress)
    proposed = concern.closing_proposed or not review.is_the_concern
    return replace(closed, closing_proposed=proposed, version=concern.version + 1)


def _crossed(concern: Concern, since: date) -> bool:
    """Return whether somebody escalated a concern after a review had been asked for, before rules heard of that."""
    escalated_on = concern.progress.escalated_on
    hold = concern.progress.hold
    stands = (hold.stood if hold else concern.state) in (State.ESCALATED, State.RECOMMENDATION)
    return stands and escalated_on is not None and escalated_on >= since


def _undone(concern: Concern) -> Concern:
    hold = concern.progress.hold
    if hold is not None:
        hold = replace(hold, stood=State.ACTION_REVIEW)
    progress = replace(concern.progress, escalated_by="", escalated_on=None, recommendation=None, hold=hold)
    return replace(concern, state=State.HELD if hold else State.ACTION_REVIEW, progress=progress)
