"""Let a concern follow what people do on its alert: both are one matter, with one owner and one next date.

Rules hold the state. So every act on an alert is answered by an event that says where the concern stands after it, also
where the act came too late to move the concern. The alert then takes that over.
"""

from datetime import datetime

from services.refusals import Refusal
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.domain.concerns import moves
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import CALENDAR, Made, Move
from services.rules.handlers.concerns import ConcernContext
from services.rules.wire.alert_acts import ActOnAlert


def follow_act(act: ActOnAlert, concerns: SqlConcerns, now: datetime) -> None:
    """Move the concern as somebody did on its alert, and say where it stands.

    Whether the move is allowed is judged by the day of the act, because an event may come days later.
    """
    found = _find(act, concerns)
    if found is None:
        return
    concerns.note_act(found, act.at)
    if not _move(found, act, concerns, now):
        concerns.say_where_it_stands(found, now)


def follow_act_of_before(act: ActOnAlert, concerns: SqlConcerns, now: datetime) -> None:
    """Take a concern on for the owner of its alert, where a release that kept the two apart left it with nobody."""
    found = _find(act, concerns)
    if found is None or found.owner or any(made.at >= act.at for made in concerns.moves(found)):
        return
    _move(found, act, concerns, now)


def answer_end_of_before(safeguarder_id: str, concern_id: str, concerns: SqlConcerns, now: datetime) -> None:
    """Say that a concern is open still, where a release that kept the two apart ended its alert."""
    found = concerns.find(concern_id)
    if found is not None and found.safeguarder_id == safeguarder_id and found.is_open:
        concerns.say_where_it_stands(found, now)


def hand_over_concerns(safeguarder_id: str, before: str, after: str, concerns: SqlConcerns, now: datetime) -> None:
    """Give what the support manager before owned to the one after, so that every matter has an owner who sees it."""
    if not before or before == after:
        return
    # No move that follows an alert or an allocation looks at evidence, so facts need no reading by edition.
    context = ConcernContext(concerns, tuple, CALENDAR, now)
    for concern in concerns.of_person(safeguarder_id):
        if concern.is_open and concern.owner == before:
            changed = moves.hand_over(concern, after, context.move_context(concern))
            concerns.make(changed, Made(Move.HAND_OVER, CALENDAR, now, concern.state, changed.state))


def _find(act: ActOnAlert, concerns: SqlConcerns) -> Concern | None:
    found = concerns.find(act.concern_id)
    return found if found is not None and found.safeguarder_id == act.safeguarder_id else None


def _move(found: Concern, act: ActOnAlert, concerns: SqlConcerns, now: datetime) -> bool:
    context = ConcernContext(concerns, tuple, act.person, act.at)
    try:
        changed = act.change(found, context=context.move_context(found))
    except Refusal:
        return False
    made = Made(act.move, act.person, act.at, found.state, changed.state, act.word)
    concerns.make(changed, made, confirms=found.quiet and not changed.quiet, kept_at=now)
    return True
