"""Every word of a development plan, made by the public methods, and two that only weeks would make."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import grpc
from google.protobuf.message import Message
from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.notifications.v1 import notifications_pb2
from sqlalchemy import Connection

from services.demo.waiting import wait_until_settled
from services.evidence.adapters.plan_files import PlanFile, plan_file
from services.evidence.domain.plans import life_of_a_support, life_of_an_action, view
from services.evidence.domain.plans.action import Action, ActionState
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.plans.support import Support, SupportAnswer, SupportState
from services.evidence.domain.standing import Standing
from services.platform.calls.wire import to_date
from tests.builders import days_ago

TEAM = "panel-team"
ANSWERS, REPLIES, SUPPORTS = pb.AnswerActionRequest, pb.AnswerSupportRequest, pb.Support
VIEWS, REVIEWS = pb.GiveViewRequest, pb.ActionReview
WORDS = "We spoke of it."


class Doing(Protocol):
    """Somebody through whom calls are made."""

    client: Any
    answers: list[Message]

    def does(self, person: str, method: Any, request: Any) -> Any:
        """Make a call as a person."""
        ...


class Plan:
    """The plan of one person, as the person and their support manager work on it."""

    def __init__(self, office: Doing, safeguarder_id: str, manager: str, concern: str = "") -> None:
        self._office = office
        self.parent = f"safeguarders/{safeguarder_id}"
        self.person, self.manager, self.concern = f"person-{safeguarder_id}", manager, concern

    def does(self, person: str, method: str, **fields: Any) -> Any:
        """Make a command as a person. What was asked is kept too, because some words stand in requests alone."""
        of = pb if hasattr(pb, f"{method}Request") else changes
        request = getattr(of, f"{method}Request")(**fields)
        self._office.answers.append(request)
        return self._office.does(person, getattr(self._office.client.plans, method), request)

    def reads(self) -> pb.DevelopmentPlan:
        """Return the plan as it stands."""
        request = pb.GetDevelopmentPlanRequest(name=f"{self.parent}/developmentPlan")
        found: pb.DevelopmentPlan = self._office.does(TEAM, self._office.client.plans.GetDevelopmentPlan, request)
        return found

    def reads_messages(self) -> None:
        """Read what everybody was told."""
        read_messages(self._office, self.parent)

    def names(self, what: str, person: str = "") -> Any:
        """Return a need or a strength of the Safeguarder's own."""
        given: dict[str, Any] = {"parent": self.parent, "standard": "S4", "words": WORDS}
        given |= {"again": True} if what == "Need" else {}
        return self.does(person or self.person, f"Create{what}", **given)

    def proposes(self, person: str, **fields: Any) -> pb.Action:
        """Return an action that somebody proposes."""
        given = {
            "parent": self.parent, "kind": pb.Action.KIND_REFLECT, "purpose": pb.Action.PURPOSE_IMPROVE,
            "standard": "S4", "aim": WORDS, "measure": WORDS, "owner": pb.Action.OWNER_SAFEGUARDER,
            "due_date": to_date(days_ago(-100)), "again": True,
        }  # fmt: skip
        proposed: pb.Action = self.does(person, "CreateAction", **given | fields)
        return proposed

    def answers(self, action: pb.Action, answer: Any = ANSWERS.ANSWER_AGREED) -> pb.Action:
        """Return an action with the Safeguarder's answer."""
        given = {"name": action.name, "answer": answer, "words": WORDS, "etag": action.etag}
        answered: pb.Action = self.does(self.person, "AnswerAction", **given)
        return answered

    def confirms(self, person: str) -> pb.DevelopmentPlan:
        """Return the plan as a side has read and confirmed it."""
        read = self.reads()
        confirmed: pb.DevelopmentPlan = self.does(person, "ConfirmDevelopmentPlan", name=read.name, etag=read.etag)
        return confirmed

    def comes_into_force(self) -> None:
        """Have both sides confirm the plan, with a strength and nothing else in it."""
        self.names("Strength")
        for person in (self.person, self.manager):
            self.confirms(person)

    def ends(self, action: pb.Action, outcome: Any) -> None:
        """End an action."""
        self.does(self.manager, "CloseAction", name=action.name, outcome=outcome, words=WORDS, etag=action.etag)

    def reviews(self, action: pb.Action, follows: Any, **found: Any) -> pb.ActionReview:
        """Keep a review of one action. Without anything else it was met."""
        found = found or {"outcome": pb.Action.STATE_MET}
        reviewed = REVIEWS.ReviewedAction(action=action.name, etag=action.etag, **found)
        day = {"held_date": to_date(days_ago(0))}
        given = {"parent": self.parent, "actions": [reviewed], "follows": [follows], "words": WORDS, **day}
        held: pb.ActionReview = self.does(self.manager, "HoldActionReview", **given)
        return held

    def offers(self, part: pb.Need | pb.Action, kind: Any = SUPPORTS.KIND_MODULE) -> pb.Support:
        """Return a support that the Team offers for a need, or for an action and nothing else."""
        concern = self.concern if isinstance(part, pb.Need) else ""
        supported = [name for name in (part.name, concern) if name]
        given = {"parent": self.parent, "kind": kind, "supported": supported, "again": True}
        given |= {"discussed_date": to_date(days_ago(0))}
        offered: pb.Support = self.does(TEAM, "OfferSupport", **given)
        return offered

    def replies(self, support: pb.Support, answer: Any = REPLIES.ANSWER_ACCEPTED) -> pb.Support:
        """Return a support with the Safeguarder's answer."""
        given = {"name": support.name, "answer": answer, "etag": support.etag}
        answered: pb.Support = self.does(self.person, "AnswerSupport", **given)
        return answered

    def records(self, support: pb.Support, outcome: Any) -> pb.Support:
        """Return a support with what became of it."""
        given = {"name": support.name, "outcome": outcome, "because": WORDS, "etag": support.etag}
        recorded: pb.Support = self.does(TEAM, "RecordSupport", delivered_date=to_date(days_ago(0)), **given)
        return recorded


