"""What happened with one person, as one service keeps it, read by the methods that show it elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from psmf.platform.v1 import timeline_pb2 as pb
from psmf.platform.v1 import timeline_pb2_grpc

from services.platform.calls.access import Access
from services.platform.calls.commands import current_call
from services.platform.calls.method_rules import MethodPolicy
from services.platform.calls.pages import page_size
from services.platform.calls.relations import Subjects
from services.platform.calls.timeline import TimelinePart, Wanted, after_place, page_of
from services.platform.calls.wire import name_parts, to_text
from services.platform.clock import Clock
from services.refusals import invalid

_LONGEST_WORD = 64


class TimelineServer(timeline_pb2_grpc.TimelineServiceServicer):
    """The TimelineService of one service.

    Who may see what is decided by the methods that show it, and nowhere else: an entry comes from what such a method
    answers to the same caller. All of one person is read for each page, because the order of the day it happened
    stands in no column. That is bounded by one person's file.
    """

    def __init__(
        self,
        subjects: Subjects,
        access: Access,
        methods: Mapping[str, MethodPolicy],
        parts: Sequence[TimelinePart],
        clock: Clock,
    ) -> None:
        self._clock = clock
        self._subjects = subjects
        self._access = access
        # A part whose method the contract lacks fails here, so that none is left out unnoticed.
        self._parts = [(methods[f"/{part.method}"], part) for part in parts]

    def ListTimelineEntries(
        self, request: pb.ListTimelineEntriesRequest, context: Any
    ) -> pb.ListTimelineEntriesResponse:
        """Return a page of what happened with a person, the newest first."""
        (subject,) = name_parts(request.parent, self._subjects.collection, field="parent")
        if subject == "-":
            raise invalid("NAME_NOT_VALID", "Name one person: a timeline is about one.", "parent")
        most, after = page_size(request.page_size), after_place(request.after_place)
        wanted = Wanted(*(to_text(getattr(request, field), field, _LONGEST_WORD) for field in Wanted._fields))
        found = filter(wanted.holds, self._entries(f"{self._subjects.collection}/{subject}"))
        entries, more = page_of(found, after, most)
        return pb.ListTimelineEntriesResponse(entries=entries, next_place=more)

    def _entries(self, person: str) -> Iterator[pb.TimelineEntry]:
        call, tomorrow = current_call.get(), (self._clock.today() + timedelta(days=1)).isoformat()
        for rules, part in self._parts:
            if self._access.permits(call.principal, rules, call.relation):
                # What is set down for a day to come, such as a leave, has not happened yet.
                yield from (one for one in part.read(person) if one.place < tomorrow)
