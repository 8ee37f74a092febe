"""Records by the first characters of their id, as people type them.

The contracts have no prefix filter today, so finding reads the whole list that the caller may see. That is sound: the
lists are small (hundreds), and access rules apply as for any list. A `name_prefix` field on the list requests would
spare the reading; it belongs to a change of the contracts.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import revisions_pb2, rules_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.client.client import Client
from services.client.errors import ClientError
from services.client.words import EVERYBODY

SHOWN = 5
"""Ids named when several begin alike: enough to see where they differ."""


class Findable(NamedTuple):
    """How one kind of record is listed and, by its full name, read."""

    collection: str
    field: str
    """Field of the list's answer that holds the records."""
    list_method: Callable[[Client], Any]
    list_request: Callable[[], Any]
    command: str
    """The command that lists what there is."""
    get_method: Callable[[Client], Any] | None = None
    get_request: Any = None


FINDABLE: Mapping[str, Findable] = {
    "alert": Findable(
        "alerts",
        "alerts",
        lambda client: client.alerts.ListAlerts,
        lambda: notifications_pb2.ListAlertsRequest(parent=EVERYBODY, include_ended=True),
        "psmf alert list --all",
        lambda client: client.alerts.GetAlert,
        notifications_pb2.GetAlertRequest,
    ),
    "concern": Findable(
        "concerns",
        "concerns",
        lambda client: client.concerns.ListConcerns,
        lambda: rules_pb2.ListConcernsRequest(parent=EVERYBODY, include_closed=True),
        "psmf concern list --all",
        lambda client: client.concerns.GetConcern,
        rules_pb2.GetConcernRequest,
    ),
    "session": Findable(
        "supportSessions",
        "support_sessions",
        lambda client: client.sessions.ListSupportSessions,
        lambda: scheduling_pb2.ListSupportSessionsRequest(parent=EVERYBODY),
        "psmf session list --all",
        lambda client: client.sessions.GetSupportSession,
        scheduling_pb2.GetSupportSessionRequest,
    ),
    "revision": Findable(
        "rulebookRevisions",
        "rulebook_revisions",
        lambda client: client.revisions.ListRulebookRevisions,
        revisions_pb2.ListRulebookRevisionsRequest,
        "psmf rules revisions",
    ),
}


def find(client: Client, person: str, kind: str, text: str) -> Any:
    """Return the record of a kind in FINDABLE that `text` names, as `person` may see it.

    `text` is a full name, an id, or the first characters of an id, with or without the collection.

    Raises:
        ClientError: NOT_FOUND; USAGE when several begin with it.
        grpc.RpcError: the service refused the call.
    """
    how = FINDABLE[kind]
    if how.get_method and text.startswith("safeguarders/"):
        return client.call(person, how.get_method(client), how.get_request(name=text))
    records = client.pages(person, how.list_method(client), how.list_request(), how.field)
    by_id = {record.name.rpartition("/")[2]: record for record in records}
    return by_id[the_one(kind, text.removeprefix(f"{how.collection}/"), by_id, how.command)]


def the_one(kind: str, text: str, ids: Iterable[str], command: str, note: str = "") -> str:
    """Return the only one of some ids that begins with `text`.

    `command` lists what there is; `note` says what else the caller must know when nothing is found.

    Raises:
        ClientError: NOT_FOUND; USAGE when several begin with it.
    """
    # An empty text would match everything, and a list of one would be taken for an answer.
    found = sorted({each for each in ids if text and each.startswith(text)})
    if not found:
        raise ClientError("NOT_FOUND", f"There is no {kind} {text!r} that you can see.{note} See: {command}")
    if len(found) > 1:
        message = f"Several {kind}s begin with {text!r}: {', '.join(found[:SHOWN])}. Type more characters."
        raise ClientError("USAGE", message)
    return found[0]
