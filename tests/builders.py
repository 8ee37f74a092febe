"""Deterministic builders of requests. A test names only the fields that matter to it."""

import uuid
from datetime import date, timedelta
from typing import Any

from psmf.evidence.v1 import evidence_pb2, safeguarder_pb2

from services.platform.calls.wire import to_date
from services.platform.clock import SystemClock

DAY_OF_EDITION = date(2016, 4, 25)
BASIS = safeguarder_pb2.LegalBasis(instrument="SSI 2012/54", provision="reg 7(1)", version="as amended by SSI 2016/61")


def days_ago(days: int) -> date:
    """Return a London date before today."""
    return SystemClock().today() - timedelta(days=days)


def a_request_id() -> str:
    """Return a new request id."""
    return str(uuid.uuid4())


def an_applicant(safeguarder_id: str = "", **changes: Any) -> safeguarder_pb2.CreateSafeguarderRequest:
    """Return a request to enter an invented person in the register."""
    person: dict[str, Any] = {"display_name": "Demo Person", "areas": ["fife"], "demo": True} | changes
    return safeguarder_pb2.CreateSafeguarderRequest(
        safeguarder_id=safeguarder_id,
        safeguarder=safeguarder_pb2.Safeguarder(**person),
        request_id=a_request_id(),
        again=True,
    )


def an_appointment(
    safeguarder_id: str, on: date | None = None, **changes: Any
) -> safeguarder_pb2.RecordMinisterialDecisionRequest:
    """Return a request to record a first appointment, by default a year ago."""
    fields: dict[str, Any] = {
        "kind": safeguarder_pb2.RecordMinisterialDecisionRequest.KIND_APPOINTED,
        "effective_date": to_date(on or days_ago(365)),
        "legal_basis": BASIS,
        "recommended_by": "panel-team",
    } | changes
    return safeguarder_pb2.RecordMinisterialDecisionRequest(
        name=f"safeguarders/{safeguarder_id}", request_id=a_request_id(), **fields
    )


def a_mapping(indicator: str = "S4.1", polarity: Any = evidence_pb2.POLARITY_CONCERN) -> evidence_pb2.Mapping:
    """Return the mapping of an item to an indicator."""
    return evidence_pb2.Mapping(standard=indicator.partition(".")[0], indicator=indicator, polarity=polarity)


def an_item(**changes: Any) -> evidence_pb2.EvidenceItem:
    """Return feedback from a Reporter about practice three weeks ago, adverse on S4.1."""
    fields: dict[str, Any] = {
        "kind": evidence_pb2.EVIDENCE_KIND_FEEDBACK,
        "source": evidence_pb2.EVIDENCE_SOURCE_REPORTER,
        "aspect": evidence_pb2.ASPECT_PRACTICE,
        "setting": evidence_pb2.SETTING_APPOINTMENT,
        "happened_date": to_date(days_ago(22)),
        "received_date": to_date(days_ago(21)),
        "mappings": [a_mapping()],
    } | changes
    return evidence_pb2.EvidenceItem(**{name: value for name, value in fields.items() if value is not None})


def an_item_request(safeguarder_id: str, **changes: Any) -> evidence_pb2.CreateEvidenceItemRequest:
    """Return a request to record `an_item`."""
    return evidence_pb2.CreateEvidenceItemRequest(
        parent=f"safeguarders/{safeguarder_id}",
        evidence_item=an_item(**changes),
        request_id=a_request_id(),
        again=True,  # tests record many items of the same kind, source and day
    )
