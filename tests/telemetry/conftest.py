"""Fixtures: the running suite with a collector, and one piece of feedback that has passed through all of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.client.addresses import SERVICES
from services.client.client import Client
from services.client.tokens import Issuer
from services.demo.supervisor import Supervisor
from services.demo.waiting import wait_until_settled
from tests.builders import an_applicant, an_appointment, days_ago
from tests.sharing import until_its_group_ends
from tests.suite import run_psmf
from tests.telemetry.collector import Collector, collecting
from tests.waiting import until

PERSON = "sg-observed"
NAME = "Demo Morag Quillfeather"
STORY = "The child said she hid behind Seafield bandstand"
CANARIES = ("Quillfeather", "Morag", "Seafield", "bandstand")


@dataclass(frozen=True)
class Observed:
    """The actions taken and the telemetry they left."""

    folder: Path
    collector: Collector
    alert: dict[str, Any]


@pytest.fixture(scope="session")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Observed:
    """Record feedback, raise a concern and acknowledge its alert on the command line, as a person would."""
    return until_its_group_ends(_observed(tmp_path_factory.mktemp("observed")))


@contextmanager
def _observed(folder: Path) -> Iterator[Observed]:
    with collecting() as (collector, environment), pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        with Supervisor(folder, [PERSON]) as supervisor:
            client = Client(supervisor.addresses, Issuer(folder).metadata, 30.0)
            yield Observed(folder, collector, _go_the_whole_way(folder, client))
            client.close()


def _go_the_whole_way(folder: Path, client: Client) -> dict[str, Any]:
    until(lambda: client.status("operator", "evidence").figures["standards_editions"], 30)
    client.call("panel-team", client.safeguarders.CreateSafeguarder, an_applicant(PERSON, display_name=NAME))
    recorded = client.safeguarders.RecordMinisterialDecision
    client.call("decision-recorder", recorded, an_appointment(PERSON))
    wait_until_settled(client)
    day = days_ago(5).isoformat()
    ask(
        folder, "evidence", "add", PERSON, "kind=feedback", "source=reporter", "aspect=practice", "setting=appointment",
        "class=safety", "mappings=S5.1:concern", f"happened_date={day}", f"received_date={day}",
        f"summary={STORY}",
    )  # fmt: skip
    (alert,) = until(lambda: _alerts(folder), 30)
    ask(folder, "alert", "acknowledge", alert["name"], "--next-date", days_ago(-3).isoformat())
    # An unexpected failure and a refusal leave traces too.
    refused = run_psmf(folder, "evidence", "add", PERSON, f"kind={STORY}", f"summary={STORY}")
    assert refused.returncode != 0
    wait_until_settled(client)
    return alert


def _alerts(folder: Path) -> list[dict[str, Any]]:
    return [alert for alert in ask(folder, "alert", "list", "--all")["items"] if alert["lane"] == "safety"]


def ask(folder: Path, *arguments: str) -> Any:
    """Return the command line's answer, read from JSON."""
    answered = run_psmf(folder, *arguments, "--json")
    assert answered.returncode == 0, answered.stdout + answered.stderr
    return json.loads(answered.stdout)


def logs(folder: Path) -> list[dict[str, Any]]:
    """Return every line the services have logged."""
    lines = [line for service in SERVICES for line in (folder / "logs" / f"{service}.log").read_text().splitlines()]
    return [json.loads(line) for line in lines]
