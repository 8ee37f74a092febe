"""Deterministic builders of what rules and scheduling publish: each shows only what matters to its test."""

from datetime import date
from typing import Any

from psmf.rules.v1 import events_pb2 as rules
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling

from services.platform.calls.wire import from_word, to_date

WINDOW = date(2025, 11, 24)


def a_concern(concern_id: str = "c-1", **changes: Any) -> rules.ConcernFact:
    """An offer of support on S4, for the support manager of sg-one within ten working days."""
    fields: dict[str, Any] = {
        "safeguarder_id": "sg-one",
        "rule": "report-late",
        "subject": "",
        "standards": ["S4"],
        "lane": "support_need",
        "window_start_date": to_date(WINDOW),
        "tell": "support_manager",
        "respond_within_working_days": 10,
        "quiet_if_escalated": True,
    } | changes
    fields["lane"] = from_word(rules_pb2.Lane, fields["lane"])
    return rules.ConcernFact(concern_id=concern_id, **fields)


def an_escalation(concern_id: str = "c-9", **changes: Any) -> rules.ConcernFact:
    """An escalation on S4, for a senior manager."""
    fields = {"rule": "no-improvement", "lane": "escalation", "tell": "senior_manager", "quiet_if_escalated": False}
    return a_concern(concern_id, **(fields | changes))


def a_safety_matter(concern_id: str = "c-5", **changes: Any) -> rules.ConcernFact:
    """A matter of safety, for a senior manager at once."""
    fields = {"rule": "confidentiality", "lane": "safety", "tell": "senior_manager", "standards": ["S5"]}
    return a_concern(concern_id, **(fields | changes))


def a_data_gap(concern_id: str = "c-7", **changes: Any) -> rules.ConcernFact:
    """Evidence that the Team has not gathered."""
    fields = {"rule": "coverage-source", "lane": "data_gap", "tell": "panel_team", "standards": []}
    return a_concern(concern_id, **(fields | changes))


def raised(concern: rules.ConcernFact) -> rules.ConcernRaised:
    """Rules speak."""
    return rules.ConcernRaised(concern=concern)


def updated(concern: rules.ConcernFact) -> rules.ConcernUpdated:
    """Rules speak on other evidence."""
    return rules.ConcernUpdated(concern=concern)


def moved(concern: rules.ConcernFact, move: Any) -> rules.ConcernMoved:
    """A person made a move."""
    return rules.ConcernMoved(concern=concern, move=move)


def closed(concern: rules.ConcernFact) -> rules.ConcernClosed:
    """A person closed it."""
    return rules.ConcernClosed(concern=concern, reason=rules_pb2.CONCERN_REASON_DISCUSSED)


def allocated(manager: str = "manager-one", safeguarder_id: str = "sg-one") -> scheduling.SupportManagerAllocated:
    """A support manager is allocated."""
    return scheduling.SupportManagerAllocated(safeguarder_id=safeguarder_id, support_manager=manager, region="east")
