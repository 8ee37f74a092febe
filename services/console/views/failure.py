"""The pages that say what went wrong, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.console.days import clock_time
from services.console.failures import Failure, ServiceAway
from services.console.views.heading import Heading, Link
from services.console.words import words


@dataclass(frozen=True, slots=True)
class FailureView:
    """What went wrong. `reference` is the id of a trace in groups of four, for the person who is told of it."""

    heading: Heading
    says: tuple[str, ...]
    contact: str = ""
    reference: str = ""
    on: Link | None = None
    """Where to go on; None where the next step is on another page that the reader has open."""


def build(failed: Failure, problem: Exception, now: datetime, contact: str, trace: str) -> FailureView:
    """Return the page for a failure. It holds nothing of the problem but the name of a service that is away."""
    said = words("failure")[failed.words]
    service = problem.service if isinstance(problem, ServiceAway) else ""
    name = words("layout")["services"].get(service, words("layout")["services"]["any"])
    says = tuple(line.format(service=name, time=clock_time(now)) for line in said["says"])
    reference = " ".join(trace[place : place + 4] for place in range(0, len(trace), 4)) if failed.status == 500 else ""
    heading = Heading(said["h1"], said["h1"])
    return FailureView(heading, says, contact if said.get("contact") else "", reference, _on(said))


def nobody_chosen() -> FailureView:
    """Return the page for a person whom the demo does not know."""
    said = words("failure")["nobody_chosen"]
    return FailureView(Heading(said["h1"], said["h1"]), tuple(said["says"]), on=_on(said))


def _on(said: Mapping[str, Any]) -> Link | None:
    return Link(said["on"]["text"], said["on"]["href"]) if "on" in said else None
