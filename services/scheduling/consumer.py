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
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.handlers.react_to_concern import discuss_concern, withdraw_concern
from services.scheduling.handlers.react_to_membership import add_term, end_membership

NewContext = Callable[[Connection], SchedulingContext]


def from_evidence(new_context: NewContext) -> dict[str, Reaction]:
    """Reactions to what evidence publishes."""

    def appointed(message: Any, context: SchedulingContext) -> None:
        add_term(wire.term(message), tuple(message.areas), context)

    def ended(message: Any, context: SchedulingContext) -> None:
        end_membership(SafeguarderId(message.safeguarder_id), wire.needed_date(message, "end_date"), context)

    return _reactions({evidence.SafeguarderAppointed: appointed, evidence.SafeguarderEnded: ended}, new_context)


def from_rules(new_context: NewContext) -> dict[str, Reaction]:
    """Reactions to what rules publish."""
    reactions: dict[Any, Callable[[Any, SchedulingContext], None]] = {
        rules.ConcernMoved: _moved,
        rules.ConcernRaised: _spoke,
        rules.ConcernUpdated: _spoke,
        rules.ConcernAcknowledged: _taken_on,
        rules.ConcernDismissed: _settled,
        rules.ConcernClosed: _settled,
    }
    return _reactions(reactions, new_context)


def _spoke(message: Any, context: SchedulingContext) -> None:
    # A change of the rulebook alone moves nobody's sessions before a person has taken the matter on (D15.16).
    if not message.quiet:
        _discuss(message, context)


def _taken_on(message: Any, context: SchedulingContext) -> None:
    if message.confirms:
        _discuss(message, context)


def _discuss(message: Any, context: SchedulingContext) -> None:
    discuss_concern(SafeguarderId(message.concern.safeguarder_id), wire.concern(message.concern), context)


def _settled(message: Any, context: SchedulingContext) -> None:
    found = wire.concern(message.concern)
    withdraw_concern(SafeguarderId(message.concern.safeguarder_id), found.concern_id, context)


def _moved(message: Any, context: SchedulingContext) -> None:
    if message.move == CONCERN_MOVE_MERGE:
        _settled(message, context)
    elif message.move == CONCERN_MOVE_REOPEN:
        _discuss(message, context)


def _reactions(
    by_message: dict[Any, Callable[[Any, SchedulingContext], None]], new_context: NewContext
) -> dict[str, Reaction]:
    return {kind.DESCRIPTOR.full_name: _reaction(kind, react_to, new_context) for kind, react_to in by_message.items()}


def _reaction(kind: Any, react_to: Callable[[Any, SchedulingContext], None], new_context: NewContext) -> Reaction:
    def reaction(connection: Connection, event: StoredEvent) -> None:
        react_to(kind.FromString(event.data), new_context(connection))

    return reaction
