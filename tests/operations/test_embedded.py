"""docs/operations.md on SQLite and feed: a backup taken under load is of one instant and can be restored."""

import shutil
from pathlib import Path

import pytest
from psmf.evidence.v1 import evidence_pb2

from services.client.addresses import SERVICES
from services.demo.supervisor import Supervisor
from services.demo.waiting import wait_until_settled
from services.platform.storage.sqlite.library import library
from tests.operations.load import PERSON, Load
from tests.suite import ask_psmf
from tests.waiting import until

pytestmark = pytest.mark.journey
BACKUPS = 5


def items(load: Load) -> list[str]:
    """Return the names of all items on file."""
    request = evidence_pb2.ListEvidenceItemsRequest(parent=f"safeguarders/{PERSON}", page_size=500)
    listed = load.client.pages("panel-team", load.client.evidence.ListEvidenceItems, request, "evidence_items")
    return [item.name for item in listed]


def is_well(folder: Path) -> bool:
    """Return whether the doctor finds no problem and the ledger balances."""
    commands = (("ops", "doctor"), ("ops", "ledger"))
    return all(ask_psmf(folder, *command, "--as", "operator").returncode == 0 for command in commands)


def test_a_backup_under_load_restores_with_nothing_lost_or_doubled(tmp_path: Path) -> None:
    folder, restored = tmp_path / "suite", tmp_path / "restored"
    with Supervisor(folder, [PERSON]) as supervisor:
        load = Load(supervisor, folder)
        load.prepare()
        with load.sending():
            for number in range(BACKUPS):
                until(lambda n=number: len(load.acknowledged) > 20 * (n + 1), 200)  # type: ignore[misc]
                before = set(load.acknowledged)
                answered = ask_psmf(folder, "ops", "backup", str(tmp_path / f"backup-{number}"))
                assert answered.returncode == 0, answered.stderr
                assert reading_ahead(tmp_path / f"backup-{number}") == []
            copied = set(load.acknowledged)
            until(lambda: len(load.acknowledged) > len(copied) + 20, 200)
        assert (load.errors, load.retried) == ([], 0), "no call may fail"

    restored.mkdir()
    for file in (tmp_path / f"backup-{BACKUPS - 1}").iterdir():
        shutil.copy(file, restored)
    with Supervisor(restored, [PERSON]) as supervisor:
        after = Load(supervisor, restored)
        wait_until_settled(after.client)
        there = items(after)
        assert before <= set(there), "items acknowledged before the backup are missing"
        assert len(there) == len(set(there))
        assert len(there) <= len(copied) + 1, "at most one call may have been in progress"
        with after.sending():
            until(lambda: len(after.acknowledged) > 5, 200)
        wait_until_settled(after.client)
        assert is_well(restored)


def reading_ahead(backup: Path) -> list[str]:
    """Return services that have read more events than their source has published: a sign of two instants."""
    heads, ahead = {}, []
    for service in SERVICES:
        with library.connect(backup / f"{service}.db") as connection:
            (heads[service],) = connection.execute("SELECT COALESCE(MAX(position), 0) FROM outbox").fetchone()
    for service in SERVICES:
        with library.connect(backup / f"{service}.db") as connection:
            read = connection.execute("SELECT source, position FROM inbox_position").fetchall()
        ahead += [f"{service} of {source}" for source, position in read if position > heads[source]]
    return ahead


def test_a_backup_needs_databases_and_a_new_folder(tmp_path: Path) -> None:
    missing = ask_psmf(tmp_path, "ops", "backup", str(tmp_path / "new"))
    assert missing.returncode == 3
    assert "docs/operations.md" in missing.stderr
    library.connect(tmp_path / "one.db").close()
    used = ask_psmf(tmp_path, "ops", "backup", str(tmp_path), str(tmp_path / "one.db"))
    assert used.returncode == 5
    unreadable = tmp_path / "text.db"
    unreadable.write_text("no database, and long enough to be looked at as if it were one " * 40)
    assert ask_psmf(tmp_path, "ops", "backup", str(tmp_path / "new"), str(unreadable)).returncode == 7
