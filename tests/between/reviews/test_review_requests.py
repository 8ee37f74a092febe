"""A review that a Safeguarder asks for, in all services (R92, R93, B5; record 2.5).

The kind that this file closes: somebody types that a review is open, nobody knows who decides it, time runs on
meanwhile, and what was wrong goes on counting after it was found to be.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.figures.ledger import judged
from tests.between.reviews.request import HEAD, MANAGER, PERSON, SAFEGUARDER, SENIOR, TEAM, WORDS, Asking, Request
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id, an_item_request
from tests.waiting import until
from tests.world import PEOPLE

State, Duty = rules.Concern, duties.Duty


def test_a_review_that_is_upheld_clears_the_concern_in_the_reviewers_name(suite_together: Together) -> None:
    asking = suite_together.begun(Asking)
    assert asking.concern() is not None
    asked = asking.ask(asking.first.name)
    held = asking.concern()
    assert held is not None
    assert (held.state, list(held.course.held_for)) == (State.STATE_HELD, [moves.HOLD_REASON_REVIEW_OPEN])
    assert held.name in asking.read(asked.name).concerns, "evidence knows what rests on the item"
    assert asking.duties()[Duty.KIND_ASSIGN_REVIEW].owed_by == Duty.OWED_BY_SENIOR_MANAGER
    asking.accept(asked.name)
    asking.assign(asked.name)
    duty = asking.duties()[Duty.KIND_DECIDE_REVIEW]
    assert (duty.owed_by, duty.about) == (Duty.OWED_BY_REVIEWER, asked.name)
    decided = asking.decide(asked.name, Request.DECISION_UPHELD)
    assert decided.reasons == WORDS
    assert judged(suite_together, "reviews-in-time") == [("counted", ["Upheld"])]
    item = suite_together.evidence.GetEvidenceItem(
        items.GetEvidenceItemRequest(name=asking.first.name), **suite_together.as_(PERSON)
    )
    assert item.state == items.ITEM_STATE_WITHDRAWN
    assert item.taken_out_because == items.CORRECTION_REASON_REVIEW_UPHELD
    closed = asking.closed()
    assert (closed.state, closed.reason) == (State.STATE_CLOSED, rules.CONCERN_REASON_REVIEW_UPHELD)
    shown = suite_together.concerns.GetConcern(rules.GetConcernRequest(name=closed.name), **suite_together.as_(TEAM))
    assert shown.steps[-1].person == SENIOR, "nobody has to agree a second time"
    assert not asking.duties().keys() & {Duty.KIND_ASSIGN_REVIEW, Duty.KIND_DECIDE_REVIEW}
    assert asking.told() == {
        (MANAGER, "REVIEW_OPENED"): 1,
        (SENIOR, "REVIEW_TO_DECIDE"): 1,
        (PERSON, "REVIEW_DECIDED"): 1,
        (MANAGER, "REVIEW_DECIDED"): 1,
    }


def test_a_concern_that_would_have_been_raised_all_the_same_goes_on(suite_together: Together) -> None:
    asking = suite_together.begun(Asking)
    suite_together.share(
        suite_together.record("sg-one", source=items.EVIDENCE_SOURCE_SHERIFF, mappings=[a_mapping("S2.2")])
    )
    suite_together.days(16)
    asked = asking.ask(asking.first.name)
    asking.decided(asked.name, Request.DECISION_UPHELD)
    # On the day it was raised only two items were known, so it would not have been raised on one of them.
    assert asking.closed().reason == rules.CONCERN_REASON_REVIEW_UPHELD


def test_a_review_that_is_not_upheld_gives_the_days_back(suite_together: Together) -> None:
    asking = suite_together.begun(Asking)
    action = asking.an_action()
    due_on = from_date(action.due_days[0], "date")
    assert due_on is not None
    asked = asking.ask(asking.first.name)
    stands_still = asking.duties()[Duty.KIND_ACTION]
    assert stands_still.state == Duty.STATE_STANDING_STILL
    assert list(stands_still.standstill_reasons) == [Duty.STANDSTILL_REASON_REVIEW_OPEN]
    suite_together.days(6)
    asking.decided(asked.name, Request.DECISION_NOT_UPHELD)
    concern, duty = asking.concern(), asking.duties()[Duty.KIND_ACTION]
    assert concern is not None
    assert concern.state != State.STATE_HELD
    moved_to = from_date(duty, "due_date")
    assert duty.state == Duty.STATE_RUNNING
    assert moved_to is not None
    assert timedelta(days=6) <= moved_to - due_on <= timedelta(days=9), "six days, then an office day"


def test_time_stands_still_from_the_day_on_which_it_was_asked_for(suite_together: Together) -> None:
    asking = suite_together.begun(Asking)
    asking.an_action()
    suite_together.days(5)
    assert refused(partial(asking.ask, asking.first.name, made_date=_ago(asking, 5))).reason == "TEAM_ENTERS_PAST_DAY"
    asked = asking.ask(asking.first.name, TEAM, made_date=_ago(asking, 5))
    asking.moves(asked.name, "WithdrawReviewRequest", PERSON)
    duty = asking.duties()[Duty.KIND_ACTION]
    due_on, agreed_on = from_date(duty, "due_date"), asking.running.today + timedelta(days=25)
    assert due_on is not None
    assert due_on - agreed_on >= timedelta(days=5), "the days before it was recorded are given back too"
    assert asking.told()[PERSON, "REVIEW_OPENED"] == 1, "they are told, because somebody else entered it"


def test_while_it_is_open_the_item_stays_as_it_is(suite_together: Together) -> None:
    asking = suite_together.begun(Asking)
    asking.ask(asking.first.name)
    call, as_team = suite_together.evidence, suite_together.as_(TEAM)

    def ask(method: str, **fields: Any) -> str:
        request = getattr(items, f"{method}Request")(name=asking.first.name, request_id=a_request_id(), **fields)
        return refused(partial(getattr(call, method), request, **as_team)).reason

    assert ask("MapEvidenceItem", mappings=[a_mapping("S4.1")]) == "UNDER_REVIEW"
    assert ask("WithdrawEvidenceItem", reason=items.CORRECTION_REASON_DUPLICATE) == "UNDER_REVIEW"
    upheld = items.CORRECTION_REASON_REVIEW_UPHELD
    assert ask("WithdrawEvidenceItem", reason=upheld) == "REVIEW_DECIDES"
    source = items.WithdrawEvidenceItemRequest(
        name=asking.first.name, reason=items.CORRECTION_REASON_SOURCE_CORRECTED, request_id=a_request_id()
    )
    assert call.WithdrawEvidenceItem(source, **as_team).state == items.ITEM_STATE_WITHDRAWN


def test_what_is_upheld_also_takes_out_what_took_its_place(suite_together: Together) -> None:
    """A matter of safety waits for nobody, so it can be corrected while it is looked at. What was wrong still goes."""
    asking = suite_together.begun(Asking, with_concern=False)
    safety: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
    wrong = suite_together.share(suite_together.record("sg-one", **safety))
    asked = asking.ask(wrong.name)
    again = an_item_request("sg-one", **safety, happened_date=_ago(asking, 1), received_date=_ago(asking, 0))
    correction = items.CorrectEvidenceItemRequest(
        name=wrong.name,
        evidence_item=again.evidence_item,
        reason=items.CORRECTION_REASON_ENTERED_WRONGLY,
        request_id=a_request_id(),
    )
    right = suite_together.evidence.CorrectEvidenceItem(correction, **suite_together.as_(TEAM))
    asking.decided(asked.name, Request.DECISION_UPHELD)
    read = items.GetEvidenceItemRequest(name=right.name)
    stands = suite_together.evidence.GetEvidenceItem(read, **suite_together.as_(TEAM))
    assert stands.state == items.ITEM_STATE_WITHDRAWN


def test_nothing_new_is_raised_on_it_and_what_is_open_stays(suite_together: Together) -> None:
    asking = suite_together.begun(Asking, with_concern=False)
    asked = asking.ask(asking.first.name)
    asking.an_item(items.EVIDENCE_SOURCE_PANEL_MEMBER)
    suite_together.days(16)
    assert asking.concern() is None, "a review is open of what it would rest on"
    asking.accept(asked.name)
    asking.assign(asked.name)
    asking.decide(asked.name, Request.DECISION_NOT_UPHELD)
    assert asking.concern() is not None, "it stands, so rules may speak"


def bars_of(assign: Callable[[], object]) -> list[str]:
    """Return what keeps somebody from being given a request."""
    return refused(assign).metadata["bars"].split()


def test_the_reviewer_stands_outside_the_chain(suite_together: Together) -> None:
    asking = suite_together.begun(Asking)
    asked = asking.ask(asking.first.name)
    assert refused(partial(asking.assign, asked.name)).reason == "REVIEW_NOT_ACCEPTED"
    asking.accept(asked.name)
    assert refused(partial(asking.assign, asked.name, MANAGER)).reason == "NOT_OUTSIDE"
    again = partial(asking.assign, asked.name, "manager-again")
    for role in ("report_reviewer", "senior_manager"):
        # First known as the same person, and only then as somebody who could decide.
        people = PEOPLE | {HEAD: {"role": "senior_manager", "level": 3}}
        people |= {"manager-again": {"role": role, "level": 4, "person_id": "one"}}
        suite_together.world.write_people(people | {MANAGER: PEOPLE[MANAGER] | {"person_id": "one"}})
        until(lambda role=role: ("not_senior" in bars_of(again)) == (role == "report_reviewer"))  # type: ignore[misc]
        until(lambda: "manager" in bars_of(again))
    assert refused(partial(asking.decide, asked.name, Request.DECISION_UPHELD)).reason == "NOT_THE_REVIEWER"
    asking.assign(asked.name)
    assert refused(partial(asking.decide, asked.name, Request.DECISION_UPHELD, HEAD)).reason == "NOT_THE_REVIEWER"
    assert refused(partial(asking.assign, asked.name, HEAD)).reason == "REVIEW_ASSIGNED"
    suite_together.days(35)
    up = asking.read(asked.name)
    assert (up.reviewer, up.level, up.moved_up) == (HEAD, 3, 1), "the calendar moved an overdue review one level up"
    assert asking.duties()[Duty.KIND_DECIDE_REVIEW].state == Duty.STATE_RUNNING
    told = asking.told()
    assert (told[HEAD, "REVIEW_TO_DECIDE"], told[PERSON, "REVIEW_MOVED_UP"], told[SENIOR, "REVIEW_MOVED_UP"]) == (
        1,
        1,
        1,
    )
    assert refused(partial(asking.decide, asked.name, Request.DECISION_UPHELD)).reason == "NOT_THE_REVIEWER"
    assert asking.decide(asked.name, Request.DECISION_NOT_UPHELD, HEAD).decision == Request.DECISION_NOT_UPHELD


def test_one_that_is_not_accepted_goes_one_level_up_once(suite_together: Together) -> None:
    asking = suite_together.begun(Asking)
    asking.refuse(asking.ask(asking.first.name).name)
    concern = asking.concern()
    assert concern is not None
    assert concern.state != State.STATE_HELD
    again = asking.ask(asking.first.name)
    assert again.follows
    assert refused(partial(asking.accept, again.name)).reason == "HIGHER_LEVEL"
    asking.refuse(again.name, HEAD)
    assert refused(partial(asking.ask, asking.first.name)).reason == "REVIEW_DECIDED"


def test_a_concern_that_is_reviewed_is_held_and_closed(suite_together: Together) -> None:
    asking = suite_together.begun(Asking)
    concern = asking.concern()
    assert concern is not None
    asked = asking.ask(concern.name)
    assert refused(partial(asking.ask, concern.name)).reason == "REVIEW_OPEN"
    release = moves.ReleaseConcernRequest(
        name=concern.name, reason=moves.HOLD_REASON_REVIEW_OPEN, request_id=a_request_id()
    )
    answer = refused(partial(suite_together.concerns.ReleaseConcern, release, **suite_together.as_(TEAM)))
    assert answer.metadata["guard"] == "review_runs"
    asking.decided(asked.name, Request.DECISION_UPHELD)
    assert asking.closed().reason == rules.CONCERN_REASON_REVIEW_UPHELD


def test_an_action_that_is_reviewed_stands_still_and_is_withdrawn(suite_together: Together) -> None:
    asking = suite_together.begun(Asking)
    action = asking.an_action(concern="")
    asked = asking.ask(action.name)
    assert asking.duties()[Duty.KIND_ACTION].state == Duty.STATE_STANDING_STILL
    later = plans.ChangeActionDateRequest(
        name=action.name,
        due_date=to_date(suite_together.today + timedelta(days=90)),
        words=WORDS,
        etag=action.etag,
        request_id=a_request_id(),
    )
    move = partial(suite_together.plans.ChangeActionDate, later, **suite_together.as_(MANAGER))
    assert refused(move).reason == "UNDER_REVIEW"
    asking.decided(asked.name, Request.DECISION_UPHELD)
    assert Duty.KIND_ACTION not in asking.duties()
    plan = suite_together.plans.GetDevelopmentPlan(
        plans.GetDevelopmentPlanRequest(name=f"{SAFEGUARDER}/developmentPlan"), **suite_together.as_(PERSON)
    )
    assert plan.actions[0].state == plans.Action.STATE_WITHDRAWN
    assert plan.actions[0].outcome_words == WORDS


def test_what_cannot_be_reviewed_here_yet_is_refused_with_where_to_go(suite_together: Together) -> None:
    suite_together.appoint("sg-one")
    asking = Asking.__new__(Asking)
    asking.running = suite_together
    for part in ("strengths/a", "timesAway/a", "duties/a"):
        answer = refused(partial(asking.ask, f"{SAFEGUARDER}/{part}"))
        assert (answer.reason, answer.field) == ("TARGET_NOT_YET", "target"), part
    for part, reason in (
        ("evidenceItems", "EVIDENCE_NOT_FOUND"),
        ("supports", "SUPPORT_NOT_FOUND"),
        ("approachChanges", "APPROACH_NOT_FOUND"),
        ("recommendations", "RECOMMENDATION_NOT_FOUND"),
        ("needs", "NEED_NOT_FOUND"),
        ("views", "VIEW_NOT_FOUND"),
        ("actionReviews", "REVIEW_NOT_FOUND"),
    ):
        answer = refused(partial(asking.ask, f"{SAFEGUARDER}/{part}/none"))
        assert (answer.reason, answer.field) == (reason, "target"), part
    assert refused(partial(asking.ask, f"{SAFEGUARDER}/concerns/none")).reason == "CONCERN_NOT_FOUND"
    assert refused(partial(asking.ask, "safeguarders/sg-two/concerns/a")).reason == "NAME_NOT_VALID"


def _ago(asking: Asking, days: int) -> Any:
    return to_date(asking.running.ago(days))
