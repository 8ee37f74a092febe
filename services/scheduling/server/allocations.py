"""gRPC methods of AllocationService."""

from collections.abc import Callable
from typing import Any

from psmf.scheduling.v1 import scheduling_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands
from services.platform.storage.database import Database
from services.refusals import not_found
from services.scheduling.domain.allocation import allocation_on
from services.scheduling.domain.identifiers import SupportManagerId
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.handlers.create_allocation import create_allocation
from services.scheduling.wire import messages as wire


class AllocationServer(scheduling_pb2_grpc.AllocationServiceServicer):
    """Allocations of support managers."""

    def __init__(
        self, database: Database, commands: Commands, new_context: Callable[[Connection], SchedulingContext]
    ) -> None:
        self._database = database
        self._commands = commands
        self._new_context = new_context

    def GetAllocation(self, request: pb.GetAllocationRequest, context: Any) -> pb.Allocation:
        """Return a person's current allocation."""
        safeguarder_id = wire.safeguarder(request.parent)
        with self._database.read() as connection:
            context = self._new_context(connection)
            allocation = allocation_on(context.schedule(safeguarder_id).allocations, context.today)
        if allocation is None:
            raise not_found("NOT_ALLOCATED", "The person has no support manager at the moment. Allocate one.", "parent")
        return wire.allocation_message(allocation)

    def CreateAllocation(self, request: pb.CreateAllocationRequest, context: Any) -> pb.Allocation:
        """Give a person a new support manager."""
        safeguarder_id, reason = wire.safeguarder(request.parent), wire.allocation_reason(request.reason)
        support_manager = SupportManagerId(request.support_manager)

        def work(connection: Connection) -> pb.Allocation:
            allocation = create_allocation(safeguarder_id, support_manager, reason, self._new_context(connection))
            return wire.allocation_message(allocation)

        return self._commands.run(request, pb.Allocation, work)
