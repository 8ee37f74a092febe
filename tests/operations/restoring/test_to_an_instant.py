"""docs/operations.md, PostgreSQL back to an instant: what was acknowledged before it is there, and nothing after it.

Long, because it starts the whole suite twice, and waits for the minute in which checkpoints are written.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from services.demo.local_postgres import LocalPostgres
from services.demo.stack import Parts, Profile
from services.demo.supervisor import Supervisor
from services.demo.waiting import wait_until_settled
from tests.operations.keys.test_sealed_backup import last_checkpoint
from tests.operations.load import PERSON, Load
from tests.operations.test_embedded import is_well, items
from tests.operations.test_production import back_up
from tests.suite import ask_psmf
from tests.waiting import HUNG, until

pytestmark = pytest.mark.journey


def ask(server: LocalPostgres, query: str) -> Any:
    """Return the first value of a statement's answer; None if it has none."""
    with psycopg.connect(server.address, autocommit=True) as connection:
        asked = connection.execute(query.encode())
        row = asked.fetchone() if asked.description else None
        return row[0] if row else None


@contextmanager
def archiving(folder: Path, archive: Path) -> Iterator[Parts]:
    """Make a server that archives its log, as CloudNativePG has it do. It must start again for that."""
    archive.mkdir()
    archive.chmod(0o777)  # PostgreSQL may run as another user
    made = LocalPostgres(folder / "postgres")
    made.start()
    ask(made, "ALTER SYSTEM SET archive_mode = 'on'")
    ask(made, f"ALTER SYSTEM SET archive_command = 'test ! -f {archive}/%f && cp %p {archive}/%f'")
    made.stop()
    yield Parts(folder, Profile.POSTGRESQL_FEED)


def recover(data: Path, archive: Path, instant: datetime) -> None:
    """Have the server go on from the backup to an instant when it starts, as the page says."""
    settings = {
        "archive_mode": "off",
        "restore_command": f"cp {archive}/%f %p",
        "recovery_target_time": instant.isoformat(),
        "recovery_target_action": "promote",
    }
    with (data / "postgresql.auto.conf").open("a") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    (data / "recovery.signal").touch()
    owner = data.stat()
    os.chown(data / "recovery.signal", owner.st_uid, owner.st_gid)


def test_the_four_databases_go_back_to_one_instant(own_folder: Path) -> None:
    """Long: two starts of the suite, and the minute in which checkpoints are written."""
    folder, archive, restored = own_folder / "suite", own_folder / "archive", own_folder / "restored"
    folder.mkdir()
    with archiving(folder, archive) as parts, Supervisor(folder, [PERSON], parts) as supervisor:
        assert parts.postgres is not None
        load = Load(supervisor, folder)
        load.prepare()
        with load.sending():
            until(lambda: len(load.acknowledged) > 20, 200)
            back_up(parts, own_folder / "backup")
            until(lambda: len(load.acknowledged) > 40, 200)
            before = set(load.acknowledged)
            instant = ask(parts.postgres, "SELECT clock_timestamp()")
            sent = len(load.acknowledged) + 1  # one call may have been in progress
            until(lambda: len(load.acknowledged) > sent + 20, 200)
            after = set(list(load.acknowledged)[sent:])
            until(lambda: last_checkpoint(folder / "evidence.checkpoints") > instant, 200)
        assert (load.errors, load.retried) == ([], 0), "no call may fail"
        newest = ask(parts.postgres, "SELECT pg_walfile_name(pg_switch_wal())")
        until((archive / newest).exists, HUNG)

    restored.mkdir()
    (own_folder / "backup").rename(restored / "postgres")
    for kept in (*folder.glob("*.key"), *folder.glob("*.json")):
        shutil.copy(kept, restored)
    recover(restored / "postgres", archive, instant)
    parts = Parts(restored, Profile.POSTGRESQL_FEED)
    assert parts.postgres is not None
    server = parts.postgres
    server.start()
    until(lambda: ask(server, "SELECT pg_is_in_recovery()") is False, HUNG)
    with Supervisor(restored, [PERSON], parts) as supervisor:
        again = Load(supervisor, restored)
        wait_until_settled(again.client)
        there = items(again)
        assert before <= set(there), "what was acknowledged before the instant is missing"
        assert after & set(there) == set(), "what came after the instant is there"
        assert len(there) == len(set(there))
        with again.sending():
            until(lambda: len(again.acknowledged) > 5, 200)
        wait_until_settled(again.client)
        assert is_well(restored)
        assert ask_psmf(restored, "audit", "verify", "--as", "auditor").returncode == 0
        # A file outside the databases has what they had after the instant, and says so.
        outside = str(folder / "evidence.checkpoints")
        found = ask_psmf(restored, "audit", "verify", "--checkpoints", outside, "--as", "auditor")
        assert (found.returncode, "gone from the end" in found.stdout) == (1, True), found.stdout
        assert datetime.now(UTC) > instant
