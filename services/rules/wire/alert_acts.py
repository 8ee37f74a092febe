"""Acts on alerts, from the events of notifications, as moves of their concerns."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from psmf.notifications.v1 import events_pb2, notifications_pb2

from services.platform.calls.wire import from_date, from_instant, to_word
from services.rules.domain.concerns import moves
from services.rules.domain.concerns.concern import Concern, Reason
from services.rules.domain.concerns.history import Move

_ENDS: dict[int, tuple[Move, Any, Reason]] = {
    notifications_pb2.ALERT_REASON_EXPLAINED: (Move.DISMISS, moves.dismiss, Reason.EXPLAINED),
    notifications_pb2.ALERT_REASON_GAP_FILLED: (Move.CLOSE, moves.close, Reason.GAP_FILLED),
    notifications_pb2.ALERT_REASON_PRAISE_ACKNOWLEDGED: (Move.CLOSE, moves.close, Reason.ACKNOWLEDGED_IN_SESSION),
}
"""What the outcome of an alert does to its concern. Every other outcome leaves the concern open until its next date."""


@dataclass(frozen=True, slots=True)
class ActOnAlert:
    """What somebody did on the alert of a concern, as a move of the concern."""

    safeguarder_id: str
    concern_id: str
    person: str
    at: datetime
    move: Move
    word: str
    change: partial[Concern]


def act_on_alert(message: Any) -> ActOnAlert | None:
    """Return what somebody did on an alert; None if the event says of no act, or the alert is of no concern."""
    if not (message.HasField("act") and message.concern_id):
        return None
    at = from_instant(message.act.time, "act.time")
    move, word, change = _move(message, at)
    return ActOnAlert(message.safeguarder_id, message.concern_id, message.act.person, at, move, word, change)


def taken_on_before(message: Any, at: datetime) -> ActOnAlert | None:
    """Return that an owner took on an alert in a release that did not say who acted; None if the event is not that."""
    next_on = from_date(message, "next_date")
    if message.HasField("act") or message.follows or not message.concern_id or not message.owner or next_on is None:
        return None
    change = partial(moves.acknowledge, owner=message.owner, next_on=next_on)
    ids = (message.safeguarder_id, message.concern_id)
    return ActOnAlert(*ids, message.owner, at, Move.ACKNOWLEDGE, "", change)


def _move(message: Any, at: datetime) -> tuple[Move, str, partial[Concern]]:
    if isinstance(message, events_pb2.AlertResolved) and message.outcome in _ENDS:
        move, change, reason = _ENDS[message.outcome]
        return move, reason, partial(change, reason=reason, now=at)
    taken = {"owner": message.owner, "next_on": from_date(message, "next_date")}
    if isinstance(message, events_pb2.AlertAcknowledged):
        return Move.ACKNOWLEDGE, "", partial(moves.acknowledge, **taken)
    number = message.reason if isinstance(message, events_pb2.AlertSnoozed) else message.outcome
    return Move.SNOOZE, to_word(notifications_pb2.AlertReason, number), partial(moves.snooze, **taken)
