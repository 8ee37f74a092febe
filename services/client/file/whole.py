"""A whole file, read part by part from every service that keeps some of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import grpc
from google.protobuf.descriptor_pool import Default
from google.protobuf.message_factory import GetMessageClass
from psmf.platform.v1 import own_file_pb2 as pb

from services.client.addresses import SERVICES
from services.client.client import Client
from services.client.errors import ClientError
from services.client.words import safeguarder_of

EXPORT_SECONDS = 120.0
_REGISTER = "evidence"
"""The service that knows everybody. Others know a person only once something about them has come."""


class Kept(NamedTuple):
    """One record of the file, with the service that keeps it."""

    service: str
    method: str
    record: Any
    withheld: Any
    """Its fields that are withheld, each with the ground."""

    @property
    def section(self) -> str:
        """The key of its part of the file."""
        return f"{self.service}/{self.method.rpartition('/')[2]}"


class End(NamedTuple):
    """The end of what one service keeps."""

    service: str
    methods: list[str]
    left_out: Any


def read_file(client: Client, person: str, name: str) -> Iterator[Kept | End]:
    """Yield every record of a file as it comes, service by service, each followed by its end.

    Raises:
        ClientError: a service broke off. What came is not the whole file.
        grpc.RpcError: a service refused the call, or does not answer.
    """
    for service in SERVICES:
        yield from _of(client, person, service, pb.ExportMyFileRequest(name=name))


def _of(client: Client, person: str, service: str, request: Any) -> Iterator[Kept | End]:
    number = 0
    try:
        for part in client.stream(person, client.own_file_of[service].ExportMyFile, request, EXPORT_SECONDS):
            found = kept_or_end(service, part, number)
            yield found
            if isinstance(found, End):
                return
            number += 1
    except grpc.RpcError as error:
        if knows_nobody(service, error):
            return
        raise
    raise broke_off(service)


def kept_or_end(service: str, part: Any, number: int) -> Kept | End:
    """Return what one part of a service's stream holds. `number`: how many records came before.

    Raises:
        ClientError: it is the end, and another number of records should have come; or only a later release knows it.
    """
    if not part.HasField("end"):
        return Kept(service, part.record.method, _unpacked(part.record.record), part.record.withheld)
    if part.end.records != number:
        raise broke_off(service)
    return End(service, list(part.end.methods), part.end.left_out)


def knows_nobody(service: str, error: Any) -> bool:
    """Return whether a service says that nothing about this person has come to it, so that it has no part."""
    return service != _REGISTER and error.code() is grpc.StatusCode.NOT_FOUND


def broke_off(service: str) -> ClientError:
    """Return the failure of a service whose stream ended early."""
    message = f"{service} broke off before the end of the file. Nothing was written. Try again."
    return ClientError("UNAVAILABLE", message)


def whose(first: Kept | End) -> str:
    """Return whose file it is, by its first record: the entry in the register."""
    if isinstance(first, End) or not hasattr(first.record, "display_name"):
        return "you"
    return f"{first.record.display_name} ({safeguarder_of(first.record.name)})"


def _unpacked(packed: Any) -> Any:
    """Return the message in an Any.

    Raises:
        ClientError: only a later release knows it.
    """
    name = packed.type_url.rpartition("/")[2]
    try:
        found = Default().FindMessageTypeByName(name)
    except KeyError:
        raise ClientError("USAGE", f"This psmf does not know {name}. Update it, then try again.") from None
    message = GetMessageClass(found)()
    message.ParseFromString(packed.value)
    return message
