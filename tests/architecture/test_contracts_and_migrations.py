"""Contracts declare their rules, and a migrated database matches the tables (reliability Q13, S13)."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psmf.platform.v1 import method_pb2
from sqlalchemy import MetaData, Table, select

from services.client import client
from services.platform.calls import client as platform
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date, take_back
from tests import databases
from tests.access.table import contracts
from tests.architecture.source import ROOT, SERVICES

EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES)
TABLES = {"rules": "services.rules.adapters.store.tables"}
"""Where a service with more than one store keeps its tables; the others keep them in `adapters.tables`."""
METHODS: list[Any] = [
    method
    for files in contracts().values()
    for file in files
    for contract in file.services_by_name.values()
    for method in contract.methods
]


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.full_name)
def test_every_method_declares_its_effect_its_data_and_its_time(method: Any) -> None:
    rules = method.GetOptions().Extensions[method_pb2.rules]
    assert rules.effect
    assert rules.data_class
    assert rules.deadline_seconds or method.server_streaming, "only a stream may stay open"


def test_grpc_tries_no_stream_again() -> None:
    """It loses such a stream now and then (services/platform/calls/client.py)."""
    streams = {method.full_name for method in METHODS if method.server_streaming or method.client_streaming}
    assert streams == {f"{service}.{method}" for service, method in (*client.STREAMS, *platform.STREAMS)}


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.full_name)
def test_a_write_can_be_repeated_and_tried(method: Any) -> None:
    """AIP-155 and AIP-163. A method that reads files again cannot be repeated; an import has an id in each row."""
    writes = method.GetOptions().Extensions[method_pb2.rules].effect == method_pb2.EFFECT_WRITE
    if writes and method.name not in ("ImportEvidenceItems", "ReloadRulebook"):
        assert {"request_id", "validate_only"} <= set(method.input_type.fields_by_name)


@EVERY_SERVICE
def test_migrations_are_numbered_without_a_gap(service: str) -> None:
    folder = ROOT / "services" / service / "migrations" / "versions"
    names = sorted(file.name for file in folder.glob("*.py"))
    assert names
    for number, name in enumerate(names, 1):
        assert re.fullmatch(rf"{number:04}_[a-z0-9_]+\.py", name), name
        text = (folder / name).read_text()
        assert re.search(rf'^revision.*= "{number:04}"$', text, re.MULTILINE), name
        before = f'"{number - 1:04}"' if number > 1 else "None"
        assert re.search(rf"^down_revision.*= {before}$", text, re.MULTILINE), name


@pytest.fixture
def migrated(database_kind: str, service: str, tmp_path: Path) -> Iterator[Database]:
    """Migrate a service's database to its newest schema, on each kind of database."""
    database = Database(databases.address(tmp_path / "migrated.db"))
    bring_up_to_date(database.engine, migrations_of(service))
    yield database
    database.close()


def migrations_of(service: str) -> Path:
    return ROOT / "services" / service / "migrations"


@EVERY_SERVICE
def test_a_migrated_database_is_what_the_tables_say(service: str, migrated: Database) -> None:
    metadata = importlib.import_module(TABLES.get(service, f"services.{service}.adapters.tables")).metadata
    with migrated.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@EVERY_SERVICE
def test_migrating_twice_changes_nothing(service: str, migrated: Database) -> None:
    bring_up_to_date(migrated.engine, migrations_of(service))
    with migrated.read() as connection:
        assert len(connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()) == 1


@EVERY_SERVICE
def test_migrations_go_back_and_forward_with_their_data(service: str, migrated: Database) -> None:
    """Migrate down to the first revision and up again. Every row keeps the columns that both schemas have."""
    folder = migrations_of(service)
    tables = schema_at(migrated, folder, "0001")
    before = {table.name: {column.name: a_value(column) for column in table.columns} for table in tables}
    migrated.write(lambda tx: [tx.execute(table.insert().values(before[table.name])) for table in tables] and None)
    bring_up_to_date(migrated.engine, folder)
    take_back(migrated.engine, folder, "0001")
    bring_up_to_date(migrated.engine, folder)
    with migrated.read() as connection:
        for table in tables:
            (row,) = connection.execute(select(table)).mappings().all()
            assert dict(row) == before[table.name], table.name


def a_value(column: Any) -> Any:
    """Return a value that a column accepts."""
    kind = column.type.python_type
    return {bool: True, int: 7, str: "a", bytes: b"a"}[kind]


@EVERY_SERVICE
def test_a_database_newer_than_the_code_is_left_as_it_is(service: str, migrated: Database) -> None:
    """During an upgrade or a rollback, a copy of the previous release starts beside the new ones."""
    migrated.write(lambda tx: tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'") and None)
    bring_up_to_date(migrated.engine, migrations_of(service))


@EVERY_SERVICE
def test_a_row_written_by_the_release_before_fits_the_new_schema(service: str, migrated: Database) -> None:
    """A new column is nullable or has a default, because old code continues to write (docs/operations.md)."""
    first = schema_at(migrated, migrations_of(service), "0001")
    bring_up_to_date(migrated.engine, migrations_of(service))
    for table in first:
        values = {column.name: a_value(column) for column in table.columns}
        migrated.write(lambda tx, t=table, v=values: tx.execute(t.insert().values(v)) and None)  # type: ignore[misc]


def schema_at(database: Database, folder: Path, revision: str) -> list[Table]:
    take_back(database.engine, folder, revision)
    metadata = MetaData()
    metadata.reflect(database.engine)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]
