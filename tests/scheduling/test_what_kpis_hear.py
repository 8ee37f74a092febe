"""Events from which KPIs 5 and 7 are counted: each obligation with its due date, and its outcome (D14)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psmf.scheduling.v1 import events_pb2, scheduling_pb2

from services.platform.calls.wire import from_date
from services.scheduling.domain.obligations.obligations import ObligationKind
from tests.scheduling.builders import TODAY
from tests.scheduling.office import Office
from tests.scheduling.received import appointed, ended, raised


@pytest.fixture
def office(database_kind: str, tmp_path: Path) -> Iterator[Office]:
    """Scheduling's handlers on a database of each kind."""
    made = Office(tmp_path / "scheduling.db")
    yield made
    made.close()


def published(office: Office, kind: Any) -> list[Any]:
    rows = office.rows("SELECT type, data FROM outbox ORDER BY position")
    return [kind.FromString(bytes(data)) for name, data in rows if name == kind.DESCRIPTOR.full_name]


def sessions_owed(office: Office) -> set[str]:
    owed = office.schedule("sg-one").obligations
    return {each.obligation_id for each in owed if each.kind is ObligationKind.SUPPORT_SESSION}


def test_each_thing_owed_is_told_with_its_last_day(office: Office) -> None:
    office.receive(appointed("sg-one", TODAY))
    (opened,) = published(office, events_pb2.ObligationsOpened)
    schedule = office.schedule("sg-one")
    assert {(owed.obligation_id, owed.number) for owed in opened.obligations} == {
        (owed.obligation_id, owed.number) for owed in schedule.obligations
    }
    kinds = [scheduling_pb2.Obligation.Kind.Name(owed.kind) for owed in opened.obligations]
    assert kinds == ["KIND_SUPPORT_SESSION"] * 3 + ["KIND_MANDATORY_TRAINING"] * 2
    assert {owed.obligation_id: from_date(owed, "due_date") for owed in opened.obligations} == {
        owed.obligation_id: owed.due_on(TODAY) for owed in schedule.obligations
    }


def test_every_date_says_what_it_is_for_and_an_extra_session_that_it_is_for_nothing_owed(office: Office) -> None:
    office.receive(appointed("sg-one", TODAY), raised("sg-one", "c1", within=10))
    proposed = published(office, events_pb2.SupportSessionProposed)
    assert {event.obligation_id for event in proposed[:3]} == sessions_owed(office)
    assert [event.obligation_id for event in proposed[3:]] == [""]
    assert proposed[-1].concern_id == "c1"


def test_a_date_called_off_says_by_whom(office: Office) -> None:
    office.receive(appointed("sg-one", TODAY), ended("sg-one", TODAY))
    cancelled = published(office, events_pb2.SupportSessionCancelled)
    assert {event.cancelled_by for event in cancelled} == {"team"}
    assert {event.obligation_id for event in cancelled} == sessions_owed(office)
