"""A complaint of the demo that is under investigation, with its steps. It waits for the Team's answer.

After an interruption this can be repeated: every request has its own id.
"""

from datetime import date, timedelta
from typing import Any

from psmf.evidence.v1 import complaint_stages_pb2, evidence_pb2

from services.client.client import Client
from services.demo.story.cast import MURDO
from services.demo.story.values import Story
from services.demo.telling import wire
from services.platform.calls.wire import to_date

_STAGES = complaint_stages_pb2.ComplaintStages
HAPPENED_DAYS_AGO, RECEIVED_DAYS_AGO, ANSWERED_DAYS_AGO, STAGE_2_DAYS_AGO, ACKNOWLEDGED_DAYS_AGO = 16, 13, 9, 6, 5


class Complaints:
    """What was said of Murdo, and how far it has come. It says nothing of him before it has its outcome."""

    def __init__(self, story: Story, client: Client) -> None:
        self._story = story
        self._client = client
        self._parent = f"safeguarders/{story.named(MURDO).safeguarder_id}"

    def tell(self) -> None:
        """Record a complaint, share it, answer it at stage 1, and acknowledge that stage 2 was asked for."""
        item = evidence_pb2.EvidenceItem(
            kind=evidence_pb2.EVIDENCE_KIND_COMPLAINT,
            source=evidence_pb2.EVIDENCE_SOURCE_RELEVANT_PERSON,
            aspect=evidence_pb2.ASPECT_PRACTICE,
            setting=evidence_pb2.SETTING_APPOINTMENT,
            happened_date=self._ago(HAPPENED_DAYS_AGO),
            received_date=self._ago(RECEIVED_DAYS_AGO),
            mappings=[
                evidence_pb2.Mapping(standard="S2", indicator="S2.1", polarity=evidence_pb2.POLARITY_NEUTRAL),
            ],
            summary="Demo data, invented: a visit was moved twice, and nobody was told the second time.",
        )
        name = self._does(
            "CreateEvidenceItem", evidence_pb2.CreateEvidenceItemRequest(parent=self._parent, evidence_item=item)
        ).name
        self._does("ShareEvidenceItem", evidence_pb2.ShareEvidenceItemRequest(name=name))
        for step, days in (
            (_STAGES.STEP_ANSWERED, ANSWERED_DAYS_AGO),
            (_STAGES.STEP_STAGE_2, STAGE_2_DAYS_AGO),
            (_STAGES.STEP_ACKNOWLEDGED, ACKNOWLEDGED_DAYS_AGO),
        ):
            move = complaint_stages_pb2.MoveComplaintStageRequest(name=name, step=step, date=self._ago(days))
            self._does("MoveComplaintStage", move, _STAGES.Step.Name(step))

    def _does(self, method: str, request: Any, which: str = "") -> Any:
        request.request_id = wire.request_id(self._story, "complaint", method, which)
        return self._client.call(wire.PANEL_TEAM, getattr(self._client.evidence, method), request)

    def _ago(self, days: int) -> Any:
        day: date = self._story.today - timedelta(days=days)
        return to_date(day)
