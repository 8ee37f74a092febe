"""What changed on each action since the papers of the last session with a closed record (R83).

It is worked out from kept versions at two instants: those at which the two papers are frozen. So each change is in one
of them, and papers that are made late say the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.calendar_days import london_today
from services.evidence.domain.plans.action import Action, ActionState
from services.evidence.domain.plans.plan import is_for
from services.evidence.domain.plans.support import Support, SupportState


@dataclass(frozen=True, slots=True)
class Before:
    """The person's plan as it was when the papers before were frozen."""

    instant: datetime
    actions: Sequence[Action]
    supports: Sequence[Support]


@dataclass(frozen=True, slots=True)
class Progress:
    """What changed on one action between two papers."""

    since_on: date
    state: ActionState
    state_before: ActionState | None
    """Where it stood then; None if nobody had proposed it yet."""
    due_before: date | None = None
    """The day on which it was due then, if its day moved since."""
    supports_given: tuple[str, ...] = ()
    """Names of supports for it that were given since."""


def progress_of(action: Action, supports: Iterable[Support], before: Before) -> Progress:
    """Return what changed on an action. `supports`: every support of the person, in the version of now."""
    earlier = next((one for one in before.actions if one.action_id == action.action_id), None)
    had = {support.name for support in before.supports if _is_given(support)}
    given = {one.name for one in supports if _is_given(one) and is_for(one, action)} - had
    moved = earlier is not None and earlier.due_on != action.due_on
    return Progress(
        london_today(before.instant),
        action.state,
        earlier.state if earlier else None,
        earlier.due_on if moved and earlier else None,
        tuple(sorted(given)),
    )


def ended_since(actions: Iterable[Action], before: Before) -> list[Action]:
    """Return actions that were open and have ended since. What was only proposed asked nobody to do anything."""
    ended_before = {action.action_id for action in before.actions if not action.is_live}
    return [
        action
        for action in actions
        if action.opened_on is not None and not action.is_live and action.action_id not in ended_before
    ]


def _is_given(support: Support) -> bool:
    return support.state is SupportState.DELIVERED
