"""The register as protobuf: entries, decisions of Ministers, reports that could not be sampled, and their events."""

from datetime import date
from typing import Any

from psmf.evidence.v1 import events_pb2, recommendations_pb2, report_samples_pb2, safeguarder_pb2

from services.evidence.domain.report_sample import ReportsNotAvailable
from services.evidence.domain.safeguarder import (
    Decision,
    DecisionKind,
    EndReason,
    LegalBasis,
    Safeguarder,
    Term,
)
from services.evidence.wire.session_records import words
from services.platform.calls.wire import (
    from_date,
    from_word,
    name_parts,
    to_date,
    to_instant,
    to_needed_text,
    to_text,
    to_word,
)

LONGEST_NAME = 120


def decision(message: safeguarder_pb2.RecordMinisterialDecisionRequest, recorded_by: str, now: Any) -> Decision:
    """Return a decision of Ministers. Refuse INVALID for an unknown value or an empty legal basis."""
    effective_on = from_date(message, "effective_date")
    assert effective_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    reason = to_word(safeguarder_pb2.EndReason, message.end_reason, "end_reason")
    return Decision(
        kind=DecisionKind(to_word(safeguarder_pb2.RecordMinisterialDecisionRequest.Kind, message.kind, "kind")),
        effective_on=effective_on,
        legal_basis=legal_basis(message.legal_basis, "legal_basis"),
        recommended_by=message.recommended_by,
        recorded_by=recorded_by,
        recorded_at=now,
        term_months=message.term_months,
        end_reason=EndReason(reason) if reason else None,
        recommendation=_named(message, "concerns"),
        recommendation_id=_named(message, "recommendations"),
        pack_hash=to_text(message.pack_hash, "pack_hash", LONGEST_NAME),
        decided_as=to_word(recommendations_pb2.Recommendation.Outcome, message.decided_as, "decided_as"),
        reasons=words(message.reasons, "reasons", now.year),
    )


def legal_basis(message: safeguarder_pb2.LegalBasis, path: str) -> LegalBasis:
    """Return the provision of a decision. Refuse INVALID if a part of it is empty."""
    fields = ("instrument", "provision", "version")
    return LegalBasis(*(to_needed_text(getattr(message, each), f"{path}.{each}", LONGEST_NAME) for each in fields))


def legal_basis_message(basis: LegalBasis) -> safeguarder_pb2.LegalBasis:
    """Return the message of the provision of a decision."""
    return safeguarder_pb2.LegalBasis(instrument=basis.instrument, provision=basis.provision, version=basis.version)


def _named(message: safeguarder_pb2.RecordMinisterialDecisionRequest, collection: str) -> str:
    """Return the id of the concern or the recommendation that a decision names; empty if it names none of these."""
    name = message.recommendation
    if not name or ("/recommendations/" in name) is not (collection == "recommendations"):
        return ""
    _, known = name_parts(name, "safeguarders", collection, field="recommendation")
    return known


def display_name(message: safeguarder_pb2.Safeguarder) -> str:
    """Return the display name of a person. Refuse INVALID if it is empty."""
    return to_needed_text(message.display_name, "safeguarder.display_name", LONGEST_NAME)


def asked_of_register(request: safeguarder_pb2.ListSafeguardersRequest) -> dict[str, Any]:
    """Return which people a list shall hold, by the names of `Wanted`. Refuse INVALID for a text that is too long."""
    return {
        "area": to_text(request.area, "area", LONGEST_NAME),
        "support_manager": to_text(request.support_manager, "support_manager", LONGEST_NAME),
        "term_ends_before": from_date(request, "term_ends_before_date"),
        "by_name": request.by_name,
    }


def safeguarder_message(entry: Safeguarder, manager: str, manager_name: str) -> safeguarder_pb2.Safeguarder:
    """Return the message of a register entry with who supports the person now, for people who may read it."""
    return safeguarder_pb2.Safeguarder(
        name=f"safeguarders/{entry.safeguarder_id}",
        display_name=entry.display_name,
        areas=entry.areas,
        state=from_word(safeguarder_pb2.Safeguarder.State, entry.state),
        terms=[_term_message(entry, term) for term in entry.terms],
        demo=entry.demo,
        create_time=to_instant(entry.created_at),
        etag=str(entry.version),
        panel_number=entry.panel_number,
        support_manager=manager,
        support_manager_name=manager_name,
    )


def _term_message(entry: Safeguarder, term: Term) -> safeguarder_pb2.Term:
    return safeguarder_pb2.Term(
        name=f"safeguarders/{entry.safeguarder_id}/terms/{term.number}",
        start_date=to_date(term.starts_on),
        end_date=to_date(term.ends_on),
        legal_basis=legal_basis_message(term.legal_basis),
    )


def ended_event(safeguarder_id: str, end: Decision) -> events_pb2.SafeguarderEnded:
    """Return the event of the end of a membership."""
    return events_pb2.SafeguarderEnded(
        safeguarder_id=safeguarder_id,
        end_date=to_date(end.effective_on),
        reason=from_word(safeguarder_pb2.EndReason, end.end_reason),
    )


def leaving_event(safeguarder_id: str, last_on: date | None) -> events_pb2.SafeguarderLeaving:
    """Return the event of an end of membership that lies ahead. None: no end lies ahead any more."""
    return events_pb2.SafeguarderLeaving(safeguarder_id=safeguarder_id, last_date=to_date(last_on))


def appointed_event(entry: Safeguarder) -> events_pb2.SafeguarderAppointed:
    """Return the event of the latest term of an entry."""
    term = entry.terms[-1]
    return events_pb2.SafeguarderAppointed(
        safeguarder_id=entry.safeguarder_id,
        term=term.number,
        start_date=to_date(term.starts_on),
        end_date=to_date(term.ends_on),
        appointed_date=to_date(entry.serves_since(term.starts_on)),
        areas=entry.areas,
        demo=entry.demo,
    )


def reports_not_available_message(found: ReportsNotAvailable) -> report_samples_pb2.ReportsNotAvailable:
    """Return the message for reports that could not be sampled."""
    return report_samples_pb2.ReportsNotAvailable(
        safeguarder=f"safeguarders/{found.safeguarder_id}",
        date=to_date(found.on),
        reports=found.reports,
        reason=from_word(report_samples_pb2.NoReportReason, found.reason),
        record_time=to_instant(found.recorded_at),
    )


def reports_not_available_event(found: ReportsNotAvailable) -> Any:
    """Return the event for reports that could not be sampled."""
    return events_pb2.SafeguarderReportsNotAvailable(
        safeguarder_id=found.safeguarder_id,
        date=to_date(found.on),
        reports=found.reports,
        reason=from_word(report_samples_pb2.NoReportReason, found.reason),
    )
