"""Nobody's time to reply runs out while they are on leave or suspended (R90, B4)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar_days import Days, WorkingCalendar, is_working_day
from services.evidence.domain import life_of_an_item as life
from services.evidence.domain.evidence_item import EvidenceClass, EvidenceItem, Polarity
from services.evidence.domain.safeguarder import SafeguarderId
from services.evidence.domain.sessions.pack import evidence_entry, hash_of
from services.evidence.domain.time_away import AwayKind, TimeAway, days_not_counted
from tests.evidence.domain.test_time_to_reply import an_item, at, speaking
from tests.sizes import part_of

SHARED = date(2026, 11, 2)
"""A Monday. St Andrew's Day is on Monday 30 November."""
CONCERN = {"mappings": speaking(("S3.2", Polarity.CONCERN))}


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def days(first: str, last: str = "") -> Days:
    return Days(day(first), day(last) if last else None)


def shared_with(*away: Days, **content: Any) -> EvidenceItem:
    """Return a concern that was shared, with days away that were known by then."""
    return life.share(an_item(**CONCERN | content), life.reply_time(SHARED, 10, away), at(SHARED))


def moved(item: EvidenceItem, today: date, *away: Days) -> EvidenceItem | None:
    """Return the item after other days away became known; None if its time to reply stays."""
    return life.move_reply_time(item, life.reply_time(SHARED, 10, away), today, at(today))


@pytest.mark.parametrize(
    ("away", "due"),
    [
        ([], "11-16"),
        ([days("11-07", "11-08")], "11-16"),  # a weekend
        ([days("11-09", "11-09")], "11-17"),
        ([days("10-01", "11-06")], "11-20"),
        ([days("11-02", "12-13")], "12-29"),  # six weeks; the office is closed at Christmas
        ([days("11-10", "11-12"), days("11-12", "11-13")], "11-20"),
        ([days("11-16", "11-20")], "11-23"),
        ([days("11-17", "12-31")], "11-16"),
    ],
)
def test_the_time_to_reply_is_so_many_days_of_the_office_on_which_the_person_is_there(
    away: list[Days], due: str
) -> None:
    item = shared_with(*away)
    assert item.reply_due_on == day(due)
    assert item.adverse_on == day(due) + timedelta(days=1)
    assert item.reply_moved is (due != "11-16")


def test_while_nobody_knows_the_return_the_time_stands_still_and_a_reply_counts_on_its_day() -> None:
    item = shared_with(days("11-10"))
    assert item.reply_stands_still
    assert (item.reply_due_on, item.adverse_on, item.countable_on) == (None, None, None)
    replied = life.add_reply(item, "I was away.", day("11-12"), at(day("11-12")))
    assert replied.adverse_on == day("11-12")
    assert not replied.reply_stands_still


def test_a_matter_of_safety_waits_for_nobody() -> None:
    item = shared_with(days("11-10"), evidence_class=EvidenceClass.SAFETY)
    assert item.adverse_on == item.content.received_on


def test_a_leave_moves_a_running_time_in_a_new_version() -> None:
    item = shared_with()
    later = moved(item, day("11-05"), days("11-09", "11-13"))
    assert later is not None
    assert (later.version, later.reply_due_on, later.reply_moved) == (item.version + 1, day("11-23"), True)
    assert later.content == item.content
    back = moved(later, day("11-06"))
    assert back is not None
    assert (back.version, back.reply_due_on, back.reply_moved) == (item.version + 2, day("11-16"), False)


def test_a_leave_that_is_recorded_afterwards_lets_an_item_stop_counting_until_the_time_that_is_left_is_over() -> None:
    item = shared_with()
    assert item.adverse_on == day("11-17")
    later = moved(item, day("11-20"), days("11-09", "11-20"))
    assert later is not None
    assert later.adverse_on == day("12-02")


@pytest.mark.parametrize("today", ["11-20", "12-20"])
def test_what_was_over_and_is_over_stays_as_it_was(today: str) -> None:
    away = days("11-09", "11-09")
    assert moved(shared_with(), day(today), away) is None
    assert moved(shared_with(), day("11-17"), away) is not None


def test_a_reply_that_was_made_stays_what_lets_an_item_count() -> None:
    replied = life.add_reply(shared_with(), "A reply.", day("11-05"), at(day("11-05")))
    assert moved(replied, day("11-06"), days("11-04")) is None


def test_papers_show_that_a_reply_is_open_while_its_time_stands_still() -> None:
    """Without a standstill an entry is hashed as before, so papers that were frozen earlier keep their hash."""
    standing, running = (evidence_entry(item, at(day("11-12"))) for item in (shared_with(days("11-10")), shared_with()))
    assert (standing.reply_due_on, standing.reply_stands_still) == (None, True)
    assert (running.reply_due_on, running.reply_stands_still) == (day("11-16"), None)
    assert hash_of([standing]) != hash_of([replace(standing, reply_stands_still=None)])


