"""`psmf alert snooze` and `resolve` take their own words, and suggest days on which the office is open (doors D20)."""

from datetime import date, timedelta

import pytest
from psmf.notifications.v1 import notifications_pb2 as pb

from services.calendar_days import WorkingCalendar, is_working_day
from services.cli.alert import OUTCOMES, SNOOZE_WORDS, a_week_from
from services.cli.arguments import choose
from services.cli.failure import CommandError
from services.notifications.domain.alert import SNOOZE_REASONS, Lane, outcomes_of
from services.platform.calls.wire import to_word

WORDS = [to_word(pb.AlertReason, number) for number in pb.AlertReason.values() if number]


def test_the_words_are_those_that_the_service_takes() -> None:
    """doors D20: each command names the words of its own method."""
    assert tuple(SNOOZE_REASONS) == SNOOZE_WORDS
    assert set(OUTCOMES) == {word for lane in Lane for word in outcomes_of(lane)}


@pytest.mark.parametrize("own", [SNOOZE_WORDS, OUTCOMES])
@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_another_command_is_refused_with_the_own_ones(own: tuple[str, ...], word: str) -> None:
    """doors D20: no command lists another one's words."""
    if word in own:
        assert choose(pb.AlertReason, word.replace("_", "-"), "--reason", own)
        return
    with pytest.raises(CommandError) as refused:
        choose(pb.AlertReason, word, "--reason", own)
    assert ", ".join(own).replace("_", "-") in str(refused.value)


def test_a_suggested_day_is_one_on_which_the_office_is_open() -> None:
    """doors D20: over two years of days, the suggestion is a working day, a week later or the first after that."""
    for number in range(730):
        day = date(2026, 1, 1) + timedelta(days=number)
        suggested = a_week_from(day)
        assert is_working_day(WorkingCalendar.OFFICE, suggested)
        between = ((day + timedelta(days=7 + n)) for n in range((suggested - day).days - 7))
        assert suggested >= day + timedelta(days=7)
        assert not any(is_working_day(WorkingCalendar.OFFICE, other) for other in between)
