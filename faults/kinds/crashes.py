"""Q1 and Q2: processes that end at random moments, and at each instant that matters."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from faults.checker import check
from faults.figure import Figure, Size, longest, lost_or_doubled
from faults.stage import Stage
from services.client.addresses import SERVICES
from services.demo.supervisor import ServiceNotStartedError

DIES_SECONDS = 60.0
LISTENERS = ("rules", "scheduling", "notifications")
PLACES = (
    ("evidence", "after_flush_before_commit"),
    ("evidence", "after_commit_before_reply"),
    ("notifications", "after_claim"),
    ("notifications", "after_mail_before_mark"),
    *((service, place) for place in ("after_inbox_insert", "after_effect_before_commit") for service in LISTENERS),
    *((service, "after_commit_before_offset_commit") for service in LISTENERS),
)
PLACES_BY_KAFKA = (
    ("evidence", "after_send_before_ack"),
    ("evidence", "after_ack_before_mark"),
    ("rules", "after_commit_before_offset_commit"),
)
PLACES_BY_POSTGRESQL = (("rules", "after_claim"),)
"""Only PostgreSQL has this instant: rules claims people only where it can have several copies."""
MIGRATE = """
import sys
from pathlib import Path
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
database = Database(sys.argv[1])
bring_up_to_date(database.engine, Path(sys.argv[2]))
database.close()
"""


def kills(stage: Stage, size: Size) -> Figure:
    """Q1: kill random services under load, one after the other."""
    chance, ready = stage.chance("Q1"), []
    victims = [service for service in SERVICES for _ in range(size.kills)]
    chance.shuffle(victims)
    with stage.load("Q1"):
        for victim in victims:
            threading.Event().wait(chance.uniform(0.3, 2.0))
            ready.append(stage.kill(victim))
    drained = stage.settle()
    problems = check(stage)
    what = f"SIGKILL under load, {len(victims)} of {', '.join(SERVICES)}"
    times = f"ready again {longest(ready)}; drained in {drained:.1f} s"
    return Figure("Q1", what, lost_or_doubled(problems), len(victims), problems, times)


def failpoints(stage: Stage, size: Size) -> Figure:
    """Q2: crash at named instants, on the suite's transport."""
    places = PLACES_BY_KAFKA if stage.parts.kafka else PLACES
    places += PLACES_BY_POSTGRESQL if stage.parts.postgres else ()
    # Alternate between readers, because an event that ends its process three times in a row becomes a dead letter.
    crashes = list(places) * size.crashes
    chance = stage.chance("Q2")
    with stage.load("Q2", new_people=0.3):
        for number, (service, place) in enumerate(crashes, 1):
            _crash(stage, service, f"{place}:{chance.randint(1, 2)}")
            if service not in [later for later, _ in crashes[number : number + 1]]:
                stage.supervisor.environment.pop(service)
                stage.start(service)
    drained = stage.settle()
    problems = check(stage)
    names = len({place for _, place in places})
    what = f"crashes at {names} named instants ({stage.parts.profile})"
    return Figure("Q2", what, lost_or_doubled(problems), len(crashes), problems, f"drained in {drained:.1f} s")


def _crash(stage: Stage, service: str, failpoint: str) -> None:
    stage.supervisor.environment[service] = {"PSMF_FAILPOINT": failpoint}
    stage.supervisor.replace(service)
    with contextlib.suppress(ServiceNotStartedError):  # it may reach the instant during its start
        stage.supervisor.wait_until_serving(service)
    if exit_code_within(stage, service, DIES_SECONDS) is None:
        raise RuntimeError(f"{service} did not reach {failpoint} in {DIES_SECONDS:.0f} s")
    stage.killed[service] += 2


def migrations(seed: int, size: Size) -> Figure:
    """Q2: crash in the middle of each of the first migrations. The next start must give the undisturbed schema."""
    problems, trials = [], 0
    for service in SERVICES:
        folder = Path(__file__).parents[2] / "services" / service / "migrations"
        revisions = len(list((folder / "versions").glob("[0-9]*.py")))
        undisturbed = _schema(folder, crash_at=0)
        for number in range(1, min(revisions, size.crashes) + 1):
            trials += 1
            if _schema(folder, crash_at=number) != undisturbed:
                problems.append(f"{service}: different schema after a crash in migration {number}")
    reached = f"{len(problems)} schemas differ" if problems else "same schema after the next start"
    return Figure("Q2", "crashes in the middle of a migration", reached, trials, problems)


def _schema(migrations_folder: Path, crash_at: int) -> list[tuple[str, str]]:
    from services.platform.storage.sqlite.library import library

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fresh.db"
        command = [sys.executable, "-c", MIGRATE, f"sqlite:///{file}", str(migrations_folder)]
        if crash_at:
            armed = os.environ | {"PSMF_FAILPOINT": f"mid_migration:{crash_at}"}
            if subprocess.run(command, env=armed, check=False, timeout=60).returncode >= 0:
                raise RuntimeError(f"{migrations_folder}: no crash in migration {crash_at}")
        subprocess.run(command, check=True, timeout=60)
        connection = library.connect(file)
        rows = connection.execute("SELECT name, COALESCE(sql, '') FROM sqlite_master ORDER BY name").fetchall()
        version = connection.execute("SELECT * FROM alembic_version").fetchall()
        connection.close()
        return [*rows, ("version", str(version))]


def exit_code_within(stage: Stage, service: str, seconds: float) -> int | None:
    """Wait at most `seconds` for a service to end. Return its exit code, or None if it still runs."""
    end = time.monotonic() + seconds
    while stage.supervisor.exit_code(service) is None and time.monotonic() < end:
        threading.Event().wait(0.05)
    return stage.supervisor.exit_code(service)
