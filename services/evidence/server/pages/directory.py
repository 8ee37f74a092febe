"""gRPC methods of DirectoryService."""

from typing import Any

from psmf.evidence.v1 import directory_pb2 as pb
from psmf.evidence.v1 import directory_pb2_grpc

from services.evidence.adapters.store import SqlRegister
from services.evidence.handlers.pages.people import Named, colleagues, people_named
from services.evidence.server.kept_out import people_seen
from services.evidence.wire.directory import person_message
from services.platform.calls.commands import current_call
from services.platform.calls.identity import Directory
from services.platform.calls.pages import asked_at_once
from services.platform.clock import Clock
from services.platform.storage.database import Database


class DirectoryServer(directory_pb2_grpc.DirectoryServiceServicer):
    """Names of people, for those who meet their opaque ids in records."""

    def __init__(self, database: Database, clock: Clock, directory: Directory) -> None:
        self._database = database
        self._clock = clock
        self._directory = directory

    def GetMe(self, request: pb.GetMeRequest, context: Any) -> pb.Person:
        """Return the caller's own entry."""
        (me,) = self._named([current_call.get().principal.person])
        return person_message(*me)

    def BatchGetPeople(self, request: pb.BatchGetPeopleRequest, context: Any) -> pb.BatchGetPeopleResponse:
        """Return those of the people named whom the caller may know."""
        named = self._named(asked_at_once(request.people, "people"))
        return pb.BatchGetPeopleResponse(people=[person_message(*each) for each in named])

    def ListColleagues(self, request: pb.ListColleaguesRequest, context: Any) -> pb.ListColleaguesResponse:
        """Return the staff to whom work can be given."""
        found = colleagues(request.role, self._directory)
        return pb.ListColleaguesResponse(people=[person_message(*each) for each in found])

    def _named(self, people: list[str]) -> list[Named]:
        caller = current_call.get().principal
        with self._database.read() as connection:
            seen = people_seen(connection, caller, self._clock.today())
            return people_named(people, caller.person, self._directory, seen, SqlRegister(connection))
