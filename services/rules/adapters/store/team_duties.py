"""Duties of the Team in the database, in the current transaction: every version that scheduling has told."""

import functools
from collections.abc import Iterable

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.platform.storage.database import execute, execute_many, insert_sql
from services.rules.adapters.store import tables
from services.rules.domain.facts import TeamDuty

_DUTY = TypeAdapter(TeamDuty)
_ADD = insert_sql(tables.team_duty) + " ON CONFLICT DO NOTHING"
_OF_PERSON = "SELECT body FROM team_duty WHERE safeguarder_id = ? ORDER BY duty_id, version"
_EVALUATED = "SELECT body FROM team_duty WHERE duty_id = ? AND evaluated"
_NOT_EVALUATED = "SELECT duty_id, version FROM team_duty WHERE safeguarder_id = ? AND NOT evaluated"


# A version of a duty never changes, so the same text is always the same duty. The limit only bounds memory.
@functools.lru_cache(maxsize=8_192)
def read_duty(body: str) -> TeamDuty:
    """Return a version of a duty from its JSON, parsed once for each text."""
    return _DUTY.validate_json(body)


def remember_duty(connection: Connection, safeguarder_id: str, duty: TeamDuty) -> None:
    """Store a version of a duty. If it is stored already, nothing changes, so an event can come twice."""
    body = _DUTY.dump_json(duty).decode()
    execute(connection, _ADD, (duty.duty_id, duty.version, safeguarder_id, False, body))


def duties_of(connection: Connection, safeguarder_id: str) -> tuple[TeamDuty, ...]:
    """Return every version of every duty of the Team in a person's record."""
    return tuple(read_duty(body) for (body,) in execute(connection, _OF_PERSON, (safeguarder_id,)).fetchall())


def evaluated_versions(connection: Connection, duty_id: str) -> tuple[TeamDuty, ...]:
    """Return the versions of a duty that an evaluation has looked at."""
    return tuple(read_duty(body) for (body,) in execute(connection, _EVALUATED, (duty_id,)).fetchall())


def not_evaluated(connection: Connection, safeguarder_id: str) -> frozenset[tuple[str, int]]:
    """Return the id and the version of each duty that no evaluation has looked at yet."""
    return frozenset(tuple(row) for row in execute(connection, _NOT_EVALUATED, (safeguarder_id,)).fetchall())


def mark_evaluated(connection: Connection, safeguarder_id: str, duties: Iterable[TeamDuty]) -> None:
    """Note that an evaluation has looked at these versions. One that came after it was read stays as it is."""
    waiting = not_evaluated(connection, safeguarder_id)
    seen = sorted(waiting & {(duty.duty_id, duty.version) for duty in duties}) if waiting else []
    if seen:
        execute_many(connection, "UPDATE team_duty SET evaluated = true WHERE duty_id = ? AND version = ?", seen)
