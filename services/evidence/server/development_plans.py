"""gRPC methods of DevelopmentPlanService."""

from collections.abc import Callable
from typing import Any, TypeVar

from google.protobuf.message import Message
from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import development_plans_pb2_grpc

from services.evidence.adapters.plan_files import PlanFile, plan_file
from services.evidence.domain.approach.change import ApproachChange
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.life_of_an_action import Later
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.plans.support import Support
from services.evidence.domain.plans.term_plan import WholePlan
from services.evidence.domain.plans.view import View
from services.evidence.domain.reviews.review import ActionReview
from services.evidence.handlers.plans import (
    actions,
    approach,
    figures,
    needs,
    parts,
    reviews,
    supports,
    versions,
    views,
)
from services.evidence.wire.plans import approach as wire_approach
from services.evidence.wire.plans import messages, requests
from services.evidence.wire.plans.figures import figures_message
from services.evidence.wire.plans.reviews import account, review_message
from services.evidence.wire.session_records import words
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.wire import from_date
from services.platform.clock import Clock
from services.platform.storage.database import Database

M = TypeVar("M", bound=Message)
_SIDES = {"safeguarder": Side.SAFEGUARDER, "applicant": Side.SAFEGUARDER, "panel_team": Side.PANEL_TEAM}
"""The side on which each role acts. Everybody else who may act does so on the side of the support manager.

What applicants name is their own, and stays so when they are Safeguarders (R117).
"""


