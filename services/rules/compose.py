"""Builds every object of the rules service."""

import sys
from contextlib import suppress
from pathlib import Path

from psmf.rules.v1 import (
    kpis_pb2,
    kpis_pb2_grpc,
    overrides_pb2,
    overrides_pb2_grpc,
    revisions_pb2,
    revisions_pb2_grpc,
    rules_pb2,
    rules_pb2_grpc,
    simulations_pb2,
    simulations_pb2_grpc,
    trials_pb2,
    trials_pb2_grpc,
)

from services.plain_text import shown_in_line
from services.platform.calls.relations import Subjects
from services.platform.clock import Clock
from services.platform.process.process import Process, ServiceParts
from services.platform.process.program import close_to_others, in_a_sentence
from services.platform.process.settings import DatabaseSettings, read_settings
from services.platform.storage.counts import Changes, Count, counted
from services.platform.storage.database import Database, execute, seconds_since
from services.platform.storage.only_writer import only_writer
from services.platform.storage.opening import open_database
from services.rules import consumer
from services.rules.adapters.approval_signing import ApprovalKey
from services.rules.adapters.compaction import Compacted, compact
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.shadow import take_for
from services.rules.adapters.store.facts import CHANGES
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.rulebook_in_force import RulebookInForce, signed_chain
from services.rules.server.evaluations import ConcernService
from services.rules.server.kpis import KpiServer
from services.rules.server.overrides import OverrideServer
from services.rules.server.own_file import own_file
from services.rules.server.people import require_known
from services.rules.server.revisions import RevisionServer
from services.rules.server.rulebook import RulebookServer, StandardsServer
from services.rules.server.simulations import SimulationServer
from services.rules.server.timeline import timeline
from services.rules.server.trials import TrialServer
from services.rules.settings import Settings
from services.rules.simulations.runner import Simulator
from services.rules.submission.number import ChangedNumbers
from services.rules.telemetry import GAUGES
from services.rules.worker import Evaluator

HERE = Path(__file__).parent
NO_KEY_TO_SIGN_WITH = "psmf rules: PSMF_APPROVAL_KEY_FILE names no key to sign with."
OWN_TABLE = "evaluation_request"
"""A table that no other service has. It tells this service's database from others."""
BATCHES_TOLD = 1_000
"""Batches of records between two lines that say how far compacting is: some minutes."""
SUBJECTS = Subjects("safeguarders", "support_manager", "safeguarder", require_known)
"""Every record here is about a Safeguarder, and only a support manager can have one allocated."""
CONTRACTS = [
    rules_pb2.DESCRIPTOR,
    revisions_pb2.DESCRIPTOR,
    simulations_pb2.DESCRIPTOR,
    kpis_pb2.DESCRIPTOR,
    trials_pb2.DESCRIPTOR,
    overrides_pb2.DESCRIPTOR,
]
_HAPPENED = (
    "SELECT name, value FROM counter "
    "WHERE name IN ('evaluations', 'disagreements', 'evaluations_failed', 'engine_unavailable')"
)
_OLDEST = "SELECT MIN(evidence_recorded_at) FROM evaluation_request WHERE evidence_recorded_at > 0"
_OF_EVIDENCE = (
    "{row}.source = 'evidence' AND {row}.key_sequence > 0 "
    "AND {row}.reason NOT LIKE 'sequence_conflict%' AND {row}.reason <> 'source_accepted' "
    "AND ({row}.type LIKE 'psmf.evidence.v1.EvidenceItem%' OR {row}.type LIKE 'psmf.evidence.v1.EvidenceReply%' "
    "OR {row}.type LIKE 'psmf.evidence.v1.Complaint%')"
)
"""Rows set aside that evidence counts as facts. It has not published an event under a number that was taken, nor what a
database held that was given up."""
COUNTS: tuple[Count | Changes, ...] = (
    Count("facts_received", "fact", "{row}.origin = 'evidence'"),
    Count("facts_evaluated", "fact", "{row}.origin = 'evidence' AND {row}.evaluated"),
    # Set aside, and counted as evidence counts them, so that the figures balance: every event about an item.
    Count("facts_dead", "dead_letter", _OF_EVIDENCE + " AND {row}.state = 'dead'"),
    Count("facts_behind", "dead_letter", _OF_EVIDENCE + " AND {row}.state = 'waits'"),
    Count("facts_dropped", "dead_letter", _OF_EVIDENCE + " AND {row}.state = 'dropped'"),
    Count("people_waiting", "evaluation_request"),
    Count("people_held", "evaluation_request", "{row}.held <> ''"),
    Count("concerns_open", "concern", "{row}.is_open"),
    *CHANGES,
)
"""What the database counts for the figures, and for the daily run."""
_SHOWN = tuple(count for count in COUNTS if isinstance(count, Count))


