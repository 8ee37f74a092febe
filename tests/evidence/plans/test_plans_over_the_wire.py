"""A development plan as both sides work on it, over gRPC."""

from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import duties_pb2

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.builders import a_mapping, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.plans.desk import KINDS, MANAGER, PARENT, PERSON, SENIOR, SUPPORTS, TEAM, Desk
from tests.evidence.steps import appoint, record
from tests.waiting import until

ANSWERS, REPLIES = pb.AnswerActionRequest, pb.AnswerSupportRequest
RUNNING, STILL = duties_pb2.Duty.STATE_RUNNING, duties_pb2.Duty.STATE_STANDING_STILL


@pytest.fixture(scope="module")
def desk(evidence: Evidence) -> Desk:
    appoint(evidence, "sg-one")
    return Desk(evidence)


def last_event(desk: Desk, kind: Any) -> Any:
    """Return the event of a kind that was published last."""
    query = f"SELECT data FROM outbox WHERE type = '{kind.DESCRIPTOR.full_name}' ORDER BY position DESC LIMIT 1"  # noqa: S608
    ((data,),) = read_rows(desk.evidence.file, query)
    return kind.FromString(bytes(data))


def test_both_sides_read_all_of_a_plan_from_the_moment_it_is_saved(desk: Desk) -> None:
    words = "Reports are clear."
    strength = desk.call("CreateStrength", PERSON, parent=PARENT, standard="S5", words=words)
    need = desk.need()
    action = desk.action(needs=[need.name])
    support = desk.support(need.name, action.name)
    assert desk.plan(PERSON) == desk.plan(MANAGER) == desk.plan(TEAM) == desk.plan(SENIOR)
    plan = desk.plan(PERSON)
    assert strength in plan.strengths
    assert strength.raised_by == pb.RAISER_SAFEGUARDER
    assert (need.state, plan.needs[0].state) == (pb.Need.STATE_IDENTIFIED, pb.Need.STATE_PLANNED)
    assert action in plan.actions
    assert support in plan.supports


def test_a_need_that_others_name_rests_on_what_the_safeguarder_can_see(desk: Desk) -> None:
    hidden, shown = record(desk.evidence), record(desk.evidence, mappings=[a_mapping("S4.1", items.POLARITY_PRAISE)])
    for grounds in ({}, {"evidence": [hidden.name]}, {"evidence": [f"{PARENT}/evidenceItems/none"]}):
        answer = refused(partial(desk.need, MANAGER, **grounds))
        assert answer.reason == "SHOW_THE_EVIDENCE"
    assert list(desk.need(MANAGER, evidence=[shown.name]).evidence) == [shown.name]
    concern = desk.follow_concern("late-reports")
    assert desk.need(MANAGER, concern=concern).concern == concern
    desk.follow_concern("late-reports", rules_events.ConcernClosed)
    assert refused(lambda: desk.need(MANAGER, concern=concern)).reason == "CONCERN_NOT_OPEN"
    desk.follow_concern("late-reports", rules_events.ConcernMoved, state=rules_pb2.Concern.STATE_REOPENED)
    assert desk.need(MANAGER, concern=concern).concern == concern
    desk.follow_concern("late-reports", rules_events.ConcernMoved, state=rules_pb2.Concern.STATE_MERGED)
    assert refused(lambda: desk.need(MANAGER, concern=concern)).reason == "CONCERN_NOT_OPEN"
    unknown = f"{PARENT}/concerns/none"
    assert refused(lambda: desk.need(MANAGER, concern=unknown)).reason == "CONCERN_NOT_FOUND"


def test_a_concern_that_was_raised_before_the_upgrade_is_known_by_the_agenda_of_a_session(desk: Desk) -> None:
    desk.follow_concern("closed-before", rules_events.ConcernClosed)
    desk.follow_agenda("raised-before", "closed-before")
    assert desk.need(MANAGER, concern=f"{PARENT}/concerns/raised-before")
    closed = f"{PARENT}/concerns/closed-before"
    assert refused(lambda: desk.need(MANAGER, concern=closed)).reason == "CONCERN_NOT_OPEN"


