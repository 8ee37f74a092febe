"""The Safeguarder's views of concerns, on the page of a development plan."""

from typing import Any

from services.cli.session.reading import Names
from services.client.words import day_of, short, word_of


def view_entry(view: Any, names: Names) -> tuple[str, ...]:
    """Return a view: its concern, where it stands, and the words. No view is never shown as agreement."""
    return short(view.name), names.items.get(view.concern, "concern"), _stands(view, names), view.words


def _stands(view: Any, names: Names) -> str:
    state, asked = word_of(view, "state"), day_of(view, "asked_date")
    if state == "asked":
        return f"{names.person} was asked on {asked} and can answer until {day_of(view, 'answer_due_date')}."
    if state == "given":
        entered = f", entered by {view.entered_by}" if view.entered_by else ""
        return f"{names.person} gave it on {day_of(view, 'given_date')}{entered}."
    if state == "none_given":
        return f"{names.person} was asked on {asked} and gave none. Nothing is taken as agreed."
    return "The concern ended before it was given."
