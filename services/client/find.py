"""Records by the first characters of their id, as people type them.

Finding reads the whole list that the caller may see. That is sound: the lists are small (hundreds), and access rules
apply as for any list. Items of evidence are too many, so their list takes the first characters of an id.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from psmf.evidence.v1 import evidence_pb2
from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import overrides_pb2, revisions_pb2, rules_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.client.client import Client
from services.client.errors import ClientError
from services.client.words import EVERYBODY

LEAST_PREFIX = 4
"""Characters of an id that a list by their start needs (`ListEvidenceItemsRequest.id_prefix`)."""
_ID = re.compile(r"[a-z0-9-]{1,36}")
SHOWN = 5
"""Ids named when several begin alike: enough to see where they differ."""


class Findable(NamedTuple):
    """How one kind of record is listed and, by its full name, read."""

    stub: str
    """Attribute of the client that calls the service."""
    messages: Any
    """Module of the requests."""
    noun: str
    """The record's name in methods and requests: `Alert` in ListAlerts and GetAlertRequest."""
    field: str
    """Field of the list's answer that holds the records."""
    options: Mapping[str, Any]
    """Fields of the list's request, so that closed and ended records are found too."""
    command: str
    """The command that lists what there is."""
    prefix: bool = False
    """Whether the list takes the first characters of an id, because nobody may read it whole."""


_OF_PEOPLE = {"parent": EVERYBODY}
FINDABLE: Mapping[str, Findable] = {
    "alert": Findable(
        "alerts",
        notifications_pb2,
        "Alert",
        "alerts",
        _OF_PEOPLE | {"include_ended": True},
        "psmf alert list --all",
    ),
    "concern": Findable(
        "concerns", rules_pb2, "Concern", "concerns", _OF_PEOPLE | {"include_closed": True}, "psmf concern list --all"
    ),
    "session": Findable(
        "sessions", scheduling_pb2, "SupportSession", "support_sessions", _OF_PEOPLE, "psmf session list --all"
    ),
    "item": Findable(
        "evidence", evidence_pb2, "EvidenceItem", "evidence_items", _OF_PEOPLE, "psmf evidence list PERSON", prefix=True
    ),
    "override": Findable(
        "rule_overrides",
        overrides_pb2,
        "RuleOverride",
        "rule_overrides",
        _OF_PEOPLE | {"include_ended": True},
        "psmf rules overrides --all",
    ),
    "revision": Findable(
        "revisions", revisions_pb2, "RulebookRevision", "rulebook_revisions", {}, "psmf rules revisions"
    ),
}


def find(client: Client, person: str, kind: str, text: str) -> Any:
    """Return the record of a kind in FINDABLE that `text` names, as `person` may see it.

    `text` is a full name, an id, or the first characters of an id, alone or after the collection or `sg-…/`.

    Raises:
        ClientError: NOT_FOUND; USAGE when several begin with it.
        grpc.RpcError: the service refused the call.
    """
    how = FINDABLE[kind]
    stub, noun = getattr(client, how.stub), how.noun
    if not hasattr(stub, f"Get{noun}"):
        return _listed(client, person, kind, text)
    # Read by its name although a list has shown it: a list across people leaves no line in anybody's list of reads.
    request = getattr(how.messages, f"Get{noun}Request")(name=find_name(client, person, kind, text))
    return client.call(person, getattr(stub, f"Get{noun}"), request)


def find_name(client: Client, person: str, kind: str, text: str) -> str:
    """Return the full name of the record that `text` names. A full name is returned as it is, without a call.

    Raises:
        ClientError, grpc.RpcError: as `find`.
    """
    return text if _is_full(text) else str(_listed(client, person, kind, text).name)


def _listed(client: Client, person: str, kind: str, text: str) -> Any:
    how = FINDABLE[kind]
    stub, noun = getattr(client, how.stub), how.noun
    parent, begins = _parts(text, f"{noun[0].lower()}{noun[1:]}s")
    options = dict(how.options)
    if parent and "parent" in options:
        options["parent"] = parent
    if how.prefix:
        _check_prefix(kind, begins, how.command)
        options["id_prefix"] = begins
    request = getattr(how.messages, f"List{noun}sRequest")(**options)
    records = client.pages(person, getattr(stub, f"List{noun}s"), request, how.field)
    by_id = {record.name.rpartition("/")[2]: record for record in records}
    return by_id[the_one(kind, begins, by_id, how.command)]


def _parts(text: str, collection: str) -> tuple[str, str]:
    """Return `safeguarders/{s}` and the start of the id in a text. The former is empty if it names no person."""
    before, _, begins = text.rpartition("/")
    person = before.removeprefix("safeguarders/").removesuffix(f"/{collection}")
    if person.startswith("sg-") and "/" not in person:
        return f"safeguarders/{person}", begins
    return "", begins if before == collection or _is_full(text) else text


def _check_prefix(kind: str, begins: str, command: str) -> None:
    if len(begins) < LEAST_PREFIX:
        raise ClientError("USAGE", f"{begins!r} is too short for the id of an {kind}: type {LEAST_PREFIX} characters.")
    if not _ID.fullmatch(begins):
        message = f"{begins!r} is not the start of an id of an {kind}. Write it as a list prints it: 1a2b3c4d."
        raise ClientError("USAGE", message, command)


def one_name(kind: str, text: str, names: Iterable[str], command: str) -> str:
    """Return the one of some full names that `text` names, by its id or the first characters of it.

    Raises:
        ClientError: as `the_one`.
    """
    by_id = {name.rpartition("/")[2]: name for name in names}
    return by_id[the_one(kind, text.rpartition("/")[2], by_id, command)]


def _is_full(text: str) -> bool:
    return text.startswith("safeguarders/")


def the_one(kind: str, text: str, ids: Iterable[str], command: str, note: str = "") -> str:
    """Return the only one of some ids that begins with `text`.

    `command` lists what there is; `note` says what else the caller must know when nothing is found.

    Raises:
        ClientError: NOT_FOUND; USAGE when several begin with it.
    """
    # An empty text would match everything, and a list of one would be taken for an answer.
    found = sorted({each for each in ids if text and each.startswith(text)})
    if not found:
        raise ClientError("NOT_FOUND", f"There is no {kind} {text!r} that you can see.{note}", command)
    if len(found) > 1:
        message = f"Several {kind}s begin with {text!r}: {', '.join(found[:SHOWN])}. Type more characters."
        raise ClientError("USAGE", message)
    return found[0]
