"""`psmf events`: the topics of Kafka, and publishing events again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.arguments import change_fields
from services.cli.command import DryRun, command, group
from services.cli.events import dead_letters
from services.cli.failure import CHECK_FAILED, CommandError
from services.cli.terminal import Terminal, demo_folder

if TYPE_CHECKING:
    from services.platform.kafka.clients import KafkaConnection
    from services.platform.kafka.topics import Topic

app = group("events")
topics = group("topics", "The topics of Kafka that the suite needs.")
app.add_typer(topics)
app.add_typer(dead_letters.app)
SERVERS = Annotated[
    str,
    typer.Option(
        metavar="HOST:PORT,…", help="Addresses of Kafka. Default: PSMF_KAFKA_SERVERS, or else the demo's Kafka."
    ),
]
AS_THE_BROKERS_ARE_SET = -1
"""Kafka's word for the brokers' own default number of replicas."""


@command(topics, "list")
def list_topics(terminal: Terminal, servers: SERVERS = "") -> int:
    """List the topics that the suite needs, and their state. Exit code 1 if one is missing or differs.

    psmf events topics list --servers 127.0.0.1:9092
    """
    from services.platform.kafka import topics as platform

    kafka = _kafka(servers)
    with _reaching(kafka):
        found = platform.found_topics(kafka)
    rows = [
        (topic.name, topic.owner, str(topic.partitions), str(topic.retention_days), _state(topic, found))
        for topic in platform.topics()
    ]
    if terminal.as_json:
        names = ("name", "owner", "partitions", "retention_days", "state")
        terminal.data({"items": [dict(zip(names, row, strict=True)) for row in rows]})
    else:
        terminal.columns(("Topic", "Written by", "Partitions", "Days kept", "State"), rows)
    if all(state == "there" for *_, state in rows):
        return 0
    terminal.following("psmf events topics create", when="if one is missing")
    return CHECK_FAILED


@command(topics, "create")
def create_topics(
    terminal: Terminal,
    servers: SERVERS = "",
    replicas: Annotated[
        int | None, typer.Option(min=1, help="How many brokers keep each topic. Default: the brokers' own setting.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Create the topics that are missing. Existing topics stay unchanged.

    psmf events topics create --servers kafka-1:9092,kafka-2:9092,kafka-3:9092 --replicas 3
    """
    from services.platform.kafka import topics as platform

    kafka = _kafka(servers)
    with _reaching(kafka):
        if dry_run:
            there = platform.found_topics(kafka)
            made = [topic.name for topic in platform.topics() if topic.name not in there]
        else:
            made = platform.create_topics(kafka, replicas or AS_THE_BROKERS_ARE_SET)
    said = ", ".join(made) or "none, all exist"
    if dry_run:
        terminal.changed({"missing": made}, f"To be created: {said}\nNothing was changed.")
    else:
        terminal.changed({"made": made}, f"Created: {said}", "psmf events topics list")


@command(app, "republish")
def republish(
    terminal: Terminal,
    service: Annotated[
        str, typer.Argument(help="The service whose events to publish again. Default: every service.")
    ] = "",
    dry_run: DryRun = False,
) -> None:
    """Publish every event of a service to its topic again. Readers skip the events they have applied.

    psmf events republish evidence --dry-run --as operator
    psmf events republish --as operator
    """
    from psmf.platform.v1 import events_pb2 as pb

    counted: dict[str, int] = {}
    last: dict[str, int] = {}
    for name in _services(service):
        request = pb.RepublishEventsRequest(**change_fields(dry_run))
        answer = terminal.call(terminal.client.events_of[name].RepublishEvents, request)
        counted[name], last[name] = answer.events, answer.last_position
    if terminal.as_json:
        terminal.data({"events": counted, "last_position": last, "validate_only": dry_run})
        return
    verb = "would be published again" if dry_run else "will be published again"
    lines = [f"{name}: {count:,} events {verb}, up to position {last[name]}" for name, count in counted.items()]
    terminal.text("\n".join(lines))
    terminal.text("Readers skip the events they have applied, so nothing happens twice.")
    if dry_run:
        terminal.text("Nothing was changed.")
    else:
        terminal.following("psmf ops status")


@command(app, "accept-source")
def accept_source(
    terminal: Terminal,
    source: Annotated[str, typer.Argument(help="The service that has a different database now.")],
    reader: Annotated[str, typer.Argument(help="The service that has stopped reading it.")],
    dry_run: DryRun = False,
) -> None:
    """Let a service read another one again from the first event, with the database that the other has now.

    What the reader has applied stays, and is not applied twice. Do this after source_restored or sequence_conflict, and
    only if no backup of all services can be restored: see psmf ops runbook PsmfSourceAway.

    psmf events accept-source evidence rules --dry-run --as operator
    psmf events accept-source evidence rules --as operator
    """
    from psmf.platform.v1 import events_pb2 as pb

    (name,) = _services(reader)
    request = pb.AcceptSourceRequest(source=source, **change_fields(dry_run))
    count = terminal.call(terminal.client.events_of[name].AcceptSource, request).applied
    told = f"{reader} keeps the {count:,} events of {source} that it has read."
    if dry_run:
        said = f"{told} It would read {source} from the first event.\nNothing was changed."
        terminal.changed({"applied": count}, said)
    else:
        said = f"{told} It reads {source} from the first event now."
        terminal.changed({"applied": count}, said, "psmf ops doctor")


def _services(chosen: str) -> Sequence[str]:
    from services.client.addresses import SERVICES

    if chosen and chosen not in SERVICES:
        raise CommandError("USAGE", f"{chosen!r} is not one of: {', '.join(SERVICES)}.")
    return [chosen] if chosen else SERVICES


def _state(topic: "Topic", found: Mapping[str, tuple[int, int]]) -> str:
    if topic.name not in found:
        return "missing"
    partitions, days = found[topic.name]
    if (partitions, days) == (topic.partitions, topic.retention_days):
        return "there"
    return f"differs: {partitions} partitions, {days} days"


def _kafka(servers: str) -> "KafkaConnection":
    """Return how to reach Kafka: as given, or else from the settings of the services, or else the demo's own."""
    from services.platform.process.settings import KafkaSettings, read_settings

    settings = read_settings(KafkaSettings)
    kafka = settings.connection(servers or settings.kafka_servers or _of_demo())
    if not kafka.servers:
        raise CommandError("USAGE", "Kafka's address is not known. Give --servers HOST:PORT or set PSMF_KAFKA_SERVERS.")
    return kafka


def _of_demo() -> str:
    from services.client.addresses import read_suite
    from services.client.errors import NoSuiteError

    try:
        return read_suite(demo_folder()).address_of("kafka")
    except NoSuiteError:
        return ""


@contextmanager
def _reaching(kafka: "KafkaConnection") -> Iterator[None]:
    from kafka.errors import KafkaError

    from services.platform.kafka.reachability import why
    from services.platform.telemetry.logs import hush

    # The client library logs each failed attempt. One sentence below says the same.
    hush("kafka")
    try:
        yield
    except KafkaError as problem:
        where, reason = ", ".join(kafka.servers), why(problem, kafka)
        error = f"{type(problem).__name__}{f' ({reason})' if reason else ''}"
        raise CommandError("UNAVAILABLE", f"Kafka at {where} cannot do this: {error}") from problem
