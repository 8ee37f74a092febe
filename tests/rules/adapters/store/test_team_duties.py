"""What scheduling tells of the Team's duties is stored once, in any order, and never what a Safeguarder owes (R43)."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from psmf.scheduling.v1 import duties_pb2, events_pb2

from services.platform.calls.wire import to_date, to_instant
from services.platform.events.outbox import StoredEvent
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.store.facts import Request, SqlFacts
from services.rules.adapters.store.simulations import SqlSimulations
from services.rules.adapters.store.team_duties import read_duty
from services.rules.compose import HERE
from services.rules.consumer import remember_team_duty
from services.rules.domain.evidence.team_duties import open_duties
from services.rules.domain.facts import CaseFile, TeamDuty
from services.rules.wire.facts import team_duty
from tests import databases
from tests.rules.builders import NOW, PERSON, a_duty

Kind, OwedBy, State = duties_pb2.Duty.Kind, duties_pb2.Duty.OwedBy, duties_pb2.Duty.State
DUE = date(2026, 10, 30)
DAY_AFTER = DUE + timedelta(days=60)
WHO = PERSON.safeguarder_id


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    database = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    database.write(lambda tx: SqlFacts(tx).remember_person(PERSON))
    yield database
    database.close()


def told(version: int = 1, **changes: Any) -> events_pb2.DutyChanged:
    """Return what scheduling says of a support that the Team promised, a day later with each version."""
    fields: dict[str, Any] = {
        "safeguarder_id": WHO,
        "duty_id": "duty",
        "version": version,
        "kind": Kind.KIND_DELIVER_SUPPORT,
        "owed_by": OwedBy.OWED_BY_PANEL_TEAM,
        "about": f"safeguarders/{WHO}/supports/one",
        "state": State.STATE_RUNNING,
        "due_date": to_date(DUE + timedelta(days=version)),
        "change_time": to_instant(NOW + timedelta(days=version)),
    }
    return events_pb2.DutyChanged(**fields | changes)


def receive(database: Database, *messages: events_pb2.DutyChanged, today: date = DAY_AFTER) -> None:
    for number, message in enumerate(messages, 1):
        name = message.DESCRIPTOR.full_name
        event = StoredEvent(number, f"event-{number}", name, WHO, number, NOW, "", message.SerializeToString())
        database.write(partial(remember_team_duty, event=event, today=today))


def case_file(database: Database) -> CaseFile:
    with database.read() as connection:
        found = SqlFacts(connection).case_file(WHO)
    assert found is not None
    return found


def owed(database: Database) -> list[tuple[int, date]]:
    duties = open_duties(case_file(database).duties, NOW + timedelta(days=99))
    return [(duty.version, duty.due_on) for duty in duties]


def evaluate(database: Database) -> None:
    """Do as an evaluation does once it has looked at the person."""
    database.write(lambda tx: SqlFacts(tx).ask_for_evaluation(WHO))
    seen, (request,) = case_file(database), waiting(database)
    database.write(lambda tx: SqlFacts(tx).done(request, seen, None))


def waiting(database: Database) -> list[Request]:
    with database.read() as connection:
        return SqlFacts(connection).due(NOW, "", 10)


@pytest.mark.parametrize("seed", range(6))
def test_the_newest_version_holds_however_often_and_in_whatever_order_they_come(database: Database, seed: int) -> None:
    messages = [told(version) for version in (1, 2, 3)] * 2
    random.Random(seed).shuffle(messages)
    receive(database, *messages)
    assert owed(database) == [(3, DUE + timedelta(days=3))]
    assert len(case_file(database).duties) == 3, "each version is stored once, so that the past reads as it was known"


def test_a_duty_that_is_met_or_ends_is_no_longer_owed(database: Database) -> None:
    receive(database, told(), told(2, state=State.STATE_MET), told(duty_id="other"), told(1, duty_id="third"))
    receive(database, told(2, duty_id="other", state=State.STATE_ENDED))
    assert owed(database) == [(1, DUE + timedelta(days=1))]


def test_a_new_duty_waits_for_the_daily_round_even_if_its_day_has_passed(database: Database) -> None:
    """Decision 9: it comes with an appointment, and an evaluation half-way through a history would raise gaps."""
    receive(database, told(), told(duty_id="other", state=State.STATE_MET))
    assert waiting(database) == []


@pytest.mark.parametrize(("today", "is_evaluated"), [(DUE + timedelta(days=1), False), (DUE + timedelta(days=2), True)])
@pytest.mark.parametrize("change", [{"state": State.STATE_MET}, {"due_date": to_date(DAY_AFTER)}])
def test_what_rests_on_an_overdue_duty_is_looked_at_when_it_is_done_or_put_off(
    database: Database, change: dict[str, Any], today: date, is_evaluated: bool
) -> None:
    receive(database, told())
    evaluate(database)
    receive(database, told(2, **change), today=today)
    assert bool(waiting(database)) is is_evaluated


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.KIND_ANSWER_RECORD, "owed_by": OwedBy.OWED_BY_SAFEGUARDER},
        {"kind": Kind.KIND_GIVE_VIEW, "owed_by": OwedBy.OWED_BY_SAFEGUARDER},
        {"kind": Kind.KIND_ACTION, "owed_by": OwedBy.OWED_BY_SAFEGUARDER},
        {"kind": 99},
        {"owed_by": 99},
        {"state": 99},
    ],
    ids=["an answer", "a view", "their own action", "a later kind", "a later side", "a later state"],
)
def test_what_a_safeguarder_owes_and_what_a_later_release_says_is_not_stored(
    database: Database, changes: dict[str, Any]
) -> None:
    receive(database, told(**changes))
    assert case_file(database).duties == ()
    assert waiting(database) == []


@pytest.mark.parametrize("owed_by", [OwedBy.OWED_BY_PANEL_TEAM, OwedBy.OWED_BY_SUPPORT_MANAGER])
def test_an_action_of_the_team_or_of_the_manager_is_theirs(owed_by: Any) -> None:
    message = told(kind=Kind.KIND_ACTION, owed_by=owed_by, state=State.STATE_STANDING_STILL)
    duty = team_duty(message)
    assert duty is not None
    assert (duty.kind, duty.is_open, duty.recorded_at) == ("action", True, NOW + timedelta(days=1))


def test_a_duty_of_somebody_who_was_never_appointed_waits_for_the_appointment(database: Database) -> None:
    receive(database, told(safeguarder_id="sg-unknown"))
    with database.read() as connection:
        assert SqlFacts(connection).case_file("sg-unknown") is None


def test_a_duty_is_news_until_an_evaluation_has_looked_at_it(database: Database) -> None:
    receive(database, told())
    database.write(lambda tx: SqlFacts(tx).ask_for_evaluation(WHO))
    seen, (request,) = case_file(database), waiting(database)
    receive(database, told(2))
    database.write(lambda tx: SqlFacts(tx).done(request, seen, None))
    with database.read() as connection:
        assert SqlFacts(connection).news_of_duties(WHO) == {("duty", 2)}


def test_a_simulation_gets_the_duties_of_each_person(database: Database) -> None:
    other = "sg-other"
    database.write(lambda tx: SqlFacts(tx).remember_person(PERSON.__class__(other, *_days())))
    receive(database, told(), told(2), told(safeguarder_id=other, duty_id="theirs"))
    with database.read() as connection:
        store = SqlSimulations(connection)
        without = {row["safeguarder_id"]: row["versions"] for row in store.people_after("")}
        people = {row["safeguarder_id"]: row for row in store.people([WHO, other])}
    assert without == {WHO: [0, 2], other: [0, 1]}
    found = {who: [read_duty(body) for body in row["duties"]] for who, row in people.items()}
    assert [(duty.duty_id, duty.version) for duty in found[WHO]] == [("duty", 1), ("duty", 2)]
    assert [duty.duty_id for duty in found[other]] == ["theirs"]


def _days() -> tuple[date, date, date]:
    return PERSON.appointed_on, PERSON.term_starts_on, PERSON.term_ends_on


def test_a_stored_duty_reads_as_it_was_written() -> None:
    duty: TeamDuty = a_duty()
    from services.rules.adapters.store.team_duties import _DUTY

    assert read_duty(_DUTY.dump_json(duty).decode()) == duty
