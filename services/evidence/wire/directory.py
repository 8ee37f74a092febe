"""The directory of people as protobuf."""

from collections.abc import Iterable

from psmf.evidence.v1 import directory_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2

from services.evidence.domain.register_search import Match
from services.platform.calls.identity import Person
from services.platform.calls.wire import from_word, name_parts

LONGEST_QUERY = 80


def person_message(person: Person, display_name: str, safeguarder_id: str) -> pb.Person:
    """Return the message of somebody in the directory, by the name they are known by. Empty id: no record is shown."""
    return pb.Person(
        person=person.person,
        display_name=display_name,
        role=person.role,
        safeguarder=f"safeguarders/{safeguarder_id}" if safeguarder_id else "",
        region=person.region,
    )


def found_message(match: Match, entry: safeguarder_pb2.Safeguarder) -> safeguarder_pb2.FoundSafeguarder:
    """Return the message of somebody whom a text may name."""
    return safeguarder_pb2.FoundSafeguarder(
        match=from_word(safeguarder_pb2.FoundSafeguarder.Match, match),
        safeguarder=entry,
    )


def ids_of(names: Iterable[str]) -> list[str]:
    """Return the ids in names of Safeguarders. Refuse INVALID if one has another form."""
    return [name_parts(name, "safeguarders", field="names")[0] for name in names]