def test_a_need_ends_with_words_and_the_safeguarder_ends_their_own_alone(desk: Desk) -> None:
    shown = record(desk.evidence, mappings=[a_mapping("S5.1", items.POLARITY_PRAISE)])
    own, other = desk.need(), desk.need(MANAGER, evidence=[shown.name])
    close = partial(desk.call, "CloseNeed", because="Two reports show it.", met=True)
    for blank in ({"met": False}, {"met": False, "outcome": pb.Need.STATE_UNSPECIFIED}):
        answer = refused(lambda blank=blank: close(PERSON, name=own.name, etag=own.etag, **blank))  # type: ignore[misc]
        assert (answer.reason, answer.field) == ("FIELD_MISSING", "outcome"), "P18: a blank is no answer"
    planned = {"outcome": pb.Need.STATE_PLANNED}
    assert refused(lambda: close(PERSON, name=own.name, etag=own.etag, **planned)).reason == "UNKNOWN_VALUE"
    assert close(PERSON, name=own.name, etag=own.etag).state == pb.Need.STATE_MET
    ended, no_action = desk.need(), {"met": False, "outcome": pb.Need.STATE_NO_ACTION}
    assert close(PERSON, name=ended.name, etag=ended.etag, **no_action).state == pb.Need.STATE_NO_ACTION
    assert refused(lambda: close(PERSON, name=other.name, etag=other.etag)).reason == "NOT_YOURS_TO_END"
    assert refused(lambda: close(MANAGER, name=other.name, etag="9")).reason == "ETAG_MISMATCH"
    assert close(MANAGER, name=other.name, etag=other.etag).because == "Two reports show it."


def test_an_action_opens_by_the_other_sides_answer_and_says_what_they_said(desk: Desk) -> None:
    action = desk.action()
    assert action.answer_due_date.year
    assert refused(lambda: desk.agreed(action, MANAGER)).reason == "OTHER_SIDE_ANSWERS"
    opened = desk.agreed(action)
    assert (opened.state, opened.basis) == (KINDS.STATE_OPEN, KINDS.BASIS_AGREED)
    event = last_event(desk, events_pb2.ActionChanged)
    assert (event.version, event.state, event.answer) == (2, KINDS.STATE_OPEN, ANSWERS.ANSWER_AGREED)
    assert event.open_date == to_date(days_ago(0))
    own = desk.agreed(desk.action(PERSON), MANAGER)
    assert (own.proposed_by, own.state) == (pb.RAISER_SAFEGUARDER, KINDS.STATE_OPEN)


def test_an_action_says_who_does_what_by_when_and_how_it_will_be_known(desk: Desk) -> None:
    action = desk.action(days=60, indicator="S4.1", owner=KINDS.OWNER_PANEL_TEAM)
    assert (action.owner, action.aim, action.measure) == (
        KINDS.OWNER_PANEL_TEAM, "Speak with each agency.", "Each report names them.",
    )  # fmt: skip
    assert action.due_date == to_date(days_ago(-60))
    for lacking in ("aim", "measure"):
        for blank in ("", "  "):
            assert refused(lambda lacking=lacking, blank=blank: desk.action(**{lacking: blank})).field == lacking  # type: ignore[misc]
    assert refused(lambda: desk.action(due_date=None)).field == "due_date"
    assert refused(lambda: desk.action(indicator="S5.1")).reason == "UNKNOWN_INDICATOR"
    assert refused(lambda: desk.action(standard="S9")).reason == "UNKNOWN_STANDARD"


def test_an_action_keeps_up_what_is_good_as_well(desk: Desk) -> None:
    kept: dict[str, Any] = {"kind": KINDS.KIND_MAINTAIN_PRACTICE, "purpose": KINDS.PURPOSE_MAINTAIN}
    praise = desk.follow_concern("good-reports", lane=rules_pb2.LANE_EXCELLENCE)
    action = desk.agreed(desk.action(concern=praise, **kept))
    assert (action.purpose, action.concern) == (KINDS.PURPOSE_MAINTAIN, praise)


