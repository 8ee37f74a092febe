"""Every fact that evidence accepted, and what became of it in rules."""

from collections.abc import Mapping

from psmf.platform.v1 import status_pb2


def ledger(found: Mapping[str, status_pb2.Status]) -> dict[str, int]:
    """Facts accepted by evidence, and what became of them in rules: accepted = evaluated + waiting + dead.

    What rules has not read yet holds other events too: of these, no more wait than are missing.
    """
    evidence, rules = found["evidence"], found["rules"]
    figures = rules.figures
    accepted, received, dead = evidence.figures["facts_accepted"], figures["facts_received"], figures["facts_dead"]
    unread = min(max(accepted - received - dead, 0), unread_events(found))
    return {
        "accepted": accepted,
        "evaluated": figures["facts_evaluated"],
        "waiting": received - figures["facts_evaluated"] + unread,
        "dead": dead,
    }


def unread_events(found: Mapping[str, status_pb2.Status]) -> int:
    """Events that evidence has published and rules has not read yet."""
    head = found["evidence"].outbox_position
    return sum(max(head - source.position, 0) for source in found["rules"].sources if source.source == "evidence")


def engines(rules: status_pb2.Status) -> dict[str, int]:
    """How the two rules engines got on."""
    return {
        "evaluations": rules.figures["evaluations"],
        "disagreements": rules.figures["disagreements"],
        "restarts": rules.figures["engine_restarts"],
    }
