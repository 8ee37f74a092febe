"""A shadow tries a candidate rulebook on Kafka beside the running suite, which notices nothing of it (B2)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from kafka import TopicPartition
from psycopg.sql import SQL, Identifier

from services.cli.failure import CHECK_FAILED
from services.client.addresses import SERVICES, Suite, read_suite
from services.demo.local_postgres import create_database
from services.platform.kafka.clients import KafkaConnection, new_admin, new_consumer
from services.platform.kafka.topics import topics
from services.rules.compose import HERE
from tests.rules.forecasts.test_simulations import three_late_reports
from tests.suite import LoadedSuite, environment
from tests.waiting import run_to_end, until
from tests.world import free_port

pytestmark = pytest.mark.journey

PATIENCE = 120.0
NO_RECORD = {"audit", "audit_checkpoint", "counter", "inbox_position", "relay"}
"""Tables that move without an event: by a call about a person, as the comparison itself is one, and with time.

Rules itself follows the feeds of its sources minutes behind the topics, to find gaps, and notes how far it has come.
"""


def test_two_workers_of_a_shadow_report_what_one_does_and_the_suite_notices_nothing(
    production: LoadedSuite, tmp_path: Path
) -> None:
    """Runs three processes of rules over the whole story, beside the suite on Kafka and PostgreSQL."""
    suite = read_suite(production.folder)
    before = state_of(suite)
    reports = {workers: report_of_shadow(production, suite, tmp_path, workers) for workers in (1, 2)}
    assert reports[1] == reports[2]
    assert {(each["change"], each["rule"]) for each in reports[1]} == {("no_longer_raised", "report-late")}
    after = state_of(suite)
    assert after == before, moved(before, after)


def report_of_shadow(production: LoadedSuite, suite: Suite, folder: Path, workers: int) -> list[dict[str, str]]:
    """Return what `psmf rules shadow` says once a shadow of so many workers has caught up."""
    name = f"of-{workers}"
    settings = settings_of_shadow(production.folder, suite, candidate(folder / name), name)
    ran = run_to_end([sys.executable, "-m", "services.rules", "migrate"], env=settings)
    assert ran.returncode == 0, ran.stderr
    with running_workers(settings, folder / name, workers) as addresses:

        def said() -> Any:
            answered = production.psmf("rules", "shadow", addresses[-1], "--json")
            return json.loads(answered.stdout) if answered.returncode in (0, CHECK_FAILED) else None

        def has_read_all() -> bool:
            found = said()
            return found is not None and not any("has read" in line for line in found["behind"])

        until(has_read_all, PATIENCE)
        if workers > 1:
            assert len(sharing(suite, name)) == workers
        assert production.psmf("rules", "shadow", addresses[0], "--evaluate").returncode == 0
        answer: Any = until(lambda: (one := said()) and not one["behind"] and one, PATIENCE)
    return list(answer["differences"])


def candidate(folder: Path) -> Path:
    """Write the shipped rulebook with another line, and return its folder."""
    shutil.copytree(HERE / "rulebook", folder / "rulebook")
    numbers = folder / "rulebook" / "parameters.yaml"
    numbers.write_text(three_late_reports(numbers.read_text()))
    return folder / "rulebook"


def settings_of_shadow(demo: Path, suite: Suite, rulebook: Path, name: str) -> dict[str, str]:
    """Return the environment of a shadow, as docs/whatif-at-scale.md says."""
    database = create_database(suite.address_of("postgresql"), f"rules_shadow_{name}")
    given = {
        "shadow": name,
        "rulebook": rulebook,
        "database": database,
        "transport": "kafka",
        "kafka_servers": suite.address_of("kafka"),
        "keys_file": demo / "keys.json",
        "people_file": demo / "people.json",
        "service_key_file": demo / "rules.key",
        **{f"{service}_address": suite.addresses[service] for service in SERVICES},
    }
    return environment(demo) | {f"PSMF_{key.upper()}": str(value) for key, value in given.items()}


@contextmanager
def running_workers(settings: dict[str, str], folder: Path, workers: int) -> Iterator[list[str]]:
    """Run workers of a shadow, and return where they serve."""
    addresses = [f"127.0.0.1:{free_port()}" for _ in range(workers)]
    running = []
    try:
        for number, address in enumerate(addresses):
            with (folder / f"worker-{number}.log").open("w") as log:
                own = settings | {"PSMF_LISTEN": address, "PSMF_COPY_NAME": f"shadow-{number}"}
                command = [sys.executable, "-m", "services.rules"]
                running.append(subprocess.Popen(command, env=own, stdout=log, stderr=subprocess.STDOUT))
        yield addresses
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def sharing(suite: Suite, name: str) -> set[str]:
    """Return which members of a shadow's group have partitions of evidence's topic."""
    admin = new_admin(KafkaConnection((suite.address_of("kafka"),)), "onlooker")
    try:
        group = f"psmf.rules.shadow.{name}.evidence"
        return {each["member_id"] for each in admin.describe_groups([group])[group]["members"]}
    finally:
        admin.close()


def state_of(suite: Suite) -> dict[str, Any]:
    """Return the ends of all topics, how far each group of the services has read, and the content of rules' tables."""
    kafka = KafkaConnection((suite.address_of("kafka"),))
    client, admin = new_consumer(kafka, "psmf.onlooker", "onlooker"), new_admin(kafka, "onlooker")
    try:
        places = [
            TopicPartition(topic.name, number)
            for topic in topics()
            for number in client.partitions_for_topic(topic.name) or ()
        ]
        groups = [f"psmf.rules.{source}" for source in SERVICES if source != "rules"]
        read = {
            (group, place.topic, place.partition): found.offset
            for group in groups
            for place, found in admin.list_group_offsets(group)[group].items()
        }
        return {"ends": client.end_offsets(places), "read": read, "tables": dict(tables_of(suite))}
    finally:
        client.close(autocommit=False)
        admin.close()


def moved(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return which topics, groups and tables are not as they were."""
    return [(what, name) for what in after for name in after[what] if after[what][name] != before[what].get(name)]


def tables_of(suite: Suite) -> Iterator[tuple[str, str]]:
    """Yield the hash of the rows of each table of rules, but for those that move by themselves."""
    server = suite.address_of("postgresql")
    with psycopg.connect(server, dbname="rules") as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in sorted(tables):
            if table not in NO_RECORD:
                content = SQL("SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {} t").format(
                    Identifier(table)
                )
                ((found,),) = connection.execute(content).fetchall()
                yield table, found
