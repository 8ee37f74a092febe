"""What scheduling does about other services' events."""

from collections.abc import Callable
from typing import Any

from psmf.evidence.v1 import events_pb2 as evidence
from psmf.rules.v1 import events_pb2 as rules
from psmf.rules.v1.concern_moves_pb2 import CONCERN_MOVE_MERGE, CONCERN_MOVE_REOPEN
from sqlalchemy import Connection

from services.platform.events.inbox import Reaction
from services.platform.events.outbox import StoredEvent
from services.scheduling import wire
from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.handlers.desk import Desk
from services.scheduling.handlers.react_to_concern import discuss_concern, withdraw_concern
from services.scheduling.handlers.react_to_membership import add_term, end_membership

NewDesk = Callable[[Connection], Desk]


def from_evidence(new_desk: NewDesk) -> dict[str, Reaction]:
    """Reactions to what evidence publishes."""

    def appointed(message: Any, desk: Desk) -> None:
        add_term(wire.term(message), tuple(message.areas), desk)

    def ended(message: Any, desk: Desk) -> None:
        end_membership(SafeguarderId(message.safeguarder_id), wire.needed_date(message, "end_date"), desk)

    return _reactions({evidence.SafeguarderAppointed: appointed, evidence.SafeguarderEnded: ended}, new_desk)


def from_rules(new_desk: NewDesk) -> dict[str, Reaction]:
    """Reactions to what rules publish."""
    reactions: dict[Any, Callable[[Any, Desk], None]] = {
        rules.ConcernMoved: _moved,
        rules.ConcernRaised: _spoke,
        rules.ConcernUpdated: _spoke,
        rules.ConcernAcknowledged: _taken_on,
        rules.ConcernDismissed: _settled,
        rules.ConcernClosed: _settled,
    }
    return _reactions(reactions, new_desk)


def _spoke(message: Any, desk: Desk) -> None:
    # A change of the rulebook alone moves nobody's sessions before a person has taken the matter on (D15.16).
    if not message.quiet:
        _discuss(message, desk)


def _taken_on(message: Any, desk: Desk) -> None:
    if message.confirms:
        _discuss(message, desk)


def _discuss(message: Any, desk: Desk) -> None:
    discuss_concern(SafeguarderId(message.concern.safeguarder_id), wire.concern(message.concern), desk)


def _settled(message: Any, desk: Desk) -> None:
    found = wire.concern(message.concern)
    withdraw_concern(SafeguarderId(message.concern.safeguarder_id), found.concern_id, desk)


def _moved(message: Any, desk: Desk) -> None:
    if message.move == CONCERN_MOVE_MERGE:
        _settled(message, desk)
    elif message.move == CONCERN_MOVE_REOPEN:
        _discuss(message, desk)


def _reactions(by_message: dict[Any, Callable[[Any, Desk], None]], new_desk: NewDesk) -> dict[str, Reaction]:
    return {kind.DESCRIPTOR.full_name: _reaction(kind, react_to, new_desk) for kind, react_to in by_message.items()}


def _reaction(kind: Any, react_to: Callable[[Any, Desk], None], new_desk: NewDesk) -> Reaction:
    def reaction(connection: Connection, event: StoredEvent) -> None:
        react_to(kind.FromString(event.data), new_desk(connection))

    return reaction
