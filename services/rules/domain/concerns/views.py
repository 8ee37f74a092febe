"""The Safeguarder's view of a concern, as the record has it (record 1.4).

Evidence keeps the words. A concern follows the view and never refuses what the record says. Once support has started, a
concern is not closed without one, or without knowing that none was given.
"""

from dataclasses import dataclass, replace
from datetime import date

from services.rules.domain.closed_lists import View
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.transitions import STEPS

TAKEN_BACK = "taken_back"
"""The word in the history of a view that a review took back."""


@dataclass(frozen=True, slots=True)
class ViewFact:
    """A version of a view, without words. `on`: the day on which it was given, or on which nobody waited any more."""

    version: int
    view: View | None
    """None: what others had entered was taken back, and nothing took its place."""
    on: date


def follow_view(concern: Concern, said: ViewFact) -> Concern | None:
    """Return the concern with a view as the record has it. None if that changes nothing.

    The newest version holds, in whatever order they come. Nothing changes on a concern that has ended, that is about a
    duty of the Team, or that was reopened since: it needs a view of its own then.
    """
    progress, step = concern.progress, STEPS[Move.RECORD_VIEW]
    fits = concern.state in step.states and concern.answer.lane in step.lanes
    is_of_before = progress.reopened_day is not None and said.on < progress.reopened_day
    if not fits or is_of_before or said.version <= progress.view_version:
        return None
    document = concern.concern_id if said.view is View.GIVEN else ""
    followed = replace(progress, view=said.view, view_document=document, view_version=said.version)
    return replace(concern, progress=followed, version=concern.version + 1)
