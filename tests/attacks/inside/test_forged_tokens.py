"""Every kind of forged token at every method: one and the same refusal, before anything else is looked at (S10)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import grpc
import pytest

from tests.access.table import methods
from tests.answers import Answer, answer_of
from tests.attacks.attempts import attempted
from tests.attacks.inside.forged_tokens import kinds
from tests.attacks.inside.whole_suite import Whole
from tests.platform.forgery import signed
from tests.platform.small_service import now
from tests.sizes import WHOLE, part_of
from tests.world import SERVICES

WHY = "This call needs a valid token in the `authorization` metadata. Sign in."
REFUSED = Answer("UNAUTHENTICATED", "NOT_SIGNED_IN", "", "", WHY, {}, False)
SECONDS = 5.0
"""How long a method may take to answer. A stream that was opened by a sound token says nothing for as long."""
A_METHOD = 1
"""Kinds that `make test` tries at each method. From method to method they go on, so that every kind is tried."""


@pytest.fixture(autouse=True)
def at_the_time_of_now(doors: Whole) -> Iterator[None]:
    """Have the services go by the clock by which tokens are made."""
    clock = doors.running.clock
    before, clock.instant = clock.instant, now()
    yield
    clock.instant = before


def paths() -> list[tuple[str, str]]:
    """Return every method with the service that answers it."""
    return [
        (service, method.rules.path)
        for method in methods()
        for service in (SERVICES if method.service == "platform" else [method.service])
    ]


def ask(doors: Whole, service: str, path: str, authorization: str) -> Answer | None:
    """Return how a method refuses an empty request; None if it takes it. A stream is asked like a single request."""
    sent = (("authorization", authorization),)
    method: Any = doors.running.services[service].channel.unary_stream(path)
    call = method(b"", metadata=sent, timeout=SECONDS)
    try:
        next(call, None)
    except grpc.RpcError as problem:
        return answer_of(problem)
    call.cancel()
    return None


def attempts(doors: Whole) -> Iterator[tuple[str, str, str]]:
    """Yield each method with each kind of token, or in `make test` with some of them."""
    names = list(kinds())
    each = part_of(len(names), least=A_METHOD) if WHOLE else A_METHOD
    for number, (service, path) in enumerate(paths()):
        for name in range(number * each, number * each + each):
            yield service, path, names[name % len(names)]


def test_no_forged_token_is_taken_by_any_method(doors: Whole) -> None:
    """In `make long` each of more than 160 kinds at each of some 270 methods."""
    made = {name: forge(doors.running.world) for name, forge in kinds().items()}
    tried, got_through = 0, []
    for service, path, name in attempts(doors):
        tried += 1
        answer = ask(doors, service, path, made[name])
        if answer is None or replace(answer, domain="") != REFUSED:
            got_through.append((path, name, answer))
    attempted("Forged tokens of more than 120 kinds, at every method", tried, got_through)


def test_a_sound_token_is_taken_by_every_method(doors: Whole) -> None:
    """Otherwise the test above would be of doors that are shut to everybody."""
    sound = signed(doors.running.world)
    assert len(kinds()) > 120
    for service, path in paths()[:: 1 if WHOLE else 10]:
        answer = ask(doors, service, path, sound)
        assert answer is None or answer.code != REFUSED.code, path
