"""The account of every fact that evidence accepted: what has become of it in rules."""

from collections.abc import Mapping

from psmf.platform.v1 import status_pb2


def ledger(found: Mapping[str, status_pb2.Status]) -> dict[str, int]:
    """Return the facts that evidence accepted, and how many of them rules has evaluated, keeps waiting or set dead.

    If nothing was lost, accepted = evaluated + waiting + dead. `found` holds the status of both services.
    """
    evidence, rules = found["evidence"], found["rules"]
    figures = rules.figures
    accepted, received, dead = evidence.figures["facts_accepted"], figures["facts_received"], figures["facts_dead"]
    # Unread events are not all facts. No more of them can be facts than are missing from rules.
    unread = min(max(accepted - received - dead, 0), unread_events(found))
    return {
        "accepted": accepted,
        "evaluated": figures["facts_evaluated"],
        "waiting": received - figures["facts_evaluated"] + unread,
        "dead": dead,
    }


def unread_events(found: Mapping[str, status_pb2.Status]) -> int:
    """Return how many events evidence has published that rules has not read yet."""
    head = found["evidence"].outbox_position
    return sum(max(head - source.position, 0) for source in found["rules"].sources if source.source == "evidence")


def engines(rules: status_pb2.Status) -> dict[str, int]:
    """Return the figures of the two rules engines: evaluations, disagreements and restarts."""
    return {
        "evaluations": rules.figures["evaluations"],
        "disagreements": rules.figures["disagreements"],
        "restarts": rules.figures["engine_restarts"],
    }
