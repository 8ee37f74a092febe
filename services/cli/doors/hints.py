"""Whether a caller may run a command, as the services' own access rules say."""

from collections import defaultdict
from typing import TYPE_CHECKING

from services.cli.doors.methods import CALLS

if TYPE_CHECKING:
    from services.cli.terminal import Terminal


def may_run(terminal: "Terminal", person: str, command: str, about: str) -> bool:
    """Return whether `person` may run a command of CALLS on a record, or on none in particular if `about` is empty.

    It is False if a service does not say. A hint that is left out does less harm than one that is refused.
    """
    import grpc

    needed: defaultdict[str, set[str]] = defaultdict(set)
    for call in CALLS[command].needs:
        service, _, method = call.partition("/")
        needed[service].add(method)
    try:
        return all(methods <= terminal.client.permitted(person, service, about) for service, methods in needed.items())
    except grpc.RpcError:
        return False
