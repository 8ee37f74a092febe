"""Loading of a story into a running suite through public methods only. After an interruption it can be repeated."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from psmf.evidence.v1 import evidence_pb2
from psmf.rules.v1 import revisions_pb2, rules_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.client.client import Client
from services.demo.issuer import safeguarder_persona
from services.demo.story.chapters import MISSED
from services.demo.story.dates import PARAMETERS, WHY, changes_on, with_the_date
from services.demo.story.values import Attendance, LiveItem, Story
from services.demo.telling import wire
from services.demo.telling.complaints import Complaints
from services.demo.telling.overlays import Overlays
from services.demo.telling.plans import Plans
from services.demo.telling.recommendations import Recommendations
from services.demo.telling.reviews import Reviews
from services.demo.telling.samples import Samples
from services.demo.telling.sessions import Sessions
from services.demo.telling.wire import StoryNotToldError
from services.demo.waiting import wait_until_read, wait_until_settled
from services.platform.calls.wire import from_date

EDITOR, APPROVER = "policy-editor", "policy-approver"
DECISION_RECORDER = "decision-recorder"
ROWS_TOGETHER = 500
IMPORT_SECONDS = 120.0
"""Deadline of one import. A busy machine takes seconds for it; the deadline is only against a hang."""
Progress = Callable[[str, int, int], None]
"""Called for each step with its name, how many parts are done, and how many there are."""


def load(
    story: Story, client: Client, progress: Progress = lambda step, done, total: None, *, in_order: bool = False
) -> None:
    """Tell the whole story and wait until it has had all its effects.

    The order is always the same and every request has its own id. So the end is the same after an interruption, and
    while services are killed and restarted. `in_order`: services apply what happened to several people in that order
    too, as one copy does that reads a feed.

    Raises:
        StoryNotToldError, NotSettledError, grpc.RpcError.
    """
    telling = _Telling(story, client, progress, in_order)
    # Traces show what happens to one item. Those of two years would only hide it.
    with client.untraced():
        telling.enter_people()
        telling.settle("allocating support managers")
        telling.import_history()
        telling.record_trainings()
        telling.settle("reading two years of evidence")
        request = rules_pb2.EvaluateEveryoneRequest(request_id=wire.request_id(story, "everyone"))
        client.call(wire.PANEL_TEAM, client.concerns.EvaluateEveryone, request)
        telling.settle("evaluating everyone")
        telling.correct_records()
    telling.tell_live()
    telling.tell_the_year()
    telling.settle("telling people of their concerns")


def bring_into_force(story: Story, client: Client) -> None:
    """Have one person submit a rulebook with the date, and another approve it and bring it into force.

    After an interruption this can be repeated. A rulebook without the number, which a user may have chosen, stays.
    """
    plan = client.call(EDITOR, client.revisions.GetRulebookPlan, revisions_pb2.GetRulebookPlanRequest())
    named = revisions_pb2.GetRulebookRevisionRequest(name=plan.in_force.revision)
    files = dict(client.call(EDITOR, client.revisions.GetRulebookRevision, named).files)
    before = files[PARAMETERS]
    files[PARAMETERS] = with_the_date(before, changes_on(story.today))
    if files[PARAMETERS] == before:
        return

    def request_id(verb: str) -> str:
        return wire.request_id(story, "rulebook", verb)

    submitted = revisions_pb2.CreateRulebookRevisionRequest(files=files, reason=WHY, request_id=request_id("submit"))
    name = client.call(EDITOR, client.revisions.CreateRulebookRevision, submitted).name
    approved = revisions_pb2.ApproveRulebookRevisionRequest(name=name, reason=WHY, request_id=request_id("approve"))
    client.call(APPROVER, client.revisions.ApproveRulebookRevision, approved)
    activated = revisions_pb2.ActivateRulebookRevisionRequest(name=name, reason=WHY, request_id=request_id("activate"))
    client.call(APPROVER, client.revisions.ActivateRulebookRevision, activated)


class _Telling:
    def __init__(self, story: Story, client: Client, progress: Progress, in_order: bool) -> None:
        self._story = story
        self._client = client
        self._progress = progress
        self._in_order = in_order

    def settle(self, step: str) -> None:
        self._progress(step, 0, 1)
        wait_until_settled(self._client)
        self._progress(step, 1, 1)

    def enter_people(self) -> None:
        """Enter each person, with Kafka only when scheduling has applied the one before.

        A support manager is chosen by how many people each one has, so the order decides. Kafka keeps the order of one
        person's events only, not that between people.
        """
        for person in self._counted("entering people in the register", self._story.people):
            self._client.call(
                wire.PANEL_TEAM, self._client.safeguarders.CreateSafeguarder, wire.entry(self._story, person)
            )
            for decision in wire.decisions(self._story, person):
                self._client.call(DECISION_RECORDER, self._client.safeguarders.RecordMinisterialDecision, decision)
            if not self._in_order:
                wait_until_read(self._client, "scheduling", "evidence")

    def import_history(self) -> None:
        rows = list(wire.rows(self._story))
        parts = [rows[start : start + ROWS_TOGETHER] for start in range(0, len(rows), ROWS_TOGETHER)]
        for part in self._counted("importing two years of evidence", parts):
            request = evidence_pb2.ImportEvidenceItemsRequest(rows=part)
            answer = self._client.send(
                wire.PANEL_TEAM, self._client.evidence.ImportEvidenceItems, [request], IMPORT_SECONDS
            )
            for result in answer.results:
                if result.reason:
                    message = f"Row {result.row} was refused: {result.reason} {result.field} {result.message}"
                    raise StoryNotToldError(message)

    def record_trainings(self) -> None:
        """Have the Team record the events, and then who attended."""
        for event in wire.training_events(self._story):
            self._client.call(wire.PANEL_TEAM, self._client.trainings.RecordTrainingEvent, event)
        for attendance in self._counted("recording training attendance", self._story.attendances):
            request = wire.attendance(self._story, attendance, self._training_owed(attendance))
            self._client.call(wire.PANEL_TEAM, self._client.obligations.RecordTrainingAttendance, request)

    def correct_records(self) -> None:
        """Have the Team correct what it recorded by mistake, and close what no rule asks about any more."""
        wrong = [attendance for attendance in self._story.attendances if attendance.first_recorded_as]
        for attendance in wrong:
            request = wire.correction(self._story, attendance, self._training_owed(attendance))
            self._client.call(wire.PANEL_TEAM, self._client.obligations.RecordTrainingAttendance, request)
        self.settle("correcting a record")
        for attendance in wrong:
            listed = rules_pb2.ListConcernsRequest(parent=f"safeguarders/{attendance.safeguarder_id}")
            for concern in self._client.call(wire.PANEL_TEAM, self._client.concerns.ListConcerns, listed).concerns:
                if concern.rule == MISSED:
                    self._close(concern)

    def _close(self, concern: Any) -> None:
        if not concern.closing_proposed:
            raise StoryNotToldError(f"{concern.name} still stands, although the record was corrected.")
        request = rules_pb2.CloseConcernRequest(
            name=concern.name,
            reason=rules_pb2.CONCERN_REASON_NO_LONGER_APPLIES,
            request_id=wire.request_id(self._story, "close", concern.name),
        )
        self._client.call(wire.PANEL_TEAM, self._client.concerns.CloseConcern, request)

    def tell_live(self) -> None:
        for number, live in enumerate(self._counted("receiving evidence from partner services", self._story.live)):
            self._tell(live, number)

    def _tell(self, live: LiveItem, number: int) -> None:
        """Have a partner add an item, the Team map and share it, and the Safeguarder reply, so that it may count."""
        evidence, parent = self._client.evidence, f"safeguarders/{live.item.safeguarder_id}"

        def named(verb: str) -> str:
            return wire.request_id(self._story, "live", number, verb)

        added = self._client.call(
            live.partner,
            evidence.CreateEvidenceItem,
            evidence_pb2.CreateEvidenceItemRequest(
                parent=parent, evidence_item=wire.seen_item(live.item), request_id=named("add")
            ),
        )
        mapped = evidence_pb2.MapEvidenceItemRequest(
            name=added.name, mappings=wire.mappings(live.item), request_id=named("map")
        )
        self._client.call(wire.PANEL_TEAM, evidence.MapEvidenceItem, mapped)
        shared = evidence_pb2.ShareEvidenceItemRequest(name=added.name, request_id=named("share"))
        self._client.call(wire.PANEL_TEAM, evidence.ShareEvidenceItem, shared)
        person = safeguarder_persona(live.item.safeguarder_id).person
        reply = evidence_pb2.AddReplyRequest(name=added.name, text=live.reply, request_id=named("reply"))
        self._client.call(person, evidence.AddReply, reply)

    def tell_the_year(self) -> None:
        """Tell plans, reviews and sessions. Plans come first: a session's papers hold what its plan was by then."""
        wait_until_read(self._client, "evidence", "rules")
        parts = (Plans, Overlays, Reviews, Sessions, Recommendations, Samples, Complaints)
        for part in self._counted("making plans, deciding reviews, holding sessions, sampling reports", parts):
            part(self._story, self._client).tell()

    def _training_owed(self, attendance: Attendance) -> str:
        request = scheduling_pb2.ListObligationsRequest(parent=f"safeguarders/{attendance.safeguarder_id}")
        answer = self._client.call(wire.PANEL_TEAM, self._client.obligations.ListObligations, request)
        training = scheduling_pb2.Obligation.KIND_MANDATORY_TRAINING
        for owed in answer.obligations:
            if owed.kind == training and owed.number == attendance.number and _holds(owed, attendance.event_on):
                return str(owed.name)
        raise StoryNotToldError(f"{attendance.safeguarder_id} owes no mandatory training on {attendance.event_on}.")

    def _counted(self, step: str, parts: Sequence[Any]) -> Iterator[Any]:
        for done, part in enumerate(parts):
            self._progress(step, done, len(parts))
            yield part
        self._progress(step, len(parts), len(parts))


def _holds(owed: Any, day: date) -> bool:
    starts_on, ends_on = from_date(owed, "window_start_date"), from_date(owed, "window_end_date")
    return starts_on is not None and ends_on is not None and starts_on <= day <= ends_on
