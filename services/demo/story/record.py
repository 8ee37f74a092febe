"""A normal file: two years of evidence from every source, with nothing for a rule to raise.

Each type of source is mapped to its own indicators only, so that no two sources raise a theme by chance.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from services.demo.story.values import Item, Person, Review, Timeliness

YEAR = 365
LATEST, EARLIEST = 20, 310
"""Range of days before today for the items of a year: well inside every window of the rules."""

# The indicator that each type of source usually comments on.
VOICES = {
    "child": "S2.2",
    "parent_or_carer": "S2.1",
    "relevant_person": "S3.2",
    "panel_member": "S1.3",
    "reporter": "S4.6",
    "local_authority": "S2.3",
    "sheriff": "S3.1",
}


class Writer:
    """Writer of items for one person's file, dated in days before today."""

    def __init__(self, person: Person, today: date, rng: random.Random) -> None:
        self.person = person
        self.today = today
        self.rng = rng

    def back(self, days: int) -> date:
        """Return the day that many days ago."""
        return self.today - timedelta(days=days)

    def item(self, kind: str, source: str, days: int, speaks: dict[str, str], **more: Any) -> Item:
        """Return an item that happened that many days ago. An adverse one was shared within a week and answered."""
        happened_on = self.back(days)
        received_on = happened_on + timedelta(days=2)
        answered: dict[str, Any] = {}
        if "concern" in speaks.values():
            answered = {"shared_on": received_on + timedelta(days=3), "replied_on": received_on + timedelta(days=8)}
        return Item(
            safeguarder_id=self.person.safeguarder_id,
            kind=kind,
            source=source,
            happened_on=happened_on,
            received_on=received_on,
            speaks=tuple(speaks.items()),
            **(answered | more),
        )

    def review(self, days: int, speaks: dict[str, str], **lines: Any) -> Item:
        """Return a sampled report that the Team has read."""
        review = Review(**lines)
        return self.item(
            "report_sample_review", "panel_team", days, speaks, review=review, case_reference=self.case_reference()
        )

    def report(self, days: int, days_late: int, extension_agreed: bool = False) -> Item:
        """Return SCRA's record of when a report came. A late one without a further date agreed is a concern."""
        filed_on = self.back(days)
        late = days_late > 0 and not extension_agreed
        return self.item(
            "scra_timeliness",
            "scra",
            days,
            {"S4.1": "concern" if late else "neutral"},
            timeliness=Timeliness(filed_on - timedelta(days=days_late), filed_on, extension_agreed),
            case_reference=self.case_reference(),
        )

    def case_reference(self) -> str:
        """Return an invented reference that belongs to no child."""
        return f"case-{self.rng.getrandbits(40):010x}"


def normal_record(writer: Writer, calm: bool) -> Iterator[Item]:
    """Yield two years of a normal file. A calm one has no single concerns: it is for people with a chapter."""
    for year in (0, 1):
        for item in _year(writer, year, calm):
            if item.happened_on >= writer.person.appointed_on + timedelta(days=21):
                yield item


def _year(writer: Writer, year: int, calm: bool) -> Iterator[Item]:
    rng, shift = writer.rng, year * YEAR

    def days(earliest: int = EARLIEST, latest: int = LATEST) -> int:
        return rng.randint(latest, earliest) + shift

    for earliest, latest in ((150, LATEST), (EARLIEST, 170)):
        yield _plain_review(writer, days(earliest, latest))
        yield writer.item(
            "training_assessment", "training_provider", days(earliest, latest),
            {"S7.2": rng.choice(("neutral", "praise"))}, setting="panel",
        )  # fmt: skip
    yield from _reports(writer, [days() for _ in range(rng.randint(3, 5))], calm)
    yield writer.item("self_assessment", "self", days(), {"S7.2": "neutral", "S5.2": "neutral"}, setting="panel")
    yield writer.item("observation", "panel_team", days(), {"S6.2": "neutral", "S3.3": "neutral"})
    yield from _voices(writer, [days() for _ in range(4)], calm)


def _plain_review(writer: Writer, days: int) -> Item:
    clear = writer.rng.choice(("at", "at", "above"))
    return writer.review(days, {"S1.1": "neutral", "S4.3": "praise" if clear == "above" else "neutral"}, clear=clear)


def _reports(writer: Writer, days: list[int], calm: bool) -> Iterator[Item]:
    """Yield reports on time, sometimes with one late report or one for which a further date was agreed."""
    odd = None if calm else writer.rng.choice((None, None, None, "extension", "late"))
    for place, when in enumerate(days):
        if place == 0 and odd:
            yield writer.report(when, writer.rng.randint(2, 9), extension_agreed=odd == "extension")
        else:
            yield writer.report(when, -writer.rng.randint(0, 6))


def _voices(writer: Writer, days: list[int], calm: bool) -> Iterator[Item]:
    """Yield feedback of those involved. Two sources always speak: for relationships and for independence."""
    sources = ["local_authority", "relevant_person", *writer.rng.sample(sorted(VOICES), 2)]
    for source, when in zip(sources, days, strict=True):
        polarity = "neutral" if calm else writer.rng.choice(("praise",) * 5 + ("neutral",) * 4 + ("concern",))
        kind = "commendation" if polarity == "praise" and source in ("child", "parent_or_carer") else "feedback"
        yield writer.item(kind, source, when, {VOICES[source]: polarity})
