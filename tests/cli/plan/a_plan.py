"""The development plan of an invented person, for tests of how the command line shows it."""

from datetime import UTC, date, datetime
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.scheduling.v1 import duties_pb2

from services.cli.session.reading import Names
from services.platform.calls.wire import to_date, to_instant

FILE = "safeguarders/sg-02218697"
STRENGTH = f"{FILE}/strengths/57e46700-0000-4000-8000-000000000001"
NEED = f"{FILE}/needs/eeed0000-0000-4000-8000-000000000002"
ACTION = f"{FILE}/actions/a40f1200-0000-4000-8000-000000000003"
SUPPORT = f"{FILE}/supports/5a77d030-0000-4000-8000-000000000004"
RECORD = f"{FILE}/supportSessions/1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d/record"
CONCERN = f"{FILE}/concerns/c0ffee00-0000-4000-8000-000000000005"
ITEM = f"{FILE}/evidenceItems/49b6794c-0000-4000-8000-000000000006"
NAMES = Names(
    "Demo Effie Lochend",
    "sg-02218697",
    {"S2": "S2 Relationships", "S2.2": "S2.2 Tells others in time", "S4": "S4 Reports"},
    {
        NEED: "need: Reporters are told late.",
        ACTION: "action: Reporters know of each visit.",
        SUPPORT: "support: mentoring",
        CONCERN: "Late reports (report-late S4)",
    },
)


def day(month: int, number: int, year: int = 2027) -> Any:
    return to_date(date(year, month, number))


def instant(month: int, number: int, year: int = 2026) -> Any:
    return to_instant(datetime(year, month, number, 10, tzinfo=UTC))


def strength(**changed: Any) -> pb.Strength:
    fields: dict[str, Any] = {
        "name": STRENGTH,
        "standard": "S2",
        "words": "Each child knows when she comes again.",
        "evidence": [ITEM],
        "raised_by": pb.RAISER_SUPPORT_MANAGER,
    }
    return pb.Strength(**fields | changed)


def need(**changed: Any) -> pb.Need:
    fields: dict[str, Any] = {
        "name": NEED,
        "standard": "S2",
        "words": "Reporters are told late.",
        "concern": CONCERN,
        "raised_by": pb.RAISER_SUPPORT_MANAGER,
        "state": pb.Need.STATE_PLANNED,
    }
    return pb.Need(**fields | changed)


def action(**changed: Any) -> pb.Action:
    """Return an open action on which both sides agreed."""
    fields: dict[str, Any] = {
        "name": ACTION,
        "kind": pb.Action.KIND_CHANGE_PRACTICE,
        "purpose": pb.Action.PURPOSE_IMPROVE,
        "standard": "S2",
        "indicator": "S2.2",
        "aim": "Reporters know of each visit.",
        "measure": "A note of each call is on file.",
        "owner": pb.Action.OWNER_SAFEGUARDER,
        "needs": [NEED],
        "due_days": [pb.DueDay(date=day(1, 29), reason=pb.DueDay.REASON_FIRST)],
        "due_date": day(1, 29),
        "basis": pb.Action.BASIS_AGREED,
        "proposed_by": pb.RAISER_SUPPORT_MANAGER,
        "state": pb.Action.STATE_OPEN,
        "answer": pb.AnswerActionRequest.ANSWER_AGREED,
    }
    return pb.Action(**fields | changed)


PROPOSED: dict[str, Any] = {"state": pb.Action.STATE_PROPOSED, "basis": 0, "answer": 0}
"""An action that the other side has not answered."""


def support(**changed: Any) -> pb.Support:
    """Return a support that was offered."""
    fields: dict[str, Any] = {
        "name": SUPPORT,
        "kind": pb.Support.KIND_MENTORING,
        "supported": [ACTION],
        "words": "Six talks with a mentor.",
        "discussed_date": day(12, 3, 2026),
        "offered_by": "sm-1",
        "state": pb.Support.STATE_OFFERED,
        "answer_due_date": day(12, 17, 2026),
        "create_time": instant(12, 3),
    }
    return pb.Support(**fields | changed)


def duty(**changed: Any) -> duties_pb2.Duty:
    """Return the Safeguarder's duty to answer an offered support."""
    fields: dict[str, Any] = {
        "name": f"{FILE}/duties/d1",
        "kind": duties_pb2.Duty.KIND_ANSWER_SUPPORT,
        "owed_by": duties_pb2.Duty.OWED_BY_SAFEGUARDER,
        "about": SUPPORT,
        "state": duties_pb2.Duty.STATE_RUNNING,
        "due_date": day(12, 17, 2026),
    }
    return duties_pb2.Duty(**fields | changed)


def plan(**changed: Any) -> pb.DevelopmentPlan:
    """Return a plan with something in each part."""
    fields: dict[str, Any] = {
        "name": f"{FILE}/developmentPlan",
        "strengths": [strength()],
        "needs": [need()],
        "actions": [action()],
        "supports": [support()],
    }
    return pb.DevelopmentPlan(**fields | changed)
