"""Five hundred hostile texts in every field that a person fills: kept or refused, and never obeyed (S3)."""

import random
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.api import field_behavior_pb2
from google.protobuf.descriptor_pool import Default
from google.protobuf.message_factory import GetMessageClass

from tests.access.table import methods
from tests.answers import answer_of
from tests.architecture.test_free_texts import NO_SCREEN, SCREENED
from tests.attacks.attempts import attempted
from tests.attacks.inside.hostile_texts import hostile_texts, is_dangerous
from tests.attacks.inside.plausible import Plausible, names_on_file
from tests.attacks.inside.test_spoiled_messages import CODES
from tests.attacks.inside.whole_suite import Whole
from tests.sizes import WHOLE, part_of
from tests.telemetry.test_nothing_leaks import texts_in
from tests.waiting import HUNG

TEXTS = part_of(500)
A_FIELD = TEXTS if WHOLE else 1
"""Texts that `make test` tries in each field. From field to field they go on, so that every text is tried."""
WHO = ("panel-team", "manager-one", "person-one", "senior-manager", "approver", "editor", "recorder-two")


def fields_of(message: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each field of text in a request that a person fills."""
    for field in message.fields:
        output = field_behavior_pb2.OUTPUT_ONLY in field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
        if output or len(path) > 3:
            continue
        place = f"{message.file.package.split('.')[1]}.{message.name}.{field.name}"
        if field.message_type is not None and not field.message_type.GetOptions().map_entry:
            yield from fields_of(field.message_type, (*path, field))
        elif place in SCREENED or (place in NO_SCREEN and field.message_type is None):
            yield (*path, field)


def put(request: Any, path: tuple[Any, ...], text: str) -> None:
    """Put a text at a place of a request."""
    for field in path[:-1]:
        held = getattr(request, field.name)
        request = (held[0] if held else held.add()) if field.is_repeated else held
    last = path[-1]
    if last.is_repeated:
        getattr(request, last.name)[:] = [text]
    else:
        setattr(request, last.name, text)


@pytest.fixture(scope="module")
def plausible(doors: Whole) -> Plausible:
    """Requests about what is on file."""
    return Plausible(doors, names_on_file(doors))


def test_a_text_is_kept_or_refused_and_never_obeyed(doors: Whole, plausible: Plausible) -> None:
    """In `make long` each text in each of more than two hundred fields."""
    texts, got_through, number = hostile_texts(), [], 0
    for method in methods():
        if not method.rules.writes or method.service == "platform":
            continue
        described = Default().FindMethodByName(method.rules.path[1:].replace("/", "."))
        for path in fields_of(described.input_type):
            for _ in range(A_FIELD):
                text, number = texts[number % len(texts)], number + 1
                chance = random.Random(number)
                request = plausible.request(described, chance)
                put(request, path, text)
                wrong = sent(doors, method, request, chance.choice(WHO), text)
                if wrong:
                    got_through.append((method.name, path[-1].name, text[:20], wrong))
    assert len(texts) == 500
    attempted("Hostile texts, of five hundred kinds, in every field that a person fills", number, got_through)


def sent(doors: Whole, method: Any, request: Any, person: str, text: str) -> str:
    """Send a request. Return what is wrong with the answer; empty if nothing is."""
    described = Default().FindMethodByName(method.rules.path[1:].replace("/", "."))
    call: Any = doors.running.services[method.service].channel.unary_stream(method.rules.path)
    try:
        answers = list(call(request.SerializeToString(), timeout=HUNG, **doors.running.as_(person)))
    except grpc.RpcError as problem:
        refusal = answer_of(problem)
        said_back = len(text) > 12 and text in refusal.message
        return "" if refusal.code in CODES and refusal.reason and not said_back else str(refusal)
    answer = GetMessageClass(described.output_type).FromString(answers[0])
    return next((f"kept: {one[:40]!r}" for one in texts_in(answer) if is_dangerous(one)), "")