def read_messages(office: Doing, parent: str) -> None:
    """Wait until everybody has been told, and read what they were told about a person. Some of it is gone later."""
    wait_until_settled(office.client)
    request = notifications_pb2.ListNotificationsRequest(parent=parent, page_size=500)
    office.does(TEAM, office.client.notifications.ListNotifications, request)


def make_every_word_of_a_plan(plan: Plan) -> None:
    """Do everything that a plan has a word for, but for *not met* and *no answer*."""
    plan.names("Strength")
    need, met, ended = (plan.names("Need") for _ in range(3))
    for one, outcome in ((met, pb.Need.STATE_MET), (ended, pb.Need.STATE_NO_ACTION)):
        plan.does(plan.manager, "CloseNeed", name=one.name, outcome=outcome, because=WORDS, etag=one.etag)
    _actions(plan, need)
    _supports(plan, need)
    _supports_of_ended_actions(plan)
    _versions(plan)
    if plan.concern:
        _views(plan)
    plan.reads()


def _versions(plan: Plan) -> None:
    """Confirm the plan so that each word for a version is made: overtaken, replaced, in force and awaited."""
    name = f"{plan.parent}/developmentPlan"
    open_needs = [each.name for each in plan.reads().needs if each.state == pb.Need.STATE_IDENTIFIED]
    carried = [pb.UpdateDevelopmentPlanRequest.CarriedNeed(need=each, because=WORDS) for each in open_needs]
    reasons = {"no_strength_because": WORDS, "not_final_because": WORDS}
    plan.does(plan.manager, "UpdateDevelopmentPlan", name=name, carried=carried, **reasons)
    plan.confirms(plan.manager)
    for _ in range(2):
        plan.names("Strength")
        plan.confirms(plan.person)
        plan.confirms(plan.manager)
    plan.names("Strength")
    plan.confirms(plan.person)
    plan.does(TEAM, "ListPlanHistory", parent=plan.parent)


def _actions(plan: Plan, need: pb.Need) -> None:
    kinds, states = [kind for kind in pb.Action.Kind.values() if kind], pb.Action
    for kind in kinds:
        plan.proposes(plan.manager, kind=kind)
    plan.proposes(plan.person, purpose=states.PURPOSE_MAINTAIN, owner=states.OWNER_SUPPORT_MANAGER)
    plan.proposes(plan.manager, owner=states.OWNER_PANEL_TEAM, needs=[need.name])
    plan.answers(plan.proposes(plan.manager), ANSWERS.ANSWER_PARTLY)
    plan.answers(plan.proposes(plan.manager, needs=[need.name]))
    plan.answers(plan.proposes(plan.manager, owner=states.OWNER_PANEL_TEAM))
    refused = plan.answers(plan.proposes(plan.manager), ANSWERS.ANSWER_NOT_AGREED)
    plan.does(plan.manager, "SetAction", name=refused.name, because=WORDS, etag=refused.etag)
    for outcome in (states.STATE_MET, states.STATE_PARTLY_MET, states.STATE_NOT_POSSIBLE, states.STATE_WITHDRAWN):
        plan.ends(plan.answers(plan.proposes(plan.manager)), outcome)
    before = plan.answers(plan.proposes(plan.manager))
    plan.answers(plan.proposes(plan.manager, replaces=before.name))
    for _ in range(2):  # one stays so, because what is done takes the place of the message that it moved
        opened = plan.answers(plan.proposes(plan.manager))
        later = {"due_date": to_date(days_ago(-120)), "words": WORDS}
        moved = plan.does(plan.manager, "ChangeActionDate", name=opened.name, etag=opened.etag, **later)
    plan.does(plan.person, "OfferCompletion", name=moved.name, words=WORDS, etag=moved.etag)