class DevelopmentPlanServer(development_plans_pb2_grpc.DevelopmentPlanServiceServicer):
    """Development plans of Safeguarders."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, reply_working_days: int) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._reply_working_days = reply_working_days

    def GetDevelopmentPlan(self, request: pb.GetDevelopmentPlanRequest, context: Any) -> pb.DevelopmentPlan:
        """Return a person's plan, or a version of it."""
        safeguarder_id, number = requests.plan_person(request.name), request.version
        with self._database.read() as connection:
            files = plan_file(connection, self._actor())
            if number:
                return messages.plan_message(versions.read_version(safeguarder_id, number, files), ())
            return _shown(versions.read(safeguarder_id, files), files)

    def GetSupportFigures(self, request: pb.GetSupportFiguresRequest, context: Any) -> pb.SupportFigures:
        """Return which help was given for each standard, and what was said next."""
        days = from_date(request, "from_date"), from_date(request, "to_date")
        with self._database.read() as connection:
            return figures_message(*figures.read_figures(*days, plan_file(connection, self._actor())))

    def UpdateDevelopmentPlan(self, request: pb.UpdateDevelopmentPlanRequest, context: Any) -> pb.DevelopmentPlan:
        """Give reasons."""
        person, given = requests.plan_person(request.name), requests.reasons(request, self._year)
        return self._plan(request, lambda files: versions.give_reasons(person, given, files))

    def ConfirmDevelopmentPlan(self, request: pb.ConfirmDevelopmentPlanRequest, context: Any) -> pb.DevelopmentPlan:
        """Confirm a plan for one side."""
        person, without_answer = requests.plan_person(request.name), request.without_answer
        return self._plan(request, lambda files: versions.confirm(person, request.etag, without_answer, files))

    def ListPlanHistory(self, request: pb.ListPlanHistoryRequest, context: Any) -> pb.ListPlanHistoryResponse:
        """List the versions of a plan."""
        person = requests.one_person(request.parent)
        with self._database.read() as connection:
            found = versions.list_versions(person, plan_file(connection, self._actor()))
        return pb.ListPlanHistoryResponse(versions=[messages.version_message(each) for each in found])

    def CreateStrength(self, request: pb.CreateStrengthRequest, context: Any) -> pb.Strength:
        """Name a strength."""
        person, named = requests.parent(request.parent), requests.strength(request, self._year)
        return self._run(
            request,
            pb.Strength,
            lambda files: messages.strength_message(needs.create_strength(person, named, files)),
        )

    def CreateNeed(self, request: pb.CreateNeedRequest, context: Any) -> pb.Need:
        """Name a need."""
        person = requests.parent(request.parent)
        named = requests.need(request, self._year)
        return self._need(request, lambda files: needs.create_need(person, named, request.again, files))

    def CloseNeed(self, request: pb.CloseNeedRequest, context: Any) -> pb.Need:
        """End a need."""
        name, because = requests.part_name(request.name, "needs"), self._needed(request.because, "because")
        met = requests.is_met(request)
        return self._need(request, lambda files: needs.close_need(name, request.etag, met, because, files))

    def CreateAction(self, request: pb.CreateActionRequest, context: Any) -> pb.Action:
        """Propose an action."""
        person, proposal = requests.parent(request.parent), requests.proposal(request, self._year)
        opening = requests.reported_opening(request, self._year)
        return self._action(request, lambda files: actions.create(person, proposal, opening, request.again, files))

    def AnswerAction(self, request: pb.AnswerActionRequest, context: Any) -> pb.Action:
        """Answer a proposed action."""
        name, given = requests.part_name(request.name, "actions"), requests.action_answer(request)
        said = words(request.words, "words", self._year)
        return self._action(request, lambda files: actions.answer(name, request.etag, given, said, files))

    def SetAction(self, request: pb.SetActionRequest, context: Any) -> pb.Action:
        """Set an action."""
        name, because = requests.part_name(request.name, "actions"), self._needed(request.because, "because")
        return self._action(request, lambda files: actions.set_action(name, request.etag, because, files))

    def ChangeActionDate(self, request: pb.ChangeActionDateRequest, context: Any) -> pb.Action:
        """Move the due day of an action later."""
        name, day = requests.part_name(request.name, "actions"), requests.needed_date(request, "due_date")
        later = Later(day, self._needed(request.words, "words"))
        return self._action(request, lambda files: actions.change_date(name, request.etag, later, files))

    def OfferCompletion(self, request: pb.OfferCompletionRequest, context: Any) -> pb.Action:
        """Say that an action is done."""
        name, said = requests.part_name(request.name, "actions"), words(request.words, "words", self._year)
        shown = requests.ids(request.evidence, "evidenceItems", name[0], "evidence")
        return self._action(request, lambda files: actions.offer_completion(name, request.etag, said, shown, files))

    def CloseAction(self, request: pb.CloseActionRequest, context: Any) -> pb.Action:
        """End an action."""
        name, ending = requests.part_name(request.name, "actions"), requests.ending(request, self._year)
        reply = self._reply_working_days
        return self._action(request, lambda files: actions.close(name, request.etag, ending, reply, files))

    def HoldActionReview(self, request: pb.HoldActionReviewRequest, context: Any) -> pb.ActionReview:
        """Keep a review of actions, and end or extend its actions."""
        person, reply = requests.parent(request.parent), self._reply_working_days
        held = account(request, person, self._year)
        return self._review(request, lambda files: reviews.hold(person, held, reply, files))

    def CorrectActionReview(self, request: pb.CorrectActionReviewRequest, context: Any) -> pb.ActionReview:
        """Keep a correction of a review of actions."""
        name, reply = requests.part_name(request.name, "actionReviews"), self._reply_working_days
        held, because = account(request, name[0], self._year), self._needed(request.because, "because")
        return self._review(request, lambda files: reviews.correct(name, request.etag, held, because, reply, files))

    def AnswerActionReview(self, request: pb.AnswerActionReviewRequest, context: Any) -> pb.ActionReview:
        """Keep how the Safeguarder sees a review of actions."""
        name, said = requests.part_name(request.name, "actionReviews"), self._needed(request.words, "words")
        return self._review(request, lambda files: reviews.answer(name, request.etag, said, files))

    def GetActionReview(self, request: pb.GetActionReviewRequest, context: Any) -> pb.ActionReview:
        """Return a review of actions, or a version of it."""
        name = requests.part_name(request.name, "actionReviews")
        with self._database.read() as connection:
            return review_message(reviews.find(name, plan_file(connection, self._actor()), request.version))

    def ListActionReviews(self, request: pb.ListActionReviewsRequest, context: Any) -> pb.ListActionReviewsResponse:
        """List the reviews of a person's actions."""
        person = requests.one_person(request.parent)
        with self._database.read() as connection:
            found = reviews.every(person, plan_file(connection, self._actor()))
        return pb.ListActionReviewsResponse(action_reviews=map(review_message, found))

    def OfferSupport(self, request: pb.OfferSupportRequest, context: Any) -> pb.Support:
        """Offer a support."""
        person, offer = requests.parent(request.parent), requests.offer(request, self._year)
        said = requests.reported_answer(request, self._year)
        return self._support(request, lambda files: supports.offer(person, offer, said, request.again, files))

    def AnswerSupport(self, request: pb.AnswerSupportRequest, context: Any) -> pb.Support:
        """Keep the Safeguarder's answer to a support."""
        name, given = requests.part_name(request.name, "supports"), requests.support_answer(request)
        said = words(request.words, "words", self._year)
        return self._support(request, lambda files: supports.answer(name, request.etag, given, said, files))

    def PromiseSupport(self, request: pb.PromiseSupportRequest, context: Any) -> pb.Support:
        """Promise another day for a support."""
        name, day = requests.part_name(request.name, "supports"), requests.needed_date(request, "promised_date")
        because = self._needed(request.because, "because")
        return self._support(request, lambda files: supports.promise(name, request.etag, day, because, files))

    def RecordSupport(self, request: pb.RecordSupportRequest, context: Any) -> pb.Support:
        """Keep what became of a support."""
        name, said = requests.part_name(request.name, "supports"), requests.recorded(request, self._year)
        return self._support(request, lambda files: supports.record(name, request.etag, said, files))

    def ConfirmSupport(self, request: pb.ConfirmSupportRequest, context: Any) -> pb.Support:
        """Keep whether the Safeguarder received a support."""
        name, received = requests.part_name(request.name, "supports"), requests.received(request)
        said = words(request.words, "words", self._year)
        return self._support(request, lambda files: supports.confirm(name, request.etag, received, said, files))

    def AskForView(self, request: pb.AskForViewRequest, context: Any) -> pb.View:
        """Ask the Safeguarder for their view of a concern."""
        name = requests.part_name(request.name, "views")
        return self._view(request, lambda files: views.ask(name, request.etag, files))

    def GiveView(self, request: pb.GiveViewRequest, context: Any) -> pb.View:
        """Keep the Safeguarder's view of a concern, or that they gave none."""
        name, said = requests.part_name(request.name, "views"), words(request.words, "words", self._year)
        if requests.gives_words(request):
            return self._view(request, lambda files: views.give(name, request.etag, said, files))
        return self._view(request, lambda files: views.give_none(name, request.etag, files))

    def ChangeApproach(self, request: changes.ChangeApproachRequest, context: Any) -> changes.ApproachChange:
        """Serve a change of approach."""
        person, wanted = requests.parent(request.parent), wire_approach.wanted(request, self._year)
        return self._change(request, lambda files: approach.serve(person, wanted, files))

    def AcknowledgeApproach(self, request: changes.AcknowledgeApproachRequest, context: Any) -> changes.ApproachChange:
        """Keep that the Safeguarder has read a change of approach."""
        name = requests.part_name(request.name, "approachChanges")
        return self._change(request, lambda files: approach.acknowledge(name, request.etag, files))

    def EndApproach(self, request: changes.EndApproachRequest, context: Any) -> changes.ApproachChange:
        """End a change of approach."""
        name, outcome = requests.part_name(request.name, "approachChanges"), wire_approach.ended(request)
        said = self._needed(request.words, "words")
        return self._change(request, lambda files: approach.end(name, request.etag, outcome, said, files))

    @property
    def _year(self) -> int:
        return self._clock.today().year

    def _needed(self, text: str, path: str) -> str:
        return requests.needed_words(text, path, self._year)

    def _actor(self) -> Actor:
        """Return who acts. The thread that writes does not know the call, so this is asked before."""
        principal = current_call.get().principal
        return Actor(
            principal.person,
            _SIDES.get(principal.role, Side.SUPPORT_MANAGER),
            self._clock.now(),
            accounts=principal.accounts,
        )

    def _plan(self, request: Any, command: Callable[[PlanFile], WholePlan]) -> pb.DevelopmentPlan:
        return self._run(request, pb.DevelopmentPlan, lambda files: _shown(command(files), files))

    def _need(self, request: Any, command: Callable[[PlanFile], Need]) -> pb.Need:
        def shown(files: PlanFile) -> pb.Need:
            need = command(files)
            return messages.need_message(need, needs.planned(need, files))

        return self._run(request, pb.Need, shown)

    def _action(self, request: Any, command: Callable[[PlanFile], Action]) -> pb.Action:
        return self._run(
            request, pb.Action, lambda files: messages.action_message(parts.timed_action(command(files), files))
        )

    def _support(self, request: Any, command: Callable[[PlanFile], Support]) -> pb.Support:
        def shown(files: PlanFile) -> pb.Support:
            return messages.support_message(parts.timed_support(command(files), files), files.actor.today)

        return self._run(request, pb.Support, shown)

    def _review(self, request: Any, command: Callable[[PlanFile], ActionReview]) -> pb.ActionReview:
        return self._run(request, pb.ActionReview, lambda files: review_message(command(files)))

    def _view(self, request: Any, command: Callable[[PlanFile], View]) -> pb.View:
        return self._run(request, pb.View, lambda files: messages.view_message(parts.timed_view(command(files), files)))

    def _change(self, request: Any, command: Callable[[PlanFile], ApproachChange]) -> changes.ApproachChange:
        def shown(files: PlanFile) -> changes.ApproachChange:
            return wire_approach.change_message(command(files), files.actor.today)

        return self._run(request, changes.ApproachChange, shown)

    def _run(self, request: Any, answer: type[M], work: Callable[[PlanFile], M]) -> M:
        """Run a command on a plan in a transaction, as the caller. `work` returns the answer."""
        actor = self._actor()
        return self._commands.run(request, answer, lambda tx: work(plan_file(tx, actor)))


def _shown(whole: WholePlan, files: PlanFile) -> pb.DevelopmentPlan:
    return messages.plan_message(whole, files.changes.of(whole.plan.safeguarder_id))
