"""What a caller may do in one service. The command line asks it before it says what to do next."""

from typing import Any

from psmf.platform.v1 import access_pb2 as pb
from psmf.platform.v1 import access_pb2_grpc

from services.platform.calls.access import Access
from services.platform.calls.commands import current_call


class AccessServer(access_pb2_grpc.AccessServiceServicer):
    """The AccessService of one service, on the same policies as its gate."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def ListPermittedMethods(
        self, request: pb.ListPermittedMethodsRequest, context: Any
    ) -> pb.ListPermittedMethodsResponse:
        """Return the methods that the caller may use on a record. The gate has found the relation to it."""
        call = current_call.get()
        return pb.ListPermittedMethodsResponse(methods=self._access.permitted(call.principal, call.relation))
