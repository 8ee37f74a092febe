"""Builds every object of the rules service, top to bottom."""

from pathlib import Path

from psmf.rules.v1 import rules_pb2, rules_pb2_grpc

from services.platform.clock import Clock
from services.platform.database import Database, seconds_since
from services.platform.migrations import bring_up_to_date
from services.platform.process import Process, ServiceParts
from services.rules import consumer
from services.rules.adapters.engine_child import EngineChild
from services.rules.adapters.rulebook_shelf import RulebookShelf
from services.rules.server.concerns import ConcernServer
from services.rules.server.rulebook import RulebookServer, StandardsServer
from services.rules.settings import Settings
from services.rules.worker import Evaluator

HERE = Path(__file__).parent


def compose(settings: Settings) -> Process:
    """The service, ready to start."""
    database = Database(settings.database)
    bring_up_to_date(database.engine, HERE / "migrations")
    parts = ServiceParts("rules", settings, database, [rules_pb2.DESCRIPTOR], HERE)
    shelf = RulebookShelf(settings.rulebook, database, parts.clock)
    engine = EngineChild()

    concerns = ConcernServer(database, parts.commands, parts.clock, shelf, engine)
    rules_pb2_grpc.add_StandardsServiceServicer_to_server(StandardsServer(shelf), parts.server.server)
    rules_pb2_grpc.add_RulebookServiceServicer_to_server(RulebookServer(shelf, parts.clock), parts.server.server)
    rules_pb2_grpc.add_ConcernServiceServicer_to_server(concerns, parts.server.server)

    parts.listen_to("evidence", settings.evidence_address, consumer.FROM_EVIDENCE)
    parts.listen_to("scheduling", settings.scheduling_address, consumer.FROM_SCHEDULING)
    parts.run_beside(Evaluator(database, shelf, engine, parts.clock))
    return parts.process(figures=lambda: figures(database, shelf, engine, parts.clock))


def figures(
    database: Database, shelf: RulebookShelf, engine: EngineChild, clock: Clock
) -> tuple[dict[str, int], dict[str, str]]:
    """What GetStatus says of this service."""
    with database.read() as connection:
        one = connection.exec_driver_sql
        received, evaluated = one(
            "SELECT COUNT(*), COALESCE(SUM(evaluated), 0) FROM fact WHERE origin = 'evidence'"
        ).one()
        waiting = one("SELECT COUNT(*) FROM evaluation_request").scalar_one()
        since = one("SELECT MIN(evidence_recorded_at) FROM evaluation_request WHERE evidence_recorded_at > 0").scalar()
        # As evidence counts them: every event about an item, and none about a person.
        dead = one(
            "SELECT COUNT(*) FROM dead_letter WHERE source = 'evidence' AND type NOT IN "
            "('psmf.evidence.v1.SafeguarderAppointed', 'psmf.evidence.v1.SafeguarderEnded')"
        ).scalar_one()
        open_concerns = one("SELECT COUNT(*) FROM concern WHERE is_open").scalar_one()
        counted: dict[str, int] = dict(one("SELECT name, value FROM counter").tuples().all())
    return {
        "facts_received": int(received),
        "facts_evaluated": int(evaluated),
        "facts_dead": int(dead),
        "people_waiting": int(waiting),
        "oldest_wait_seconds": seconds_since(since, clock.now()),
        "concerns_open": int(open_concerns),
        "evaluations": counted.get("evaluations", 0),
        "disagreements": counted.get("disagreements", 0),
        "engine_unavailable": counted.get("engine_unavailable", 0),
        "engine_restarts": engine.restarts,
        "rulebook_faults": len(shelf.refused),
    }, {"rulebook": shelf.current.content_hash}
