"""What a version of a development plan holds, and what has to be in it (R106).

Both sides confirm what is planned: strengths, needs, actions, supports, and why something is not there. What is then
done with it is no other plan: that an action is said to be done, or that a support was given.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.calendar_days import london_today
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.plan import is_planned
from services.evidence.domain.plans.strength import Strength
from services.evidence.domain.plans.support import WAITS, Support, SupportState

Part = Strength | Need | Action | Support
_COLLECTIONS: dict[type[Part], str] = {
    Strength: "strengths",
    Need: "needs",
    Action: "actions",
    Support: "supports",
}
_TAKEN_UP = (SupportState.ACCEPTED, SupportState.NOT_DELIVERED, SupportState.DELIVERED)
"""States of a support that the Safeguarder accepted. Which of them it is says what was done, not what is planned."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A need that is carried without an action, and why."""

    need_id: str
    because: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why something is not in a plan, in words that both sides read. A newer word takes the place of the one before."""

    no_strength_because: str = ""
    not_final_because: str = ""
    carried: tuple[Carried, ...] = ()

    def because_of(self, need_id: str) -> str:
        """Return why a need is carried; empty without a reason."""
        return next((each.because for each in self.carried if each.need_id == need_id), "")

    def with_more(self, given: "Reasons") -> "Reasons":
        """Return these reasons with those that are given in their place."""
        carried = {each.need_id: each for each in (*self.carried, *given.carried)}
        return Reasons(
            given.no_strength_because or self.no_strength_because,
            given.not_final_because or self.not_final_because,
            tuple(carried.values()),
        )


@dataclass(frozen=True, slots=True)
class Term:
    """The term whose plan it is."""

    number: int
    starts_on: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a plan, in the version that the plan holds."""

    collection: str
    part_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a version of a plan holds. Two that have the same hash plan the same."""

    hash: str
    entries: tuple[Entry, ...]
    reasons: Reasons = Reasons()
    """Why no strength is named, and why needs are carried. Why the plan is not final is no part of it."""


def contents_of(term: Term, parts: Iterable[Part], reasons: Reasons) -> Contents:
    """Return what the plan of a term holds now: everything but what ended before the term."""
    held = sorted(
        (part for part in parts if _is_live(part) or london_today(part.recorded_at) >= term.starts_on),
        key=lambda part: (_COLLECTIONS[type(part)], part.part_id),
    )
    said = _reasons_in(held, reasons)
    carried = [[each.need_id, each.because] for each in said.carried]
    planned = [term.number, [_planned(part) for part in held], said.no_strength_because, carried]
    text = json.dumps(planned, ensure_ascii=False, separators=(",", ":"))
    entries = tuple(Entry(_COLLECTIONS[type(part)], part.part_id, part.version) for part in held)
    return Contents(hashlib.sha256(text.encode()).hexdigest(), entries, said)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is planned otherwise in one version of a plan than in another, by name."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def difference(before: Iterable[Part], after: Iterable[Part]) -> Difference:
    """Return what differs between the parts of two versions. What was done with a part since is no difference."""
    old, new = ({_name(part): _planned(part) for part in parts} for parts in (before, after))
    changed = sorted(name for name in new.keys() & old.keys() if new[name] != old[name])
    return Difference(tuple(sorted(new.keys() - old.keys())), tuple(changed), tuple(sorted(old.keys() - new.keys())))


def missing(parts: Sequence[Part], reasons: Reasons) -> tuple[str, ...]:
    """Return what a plan lacks before anybody can confirm it, in words. Empty if nothing is missing."""
    actions = [part for part in parts if isinstance(part, Action)]
    open_needs = [part for part in parts if isinstance(part, Need) and part.is_open]
    lacking = sorted(
        need.need_id for need in open_needs if not is_planned(need, actions) and not reasons.because_of(need.need_id)
    )
    no_strength = not reasons.no_strength_because and not any(isinstance(part, Strength) for part in parts)
    return (
        *(["a strength, or why none is named"] if no_strength else []),
        *(f"an action for the need {need_id[:8]}, or why it is carried" for need_id in lacking),
    )


def _is_live(part: Part) -> bool:
    if isinstance(part, Need):
        return part.is_open
    if isinstance(part, Action):
        return part.is_live
    if isinstance(part, Support):
        return part.state in WAITS or part.is_owed
    return True


def _reasons_in(held: Sequence[Part], reasons: Reasons) -> Reasons:
    """Return the reasons that say something about what is held. The others have nothing to explain any more."""
    actions = [part for part in held if isinstance(part, Action)]
    open_needs = {part.need_id for part in held if isinstance(part, Need) and not is_planned(part, actions)}
    is_without = not any(isinstance(part, Strength) for part in held)
    carried = sorted((each for each in reasons.carried if each.need_id in open_needs), key=lambda each: each.need_id)
    return Reasons(reasons.no_strength_because if is_without else "", carried=tuple(carried))


def _name(part: Part) -> str:
    return f"safeguarders/{part.safeguarder_id}/{_COLLECTIONS[type(part)]}/{part.part_id}"


def _planned(part: Part) -> list[object]:
    """Return what of a part is planned, so that what is done with it makes no other plan."""
    if isinstance(part, Action):
        return ["action", part.part_id, _stands(part), part.basis, part.answer, part.due_on.isoformat()]
    if isinstance(part, Support):
        return ["support", part.part_id, *_promised(part)]
    if isinstance(part, Need):
        return ["need", part.part_id, part.state, part.because]
    return ["strength", part.part_id]


def _stands(action: Action) -> str:
    return "open" if action.is_open else action.state.value


def _promised(support: Support) -> list[object]:
    taken_up = support.state in _TAKEN_UP
    supported = support.offer.supported
    for_what = [supported.needs, supported.actions, supported.concerns]
    day = support.promised_on or support.offer.promised_on
    return ["accepted" if taken_up else support.state.value, for_what, day.isoformat() if day else ""]
