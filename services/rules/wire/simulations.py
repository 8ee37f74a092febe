"""Simulations and replays as protobuf, and the spans and candidates of requests back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from google.protobuf.json_format import ParseDict
from psmf.rules.v1 import simulations_pb2 as pb

from services.platform.calls.wire import from_date, to_date, to_instant, to_word
from services.refusals import invalid, not_found
from services.rules.domain.forecasts.simulation import Simulation
from services.rules.domain.rulebook.model import Rulebook
from services.rules.wire.revisions import content_hash, parameter_change_message

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


def one_candidate(request: pb.SimulateRulebookRequest) -> str:
    """Return which field names the candidate: `files`, `change`, `revision` or `on_date`.

    Raises:
        Refusal: INVALID for none of them, and for more than one.
    """
    named = [field for field in ("change", "on_date") if request.HasField(field)]
    named += [field for field in ("files", "revision") if getattr(request, field)]
    if len(named) > 1 or (named == ["on_date"] and (request.HasField("since_date") or request.HasField("until_date"))):
        message = "Name one candidate: files, change or revision over past days, or on_date over the days ahead."
        raise invalid("DATE_OR_CANDIDATE", message, named[0])
    return named[0] if named else "files"


def candidate(
    request: pb.SimulateRulebookRequest, files: Mapping[str, str], rulebook: Rulebook, today: date
) -> dict[str, Any]:
    """Return what a what-if of a candidate keeps. `rulebook` is the candidate, loaded from `files`."""
    return span(request, today) | {
        "after": dict(files),
        "after_hash": rulebook.content_hash,
        "as_dated": request.as_dated,
    }


def date_ahead(request: pb.SimulateRulebookRequest, rulebook: Rulebook, today: date) -> dict[str, Any]:
    """Return what a what-if of a date in the rulebook in force keeps: the days from today until some after the date.

    Raises:
        Refusal: INVALID for a date that is not ahead or more than ten years ahead.
    """
    on = from_date(request, "on_date") or today
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


def filters(request: pb.ListSimulationsRequest, caller: str) -> dict[str, str]:
    """Return what the columns of a simulation must hold to be listed. Raises Refusal INVALID for a wrong name."""
    asked = {
        "candidate_hash": content_hash(request.revision, "revision") if request.revision else "",
        "kind": to_word(pb.Simulation.Kind, request.kind) if request.kind else "",
        "person": caller if request.mine else "",
    }
    return {column: value for column, value in asked.items() if value}


def simulation_message(simulation: Simulation, *, counts_only: bool = False) -> pb.Simulation:
    """Return a simulation with its progress and, once it is done, its result. `counts_only`: without its lists."""
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
        person=simulation.person,
        change=parameter_change_message(kept) if (kept := simulation.asked.get("change")) else None,
    )
    if simulation.result is not None:
        result = getattr(message, _RESULT_FIELDS[simulation.kind])
        kept_result = simulation.result.items()
        counts = {name: value for name, value in kept_result if not (counts_only and isinstance(value, list))}
        ParseDict(counts, result)
        # An empty result is a result: without this, the field would be unset.
        result.SetInParent()
    return message


def _day(asked: Mapping[str, Any], name: str) -> Any:
    text = asked.get(name)
    return to_date(date.fromisoformat(text)) if text else None
