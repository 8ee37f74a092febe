"""Recommendations about a person: who is told, and when (record 6). No message says what is recommended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from services.notifications.domain.duty import Duty, DutyKind, DutyStands
from services.notifications.domain.news import Line, OnRecord, in_time
from services.notifications.domain.notification import Subject


class RecommendationStands(StrEnum):
    """Where a recommendation stands."""

    SHARED = "shared"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    OTHERWISE = "otherwise"
    """It is drafted again or approved, or stands as only a later release knows."""


class Told(StrEnum):
    """Who is told of a recommendation, or of a decision."""

    PERSON = "person"
    SUPPORT_MANAGER = "support_manager"
    TEAM = "team"
    RECORDER = "recorder"
    """Somebody who records decisions of Scottish Ministers."""


_TO_THE_PERSON = {
    RecommendationStands.SUBMITTED: Subject.RECOMMENDATION_SUBMITTED,
    RecommendationStands.DECIDED: Subject.RECOMMENDATION_DECIDED,
    RecommendationStands.WITHDRAWN: Subject.RECOMMENDATION_WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A version of a recommendation that was shared, without words."""

    safeguarder_id: str
    recommendation_id: str
    version: int
    stands: RecommendationStands
    shared_on: date | None
    due_on: date | None
    """The last day for the person's words, before any time away. None if nobody waits for them."""
    representations: int
    nothing_more: bool


@dataclass(frozen=True, slots=True)
class RecommendationNews:
    """What one of those who are told learns from a version of a recommendation."""

    safeguarder_id: str
    version: int
    says: Line | None
    mark: str = ""
    """Tells news of one subject apart."""

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        return f"{self.says.subject} {self.mark}" if self.says else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None. Nobody is asked for words in a time that has passed."""
        return in_time(self.says, today)


class ToTell(NamedTuple):
    """News, and who is told."""

    who: Told
    news: OnRecord


def news_of(known: Recommendation) -> Iterator[ToTell]:
    """Yield what a version of a recommendation has to tell, and whom. Nobody is told of what they did themselves."""
    answered = bool(known.representations) or known.nothing_more
    submitted = known.stands is RecommendationStands.SUBMITTED
    by_team = Line(Subject.RECOMMENDATION_ANSWERED, to_the_person=False) if answered else None
    said = f"{known.representations} {known.nothing_more}"
    yield ToTell(Told.PERSON, _news(known, _to_the_person(known), str(known.shared_on)))
    yield ToTell(Told.TEAM, _news(known, by_team, said))
    yield ToTell(Told.RECORDER, _news(known, Line(Subject.DECISION_DUE, to_the_person=False) if submitted else None))


def _to_the_person(known: Recommendation) -> Line | None:
    if known.stands is RecommendationStands.SHARED:
        # That they have answered is no other news: the message of the sharing is not taken back.
        return Line(Subject.RECOMMENDATION_TO_ANSWER, to_the_person=True, answer_by_on=known.due_on)
    subject = _TO_THE_PERSON.get(known.stands)
    return Line(subject, to_the_person=True) if subject else None


def _news(known: Recommendation, says: Line | None, mark: str = "") -> RecommendationNews:
    return RecommendationNews(known.safeguarder_id, known.version, says, mark)


def papers_open(duty: Duty) -> RecommendationNews | None:
    """Return that papers for reappointment are open, since the Team owes a recommendation. None for other duties."""
    if duty.kind is not DutyKind.SHARE_RECOMMENDATION:
        return None
    says = Line(Subject.READINESS_OPEN, to_the_person=True) if duty.stands is not DutyStands.OVER else None
    return RecommendationNews(duty.safeguarder_id, duty.version, says)
