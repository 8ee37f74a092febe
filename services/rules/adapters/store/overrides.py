"""Overrides in the database, in the current transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from services.platform.calls.relations import Listed
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, from_micros, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent
from services.rules.adapters.store import tables
from services.rules.domain.concerns.overrides import Override
from services.rules.domain.facts import ConcernKey, OverrideFact
from services.rules.wire.overrides import override_event

_FIELDS = "override_id, rule, subject, starts_on, ends_on, made_at, ended_at"
_OF_PERSON = f"SELECT {_FIELDS} FROM rule_override WHERE safeguarder_id = ? ORDER BY override_id"  # noqa: S608
_ALL = f"SELECT {_FIELDS}, safeguarder_id, reason, author, ended_by FROM rule_override"  # noqa: S608
_ADD = insert_sql(tables.rule_override)


def overrides_of(connection: Connection, safeguarder_id: str) -> tuple[OverrideFact, ...]:
    """Return all overrides ever made for a person."""
    return tuple(_fact(row) for row in execute(connection, _OF_PERSON, (safeguarder_id,)))


class SqlOverrides:
    """Overrides: decisions that a rule does not apply to a person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, override_id: str) -> Override | None:
        """Return the override, None if there is none."""
        row = execute(self._connection, f"{_ALL} WHERE override_id = ?", (override_id,)).fetchone()
        return _override(row) if row else None

    def of_person(self, safeguarder_id: str) -> tuple[Override, ...]:
        """Return all overrides for a person."""
        rows = execute(self._connection, f"{_ALL} WHERE safeguarder_id = ?", (safeguarder_id,)).fetchall()
        return tuple(_override(row) for row in rows)

    def made_since(self, at: int) -> Sequence[Override]:
        """Return the overrides for all people that were made since an instant (microseconds)."""
        rows = execute(self._connection, f"{_ALL} WHERE made_at >= ? ORDER BY override_id", (at,)).fetchall()
        return [_override(row) for row in rows]

    def add(self, override: Override) -> None:
        """Store a new override, and publish it."""
        execute(self._connection, _ADD, _row(override))
        self._publish(override, override.aside.made_at)

    def end(self, override: Override) -> None:
        """Store that an override was ended before its last day, and publish it."""
        if override.aside.ended_at is None:
            raise ValueError("the override is not ended")
        ended_at = to_micros(override.aside.ended_at)
        execute(
            self._connection,
            "UPDATE rule_override SET ended_at = ?, ended_by = ? WHERE override_id = ?",
            (ended_at, override.ended_by, override.aside.override_id),
        )
        self._publish(override, override.aside.ended_at)

    def _publish(self, override: Override, at: datetime) -> None:
        add_events(self._connection, [(override.safeguarder_id, override_event(override))], at, traceparent())

    def page(self, people: Listed, holding_on: date | None, after: tuple[str, str], most: int) -> Sequence[Override]:
        """Return overrides after a place in the list, those first that end first.

        `holding_on` limits them to those that apply on a day.
        """
        where, given = "(ends_on, override_id) > (?, ?)", [*after]
        where_listed, listed = people.limits_in_sql("safeguarder_id")
        where, given = f"{where}{where_listed}", [*given, *listed]
        if holding_on is not None:
            where, given = f"{where} AND ended_at IS NULL AND ends_on >= ?", [*given, holding_on.isoformat()]
        query = f"{_ALL} WHERE {where} ORDER BY ends_on, override_id LIMIT ?"
        return [_override(row) for row in execute(self._connection, query, (*given, most))]


def _fact(row: Sequence[Any]) -> OverrideFact:
    override_id, rule, subject, starts_on, ends_on, made_at, ended_at = row[:7]
    return OverrideFact(
        override_id,
        ConcernKey(rule, subject),
        date.fromisoformat(starts_on),
        date.fromisoformat(ends_on),
        from_micros(made_at),
        from_micros(ended_at) if ended_at is not None else None,
    )


def _override(row: Sequence[Any]) -> Override:
    safeguarder_id, reason, author, ended_by = row[7:]
    return Override(safeguarder_id, _fact(row), reason, author, ended_by)


def _row(override: Override) -> tuple[object, ...]:
    fact = override.aside
    return (
        fact.override_id,
        override.safeguarder_id,
        fact.key.rule_id,
        fact.key.subject,
        fact.starts_on.isoformat(),
        fact.ends_on.isoformat(),
        override.author,
        override.reason,
        to_micros(fact.made_at),
        to_micros(fact.ended_at) if fact.ended_at else None,
        override.ended_by,
    )
