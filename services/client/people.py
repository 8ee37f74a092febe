"""Safeguarders by their id or their name, as people type them, among those whom the caller may see."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import grpc
from psmf.evidence.v1 import safeguarder_pb2

from services.client.client import Client
from services.client.errors import ClientError
from services.client.words import EVERYBODY, safeguarder_of
from services.refusals import nearest

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
        people = people_seen(client, person)
        # Without the register an id is all that can be typed, and the service says whether it is right.
        given = the_safeguarder(given, people) if people or " " in given else given
    return f"safeguarders/{given}"


def the_safeguarder(text: str, people: Mapping[str, str]) -> str:
    """Return the id of the one person in `people`, who are names by id, that a text names.

    An exact id or name comes first; capitals and spaces make no difference. Next comes the start of an id. A part of a
    name is never taken: it could mean somebody else when another person joins. Those who fit it are offered.

    Raises:
        ClientError: NOT_FOUND, with the nearest; USAGE when several fit.
    """
    wanted = _plain(text)
    if not wanted:
        raise ClientError("NOT_FOUND", "No Safeguarder is named.", _LIST)
    for fits in (
        [known for known in people if known == text],
        [known for known, name in people.items() if _plain(name) == wanted],
        [known for known in people if known.startswith(text)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            message = f"{text!r} may be any of {_listed(fits, people)}. Type the id."
            raise ClientError("USAGE", message)
    near = _near(wanted, people)
    said = f"There is no Safeguarder {text!r} that you can see."
    if near:
        raise ClientError("NOT_FOUND", f"{said} Did you mean {_listed(near, people)}?")
    if not people:
        raise ClientError("NOT_FOUND", f"{said} Type the id.")
    raise ClientError("NOT_FOUND", said, _LIST)


def _near(wanted: str, people: Mapping[str, str]) -> list[str]:
    """Return those whose name holds every word, else those whose name or id is spelt most like it."""
    words = wanted.split()
    holding = [known for known, name in people.items() if all(word in _plain(name) for word in words)]
    if holding:
        return holding
    by_name: dict[str, list[str]] = {}
    for known, name in people.items():
        by_name.setdefault(_plain(name), []).append(known)
        by_name.setdefault(known, []).append(known)
    return list(dict.fromkeys(known for name in nearest(wanted, by_name, SHOWN) for known in by_name[name]))


def _listed(ids: Iterable[str], people: Mapping[str, str]) -> str:
    """Return people with their ids, in order of name, and how many more there are."""
    named = [f"{people[known]} ({known})" for known in sorted(ids, key=lambda known: (people[known], known))]
    more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
    return ", ".join(named[:SHOWN]) + more


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