def test_an_action_is_set_with_the_words_of_both_sides_only(desk: Desk) -> None:
    action = desk.action()
    set_it = partial(desk.call, "SetAction", MANAGER, name=action.name, because="Two agencies asked for it.")
    assert refused(lambda: set_it(etag=action.etag)).reason == "BOTH_SIDES"
    answer = {"answer": ANSWERS.ANSWER_NOT_AGREED, "words": "I speak with each of them."}
    said = desk.call("AnswerAction", PERSON, name=action.name, etag=action.etag, **answer)
    assert said.state == KINDS.STATE_PROPOSED
    assert not said.HasField("answer_due_date")
    done = set_it(etag=said.etag)
    assert (done.state, done.basis, done.safeguarder_words) == (KINDS.STATE_OPEN, KINDS.BASIS_SET, answer["words"])


def test_a_new_action_takes_the_place_of_an_open_one_when_it_opens(desk: Desk) -> None:
    before = desk.agreed(desk.action())
    after = desk.action(replaces=before.name)
    find = partial(lambda name: next(action for action in desk.plan().actions if action.name == name))
    assert find(before.name).state == KINDS.STATE_OPEN
    desk.agreed(after)
    ended = find(before.name)
    assert (ended.state, ended.replaced_by) == (KINDS.STATE_REPLACED, after.name)
    assert refused(lambda: desk.action(replaces=before.name)).reason == "ACTION_NOT_OPEN"


def test_what_the_team_owed_for_an_action_it_owes_for_the_one_that_replaces_it(desk: Desk) -> None:
    need = desk.need()
    before = desk.agreed(desk.action(needs=[need.name]))
    owed, offer = desk.accepted(desk.support(need.name)), desk.support(before.name)
    answer = {"name": offer.name, "answer": REPLIES.ANSWER_DECLINED, "etag": offer.etag}
    declined = desk.call("AnswerSupport", PERSON, **answer)
    today, unsure, cannot = to_date(days_ago(0)), desk.accepted(desk.support(before.name)), desk.support(need.name)
    given = {"name": unsure.name, "outcome": SUPPORTS.STATE_DELIVERED, "delivered_date": today, "etag": unsure.etag}
    desk.call("RecordSupport", TEAM, **given)
    gone = {"name": cannot.name, "outcome": SUPPORTS.STATE_UNAVAILABLE, "because": "Nobody can.", "etag": cannot.etag}
    desk.call("RecordSupport", TEAM, **gone)
    after = desk.agreed(desk.action(replaces=before.name))
    supports = {support.name: list(support.supported) for support in desk.plan().supports}
    assert supports[owed.name] == [need.name, after.name]
    assert supports[declined.name] == [before.name]
    assert supports[unsure.name] == [before.name, after.name], "she may still say that she did not receive it"
    assert supports[cannot.name] == [need.name, after.name]
    assert refused(lambda: desk.close(after, KINDS.STATE_NOT_MET)).reason == "SUPPORT_OWED"


def test_the_due_day_of_an_action_is_the_one_to_which_scheduling_moved_it(desk: Desk) -> None:
    action = desk.agreed(desk.action(days=40))

    def shown() -> tuple[Any, bool]:
        found = next(one for one in desk.plan().actions if one.name == action.name)
        return found.due_date, found.stands_still

    assert shown() == (to_date(days_ago(-40)), False)
    desk.follow_duty(action, 3, 50, STILL)
    until(lambda: shown() == (to_date(days_ago(-50)), True))
    desk.follow_duty(action, 2, 45, RUNNING)
    desk.follow_duty(action, 4, 52, RUNNING)
    until(lambda: shown() == (to_date(days_ago(-52)), False))


