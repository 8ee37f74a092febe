"""Rows of the audit log by whom they are about, who called, which method and when."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from services.platform.audit.chain import Entry
from services.platform.audit.log import Row
from services.platform.storage.database import execute

LOOKED_AT = 100_000
"""Rows that one search looks at. In SQLite a commit waits for it, and a search for somebody rare would read all."""


class Wanted(NamedTuple):
    """Which rows are wanted. Whatever is empty or None does not limit them."""

    about: str = ""
    caller: str = ""
    method: str = ""
    start: int | None = None
    """Microseconds since 1970, as is `end`, which is not included."""
    end: int | None = None


def search(connection: Connection, wanted: Wanted, before: int | None, most: int) -> tuple[list[Row], int | None]:
    """Return the newest rows, at most `most`, and the number before which the search goes on; None at the end.

    `before`: only rows with a lower number. There can be fewer rows than `most`, even none, and more after them.
    """
    newest = before if before is not None else _count(connection, "SELECT MAX(number) FROM audit") + 1
    first = _count(connection, "SELECT MIN(number) FROM audit")
    oldest = max(newest - LOOKED_AT, first)
    conditions, values = _conditions(wanted)
    statement = (
        "SELECT number, at, person, role, method, subject, for_whom, relation, people, position FROM audit "  # noqa: S608
        f"WHERE number < ? AND number >= ?{conditions} ORDER BY number DESC LIMIT ?"
    )
    found = execute(connection, statement, (newest, oldest, *values, most)).fetchall()
    rows = [Row(row[0], Entry(*row[1:9]), row[9], None) for row in found]
    after = rows[-1].number if len(rows) == most else oldest
    return rows, after if after > first else None


def _conditions(wanted: Wanted) -> tuple[str, Sequence[Any]]:
    limits: list[tuple[str, Sequence[Any]]] = []
    if wanted.about:
        limits.append(("(subject = ? OR ' ' || people || ' ' LIKE ?)", (wanted.about, f"% {wanted.about} %")))
    if wanted.caller:
        limits.append(("person = ?", (wanted.caller,)))
    if wanted.method:
        limits.append(("(method = ? OR method LIKE ?)", (wanted.method, f"{wanted.method} (%")))
    if wanted.start is not None:
        limits.append(("at >= ?", (wanted.start,)))
    if wanted.end is not None:
        limits.append(("at < ?", (wanted.end,)))
    return "".join(f" AND {limit}" for limit, _ in limits), [value for _, values in limits for value in values]


def _count(connection: Connection, statement: str, values: Sequence[Any] = ()) -> int:
    return int(execute(connection, statement, values).fetchone()[0] or 0)
