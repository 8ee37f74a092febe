"""Who is told of a recommendation: the person first, the Team of answers, a recorder of what is to be decided (R86)."""

from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.evidence.v1 import recommendations_pb2 as pb

from services.notifications import wire
from services.notifications.domain.duty import Duty, DutyKind, DutyStands, OwedBy
from services.notifications.domain.notification import Subject
from services.notifications.domain.recommendations.news import Told, news_of, papers_open
from services.platform.calls.wire import to_date
from tests.notifications.office import TODAY

UNTIL = TODAY + timedelta(days=14)
State = pb.Recommendation


def told(state: Any, **fields: Any) -> dict[Told, tuple[Subject | None, str]]:
    """Return what each of those who are told learns, with the news in a word."""
    message = evidence.RecommendationChanged(
        safeguarder_id="sg-one", recommendation_id="m1", version=2, state=state, share_date=to_date(TODAY), **fields
    )
    found = {}
    for who, news in news_of(wire.recommendation(message)):
        line = news.line(TODAY)
        if line is not None:
            found[who] = (line.subject, news.news)
    return found


def subjects(state: Any, **fields: Any) -> dict[Told, Subject | None]:
    return {who: subject for who, (subject, _) in told(state, **fields).items()}


@pytest.mark.parametrize(
    ("state", "fields", "expected"),
    [
        (
            State.STATE_SHARED,
            {"representations_due_date": to_date(UNTIL)},
            {Told.PERSON: Subject.RECOMMENDATION_TO_ANSWER},
        ),
        (State.STATE_DRAFTED, {}, {}),
        (State.STATE_APPROVED, {"representations": 1}, {Told.TEAM: Subject.RECOMMENDATION_ANSWERED}),
        (
            State.STATE_SUBMITTED,
            {},
            {Told.PERSON: Subject.RECOMMENDATION_SUBMITTED, Told.RECORDER: Subject.DECISION_DUE},
        ),
        (State.STATE_DECIDED, {}, {Told.PERSON: Subject.RECOMMENDATION_DECIDED}),
        (State.STATE_WITHDRAWN, {}, {Told.PERSON: Subject.RECOMMENDATION_WITHDRAWN}),
        (99, {}, {}),
    ],
)
def test_each_is_told_of_what_is_theirs(state: Any, fields: dict[str, Any], expected: Any) -> None:
    assert subjects(state, **fields) == expected


def test_an_answer_is_no_other_news_to_the_person_and_another_one_is_to_the_team() -> None:
    shared = told(State.STATE_SHARED, representations_due_date=to_date(UNTIL))
    answered = told(State.STATE_SHARED, representations=1)
    assert answered[Told.PERSON] == shared[Told.PERSON]
    assert told(State.STATE_SHARED, representations=2)[Told.TEAM] != answered[Told.TEAM]


def test_shared_again_the_person_is_told_again() -> None:
    first = told(State.STATE_SHARED)[Told.PERSON]
    message = evidence.RecommendationChanged(state=State.STATE_SHARED, share_date=to_date(TODAY + timedelta(days=3)))
    ((again, *_),) = [[each.news.news for each in news_of(wire.recommendation(message))]]
    assert again != first[1]


def test_the_papers_are_open_since_the_team_owes_a_recommendation() -> None:
    owed = Duty("sg-one", "d1", 1, DutyKind.SHARE_RECOMMENDATION, OwedBy.PANEL_TEAM, DutyStands.RUNNING, UNTIL)
    news = papers_open(owed)
    assert news is not None
    line = news.line(TODAY)
    assert line is not None
    assert (line.subject, line.to_the_person) == (Subject.READINESS_OPEN, True)
    other = Duty("sg-one", "d1", 1, DutyKind.FINALISE_PLAN, OwedBy.PANEL_TEAM, DutyStands.RUNNING, UNTIL)
    assert papers_open(other) is None
