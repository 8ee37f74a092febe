"""What happened with a person, as scheduling keeps it. Each part comes from what the named method reads."""

from collections.abc import Callable

from psmf.scheduling.v1 import cover_pb2
from sqlalchemy import Connection

from services.platform.calls.timeline import TimelinePart
from services.platform.process.own_records import messages_of
from services.platform.storage.database import Database
from services.scheduling.domain.schedule import Schedule
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.server.covers import CoverServer
from services.scheduling.wire import messages
from services.scheduling.wire import timeline as wire


def timeline(
    covers: CoverServer, database: Database, new_context: Callable[[Connection], SchedulingContext]
) -> list[TimelinePart]:
    """Return the parts of the timeline that scheduling keeps.

    A schedule holds the instants that the messages of its lists leave out, and nothing that is kept from the person.
    """

    delegated = messages_of(covers.ListDelegations, cover_pb2.ListDelegationsRequest, "delegations", include_ended=True)

    def schedule(person: str) -> Schedule:
        with database.read() as connection:
            return new_context(connection).schedule(messages.safeguarder(person))

    parts = {
        "SupportSessionService/ListSupportSessions": lambda person: wire.of_sessions(schedule(person).sessions),
        "ObligationService/ListObligations": lambda person: wire.of_trainings(schedule(person).obligations),
        "AllocationService/GetAllocation": lambda person: wire.of_allocations(schedule(person).allocations),
        "CoverService/ListDelegations": lambda person: wire.of_delegations(delegated(person)),
    }
    return [TimelinePart(f"psmf.scheduling.v1.{method}", read) for method, read in parts.items()]
