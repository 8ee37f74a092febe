"""An event counts as a service's only where it names that service: attack A5, on a topic and on a feed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from psmf.platform.v1 import feed_pb2

from services.client.addresses import SERVICES
from services.platform.events.feed import checked
from services.platform.events.outbox import StoredEvent
from services.platform.events.sources import AnotherSourceError
from services.platform.kafka.cloud_events import Headers, NotAnEventError, from_record, source_of, to_record
from tests.attacks.attempts import attempted
from tests.platform.events import TYPE, Applied, an_inbox
from tests.platform.small_service import new_database, now

EVENT = StoredEvent(1, "0f5c1f6e", TYPE, "sg-one", 1, now(), "", b"")


def other_names(owner: str) -> Iterator[str]:
    """Yield the names of other services, and what only looks like the name of this one."""
    yield from (source_of(service) for service in SERVICES if service != owner)
    name = source_of(owner)
    yield from (name.upper(), name.title(), f"{name}/", f"/{name}", f"//{name}", f"https://{name}", f"{name}.v1")
    yield from (f"{name}?a=b", f"{name}#a", f"{name} ", f" {name}", f"{name},{name}", f"{name}%00", f"{name}\u200b")
    yield from (owner, "psmf", "psmf/", "psmf//" + owner, name.replace("/", "."), name.replace("p", "\u0440"), "%", "-")


def renamed(owner: str, name: str) -> Headers:
    _, _, headers = to_record(EVENT, owner)
    return [(header, name.encode() if header == "ce_source" else value) for header, value in headers]


def is_taken(owner: str, headers: Headers) -> bool:
    try:
        from_record(b"sg-one", b"", headers, owner)
    except NotAnEventError:
        return False
    return True


def test_a_record_that_names_another_source_than_its_topic_is_no_event_of_it() -> None:
    tried, taken = 0, []
    for owner in SERVICES:
        forged = {name: renamed(owner, name) for name in other_names(owner)}
        forged["(none)"] = [header for header in to_record(EVENT, owner)[2] if header[0] != "ce_source"]
        forged["(empty)"] = renamed(owner, "")
        tried += len(forged)
        taken += [(owner, name) for name, headers in forged.items() if is_taken(owner, headers)]
        assert is_taken(owner, to_record(EVENT, owner)[2])
    attempted("Records that name another service than the topic is of", tried, taken)


@pytest.mark.parametrize("names", [["scheduling"], ["evidence", "scheduling"], [""]])
def test_a_feed_of_another_service_is_not_read_and_not_known_by_its_name(tmp_path: Path, names: list[str]) -> None:
    """An address that is wrong in the settings: what the other sends is applied neither in part nor by mistake."""
    database = new_database(tmp_path / "reader.db")
    inbox = an_inbox(database, Applied())
    said = [feed_pb2.FeedEvent(position=place, source=name, type=TYPE) for place, name in enumerate(names, start=1)]
    batch = feed_pb2.FeedBatch(events=said, head_position=len(said), origin="another/1")
    with pytest.raises(AnotherSourceError):
        next(checked([batch], inbox, 0))
    assert inbox.origins.states() == {}
    own = [replace_source(event) for event in said]
    assert next(checked([feed_pb2.FeedBatch(events=own, head_position=len(own))], inbox, 0))[1] == len(own)
    database.close()


def replace_source(event: feed_pb2.FeedEvent) -> feed_pb2.FeedEvent:
    """Return the event as evidence itself would have sent it."""
    own = feed_pb2.FeedEvent()
    own.CopyFrom(event)
    own.source = "evidence"
    return own
