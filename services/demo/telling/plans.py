"""Development plans of the demo's year: a plan in force, an action that was set, a support that never came, a draft.

What happened before today is reported, and all else is done while the suite runs. After an interruption this can be
repeated: every request has its own id, and is answered as it was the first time.
"""

from datetime import date, timedelta
from typing import Any

import grpc
from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.calendar_days import WorkingCalendar, last_working_day_until
from services.client.client import Client
from services.demo.issuer import safeguarder_persona
from services.demo.story.cast import AILSA, LACHLAN, MURDO, STRUAN
from services.demo.story.chapters import REPORT_LATE
from services.demo.story.values import Story
from services.demo.telling import wire
from services.platform.calls.wire import to_date

STRENGTH = "Each child knows when the Safeguarder comes again."
SET_BECAUSE = "Three reports were late in a year, and the parties were not told."
NOT_AGREED = "Two of them were late because papers came late. The action should say so."
VIEW = "I ask for a further date now as soon as papers are late. The last reports were in time."
NOT_RECEIVED = "Nothing has reached me."


class Plans:
    """The plans of the people of the demo's year."""

    def __init__(self, story: Story, client: Client) -> None:
        self._story = story
        self._client = client

    def tell(self) -> None:
        """Tell each plan.

        Raises:
            StoryNotToldError: an action counts as not met although the Team owes a support for it.
        """
        for tell, name in (
            (self._ailsa, AILSA),
            (self._struan, STRUAN),
            (self._murdo, MURDO),
            (self._lachlan, LACHLAN),
        ):
            tell(_Side(self._story, self._client, name))

    def _ailsa(self, side: "_Side") -> None:
        """Have an action to keep up what is good talked about, which was met, and both sides confirm the plan."""
        side.person_does("CreateStrength", "strength", standard="S2", words=STRENGTH)
        maintained = side.reports_an_action(
            "maintain",
            opened=130,
            due=side.day(12),
            kind=pb.Action.KIND_MAINTAIN_PRACTICE,
            purpose=pb.Action.PURPOSE_MAINTAIN,
            standard="S1",
            reported_basis=pb.Action.BASIS_AGREED,
            aim="Each report has a part in the child's own words.",
            measure="Each sampled report has it.",
        )
        met = pb.ActionReview.ReviewedAction(action=maintained.name, outcome=pb.Action.STATE_MET, etag=maintained.etag)
        side.manager_does(
            "HoldActionReview",
            "talk",
            actions=[met],
            held_date=side.ago(12),
            follows=[pb.ActionReview.FOLLOWS_CLOSE],
            words="Each of the three reports that were read has it.",
        )
        name = f"{side.parent}/developmentPlan"
        for who in (side.manager, side.person):
            read = self._client.call(
                who, self._client.plans.GetDevelopmentPlan, pb.GetDevelopmentPlanRequest(name=name)
            )
            side.does(who, "ConfirmDevelopmentPlan", f"confirmed by {who}", name=name, etag=read.etag)

    def _struan(self, side: "_Side") -> None:
        """Have an action that was set, with a change of approach. Its day has passed, so a talk is due."""
        concern = side.takes_on(REPORT_LATE)
        self._module(side, concern)
        in_time = side.reports_an_action(
            "in time",
            opened=100,
            due=side.office_day_before_last(),
            kind=pb.Action.KIND_REPORTS_IN_TIME,
            purpose=pb.Action.PURPOSE_IMPROVE,
            standard="S4",
            concern=concern,
            reported_basis=pb.Action.BASIS_SET,
            support_manager_words=SET_BECAUSE,
            safeguarder_words=NOT_AGREED,
            aim="Each report is filed by its due day.",
            measure="No report of two periods is late without a further date.",
        )
        side.manager_does(
            "ChangeApproach",
            "approach",
            concerns=[concern],
            to_approach=changes.ApproachChange.APPROACH_REQUIRED_ACTION,
            expectation="File each report by its due day, or ask for a further date before it.",
            because="Another report was late after the module was offered.",
            skip_because="The same advice was given at two sessions.",
            discussed_date=side.ago(95),
            actions=[in_time.name],
            how=changes.ApproachChange.HOW_AT_SESSION,
            reported_serve_date=side.ago(90),
            reported_acknowledge_date=side.ago(88),
        )
        view = concern.replace("/concerns/", "/views/")
        side.person_does("GiveView", "view", name=view, given=pb.GiveViewRequest.GIVEN_WORDS, words=VIEW)

    def _module(self, side: "_Side", concern: str) -> None:
        """Have a module accepted and given, so that support came before the change of approach."""
        module = side.reports_a_support(
            "module",
            answered=110,
            promised=0,
            kind=pb.Support.KIND_MODULE,
            supported=[concern],
            words="The module on time and reports.",
        )
        given = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": side.ago(60), "etag": module.etag}
        told = side.manager_does("RecordSupport", "module given", name=module.name, **given)
        received = {"received": pb.Support.RECEIVED_YES, "etag": told.etag}
        side.person_does("ConfirmSupport", "module received", name=module.name, **received)

    def _murdo(self, side: "_Side") -> None:
        """Have a mentor promised who never came, so that no time passes for the action, and nobody calls it not met."""
        action = side.reports_an_action(
            "mentored",
            opened=80,
            due=side.day(-10),
            kind=pb.Action.KIND_WORK_WITH_MENTOR,
            purpose=pb.Action.PURPOSE_IMPROVE,
            standard="S2",
            reported_basis=pb.Action.BASIS_AGREED,
            aim="Each agency hears from me before a report.",
            measure="The mentor has read two reports.",
        )
        side.reports_a_support(
            "mentor",
            answered=80,
            promised=30,
            kind=pb.Support.KIND_MENTORING,
            supported=[action.name],
            words="Three talks with a mentor about reports.",
        )
        side.does_not("CloseAction", "not met", name=action.name, outcome=pb.Action.STATE_NOT_MET, etag=action.etag)
        papers = side.reports_a_support(
            "papers",
            answered=60,
            promised=20,
            kind=pb.Support.KIND_INFORMATION,
            supported=[action.name],
            words="The list of agencies in the area, with telephone numbers.",
        )
        given = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": side.ago(20), "etag": papers.etag}
        told = side.manager_does("RecordSupport", "papers given", name=papers.name, **given)
        denied = {"received": pb.Support.RECEIVED_NO, "words": NOT_RECEIVED, "etag": told.etag}
        side.person_does("ConfirmSupport", "papers not received", name=papers.name, **denied)

    def _lachlan(self, side: "_Side") -> None:
        """Have a plan that is a draft still: the need that an applicant named goes along into the first term."""
        side.person_does(
            "CreateNeed", "need", standard="S4", words="To see how others write the part in the child's own words."
        )


