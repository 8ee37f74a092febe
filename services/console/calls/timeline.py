"""What pages ask about what happened with somebody, in every service."""

from collections.abc import Mapping
from typing import Any

from psmf.platform.v1 import timeline_pb2, timeline_pb2_grpc

from services.client.file.timeline import REGISTER
from services.console.calls.caller import Caller, Channels, TokenOf
from services.console.requests import Visit


class TimelineCalls(Caller):
    """Calls about the timeline, which each service keeps a part of."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._timelines: dict[str, Any] = {
            service: timeline_pb2_grpc.TimelineServiceStub(channel) for service, channel in self._channels.items()
        }

    async def happened(
        self, visit: Visit, service: str, person: str, most: int, place: str, limits: Mapping[str, str]
    ) -> Any:
        """Return what one service keeps of what happened with somebody, after a place. `limits`: as the contract."""
        request = timeline_pb2.ListTimelineEntriesRequest(parent=person, page_size=most, after_place=place, **limits)
        # An applicant is known to the register alone. Others keep nothing about them, which is no page that is missing.
        none = None if service == REGISTER else timeline_pb2.ListTimelineEntriesResponse()
        return await self._ask(visit, service, self._timelines[service].ListTimelineEntries, request, none)
