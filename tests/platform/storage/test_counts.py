"""Counts that the database keeps are always the number of rows, whatever is written, undone or migrated (F11)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.platform.storage.counts import Count, count_of, counted, drop_counts, keep_counts
from services.platform.storage.database import Database, count_rows, execute
from tests import databases

COUNTS = (
    Count("everything", "thing"),
    Count("open_ones", "thing", "{row}.is_open"),
    Count("of_a_kind", "thing", "{row}.kind LIKE 'safe%' AND {row}.is_open"),
    Count("with_nothing", "thing", "{row}.note <> ''"),
)


Step = tuple[str, int, tuple[bool | None, str, str | None]]


class UndoneError(Exception):
    """Undoes the work of one caller."""


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    made = Database(databases.address(tmp_path / "own.db"))
    made.write(lambda tx: execute(tx, "CREATE TABLE counter (name VARCHAR(40) PRIMARY KEY, value BIGINT NOT NULL)"))
    made.write(
        lambda tx: execute(tx, "CREATE TABLE thing (id INTEGER PRIMARY KEY, is_open BOOLEAN, kind TEXT, note TEXT)")
    )
    yield made
    made.close()


def recounted(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return {
            count.name: count_rows(connection, f"thing WHERE {count.where.format(row='thing')}") for count in COUNTS
        }


def kept(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return counted(connection, COUNTS)


ids = st.integers(0, 4)
values = st.tuples(
    st.sampled_from([True, False, None]), st.sampled_from(["safety", "other"]), st.sampled_from(["", "x", None])
)
steps = st.one_of(
    st.tuples(st.just("add"), ids, values),
    st.tuples(st.just("replace"), ids, values),
    st.tuples(st.just("change"), ids, values),
    st.tuples(st.just("change all"), ids, values),
    st.tuples(st.just("remove"), ids, values),
    st.tuples(st.just("remove all"), ids, values),
)
_SQL = {
    "add": ("INSERT INTO thing VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", True),
    "replace": (
        "INSERT INTO thing VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET is_open = excluded.is_open, "
        "kind = excluded.kind, note = excluded.note",
        True,
    ),
    "change": ("UPDATE thing SET is_open = ?, kind = ?, note = ? WHERE id = ?", False),
    "change all": ("UPDATE thing SET is_open = ?, kind = ?, note = ?", None),
    "remove": ("DELETE FROM thing WHERE id = ?", "id"),
    "remove all": ("DELETE FROM thing", ""),
}


def _do(tx: object, step: Step) -> None:
    what, row, row_values = step
    sql, order = _SQL[what]
    parameters: Sequence[object] = {
        True: (row, *row_values),
        False: (*row_values, row),
        None: row_values,
        "id": (row,),
        "": (),
    }[order]
    execute(tx, sql, parameters)  # type: ignore[arg-type]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.lists(steps, min_size=1, max_size=4), st.booleans()), max_size=5))
def test_a_count_is_the_number_of_rows_after_any_statements_and_undoing(
    database: Database,
    transactions: Sequence[tuple[Sequence[Step], bool]],
) -> None:
    """F11: also for rows whose condition is neither true nor false, and for what was undone."""
    database.write(lambda tx: execute(tx, "DELETE FROM thing"))
    keep_counts(database.engine, COUNTS)
    for done, undone in transactions:

        def work(tx: object, done: object = done, undone: bool = undone) -> None:
            for step in done:  # type: ignore[attr-defined]
                _do(tx, step)
            if undone:
                raise UndoneError

        try:
            database.write(work)
        except UndoneError:
            assert undone
        assert kept(database) == recounted(database)


def test_rows_from_before_are_counted_and_a_migration_that_loses_the_triggers_is_mended(
    database: Database,
) -> None:
    """F11: the release before wrote rows without any count, and a migration copies tables."""
    database.write(lambda tx: execute(tx, "INSERT INTO thing VALUES (1, true, 'safety', '')"))
    keep_counts(database.engine, COUNTS)
    assert kept(database) == recounted(database)
    drop_counts(database.engine)
    database.write(lambda tx: execute(tx, "INSERT INTO thing VALUES (2, true, 'safety', 'x')"))
    keep_counts(database.engine, COUNTS)
    keep_counts(database.engine, COUNTS)
    assert kept(database) == recounted(database)


def test_two_releases_that_define_a_count_differently_both_find_theirs(database: Database) -> None:
    """F11: copies of two releases run side by side in an upgrade."""
    before, after = Count("alike", "thing"), Count("alike", "thing", "{row}.is_open")
    for count in (before, after, before):
        keep_counts(database.engine, (count,))
    database.write(lambda tx: execute(tx, "INSERT INTO thing VALUES (1, false, 'other', '')"))
    with database.read() as connection:
        assert (count_of(connection, before), count_of(connection, after)) == (1, 0)


def test_a_count_that_is_not_kept_is_no_zero(database: Database) -> None:
    """F11: a number that nobody keeps must not pass for one."""
    with database.read() as connection, pytest.raises(KeyError):
        count_of(connection, COUNTS[0])
