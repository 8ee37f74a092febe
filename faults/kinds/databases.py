"""Q12: PostgreSQL is killed, or all its sessions are ended, under load."""

import threading
import time

import psycopg

from faults.checker import check
from faults.figure import Figure, Size, longest, lost_or_doubled
from faults.history import Outcome
from faults.stage import Stage
from services.demo.local_postgres import LocalPostgres
from tests.waiting import until

RECOVERS_SECONDS = 30.0
END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"


def postgres_dies(stage: Stage, size: Size) -> Figure:
    """Q12: kill the postmaster, then end all sessions, in turn."""
    server, chance, recovered = stage.parts.postgres, stage.chance("Q12"), []
    if server is None:
        raise ValueError("this bar needs a suite with PostgreSQL")
    with stage.load("Q12"):
        for _ in range(size.database_deaths):
            for fault in (server.kill, lambda: _end_sessions(server)):
                threading.Event().wait(chance.uniform(1.0, 2.0))
                fault()
                recovered.append(_until_answered(stage))
    drained = stage.settle()
    problems = check(stage)
    deaths = size.database_deaths
    what = f"PostgreSQL: {deaths} kills of the postmaster, {deaths} times all sessions ended"
    times = f"commands again {longest(recovered)} after; drained in {drained:.1f} s"
    return Figure("Q12", what, lost_or_doubled(problems), len(recovered), problems, times)


def _end_sessions(server: LocalPostgres) -> None:
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute(END_SESSIONS)


def _until_answered(stage: Stage) -> float:
    """Return how long it takes until a command sent after the fault is acknowledged."""
    since = time.monotonic()
    until(
        lambda: any(one.at > since and one.outcome is Outcome.OK for one in stage.history.all()[-40:]),
        RECOVERS_SECONDS,
    )
    return time.monotonic() - since
