"""Entries of a timeline stand in one order over all services, and a page begins after any of them."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from psmf.platform.v1 import timeline_pb2 as pb

from services.client.file.timeline import merged
from services.platform.calls.timeline import Wanted, after_place, entry, page_of
from services.refusals import Refusal

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def some(choices: random.Random, number: int) -> list[pb.TimelineEntry]:
    """Return entries of one service. Many fall on one day, some in one instant, and some have none."""
    made = []
    for each in range(number):
        at = NOON + timedelta(minutes=choices.randrange(4), days=choices.randrange(3))
        day = at.date() - timedelta(days=choices.randrange(2))
        made.append(
            entry("item_shared", f"{choices.random()}/{each}", "feedback", on=day, at=choices.choice([at, None]))
        )
    return made


@pytest.mark.parametrize("seed", range(20))
def test_pages_merged_from_several_services_hold_each_entry_once_in_order(seed: int) -> None:
    choices = random.Random(seed)
    services = [some(choices, choices.randrange(12)) for _ in range(4)]
    most, place = choices.randrange(1, 6), ""
    read: list[pb.TimelineEntry] = []
    while True:
        answers = []
        for entries in services:
            found, more = page_of(entries, place, most)
            answers.append(pb.ListTimelineEntriesResponse(entries=found, next_place=more))
        page = merged(answers, most)
        read += page.entries
        place = page.next_place
        if not place:
            break
    everything = [one for entries in services for one in entries]
    assert sorted(one.name for one in read) == sorted(one.name for one in everything)
    assert all(one.place > other.place for one, other in pairwise(read))


def test_the_day_in_scotland_comes_first_and_then_the_instant() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # it is July in Scotland
    assert entry("item_read", "a", "feedback", at=late).place.startswith("2026-07-01.")
    earlier_day = entry("item_read", "a", "feedback", on=date(2026, 11, 1), at=NOON)
    unknown, known = entry("item_read", "b", "feedback", on=NOON.date()), entry("item_read", "c", "feedback", at=NOON)
    assert sorted([known, earlier_day, unknown], key=lambda one: one.place) == [earlier_day, unknown, known]


def test_an_entry_without_a_day_and_an_instant_has_no_place() -> None:
    with pytest.raises(ValueError, match="no day"):
        entry("item_read", "a", "feedback")


@pytest.mark.parametrize(
    "token", ["x", "2026-11-02", "2026-11-02.5.abc", f"{entry('away', 'a', 'away', at=NOON).place}x"]
)
def test_a_token_that_is_the_place_of_no_entry_is_refused(token: str) -> None:
    with pytest.raises(Refusal) as refused:
        after_place(token)
    assert (refused.value.reason, refused.value.field) == ("PLACE_NOT_VALID", "after_place")


def test_a_service_that_does_not_answer_is_named_and_the_rest_stands() -> None:
    (known,) = some(random.Random(1), 1)
    page = merged([pb.ListTimelineEntriesResponse(entries=[known])], 50, ["rules"])
    assert (page.entries, page.next_place, page.silent) == ((known,), "", ("rules",))


def test_a_filter_holds_no_entry_that_lacks_its_word() -> None:
    about = ("item_recorded", "a", "feedback")
    one = entry(*about, at=NOON, standards=["S2", "S4"], source="reporter", polarities=["concern"])
    assert Wanted("S2", "reporter", "feedback", "concern").holds(one)
    for wanted in (Wanted(standard="S1"), Wanted(source="child"), Wanted(kind="matter"), Wanted(polarity="praise")):
        assert not wanted.holds(one)
        assert not wanted.holds(entry("away", "a", "away", at=NOON))
