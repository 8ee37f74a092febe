"""The file of the numbers of the record: sessions, plans, recommendations, complaints. It is checked when read."""

import functools
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from services.evidence.domain.complaints.stages import ComplaintNumbers
from services.evidence.domain.feedback.link import FeedbackNumbers
from services.evidence.domain.personal_file.own_standing import StandingNumbers
from services.evidence.domain.plans.sides import PlanNumbers
from services.evidence.domain.recommendations.recommendation import RecommendationNumbers
from services.evidence.domain.review_requests.life import ReviewNumbers
from services.evidence.domain.samples.sample import SampleNumbers
from services.evidence.domain.sessions.life_of_a_record import RecordNumbers
from services.platform.data_file import Place

NUMBERS_FILE = Path(__file__).parents[1] / "data" / "record.yaml"
_KINDS: tuple[Any, ...] = (
    RecordNumbers,
    PlanNumbers,
    StandingNumbers,
    ReviewNumbers,
    RecommendationNumbers,
    SampleNumbers,
    FeedbackNumbers,
    ComplaintNumbers,
)
_REASONS = ("basis", "why", "source", "owner")


def record_numbers() -> RecordNumbers:
    """Return the numbers of session records."""
    return RecordNumbers(**_of(RecordNumbers, _numbers()))


def plan_numbers() -> PlanNumbers:
    """Return the numbers of development plans."""
    return PlanNumbers(**_of(PlanNumbers, _numbers()))


def standing_numbers() -> StandingNumbers:
    """Return the numbers of the Safeguarder's own view."""
    return StandingNumbers(**_of(StandingNumbers, _numbers()))


def review_numbers() -> ReviewNumbers:
    """Return the numbers of review requests."""
    return ReviewNumbers(**_of(ReviewNumbers, _numbers()))


def recommendation_numbers() -> RecommendationNumbers:
    """Return the numbers of recommendations."""
    return RecommendationNumbers(**_of(RecommendationNumbers, _numbers()))


def sample_numbers() -> SampleNumbers:
    """Return the numbers of sampling."""
    return SampleNumbers(**_of(SampleNumbers, _numbers()))


def feedback_numbers() -> FeedbackNumbers:
    """Return the numbers of feedback links."""
    return FeedbackNumbers(**_of(FeedbackNumbers, _numbers()))


def complaint_numbers() -> ComplaintNumbers:
    """Return the numbers of complaints."""
    return ComplaintNumbers(**_of(ComplaintNumbers, _numbers()))


@functools.cache
def _numbers() -> Mapping[str, int]:
    """Return every number. The file is part of the package, so it is read once."""
    return read_numbers(NUMBERS_FILE)


def read_numbers(file: Path) -> dict[str, int]:
    """Return the numbers in a file. Each needs a basis, a reason, a source and an owner.

    Raises:
        DataFileError: a number or a reason is missing, or is no number. The text begins with file:line.
    """
    wanted = [field.name for kind in _KINDS for field in fields(kind)]
    rows = Place.of(file.read_text(encoding="utf-8"), file.name).fields(*wanted)
    return {name: _number(row) for name, row in rows.items()}


def _of(kind: Any, numbers: Mapping[str, int]) -> dict[str, int]:
    return {field.name: numbers[field.name] for field in fields(kind)}


def _number(row: Place) -> int:
    parts = row.fields("value", *_REASONS)
    for reason in _REASONS:
        parts[reason].text()
    value = parts["value"].text()
    if not value.isdigit() or not int(value):
        raise parts["value"].fault("write a whole number of at least 1")
    return int(value)
