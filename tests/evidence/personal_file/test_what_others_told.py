"""What a service told about a person, that it never told anything, and that something of it cannot be read."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from psmf.rules.v1 import events_pb2 as rules_events

from services.evidence.adapters.personal_file.told import SqlTold
from services.evidence.adapters.plan_facts import SqlPlanFacts
from services.evidence.consumer import FROM_RULES
from services.evidence.domain.known_concern import KnownConcern, follow
from services.evidence.domain.personal_file.sources import SourceState
from services.platform.storage.database import Database, execute
from tests import databases
from tests.evidence.personal_file.build import a_concern
from tests.evidence.plans.build import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    opened = Database(databases.of_service("evidence", tmp_path / "evidence.db"))
    yield opened
    opened.close()


def put(database: Database, statement: str) -> None:
    database.write(lambda tx: execute(tx, statement, ()) and None)


def state(database: Database, source: str = "rules", person: str = "sg-one") -> SourceState:
    with database.read() as connection:
        return SqlTold(connection).source(source, person).state


def test_a_service_that_never_told_anything_is_said_to_have_told_nothing(database: Database) -> None:
    assert state(database) is SourceState.NEVER_TOLD
    put(database, "INSERT INTO inbox_key (source, key, sequence) VALUES ('scheduling', 'sg-one', 1)")
    assert state(database) is SourceState.NEVER_TOLD
    put(database, "INSERT INTO inbox_key (source, key, sequence) VALUES ('rules', '2015-07', 1)")
    assert state(database) is SourceState.KNOWN


@pytest.mark.parametrize("kept_as", ["dead", "waits"])
def test_what_cannot_be_read_of_one_person_is_said_to_that_person_alone(database: Database, kept_as: str) -> None:
    put(database, "INSERT INTO inbox_key (source, key, sequence) VALUES ('rules', 'sg-one', 1)")
    columns = "event_id, source, position, type, key, key_sequence, recorded_at, traceparent, data, state, reason"
    values = f"'e', 'rules', 2, 't', 'sg-one', 2, 0, '', '', '{kept_as}', 'r'"
    put(database, f"INSERT INTO dead_letter ({columns}, set_aside_at) VALUES ({values}, 0)")  # noqa: S608
    assert state(database) is SourceState.WAITS
    assert state(database, person="sg-two") is SourceState.KNOWN
    put(database, "UPDATE dead_letter SET state = 'dropped'")
    assert state(database) is SourceState.KNOWN


def test_the_latest_word_of_a_service_is_the_one_that_is_shown(database: Database) -> None:
    for at in (NOW, LATER, NOW):
        database.write(lambda tx, at=at: SqlTold(tx).note("rules", "sg-one", at))  # type: ignore[misc]
    with database.read() as connection:
        assert SqlTold(connection).source("rules", "sg-one").known_at == LATER
        assert SqlTold(connection).source("scheduling", "sg-one").known_at is None


def test_a_concern_is_kept_with_what_it_is_about_and_an_agenda_takes_none_of_it_away(database: Database) -> None:
    concern = a_concern(on_hold=True, quiet=True)
    database.write(lambda tx: SqlPlanFacts(tx).remember_concern(concern))
    database.write(lambda tx: SqlPlanFacts(tx).remember_agenda("sg-one", ["c1", "c2"]))
    with database.read() as connection:
        found = {each.concern_id: each for each in SqlPlanFacts(connection).open_concerns("sg-one")}
    assert found == {"c1": concern, "c2": KnownConcern("c2", "sg-one", is_open=True)}
    assert found["c2"].is_obscure
    database.write(lambda tx: SqlPlanFacts(tx).remember_concern(a_concern(is_open=False)))
    with database.read() as connection:
        assert [each.concern_id for each in SqlPlanFacts(connection).open_concerns("sg-one")] == ["c2"]


def test_what_the_release_before_kept_of_a_concern_is_open_and_obscure(database: Database) -> None:
    put(database, "INSERT INTO known_concern (concern_id, safeguarder_id, is_open) VALUES ('c9', 'sg-one', true)")
    with database.read() as connection:
        facts = SqlPlanFacts(connection)
        assert facts.concern_is_open("c9", "sg-one")
        assert facts.concern_is_open("c9", "sg-two") is None
        assert [each.is_obscure for each in facts.open_concerns("sg-one")] == [True]


def test_only_the_event_that_says_so_makes_a_concern_quiet_or_ends_that() -> None:
    raised = follow(None, a_concern(), quiet=True)
    assert raised.said is not None
    assert raised.said.quiet
    moved = follow(raised, a_concern(on_hold=True), quiet=None)
    assert moved.said is not None
    assert (moved.said.quiet, moved.is_held) == (True, True)
    taken_on = follow(moved, a_concern(), quiet=False)
    assert taken_on == a_concern()
    assert follow(None, a_concern(), quiet=None) == a_concern()


def test_no_event_about_a_concern_is_left_out() -> None:
    """Else a word would stand as it was before that event, and nobody would see it."""
    messages = rules_events.DESCRIPTOR.message_types_by_name.values()
    about_a_concern = {message.full_name for message in messages if "concern" in message.fields_by_name}
    assert about_a_concern <= FROM_RULES.keys()
    assert len(about_a_concern) > 5
