"""The versions of a development plan in words: who confirmed which, and who is awaited. No answer is no agreement."""

from collections.abc import Iterator
from typing import Any

from services.cli.session.reading import Names
from services.client.lines import folded, labelled
from services.client.words import day_of, london_time, word_of

DIGITS = 8
"""Characters of an etag that people type."""


def read_as(plan: Any) -> str:
    """Return how people name the plan that they read when they confirm it."""
    return str(plan.etag[:DIGITS])


def version_lines(plan: Any, names: Names, width: int) -> Iterator[str]:
    """Yield the lines about the version of a plan: what is in force, who is awaited, and what is missing.

    Before the first term nobody confirms a plan, so there are none.
    """
    if plan.HasField("shown"):
        said = f"{plan.shown.number}, of term {plan.shown.term}. {version_stands(plan.shown, names)}"
        yield labelled("Version", said, width)
        return
    if not plan.term:
        return
    yield labelled("Version", " ".join(_stands(plan, names)), width)
    for missing in plan.missing:
        yield labelled("Missing", f"{missing}.", width)
    if plan.no_strength_because:
        yield labelled("No strength", f"because: {plan.no_strength_because}", width)
    if plan.not_final_because:
        yield labelled("Not final", f"because: {plan.not_final_because}", width)
    yield labelled("Read as", read_as(plan), width)


def _stands(plan: Any, names: Names) -> Iterator[str]:
    if plan.HasField("in_force"):
        yield f"{plan.in_force.number}, of term {plan.term}. {version_stands(plan.in_force, names)}"
    else:
        yield f"None of term {plan.term} is in force."
    if plan.HasField("awaited"):
        yield f"Version {plan.awaited.number}: {version_stands(plan.awaited, names)}"
    elif plan.HasField("in_force") and not plan.is_in_force:
        yield "The plan has changed since. Both sides can confirm it as it stands."


def version_stands(version: Any, names: Names) -> str:
    """Return where a version stands, and who confirmed it."""
    state = word_of(version, "state")
    if state == "awaited":
        return _awaited(version, names)
    if state == "overtaken":
        return f"The plan changed before both sides had confirmed it. {_confirmed(version, names)}"
    since = f"since {_day(version, 'in_force_time')}" if version.HasField("in_force_time") else ""
    if state == "in_force":
        return f"In force {since}. {_confirmed(version, names)}"
    if not since:
        return f"It was never in force. {_confirmed(version, names)}"
    over = "a newer version took its place" if state == "replaced" else "its term is over"
    return f"It was in force {since}, and {over}. {_confirmed(version, names)}"


def _awaited(version: Any, names: Names) -> str:
    if version.HasField("safeguarder_confirm_time"):
        return f"{_confirmed(version, names)} The support manager is awaited."
    until = f" {names.person} can confirm it until {day_of(version, 'answer_due_date')}."
    return f"{_confirmed(version, names)}{until if version.HasField('answer_due_date') else ''}"


def _confirmed(version: Any, names: Names) -> str:
    by_manager = version.HasField("support_manager_confirm_time")
    if by_manager and version.HasField("safeguarder_confirm_time"):
        return "Both sides confirmed it."
    if version.no_answer:
        return f"{names.person} gave no answer. Nothing is taken as agreed."
    return f"{'The support manager' if by_manager else names.person} confirmed it."


def _day(version: Any, field: str) -> str:
    return london_time(getattr(version, field)).rpartition(" ")[0]


def history_text(versions: Any, names: Names, width: int) -> str:
    """Return every version of a plan, the newest first."""
    lines = [folded(f"Versions of the development plan · {names.person} ({names.known})", width)]
    for version in versions:
        said = f"term {version.term} · {version_stands(version, names)}"
        lines.append(folded(said, width, f"  {version.number}  ", "     "))
    return "\n".join(lines)
