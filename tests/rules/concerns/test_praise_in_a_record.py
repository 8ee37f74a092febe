"""Praise that the closed record of a session says was acknowledged is acknowledged there (R70, B6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.evidence.v1 import session_records_pb2 as records
from psmf.rules.v1 import concern_moves_pb2
from psmf.rules.v1 import events_pb2 as events

from services.platform.calls.wire import from_word, to_date
from services.platform.events.outbox import StoredEvent, events_after
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.compose import HERE
from services.rules.consumer import from_evidence
from services.rules.domain.closed_lists import Lane, State
from services.rules.domain.concerns.concern import Concern
from tests import databases
from tests.rules.builders import NOW, TODAY
from tests.rules.domain.concerns.builders import a_concern

PERSON = "demo-safeguarder"
LATER = NOW + timedelta(days=3)
numbers = count(1)


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    database = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    yield database
    database.close()


def store(database: Database, lane: Lane = Lane.EXCELLENCE, **changes: Any) -> None:
    database.write(lambda tx: SqlEvaluations(tx, NOW).add(replace(a_concern(lane), **changes)))


def concern(database: Database) -> Concern:
    with database.read() as connection:
        found = SqlConcerns(connection).find("concern")
    assert found is not None
    return found


def recorded(word: str = "acknowledged", state: str = "closed", **fields: Any) -> evidence.SessionRecordChanged:
    number = from_word(records.AgendaOutcome.Word, word)
    said = evidence.AgendaOutcomeFact(concern_id="concern", word=number, disputed=fields.pop("disputed", False))
    values: dict[str, Any] = {
        "safeguarder_id": PERSON,
        "session_id": "s-1",
        "version": 3,
        "state": from_word(records.SessionRecord.State, state),
        "held_date": to_date(TODAY),
        "outcomes": [evidence.AgendaOutcomeFact(concern_id="of nobody", word=number), said],
    }
    return evidence.SessionRecordChanged(**values | fields)


NO_RULEBOOK: Any = None
"""A record needs none."""


def receive(database: Database, message: evidence.SessionRecordChanged) -> None:
    kind = message.DESCRIPTOR.full_name
    event = StoredEvent(1, f"e-{next(numbers)}", kind, PERSON, 1, NOW, "", message.SerializeToString())
    database.write(lambda tx: from_evidence(lambda: LATER, NO_RULEBOOK)[kind](tx, event))


def moves(database: Database) -> list[events.ConcernMoved]:
    with database.read() as connection:
        found = events_after(connection, 0, 100)
    return [events.ConcernMoved.FromString(e.data) for e in found if e.type == "psmf.rules.v1.ConcernMoved"]


@pytest.mark.parametrize("state", [State.RAISED, State.ACKNOWLEDGED, State.REOPENED])
def test_praise_is_acknowledged_in_session_by_the_record_once(database: Database, state: State) -> None:
    """B6: unacknowledged praise comes first, and the record says that it was acknowledged."""
    store(database, state=state)
    receive(database, recorded())
    assert concern(database).state is State.ACKNOWLEDGED_IN_SESSION
    receive(database, recorded(version=4))
    (told,) = moves(database)
    assert told.move == concern_moves_pb2.CONCERN_MOVE_ACKNOWLEDGE_IN_SESSION
    assert told.concern.moved_by == "calendar"


@pytest.mark.parametrize(
    "message",
    [
        recorded(disputed=True),
        recorded(word="carried_forward"),
        recorded(state="shared"),
        recorded(state="disputed"),
        recorded(state="withdrawn"),
        recorded(safeguarder_id="somebody-else"),
        recorded(held_date=to_date(TODAY + timedelta(days=30))),
    ],
)
def test_praise_stays_as_it_is_where_the_record_does_not_say_so(
    database: Database, message: evidence.SessionRecordChanged
) -> None:
    """Record 2.2: only the undisputed stands, in a closed record, of this person, of a day that was."""
    store(database)
    receive(database, message)
    assert concern(database).state is State.RAISED
    assert moves(database) == []


@pytest.mark.parametrize(
    ("lane", "state"),
    [
        (Lane.SUPPORT_NEED, State.RAISED),
        (Lane.SAFETY, State.ACKNOWLEDGED),
        (Lane.EXCELLENCE, State.INVITED_TO_SHARE),
        (Lane.EXCELLENCE, State.DISMISSED),
        (Lane.EXCELLENCE, State.HELD),
    ],
)
def test_a_record_moves_no_other_concern_and_is_never_refused(database: Database, lane: Lane, state: State) -> None:
    """Record 0.2: a fact is taken as it is, and what does not fit is left out."""
    store(database, lane, state=state)
    receive(database, recorded())
    assert concern(database).state is state
