"""Safeguarders by their id or their name, as people type them, among those whom the caller may see."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import grpc
from psmf.evidence.v1 import safeguarder_pb2

from services.client.client import Client
from services.client.errors import ClientError
from services.client.words import EVERYBODY, safeguarder_of

SHOWN = 5
"""People named when several fit, or none does: enough to choose from."""
_WHOLE_ID = re.compile(r"sg-[0-9a-f]{8}")
"""The form of the ids that the register gives. One of them needs no look-up: the service says if nobody has it."""
_LIST = "psmf safeguarder list"


def people_seen(client: Client, person: str) -> dict[str, str]:
    """Return the name of each Safeguarder whom `person` may see, by id; nobody if the register is closed to them."""
    request = safeguarder_pb2.ListSafeguardersRequest()
    entries = client.pages(person, client.safeguarders.ListSafeguarders, request, "safeguarders")
    return {safeguarder_of(entry.name): entry.display_name for entry in unless_denied(entries)}


def unless_denied(records: Iterable[Any]) -> list[Any]:
    """Return the records of a list; none if the caller may not read it."""
    try:
        return list(records)
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.PERMISSION_DENIED:
            return []
        raise


def find_safeguarder(client: Client, person: str, text: str) -> str:
    """Return `safeguarders/{id}` of the one Safeguarder that a text names, or of everybody for `-`.

    Raises:
        ClientError: as `the_safeguarder`.
        grpc.RpcError: the service refused the call.
    """
    given = text.removeprefix("safeguarders/")
    if given == "-":
        return EVERYBODY
    if not _WHOLE_ID.fullmatch(given):
        given = the_safeguarder(given, search(client, person, given))
    return f"safeguarders/{given}"


def search(client: Client, person: str, text: str) -> list[Any] | None:
    """Return whom a text may name, the surest first; None if the register is closed to `person`."""
    if not text.strip():
        return []
    request = safeguarder_pb2.SearchSafeguardersRequest(query=text)
    try:
        return list(client.call(person, client.safeguarders.SearchSafeguarders, request).found)
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.PERMISSION_DENIED:
            return None
        raise


def the_safeguarder(text: str, found: Sequence[Any] | None) -> str:
    """Return the id of the one person among those `found` whom a text names.

    An exact id, number or name comes first, and next the start of an id. A part of a name is never taken: it could mean
    somebody else when another person joins. Those who fit it are offered.

    Raises:
        ClientError: NOT_FOUND, with the nearest; USAGE when several fit.
    """
    if not text.strip():
        raise ClientError("NOT_FOUND", "No Safeguarder is named.", _LIST)
    # Without the register an id is all that can be typed, and the service says whether it is right.
    if found is None and " " not in text:
        return text
    match = safeguarder_pb2.FoundSafeguarder
    for sure in (match.MATCH_EXACT, match.MATCH_ID_BEGINS):
        fits = [each.safeguarder for each in found or () if each.match == sure]
        if len(fits) == 1:
            return safeguarder_of(fits[0].name)
        if fits:
            raise ClientError("USAGE", f"{text!r} may be any of {_listed(fits)}. Type the id.")
    said = f"There is no Safeguarder {text!r} that you can see."
    if found:
        raise ClientError("NOT_FOUND", f"{said} Did you mean {_listed([each.safeguarder for each in found])}?")
    raise ClientError("NOT_FOUND", said, _LIST)


def _listed(people: Sequence[Any]) -> str:
    """Return people with their ids, and how many more there are."""
    named = [f"{entry.display_name} ({safeguarder_of(entry.name)})" for entry in people]
    more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
    return ", ".join(named[:SHOWN]) + more
