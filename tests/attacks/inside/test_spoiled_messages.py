"""Ten thousand spoiled messages to each service: one of our own codes, at once, and nothing half-done (S1, S7).

The requests of every method are made by its contract, about what is on file, and then spoiled in their fields or bytes.
"""

import random
import time
from collections import Counter
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor_pool import Default

from services.platform.calls.gate import MAX_REQUEST_BYTES
from tests.access.table import methods
from tests.answers import Answer, answer_of
from tests.attacks.attempts import attempted
from tests.attacks.inside.plausible import Plausible, names_on_file
from tests.attacks.inside.whole_suite import Whole
from tests.evidence.random_requests import spoiled
from tests.sizes import WHOLE, part_of
from tests.waiting import HUNG
from tests.world import SERVICES

MESSAGES = part_of(10_000) // (1 if WHOLE else 20)
"""To each service. `make test` sends fifty: tests/evidence/test_random_input.py sends a thousand more."""
SEED = 20261130
CODES = {"OK", "INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION", "ABORTED", "PERMISSION_DENIED"}
MOST_BYTES = 8 * MAX_REQUEST_BYTES
"""A longer message is refused before anybody reads it, by gRPC itself."""
ENDLESS = {"WatchAlerts", "ReadFeed"}
CALLERS = ("panel-team", "panel-team", "manager-one", "senior-manager", "person-one", "operator", "approver", "editor")
SLOWEST = 1.0
"""Seconds of a core for one message."""


@pytest.fixture(scope="module")
def plausible(doors: Whole) -> Plausible:
    """Requests about what is on file."""
    return Plausible(doors, names_on_file(doors))


def answer(doors: Whole, service: str, path: str, body: bytes, person: str) -> Answer:
    """Send bytes to a method, and read its answer to the end."""
    method: Any = doors.running.services[service].channel.unary_stream(path)
    try:
        list(method(body, timeout=HUNG, **doors.running.as_(person)))
    except grpc.RpcError as problem:
        return answer_of(problem)
    return Answer("OK", "", "", "", "", {}, False)


def texts_of(message: Any) -> set[str]:
    """Return the longer texts of a request. A refusal must hold none of them."""
    return {text for text in str(message).split('"')[1::2] if len(text) > 20 and " " in text}


@pytest.mark.parametrize("service", SERVICES)
def test_no_spoiled_message_is_a_fault_or_leaves_something_half_done(
    doors: Whole, plausible: Plausible, service: str
) -> None:
    """A message that is refused has told nobody anything: the service has no new event."""
    asked = [m.rules.path for m in methods() if m.service in (service, "platform") and m.name not in ENDLESS]
    running, got_through, codes = doors.running.services[service], [], Counter[str]()
    for case in range(MESSAGES):
        chance = random.Random(f"{SEED}{service}{case}")
        path = chance.choice(asked)
        request = plausible.request(Default().FindMethodByName(path[1:].replace("/", ".")), chance)
        body = spoiled(request, chance)
        before, started = running.known_head(), time.process_time()
        found = answer(doors, service, path, body, chance.choice(CALLERS))
        took = time.process_time() - started
        codes[found.code] += 1
        says = found.message + str(found.metadata)
        if len(body) > MAX_REQUEST_BYTES and found.code == "RESOURCE_EXHAUSTED":
            assert found.reason or len(body) > MOST_BYTES, path
        elif (
            found.code not in CODES
            or (found.code != "OK" and (not found.reason or running.known_head() != before))
            or any(text in says for text in texts_of(request))
            or took > SLOWEST
        ):
            got_through.append((case, path, found, round(took, 2)))
    assert len(codes) > 1, codes
    attempted("Spoiled messages, to each service", MESSAGES, got_through)


def test_a_copy_of_any_length_gets_an_answer_that_can_be_read(doors: Whole, plausible: Plausible) -> None:
    """A11: an etag of 20 kB was said back, and gRPC could not carry the answer."""
    long = "e" * 20_000
    for method in methods()[:: 1 if WHOLE else 3]:
        described = Default().FindMethodByName(method.rules.path[1:].replace("/", "."))
        if "etag" not in described.input_type.fields_by_name or method.service == "platform":
            continue
        request = plausible.request(described, random.Random(SEED))
        request.etag = long
        for person in ("panel-team", "manager-one"):
            found = answer(doors, method.service, method.rules.path, request.SerializeToString(), person)
            assert (found.code in CODES, long[:30] in found.message + str(found.metadata)) == (True, False), method.name
