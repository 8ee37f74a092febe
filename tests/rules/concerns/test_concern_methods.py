"""The table of gRPC methods that move a concern: every move has one, and every request becomes arguments that fit."""

from contextlib import suppress
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.type.date_pb2 import Date
from psmf.rules.v1 import concern_moves_pb2, rules_pb2

from services.platform.calls.wire import to_date
from services.refusals import Refusal
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import WITHOUT_A_METHOD, Move
from services.rules.server.concerns import ConcernServer
from services.rules.wire.concern_moves import MOVE_METHODS, Fields, history_word
from tests.rules.builders import NOW, TODAY
from tests.rules.domain.concerns.builders import a_concern, context

WORDS = {
    Move.DISMISS: "no_longer_applies",
    Move.CLOSE: "no_longer_applies",
    Move.START_SUPPORT: "mentoring module",
    Move.ANSWER_SUPPORT: "module accepted",
    Move.HOLD: "practice_unclear",
    Move.RELEASE: "review_open",
    Move.ANSWER_INVITATION: "shared",
}
"""What the history keeps of each request that `a_request` makes. Of all other moves it keeps no word."""


def a_request(method: str) -> Any:
    """A request with every field filled: the first word of each closed list, or the first two, the second first."""
    name = f"{method}Request"
    request = (getattr(concern_moves_pb2, name, None) or getattr(rules_pb2, name))()
    for field in request.DESCRIPTOR.fields:
        if field.message_type is not None and field.message_type.full_name == Date.DESCRIPTOR.full_name:
            getattr(request, field.name).CopyFrom(to_date(TODAY))
        elif field.is_repeated:
            getattr(request, field.name).extend([2, 1])
        elif field.type == FieldDescriptor.TYPE_ENUM:
            # A review request holds a concern by itself, so nobody types that.
            setattr(request, field.name, 2 if method == "HoldConcern" else 1)
        elif field.type == FieldDescriptor.TYPE_STRING:
            setattr(request, field.name, "a" * 64)
    return request


def test_every_move_of_people_has_a_method_of_its_own() -> None:
    assert set(Move) - MOVE_METHODS.keys() == {*WITHOUT_A_METHOD, Move.MERGE}
    methods = [row.method for row in MOVE_METHODS.values()]
    assert [getattr(ConcernServer, method).__name__ for method in methods] == methods
    assert len(set(methods)) == len(methods)


@pytest.mark.parametrize("move", MOVE_METHODS)
def test_every_request_becomes_arguments_that_the_move_takes(move: Move) -> None:
    row = MOVE_METHODS[move]
    change = row.read(Fields(a_request(row.method), "manager", NOW))
    assert history_word(change) == WORDS.get(move, "")
    # Most moves are refused for a new concern. An argument that does not fit is a TypeError, and fails the test.
    with suppress(Refusal):
        assert isinstance(change(a_concern(), context=context()), Concern)
