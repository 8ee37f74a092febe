"""Simulations and replays as protobuf, and the spans and candidates of requests back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from google.protobuf.json_format import ParseDict
from psmf.rules.v1 import simulations_pb2 as pb

from services.platform.calls.wire import from_date, to_date, to_instant
from services.refusals import invalid, not_found
from services.rules.domain.forecasts.simulation import Simulation
from services.rules.domain.rulebook.model import Rulebook

LONGEST = timedelta(days=10 * 366)
TWO_YEARS = timedelta(days=730)
AFTER_A_DATE = timedelta(days=60)
"""Ours: how long after a date a forecast looks. No rule that ships waits longer before it is raised."""
MOST_VALUES = 100
"""Bounds how long one run takes: every value is tried over everybody's history."""
_RESULT_FIELDS = {"what_if": "what_if", "tuning": "tuning", "replay": "replays"}


def span(request: Any, today: date) -> dict[str, Any]:
    """Return the days to look at, as a simulation keeps them. They default to the two years up to today.

    Raises:
        Refusal: INVALID for days out of order or in the future, and for more than ten years.
    """
    until = from_date(request, "until_date") or today
    since = from_date(request, "since_date") or until - TWO_YEARS
    if not since <= until <= today:
        message = "since_date must not be after until_date, and neither may be in the future."
        raise invalid("SPAN_NOT_IN_ORDER", message, "since_date")
    if until - since > LONGEST:
        raise invalid("SPAN_TOO_LONG", "The span can be ten years at most.", "since_date")
    return {"since": since.isoformat(), "until": until.isoformat(), "as_received": request.as_received}


def candidate(request: pb.SimulateRulebookRequest, rulebook: Rulebook, today: date) -> dict[str, Any]:
    """Return what a what-if of a candidate keeps. `rulebook` is the candidate, loaded from the request's files."""
    return span(request, today) | {
        "after": dict(request.files),
        "after_hash": rulebook.content_hash,
        "as_dated": request.as_dated,
    }


def date_ahead(request: pb.SimulateRulebookRequest, rulebook: Rulebook, today: date) -> dict[str, Any]:
    """Return what a what-if of a date in the rulebook in force keeps: the days from today until some after the date.

    Raises:
        Refusal: INVALID for files beside the date, and for a date that is not ahead or more than ten years ahead.
    """
    on = from_date(request, "on_date") or today
    if request.files or request.HasField("since_date") or request.HasField("until_date"):
        message = "on_date is about the rulebook in force over the days ahead. Leave out files, since_date, until_date."
        raise invalid("DATE_OR_CANDIDATE", message, "on_date")
    if not today < on <= today + LONGEST:
        raise invalid("DATE_NOT_AHEAD", "on_date must be after today, and ten years ahead at most.", "on_date")
    days = {"since": today.isoformat(), "until": (on + AFTER_A_DATE).isoformat(), "on": on.isoformat()}
    return days | {"as_received": request.as_received, "after_hash": rulebook.content_hash}


def tuning(request: pb.TuneParameterRequest, rulebook: Rulebook, today: date) -> dict[str, Any]:
    """Return what a tuning of one parameter of the rulebook in force keeps.

    Raises:
        Refusal: NOT_FOUND for an unknown parameter; INVALID for values off its scale, and for too many.
    """
    parameter = rulebook.parameters.get(request.parameter)
    if parameter is None:
        raise not_found("PARAMETER_NOT_FOUND", "The rulebook in force has no parameter of this name.", "parameter")
    step, (least, most) = request.step or 1, parameter.scale
    if step < 1 or not least <= request.from_value <= request.to_value <= most:
        message = f"Values must rise within the parameter's scale, {least} to {most}, in steps of 1 or more."
        raise invalid("VALUES_OUTSIDE_SCALE", message, "from_value")
    if (request.to_value - request.from_value) // step >= MOST_VALUES:
        raise invalid("TOO_MANY_VALUES", f"At most {MOST_VALUES} values can be tried at once. Widen the step.", "step")
    return span(request, today) | {
        "parameter": request.parameter,
        "from_value": request.from_value,
        "to_value": request.to_value,
        "step": step,
    }


def simulation_message(simulation: Simulation) -> pb.Simulation:
    """Return a simulation with its progress and, once it is done, its result."""
    message = pb.Simulation(
        name=f"simulations/{simulation.simulation_id}",
        kind=f"KIND_{simulation.kind.upper()}",
        state=f"STATE_{simulation.state.upper()}",
        create_time=to_instant(simulation.created_at),
        expire_time=to_instant(simulation.expires_at),
        done=simulation.done,
        total=simulation.total,
        rulebook_hash=simulation.rulebook_hash,
        candidate_hash=simulation.asked.get("after_hash", ""),
        since_date=_day(simulation.asked, "since"),
        until_date=_day(simulation.asked, "until"),
        problem=simulation.problem,
        as_received=simulation.asked.get("as_received", False),
        on_date=_day(simulation.asked, "on"),
    )
    if simulation.result is not None:
        result = getattr(message, _RESULT_FIELDS[simulation.kind])
        ParseDict(dict(simulation.result), result)
        # An empty result is a result: without this, the field would be unset.
        result.SetInParent()
    return message


def _day(asked: Mapping[str, Any], name: str) -> Any:
    text = asked.get(name)
    return to_date(date.fromisoformat(text)) if text else None
