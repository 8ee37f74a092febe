"""What always holds of the record, read from what was done and from what the four services say at the end."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import review_requests_pb2 as pb
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2 as duties

from services.calendar_days import WorkingCalendar, first_working_day_from, london_today
from services.platform.calls.wire import from_date
from tests.lives.asking import DIRECTORY, OPEN, SENIORS, Request, requests_of
from tests.lives.life import PEOPLE, Done, Life
from tests.lives.terms import entry_of

WAITS = (rules.LANE_SUPPORT_NEED, rules.LANE_ESCALATION, rules.LANE_REAPPOINTMENT_RISK)
CHANGES = ("MapEvidenceItem", "CorrectEvidenceItem", "WithdrawEvidenceItem", "DecideComplaint", "ChangeActionDate")
MOVES = ("AcknowledgeConcern", "DismissConcern", "CloseConcern")
KEPT_BY_A_REVIEW = duties.Duty.STANDSTILL_REASON_REVIEW_OPEN
MAY_STAND_STILL = (duties.Duty.OWED_BY_SAFEGUARDER, duties.Duty.OWED_BY_SUPPORT_MANAGER)


def about(life: Life, safeguarder: str, *methods: str) -> Iterator[tuple[int, Done]]:
    """Yield what was done about somebody by these methods, with its place."""
    for place, done in enumerate(life.done):
        name = getattr(done.request, "name", "") or getattr(done.request, "parent", "")
        if done.method in methods and f"{name}/".startswith(f"safeguarders/{safeguarder}/"):
            yield place, done


def has_ended(life: Life, safeguarder: str) -> bool:
    """Return whether somebody serves no more."""
    last_on = _day(entry_of(life, safeguarder).terms[-1], "end_date")
    return last_on < life.running.today


def duties_of(life: Life, safeguarder: str) -> list[duties.Duty]:
    """Return what is owed about somebody."""
    request = duties.ListDutiesRequest(parent=f"safeguarders/{safeguarder}", page_size=500)
    return list(life.running.duties.ListDuties(request, **life.running.as_("panel-team")).duties)


def _day(message: Any, field: str) -> date:
    found = from_date(message, field)
    assert found is not None, field
    return found


# Reviews that a Safeguarder asks for


def the_reviewer_is_outside(life: Life, safeguarder: str) -> None:
    """Assert that nobody decided a review in whose chain they stood, as far as evidence had heard of it."""
    requests = {each.name: each for each in requests_of(life, safeguarder)}
    for place, decided in about(life, safeguarder, "DecideReviewRequest"):
        request, person = requests[decided.request.name], decided.person
        assert person in SENIORS, f"{person} decided {request.name}"
        chain = _chain(life, safeguarder, request, place, decided.heard)
        assert person not in chain, f"{person} decided {request.name}, and stands in its chain"
        above = max(_level(manager) for manager in chain if DIRECTORY[manager]["role"] == "support_manager")
        assert _level(person) > above, f"{person} decided {request.name}, and is not above the support managers"


def _chain(life: Life, safeguarder: str, request: pb.ReviewRequest, place: int, heard: int) -> set[str]:
    known: list[tuple[int, Done]] = [each for each in about(life, safeguarder, *_CHAIN) if each[0] < heard]
    found = {PEOPLE[safeguarder][1]} | {name for _, done in known for name in _CHAIN[done.method](done)}
    moved = (done for at, done in about(life, safeguarder, *MOVES) if at < heard)
    found |= {done.person for done in moved if done.request.name in request.concerns}
    wrote = (done for at, done in about(life, safeguarder, *CHANGES, "ShareEvidenceItem", "CreateAction") if at < place)
    found |= {done.person for done in wrote}
    answered = about(life, safeguarder, "AcceptReviewRequest")
    return found | {done.person for _, done in answered if request.follows and done.request.name == request.follows}


_CHAIN: Mapping[str, Callable[[Done], tuple[str, ...]]] = {
    "CreateAllocation": lambda done: (done.request.support_manager,),
    "CreateDelegation": lambda done: (done.request.delegate,),
    "DeclareLink": lambda done: (done.request.person,),
}
"""Who comes into every chain of a person by a command. In a life nobody ends a link or a delegation."""


def _level(person: str) -> int:
    entry = DIRECTORY[person]
    return int(entry.get("level", 2 if entry["role"] == "senior_manager" else 1))


def what_is_looked_at_stays_as_it_is(life: Life, safeguarder: str) -> None:
    """Assert that nobody changed the target of an open request, but for safety and what its source took back."""
    looked_at: dict[str, str] = {}
    ends = ("WithdrawReviewRequest", "DecideReviewRequest", "AcceptReviewRequest")
    for place, done in about(life, safeguarder, "CreateReviewRequest", *ends, *CHANGES):
        if done.method == "CreateReviewRequest":
            looked_at[done.request.target] = done.answer.name
        elif done.method in ends and done.answer.state not in OPEN:
            looked_at = {target: name for target, name in looked_at.items() if name != done.answer.name}
        elif done.method in CHANGES and done.request.name in looked_at:
            assert _may_change(life, done, place), f"{done.person} {done.method} of what is under review"


def _may_change(life: Life, done: Done, place: int) -> bool:
    # The item as it was before: a correction may say that it is no matter of safety after all.
    before = [each.answer for each in life.done[:place] if getattr(each.answer, "name", "") == done.request.name]
    safety = bool(before) and getattr(before[-1], "evidence_class", 0) == items.EVIDENCE_CLASS_SAFETY
    reason = getattr(done.request, "reason", 0)
    return safety or (done.method == "WithdrawEvidenceItem" and reason == items.CORRECTION_REASON_SOURCE_CORRECTED)


def a_concern_is_on_hold_while_a_review_is_open(life: Life, safeguarder: str) -> None:
    """Assert that a concern is on hold for a review if and only if one is open of it, or of what it rests on."""
    still_open = [each for each in requests_of(life, safeguarder) if each.state in OPEN]
    looked_at = {name.rpartition("/")[2] for each in still_open for name in (each.target, *each.concerns)}
    for concern in life.running.concerns_of(safeguarder):
        rests_on = {counted.evidence_id for counted in concern.explanation.counted}
        expected = concern.lane in WAITS and bool(looked_at & {concern.name.rpartition("/")[2], *rests_on})
        held = moves.HOLD_REASON_REVIEW_OPEN in concern.course.held_for
        assert held is expected, f"{concern.name}, {concern.rule}, lane {concern.lane}: on hold for a review is {held}"
        named = [each.target for each in still_open if concern.name in each.concerns]
        told = f"{concern.name}, {concern.rule}, lane {concern.lane}: named with reviews of {named}"
        assert not named or concern.lane in (*WAITS, rules.LANE_SAFETY), told


def what_was_upheld_no_longer_counts(life: Life, safeguarder: str) -> None:
    """Assert that what a review found wrong is taken out, and that nothing that is open rests on it."""
    upheld = [each for each in requests_of(life, safeguarder) if each.decision == Request.DECISION_UPHELD]
    gone = {each.target for each in upheld}
    for item in life.items_of(safeguarder):
        assert item.name not in gone or item.state != items.ITEM_STATE_CURRENT, f"{item.name} was found wrong"
    for action in life.plan_of(safeguarder).actions:
        assert action.name not in gone or action.state >= plans.Action.STATE_REPLACED, f"{action.name} was found wrong"
    for concern in life.running.concerns_of(safeguarder):
        if concern.closing_proposed:
            continue
        on = {f"safeguarders/{safeguarder}/evidenceItems/{each.evidence_id}" for each in concern.explanation.counted}
        assert not on & gone, f"{concern.name}, {concern.rule} rests on what was found wrong"
        assert concern.name not in gone or concern.state == rules.Concern.STATE_REOPENED, concern.name


def the_days_of_reviews_are_given_back(life: Life, safeguarder: str) -> None:
    """Assert that an action is due as many days later as something stopped it, each day once, and stands still now.

    Reviews of it or of its concern stop it, and days away. Late supports, corrected leaves and days away without a last
    one have tests of their own, so what they move is left out.
    """
    away = _days_away(life, safeguarder)
    if away is None or has_ended(life, safeguarder):
        return
    plan, requests = life.plan_of(safeguarder), requests_of(life, safeguarder)
    owed = {each.about: each for each in duties_of(life, safeguarder) if each.kind == duties.Duty.KIND_ACTION}
    helped = {name for support in plan.supports for name in support.supported}
    for action in plan.actions:
        if action.state != plans.Action.STATE_OPEN or {action.name, action.concern, *action.needs} & helped:
            continue
        stops = [each for each in requests if action.name == each.target or action.concern in each.concerns]
        is_open, duty = any(each.state in OPEN for each in stops), owed[action.name]
        still = is_open or any(first <= life.running.today < last for first, last in away)
        assert (duty.state == duties.Duty.STATE_STANDING_STILL) is still, f"{action.name}: stands still is not {still}"
        if not is_open:
            ended = [(_day(each, "made_date"), london_today(each.end_time.ToDatetime(tzinfo=UTC))) for each in stops]
            expected = _moved(_day(duty, "start_date"), _day(action.due_days[-1], "date"), [*ended, *away])
            assert _day(duty, "due_date") == expected, action.name
            assert _day(action, "due_date") == expected, f"{action.name}: both services say the same day"


def _days_away(life: Life, safeguarder: str) -> list[tuple[date, date]] | None:
    """Return the stretches away: the first day, and the day after the last. None if one is not as it was first said."""
    said = [done for _, done in about(life, safeguarder, "RecordTimeAway")]
    if any(done.request.time_away_id or not done.request.HasField("end_date") for done in said):
        return None
    return [(_day(each.request, "start_date"), _day(each.request, "end_date") + timedelta(days=1)) for each in said]


def _moved(starts_on: date, last_on: date, still: list[tuple[date, date]]) -> date:
    """Return the day on which as many days have run as were agreed, counted day by day."""
    days, day, left = timedelta(days=1), starts_on, (last_on - starts_on).days
    while any(first <= day < last for first, last in still) or left:
        left -= not any(first <= day < last for first, last in still)
        day += days
    return day if day == last_on else first_working_day_from(WorkingCalendar.OFFICE, day)


def a_review_stops_nothing_it_should_not(life: Life, safeguarder: str) -> None:
    """Assert that safety, what the Team owes otherwise, the reviewer's own time and the end of a term run on."""
    for duty in duties_of(life, safeguarder):
        if KEPT_BY_A_REVIEW in duty.standstill_reasons:
            assert duty.owed_by in MAY_STAND_STILL, f"{duty.about}: a review stops what {duty.owed_by} owes"
    for concern in life.running.concerns_of(safeguarder):
        assert concern.lane in WAITS or concern.state != rules.Concern.STATE_HELD, concern.name


def somebody_owes_the_next_step_of_each_review(life: Life, safeguarder: str) -> None:
    """Assert that a reviewer, or a decision, is owed exactly once for each open request of a member."""
    owed = [each.about for each in duties_of(life, safeguarder) if each.kind in _OF_A_REVIEW]
    still_open = [each.name for each in requests_of(life, safeguarder) if each.state in OPEN]
    assert has_ended(life, safeguarder) or sorted(owed) == sorted(still_open)


_OF_A_REVIEW = (duties.Duty.KIND_ASSIGN_REVIEW, duties.Duty.KIND_DECIDE_REVIEW)


OF_REVIEWS = (
    the_reviewer_is_outside,
    what_is_looked_at_stays_as_it_is,
    a_concern_is_on_hold_while_a_review_is_open,
    what_was_upheld_no_longer_counts,
    the_days_of_reviews_are_given_back,
    a_review_stops_nothing_it_should_not,
    somebody_owes_the_next_step_of_each_review,
)