class _Side:
    """Both sides of one person's plan: the Safeguarder and the support manager."""

    def __init__(self, story: Story, client: Client, name: str) -> None:
        self._story = story
        self._client = client
        safeguarder_id = story.named(name).safeguarder_id
        self.parent = f"safeguarders/{safeguarder_id}"
        self.person = safeguarder_persona(safeguarder_id).person
        request = scheduling_pb2.GetAllocationRequest(parent=self.parent)
        self.manager = client.call(wire.PANEL_TEAM, client.allocations.GetAllocation, request).support_manager

    def day(self, days: int) -> date:
        """Return the day that many days ago."""
        return self._story.today - timedelta(days=days)

    def ago(self, days: int) -> Any:
        """Return the day that many days ago, for a request."""
        return to_date(self.day(days))

    def office_day_before_last(self) -> date:
        """Return the day of the office before its last one until today, so that what was due on it is overdue."""
        last = last_working_day_until(WorkingCalendar.OFFICE, self._story.today)
        return last_working_day_until(WorkingCalendar.OFFICE, last - timedelta(days=1))

    def takes_on(self, rule: str) -> str:
        """Have the support manager take on the person's concern by a rule, and return its name."""
        request = rules_pb2.ListConcernsRequest(parent=self.parent, include_closed=True)
        found = self._client.call(wire.PANEL_TEAM, self._client.concerns.ListConcerns, request).concerns
        name = next(str(concern.name) for concern in found if concern.rule == rule)
        taken_on = rules_pb2.AcknowledgeConcernRequest(
            name=name, next_date=self.ago(-14), request_id=wire.request_id(self._story, "acknowledge", name)
        )
        self._client.call(self.manager, self._client.concerns.AcknowledgeConcern, taken_on)
        return name

    def reports_an_action(self, what: str, opened: int, due: date, **fields: Any) -> Any:
        days = {"reported_open_date": self.ago(opened), "due_date": to_date(due)}
        return self.manager_does("CreateAction", what, owner=pb.Action.OWNER_SAFEGUARDER, **days, **fields)

    def reports_a_support(self, what: str, answered: int, promised: int, **fields: Any) -> Any:
        days = {"discussed_date": self.ago(answered + 2), "promised_date": self.ago(promised)}
        answer = {
            "reported_answer_date": self.ago(answered),
            "reported_answer": pb.AnswerSupportRequest.ANSWER_ACCEPTED,
        }
        return self.manager_does("OfferSupport", what, **days, **answer, **fields)

    def person_does(self, method: str, what: str, **fields: Any) -> Any:
        return self.does(self.person, method, what, **fields)

    def manager_does(self, method: str, what: str, **fields: Any) -> Any:
        return self.does(self.manager, method, what, **fields)

    def does(self, who: str, method: str, what: str, **fields: Any) -> Any:
        """Call a method. One that makes something new is called for the person's plan."""
        request = getattr(pb, f"{method}Request", None) or getattr(changes, f"{method}Request")
        if "name" not in fields:
            fields["parent"] = self.parent
        request_id = wire.request_id(self._story, "plan", self.parent, what)
        return self._client.call(who, getattr(self._client.plans, method), request(request_id=request_id, **fields))

    def does_not(self, method: str, what: str, **fields: Any) -> None:
        """Try what the suite has to refuse, because the Team owes something.

        Raises:
            StoryNotToldError: it did not.
        """
        try:
            self.manager_does(method, what, words="There was no mentor.", **fields)
        except grpc.RpcError as refusal:
            if refusal.code() is grpc.StatusCode.FAILED_PRECONDITION:
                return
            raise
        raise wire.StoryNotToldError(f"{method} ({what}) was not refused for {self.parent}.")
