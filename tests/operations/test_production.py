"""docs/operations.md on PostgreSQL and Kafka: a second copy, a new release without stopping, backup and restore."""

import os
import sys
from pathlib import Path

import psycopg
import pytest

from services.build import build_version
from services.client.addresses import SERVICES
from services.demo.stack import Parts, Profile
from services.demo.supervisor import Supervisor
from services.demo.waiting import wait_until_settled
from tests.operations.load import PERSON, Load
from tests.operations.next_release import VERSION, next_release
from tests.operations.test_embedded import items
from tests.suite import ask_psmf
from tests.waiting import run_to_end, until

pytestmark = pytest.mark.journey


def test_scale_upgrade_back_up_and_restore(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, backup, restored = own_folder / "suite", own_folder / "backup", own_folder / "restored"
    parts = Parts(folder, Profile.PRODUCTION)
    with Supervisor(folder, [PERSON], parts, copies={"rules": 2}) as supervisor:
        load = Load(supervisor, folder)
        load.prepare()
        with load.sending():
            until(lambda: len(load.acknowledged) > 10, 200)
            the_second_copy_goes_on_alone(supervisor, load)
            the_next_release_takes_over(supervisor, load, own_folder / "next", monkeypatch)
            before = set(load.acknowledged)
            back_up(parts, backup)
            until(lambda: len(load.acknowledged) > len(before) + 10, 200)
        assert load.errors == []
        wait_until_settled(load.client)
        assert sorted(items(load)) == sorted(load.acknowledged), "nothing may be lost or doubled"

    restored.mkdir()
    backup.rename(restored / "postgres")
    with Supervisor(restored, [PERSON], Parts(restored, Profile.PRODUCTION)) as supervisor:
        again = ask_psmf(restored, "events", "republish", "--as", "operator")
        assert again.returncode == 0, again.stderr
        after = Load(supervisor, restored)
        wait_until_settled(after.client)
        there = items(after)
        assert before <= set(there) <= set(load.acknowledged)
        assert len(there) == len(set(there))
        assert ask_psmf(restored, "ops", "ledger", "--as", "operator").returncode == 0
        assert ask_psmf(restored, "events", "dead-letters", "list", "--as", "operator").returncode == 0


def the_second_copy_goes_on_alone(supervisor: Supervisor, load: Load) -> None:
    """Stop the first copy. The second must evaluate everything that is sent meanwhile."""
    supervisor.end("rules")
    seen = load.client.status("operator", "rules-2").figures["facts_evaluated"]
    until(lambda: load.client.status("operator", "rules-2").figures["facts_evaluated"] > seen, 200)
    supervisor.restart("rules")


def the_next_release_takes_over(
    supervisor: Supervisor, load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Migrate the schema first, then replace one process after the other."""
    environment = os.environ | next_release(folder)
    for service in SERVICES:
        settings = {"PSMF_DATABASE": supervisor.parts.settings(service)["database"]}
        command = [sys.executable, "-P", "-m", f"services.{service}", "migrate"]
        assert (migrated := run_to_end(command, env=environment | settings)).returncode == 0, migrated.stderr
    with psycopg.connect(supervisor.parts.settings("evidence")["database"].replace("+psycopg", "")) as connection:
        connection.execute("SELECT next_release FROM safeguarder").fetchall()
    assert load.client.status("operator", "evidence").version == build_version(), "old code runs on the new schema"
    monkeypatch.setenv("PYTHONPATH", str(folder))
    for name in supervisor.addresses:
        supervisor.end(name)
        supervisor.restart(name)
        assert load.client.status("operator", name).version == VERSION


def back_up(parts: Parts, folder: Path) -> None:
    """Back up the whole server at one instant with PostgreSQL's own program."""
    assert parts.postgres is not None
    program = parts.postgres.programs / "pg_basebackup"
    address = parts.postgres.address
    command = [str(program), "--dbname", address, "--pgdata", str(folder), "--checkpoint", "fast"]
    assert (backed_up := run_to_end(command)).returncode == 0, backed_up.stderr
    # The demo's server keeps its socket in its folder, so the backup also copies the lock file.
    (folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
    # PostgreSQL refuses to run as root. If the tests run as root, it has its own user, who must own these files.
    owner = (folder.parent / "suite" / "postgres").stat()
    for path in folder.rglob("*"):
        os.chown(path, owner.st_uid, owner.st_gid)
