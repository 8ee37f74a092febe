"""Recognition of a need, an action or a support that is entered twice (P17).

It comes twice by a second click, from another person, or as a report of what is in the plan already. Kept twice, one
action that is not met counts as two, and the Team owes one support twice. Nobody can tell for certain what is the same,
so the caller may say that they mean another one.
"""

from collections.abc import Iterable

from services.evidence.domain.plans.action import Action, ActionState
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.plans.support import WAITS, Support
from services.refusals import conflict

_ANOTHER = "If this is another one, set `again` (on the command line: --again)."
_UNDONE = (ActionState.WITHDRAWN, ActionState.REPLACED)
"""States in which an action left room for the same one."""


def check_need(need: Need, known: Iterable[Need]) -> None:
    """Refuse NEED_ON_FILE if an open need of the same standard says the same, or rests on the same item.

    One concern may show two needs of a standard, so it makes no need the same. A need that Safeguarders name themselves
    never counts against them, so it is another one than what others name.
    """
    for other in known:
        if other.is_open and _same_need(need, other):
            message = f"A need of this standard, with these words or on the same item, is in the plan. {_ANOTHER}"
            name = f"safeguarders/{other.safeguarder_id}/needs/{other.need_id}"
            raise conflict("NEED_ON_FILE", message, "standard", on_file=name)


def check_action(action: Action, known: Iterable[Action]) -> None:
    """Refuse ACTION_ON_FILE if the same is to be done, by the same side, on the same day or in the same words.

    One that has ended is the same only by its day: what was done once may be done again. `replaces` names one that is
    meant to be the same.
    """
    for other in known:
        if other.action_id != action.proposal.replaces and _same_action(action, other):
            message = "An action of this kind, subject and owner, with this day or in these words, is in the plan."
            raise conflict("ACTION_ON_FILE", f"{message} {_ANOTHER}", "kind", on_file=other.name)


def check_support(support: Support, known: Iterable[Support]) -> None:
    """Refuse SUPPORT_ON_FILE if a support of this kind for the same was spoken of on this day, or still waits.

    One that still waits is another if both have words and they differ, such as two modules.
    """
    for other in known:
        if _same_support(support, other):
            message = f"A support of this kind for the same, of this day or in these words, is in the plan. {_ANOTHER}"
            raise conflict("SUPPORT_ON_FILE", message, "supported", on_file=other.name)


def _same_need(need: Need, other: Need) -> bool:
    one, two = need.named, other.named
    theirs = [each.raised_by is Side.SAFEGUARDER for each in (need, other)]
    if one.standard != two.standard or theirs[0] != theirs[1]:
        return False
    return not set(one.evidence).isdisjoint(two.evidence) or _bare(one.words) == _bare(two.words)


def _same_action(action: Action, other: Action) -> bool:
    one, two = action.proposal, other.proposal
    indicators = {one.indicator, two.indicator} - {""}
    if (one.kind, one.standard, one.owner) != (two.kind, two.standard, two.owner) or len(indicators) > 1:
        return False
    same_day = one.due_on in {due.day for due in other.due_days}
    if not other.is_live:
        return same_day and other.state not in _UNDONE
    return same_day or (_bare(one.aim), _bare(one.measure)) == (_bare(two.aim), _bare(two.measure))


def _same_support(support: Support, other: Support) -> bool:
    one, two = support.offer, other.offer
    for_the_same = any(
        set(these) & set(those)
        for these, those in (
            (one.supported.needs, two.supported.needs),
            (one.supported.actions, two.supported.actions),
            (one.supported.concerns, two.supported.concerns),
        )
    )
    if one.kind is not two.kind or not for_the_same:
        return False
    words = {_bare(one.words), _bare(two.words)} - {""}
    return one.discussed_on == two.discussed_on or (other.state in WAITS and len(words) < 2)


def _bare(words: str) -> str:
    """Return words without what a second typing changes: case, spaces, and the stop at the end."""
    return " ".join(words.casefold().split()).rstrip(".")
