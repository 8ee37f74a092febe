"""One random life of a suite: people's commands, corrections, restarts, delays, and a clock that moves by months.

A life follows from its seed. A command may be refused, as people's often are, but never with a fault of ours.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import grpc
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import times_away_pb2 as times_away
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import scheduling_pb2 as schedule

from services.platform.calls.wire import to_date, to_instant
from tests.between.together import Together
from tests.builders import a_mapping, an_item_request
from tests.lives.machines import MACHINES
from tests.lives.planted import plant

PEOPLE = {"sg-one": ("person-one", "manager-one", "fife"), "sg-two": ("person-two", "manager-two", "glasgow")}
"""Each Safeguarder with their login, their support manager and their area."""
OURS = (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.UNIMPLEMENTED)
"""Answers that no command may get."""
ATTENDANCES = ("ATTENDED", "PART", "AWAITING_EVIDENCE", "ABSENT_EXCUSED", "ABSENT_UNEXCUSED")


@dataclass(frozen=True)
class Done:
    """A command that was done: when, by whom, what was asked and what was answered."""

    at: datetime
    person: str
    method: str
    request: Any
    answer: Any
    heard: int
    """How many commands before it every service had heard of."""


@dataclass
class Life:
    """A life and what was done in it."""

    running: Together
    seed: int
    choices: random.Random = field(init=False)
    said: list[str] = field(default_factory=list)
    """What was done, to understand a failure by."""
    done: list[Done] = field(default_factory=list)
    """The commands that were not refused, in their order."""
    heard: int = 0
    attendance: dict[str, str] = field(default_factory=dict)
    """The word recorded last for each training."""
    requests: int = 0
    more: list[tuple[Callable[["Life"], None], int]] = field(default_factory=list)
    """What else people do, and how often."""
    planted: set[str] = field(default_factory=set)
    """The fields in which somebody wrote the word that must not leak."""
    others: float = 1.0
    """How often they do the rest, beside that."""

    def __post_init__(self) -> None:
        self.choices = random.Random(self.seed)
        for safeguarder, (_, _, area) in PEOPLE.items():
            # Some are in their first term, some near the end of one.
            self.running.appoint(safeguarder, area, since=self.running.ago(self.choices.randint(30, 1090)))

    def live(self, steps: int) -> None:
        """Do so many things, and then let everything arrive."""
        people: list[tuple[Callable[[], None], float]] = [
            (self._record, 8), (self._share, 6), (self._reply, 4), (self._map, 2), (self._correct, 2),
            (self._withdraw, 1), (self._decide, 2), (self._training, 4), (self._session, 4), (self._alert, 5),
            (self._concern, 8), (self._support, 5), (self._view, 3), (self._away, 2),
        ]  # fmt: skip
        acts = [(act, weight * self.others) for act, weight in people]
        acts += [(partial(act, self), weight) for act, weight in (*MACHINES, *self.more)]
        for _step in range(steps):
            act = self.choices.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
            act()
            if self.choices.random() < 0.6:
                self.settle()
        self.arrive()

    def settle(self) -> None:
        """Let everything arrive that is not held back."""
        self.running.settle()
        if not self.running.held_back:
            self.heard = len(self.done)

    def arrive(self) -> None:
        """Let everything arrive that was held back."""
        self.running.held_back.clear()
        self.settle()

    def call(self, person: str, service: str, method: str, request: Any) -> Any:
        """Send a command. Return its answer, or None if it was refused. It must not fail for a fault of ours."""
        self.requests += 1
        if "request_id" in request.DESCRIPTOR.fields_by_name and not request.request_id:
            request.request_id = f"life-{self.seed}-{self.requests}"
        plant(request, self.planted)
        try:
            answer = getattr(getattr(self.running, service), method)(request, **self.running.as_(person))
        except grpc.RpcError as problem:
            code = problem.code()
            self.said.append(f"{self.running.clock.now():%F %R} {person} {method}: {code.name}: {problem.details()}")
            assert code not in OURS, self.said[-1]
            return None
        self.said.append(f"{self.running.clock.now():%F %R} {person} {method}: done")
        self.done.append(Done(self.running.clock.now(), person, method, request, answer, self.heard))
        return answer

    def someone(self) -> tuple[str, str, str]:
        """Return a Safeguarder, their login, and somebody of the Team who works with them."""
        safeguarder = self.choices.choice(sorted(PEOPLE))
        person, manager, _ = PEOPLE[safeguarder]
        return safeguarder, person, self.choices.choice(("panel-team", manager, manager))

    # Evidence

    def items_of(self, safeguarder: str) -> list[items.EvidenceItem]:
        """Return the items on file about somebody."""
        request = items.ListEvidenceItemsRequest(parent=f"safeguarders/{safeguarder}", page_size=500)
        answer = self.running.evidence.ListEvidenceItems(request, **self.running.as_("panel-team"))
        return list(answer.evidence_items)

    def _item(self, safeguarder: str) -> items.EvidenceItem | None:
        found = [item for item in self.items_of(safeguarder) if item.state == items.ITEM_STATE_CURRENT]
        return self.choices.choice(found) if found else None

    def _new_item(self, safeguarder: str) -> Any:
        days, kind = self.choices.randint(1, 120), self.choices.choice(("FEEDBACK",) * 4 + ("COMPLAINT", "TIMELINESS"))
        fields: dict[str, Any] = {
            "kind": f"EVIDENCE_KIND_{'SCRA_TIMELINESS' if kind == 'TIMELINESS' else kind}",
            "source": f"EVIDENCE_SOURCE_{self.choices.choice(('CHILD', 'REPORTER', 'PANEL_MEMBER'))}",
            "evidence_class": f"EVIDENCE_CLASS_{self.choices.choice(('STANDARD',) * 6 + ('SAFETY',))}",
            "happened_date": to_date(self.running.ago(days)),
            "received_date": to_date(self.running.ago(self.choices.randint(0, days))),
            "mappings": [a_mapping(self.choices.choice(("S2.1", "S5.1", "S6.2")), self._polarity())],
        }
        if kind == "TIMELINESS":
            due = self.running.ago(days + self.choices.randint(-3, 9))
            filed = items.Timeliness(due_date=to_date(due), filed_date=fields["happened_date"])
            fields |= {"source": "EVIDENCE_SOURCE_SCRA", "timeliness": filed}
            fields["mappings"] = [a_mapping("S4.1", self._polarity())]
            fields["case_reference"] = f"case-{self.choices.randint(1000, 1012)}"
        if kind == "COMPLAINT":
            fields["complaint_outcome"] = items.COMPLAINT_OUTCOME_PENDING
        return an_item_request(safeguarder, **fields)

    def _polarity(self) -> Any:
        return items.Polarity.Value(f"POLARITY_{self.choices.choice(('CONCERN', 'CONCERN', 'NEUTRAL', 'PRAISE'))}")

    def _record(self) -> None:
        safeguarder, _, _ = self.someone()
        request = self._new_item(safeguarder)
        request.request_id = ""
        self.call("panel-team", "evidence", "CreateEvidenceItem", request)

    def _share(self) -> None:
        safeguarder, _, team = self.someone()
        if item := self._item(safeguarder):
            self.call(team, "evidence", "ShareEvidenceItem", items.ShareEvidenceItemRequest(name=item.name))

    def _reply(self) -> None:
        safeguarder, person, _ = self.someone()
        if item := self._item(safeguarder):
            self.call(person, "evidence", "AddReply", items.AddReplyRequest(name=item.name, text="Own words."))

    def _map(self) -> None:
        safeguarder, _, team = self.someone()
        if item := self._item(safeguarder):
            mapping = a_mapping(self.choices.choice(("S2.1", "S6.2")), self._polarity())
            request = items.MapEvidenceItemRequest(name=item.name, mappings=[mapping])
            self.call(team, "evidence", "MapEvidenceItem", request)

    def _correct(self) -> None:
        safeguarder, _, _ = self.someone()
        if item := self._item(safeguarder):
            new = self._new_item(safeguarder).evidence_item
            request = items.CorrectEvidenceItemRequest(
                name=item.name, evidence_item=new, reason=self.word(items.CorrectionReason, 1)
            )
            self.call("panel-team", "evidence", "CorrectEvidenceItem", request)

    def _withdraw(self) -> None:
        safeguarder, _, _ = self.someone()
        if item := self._item(safeguarder):
            request = items.WithdrawEvidenceItemRequest(name=item.name, reason=self.word(items.CorrectionReason, 1))
            self.call("panel-team", "evidence", "WithdrawEvidenceItem", request)

    def _decide(self) -> None:
        safeguarder, _, _ = self.someone()
        complaints = [item for item in self.items_of(safeguarder) if item.kind == items.EVIDENCE_KIND_COMPLAINT]
        if complaints:
            request = items.DecideComplaintRequest(
                name=self.choices.choice(complaints).name,
                outcome=self.word(items.ComplaintOutcome, 2),
            )
            self.call("panel-team", "evidence", "DecideComplaint", request)

    # Sessions and training

    def _training(self) -> None:
        safeguarder, _, team = self.someone()
        owed = [one for one in self.obligations(safeguarder) if one.kind == one.KIND_MANDATORY_TRAINING]
        if owed:
            name, word = self.choices.choice(owed).name, self.choices.choice(ATTENDANCES)
            day = to_date(self.running.ago(self.choices.randint(0, 20)))
            request = schedule.RecordTrainingAttendanceRequest(
                name=name, event_date=day, attendance=f"ATTENDANCE_{word}"
            )
            if self.call(team, "obligations", "RecordTrainingAttendance", request) is not None:
                self.attendance[name] = word

    def obligations(self, safeguarder: str) -> list[schedule.Obligation]:
        """Return what is owed to and by somebody."""
        request = schedule.ListObligationsRequest(parent=f"safeguarders/{safeguarder}")
        return list(self.running.obligations.ListObligations(request, **self.running.as_("panel-team")).obligations)

    def sessions_of(self, safeguarder: str) -> list[schedule.SupportSession]:
        """Return the sessions of somebody."""
        request = schedule.ListSupportSessionsRequest(parent=f"safeguarders/{safeguarder}", page_size=100)
        answer = self.running.sessions.ListSupportSessions(request, **self.running.as_("panel-team"))
        return list(answer.support_sessions)

    def _session(self) -> None:
        safeguarder, person, team = self.someone()
        found = self.sessions_of(safeguarder)
        if not found:
            return
        name, what = self.choices.choice(found).name, self.choices.random()
        if what < 0.3:
            self.call(person, "sessions", "ConfirmSupportSession", schedule.ConfirmSupportSessionRequest(name=name))
        elif what < 0.6:
            at = self.running.clock.now() + timedelta(days=self.choices.randint(1, 40))
            request = schedule.RescheduleSupportSessionRequest(
                name=name, start_time=to_instant(at), asked_by=self.choices.choice(("safeguarder", "team"))
            )
            self.call(team, "sessions", "RescheduleSupportSession", request)
        else:
            held = schedule.RecordSupportSessionAttendanceRequest(
                name=name,
                team_present_answer=schedule.YES_NO_YES if self.choices.random() < 0.9 else schedule.YES_NO_NO,
                attendance=f"ATTENDANCE_{self.choices.choice(ATTENDANCES)}",
                mode="MODE_FACE_TO_FACE",
            )
            self.call(team, "sessions", "RecordSupportSessionAttendance", held)

    # Concerns and alerts

    def word(self, closed_list: Any, first: int) -> Any:
        """Return a word of a closed list."""
        return self.choices.choice(closed_list.values()[first:])

    def _in_days(self) -> Any:
        return to_date(self.running.today + timedelta(days=self.choices.randint(1, 12)))

    def _alert(self) -> None:
        safeguarder, _, team = self.someone()
        alerts = self.running.open_alerts(safeguarder)
        if not alerts:
            return
        name, what = self.choices.choice(alerts).name, self.choices.random()
        if what < 0.5:
            request: Any = inbox.AcknowledgeAlertRequest(name=name, next_date=self._in_days())
            self.call(team, "alerts", "AcknowledgeAlert", request)
        elif what < 0.75:
            reason = self.word(inbox.AlertReason, 1)
            request = inbox.SnoozeAlertRequest(name=name, until_date=self._in_days(), reason=reason)
            self.call(team, "alerts", "SnoozeAlert", request)
        else:
            outcome = self.word(inbox.AlertReason, 1)
            self.call(team, "alerts", "ResolveAlert", inbox.ResolveAlertRequest(name=name, outcome=outcome))

    def _concern(self) -> None:
        safeguarder, _, team = self.someone()
        found = self.running.concerns_of(safeguarder)
        if not found:
            return
        name, what = self.choices.choice(found).name, self.choices.random()
        reason = self.word(rules.ConcernReason, 1)
        if what < 0.45:
            request: Any = rules.AcknowledgeConcernRequest(name=name, next_date=self._in_days())
            self.call(team, "concerns", "AcknowledgeConcern", request)
        elif what < 0.6:
            self.call(team, "concerns", "DismissConcern", rules.DismissConcernRequest(name=name, reason=reason))
        elif what < 0.8:
            self.call(team, "concerns", "CloseConcern", rules.CloseConcernRequest(name=name, reason=reason))
        else:
            offer = plans.OfferSupportRequest(
                parent=name.partition("/concerns/")[0],
                kind=self.word(plans.Support.Kind, 1),
                supported=[name],
                discussed_date=to_date(self.running.today),
            )
            self.call(team, "plans", "OfferSupport", offer)

    def supports_of(self, safeguarder: str) -> list[plans.Support]:
        """Return the supports in somebody's development plan."""
        return list(self.plan_of(safeguarder).supports)

    def views_of(self, safeguarder: str) -> list[plans.View]:
        """Return somebody's views of concerns."""
        return list(self.plan_of(safeguarder).views)

    def plan_of(self, safeguarder: str) -> plans.DevelopmentPlan:
        """Return somebody's development plan."""
        request = plans.GetDevelopmentPlanRequest(name=f"safeguarders/{safeguarder}/developmentPlan")
        found: plans.DevelopmentPlan = self.running.plans.GetDevelopmentPlan(request, **self.running.as_("panel-team"))
        return found

    def _support(self) -> None:
        safeguarder, person, team = self.someone()
        found = self.supports_of(safeguarder)
        if not found:
            return
        support, what = self.choices.choice(found), self.choices.random()
        named: dict[str, Any] = {"name": support.name, "etag": support.etag, "words": "In our own words."}
        if what < 0.5:
            answer = plans.AnswerSupportRequest(**named, answer=self.word(plans.AnswerSupportRequest.Answer, 1))
            self.call(self.choices.choice((person, team)), "plans", "AnswerSupport", answer)
        elif what < 0.8:
            outcome = self.choices.choice(("DELIVERED", "DELIVERED", "NOT_DELIVERED", "UNAVAILABLE"))
            recorded = plans.RecordSupportRequest(
                name=support.name,
                etag=support.etag,
                outcome=f"STATE_{outcome}",
                delivered_date=to_date(self.running.today),
                because="As it was.",
            )
            self.call(team, "plans", "RecordSupport", recorded)
        else:
            received = self.word(plans.Support.Received, 1)
            self.call(person, "plans", "ConfirmSupport", plans.ConfirmSupportRequest(**named, received=received))

    def _view(self) -> None:
        safeguarder, person, team = self.someone()
        found = self.running.concerns_of(safeguarder)
        if not found:
            return
        name = self.choices.choice(found).name.replace("/concerns/", "/views/")
        etag = next((view.etag for view in self.views_of(safeguarder) if view.name == name), "")
        if self.choices.random() < 0.4:
            self.call(team, "plans", "AskForView", plans.AskForViewRequest(name=name, etag=etag))
            return
        view = plans.GiveViewRequest(name=name, etag=etag, given=self.word(plans.GiveViewRequest.Given, 1))
        if view.given == plans.GiveViewRequest.GIVEN_WORDS:
            view.words = "As I see it."
        self.call(self.choices.choice((person, team)), "plans", "GiveView", view)

    def times_away_of(self, safeguarder: str) -> list[times_away.TimeAway]:
        """Return somebody's leave and suspensions as they were last recorded."""
        request = times_away.ListTimesAwayRequest(parent=f"safeguarders/{safeguarder}")
        return list(self.running.times_away.ListTimesAway(request, **self.running.as_("panel-team")).times_away)

    def _away(self) -> None:
        safeguarder, _, _ = self.someone()
        kind = times_away.TIME_AWAY_KIND_LEAVE
        known = [one for one in self.times_away_of(safeguarder) if one.kind == kind]
        first = self.running.today + timedelta(days=self.choices.randint(-30, 20))
        request = times_away.RecordTimeAwayRequest(parent=f"safeguarders/{safeguarder}", kind=kind)
        request.start_date.CopyFrom(to_date(first))
        if known and self.choices.random() < 0.6:
            before = self.choices.choice(known)
            request.time_away_id = before.name.rpartition("/")[2]
            request.cancelled = self.choices.random() < 0.3
        if request.time_away_id or self.choices.random() < 0.7:
            request.end_date.CopyFrom(to_date(first + timedelta(days=self.choices.randint(0, 40))))
        self.call("panel-team", "times_away", "RecordTimeAway", request)
