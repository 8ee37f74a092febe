"""Questions about a day or an instant: the earlier one applies, and the future is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.refusals import Refusal
from services.rules.domain.concerns.as_of import TICK, point_in_history

NOW = datetime(2026, 7, 15, 22, 59, tzinfo=UTC)
"""One minute before midnight in London, in summer time."""
TODAY = date(2026, 7, 15)
NOON = datetime(2026, 7, 14, 12, tzinfo=UTC)


def test_asked_for_nothing_or_for_today_the_answer_is_what_there_is_now() -> None:
    assert point_in_history(None, None, NOW) is None
    assert point_in_history(TODAY, None, NOW) is None


def test_a_day_ends_at_midnight_in_london() -> None:
    assert point_in_history(date(2026, 7, 14), None, NOW) == datetime(2026, 7, 14, 23, tzinfo=UTC) - TICK
    assert point_in_history(date(2026, 1, 14), None, NOW) == datetime(2026, 1, 15, tzinfo=UTC) - TICK


@pytest.mark.parametrize("changed_on", [date(2026, 3, 28), date(2025, 10, 25)])
def test_the_day_before_the_clocks_change_ends_at_its_midnight(changed_on: date) -> None:
    ends_at = point_in_history(changed_on, None, NOW)
    assert ends_at is not None
    assert ends_at + TICK == datetime.combine(changed_on, datetime.min.time(), UTC) + timedelta(
        days=1, hours=-1 if changed_on.month == 10 else 0
    )


def test_the_earlier_of_the_day_and_what_was_known_holds() -> None:
    assert point_in_history(None, NOON, NOW) == NOON
    assert point_in_history(date(2026, 7, 14), NOON, NOW) == NOON
    assert point_in_history(date(2026, 7, 12), NOON, NOW) == datetime(2026, 7, 12, 23, tzinfo=UTC) - TICK
    assert point_in_history(TODAY, NOON, NOW) == NOON


@pytest.mark.parametrize(
    ("as_of", "known_at", "reason"),
    [
        (TODAY + timedelta(days=1), None, "AS_OF_IN_FUTURE"),
        (None, NOW + TICK, "KNOWN_TIME_IN_FUTURE"),
    ],
)
def test_what_is_still_to_come_is_refused(as_of: date | None, known_at: datetime | None, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        point_in_history(as_of, known_at, NOW)
    assert refused.value.reason == reason
