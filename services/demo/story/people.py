"""150 invented Safeguarders, spread over areas and lengths of service as the real head-counts were."""

import random
import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from services.demo.story.values import YEARS_IN_TERM, Person, years_later

# Head-count by area, freedom-of-information reply published 16 October 2017. 23 areas, 150 people.
HEAD_COUNT = {
    "aberdeen": 9, "angus": 5, "argyll": 1, "ayrshire": 8, "clacks": 3, "dumfries-and-galloway": 3,
    "dunbartonshire": 3, "dundee": 7, "east-lothian": 3, "edinburgh": 19, "falkirk": 3, "fife": 12, "glasgow": 32,
    "highlands-and-islands": 8, "midlothian": 1, "moray": 1, "perthshire": 6, "renfrewshire": 4,
    "scottish-borders": 5, "south-lanarkshire": 6, "stirling": 6, "west-dunbartonshire": 1, "west-lothian": 4,
}  # fmt: skip
# Neighbouring areas that a Safeguarder is likely to serve too. Invented for the demo.
NEIGHBOURS = (
    ("aberdeen", "angus", "dundee", "moray", "highlands-and-islands", "perthshire"),
    ("stirling", "clacks", "perthshire", "dundee", "angus", "aberdeen"),
    ("edinburgh", "midlothian", "east-lothian", "west-lothian", "scottish-borders", "fife"),
    ("falkirk", "west-lothian", "edinburgh", "fife", "midlothian", "east-lothian"),
    ("glasgow", "renfrewshire", "dunbartonshire", "west-dunbartonshire", "south-lanarkshire", "ayrshire", "argyll"),
    ("ayrshire", "dumfries-and-galloway", "south-lanarkshire", "renfrewshire", "glasgow", "argyll"),
)
# Survey of 2017 (99 answers), in proportion: areas served, and years of service.
AREAS_SERVED = {1: 14, 2: 21, 3: 30, 4: 15, 5: 7, 6: 6}
MONTHS_OF_SERVICE = {(16, 36): 27, (37, 60): 11, (61, 84): 10, (85, 120): 12, (121, 170): 39}
WOMEN, MEN = 99, 51
PANEL_BEGAN_ON = date(2013, 6, 24)
NEAR_A_TERM = timedelta(days=45)
T = TypeVar("T")
_IDS = uuid.UUID("0d4f7a52-5c15-5c3e-8a2b-2f61d3b7a1f4")

_WOMEN = (
    "Ailsa", "Aileen", "Beathag", "Catriona", "Effie", "Eilidh", "Elspeth", "Fenella", "Fiona", "Flora", "Greer",
    "Iona", "Isla", "Kirsty", "Mairi", "Morag", "Morven", "Rhona", "Senga", "Shona", "Skye", "Una",
)  # fmt: skip
_MEN = (
    "Alasdair", "Angus", "Blair", "Calum", "Craig", "Donald", "Euan", "Fergus", "Finlay", "Gregor", "Hamish", "Iain",
    "Lachlan", "Magnus", "Murdo", "Ruaridh", "Struan", "Torquil",
)  # fmt: skip
_SURNAMES = (
    "Auchter", "Balnamoon", "Braeside", "Cairnfield", "Corrieburn", "Craigmillar", "Drumlin", "Fernlea", "Glenshiel",
    "Heatherbank", "Invermay", "Kirkbrae", "Larchfield", "Lochend", "Machair", "Muirhouse", "Pentland", "Rowanlea",
    "Strathard", "Thornhill", "Tweedbank", "Whinbrae",
)  # fmt: skip


def invent_people(today: date, seed: int, rng: random.Random) -> list[Person]:
    """Return the people in random order, so that their order says nothing about them."""
    mains = [area for area, count in sorted(HEAD_COUNT.items()) for _ in range(count)]
    total = len(mains)
    how_many = _in_proportion(AREAS_SERVED, total)
    service = _in_proportion(MONTHS_OF_SERVICE, total)
    names = _names(rng)
    for values in (mains, how_many, service):
        rng.shuffle(values)
    return [
        Person(
            safeguarder_id=f"sg-{uuid.uuid5(_IDS, f'{seed}/{number}').hex[:8]}",
            display_name=f"Demo {names[number]}",
            areas=_areas(mains[number], how_many[number], rng),
            term_starts=term_starts(_appointed_on(today, service[number], rng), today),
        )
        for number in range(total)
    ]


def term_starts(appointed_on: date, today: date) -> tuple[date, ...]:
    """Return the first days of successive three-year terms, up to the term that includes today."""
    starts = [appointed_on]
    while years_later(starts[-1], YEARS_IN_TERM) <= today:
        starts.append(years_later(starts[-1], YEARS_IN_TERM))
    return tuple(starts)


def a_start(day: date) -> date:
    """Return a day that every year has: at most the 28th of its month."""
    return day.replace(day=min(day.day, 28))


def _appointed_on(today: date, months: tuple[int, int], rng: random.Random) -> date:
    served = timedelta(days=30 * rng.randint(*months) + rng.randint(0, 29))
    appointed_on = a_start(max(today - served, PANEL_BEGAN_ON))
    # Nobody's term ends within weeks, so that the story still holds when the demo is left running.
    while years_later(term_starts(appointed_on, today)[-1], YEARS_IN_TERM) - today < NEAR_A_TERM:
        appointed_on = a_start(appointed_on + NEAR_A_TERM + timedelta(days=15))
    return appointed_on


def _areas(main: str, how_many: int, rng: random.Random) -> tuple[str, ...]:
    near = [area for group in NEIGHBOURS if main in group for area in group if area != main]
    others = list(dict.fromkeys(near))
    rng.shuffle(others)
    return (main, *others[: how_many - 1])


def _in_proportion(shares: dict[T, int], total: int) -> list[T]:
    """Return `total` values in the given shares. What rounding leaves over goes to the largest remainders."""
    whole = sum(shares.values())
    counts = {value: share * total // whole for value, share in shares.items()}
    by_remainder = sorted(shares, key=lambda value: -(shares[value] * total % whole))
    for value in by_remainder[: total - sum(counts.values())]:
        counts[value] += 1
    return [value for value, count in counts.items() for _ in range(count)]


def _names(rng: random.Random) -> list[str]:
    def some(given: Sequence[str], how_many: int) -> list[str]:
        return rng.sample([f"{first} {last}" for first in given for last in _SURNAMES], how_many)

    names = some(_WOMEN, WOMEN) + some(_MEN, MEN)
    rng.shuffle(names)
    return names
