"""Which services answer now, and what people can't do while one doesn't."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.console.days import clock_time
from services.console.views.heading import Heading
from services.console.words import words


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service: what it does, and what its silence means. `means` is empty while it answers."""

    name: str
    stands: str
    means: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """The page."""

    heading: Heading
    lead: str
    rows: tuple[ServiceRow, ...]


def build(answers: Mapping[str, bool], now: datetime) -> StatusView:
    """Return the page. `answers`: whether each service answered."""
    said, about = words("about")["status"], words("about")
    silent = sum(not answered for answered in answers.values())
    time = clock_time(now)
    lead = said["all_well"] if not silent else said["one_silent" if silent == 1 else "some_silent"].format(n=silent)
    names = words("layout")["services"]
    return StatusView(
        heading=Heading(said["h1"], f"{said['h1']} - {about['section']}", "status"),
        lead=lead.format(time=time),
        rows=tuple(
            ServiceRow(
                names[service],
                said["answers" if answered else "silent"].format(time=time),
                "" if answered else said["means"][service],
            )
            for service, answered in answers.items()
        ),
    )
