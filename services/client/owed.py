"""Names of a person's obligations, as `psmf obligation list` prints them. Attendance counts, but is no item."""

from typing import TYPE_CHECKING

from services.client.words import safeguarder_of, short

if TYPE_CHECKING:
    from services.client.client import Client


def owed_as_listed(client: "Client", person: str, name: str) -> dict[str, str]:
    """Return what a Safeguarder owes as the list prints it and commands take it, by id. `name`: of a record of theirs.

    None for somebody who may not see it, and if scheduling does not answer. Then the short id is printed.
    """
    import grpc
    from psmf.scheduling.v1 import scheduling_pb2

    request = scheduling_pb2.ListObligationsRequest(parent="/".join(name.split("/")[:2]))
    try:
        answer = client.call(person, client.obligations.ListObligations, request)
    except grpc.RpcError:
        return {}
    return {
        owed.name.rpartition("/")[2]: f"{safeguarder_of(owed.name)}/{short(owed.name)}" for owed in answer.obligations
    }
