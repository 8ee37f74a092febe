"""Goal 18: what it takes to start a service, and the memory that it then has: `python -m bench.calls.starts`."""

import os
import subprocess
import sys

from bench.measuring import DISK, Ratio, cpu_seconds, percentile, resident_mib, table
from bench.suite import is_ready
from services.platform.calls.client import open_channel
from tests.waiting import until
from tests.world import SERVICES, World, free_port

STARTS = 3


def measure() -> list[Ratio]:
    """Return the table's rows: for each service CPU until it is ready, and the memory that it then has."""
    rows = []
    with DISK.folder() as folder:
        world = World(folder)
        for service in SERVICES:
            starts = [_start(world, service) for _ in range(STARTS)]
            cpu, memory = (percentile(list(side), 0.5) for side in zip(*starts, strict=True))
            rows.append(Ratio("18", f"start of {service}, CPU ÷ 1.2 s", cpu, 1.2, "s", cpu / 1.2, "≤ 1", cpu <= 1.2))
            what = f"start of {service}, resident memory ÷ 80 MiB"
            rows.append(Ratio("18", what, memory, 80, "MiB", memory / 80, "≤ 1", memory <= 80))
    return rows


def _start(world: World, service: str) -> tuple[float, float]:
    """Start a service whose others are away. Return its CPU seconds until it is ready, and its memory in MiB."""
    address = f"127.0.0.1:{free_port()}"
    away = {f"{other}_address": f"127.0.0.1:{free_port()}" for other in SERVICES if other != service}
    mail = {"smtp_address": f"127.0.0.1:{free_port()}", "mail_from": "team@example.invalid"}
    settings = world.settings(service) | away | mail | {"listen": address}
    environment = {f"PSMF_{key.upper()}": str(value) for key, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", f"services.{service}"], env={**os.environ, **environment}, stderr=subprocess.DEVNULL
    )
    try:
        with open_channel(address) as channel:
            until(lambda: is_ready(channel), 60)
        return cpu_seconds(process.pid), resident_mib(process.pid)
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    print(table(measure()))
