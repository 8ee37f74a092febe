"""docs/operations.md: the key of backups is changed, a sealed one is restored, and a changed row of the audit is found.

Long, because it starts the whole suite twice.
"""

import base64
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.demo.supervisor import Supervisor
from services.demo.waiting import wait_until_settled
from services.platform.audit.statement import said_in
from services.platform.storage.database import from_micros
from services.platform.storage.sqlite.library import library
from tests.operations.load import PERSON, Load
from tests.operations.test_embedded import is_well, items
from tests.suite import ask_psmf
from tests.waiting import until

pytestmark = pytest.mark.journey


def a_key(file: Path) -> str:
    """Write a key of backups as `openssl rand -base64 32` does."""
    file.write_text(base64.b64encode(os.urandom(32)).decode())
    return str(file)


def test_a_sealed_backup_opens_by_its_own_key_and_shows_what_a_row_of_the_audit_log_was(tmp_path: Path) -> None:
    """Long: two starts of the suite, and the minute in which checkpoints are written."""
    folder, restored = tmp_path / "suite", tmp_path / "restored"
    old, new = a_key(tmp_path / "old.key"), a_key(tmp_path / "new.key")
    backups = {key: str(tmp_path / f"backup-{number}") for number, key in enumerate((old, new))}
    with Supervisor(folder, [PERSON]) as supervisor:
        load = Load(supervisor, folder)
        load.prepare()
        with load.sending():
            for key, backup in backups.items():
                more = len(load.acknowledged) + 20
                until(lambda more=more: len(load.acknowledged) > more, 200)  # type: ignore[misc]
                before = set(load.acknowledged)
                assert ask_psmf(folder, "ops", "backup", backup, "--key", key).returncode == 0
            at = datetime.now(UTC)
            # Checkpoints are written each minute. One of after the backup says how much a restore lacks.
            until(lambda: last_checkpoint(folder / "evidence.checkpoints") > at, 200)
        assert (load.errors, load.retried) == ([], 0), "no call may fail"
        for key, backup in ((new, backups[old]), (old, backups[new])):
            refused = ask_psmf(folder, "ops", "restore", backup, str(tmp_path / "none"), "--key", key)
            assert "another key" in refused.stderr
        assert ask_psmf(folder, "audit", "verify", "--as", "auditor").returncode == 0
        change_a_row(folder / "evidence.db")
        found = ask_psmf(folder, "audit", "verify", "--as", "auditor")
        assert (found.returncode, "Row 3 (" in found.stdout) == (1, True), found.stdout

    for key, backup in backups.items():
        opened = ask_psmf(folder, "ops", "restore", backup, str(tmp_path / f"opened-{Path(key).stem}"), "--key", key)
        assert opened.returncode == 0, opened.stderr
    shutil.copytree(tmp_path / "opened-new", restored)
    for kept in (*folder.glob("*.key"), *folder.glob("*.json"), *folder.glob("*.checkpoints")):
        shutil.copy(kept, restored)
    with Supervisor(restored, [PERSON]) as supervisor:
        after = Load(supervisor, restored)
        wait_until_settled(after.client)
        assert before <= set(items(after)), "items acknowledged before the backup are missing"
        assert is_well(restored)
        found = ask_psmf(restored, "audit", "verify", "--as", "auditor")
        assert found.returncode == 0, found.stdout
        assert "came after the backup are not in it" in found.stdout.replace("\n", " ")
        assert "a-changed-person" not in ask_psmf(restored, "audit", "list", "--all", "--as", "auditor").stdout


def last_checkpoint(file: Path) -> datetime:
    """Return when the last checkpoint in a file was made; long ago if there is none."""
    lines = file.read_text().splitlines() if file.exists() else []
    said = said_in(lines[-1]) if lines else None
    return from_micros(said.at) if said else datetime.min.replace(tzinfo=UTC)


def change_a_row(database: Path) -> None:
    """Change who made a call, as somebody with write access to the database would."""
    with library.connect(database, timeout=60) as connection:
        changed = connection.execute("UPDATE audit SET person = 'a-changed-person' WHERE position = 3")
        assert changed.rowcount == 1
    connection.close()