def away(version: int, recorded_on: str, first: str, last: str = "", *, cancelled: bool = False) -> TimeAway:
    return TimeAway(
        "t1", SafeguarderId("demo-one"), AwayKind.LEAVE, day(first), day(last) if last else None, cancelled,
        "panel-team", at(day(recorded_on)), version,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("versions", "not_counted"),
    [
        ([away(1, "11-02", "11-09", "11-20")], [days("11-09", "11-20")]),
        ([away(1, "11-02", "11-09")], [days("11-09")]),
        # A correction holds from its own day. The days before were days away by the record, and stay so.
        (
            [away(1, "11-02", "11-09", "11-20"), away(2, "11-12", "11-09", "11-13")],
            [days("11-09", "11-11"), days("11-09", "11-13")],
        ),
        ([away(1, "11-02", "11-09"), away(2, "11-12", "11-09", cancelled=True)], [days("11-09", "11-11")]),
        ([away(1, "11-20", "11-02", "11-30"), away(2, "11-23", "11-02", cancelled=True)], [days("11-02", "11-22")]),
        # A slip that is put right on the same day, and a leave that never began, leave nothing.
        ([away(1, "11-12", "11-02", "11-30"), away(2, "11-12", "11-02", cancelled=True)], []),
        ([away(1, "11-02", "11-09", "11-20"), away(2, "11-06", "11-09", cancelled=True)], []),
    ],
)
def test_days_that_were_on_record_as_days_away_stay_uncounted(
    versions: list[TimeAway], not_counted: list[Days]
) -> None:
    assert days_not_counted(versions) == not_counted
    assert days_not_counted(versions[::-1]) == not_counted


def test_a_leave_that_is_cancelled_late_leaves_the_person_all_the_days_that_they_were_told_stand_still() -> None:
    """They were told on the 20th that their time stands still. It does not turn out to have been over for a week."""
    recorded = away(1, "11-20", "11-02", "11-30")
    item = moved(shared_with(), day("11-20"), *days_not_counted([recorded]))
    assert item is not None
    assert item.reply_due_on == day("12-14")
    cancelled = away(2, "11-23", "11-02", "11-30", cancelled=True)
    back = moved(item, day("11-23"), *days_not_counted([recorded, cancelled]))
    assert back is not None
    assert back.reply_due_on == day("12-07")


def there(item: EvidenceItem, until: date, versions: list[TimeAway]) -> int:
    """Return on how many days of the office after the sharing, up to a day, the person was not away.

    It counts day by day, by the newest version of each time away and by nothing else.
    """
    newest = {version.time_away_id: version for version in sorted(versions, key=lambda version: version.version)}
    current = [Days(version.starts_on, version.ends_on) for version in newest.values() if not version.cancelled]
    assert item.content.shared_on is not None
    span = (item.content.shared_on + timedelta(days=n) for n in range(1, (until - item.content.shared_on).days + 1))
    return sum(
        is_working_day(WorkingCalendar.OFFICE, each) and not any(stretch.covers(each) for stretch in current)
        for each in span
    )


ACTS = st.lists(
    st.tuples(
        st.integers(0, 15),
        st.sampled_from(("share", "share", "leave", "leave", "open", "correct", "cancel", "reply", "nothing")),
        st.integers(-20, 20),
        st.integers(0, 25),
    ),
    min_size=2,
    max_size=12,
)


@given(ACTS)
@settings(max_examples=part_of(500), deadline=None)
def test_nothing_counts_before_a_reply_or_all_days_of_the_time_in_any_order_of_acts(acts: Any) -> None:
    item, today, versions = an_item(**CONCERN), SHARED, list[TimeAway]()
    for later, act, first, length in acts:
        today += timedelta(days=later)
        now = datetime.combine(today, time(12), UTC)
        if act == "share" and item.content.shared_on is None:
            item = life.share(item, life.reply_time(today, 10, days_not_counted(versions)), now)
        elif act == "reply" and item.content.shared_on and item.content.replied_on is None:
            item = life.add_reply(item, "A reply.", today, now)
        elif act in ("leave", "open", "correct", "cancel"):
            starts_on = today + timedelta(days=first)
            ends_on = None if act == "open" else starts_on + timedelta(days=length)
            said = replace(away(1, "11-02", "11-02"), starts_on=starts_on, ends_on=ends_on, recorded_at=now)
            said = replace(said, time_away_id=f"t{len(versions)}")
            if act in ("correct", "cancel") and versions:
                newest = max(v.version for v in versions if v.time_away_id == versions[-1].time_away_id)
                same = versions[-1].time_away_id
                said = replace(said, time_away_id=same, version=newest + 1, cancelled=act == "cancel")
            versions.append(said)
            if item.content.shared_on:
                reply = life.reply_time(item.content.shared_on, 10, days_not_counted(versions))
                item = life.move_reply_time(item, reply, today, now) or item
        # Whatever counts today had a reply, or ten days of the office on which the person was there.
        if item.adverse_on is not None and item.adverse_on <= today and item.content.replied_on is None:
            assert there(item, today - timedelta(days=1), versions) >= 10
