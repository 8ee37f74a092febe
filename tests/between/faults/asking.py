"""What an operator asks the services about what was read: their status, the ledger, and to accept a source."""

from contextlib import closing
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as items
from psmf.platform.v1 import events_pb2, events_pb2_grpc, status_pb2

from services.cli.ops.commands import Account, account_of
from services.client.client import Client
from services.client.ledger import Reading, readings
from services.platform.storage.database import execute
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id

NAMES = ("evidence", "rules", "scheduling", "notifications")
SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}


def statuses(running: Together) -> dict[str, status_pb2.Status]:
    """Return the status of every service."""
    asked, operator = status_pb2.GetStatusRequest(), running.as_("operator")
    return {name: running.status(name).GetStatus(asked, **operator) for name in NAMES}


def compared(running: Together, found: dict[str, status_pb2.Status]) -> list[Reading]:
    """Return what every service has read of every other, compared as `psmf ops ledger` does."""
    addresses = {name: f"127.0.0.1:{service.process.server.port}" for name, service in running.services.items()}
    with closing(Client(addresses, lambda person: running.as_(person)["metadata"])) as client:
        return readings(client, "operator", found)


def account(running: Together) -> Account:
    """Return what `psmf ops ledger` shows."""
    found = statuses(running)
    return account_of(found, compared(running, found))


def reader(running: Together) -> Any:
    """Return the reader that rules has of evidence."""
    return next(one for one in running.services["rules"].readers() if one.source == "evidence")


def accept(running: Together, service: str = "rules") -> None:
    """Have a service accept the database that evidence has now, as the operator does."""
    stub = events_pb2_grpc.EventsServiceStub(running.services[service].channel)
    request = events_pb2.AcceptSourceRequest(source="evidence", request_id=a_request_id())
    stub.AcceptSource(request, **running.as_("operator"))


def forget_last_events(running: Together, number: int) -> None:
    """Bring evidence back to what it was some events ago, as an older copy of its database is."""

    def work(connection: Any) -> None:
        (head,) = execute(connection, "SELECT MAX(position) FROM outbox").fetchone()
        execute(connection, "DELETE FROM outbox WHERE position > ?", (head - number,))
        if connection.dialect.name == "sqlite":
            execute(connection, "UPDATE sqlite_sequence SET seq = ? WHERE name = 'outbox'", (head - number,))
        else:
            # A sequence of PostgreSQL has no value 0: before its first number it is at 1, which was not called.
            left = head - number
            query = "SELECT setval(pg_get_serial_sequence('outbox', 'position'), ?, ?)"
            execute(connection, query, (max(left, 1), left > 0))

    running.services["evidence"].database.write(work)
