"""The time to reply to an item stands still while a review of it is open (B5)."""

from datetime import date, timedelta

import pytest

from services.calendar_days import Days
from services.evidence.domain import life_of_an_item as items
from services.evidence.domain.evidence_item import EvidenceClass, EvidenceItem, Polarity
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
    return moved(item, *requests, today=today)


def moved(item: EvidenceItem, *requests: ReviewRequest, today: date) -> EvidenceItem:
    """Return an item as it stands once these reviews are known."""
    days = days_stopped("item-1", requests)
    since = min((each.first_on for each in days if each.last_on is None), default=None)
    reply = items.reply_time(SHARED, 10, days)._replace(reviewed_since=since)
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


def replied(item: EvidenceItem, day: date) -> EvidenceItem:
    return items.add_reply(item, "I was not in that hearing.", day, at(day))


def test_a_reply_while_a_review_is_open_lets_nothing_count_until_the_review_has_ended() -> None:
    """Whether the item stands at all is open. To say something to it meanwhile costs the person nothing."""
    asked, on_day, ends_on = submitted(), TODAY + timedelta(days=1), TODAY + timedelta(days=9)
    waits = replied(shared(asked, today=TODAY)._replace(under_review=True), on_day)
    assert (waits.adverse_on, waits.countable_on, waits.reply_stands_still) == (None, None, True)
    assert moved(waits, asked, today=on_day) is waits, "nothing changes while it is open"
    ended = moved(waits, withdrawn(asked, ends_on), today=ends_on)
    assert (ended.adverse_on, ended.content.replied_on, ended.version) == (ends_on, on_day, waits.version + 1)
    assert not ended.reply_stands_still
    assert moved(ended, withdrawn(asked, ends_on), today=ends_on) is ended
    again = submitted(actor=on(SAFEGUARDER, ends_on), made_on=ends_on)
    assert moved(ended, again, today=ends_on) is ended, "what counts stays where it counts"


def test_a_reply_after_the_day_of_a_letter_waits_too_and_one_before_it_has_counted() -> None:
    by_letter = submitted(actor=on(TEAM, TODAY + timedelta(days=5)), made_on=TODAY)
    entered = TODAY + timedelta(days=5)
    after = moved(replied(shared(), TODAY + timedelta(days=1)), by_letter, today=entered)
    assert (after.reply_waits, after.adverse_on) == (True, None)
    before = replied(shared(), TODAY - timedelta(days=1))
    assert moved(before, by_letter, today=entered) is before
    lapsed = replied(shared(), date(2026, 12, 10))._replace(reply_due_on=TODAY - timedelta(days=1))
    assert moved(lapsed, by_letter, today=entered) is lapsed, "its time was over before"


def test_a_matter_of_safety_waits_for_no_review() -> None:
    safety = shared()._replace(under_review=True, reply_due_on=None)
    safety = safety._replace(content=safety.content._replace(evidence_class=EvidenceClass.SAFETY))
    assert not replied(safety, TODAY).reply_waits
