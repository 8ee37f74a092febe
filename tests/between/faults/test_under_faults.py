"""What the suite does while its surroundings misbehave, and what it says meanwhile.

The kinds that this file closes: an instant that was stored while a clock stood wrong, and is then waited for.
"""

import importlib
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.platform.v1 import status_pb2
from sqlalchemy import BigInteger

from services.cli.ops.checks import examine
from services.platform.calls.wire import to_date
from services.platform.storage.database import execute
from services.rules.adapters.store.evaluations import unpacked
from services.rules.adapters.store.facts import LONGEST_PAUSE
from tests.between.together import Together
from tests.builders import a_mapping

SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
RULE = "confidentiality"
JUMPS = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=-1), timedelta(days=400))
EVERY_JUMP = pytest.mark.parametrize("jump", JUMPS, ids=str)
TABLES = {
    "evidence": "services.evidence.adapters.tables",
    "rules": "services.rules.adapters.store.tables",
    "scheduling": "services.scheduling.adapters.tables",
    "notifications": "services.notifications.adapters.tables",
}
WAITED_FOR = {
    "relay.held_until", "evaluation_request.not_before", "evaluation_request.claimed_until", "simulation.seen_at",
    "notification.due_at", "notification.claimed_at", "opened.until",
}  # fmt: skip
"""Instants at which something happens, each with its own longest wait (platform: waits.py, calls/relations.py)."""
DELETED_BY = {"request.answered_at", "simulation.expires_at", "draft.changed_at", "feedback_session.ends_at"}
"""Instants by which rows are deleted, compared with `ConfirmedTime` only."""
CHOSEN_BY_PEOPLE = {"support_session.starts_at", "session_pack.freezes_at", "rulebook_activation.effective_at"}
"""Instants that people chose, however far ahead. No longest wait can be said."""
USED_UNTIL = {"feedback_link.ends_at"}
"""Instants until which something can be used. Nothing waits for them, and a clock that is put right mends them."""
RECORDED = {
    "at", "recorded_at", "set_aside_at", "created_at", "raised_at", "ended_at", "made_at", "kept_at", "frozen_at",
    "loaded_at", "in_force_at", "approved_at", "opened_at", "sent_at", "started_at", "evidence_recorded_at", "acted_at",
    "added_at", "declared_at", "returned_at", "answered_at", "revoked_at",
}  # fmt: skip
"""Names of instants that only say when something happened. Nothing waits for them."""


def test_every_stored_instant_is_one_that_a_wrong_clock_cannot_put_off() -> None:
    """F1: a new column that something waits for is named above with its rule, or this fails."""
    stored = {
        f"{table.name}.{column.name}"
        for module in TABLES.values()
        for table in importlib.import_module(module).metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, BigInteger) and column.name.endswith(("at", "until", "before", "due"))
    }
    sorted_out = WAITED_FOR | DELETED_BY | CHOSEN_BY_PEOPLE | USED_UNTIL
    assert sorted_out <= stored
    assert {name for name in stored - sorted_out if name.rpartition(".")[2] not in RECORDED} == set()


def statuses(running: Together) -> dict[str, status_pb2.Status]:
    """Return the status of each service, as its operator gets it."""
    asked, operator = status_pb2.GetStatusRequest(), running.as_("operator")
    return {name: running.status(name).GetStatus(asked, **operator) for name in TABLES}


def everything_is_done(running: Together) -> None:
    """Assert that no message and no evaluation waits, and that nothing was lost."""
    found = {
        name: running.status(name).GetStatus(status_pb2.GetStatusRequest(), **running.as_("operator"))
        for name in TABLES
    }
    assert found["notifications"].figures["notifications_waiting"] == 0
    assert found["notifications"].figures["notifications_failed"] == 0
    rules = found["rules"].figures
    assert rules["people_waiting"] == 0
    assert found["evidence"].figures["facts_accepted"] == rules["facts_received"] == rules["facts_evaluated"]


@EVERY_JUMP
def test_a_clock_that_stood_wrong_loses_no_safety_matter(suite_together: Together, jump: timedelta) -> None:
    """F1: the clock is wrong while a safety item comes, then right again. The Team is told, and all is evaluated."""
    running = suite_together
    running.appoint("sg-one")
    running.settle()
    dates: dict[str, Any] = {"happened_date": to_date(running.ago(22)), "received_date": to_date(running.ago(21))}
    running.clock.step(jump)
    running.settle()
    told = len(running.mail.taken)
    running.record("sg-one", **(SAFETY | dates))
    running.deliver("rules", "evidence")
    running.clock.step(-jump)
    running.settle()
    running.pass_time(timedelta(minutes=1))
    assert RULE in running.open_concerns("sg-one")
    assert RULE in [alert.rule for alert in running.open_alerts("sg-one")]
    assert len(running.mail.taken) > told
    everything_is_done(running)


@EVERY_JUMP
def test_what_was_put_off_while_the_clock_stood_wrong_is_done_in_its_own_time(
    suite_together: Together, jump: timedelta
) -> None:
    """F1: deferred and claimed evaluations, and messages to be tried again, wait as long as they would have."""
    running = suite_together
    running.appoint("sg-one")
    running.record("sg-one", **SAFETY)
    running.deliver("rules", "evidence")
    ahead = running.clock.now() + jump
    rules = running.services["rules"].database
    until = int((ahead + LONGEST_PAUSE).timestamp() * 1_000_000)
    died = "a copy that died" if rules.is_shared else ""  # on SQLite there is one copy, and nobody claims
    put_off = "UPDATE evaluation_request SET not_before = ?, claimed_until = ?, claimed_by = ?"
    rules.write(lambda tx: execute(tx, put_off, (until, until, died)))
    running.pass_time(LONGEST_PAUSE)
    running.pass_time(timedelta(seconds=1))
    assert RULE in running.open_concerns("sg-one")
    everything_is_done(running)


def test_after_a_step_everyone_is_evaluated_again_and_the_doctor_says_so(suite_together: Together) -> None:
    """F1: what was evaluated a year ahead is evaluated again today, and the operator is told of the step."""
    running = suite_together
    running.appoint("sg-one")
    running.settle()

    def last_as_of() -> str:
        with running.services["rules"].database.read() as connection:
            last = "SELECT record, packed FROM evaluation ORDER BY number DESC LIMIT 1"
            return unpacked(*execute(connection, last).fetchone()).decode()

    running.clock.step(timedelta(days=400))
    running.settle()
    assert f'"as_of":"{running.today}"' in last_as_of()
    running.clock.step(timedelta(days=-400))
    running.settle()
    assert f'"as_of":"{running.today}"' in last_as_of()
    found = {
        name: running.status(name).GetStatus(status_pb2.GetStatusRequest(), **running.as_("operator"))
        for name in TABLES
    }
    said = [finding for finding in examine(found, found, [], dict.fromkeys(TABLES, True)) if "clock" in finding.what]
    stepped = [finding for finding in said if finding.runbook == "PsmfClockStepped"]
    assert {finding.service for finding in stepped} == set(TABLES)
    assert all("set back by 34,560,000 s" in finding.what for finding in stepped)
    running.days(1)
    with running.services["rules"].database.read() as connection:
        (begun,) = execute(connection, "SELECT MAX(day) FROM daily_run").fetchone()
    assert begun == running.today.isoformat(), "the days that were begun ahead begin again"
