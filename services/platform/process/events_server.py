"""The operator's calls about events: list and settle dead letters, and have an outbox sent again."""

import re
from collections.abc import Mapping
from typing import Any

from psmf.platform.v1 import events_pb2 as pb
from psmf.platform.v1 import events_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands
from services.platform.calls.pages import LARGEST_SIZE, page_size, page_token, read_page_token
from services.platform.calls.wire import to_instant
from services.platform.events.inbox import Inbox
from services.platform.events.inbox_tables import CONFLICT, DEAD, DROPPED, UNKNOWN_TYPE, WAITS, done_with
from services.platform.events.outbox import head_position, published
from services.platform.events.places import differing, origin_read, places, position_read, unread
from services.platform.kafka.relay import send_again
from services.platform.storage.database import Database, execute, from_micros
from services.refusals import invalid, not_found, precondition

_FIELDS = "event_id, source, type, key, key_sequence, state, reason, set_aside_at"
_LIST = f"SELECT {_FIELDS} FROM dead_letter ORDER BY set_aside_at, key, key_sequence LIMIT ?"  # noqa: S608
_FIND = f"SELECT {_FIELDS} FROM dead_letter WHERE event_id = ?"  # noqa: S608
_STATE = "UPDATE dead_letter SET state = ?, reason = ? WHERE event_id = ?"
_WORD = re.compile(r"[A-Za-z0-9_]{1,60}")


class EventsServer(events_pb2_grpc.EventsServiceServicer):
    """The EventsService of one service, on its inbox and its outbox."""

    def __init__(self, database: Database, commands: Commands, inboxes: Mapping[str, Inbox], by_kafka: bool) -> None:
        self._database = database
        self._commands = commands
        self._inboxes = inboxes
        self._by_kafka = by_kafka

    def ListDeadLetters(self, request: pb.ListDeadLettersRequest, context: Any) -> pb.ListDeadLettersResponse:
        """Return the dead letters, oldest first."""
        with self._database.read() as connection:
            rows = execute(connection, _LIST, (page_size(request.page_size),)).fetchall()
        return pb.ListDeadLettersResponse(dead_letters=[_letter(row) for row in rows])

    def RetryDeadLetter(self, request: pb.RetryDeadLetterRequest, context: Any) -> pb.DeadLetter:
        """Let an event wait for its turn again, then apply all events whose turn has come."""

        def work(connection: Connection) -> pb.DeadLetter:
            letter = _dead(connection, request.event_id)
            _check_may_be_applied(letter)
            execute(connection, _STATE, (WAITS, letter.reason, letter.event_id))
            return letter

        letter = self._commands.run(request, pb.DeadLetter, work)
        # After the command, not inside it, because it applies events in transactions of their own.
        if not request.validate_only:
            self._inboxes[letter.source].resume()
            letter = self._now(letter)
        return letter

    def DropDeadLetter(self, request: pb.DropDeadLetterRequest, context: Any) -> pb.DeadLetter:
        """Drop an event, then apply the events that waited behind it."""
        if not _WORD.fullmatch(request.reason):
            raise invalid("REASON_NOT_A_WORD", "The reason must be one word of letters, digits and _.", "reason")

        def work(connection: Connection) -> pb.DeadLetter:
            letter = _dead(connection, request.event_id, or_unknown=True)
            # The source never published an event under a number that was taken, so no ledger may count it.
            reason = f"{CONFLICT}_{request.reason}"[:60] if letter.reason == CONFLICT else request.reason
            execute(connection, _STATE, (DROPPED, reason, letter.event_id))
            if letter.key_sequence:
                place = (letter.event_id, letter.key, letter.key_sequence)
                self._inboxes[letter.source].pass_over(connection, *place, letter.reason)
            letter.state, letter.reason = DROPPED, reason
            return letter

        letter = self._commands.run(request, pb.DeadLetter, work)
        if not request.validate_only:
            self._inboxes[letter.source].resume()
        return letter

    def AcceptSource(self, request: pb.AcceptSourceRequest, context: Any) -> pb.AcceptSourceResponse:
        """Give up the database of a source that was read, and read the one it has now from the first event."""
        self._check_read(request.source)

        def work(connection: Connection) -> pb.AcceptSourceResponse:
            count = done_with(connection, request.source)
            self._inboxes[request.source].origins.accept(connection)
            return pb.AcceptSourceResponse(applied=count)

        return self._commands.run(request, pb.AcceptSourceResponse, work)

    def ListPlaces(self, request: pb.ListPlacesRequest, context: Any) -> pb.ListPlacesResponse:
        """Return how far a source was read, key by key, in the order of the keys."""
        self._check_read(request.source)
        source, most = request.source, page_size(request.page_size)
        after = read_page_token(request.page_token, source)
        with self._database.read() as connection:
            found = places(connection, source, str(after[0]) if after else "", most + 1)
            more = len(found) > most
            return pb.ListPlacesResponse(
                places=found[:most],
                next_page_token=page_token([found[most - 1].key], source) if more else "",
                origin=origin_read(connection, source),
                position=position_read(connection, source),
                done=done_with(connection, source),
            )

    def CheckPlaces(self, request: pb.CheckPlacesRequest, context: Any) -> pb.CheckPlacesResponse:
        """Return those places of a reader where this service has published another event, or none."""
        if len(request.places) > LARGEST_SIZE:
            raise invalid("TOO_MANY_AT_ONCE", f"places has more than {LARGEST_SIZE} entries. Ask in parts.", "places")
        with self._database.read() as connection:
            return pb.CheckPlacesResponse(
                differing=differing(connection, request.places),
                published=published(connection),
                unread=unread(connection, request.position),
            )

    def RepublishEvents(self, request: pb.RepublishEventsRequest, context: Any) -> pb.RepublishEventsResponse:
        """Have the relay send again everything after a position."""
        if not self._by_kafka:
            message = "This service sends its events to no topic. With the feed, each reader keeps its own position."
            raise precondition("NO_TOPIC", message)

        def work(connection: Connection) -> pb.RepublishEventsResponse:
            send_again(connection, request.after_position)
            # All of them are counted already. Commits would wait while the whole outbox is counted here (F11).
            events = unread(connection, request.after_position) if request.after_position else published(connection)
            return pb.RepublishEventsResponse(events=events, last_position=head_position(connection))

        return self._commands.run(request, pb.RepublishEventsResponse, work)

    def _check_read(self, source: str) -> None:
        if source not in self._inboxes:
            known = ", ".join(sorted(self._inboxes))
            raise invalid("NO_SUCH_SOURCE", f"This service does not read that source. It reads: {known}.", "source")

    def _now(self, letter: pb.DeadLetter) -> pb.DeadLetter:
        with self._database.read() as connection:
            row = execute(connection, _FIND, (letter.event_id,)).fetchone()
        if row is not None:
            return _letter(row)
        letter.state = "applied"
        return letter


