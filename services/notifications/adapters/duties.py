"""The duties in the database, in the current transaction."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from services.notifications.adapters.tables import RUNNING, duty
from services.notifications.domain.duty import Duty, DutyKind, DutyStands, OwedBy
from services.platform.storage.database import execute

_FIELDS = tuple(field.name for field in fields(Duty))
_KEEP = (
    f"INSERT INTO duty ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))}) "  # noqa: S608
    "ON CONFLICT (duty_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _FIELDS if name != "duty_id")
)


class SqlDuties:
    """The store of duties."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, duty_id: str) -> Duty | None:
        """Return the duty, or None."""
        found = self._connection.execute(select(duty).where(duty.c.duty_id == duty_id)).first()
        return _duty(found) if found else None

    def keep(self, kept: Duty) -> None:
        """Store a new or changed duty."""
        execute(self._connection, _KEEP, tuple(_value(getattr(kept, name)) for name in _FIELDS))

    def is_awaited(self, kind: DutyKind, due_on: date | None) -> bool:
        """Return whether a duty of a kind and a day is running."""
        day = due_on.isoformat() if due_on else ""
        same = select(duty.c.duty_id).where(RUNNING, duty.c.kind == kind.value, duty.c.due_on == day)
        return self._connection.execute(same.limit(1)).first() is not None

    def asking_until(self, until: date, most_asked: int) -> Sequence[Duty]:
        """Return the running duties due by a day, with fewer steps taken than a number, earliest due first."""
        due = (duty.c.due_on != "", duty.c.due_on <= until.isoformat(), duty.c.asked < most_asked)
        query = select(duty).where(RUNNING, *due).order_by(duty.c.due_on, duty.c.duty_id)
        return [_duty(row) for row in self._connection.execute(query)]


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def _duty(row: Any) -> Duty:
    values = dict(row._mapping)
    values["kind"], values["owed_by"] = DutyKind(values["kind"]), OwedBy(values["owed_by"])
    values["stands"] = DutyStands(values["stands"])
    for name in ("due_on", "counted_from"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Duty(**values)
