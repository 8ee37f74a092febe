"""A seeded list of people's commands. Each is sent until it is answered or given up, and some are repeated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from google.protobuf.message import Message
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.platform.calls.wire import to_date
from tests.builders import BASIS, a_mapping
from tests.sim.simulated.people import MANAGERS, SAFEGUARDERS

if TYPE_CHECKING:
    from tests.sim.world import World

MOST = 40
OPEN, ACKNOWLEDGED, REFUSED, GIVEN_UP = "open", "acknowledged", "refused", "given up"
_SOURCES = ("CHILD", "PARENT_OR_CARER", "PANEL_MEMBER", "REPORTER", "LOCAL_AUTHORITY", "SHERIFF")
_CONCERNS = "SELECT safeguarder_id, concern_id FROM concern WHERE is_open ORDER BY concern_id"
_TRAININGS = "SELECT safeguarder_id, obligation_id FROM obligation WHERE is_open AND body LIKE '%training%' ORDER BY 2"
_SESSIONS = (
    "SELECT safeguarder_id, session_id, starts_at FROM support_session WHERE is_open "
    "AND json_extract(body, '$.obligation_id') IS NOT NULL ORDER BY session_id"
)


@dataclass
class Command:
    """A command and what the client knows about it."""

    service: str
    method: str
    person: str
    subject: str
    request: Any
    state: str = OPEN
    answer: bytes = b""
    place: int = 0
    """Its place in the order of effects, or 0 before it has an effect."""
    took_effect_at: datetime | None = None


@dataclass
class Client:
    """The client that chooses the next command to send."""

    world: "World"
    commands: list[Command] = field(default_factory=list)

    def next(self) -> Command | None:
        """Return the command to send now, if any."""
        choices = self.world.chance.stream("client")
        unanswered = [command for command in self.commands if command.state == OPEN]
        if unanswered and choices.random() < 0.6:
            command = choices.choice(unanswered)
            if choices.random() < 0.03:
                command.state = GIVEN_UP
            return command
        if self.commands and choices.random() < 0.07:
            again = choices.choice(self.commands)
            if again.state == REFUSED:
                again.state = OPEN  # a command refused before may succeed now, and its answer may be lost
            return again
        if len(self.commands) >= MOST:
            return None
        new = self._new()
        if new is not None:
            new.request.request_id = f"{self.world.chance.seed}-{len(self.commands)}"
            self.commands.append(new)
        return new

    def answered(self, command: Command, known: str, state: str, answer: bytes) -> bool:
        """Record an answer to a call made in state `known`. Return whether it agrees with an earlier answer."""
        if command.state == ACKNOWLEDGED:
            late_refusal = state == REFUSED and known != ACKNOWLEDGED
            return late_refusal or (state, answer) == (ACKNOWLEDGED, command.answer)
        command.state, command.answer = state, answer
        return True

    def _new(self) -> Command | None:
        choices = self.world.chance.stream("client")
        appointed = [command.subject for command in self._done("RecordMinisterialDecision")]
        if len(self._done("CreateSafeguarder")) < self.world.shape.people and (not appointed or choices.random() < 0.2):
            return self._enter()
        waiting = [command for command in self._done("CreateSafeguarder") if command.subject not in appointed]
        if waiting:
            return self._appoint(choices.choice(waiting).subject)
        if not appointed:
            return None
        kinds: list[tuple[Callable[[str], Command | None], int]] = [
            (self._item, 10), (self._share, 7), (self._reply, 7), (self._decide, 3), (self._withdraw, 1),
            (self._concern, 5), (self._allocate, 1), (self._training, 2), (self._session, 2), (self._end, 0),
        ]  # fmt: skip
        kind = choices.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]
        return kind(choices.choice(appointed))

    def _done(self, method: str) -> list[Command]:
        return [command for command in self.commands if command.method == method and command.state == ACKNOWLEDGED]

    def _enter(self) -> Command | None:
        known = {command.subject for command in self.commands if command.method == "CreateSafeguarder"}
        new = next((name for name in SAFEGUARDERS if name not in known), None)
        if new is None:
            return None
        entry = register.Safeguarder(display_name="Demo Person", areas=[SAFEGUARDERS[new]], demo=True)
        request = register.CreateSafeguarderRequest(safeguarder_id=new, safeguarder=entry, again=True)
        return Command("evidence", "CreateSafeguarder", "panel-team", new, request)

    def _appoint(self, person: str) -> Command:
        return self._decision(person, "APPOINTED", effective_date=to_date(self._day(400)))

    def _end(self, person: str) -> Command:
        reason = register.END_REASON_RESIGNED
        return self._decision(person, "ENDED", effective_date=to_date(self._day(0)), end_reason=reason)

    def _decision(self, person: str, kind: str, **fields: Any) -> Command:
        request = register.RecordMinisterialDecisionRequest(
            name=f"safeguarders/{person}", kind=f"KIND_{kind}", legal_basis=BASIS, recommended_by="panel-team", **fields
        )
        return Command("evidence", "RecordMinisterialDecision", "recorder", person, request)

    def _item(self, person: str) -> Command:
        choices = self.world.chance.stream("client")
        days = choices.randint(20, 120)
        fields: dict[str, Any] = {
            "kind": choices.choice(("FEEDBACK", "FEEDBACK", "COMPLAINT", "COMMENDATION", "SCRA_TIMELINESS")),
            "source": choices.choice(_SOURCES),
            "evidence_class": choices.choice(("STANDARD",) * 8 + ("SAFETY", "DEVELOPMENTAL")),
        }
        polarity = "PRAISE" if fields["kind"] == "COMMENDATION" else choices.choice(("CONCERN", "CONCERN", "NEUTRAL"))
        indicator = choices.choice(("S2.1", "S2.1", "S6.2"))
        more: dict[str, Any] = {}
        if fields["kind"] == "SCRA_TIMELINESS":
            fields["source"], indicator, polarity = "SCRA", "S4.1", "CONCERN"
            more["timeliness"] = items.Timeliness(
                due_date=to_date(self._day(days + 9)), filed_date=to_date(self._day(days))
            )
        if fields["kind"] == "COMPLAINT":
            more["complaint_outcome"] = items.COMPLAINT_OUTCOME_PENDING
        item = items.EvidenceItem(
            kind=f"EVIDENCE_KIND_{fields['kind']}", source=f"EVIDENCE_SOURCE_{fields['source']}",
            aspect=items.ASPECT_PRACTICE, setting=items.SETTING_APPOINTMENT,
            evidence_class=f"EVIDENCE_CLASS_{fields['evidence_class']}", happened_date=to_date(self._day(days)),
            received_date=to_date(self._day(days - 5)), summary=f"Words of a {fields['kind']}.",
            mappings=[a_mapping(indicator, items.Polarity.Value(f"POLARITY_{polarity}"))], **more,
        )  # fmt: skip
        request = items.CreateEvidenceItemRequest(parent=f"safeguarders/{person}", evidence_item=item, again=True)
        return Command("evidence", "CreateEvidenceItem", "panel-team", person, request)

    def _share(self, person: str) -> Command | None:
        return self._on_item(person, items.ShareEvidenceItemRequest, "ShareEvidenceItem")

    def _reply(self, person: str) -> Command | None:
        by = f"person-{person}"
        return self._on_item(person, items.AddReplyRequest, "AddReply", "ShareEvidenceItem", by=by, text="My words.")

    def _decide(self, person: str) -> Command | None:
        outcome = self.world.chance.stream("client").choice((2, 4))
        return self._on_item(person, items.DecideComplaintRequest, "DecideComplaint", kind=2, outcome=outcome)

    def _withdraw(self, person: str) -> Command | None:
        return self._on_item(person, items.WithdrawEvidenceItemRequest, "WithdrawEvidenceItem", reason=4)

    def _on_item(
        self, person: str, request: Any, method: str, after: str = "", kind: int = 0, by: str = "panel-team",
        **fields: Any,
    ) -> Command | None:  # fmt: skip
        made = [items.EvidenceItem.FromString(c.answer) for c in self._done("CreateEvidenceItem")]
        names = [i.name for i in made if i.name.split("/")[1] == person and kind in (0, i.kind)]
        before = {command.request.name for command in self.commands if command.method == method}
        ready = {command.request.name for command in self._done(after)} if after else set(names)
        names = [name for name in names if name in ready and name not in before]
        if not names:
            return None
        name = self.world.chance.stream("client").choice(names)
        return Command("evidence", method, by, person, request(name=name, **fields))

    def _concern(self, _: str) -> Command | None:
        found = self._one_of("rules", _CONCERNS)
        if not found:
            return None
        name = f"safeguarders/{found[0]}/concerns/{found[1]}"
        choices = self.world.chance.stream("client")
        method = choices.choice(("AcknowledgeConcern", "AcknowledgeConcern", "DismissConcern", "CloseConcern"))
        requests: dict[str, Message] = {
            "AcknowledgeConcern": rules.AcknowledgeConcernRequest(name=name, next_date=to_date(self._day(-10))),
            "DismissConcern": rules.DismissConcernRequest(name=name, reason=rules.CONCERN_REASON_EXPLAINED),
            "CloseConcern": rules.CloseConcernRequest(name=name, reason=rules.CONCERN_REASON_DISCUSSED),
        }
        return Command("rules", method, "senior-manager", found[0], requests[method])

    def _allocate(self, person: str) -> Command:
        manager = self.world.chance.stream("client").choice(sorted(MANAGERS))
        request = scheduling.CreateAllocationRequest(
            parent=f"safeguarders/{person}", support_manager=manager, reason="workload"
        )
        return Command("scheduling", "CreateAllocation", "senior-manager", person, request)

    def _training(self, _: str) -> Command | None:
        found = self._one_of("scheduling", _TRAININGS)
        if not found:
            return None
        request = scheduling.RecordTrainingAttendanceRequest(
            name=f"safeguarders/{found[0]}/obligations/{found[1]}", event_date=to_date(self._day(1)),
            attendance=f"ATTENDANCE_{self.world.chance.stream('client').choice(('ATTENDED', 'ABSENT_UNEXCUSED'))}",
        )  # fmt: skip
        return Command("scheduling", "RecordTrainingAttendance", "panel-team", found[0], request)

    def _session(self, _: str) -> Command | None:
        found = self._one_of("scheduling", _SESSIONS)
        if not found:
            return None
        name = f"safeguarders/{found[0]}/supportSessions/{found[1]}"
        if found[2] > self.world.instant.timestamp() * 1_000_000:
            confirm = scheduling.ConfirmSupportSessionRequest(name=name)
            return Command("scheduling", "ConfirmSupportSession", "panel-team", found[0], confirm)
        record = scheduling.RecordSupportSessionAttendanceRequest(
            name=name, team_present=True, attendance="ATTENDANCE_ABSENT_UNEXCUSED"
        )
        return Command("scheduling", "RecordSupportSessionAttendance", "panel-team", found[0], record)

    def _one_of(self, service: str, query: str) -> tuple[Any, ...]:
        rows = self.world.databases[service].rows(query)
        return self.world.chance.stream("client").choice(rows) if rows else ()

    def _day(self, days: int) -> Any:
        return (self.world.instant - timedelta(days=days)).date()
