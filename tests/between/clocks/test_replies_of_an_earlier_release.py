"""Kind closed: a time to reply that an earlier release let run on during a leave stays wrong after the update (R90)."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from psmf.scheduling.v1 import scheduling_pb2 as scheduling
from sqlalchemy import text

from services.platform.storage.database import Database
from services.platform.storage.migrations import take_back
from tests.architecture.source import ROOT
from tests.between.clocks.test_replies_while_away import absence_of, newest_fact, read, short, told, two_voices
from tests.between.clocks.test_times_away import record
from tests.between.test_reply_before_it_counts import day, lapse, missed_training, raised, running
from tests.between.together import Together

__all__ = ["running"]

Body = dict[str, Any]


def bodies_become(database: Database, table: str, change: Callable[[Body], Body]) -> None:
    """Store the bodies of a table as an earlier release would have stored them."""

    def work(connection: Any) -> None:
        for (body,) in connection.execute(text(f"SELECT body FROM {table}")).fetchall():  # noqa: S608
            values = {"old": body, "new": json.dumps(change(json.loads(body)), separators=(",", ":"))}
            connection.execute(text(f"UPDATE {table} SET body = :new WHERE body = :old"), values)  # noqa: S608

    database.write(work)


def test_evidence_moves_what_still_runs_when_it_starts_and_leaves_what_is_over(running: Together) -> None:
    over_on = lapse(running.today) - timedelta(days=1)
    over = two_voices(running)[0]
    running.until(over_on + timedelta(days=20))
    one, other = two_voices(running)
    shared_on = running.today
    first = running.today + timedelta(days=1)
    record(running, over_on - timedelta(days=2), over_on)
    record(running, first, first + timedelta(days=27))
    due_on = day(read(running, one), "reply_due_date")
    ran_on = lapse(shared_on) - timedelta(days=1)
    before = raised(running)
    bodies_become(
        running.services["evidence"].database,
        "evidence_item",
        lambda body: body | {"reply_due_on": str(ran_on if body["reply_due_on"] == str(due_on) else over_on)},
    )
    versions = newest_fact(running, short(over.name))["version"]
    running.restart("evidence")
    running.settle()
    for item in (one, other):
        assert day(read(running, item), "reply_due_date") == due_on
        assert newest_fact(running, short(item.name))["reply_due_on"] == due_on.isoformat()
    assert newest_fact(running, short(over.name))["version"] == versions
    assert raised(running) == before
    again = newest_fact(running, short(one.name))["version"]
    running.restart("evidence")
    running.settle()
    assert newest_fact(running, short(one.name))["version"] == again


def test_scheduling_finds_in_its_outbox_what_it_had_told_of_an_absence(running: Together) -> None:
    running.days(30)
    missed_training(running, scheduling.ATTENDANCE_ABSENT_UNEXCUSED)
    database = running.services["scheduling"].database
    due_on = date.fromisoformat(absence_of(running)["reply_due_on"])
    kept = obligations_told(database)
    assert len(kept) == 1
    bodies_become(database, "obligation", lambda body: {key: body[key] for key in body if key != "told"})
    take_back(database.engine, ROOT / "services" / "scheduling" / "migrations", "0007")
    running.restart("scheduling")
    assert obligations_told(running.services["scheduling"].database) == kept
    first = running.today + timedelta(days=1)
    record(running, first, None)
    assert told(running)[-1] == ("stands_still", None)
    running.until(due_on + timedelta(days=3))
    assert "training-missed" not in raised(running)


def obligations_told(database: Database) -> list[Body]:
    """Return what is kept of what was told of trainings."""
    with database.read() as connection:
        bodies = connection.execute(text("SELECT body FROM obligation")).scalars().all()
    return [found for body in bodies if (found := json.loads(body).get("told"))]
