"""One number of the rulebook with another value from a day on, as policy staff ask for it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.refusals import invalid, not_found
from services.rules.domain.rulebook.model import Parameter, ParameterValue, Rulebook

ORIGINS = ("given", "ours")
FURTHEST_AHEAD = timedelta(days=10 * 366)
"""Ours: how far ahead a value may begin. A day further off is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """A value that a parameter has from a day on."""

    parameter: str
    value: ParameterValue


def with_change(rulebook: Rulebook, change: ParameterChange, today: date) -> Parameter:
    """Return the parameter as the change makes it. A value that is dated later stays, and holds from its day on.

    Raises:
        Refusal: NOT_FOUND for an unknown parameter; INVALID for a value outside its scale, a day that is not ahead or
            has a value, an origin of another word, and a change of nothing.
    """
    parameter = rulebook.parameters.get(change.parameter)
    if parameter is None:
        message = "The rulebook in force has no parameter of this name."
        raise not_found("PARAMETER_NOT_FOUND", message, "change.parameter")
    _check(parameter, change.value, today)
    values = sorted((*parameter.values, change.value), key=lambda value: value.from_on)
    return replace(parameter, values=tuple(values))


def _check(parameter: Parameter, value: ParameterValue, today: date) -> None:
    least, most = parameter.scale
    if not today < value.from_on <= today + FURTHEST_AHEAD:
        message = "The first day must be after today, and ten years ahead at most."
        raise invalid("DATE_NOT_AHEAD", message, "change.from_date")
    if any(other.from_on == value.from_on for other in parameter.values):
        message = "There is already a value from this day on. Choose another day."
        raise invalid("VALUE_ON_THE_DAY", message, "change.from_date")
    if not least <= value.value <= most:
        message = f"The value must be a whole number from {least} to {most}."
        raise invalid("VALUE_OUTSIDE_SCALE", message, "change.value", least=str(least), most=str(most))
    if value.origin not in ORIGINS:
        raise invalid("ORIGIN_UNKNOWN", "The origin is given or ours.", "change.origin")
    held = parameter.in_force(value.from_on)
    if held is not None and (held.value, held.origin) == (value.value, value.origin):
        message = f"The value is {value.value} from that day on already."
        raise invalid("VALUE_AS_BEFORE", message, "change.value", value=str(value.value))


def masked_until(before: Rulebook, after: Rulebook) -> date | None:
    """Return the last day from which a number differs that both rulebooks have alike again later; None if none does.

    A comparison of the last numbers of both would show nothing of such a change.
    """
    masked = []
    for name, parameter in after.parameters.items():
        old = before.parameters.get(name)
        if old is None or old == parameter or old.values[-1].value != parameter.values[-1].value:
            continue
        days = {value.from_on for value in (*old.values, *parameter.values)}
        masked += [day for day in days if _value_on(old, day) != _value_on(parameter, day)]
    return max(masked, default=None)


def _value_on(parameter: Parameter, day: date) -> int | None:
    found = parameter.in_force(day)
    return found.value if found else None
