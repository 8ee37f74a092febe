"""The time to reply to an item stands still while a review of it is open (B5)."""

from datetime import date, timedelta

import pytest

from services.calendar_days import Days
from services.evidence.domain import life_of_an_item as items
from services.evidence.domain.evidence_item import EvidenceItem, Polarity
from services.evidence.domain.review_requests import life
from services.evidence.domain.review_requests.request import ReviewRequest
from services.evidence.domain.review_requests.stopped import days_stopped
from tests.evidence.domain.test_time_to_reply import an_item, at, speaking
from tests.evidence.review_requests.build import NOW, SAFEGUARDER, TEAM, TODAY, submitted
from tests.evidence.review_requests.build import at as on

SHARED = TODAY - timedelta(days=7)
"""A Monday, and so is today. The time to reply would end a week from today."""
CONCERN = speaking(("S3.2", Polarity.CONCERN))


def withdrawn(request: ReviewRequest, day: date) -> ReviewRequest:
    return life.withdraw(request, on(SAFEGUARDER, day))


def shared(*requests: ReviewRequest, today: date = SHARED) -> EvidenceItem:
    """Return an item that was shared, as it stands once these reviews are known."""
    item = items.share(an_item(mappings=CONCERN), items.reply_time(SHARED, 10), at(SHARED))
    reply = items.reply_time(SHARED, 10, days_stopped("item-1", requests))
    return items.move_reply_time(item, reply, today, at(today)) or item


def test_while_a_review_is_open_the_time_to_reply_stands_still_and_the_item_counts_against_nobody() -> None:
    item = shared(submitted(), today=TODAY)
    assert item.reply_stands_still
    assert (item.adverse_on, item.countable_on) == (None, None)
    upheld = items.withdraw_by_review(item, NOW)
    assert upheld is not None
    assert not upheld.reply_stands_still, "nobody is asked for a reply to what no longer stands"


@pytest.mark.parametrize(
    ("days", "due"),
    [(0, "2026-12-01"), (1, "2026-12-02"), (4, "2026-12-07"), (7, "2026-12-08")],
)
def test_however_it_ends_the_days_are_given_back_and_the_day_on_which_it_ends_counts(days: int, due: str) -> None:
    ends_on = TODAY + timedelta(days=days)
    item = shared(withdrawn(submitted(), ends_on), today=ends_on)
    # Four of ten days had passed. On Monday 30 November the office is closed.
    assert item.reply_due_on == date.fromisoformat(due)
    assert item.adverse_on == date.fromisoformat(due) + timedelta(days=1)


def test_days_that_two_reviews_stop_are_given_back_once() -> None:
    first = withdrawn(submitted(), TODAY + timedelta(days=3))
    second = withdrawn(submitted(), TODAY + timedelta(days=2))
    assert shared(first, second).reply_due_on == shared(first).reply_due_on


def test_a_letter_that_is_entered_late_takes_back_what_it_let_count_and_a_later_review_does_not() -> None:
    late = SHARED + timedelta(days=30)
    by_letter = submitted(actor=on(TEAM, late), made_on=TODAY)
    assert shared(today=late).adverse_on == date(2026, 12, 2)
    assert shared(by_letter, today=late).adverse_on is None
    afterwards = submitted(actor=on(TEAM, late), made_on=late)
    assert shared(afterwards, today=late).adverse_on == date(2026, 12, 2)


def test_a_review_of_another_item_stops_nothing() -> None:
    assert days_stopped("item-2", [submitted()]) == []
    assert days_stopped("item-1", [submitted()]) == [Days(TODAY, None)]
    assert days_stopped("item-1", [withdrawn(submitted(), NOW.date())]) == []