def test_what_the_team_owes_is_never_not_met(desk: Desk) -> None:
    need = desk.need()
    action = desk.agreed(desk.action(needs=[need.name]))
    support = desk.accepted(desk.support(need.name))
    assert refused(lambda: desk.close(action, KINDS.STATE_NOT_MET)).reason == "SUPPORT_OWED"
    given = {"name": support.name, "outcome": SUPPORTS.STATE_DELIVERED, "delivered_date": to_date(days_ago(0))}
    recorded = desk.call("RecordSupport", TEAM, etag=support.etag, **given)
    unsure = refused(lambda: desk.close(action, KINDS.STATE_NOT_MET))
    last_day = from_date(recorded, "received_due_date")
    assert last_day is not None
    assert (unsure.reason, unsure.metadata["until"]) == ("SUPPORT_OWED", last_day.isoformat())
    desk.call("ConfirmSupport", PERSON, name=support.name, received=SUPPORTS.RECEIVED_YES, etag=recorded.etag)
    assert refused(lambda: desk.close(action, KINDS.STATE_NOT_MET)).reason == "TIME_NOT_OVER"
    assert desk.close(action, KINDS.STATE_PARTLY_MET).state == KINDS.STATE_PARTLY_MET


def test_the_owner_says_that_an_action_is_done_and_more_time_opens_it_again(desk: Desk) -> None:
    action = desk.agreed(desk.action())
    offer = partial(desk.call, "OfferCompletion", name=action.name, etag=action.etag, words="Each agency is named now.")
    assert refused(lambda: offer(MANAGER)).reason == "NOT_YOURS_TO_OFFER"
    offered = offer(PERSON)
    assert offered.state == KINDS.STATE_COMPLETION_OFFERED
    move = partial(desk.call, "ChangeActionDate", MANAGER, name=action.name, etag=offered.etag, words="One is missing.")
    assert refused(lambda: move(due_date=to_date(days_ago(-59)))).reason == "DATE_NOT_LATER"
    moved = move(due_date=to_date(days_ago(-90)))
    assert moved.state == KINDS.STATE_OPEN
    assert [day.reason for day in moved.due_days] == [pb.DueDay.REASON_FIRST, pb.DueDay.REASON_EXTENDED]
    assert desk.close(moved, KINDS.STATE_MET, SENIOR).state == KINDS.STATE_MET


def test_the_safeguarder_withdraws_their_own_proposal_and_ends_nothing_else(desk: Desk) -> None:
    own, other = desk.action(PERSON), desk.action()
    assert refused(lambda: desk.close(other, KINDS.STATE_WITHDRAWN, PERSON)).reason == "NOT_YOURS_TO_END"
    assert desk.close(own, KINDS.STATE_WITHDRAWN, PERSON).state == KINDS.STATE_WITHDRAWN
    because = {"name": desk.action(PERSON).name, "because": "It is needed.", "etag": "1"}
    assert refused(lambda: desk.call("SetAction", MANAGER, **because)).reason == "NOT_YOURS_TO_SET"


def test_a_support_is_offered_answered_given_and_received(desk: Desk) -> None:
    concern = desk.follow_concern("two-agencies", rules_events.ConcernUpdated)
    offered = desk.support(concern, person=TEAM)
    assert refused(lambda: desk.support(f"{PARENT}/needs/none")).reason == "NEED_NOT_FOUND"
    none = {"name": offered.name, "answer": REPLIES.ANSWER_NONE_GIVEN, "etag": offered.etag}
    assert refused(lambda: desk.call("AnswerSupport", MANAGER, **none)).reason == "ASK_AGAIN"
    entered = desk.accepted(offered, TEAM)
    assert entered.answer_entered_by
    own = desk.accepted(entered)
    assert own.answer_entered_by == ""
    event = last_event(desk, events_pb2.SupportChanged)
    assert list(event.concern_ids) == ["two-agencies"]
    assert event.first_promised_date == own.promised_date
    given = {"outcome": SUPPORTS.STATE_DELIVERED, "delivered_date": to_date(days_ago(1))}
    recorded = desk.call("RecordSupport", TEAM, name=own.name, etag=own.etag, **given)
    assert recorded.received_due_date.year
    said = {"name": own.name, "received": SUPPORTS.RECEIVED_NO, "words": "It was cancelled.", "etag": recorded.etag}
    denied = desk.call("ConfirmSupport", PERSON, **said)
    assert denied.state == SUPPORTS.STATE_NOT_DELIVERED
    assert not last_event(desk, events_pb2.SupportChanged).HasField("delivered_date")


