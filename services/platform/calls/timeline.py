"""Entries of a timeline, as every service makes them, and where they stand among those of all services."""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from psmf.platform.v1 import timeline_pb2 as pb

from services.platform.calls.wire import from_instant, to_date, to_instant
from services.platform.clock import LONDON
from services.platform.storage.database import to_micros
from services.refusals import invalid

_PLACE = re.compile(r"\d{4}-\d{2}-\d{2}\.\d{17}\.[0-9a-f]{12}")


class TimelinePart(NamedTuple):
    """What one method shows, as entries of a timeline.

    `method`: as `{package}.{Service}/{Method}`. Who may not call it gets none of these entries.
    """

    method: str
    read: Callable[[str], Iterable[pb.TimelineEntry]]
    """Reads the entries about one person, given by resource name. It is asked in the call of the reader."""


def entry(
    what: str, name: str, kind: str, *, on: date | None = None, at: datetime | Any = None, **fields: Any
) -> pb.TimelineEntry:
    """Return an entry. `what`: the word of the closed list, such as `item_shared`.

    `at`: when it was recorded, as a datetime or as a message has it; None where no record says so. `on`: the day it
    happened. Without it, that is the day in Scotland on which it was recorded.

    Raises:
        ValueError: there is neither a day nor an instant, so that it has no place in order of time.
    """
    recorded = at if at is None or isinstance(at, datetime) else from_instant(at)
    day = on or (recorded.astimezone(LONDON).date() if recorded else None)
    if day is None:
        raise ValueError(f"{what} has no day")
    made = pb.TimelineEntry(
        name=name,
        what=f"WHAT_{what.upper()}",
        kind=kind,
        event_date=to_date(day),
        record_time=to_instant(recorded) if recorded else None,
        **fields,
    )
    micros = to_micros(recorded) if recorded else 0
    # A number within the instant. It must be the same at each reading, or a page would repeat or skip an entry.
    tie = hashlib.sha256(f"{what} {name} {made.word}".encode()).hexdigest()[:12]
    made.place = f"{day.isoformat()}.{micros:017d}.{tie}"
    return made


def after_place(place: str) -> str:
    """Return the place after which a page begins; empty for the newest.

    It is bound to no service and to no filter, so that one place leads on in all of them.

    Raises:
        Refusal: INVALID if it is not the place of an entry.
    """
    if place and not _PLACE.fullmatch(place):
        message = "This is not the place of an entry. Start without one."
        raise invalid("PLACE_NOT_VALID", message, "after_place")
    return place


class Wanted(NamedTuple):
    """What a timeline is limited to. Empty: no limit."""

    standard: str = ""
    source: str = ""
    kind: str = ""
    polarity: str = ""

    def holds(self, one: pb.TimelineEntry) -> bool:
        """Return whether an entry has every word that is asked for. One that has no such word is left out."""
        return (
            (not self.standard or self.standard in one.standards)
            and self.source in ("", one.source)
            and self.kind in ("", one.kind)
            and (not self.polarity or self.polarity in one.polarities)
        )


def page_of(entries: Iterable[pb.TimelineEntry], after: str, most: int) -> tuple[list[pb.TimelineEntry], str]:
    """Return the newest entries after a place, and the place of the last one if there are more."""
    later = {one.place: one for one in entries if not after or one.place < after}
    found = [later[place] for place in sorted(later, reverse=True)[: most + 1]]
    return found[:most], found[most - 1].place if len(found) > most else ""
