"""What a service asks those who read it, before it serves: whether they have read this database, or another (F2).

A database that was emptied, replaced or brought back to an earlier day cannot know that. A server of databases keeps no
file beside it, and a pod no disk. Those who have read the service know its database by name, and the last event of each
key. Without an answer the service starts, because services start in any order. It then goes on asking, and a reader
that meets another database stops by itself.
"""

import threading
from collections.abc import Mapping

import grpc
from psmf.platform.v1 import events_pb2 as pb
from psmf.platform.v1 import events_pb2_grpc

from services.platform.calls.client import ServiceToken
from services.platform.calls.pages import LARGEST_SIZE
from services.platform.events.places import differing
from services.platform.storage.database import Database
from services.platform.storage.origin import read_origin
from services.platform.storage.unusable import UnusableDatabaseError
from services.platform.telemetry.logs import log
from services.platform.threads import vital_thread

ANSWER_SECONDS = 2.0
"""Time for an answer at the start. A reader that is not there refuses at once."""
AGAIN_SECONDS = 2.0
READS_NOTHING = (grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.INVALID_ARGUMENT)
"""Answers of a reader of the release before, and of a service that does not read this one."""


class Readers:
    """Those who may have read a service's events, and have not said yet what they know of its database."""

    def __init__(self, service: str, database: Database, addresses: Mapping[str, str], token: ServiceToken) -> None:
        self._service = service
        self._database = database
        self._silent = dict(addresses)
        self._token = token
        self._stopping = threading.Event()
        self._thread = vital_thread("readers", self._ask_on)

    def ask(self) -> None:
        """Ask every reader that has not answered yet.

        Raises:
            UnusableDatabaseError: one of them has read another database than this, or a later state of it.
        """
        found = {}
        for reader, address in list(self._silent.items()):
            try:
                with self._token.open_channel(reader, address) as channel:
                    found[reader] = self._other_than_read(reader, events_pb2_grpc.EventsServiceStub(channel))
            except grpc.RpcError as problem:
                if problem.code() not in READS_NOTHING:
                    continue
            del self._silent[reader]
        others = {reader: how for reader, how in found.items() if how}
        if others:
            raise UnusableDatabaseError(self._said(others))

    def start(self) -> None:
        """Go on asking those who have not answered. The process ends if one has read another database."""
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._stopping.set()
        self._thread.join()

    def _ask_on(self) -> None:
        while self._silent and not self._stopping.wait(AGAIN_SECONDS):
            try:
                self.ask()
            except UnusableDatabaseError as problem:
                log().critical("database_refused", reason=str(problem))
                raise
            except Exception as problem:  # the database is away for now
                log().error("readers_not_asked", error=type(problem).__name__)

    def _other_than_read(self, reader: str, stub: events_pb2_grpc.EventsServiceStub) -> str:
        """Return in words how the database differs from the one that a reader has read; empty if it does not."""
        request = pb.ListPlacesRequest(source=self._service, page_size=LARGEST_SIZE)
        while True:
            answer = stub.ListPlaces(request, metadata=self._token.metadata(reader), timeout=ANSWER_SECONDS)
            with self._database.read() as connection:
                ours = read_origin(connection)
                other = differing(connection, answer.places)
            if answer.origin and _database_id(answer.origin) != _database_id(ours):
                return "it has another identity"
            if other:
                return "it lacks events that were applied, as an older copy does"
            if not answer.next_page_token:
                return ""
            request.page_token = answer.next_page_token

    def _said(self, others: Mapping[str, str]) -> str:
        known = ", ".join(f"{reader} ({how})" for reader, how in others.items())
        commands = " and ".join(f"`psmf events accept-source {self._service} {reader}`" for reader in others)
        return (
            f"The database is not the one that was read by {known}. Correct PSMF_DATABASE, or restore the databases of "
            "all services from one backup (docs/operations.md, Back up and restore). To go on with this database, run "
            f"{commands}, then start again."
        )


def _database_id(origin: str) -> str:
    return origin.partition("/")[0]