def test_a_part_of_somebody_else_is_not_found(desk: Desk) -> None:
    appoint(desk.evidence, "sg-two")
    action, support = desk.action(), desk.support(desk.need().name)
    for method, name, reason, given in (
        ("SetAction", action.name, "ACTION_NOT_FOUND", {"because": "It is needed."}),
        ("RecordSupport", support.name, "SUPPORT_NOT_FOUND", {"outcome": SUPPORTS.STATE_DELIVERED}),
        (
            "CloseNeed",
            support.name.replace("supports", "needs"),
            "NEED_NOT_FOUND",
            {"because": "It is met.", "outcome": pb.Need.STATE_MET},
        ),
    ):
        for other in ("sg-two", "-"):
            fields = {"name": name.replace("sg-one", other), "etag": "1"} | given
            assert refused(partial(desk.call, method, SENIOR, **fields)).reason == reason
    everybody = pb.GetDevelopmentPlanRequest(name="safeguarders/-/developmentPlan")
    ask = partial(desk.stub.GetDevelopmentPlan, everybody, **desk.evidence.as_(TEAM))
    assert refused(ask).reason == "NAME_NOT_VALID"
    elsewhere = [f"{PARENT}/needs/x".replace("sg-one", "sg-two")]
    assert refused(lambda: desk.action(needs=elsewhere)).reason == "NAME_NOT_VALID"


def test_nobody_who_does_not_serve_is_given_an_action_or_a_support(desk: Desk) -> None:
    fields = {"parent": "safeguarders/sg-none", "kind": SUPPORTS.KIND_MODULE, "discussed_date": to_date(days_ago(0))}
    supported = ["safeguarders/sg-none/needs/x"]
    answer = refused(lambda: desk.call("OfferSupport", TEAM, supported=supported, **fields))
    assert answer.reason == "SAFEGUARDER_NOT_FOUND"


def test_a_trial_changes_nothing_and_the_same_request_changes_one_thing(desk: Desk) -> None:
    before = desk.plan()
    desk.action(validate_only=True)
    desk.need(validate_only=True)
    assert desk.plan() == before
    request = pb.CreateNeedRequest(
        parent=PARENT, standard="S4", words="To write more clearly.", request_id="6f1b4a62-6b0f-4d0e-9c39-1d1a3a3b0b11"
    )
    made = {desk.stub.CreateNeed(request, **desk.evidence.as_(PERSON)).name for _ in range(2)}
    assert len(made) == 1
    assert len(desk.plan().needs) == len(before.needs) + 1


def test_the_one_on_file_is_named_and_another_one_is_said_to_be_one(desk: Desk) -> None:
    """P17: a second click or a second person makes no second need, action or support."""
    need = {"parent": PARENT, "standard": "S4", "words": "To plan each visit."}
    first = desk.call("CreateNeed", PERSON, **need)
    what = {"parent": PARENT, "kind": KINDS.KIND_REFLECT, "purpose": KINDS.PURPOSE_IMPROVE, "standard": "S4"}
    words = {"aim": "Plan each visit.", "measure": "A plan.", "owner": KINDS.OWNER_SAFEGUARDER}
    offer = {"parent": PARENT, "kind": SUPPORTS.KIND_MODULE, "supported": [first.name]}
    action, support = (
        what | words | {"due_date": to_date(days_ago(-77))},
        offer | {"discussed_date": to_date(days_ago(0))},
    )
    proposed, offered = desk.call("CreateAction", MANAGER, **action), desk.call("OfferSupport", MANAGER, **support)
    for method, by, fields, known in (
        ("CreateNeed", PERSON, need, first),
        ("CreateAction", PERSON, action, proposed),
        ("OfferSupport", TEAM, support, offered),
    ):
        assert refused(partial(desk.call, method, by, **fields)).metadata["on_file"] == known.name
        assert desk.call(method, by, again=True, **fields).name != known.name
