"""Both sides are told of a suspension, with the day of the next look, and never what it is for (R90)."""

from datetime import timedelta

import pytest

from services.notifications.domain.notification import Subject
from services.notifications.domain.overlays.news import OverlayStands, Suspension
from tests.notifications.office import TODAY

LOOK_BY = TODAY + timedelta(days=28)


@pytest.mark.parametrize(
    ("stands", "subject"),
    [
        ("in_force", Subject.SUSPENSION_IN_FORCE),
        ("reviewed", Subject.SUSPENSION_IN_FORCE),
        ("lifted", Subject.SUSPENSION_OVER),
        ("ended", None),
        ("otherwise", None),
    ],
)
def test_they_are_told_that_it_is_in_force_or_over(stands: str, subject: Subject | None) -> None:
    line = Suspension("sg-one", "o1", 1, OverlayStands(stands), LOOK_BY).line(TODAY)
    assert (line.subject if line else None) is subject
    assert line is None or line.review_on == LOOK_BY


def test_another_day_of_the_next_look_is_news_and_the_same_day_is_none() -> None:
    first = Suspension("sg-one", "o1", 1, OverlayStands.IN_FORCE, LOOK_BY)
    same = Suspension("sg-one", "o1", 2, OverlayStands.REVIEWED, LOOK_BY)
    later = Suspension("sg-one", "o1", 3, OverlayStands.REVIEWED, LOOK_BY + timedelta(days=7))
    assert first.news == same.news != later.news
