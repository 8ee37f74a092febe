"""The moves of a review request (R92, R93, B5; record 2.5).

A Safeguarder asks. Somebody accepts it, and somebody outside the chain decides it. No step needs the agreement of those
whose work is looked at. Until it has ended, the time that hangs on its target stands still.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.review_requests.chain import Bar, Candidate, Chain, bars
from services.evidence.domain.review_requests.request import (
    Acceptance,
    Asked,
    Decision,
    RequestState,
    Reviewer,
    ReviewRequest,
    Statement,
    TargetKind,
)
from services.refusals import Refusal, invalid, not_found, precondition


@dataclass(frozen=True, slots=True)
class ReviewNumbers:
    """Our numbers, in office working days, from services/evidence/data/record.yaml."""

    review_ask_working_days: int
    review_assign_working_days: int
    review_decide_working_days: int
    review_next_level_working_days: int


@dataclass(frozen=True, slots=True)
class Known:
    """What evidence knows of a target as a review of it is asked for."""

    version: int
    told_on: date | None
    """The day from which the Safeguarder could read it. None if nobody knows it."""
    evidence_ids: tuple[str, ...]
    concern_ids: tuple[str, ...]
    before: tuple[ReviewRequest, ...]
    """The requests about the same target, oldest first."""


def submit(ids: tuple[str, str], asked: Asked, known: Known, actor: Actor, numbers: ReviewNumbers) -> ReviewRequest:
    """Return a new request. `ids`: of the request and of the Safeguarder.

    Raises:
        Refusal: FIELD_MISSING without grounds; DATE_IN_FUTURE; TEAM_ENTERS_PAST_DAY; DATE_OUT_OF_ORDER; REVIEW_OPEN;
            REVIEW_DECIDED if the same was decided or not accepted before, and there is nothing new.
    """
    if not asked.grounds:
        raise invalid("FIELD_MISSING", "grounds is needed: say why you ask.", "grounds")
    made_on = _made_on(asked.made_on, known.told_on, actor)
    follows = _follows(asked, known)
    late_from = known.told_on and add_working_days(
        WorkingCalendar.OFFICE, known.told_on, numbers.review_ask_working_days
    )
    return ReviewRequest(
        *ids,
        asked,
        made_on,
        known.version,
        entered_by=actor.person,
        entered_for_them=not actor.is_safeguarder,
        created_at=actor.now,
        recorded_at=actor.now,
        assign_due_on=add_working_days(WorkingCalendar.OFFICE, actor.today, numbers.review_assign_working_days),
        late=late_from is not None and late_from < made_on,
        evidence_ids=known.evidence_ids,
        concern_ids=known.concern_ids,
        follows=follows,
    )


def accept(request: ReviewRequest, answer: Acceptance, words: str, actor: Actor, higher: bool) -> ReviewRequest:
    """Return a request that is accepted, or is not. `higher`: who says so is above the one who did not accept it.

    Raises:
        Refusal: REVIEW_ENDED or REVIEW_ACCEPTED; HIGHER_LEVEL; FIELD_MISSING if it is late or not accepted, without
            words.
    """
    if (request.state.value, request.accepted_by, request.accept_words) == (answer.value, actor.person, words):
        return request
    _check_open(request)
    if request.state is not RequestState.SUBMITTED:
        raise precondition("REVIEW_ACCEPTED", "This request was accepted already.", "name", state=request.state)
    if request.follows and not higher:
        message = "It was not accepted before. Somebody of a higher level than the one who said so answers it now."
        raise precondition("HIGHER_LEVEL", message, "name")
    if not words and (request.late or answer is Acceptance.NOT_ACCEPTED):
        message = "words is needed: say why it is accepted although it came late, or why it is not accepted."
        raise invalid("FIELD_MISSING", message, "words")
    said = {"accepted_by": actor.person, "accept_words": words}
    if answer is Acceptance.NOT_ACCEPTED:
        return _ended(request, RequestState.NOT_ACCEPTED, actor.now, **said)
    return _next(request, actor.now, state=RequestState.ACCEPTED, **said)


def assign(
    request: ReviewRequest, reviewer: Candidate, chain: Chain, actor: Actor, numbers: ReviewNumbers
) -> ReviewRequest:
    """Return a request with its reviewer. One whose reviewer is overdue goes to somebody of a higher level.

    Raises:
        Refusal: REVIEW_ENDED; REVIEW_NOT_ACCEPTED; REVIEW_ASSIGNED while its reviewer still has time; NOT_OUTSIDE.
    """
    current = request.reviewer
    if request.state is RequestState.ASSIGNED and current and current.person == reviewer.person:
        return request
    _check_open(request)
    if request.state is RequestState.SUBMITTED:
        raise precondition("REVIEW_NOT_ACCEPTED", "Accept the request first, or say why it is not accepted.", "name")
    if current is not None and not request.is_overdue(actor.today):
        message = f"Its reviewer has time until {current.due_on}. After that it goes to a higher level."
        raise precondition("REVIEW_ASSIGNED", message, "name", due=current.due_on.isoformat())
    check_outside(reviewer, chain, "reviewer")
    days = numbers.review_next_level_working_days if current else numbers.review_decide_working_days
    due_on = add_working_days(WorkingCalendar.OFFICE, actor.today, days)
    given = Reviewer(reviewer.person, reviewer.level, actor.today, due_on)
    return _next(request, actor.now, state=RequestState.ASSIGNED, reviewers=(*request.reviewers, given))


def move_up(
    request: ReviewRequest, outside: Iterable[Candidate], floor: int, actor: Actor, numbers: ReviewNumbers
) -> ReviewRequest:
    """Return an overdue request that has gone to the next level above `floor`; unchanged if nobody outside is there.

    One that a reviewer has not decided goes to another reviewer. Of one that nobody has taken up, somebody of a higher
    level accepts it and gives it to a reviewer.
    """
    higher = sorted((one for one in outside if one.level > floor), key=lambda one: (one.level, one.person))
    if not higher:
        return request
    following = higher[0]
    due_on = add_working_days(WorkingCalendar.OFFICE, actor.today, numbers.review_next_level_working_days)
    if request.state is not RequestState.ASSIGNED:
        return _next(request, actor.now, assigner=following.person, assign_due_on=due_on)
    given = Reviewer(following.person, following.level, actor.today, due_on)
    return _next(request, actor.now, reviewers=(*request.reviewers, given))


def say(request: ReviewRequest, words: str, actor: Actor) -> ReviewRequest:
    """Return a request with another statement of staff. Refuse REVIEW_ENDED."""
    _check_open(request)
    if any((said.words, said.person) == (words, actor.person) for said in request.statements):
        return request
    return _next(request, actor.now, statements=(*request.statements, Statement(words, actor.person, actor.now)))


def decide(request: ReviewRequest, decision: Decision, reasons: str, chain: Chain, actor: Actor) -> ReviewRequest:
    """Return a request as decided. Nobody has to agree to it.

    Raises:
        Refusal: REVIEW_ENDED; NOT_THE_REVIEWER; NOT_OUTSIDE if the reviewer came into the chain since; DECIDE_WHOLE
            for a part of what stands or falls as a whole.
    """
    reviewer = request.reviewer
    is_theirs = reviewer is not None and reviewer.person == actor.person
    if is_theirs and (request.decision, request.reasons) == (decision, reasons):
        return request
    _check_open(request)
    if reviewer is None or not is_theirs:
        raise precondition("NOT_THE_REVIEWER", "Only the reviewer decides a request. Assign it first.", "name")
    check_outside(Candidate(reviewer.person, reviewer.level), chain, "name")
    if decision is Decision.PARTLY and request.target.kind is not TargetKind.SESSION_RECORD:
        message = "Only a review of a session record is upheld in part. Decide upheld or not upheld, and say why."
        raise invalid("DECIDE_WHOLE", message, "decision")
    return _ended(request, RequestState.DECIDED, actor.now, decision=decision, reasons=reasons)


def withdraw(request: ReviewRequest, actor: Actor) -> ReviewRequest:
    """Return a request that the Safeguarder took back. Refuse REVIEW_ENDED if it ended otherwise."""
    if request.state is RequestState.WITHDRAWN:
        return request
    _check_open(request)
    return _ended(request, RequestState.WITHDRAWN, actor.now)


def follow_concerns(request: ReviewRequest, concern_ids: Iterable[str], now: datetime) -> ReviewRequest:
    """Return an open request with the concerns that rest on its target by now; unchanged if these are the same."""
    after = tuple(sorted({*request.concern_ids, *concern_ids}))
    return _next(request, now, concern_ids=after) if request.is_open and after != request.concern_ids else request


def check_outside(candidate: Candidate, chain: Chain, field: str) -> None:
    """Refuse NOT_OUTSIDE, with each reason, for somebody who stands in the chain."""
    found = bars(candidate, chain)
    if found:
        why = " ".join(_WHY[bar] for bar in found)
        raise precondition(
            "NOT_OUTSIDE", f"They stand in the chain of this request. {why}", field, bars=" ".join(found)
        )


_WHY = {
    Bar.NOT_SENIOR: "The directory does not have them as a senior manager.",
    Bar.LEVEL: "They are not of a higher level than the support managers of this term, or than the reviewer before.",
    Bar.MANAGER: "They are the Safeguarder's support manager or a delegate, or were in this term.",
    Bar.TOOK_PART: "They took part in what is looked at, or wrote in the file in this term.",
    Bar.DID_NOT_ACCEPT: "They did not accept this request before.",
    Bar.LINK: "A link between them and the Safeguarder is declared.",
}


def no_such_request() -> Refusal:
    """Return the refusal for a request that is not there, or is somebody else's."""
    return not_found("REVIEW_REQUEST_NOT_FOUND", "This Safeguarder has no such review request.", "name")


