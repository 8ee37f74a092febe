"""The supports of a concern go along to the one that it goes on as. What the Team owes, it still owes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence_events
from sqlalchemy import Connection

from services.platform.calls.wire import to_date
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.compose import HERE
from services.rules.domain.closed_lists import State, SupportGiven, SupportsStanding
from services.rules.domain.concerns.concern import Concern, ConcernId
from services.rules.domain.concerns.progress import Support, supports_standing
from services.rules.handlers.change_concern import merge_concern
from services.rules.handlers.concerns import ConcernContext, Named
from services.rules.handlers.follow_supports import follow_register
from services.rules.wire.record import support_of
from tests import databases
from tests.rules.builders import NOW, TODAY
from tests.rules.domain.concerns.builders import ACCEPTED, DELIVERED, a_concern, a_support

PERSON = "demo-safeguarder"


def add(concern: Concern, tx: Connection) -> None:
    SqlEvaluations(tx, NOW).add(concern)


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    database = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    for name in ("concern", "other"):
        concern = replace(a_concern(), concern_id=ConcernId(name), state=State.ACKNOWLEDGED, owner="manager")
        concern = replace(concern, answer=replace(concern.answer, subject=f"S2.{len(name)}"))
        database.write(partial(add, concern))
    yield database
    database.close()


def receive(database: Database, fact: Support) -> None:
    database.write(lambda tx: follow_register(PERSON, ["concern"], fact, SqlConcerns(tx), NOW))


def merge(database: Database) -> None:
    def work(tx: Connection) -> None:
        context = ConcernContext(SqlConcerns(tx), tuple, "manager", NOW)
        merge_concern(Named(PERSON, "concern", ""), Named(PERSON, "other", ""), context)

    database.write(work)


def other(database: Database) -> Concern:
    with database.read() as connection:
        found = SqlConcerns(connection).find("other")
    assert found is not None
    return found


def test_what_the_team_owes_goes_along_and_is_followed_there(database: Database) -> None:
    receive(database, ACCEPTED)
    merge(database)
    later = TODAY + timedelta(days=30)
    assert other(database).state is State.IN_SUPPORT
    assert supports_standing(other(database).progress.supports, later) is SupportsStanding.TEAM_COULD_NOT
    receive(database, DELIVERED)
    (support,) = other(database).progress.supports
    assert support.given is SupportGiven.DELIVERED
    assert supports_standing(other(database).progress.supports, later) is SupportsStanding.COMPLETE


@pytest.mark.parametrize("field", ["kind", "state"])
def test_a_support_in_words_of_a_later_release_changes_nothing(field: str) -> None:
    """Record 0.2: a fact is never a dead letter because of what it says."""
    known = evidence_events.SupportChanged(
        support_id="support", version=1, kind=plans.Support.KIND_MODULE, state=plans.Support.STATE_OFFERED
    )
    known.discussed_date.CopyFrom(to_date(TODAY))
    assert support_of(known) == replace(a_support(), discussed_on=TODAY)
    setattr(known, field, 99)
    assert support_of(known) is None


def test_an_answer_in_a_word_of_a_later_release_is_awaited_still() -> None:
    said = evidence_events.SupportChanged(
        support_id="support", version=1, kind=plans.Support.KIND_MODULE, state=plans.Support.STATE_ACCEPTED
    )
    said.discussed_date.CopyFrom(to_date(TODAY))
    said.answer = 99  # type: ignore[assignment]
    found = support_of(said)
    assert found is not None
    assert found.answer is None
