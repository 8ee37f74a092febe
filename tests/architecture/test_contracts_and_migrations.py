"""Contracts declare their rules, and a migrated database is what the tables say (reliability Q13, S13)."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psmf.platform.v1 import method_pb2

from services.platform.database import Database
from services.platform.migrations import bring_up_to_date
from tests.access.table import contracts
from tests.architecture.source import ROOT, SERVICES

EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES)
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
    assert (rules.deadline_seconds == 0) == method.server_streaming, "only a stream stays open"


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.full_name)
def test_a_write_can_be_repeated_and_tried(method: Any) -> None:
    """AIP-155 and AIP-163. What re-reads files has nothing to repeat; an import has an id in each row."""
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


@EVERY_SERVICE
def test_a_migrated_database_is_what_the_tables_say(service: str, tmp_path: Path) -> None:
    metadata = importlib.import_module(f"services.{service}.adapters.tables").metadata
    database = Database(tmp_path / "migrated.db")
    bring_up_to_date(database.engine, ROOT / "services" / service / "migrations")
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


@EVERY_SERVICE
def test_migrating_twice_changes_nothing(service: str, tmp_path: Path) -> None:
    database = Database(tmp_path / "migrated.db")
    for _ in range(2):
        bring_up_to_date(database.engine, ROOT / "services" / service / "migrations")
    with database.read() as connection:
        assert len(connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()) == 1
    database.close()
