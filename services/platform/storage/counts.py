"""What the database counts in the writer's own transaction: rows for status and measures, and changes (F4, F11).

Counting five million rows takes 19 seconds, and on SQLite no commit goes through meanwhile. A trigger adds what each
statement changes to a row of `counter`, so the number is always that of the rows, after a rollback too, and also while
a release writes that knows nothing of it. A migration in SQLite may copy a table and lose its triggers. So they are
taken away before migrations and made after them, and the rows are then counted once.

Changes are counted in the same way, one by one, in a row of another table. A reader that keeps the number can tell
later whether anything has changed since.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from services.platform.storage.database import execute

_PREFIX = "count_"
_SET = (
    "INSERT INTO counter (name, value) SELECT '{key}', COUNT(*) FROM {table} AS counted WHERE {counted} "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_SQLITE = {
    "INSERT": (
        "CREATE TRIGGER {key}_insert AFTER INSERT ON {table} WHEN {new} BEGIN "
        "UPDATE counter SET value = value + 1 WHERE name = '{key}'; END"
    ),
    "DELETE": (
        "CREATE TRIGGER {key}_delete AFTER DELETE ON {table} WHEN {old} BEGIN "
        "UPDATE counter SET value = value - 1 WHERE name = '{key}'; END"
    ),
    "UPDATE": (
        "CREATE TRIGGER {key}_update AFTER UPDATE ON {table} WHEN COALESCE({new}, 0) <> COALESCE({old}, 0) BEGIN "
        "UPDATE counter SET value = value + COALESCE({new}, 0) - COALESCE({old}, 0) WHERE name = '{key}'; END"
    ),
}
# One update of the counter for each statement, however many rows it changes.
_POSTGRES_FUNCTION = (
    "CREATE FUNCTION {key}() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE change bigint := 0; BEGIN "
    "IF TG_OP <> 'DELETE' THEN SELECT COUNT(*) INTO change FROM added AS counted WHERE {counted}; END IF; "
    "IF TG_OP <> 'INSERT' THEN "
    "change := change - (SELECT COUNT(*) FROM removed AS counted WHERE {counted}); END IF; "
    "IF change <> 0 THEN UPDATE counter SET value = value + change WHERE name = '{key}'; END IF; RETURN NULL; END $$"
)
_POSTGRES = {
    "INSERT": "REFERENCING NEW TABLE AS added",
    "DELETE": "REFERENCING OLD TABLE AS removed",
    "UPDATE": "REFERENCING NEW TABLE AS added OLD TABLE AS removed",
}
# Row by row, because PostgreSQL lists columns only there.
_POSTGRES_CHANGES = (
    "CREATE FUNCTION {key}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' THEN {of_old}; ELSE {of_new}; END IF; RETURN NULL; END $$"
)


@dataclass(frozen=True, slots=True)
class Count:
    """The number of rows of a table for which a condition holds. `where` writes `{row}.` before each column."""

    name: str
    table: str
    where: str = "1 = 1"

    @property
    def key(self) -> str:
        """Return the name of its function, triggers and counter.

        It is another one for each definition, so that two releases with different definitions both find theirs kept.
        """
        return f"{_PREFIX}{self.name}_{hashlib.sha256(repr(self).encode()).hexdigest()[:8]}"

    def words(self) -> dict[str, str]:
        """Return what its statements are made of."""
        rows = {row: f"({self.where.format(row=row)})" for row in ("counted", "new", "old")}
        return {"table": self.table, "key": self.key, **rows}

    def statements(self, *, sqlite: bool) -> list[str]:
        """Return the statements that have the database keep it, the last of which counts what is there."""
        words = self.words()
        if sqlite:
            return [*(trigger.format(**words) for trigger in _SQLITE.values()), _SET.format(**words)]
        triggers = (
            f"CREATE TRIGGER {self.key}_{on.lower()} AFTER {on} ON {self.table} {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.key}()"
            for on, tables in _POSTGRES.items()
        )
        return [_POSTGRES_FUNCTION.format(**words), *triggers, _SET.format(**words)]


@dataclass(frozen=True, slots=True)
class Changes:
    """The number `changes` in a row of `kept_in`, which rises with each change of the rows of a table that name it.

    `by`: the column of both tables that names it. `columns`: those whose change counts; empty for all. `forget`: the
    statement that takes back what was concluded from the number, because changes were not counted before.
    """

    table: str
    kept_in: str
    by: str
    forget: str
    columns: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the name of its function and triggers, another one for each definition."""
        return f"{_PREFIX}changes_of_{self.table}_{hashlib.sha256(repr(self).encode()).hexdigest()[:8]}"

    def statements(self, *, sqlite: bool) -> list[str]:
        """Return the statements that have the database keep it."""
        update = f"UPDATE OF {', '.join(self.columns)}" if self.columns else "UPDATE"
        events = {"INSERT": ("INSERT", "new"), "DELETE": ("DELETE", "old"), "UPDATE": (update, "new")}
        counted = {
            row: f"UPDATE {self.kept_in} SET changes = changes + 1 WHERE {self.by} = {row}.{self.by}"  # noqa: S608
            for row in ("new", "old")
        }
        done = {on: f"BEGIN {counted[row]}; END" for on, (_, row) in events.items()}
        made = []
        if not sqlite:
            made = [_POSTGRES_CHANGES.format(key=self.key, of_old=counted["old"], of_new=counted["new"])]
            done = dict.fromkeys(events, f"EXECUTE FUNCTION {self.key}()")
        made += [
            f"CREATE TRIGGER {self.key}_{on.lower()} AFTER {event} ON {self.table} FOR EACH ROW {done[on]}"
            for on, (event, _) in events.items()
        ]
        return [*made, self.forget]