def _supports(plan: Plan, need: pb.Need) -> None:
    for kind in (kind for kind in SUPPORTS.Kind.values() if kind):
        plan.offers(need, kind)
    plan.replies(plan.offers(need), REPLIES.ANSWER_DECLINED)
    early = plan.offers(need)
    with suppress(grpc.RpcError):  # no answer is not recorded before weeks have passed
        plan.does(plan.manager, "AnswerSupport", name=early.name, answer=REPLIES.ANSWER_NONE_GIVEN, etag=early.etag)
    plan.records(plan.offers(need), SUPPORTS.STATE_UNAVAILABLE)
    plan.replies(plan.offers(need))
    plan.records(plan.replies(plan.offers(need)), SUPPORTS.STATE_NOT_DELIVERED)
    plan.records(plan.replies(plan.offers(need)), SUPPORTS.STATE_DELIVERED)
    for received in (SUPPORTS.RECEIVED_YES, SUPPORTS.RECEIVED_NO):
        given = plan.records(plan.replies(plan.offers(need)), SUPPORTS.STATE_DELIVERED)
        plan.does(plan.person, "ConfirmSupport", name=given.name, received=received, etag=given.etag)


def _supports_of_ended_actions(plan: Plan) -> None:
    """Review actions with supports that stand in each way. An action without supports has more time."""
    moved = {"extended_date": to_date(days_ago(-120))}
    extended = plan.reviews(plan.answers(plan.proposes(plan.manager)), REVIEWS.FOLLOWS_EXTEND, **moved)
    plan.does(plan.person, "AnswerActionReview", name=extended.name, words=WORDS, etag=extended.etag)
    follows = (
        REVIEWS.FOLLOWS_CHANGE, REVIEWS.FOLLOWS_ADD_SUPPORT, REVIEWS.FOLLOWS_CHANGE_APPROACH, REVIEWS.FOLLOWS_CLOSE,
    )  # fmt: skip
    for stands, word in zip(("still running", "declined", "team could not", "complete"), follows, strict=True):
        action = plan.answers(plan.proposes(plan.manager))
        support = plan.offers(action)
        if stands == "declined":
            plan.replies(support, REPLIES.ANSWER_DECLINED)
        elif stands == "team could not":
            plan.records(support, SUPPORTS.STATE_UNAVAILABLE)
        elif stands == "complete":
            given = plan.records(plan.replies(support), SUPPORTS.STATE_DELIVERED)
            received = {"received": SUPPORTS.RECEIVED_YES, "etag": given.etag}
            plan.does(plan.person, "ConfirmSupport", name=given.name, **received)
        held = plan.reviews(action, word)
    again = {"actions": held.actions, "follows": held.follows, "held_date": held.held_date, "words": WORDS}
    plan.does(plan.manager, "CorrectActionReview", name=held.name, because=WORDS, etag=held.etag, **again)


def _views(plan: Plan) -> None:
    name = plan.concern.replace("/concerns/", "/views/")
    with suppress(grpc.RpcError):  # that none was given is not recorded before weeks have passed
        plan.does(plan.manager, "GiveView", name=name, given=VIEWS.GIVEN_NONE)
    etag = "".join(view.etag for view in plan.reads().views if view.name == name)
    asked = plan.does(plan.manager, "AskForView", name=name, etag=etag)
    entered = plan.does(plan.manager, "GiveView", name=name, given=VIEWS.GIVEN_WORDS, words=WORDS, etag=asked.etag)
    plan.does(plan.person, "GiveView", name=name, given=VIEWS.GIVEN_WORDS, words=WORDS, etag=entered.etag)


def weeks_pass(tx: Connection, safeguarder_id: str) -> None:
    """Store an action that was not met, and a support and a view that nobody answered, as if weeks were over."""
    now = datetime.now(UTC)
    files = plan_file(tx, Actor("support-manager", Side.SUPPORT_MANAGER, now))
    over = Standing(files.actor.today - timedelta(weeks=2))
    action = next(one for one in files.parts.of(Action, safeguarder_id) if one.state is ActionState.OPEN)
    ending = life_of_an_action.Ending(ActionState.NOT_MET, WORDS)
    files.parts.put(life_of_an_action.close(action, ending, over, owed=None, actor=files.actor))
    _nobody_answers(files, safeguarder_id, over)
    for number, end in enumerate((_no_view, view.end)):
        asked = view.ask(None, (safeguarder_id, f"{number:032}"), files.actor, files.numbers)
        files.parts.put(asked)
        files.parts.put(end(asked, now))


def _no_view(asked: view.View, now: datetime) -> view.View:
    over = Standing(now.date() - timedelta(weeks=2))
    return view.give_none(asked, over, Actor("support-manager", Side.SUPPORT_MANAGER, now))


def _nobody_answers(files: PlanFile, safeguarder_id: str, over: Standing) -> None:
    support = next(one for one in files.parts.of(Support, safeguarder_id) if one.state is SupportState.OFFERED)
    asked = life_of_a_support.Asked(over, [files.actor.today])
    none = SupportAnswer.NONE_GIVEN
    files.parts.put(life_of_a_support.answer(support, none, "", asked, files.actor, files.numbers))
