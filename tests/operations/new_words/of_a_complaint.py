"""Every word of the way of a complaint, made by the public methods about one person. Two complaints stay open."""

from typing import Any

from psmf.evidence.v1 import complaint_stages_pb2 as pb
from psmf.evidence.v1 import evidence_pb2 as evidence

from services.demo.waiting import wait_until_settled
from services.platform.calls.wire import to_date
from tests.builders import a_mapping, days_ago
from tests.operations.every_word_of_a_plan import TEAM

_STAGES = pb.ComplaintStages
_SOURCES = ("SHERIFF", "REPORTER", "PANEL_MEMBER", "LOCAL_AUTHORITY")


def make_every_word_of_a_complaint(office: Any, person: str) -> None:
    """Take one complaint to its end, settle one, and leave one open at each stage."""
    ended, settled, at_stage_2, _ = (_complaint(office, person, source) for source in _SOURCES)
    reasons: list[Any] = [number for number in _STAGES.ExtensionReason.values() if number]
    for number, reason in enumerate(reasons):
        longer = to_date(days_ago(-10 - number))
        _moves(office, ended, _STAGES.STEP_EXTENDED, due_date=longer, extension_reason=reason)
    for step in (_STAGES.STEP_ANSWERED, _STAGES.STEP_STAGE_2, _STAGES.STEP_ACKNOWLEDGED, _STAGES.STEP_STAGE_2_ANSWERED):
        _moves(office, ended, step)
    request = evidence.DecideComplaintRequest(name=ended, outcome=evidence.COMPLAINT_OUTCOME_NOT_UPHELD)
    office.does(TEAM, office.client.evidence.DecideComplaint, request)
    _moves(office, ended, _STAGES.STEP_OMBUDSMAN_TOLD)
    _moves(office, ended, _STAGES.STEP_OMBUDSMAN_TOLD, correction=_STAGES.CORRECTION_TAKEN_BACK)
    _moves(office, settled, _STAGES.STEP_SETTLED, date=to_date(days_ago(1)))
    _moves(office, settled, _STAGES.STEP_SETTLED, correction=_STAGES.CORRECTION_ANOTHER_DAY)
    _moves(office, at_stage_2, _STAGES.STEP_STAGE_2)
    wait_until_settled(office.client)


def _complaint(office: Any, person: str, source: str) -> str:
    days = {"happened_date": to_date(days_ago(4)), "received_date": to_date(days_ago(2))}
    about: dict[str, Any] = {"kind": evidence.EVIDENCE_KIND_COMPLAINT, "source": f"EVIDENCE_SOURCE_{source}"}
    neutral = [a_mapping("S4.1", evidence.POLARITY_NEUTRAL)]
    return str(office.records(person, mappings=neutral, summary=f"From the {source.lower()}.", **days, **about).name)


def _moves(office: Any, name: str, step: Any, **fields: Any) -> None:
    request = pb.MoveComplaintStageRequest(name=name, step=step, **fields)
    office.answers.append(request)
    office.does(TEAM, office.client.evidence.MoveComplaintStage, request)