def counted(connection: Connection, counts: Sequence[Count]) -> dict[str, int]:
    """Return the numbers of rows by the names of the counts.

    Raises:
        KeyError: the database does not keep one of them.
    """
    marks = ", ".join("?" * len(counts))
    query = f"SELECT name, value FROM counter WHERE name IN ({marks})"  # noqa: S608
    found = dict(execute(connection, query, tuple(count.key for count in counts)).fetchall())
    return {count.name: int(found[count.key]) for count in counts}


def count_of(connection: Connection, count: Count) -> int:
    """Return one number of rows. Raises KeyError if the database does not keep it."""
    return counted(connection, (count,))[count.name]


def keep_counts(engine: Engine, counts: Sequence[Count | Changes]) -> None:
    """Have the database keep these counts. Rows are counted only for one that is not kept yet."""
    with engine.connect().execution_options(psmf_write=True) as connection, connection.begin():
        kept = _kept(connection)
        for count in counts:
            if count.key not in kept:
                _drop(connection, count.key)
                for statement in count.statements(sqlite=connection.dialect.name == "sqlite"):
                    execute(connection, statement)


def drop_counts(engine: Engine) -> None:
    """Take away every trigger, before a migration copies or removes what it counts."""
    with engine.connect().execution_options(psmf_write=True) as connection, connection.begin():
        for key in _kept(connection):
            _drop(connection, key)


def _kept(connection: Connection) -> set[str]:
    """Return the keys of the counts of which every trigger is there."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.dialect.name != "sqlite":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    names = [name for (name,) in execute(connection, query).fetchall() if name.startswith(_PREFIX)]
    keys = [name.rpartition("_")[0] for name in names]
    return {key for key in keys if keys.count(key) == len(_SQLITE)}


def _drop(connection: Connection, key: str) -> None:
    if connection.dialect.name == "sqlite":
        for on in _SQLITE:
            execute(connection, f"DROP TRIGGER IF EXISTS {key}_{on.lower()}")
    else:
        execute(connection, f"DROP FUNCTION IF EXISTS {key}() CASCADE")