def compose(settings: Settings, clock: Clock | None = None, engine: EngineChild | None = None) -> Process:
    """Return the service, ready to start. `clock`, `engine`: its own, unless a test moves one or shares one."""
    database = open_database(settings.database_url, HERE / "migrations", OWN_TABLE)
    take_for(settings.shadow, database)
    parts = ServiceParts(settings, database, CONTRACTS, HERE, SUBJECTS, clock)
    approval_key = ApprovalKey(settings.approval_key_file)
    in_force = RulebookInForce(settings.rulebook, database, parts.clock, approval_key, settings.folder_needs_approval)
    engine = engine or EngineChild()

    server, commands, clock = parts.server.server, parts.commands, parts.clock
    concerns = ConcernService(parts, in_force, engine)
    rules_pb2_grpc.add_ConcernServiceServicer_to_server(concerns, server)
    rules_pb2_grpc.add_StandardsServiceServicer_to_server(StandardsServer(in_force, clock), server)
    rules_pb2_grpc.add_RulebookServiceServicer_to_server(RulebookServer(database, in_force, clock), server)
    numbers = ChangedNumbers(in_force.files, in_force.stored)
    revisions = RevisionServer(database, commands, clock, in_force, parts.directory, numbers)
    revisions_pb2_grpc.add_RulebookRevisionServiceServicer_to_server(revisions, server)
    simulations = SimulationServer(database, commands, clock, in_force, engine, numbers)
    simulations_pb2_grpc.add_SimulationServiceServicer_to_server(simulations, server)
    kpis = KpiServer(database, commands, clock, in_force)
    kpis_pb2_grpc.add_KpiServiceServicer_to_server(kpis, server)
    overrides = OverrideServer(database, commands, clock, in_force)
    overrides_pb2_grpc.add_RuleOverrideServiceServicer_to_server(overrides, server)
    trials_pb2_grpc.add_RuleTrialServiceServicer_to_server(TrialServer(database, in_force), server)

    parts.hand_out(own_file(concerns, overrides))
    parts.tell_of_the_past(timeline(concerns, overrides, database))

    if in_force.content_hash:
        _take_part(parts, settings, in_force, engine)
    else:
        parts.server.hold_back()
    return parts.process(figures=lambda: figures(database, in_force, engine, clock), own_gauges=GAUGES, counts=COUNTS)


def sign_activations() -> None:
    """Sign all that puts rules in force as it stands. Say what was not as it was signed before, and what is in force.

    An operator answers for it. It is for activations that no key of the service signed: those of the release before,
    after going back to it, those of a rulebook of one's own from before signatures, and all after a key was lost.
    """
    close_to_others()
    settings = read_settings(Settings)
    key = ApprovalKey(settings.approval_key_file)
    if not key.signs:
        sys.stderr.write(f"{NO_KEY_TO_SIGN_WITH}\n")
        raise SystemExit(2)
    with in_a_sentence("rules"), only_writer(settings.database_url):
        database = open_database(settings.database_url, HERE / "migrations", OWN_TABLE)
        with database.read() as connection:
            faults = signed_chain(connection, key).faults()
        database.write(lambda tx: signed_chain(tx, key).sign_all())
        with database.read() as connection:
            in_force = SqlRevisions(connection).activations().in_force
        database.close()
    for fault in faults:
        sys.stdout.write(f"Signed although: {shown_in_line(fault)}\n")
    if in_force is not None:
        person = shown_in_line(in_force.person)
        sys.stdout.write(f"In force: rulebook {in_force.content_hash}, put there by {person}.\n")


def compact_records() -> None:
    """Keep the decision records of releases before smaller, and say what that gave. It may be stopped at any moment."""
    close_to_others()
    settings = read_settings(DatabaseSettings)
    done = Compacted()
    with in_a_sentence("rules"), only_writer(settings.database_url):
        database = open_database(settings.database_url, HERE / "migrations", OWN_TABLE)
        with suppress(KeyboardInterrupt):
            for batches, part in enumerate(compact(database), start=1):
                done += part
                if batches % BATCHES_TOLD == 0:
                    sys.stderr.write(f"{done.seen:,} whole records looked at so far.\n")
        database.close()
    sys.stdout.write(
        f"{done.seen:,} whole records looked at, {done.smaller:,} kept smaller: "
        f"{done.before:,} bytes before, {done.after:,} after.\n"
    )
    if done.damaged:
        sys.stdout.write(f"{done.damaged:,} are not as their hash says, and stay as they are.\n")
        raise SystemExit(1)


def _take_part(parts: ServiceParts, settings: Settings, in_force: RulebookInForce, engine: EngineChild) -> None:
    """Listen to the other services, and evaluate. Without a rulebook to trust, the events wait at their sources."""
    database, clock = parts.database, parts.clock
    from_evidence = consumer.from_evidence(clock.now, in_force.stored_or_current)
    parts.listen_to("evidence", settings.evidence_address, from_evidence)
    parts.listen_to("scheduling", settings.scheduling_address, consumer.from_scheduling(clock.now, parts.directory))
    parts.listen_to(
        "notifications", settings.notifications_address, consumer.from_notifications(clock.now, parts.directory)
    )
    evaluator = Evaluator(database, in_force, engine, clock, parts.copy_name)
    parts.run_beside(evaluator)
    parts.clock_watch.on_step(evaluator.evaluate_everyone_again)
    parts.run_beside(Simulator(database, clock))


def figures(
    database: Database, in_force: RulebookInForce, engine: EngineChild, clock: Clock
) -> tuple[dict[str, int], dict[str, str]]:
    """Return the figures and facts that GetStatus shows for this service."""
    with database.read() as connection:
        shown = counted(connection, _SHOWN)
        (since,) = execute(connection, _OLDEST).fetchone()
        happened: dict[str, int] = dict(execute(connection, _HAPPENED).fetchall())
    return shown | {
        "oldest_wait_seconds": seconds_since(since, clock.now()),
        "evaluations": happened.get("evaluations", 0),
        "disagreements": happened.get("disagreements", 0),
        "evaluations_failed": happened.get("evaluations_failed", 0),
        "engine_unavailable": happened.get("engine_unavailable", 0),
        "engine_restarts": engine.restarts,
        "rulebook_faults": len(in_force.refused),
        "rulebook_untrusted": len(in_force.untrusted),
    }, {"rulebook": in_force.content_hash, "rulebook_untrusted": next(iter(in_force.untrusted), "")}