def _made_on(made_on: date | None, told_on: date | None, actor: Actor) -> date:
    day = made_on or actor.today
    if day > actor.today:
        raise invalid("DATE_IN_FUTURE", "made_date is in the future.", "made_date", date=day.isoformat())
    if day < actor.today and actor.is_safeguarder:
        message = (
            "A request that you made earlier, by letter or by telephone, is entered by the Panel Team with its day."
        )
        raise precondition("TEAM_ENTERS_PAST_DAY", message, "made_date")
    if told_on is not None and day < told_on:
        message = f"made_date is before {told_on}, when the Safeguarder could first read it."
        raise invalid("DATE_OUT_OF_ORDER", message, "made_date", earliest=told_on.isoformat())
    return day


def _follows(asked: Asked, known: Known) -> str:
    """Return the id of the request that was not accepted, and that this one takes one level up; empty without one."""
    before = [each for each in known.before if each.state is not RequestState.WITHDRAWN]
    if any(each.is_open for each in before):
        raise precondition("REVIEW_OPEN", "A review of this is open already.", "target")
    same = [each for each in before if each.target_version == known.version]
    decided = {ground for each in same if each.state is RequestState.DECIDED for ground in each.asked.grounds}
    not_accepted = [each for each in same if each.state is RequestState.NOT_ACCEPTED]
    if any(each.follows for each in not_accepted) or set(asked.grounds) <= decided:
        message = "This was decided before on the same grounds, or was not accepted on two levels. Name something new."
        raise precondition("REVIEW_DECIDED", message, "grounds")
    return not_accepted[0].review_id if not_accepted else ""


def _check_open(request: ReviewRequest) -> None:
    if not request.is_open:
        raise precondition("REVIEW_ENDED", "This request has ended.", "name", state=request.state)


def _ended(request: ReviewRequest, state: RequestState, now: datetime, **changes: object) -> ReviewRequest:
    return _next(request, now, state=state, ended_at=now, **changes)


def _next(request: ReviewRequest, now: datetime, **changes: object) -> ReviewRequest:
    return replace(request, version=request.version + 1, recorded_at=now, **changes)  # type: ignore[arg-type]
