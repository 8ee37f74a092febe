"""The words that were made: in events that were sent, in answers, and in what is stored and no event tells."""

from collections.abc import Iterator
from pathlib import Path

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import Message
from psmf.evidence.v1 import evidence_pb2 as evidence
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.client.addresses import SERVICES
from services.platform.storage.sqlite.library import library
from tests.operations.every_new_word import PEOPLE, RECORDED, TEAM, Office
from tests.operations.new_words.of_a_cover import delegations
from tests.operations.new_words.of_an_emergency import accesses


def made_words(office: Office, folder: Path) -> set[str]:
    """Return the events that were sent, and the words in them, in answers and in what is stored and no event tells."""
    return {word for message in (*_sent(folder), *office.answers, *_stored(office)) for word in words_in(message)}


def _sent(folder: Path) -> Iterator[Message]:
    for service in SERVICES:
        with library.connect(folder / f"{service}.db") as connection:
            for kind, data in connection.execute("SELECT type, data FROM outbox"):
                message = message_factory.GetMessageClass(descriptor_pool.Default().FindMessageTypeByName(kind))
                yield message.FromString(data)


def _stored(office: Office) -> Iterator[Message]:
    client = office.client
    yield office.does(TEAM, client.evidence.ListHeldEvidenceItems, evidence.ListHeldEvidenceItemsRequest())
    yield office.does(TEAM, client.trainings.ListTrainingEvents, scheduling.ListTrainingEventsRequest())
    yield office.does(TEAM, client.concerns.GetConcern, rules.GetConcernRequest(name=office.concern(RECORDED).name))
    yield delegations(office)
    yield accesses(office)
    # Among them are messages about nobody, such as one about a draw that is for everybody.
    told = inbox.ListNotificationsRequest(parent="safeguarders/-", page_size=500)
    yield from client.pages(TEAM, client.notifications.ListNotifications, told, "notifications")
    for person in PEOPLE:
        yield from office.sessions(person, upcoming_only=False)


def words_in(message: Message) -> Iterator[str]:
    """Yield the name of a message and the words of enums in it and in its parts."""
    yield message.DESCRIPTOR.full_name
    for field, value in message.ListFields():
        for part in value if field.is_repeated else [value]:
            if field.enum_type:
                yield f"{field.enum_type.full_name}.{field.enum_type.values_by_number[part].name}"
            elif field.message_type:
                yield from words_in(part)
