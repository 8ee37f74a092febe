"""The pages that say what went wrong, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.console.days import clock_time
from services.console.failures import KEPT, Failure, ServiceAway
from services.console.views.form import Hidden
from services.console.views.heading import Heading, Link
from services.console.words import words


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was not answered, as it was sent. `words` are those that somebody typed, to be read or copied."""

    address: str
    fields: tuple[Hidden, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailureView:
    """What went wrong. `reference` is the id of a trace in groups of four, for the person who is told of it."""

    heading: Heading
    says: tuple[str, ...]
    contact: str = ""
    reference: str = ""
    on: Link | None = None
    """Where to go on; None where the next step is on another page that the reader has open."""
    kept: KeptForm | None = None
    """What was typed, where a form was sent. A page keeps it as it was typed."""
    signs_in: bool = False
    """Whether the reader signs in, in another tab, before the form is sent again."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What went wrong. `kept`: the form that was sent. `ended`: when the session was over, if one was."""

    failure: Failure
    problem: Exception
    kept: KeptForm | None = None
    ended: datetime | None = None


def build(failed: Failed, now: datetime, contact: str, trace: str) -> FailureView:
    """Return the page for a failure. It holds nothing of the problem but the name of a service that is away."""
    how, problem = failed.failure, failed.problem
    kept = failed.kept if how.words in KEPT else None
    said = words("failure")[how.words]
    service = problem.service if isinstance(problem, ServiceAway) else ""
    name = words("layout")["services"].get(service, words("layout")["services"]["any"])
    lines = [*said["says"]] if kept is None else [*said["kept"], words("failure")["kept"]]
    if failed.ended is not None:
        lines.insert(0, words("failure")["ended"].format(ended=clock_time(failed.ended)))
    says = tuple(line.format(service=name, time=clock_time(now)) for line in lines)
    reference = " ".join(trace[place : place + 4] for place in range(0, len(trace), 4)) if how.status == 500 else ""
    return FailureView(
        Heading(said["h1"], said["h1"]),
        says,
        contact if said.get("contact") else "",
        reference,
        _on(said) if kept is None else None,
        kept,
        signs_in=kept is not None and how.words == "signed_out",
    )


def kept_form(address: str, form: Mapping[str, str]) -> KeptForm | None:
    """Return a form as it was sent; None if it had no field."""
    if not form:
        return None
    fields = tuple(Hidden(name, value) for name, value in form.items())
    return KeptForm(address, fields, typed_in(form))


def typed_in(form: Mapping[str, str]) -> tuple[str, ...]:
    """Return what somebody typed in a form that was sent: texts of more than one word."""
    return tuple(value for value in form.values() if len(value.split()) > 1)


def nobody_chosen() -> FailureView:
    """Return the page for a person whom the demo does not know."""
    said = words("failure")["nobody_chosen"]
    return FailureView(Heading(said["h1"], said["h1"]), tuple(said["says"]), on=_on(said))


def signed_out_here(now: datetime) -> FailureView:
    """Return the page for somebody who signs out while the issuer is away."""
    said = words("failure")["signed_out_here"]
    says = tuple(line.format(time=clock_time(now)) for line in said["says"])
    return FailureView(Heading(said["h1"], said["h1"]), says, on=_on(said))


def _on(said: Mapping[str, Any]) -> Link | None:
    return Link(said["on"]["text"], said["on"]["href"]) if "on" in said else None
