"""What pages ask while an item of evidence is recorded, and the steps on one."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from google.api import field_behavior_pb2
from psmf.evidence.v1 import complaint_stages_pb2, evidence_pb2

from services.console.calls.caller import EVERYBODY
from services.console.calls.evidence import EvidenceCalls
from services.console.failures import NotThere, ServiceAway
from services.console.forms.answers import Sent
from services.console.forms.complaints import STEPS as OF_A_COMPLAINT
from services.console.forms.recording import ANOTHER, YES, Answers, day_of, mappings_of
from services.console.requests import Visit
from services.platform.calls.pages import LARGEST_SIZE
from services.platform.calls.wire import from_word, to_date

STEPS = {
    "share": "ShareEvidenceItem",
    "read": "MapEvidenceItem",
    "outcome": "DecideComplaint",
    "correct": "CorrectEvidenceItem",
    "withdraw": "WithdrawEvidenceItem",
}
"""The method that makes each step on an item."""
_ENUMS = {
    "kind": evidence_pb2.EvidenceKind,
    "source": evidence_pb2.EvidenceSource,
    "setting": evidence_pb2.Setting,
    "aspect": evidence_pb2.Aspect,
}

_OF_THE_SERVICE = tuple(
    field.name
    for field in evidence_pb2.EvidenceItem.DESCRIPTOR.fields
    if field_behavior_pb2.OUTPUT_ONLY in field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
)
"""Fields of an item that nobody sends."""


class RecordingCalls(EvidenceCalls):
    """Calls by which an item is recorded and changed."""

    async def recording_choices(self, visit: Visit, person: str) -> Any:
        """Return which sources and kinds of evidence the reader may record about somebody."""
        request = evidence_pb2.GetRecordingChoicesRequest(parent=person)
        return await self._ask(visit, "evidence", self._evidence.GetRecordingChoices, request)

    async def similar_items(self, visit: Visit, person: str, answers: Answers) -> Any:
        """Return what on file may be about the same thing."""
        item = item_of(answers, visit.today, reads=False)
        request = evidence_pb2.FindSimilarEvidenceItemsRequest(parent=person, evidence_item=item)
        return await self._ask(visit, "evidence", self._evidence.FindSimilarEvidenceItems, request)

    async def record_item(self, visit: Visit, person: str, answers: Answers, request_id: str, *, reads: bool) -> Any:
        """Record an item, and return it. Without a request id it is only checked. `reads`: whether the Team records it.

        What is only checked is never refused because something like it is on file.

        Raises:
            NotDone: the service refuses it, and says why.
        """
        request = evidence_pb2.CreateEvidenceItemRequest(
            parent=person,
            evidence_item=item_of(answers, visit.today, reads=reads),
            request_id=request_id,
            validate_only=not request_id,
            again=not request_id or answers.get("alike") == ANOTHER,
        )
        return await self._write(visit, "evidence", self._evidence.CreateEvidenceItem, request)

    async def waiting_items(self, visit: Visit) -> Any:
        """Return the items that wait to be read against the standards, to be shared, or for an outcome."""
        request = evidence_pb2.ListEvidenceItemsRequest(
            parent=EVERYBODY, waiting_for=evidence_pb2.WAITING_FOR_ANYTHING, page_size=LARGEST_SIZE
        )
        try:
            return await self._ask(visit, "evidence", self._evidence.ListEvidenceItems, request)
        except NotThere:
            raise ServiceAway("evidence") from None  # a release before does not know what items wait for

    async def change_item(self, visit: Visit, item: Any, step: str, sent: Sent, said: Mapping[str, str]) -> Any:
        """Make a step on an item, and return the item after it. Without a request id it is only checked.

        Raises:
            NotDone: it has changed since the reader opened the form, or the service refuses the step.
        """
        if step in OF_A_COMPLAINT:
            return await self._write(
                visit, "evidence", self._evidence.MoveComplaintStage, _moved(item, step, sent, said)
            )
        method = STEPS[step]
        request = getattr(evidence_pb2, f"{method}Request")(
            name=item.name, request_id=sent.request_id, etag=sent.etag, validate_only=not sent.request_id
        )
        answers = Answers(said)
        if step == "read":
            request.mappings.extend(_mappings(answers))
        elif step == "outcome":
            request.outcome = from_word(evidence_pb2.ComplaintOutcome, answers.get("outcome"))
        elif step in ("correct", "withdraw"):
            request.reason = from_word(evidence_pb2.CorrectionReason, answers.get("reason"))
        if step == "correct":
            request.evidence_item.CopyFrom(_corrected(item, answers))
        return await self._write(visit, "evidence", getattr(self._evidence, method), request)


def _moved(item: Any, step: str, sent: Sent, said: Mapping[str, str]) -> complaint_stages_pb2.MoveComplaintStageRequest:
    """Return the request of a step of a complaint."""
    answers, stages = Answers(said), complaint_stages_pb2.ComplaintStages
    request = complaint_stages_pb2.MoveComplaintStageRequest(
        name=item.name, request_id=sent.request_id, etag=sent.etag, validate_only=not sent.request_id
    )
    request.step = from_word(stages.Step, "extended" if step == "extend" else answers.get("step"))
    request.extension_reason = from_word(stages.ExtensionReason, answers.get("reason"))
    request.correction = from_word(stages.Correction, answers.get("correction"))
    for name, field in (("on", request.date), ("until", request.due_date)):
        day = day_of(answers, name)
        if day is not None:
            field.CopyFrom(to_date(day))
    return request


def item_of(answers: Answers, today: date, *, reads: bool) -> evidence_pb2.EvidenceItem:
    """Return the item that the answers make. `reads`: whether what it speaks to goes with it."""
    item = evidence_pb2.EvidenceItem(summary=answers.get("summary"), case_reference=_case(answers))
    for field, values in _ENUMS.items():
        setattr(item, field, from_word(values, answers.get(field)))
    happened = day_of(answers, "happened") or today
    item.happened_date.CopyFrom(to_date(happened))
    item.received_date.CopyFrom(to_date(day_of(answers, "received") or today))
    if reads:
        item.mappings.extend(_mappings(answers))
        if answers.get("safety") == YES:
            item.evidence_class = evidence_pb2.EVIDENCE_CLASS_SAFETY
    return item


def _case(answers: Answers) -> str:
    return "" if answers.get("setting") == "panel" else answers.get("case")


def _mappings(answers: Answers) -> Iterator[evidence_pb2.Mapping]:
    for indicator, polarity in mappings_of(answers):
        yield evidence_pb2.Mapping(
            standard=indicator.partition(".")[0],
            indicator=indicator,
            polarity=from_word(evidence_pb2.Polarity, polarity),
        )


def _corrected(item: Any, answers: Answers) -> Any:
    """Return an item with other facts. What nobody corrects stays as it is.

    What the service alone writes is left out: it changes with the correction, and a second press of the button would
    then ask for something else than the first.
    """
    new = evidence_pb2.EvidenceItem()
    new.CopyFrom(item)
    for name in _OF_THE_SERVICE:
        new.ClearField(name)
    new.summary, new.case_reference = answers.get("summary"), answers.get("case")
    for name, field in (("happened", new.happened_date), ("received", new.received_date)):
        day = day_of(answers, name)
        if day is not None:
            field.CopyFrom(to_date(day))
    return new
