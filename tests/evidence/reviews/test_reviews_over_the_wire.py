"""A review of actions, over gRPC: it ends its actions with their outcomes, or gives them more time (R81)."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.scheduling.v1 import scheduling_pb2
from sqlalchemy import Connection

from services.platform.calls.wire import from_date, to_date
from services.platform.storage.database import Database, execute
from tests.answers import refused
from tests.builders import a_request_id, days_ago
from tests.databases import address, read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.plans.desk import KINDS, MANAGER, PARENT, PERSON, SENIOR, TEAM, Desk
from tests.evidence.sessions.test_records_over_the_wire import Desk as SessionDesk
from tests.evidence.steps import appoint

REVIEWS, STATES = pb.ActionReview, scheduling_pb2.SupportSession
REVIEWED = pb.ActionReview.ReviewedAction
CLOSE, EXTEND = REVIEWS.FOLLOWS_CLOSE, REVIEWS.FOLLOWS_EXTEND
WORDS, THEIRS = "Two calls are not on file.", "I was at another hearing that week."


@pytest.fixture(scope="module")
def desk(evidence: Evidence) -> Desk:
    appoint(evidence, "sg-one")
    return Desk(evidence)


def found(action: pb.Action, outcome: Any = None, until: int | None = None) -> pb.ActionReview.ReviewedAction:
    """Return what was found of an action. `until`: days from today to its later day."""
    extended = {} if until is None else {"extended_date": to_date(days_ago(-until))}
    return REVIEWED(action=action.name, outcome=outcome, etag=action.etag, **extended)


def hold(desk: Desk, *reviewed: Any, person: str = MANAGER, **fields: Any) -> pb.ActionReview:
    given: dict[str, Any] = {"parent": PARENT, "follows": [CLOSE], "words": WORDS, "held_date": to_date(days_ago(0))}
    review: pb.ActionReview = desk.call("HoldActionReview", person, actions=reviewed, **given | fields)
    return review


def correct(desk: Desk, review: pb.ActionReview, *reviewed: Any, person: str = MANAGER, **fields: Any) -> Any:
    given: dict[str, Any] = {"follows": [CLOSE], "words": WORDS, "held_date": review.held_date}
    named = {"name": review.name, "because": "The log was read again.", "etag": review.etag}
    return desk.call("CorrectActionReview", person, actions=reviewed, **given | named | fields)


def overdue(desk: Desk, **fields: Any) -> pb.Action:
    """Return an open action of the Safeguarder whose day has passed."""
    action = desk.agreed(desk.action(indicator="S4.1", **fields))
    database = Database(str(address(desk.evidence.file)))
    opened, due = (days_ago(back).isoformat() for back in (60, 14))

    due_before = from_date(action.due_days[0], "date")
    assert due_before is not None

    def as_before(tx: Connection) -> None:
        row = execute(tx, "SELECT body FROM plan_part WHERE part_id = ? AND is_newest", (part_id(action.name),))
        text = str(row.fetchone()[0]).replace(due_before.isoformat(), due)
        # At midday, because an hour that is one day in London in winter is the next day there in summer.
        text = re.sub(r'"\d{4}-\d\d-\d\dT[^"]*"', f'"{opened}T12:00:00+00:00"', text)
        text = text.replace(f'"{days_ago(0)}"', f'"{opened}"')
        execute(tx, "UPDATE plan_part SET body = ? WHERE part_id = ? AND is_newest", (text, part_id(action.name)))

    database.write(as_before)
    database.close()
    return read(desk, action.name)


def part_id(name: str) -> str:
    return name.rpartition("/")[2]


def read(desk: Desk, name: str) -> pb.Action:
    return next(action for action in desk.plan().actions if action.name == name)


def item(desk: Desk, name: str) -> items.EvidenceItem:
    request = items.GetEvidenceItemRequest(name=name)
    shown: items.EvidenceItem = desk.evidence.items.GetEvidenceItem(request, **desk.evidence.as_(TEAM))
    return shown


def get(desk: Desk, review: pb.ActionReview, person: str, version: int = 0) -> pb.ActionReview:
    request = pb.GetActionReviewRequest(name=review.name, version=version)
    shown: pb.ActionReview = desk.stub.GetActionReview(request, **desk.evidence.as_(person))
    return shown


def told(desk: Desk, review: pb.ActionReview) -> list[events_pb2.ActionReviewHeld]:
    """Return every event of a review, in their order."""
    kind = events_pb2.ActionReviewHeld
    rows = read_rows(desk.evidence.file, f"SELECT data FROM outbox WHERE type = '{kind.DESCRIPTOR.full_name}'")  # noqa: S608
    events = [kind.FromString(bytes(data)) for (data,) in rows]
    return [event for event in events if event.review_id == part_id(review.name)]


def test_a_review_ends_each_action_with_its_outcome_or_gives_it_more_time(desk: Desk) -> None:
    missed, met, later = overdue(desk), desk.agreed(desk.action()), overdue(desk)
    done = [found(missed, KINDS.STATE_NOT_MET), found(met, KINDS.STATE_MET), found(later, until=40)]
    review = hold(desk, *done, follows=[EXTEND, REVIEWS.FOLLOWS_ADD_SUPPORT], safeguarder_words=THEIRS)
    assert [one.outcome for one in review.actions] == [KINDS.STATE_NOT_MET, KINDS.STATE_MET, 0]
    assert from_date(review.actions[0], "due_date") == days_ago(14)
    assert review.actions[0].supports == REVIEWS.SUPPORTS_STANDING_NONE_OFFERED
    assert (review.support_manager_words, review.safeguarder_words, review.entered_by) == (WORDS, THEIRS, MANAGER)

    ended, extended = read(desk, missed.name), read(desk, later.name)
    assert (ended.state, ended.outcome_words) == (KINDS.STATE_NOT_MET, WORDS)
    assert item(desk, ended.outcome_evidence).action_outcome.outcome == KINDS.STATE_NOT_MET
    assert extended.state == KINDS.STATE_OPEN
    assert (from_date(extended, "due_date"), extended.due_days[-1].words) == (days_ago(-40), WORDS)
    for person in (PERSON, MANAGER, SENIOR, TEAM):
        assert get(desk, review, person) == review, "both sides read the same"
    (event,) = told(desk, review)
    assert (event.changed_by, event.version) == (pb.RAISER_SUPPORT_MANAGER, 1)
    assert [one.outcome for one in event.actions] == [KINDS.STATE_NOT_MET, KINDS.STATE_MET, 0]
    for words in (WORDS, THEIRS):
        assert words.encode() not in event.SerializeToString()


def test_a_trial_keeps_nothing_and_a_request_is_answered_once(desk: Desk) -> None:
    action = overdue(desk)
    met = found(action, KINDS.STATE_MET)
    assert hold(desk, met, validate_only=True).actions[0].outcome == KINDS.STATE_MET
    assert read(desk, action.name).state == KINDS.STATE_OPEN
    given: dict[str, Any] = {"parent": PARENT, "follows": [CLOSE], "words": WORDS, "held_date": to_date(days_ago(0))}
    request = pb.HoldActionReviewRequest(actions=[met], request_id=a_request_id(), **given)
    first, again = (desk.stub.HoldActionReview(request, **desk.evidence.as_(MANAGER)) for _ in range(2))
    assert first == again
    assert len(told(desk, first)) == 1


def test_an_action_that_ended_before_with_that_outcome_stays_and_makes_one_item(desk: Desk) -> None:
    ended = desk.close(overdue(desk), KINDS.STATE_NOT_MET)
    hold(desk, found(ended, KINDS.STATE_NOT_MET))
    after = read(desk, ended.name)
    assert (after.etag, after.outcome_evidence, after.outcome_words) == (
        ended.etag,
        ended.outcome_evidence,
        "We looked at it together.",
    )
    assert refused(lambda: hold(desk, found(after, KINDS.STATE_MET))).reason == "ACTION_ENDED"


def test_not_met_is_refused_while_there_is_time_or_the_team_owes_a_support(desk: Desk) -> None:
    """A review that was held before the day is never one after it (P11)."""
    in_time = desk.agreed(desk.action())
    assert refused(lambda: hold(desk, found(in_time, KINDS.STATE_NOT_MET))).reason == "TIME_NOT_OVER"
    action = overdue(desk)
    early: dict[str, Any] = {"held_date": to_date(days_ago(14))}
    assert refused(lambda: hold(desk, found(action, KINDS.STATE_NOT_MET), **early)).reason == "TIME_NOT_OVER"
    desk.accepted(desk.support(action.name))
    assert refused(lambda: hold(desk, found(action, KINDS.STATE_NOT_MET))).reason == "SUPPORT_OWED"
    review = hold(desk, found(action, until=60), follows=[EXTEND])
    assert review.actions[0].supports == REVIEWS.SUPPORTS_STANDING_STILL_RUNNING


def test_a_refusal_of_one_action_leaves_all_as_they_were(desk: Desk) -> None:
    fine, early = overdue(desk), desk.agreed(desk.action())
    both = [found(fine, KINDS.STATE_NOT_MET), found(early, KINDS.STATE_NOT_MET)]
    assert refused(lambda: hold(desk, *both)).reason == "TIME_NOT_OVER"
    assert read(desk, fine.name).state == KINDS.STATE_OPEN


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"actions": []}, "FIELD_MISSING"),
        ({"follows": []}, "FIELD_MISSING"),
        ({"follows": [CLOSE, CLOSE]}, "NAMED_TWICE"),
        ({"follows": [EXTEND]}, "FOLLOWS_DO_NOT_FIT"),
        ({"words": ""}, "FIELD_MISSING"),
        ({"held_date": None}, "FIELD_MISSING"),
        ({"held_date": to_date(days_ago(-1))}, "DATE_IN_FUTURE"),
        ({"held_date": to_date(days_ago(400))}, "ACTION_NOT_OPEN"),
        ({"session": f"{PARENT}/supportSessions/none"}, "SESSION_NOT_FOUND"),
    ],
)
def test_what_a_review_needs(desk: Desk, change: dict[str, Any], reason: str) -> None:
    action = desk.agreed(desk.action())
    fields: dict[str, Any] = {"actions": [found(action, KINDS.STATE_MET)], "held_date": to_date(days_ago(0))}
    reviewed = (fields | change).pop("actions")
    change = {name: value for name, value in change.items() if name != "actions"}
    assert refused(lambda: hold(desk, *reviewed, **change)).reason == reason


def test_somebody_read_the_action_before_they_reviewed_it(desk: Desk) -> None:
    action = desk.agreed(desk.action())
    desk.call("OfferCompletion", PERSON, name=action.name, words="Each call is on file.", etag=action.etag)
    assert refused(lambda: hold(desk, found(action, KINDS.STATE_MET))).reason == "ETAG_MISMATCH"
    assert refused(lambda: hold(desk, found(desk.action(), KINDS.STATE_MET))).reason == "ACTION_NOT_OPEN"


def test_a_review_at_a_session_is_of_the_day_of_the_session(desk: Desk) -> None:
    action, now = desk.agreed(desk.action()), datetime.now(UTC)
    session = SessionDesk(desk.evidence, "with-a-review")
    session.hear(1, STATES.STATE_CONFIRMED, starts=now, freezes=now)
    given: dict[str, Any] = {"session": session.session, "held_date": None}
    met = found(action, KINDS.STATE_MET)
    assert refused(lambda: hold(desk, met, **given)).reason == "SESSION_NOT_HELD"
    session.hear(2, STATES.STATE_HELD, starts=now, freezes=now)
    other = given | {"held_date": to_date(days_ago(1))}
    assert refused(lambda: hold(desk, met, **other)).reason == "OTHER_DAY"
    review = hold(desk, met, **given)
    assert (review.session, from_date(review, "held_date")) == (session.session, days_ago(0))


def test_a_corrected_outcome_corrects_the_action_and_its_evidence_and_the_text_before_stays(desk: Desk) -> None:
    action = overdue(desk)
    review = hold(desk, found(action, KINDS.STATE_NOT_MET))
    before = read(desk, action.name)
    after = correct(desk, review, found(action, KINDS.STATE_MET), words="Each call is on file after all.")
    assert (after.version, after.correction_reason) == (2, "The log was read again.")
    ended = read(desk, action.name)
    assert (ended.state, ended.outcome_words) == (KINDS.STATE_MET, "Each call is on file after all.")
    old, new = item(desk, before.outcome_evidence), item(desk, ended.outcome_evidence)
    assert (old.state, old.superseded_by) == (items.ITEM_STATE_SUPERSEDED, new.name)
    assert (new.state, new.mappings[0].polarity) == (items.ITEM_STATE_CURRENT, items.POLARITY_PRAISE)
    assert from_date(new, "shared_date") == days_ago(0)
    assert get(desk, review, PERSON, version=1).actions[0].outcome == KINDS.STATE_NOT_MET
    assert [event.version for event in told(desk, review)] == [1, 2]
    assert refused(lambda: correct(desk, review, found(action, KINDS.STATE_MET))).reason == "ETAG_MISMATCH"
    other = refused(lambda: correct(desk, after, found(desk.agreed(desk.action()), KINDS.STATE_MET)))
    assert other.reason == "ACTIONS_STAY"


def test_an_item_that_the_team_withdrew_stays_withdrawn(desk: Desk) -> None:
    action = overdue(desk)
    review = hold(desk, found(action, KINDS.STATE_NOT_MET))
    name = read(desk, action.name).outcome_evidence
    out = items.WithdrawEvidenceItemRequest(
        name=name, reason=items.CORRECTION_REASON_NOT_ADMISSIBLE, request_id=a_request_id()
    )
    desk.evidence.items.WithdrawEvidenceItem(out, **desk.evidence.as_(TEAM))
    correct(desk, review, found(action, KINDS.STATE_PARTLY_MET))
    ended = read(desk, action.name)
    assert (ended.state, ended.outcome_evidence) == (KINDS.STATE_PARTLY_MET, name)
    assert item(desk, name).state == items.ITEM_STATE_WITHDRAWN


def test_the_safeguarder_says_it_in_their_own_words_and_nobody_else_does(desk: Desk) -> None:
    review = hold(desk, found(overdue(desk), KINDS.STATE_PARTLY_MET), safeguarder_words="She agrees with it.")
    said = {"name": review.name, "words": THEIRS, "etag": review.etag}
    for person in (MANAGER, SENIOR, TEAM):
        assert refused(lambda person=person: desk.call("AnswerActionReview", person, **said)).reason == "NOT_ALLOWED"  # type: ignore[misc]
    own = desk.call("AnswerActionReview", PERSON, **said)
    assert (own.safeguarder_words, own.entered_by, own.version) == (THEIRS, "", 2)
    assert told(desk, review)[-1].changed_by == pb.RAISER_SAFEGUARDER
    entered = {"safeguarder_words": "She agrees with it."}
    answer = refused(lambda: correct(desk, own, *own.actions, **entered))
    assert answer.reason == "WORDS_GIVEN_ALREADY"


def test_reviews_are_listed_the_one_held_last_first_and_another_persons_are_not_found(desk: Desk) -> None:
    appoint(desk.evidence, "sg-two")
    action = overdue(desk)
    yesterday = hold(desk, found(action, KINDS.STATE_MET), held_date=to_date(days_ago(1)))
    listed = desk.stub.ListActionReviews(
        pb.ListActionReviewsRequest(parent=PARENT), **desk.evidence.as_(PERSON)
    ).action_reviews
    days = [from_date(review, "held_date") for review in listed]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    assert yesterday in listed
    other = pb.GetActionReviewRequest(name=yesterday.name.replace("sg-one", "sg-two"))
    answer = refused(lambda: desk.stub.GetActionReview(other, **desk.evidence.as_(TEAM)))
    assert answer.reason == "REVIEW_NOT_FOUND"


def test_a_review_is_in_no_version_of_a_plan(desk: Desk) -> None:
    before = desk.plan().etag
    review = hold(desk, found(overdue(desk), KINDS.STATE_MET))
    with_ended = desk.plan().etag
    desk.call("AnswerActionReview", PERSON, name=review.name, words=THEIRS, etag=review.etag)
    assert desk.plan().etag == with_ended != before


def test_supports_are_worked_out_and_nobody_types_them(desk: Desk) -> None:
    action = overdue(desk)
    declined = desk.support(action.name)
    answer = pb.AnswerSupportRequest.ANSWER_DECLINED
    desk.call("AnswerSupport", PERSON, name=declined.name, answer=answer, etag=declined.etag)
    typed = found(action, KINDS.STATE_NOT_MET)
    typed.supports = REVIEWS.SUPPORTS_STANDING_COMPLETE
    typed.due_date.CopyFrom(to_date(days_ago(300)))
    (reviewed,) = hold(desk, typed).actions
    assert reviewed.supports == REVIEWS.SUPPORTS_STANDING_DECLINED
    assert from_date(reviewed, "due_date") == days_ago(14)
