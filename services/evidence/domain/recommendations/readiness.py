"""How ready everything is for a reappointment, from a year before the term ends (R89, B10, B21).

Both sides see the same page, so that nothing comes as a surprise. A line is never a mark on the person: what is late is
the Team's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.calendar_days import months_later
from services.evidence.domain.evidence_item import EvidenceItem, ItemState, Kind
from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.support import PROMISED, Support
from services.evidence.domain.recommendations.recommendation import RecommendationNumbers
from services.evidence.domain.review_requests.request import ReviewRequest
from services.evidence.domain.safeguarder import Term
from services.evidence.domain.sessions.pack import concern_name, item_name

_YEAR_MONTHS = 12
_ORDINARY = ("support_need", "escalation", "reappointment_risk")
"""Lanes of a matter that may be raised too late to be fair. Safety never is, and the Team's gaps are no matter."""


class Line(StrEnum):
    """What is not ready."""

    OPEN_ACTION = "open_action"
    SUPPORT_OWED = "support_owed"
    REPLY_RUNS = "reply_runs"
    TRAINING_NOT_SHOWN = "training_not_shown"
    SAMPLES_SHORT = "samples_short"
    RAISED_TOO_LATE = "raised_too_late"
    REVIEW_OPEN = "review_open"


@dataclass(frozen=True, slots=True)
class NotReady:
    """Something that is not ready. `too_late`: the day that would have been in time has passed."""

    line: Line
    about: str = ""
    on: date | None = None
    too_late: bool = False


@dataclass(frozen=True, slots=True)
class InHand:
    """What readiness is worked out from, as it stands today."""

    safeguarder_id: str
    term: Term
    today: date
    items: Sequence[EvidenceItem]
    actions: Sequence[tuple[Action, date]]
    """Open actions, each with its due day as standstills have moved it."""
    supports: Sequence[Support]
    concerns: Iterable[KnownConcern]
    reviews: Sequence[ReviewRequest] = ()
    """Review requests that are open."""


def opens_on(term: Term, numbers: RecommendationNumbers) -> date:
    """Return the day from which the papers are open."""
    return term.ends_on - timedelta(days=numbers.readiness_days)


def not_ready(known: InHand, numbers: RecommendationNumbers) -> list[NotReady]:
    """Return what is not ready, in the order of the page."""
    return [
        *(NotReady(Line.OPEN_ACTION, action.name, due_on) for action, due_on in known.actions),
        *_supports(known),
        *_replies(known),
        *_training(known, numbers),
        *_samples(known, numbers),
        *_late_matters(known, numbers),
        *(NotReady(Line.REVIEW_OPEN, one.name, one.waits_until) for one in known.reviews),
    ]


def raised_too_late(concern: KnownConcern, term: Term, numbers: RecommendationNumbers) -> bool:
    """Return whether a matter was first raised too late before the end of a term to be fair to the person."""
    latest = term.ends_on - timedelta(days=numbers.too_late_days)
    return concern.lane in _ORDINARY and concern.raised_on is not None and concern.raised_on > latest


def reply_runs(item: EvidenceItem, today: date) -> bool:
    """Return whether the person still has time to reply to an item, or that time stands still."""
    runs = item.reply_due_on is not None and item.reply_due_on >= today
    return item.content.shared_on is not None and item.content.replied_on is None and (runs or item.reply_stands_still)


def _supports(known: InHand) -> Iterator[NotReady]:
    for support in known.supports:
        if support.state in PROMISED:
            on = support.promised_on
            yield NotReady(Line.SUPPORT_OWED, support.name, on, too_late=on is not None and on < known.today)


def _replies(known: InHand) -> Iterator[NotReady]:
    for item in known.items:
        if item.state is ItemState.CURRENT and item.speaks_of_concern and reply_runs(item, known.today):
            yield NotReady(Line.REPLY_RUNS, item_name(item), item.reply_due_on)


def _training(known: InHand, numbers: RecommendationNumbers) -> Iterator[NotReady]:
    if not any(_is_of(item, Kind.TRAINING_ASSESSMENT, known.term.starts_on) for item in known.items):
        on = known.term.ends_on - timedelta(days=numbers.late_training_days)
        yield NotReady(Line.TRAINING_NOT_SHOWN, on=on, too_late=on < known.today)


def _samples(known: InHand, numbers: RecommendationNumbers) -> Iterator[NotReady]:
    since = months_later(known.today, -_YEAR_MONTHS)
    read = sum(_is_of(item, Kind.REPORT_SAMPLE_REVIEW, since) for item in known.items)
    if read < numbers.samples_a_year:
        yield NotReady(Line.SAMPLES_SHORT)


def _late_matters(known: InHand, numbers: RecommendationNumbers) -> Iterator[NotReady]:
    for concern in known.concerns:
        is_quiet = concern.said is not None and concern.said.quiet  # nobody is told of it before a person takes it on
        if concern.is_open and not is_quiet and raised_too_late(concern, known.term, numbers):
            about = concern_name(known.safeguarder_id, concern.concern_id)
            yield NotReady(Line.RAISED_TOO_LATE, about, concern.raised_on, too_late=True)


def _is_of(item: EvidenceItem, kind: Kind, since: date) -> bool:
    content = item.content
    return item.state is ItemState.CURRENT and content.kind is kind and content.happened_on >= since