def _check_may_be_applied(letter: pb.DeadLetter) -> None:
    if not letter.key_sequence:
        message = "This record is not one of our events, so it can never be applied. Drop it."
        raise precondition("NOT_AN_EVENT", message, "event_id")
    if letter.reason == CONFLICT:
        message = "Another event has the number of this one. Drop this one, or accept the source."
        raise precondition("NUMBER_TAKEN", message, "event_id")


def _dead(connection: Connection, event_id: str, *, or_unknown: bool = False) -> pb.DeadLetter:
    row = execute(connection, _FIND, (event_id,)).fetchone()
    if row is None:
        raise not_found("NOT_SET_ASIDE", "There is no dead letter with this event id.", "event_id")
    letter = _letter(row)
    is_unknown = letter.state == WAITS and letter.reason == UNKNOWN_TYPE
    if letter.state != DEAD and not (or_unknown and is_unknown):
        message = "The event waits for an earlier event of its key, or was dropped. Settle the earlier one."
        raise precondition("NOT_DEAD", message, "event_id", state=letter.state)
    return letter


def _letter(row: Any) -> pb.DeadLetter:
    event_id, source, kind, key, sequence, state, reason, at = row
    return pb.DeadLetter(
        event_id=event_id, source=source, type=kind, key=key, key_sequence=sequence, state=state, reason=reason,
        set_aside_time=to_instant(from_micros(at)),
    )  # fmt: skip
