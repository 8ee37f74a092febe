"""The supports of a concern, as the register of supports has them (R76, R80; record 1.4).

Evidence keeps the register. A concern follows it and never refuses what it says. Support comes before required action,
so a guard of the concern reads these supports.
"""

from dataclasses import replace

from services.rules.domain.closed_lists import State
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.progress import Progress, Support
from services.rules.domain.concerns.transitions import PRACTICE

_LEADS_TO_SUPPORT = (State.ACKNOWLEDGED, State.IN_SUPPORT, State.ACTION_REVIEW)
"""States that an offer of support leads to support from. A required action goes on beside another offer."""


def follow_support(concern: Concern, support: Support) -> tuple[Move, Concern] | None:
    """Return the concern with a support as the register has it, and the move. None if that changes nothing.

    The newest version of each support holds, in whatever order they come. Nothing changes on a concern that has ended
    or is not about practice, or if the support was spoken of before the concern was reopened: then its support begins
    again.
    """
    known = next((one for one in concern.progress.supports if one.support_id == support.support_id), None)
    if not concern.is_open or concern.answer.lane not in PRACTICE or _is_of_before(concern, support):
        return None
    if known is None:
        return Move.START_SUPPORT, _offered(concern, support)
    if support.version <= known.version:
        return None
    supports = tuple(support if one is known else one for one in concern.progress.supports)
    move = Move.SUPPORT_CHANGED if support.answer is known.answer else Move.ANSWER_SUPPORT
    changed = replace(concern, progress=replace(concern.progress, supports=supports), version=concern.version + 1)
    return move, changed


def _is_of_before(concern: Concern, support: Support) -> bool:
    reopened_on = concern.progress.reopened_day
    return reopened_on is not None and support.discussed_on < reopened_on


def _offered(concern: Concern, support: Support) -> Concern:
    """Return a concern with one more support. From a review of actions it leads back to support.

    The action, its notice and its review then no longer apply, so a new action needs a new notice (R76, R80). They stay
    if the support was spoken of before them: the news of it only came late.
    """
    progress = replace(concern.progress, supports=(*concern.progress.supports, support))
    hold = progress.hold
    stands = hold.stood if hold is not None else concern.state
    if stands in _LEADS_TO_SUPPORT and not _comes_late(progress, support):
        progress = _without_what_applied(progress, stands)
        stands = State.IN_SUPPORT
    if hold is not None:
        progress = replace(progress, hold=replace(hold, stood=stands))
        stands = concern.state
    return replace(concern, state=stands, progress=progress, version=concern.version + 1)


def _without_what_applied(progress: Progress, stands: State) -> Progress:
    """Return the course without notice, action and review.

    A change of approach in the record that was served meanwhile stays: it waits for the answer to this support.
    """
    if progress.approaches and stands is not State.ACTION_REVIEW:
        return progress
    left = tuple(replace(fact, left=True) for fact in progress.approaches)
    return replace(progress, approaches=left, notice=None, action=None, review=None)


def _comes_late(progress: Progress, support: Support) -> bool:
    days = [
        *([progress.notice.served_on] if progress.notice else []),
        *([progress.action.required_on] if progress.action else []),
        *([progress.review.held_on] if progress.review else []),
    ]
    return any(support.discussed_on < day for day in days)
