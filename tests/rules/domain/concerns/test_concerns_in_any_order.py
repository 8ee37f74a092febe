"""Moves in any order never get past a guard, and evaluations never change what people entered (D15.3, 4, 6, 13, 17)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.refusals import Refusal
from services.rules.domain.closed_lists import (
    EvidenceClass,
    HoldReason,
    InvitationAnswer,
    Lane,
    RecommendationKind,
    RequiredAction,
    ReviewOutcome,
    Source,
    State,
    SupportAnswer,
    SupportGiven,
    SupportsStanding,
    View,
)
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.approach import follow_approach, pass_time
from services.rules.domain.concerns.concern import Concern, EvaluationContext, Reason, propose_closing, update
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.history import FROM_THE_RECORD, Move
from services.rules.domain.concerns.praise import follow_acknowledgement
from services.rules.domain.concerns.progress import ApproachFact, RequiredFact, Support, supports_standing
from services.rules.domain.concerns.supports import follow_support
from services.rules.domain.concerns.transitions import allowed_moves, blocking_guard
from services.rules.domain.concerns.views import ViewFact, follow_view
from services.rules.domain.facts import EvidenceFact, how_many_source_types
from tests.rules.builders import NOW, TODAY, an_item
from tests.rules.domain.concerns.builders import (
    EVIDENCE,
    a_concern,
    a_recommendation,
    a_review,
    a_support,
    an_answer,
    an_approach,
    recommended,
    talked,
)
from tests.sizes import part_of

WAY = (
    Move.RELEASE,
    Move.RECOMMEND,
    Move.ESCALATE,
    Move.OPEN_REVIEW,
    Move.ANSWER_SUPPORT,
    Move.SUPPORT_CHANGED,
    Move.ACKNOWLEDGE_NOTICE,
    Move.REVIEW_ACTIONS,
    Move.REQUIRE_ACTION,
    Move.SERVE_NOTICE,
    Move.START_SUPPORT,
)
"""The way to a recommendation, from its last step to its first."""
ACCEPTED = SupportAnswer.ACCEPTED
PEOPLE = st.sampled_from(("manager", "senior", "team-lead"))
AFTER_SUPPORT = (State.REQUIRED_ACTION, State.ACTION_REVIEW, State.ESCALATED, State.RECOMMENDATION)
AFTER_ACTION = (State.ESCALATED, State.RECOMMENDATION)


@dataclass(frozen=True)
class Choice:
    """The source of the words and the numbers of days in a move."""

    word: Callable[[type[StrEnum]], Any]
    days: Callable[[int, int], int]


def anything(draw: Callable[[Any], Any]) -> Choice:
    return Choice(lambda kind: draw(st.sampled_from(list(kind))), lambda low, high: draw(st.integers(low, high)))


def on_the_way(concern: Concern, today: date) -> Choice:
    """Choose what leads on to a recommendation, as far as the guards allow."""
    progress = concern.progress
    words: dict[Any, Any] = {
        SupportAnswer: ACCEPTED,
        SupportGiven: SupportGiven.DELIVERED,
        ReviewOutcome: ReviewOutcome.NOT_MET,
        SupportsStanding: supports_standing(progress.supports, today),
        HoldReason: progress.hold.reasons[0] if progress.hold else HoldReason.SUSPENDED,
    }
    since = (today - (progress.escalated_on or today)).days
    return Choice(lambda kind: words.get(kind) or next(iter(kind)), lambda low, high: max(low, min(high, since)))


def calls(context: MoveContext, choice: Choice) -> dict[Move, Callable[[Concern], Concern]]:
    """Return every move, with its words and dates chosen."""
    today, now, word = context.today, NOW + (context.today - TODAY), choice.word
    return {
        Move.ACKNOWLEDGE: lambda c: life.acknowledge(c, context.by, today, context),
        Move.DISMISS: lambda c: life.dismiss(c, word(Reason), context, now),
        Move.CLOSE: lambda c: life.close(c, word(Reason), context, now),
        Move.START_SUPPORT: lambda c: follow(c, a_support(support_id=f"s{c.version}", discussed_on=today)),
        Move.ANSWER_SUPPORT: lambda c: follow(c, changed(c, None, answer=word(SupportAnswer))),
        Move.SUPPORT_CHANGED: lambda c: follow(c, changed(c, ACCEPTED, given=word(SupportGiven))),
        Move.SERVE_NOTICE: lambda c: approach(c, served(c, today, choice), today),
        Move.ACKNOWLEDGE_NOTICE: lambda c: approach(c, next_of(c, acknowledged_on=today, stands_from=today), today),
        Move.REQUIRE_ACTION: lambda c: last(c, pass_time(c, today)),
        Move.APPROACH_CHANGED: lambda c: approach(c, next_of(c, ended="withdrawn"), today),
        Move.OPEN_REVIEW: lambda c: life.open_review(c, context),
        Move.REVIEW_ACTIONS: lambda c: talk(c, word(ReviewOutcome), word(SupportsStanding), today),
        Move.ESCALATE: lambda c: life.escalate(c, context),
        Move.RECOMMEND: lambda c: recommended(
            c, a_recommendation(c.version, kind=word(RecommendationKind), shared_on=today)
        ),
        Move.HOLD: lambda c: life.hold(c, word(HoldReason), context),
        Move.RELEASE: lambda c: life.release(c, word(HoldReason), context),
        Move.MERGE: lambda c: life.merge(c, a_concern(word(Lane), concern_id="other"), context, now),
        Move.REOPEN: lambda c: life.reopen(c, ("one", "new")[choice.days(0, 1)], context),
        Move.RECORD_VIEW: lambda c: see(c, ViewFact(c.progress.view_version + choice.days(0, 1), word(View), today)),
        Move.ACKNOWLEDGE_IN_SESSION: lambda c: follow_acknowledgement(c, today, today) or c,
        Move.INVITE_TO_SHARE: lambda c: life.invite_to_share(c, context),
        Move.ANSWER_INVITATION: lambda c: life.answer_invitation(c, word(InvitationAnswer), context),
        Move.SNOOZE: lambda c: life.snooze(c, c.owner or context.by, today + timedelta(days=1), context),
        Move.HAND_OVER: lambda c: life.hand_over(c, context.by, context),
    }


def follow(concern: Concern, fact: Support | None) -> Concern:
    """Return the concern after it followed the register of supports. Nothing is refused: it may stay as it is."""
    change = follow_support(concern, fact) if fact else None
    return change[1] if change else concern


def served(concern: Concern, today: date, choice: Choice) -> ApproachFact:
    """Return a change to required action that is served now, with an action."""
    stands_from, due_on = today + timedelta(days=7), today + timedelta(days=7 + choice.days(1, 9))
    at = NOW + timedelta(days=(today - TODAY).days, seconds=concern.version)
    change = an_approach(change_id=f"c{concern.version}", served_on=today, served_at=at, stands_from=stands_from)
    return replace(change, actions=(RequiredFact(f"a{concern.version}", choice.word(RequiredAction), due_on),))


def next_of(concern: Concern, **changes: Any) -> ApproachFact | None:
    """Return the next version of the change that applies."""
    notice = concern.progress.notice
    known = [fact for fact in concern.progress.approaches if notice and fact.change_id == notice.change_id]
    return replace(known[0], version=known[0].version + 1, **changes) if known else None


def approach(concern: Concern, said: ApproachFact | None, today: date) -> Concern:
    """Return the concern after it followed a change of approach. Nothing is refused: it may stay as it is."""
    return last(concern, follow_approach(concern, said, today)) if said else concern


def talk(concern: Concern, outcome: ReviewOutcome, supports: SupportsStanding, today: date) -> Concern:
    """Return the concern after a review of its required action. Nothing is refused: it may stay as it is."""
    action = concern.progress.action
    if action is None:
        return concern
    known: dict[str, Any] = {"review_id": f"r{concern.version}", "action_id": action.action_id, "due_on": action.due_on}
    return talked(concern, a_review(outcome.value, today, supports=supports, **known))


def last(concern: Concern, moves: Iterator[tuple[Move, str, Concern]]) -> Concern:
    """Return the concern after the last of several moves."""
    for _move, _word, after in moves:
        concern = after
    return concern


def see(concern: Concern, said: ViewFact) -> Concern:
    """Return the concern after it followed the Safeguarder's view. Nothing is refused."""
    return follow_view(concern, said) or concern


def changed(concern: Concern, at: SupportAnswer | None, **changes: Any) -> Support | None:
    """Return the next version of the first support that stands at an answer, and that nobody gave yet."""
    waiting = [one for one in concern.progress.supports if one.answer is at and one.given is None]
    if not waiting:
        return None
    first = waiting[0]
    known = a_support(first.version + 1, support_id=first.support_id, discussed_on=first.discussed_on, answer=at)
    return replace(known, **changes)


class AnyOrder(RuleBasedStateMachine):
    """One concern on which everything is tried, one thing after another, day by day."""

    @initialize(lane=st.sampled_from(list(Lane)) | st.just(Lane.SUPPORT_NEED))
    def raised(self, lane: Lane) -> None:
        self.concern = a_concern(lane)
        self.days = 0
        self.evidence: tuple[EvidenceFact, ...] = EVIDENCE
        self.done: list[Move] = []
        self.escalated_on: tuple[EvidenceFact, ...] = ()
        self.stood = State.RAISED

    def _around(self, by: str) -> MoveContext:
        return MoveContext(TODAY + timedelta(days=self.days), by, self.evidence)

    @rule(days=st.integers(1, 20))
    def days_pass(self, days: int) -> None:
        self.days += days

    @rule(data=st.data(), by=PEOPLE)
    def anything_is_tried(self, data: st.DataObject, by: str) -> None:
        self._try(data.draw(st.sampled_from(list(Move))), anything(data.draw), by)

    @rule(data=st.data(), by=PEOPLE)
    def something_allowed_is_done(self, data: st.DataObject, by: str) -> None:
        context = self._around(by)
        moves = [move for move in Move if blocking_guard(self.concern, move, context) is None]
        ends = (Move.DISMISS, Move.CLOSE, Move.MERGE, Move.HOLD, Move.APPROACH_CHANGED)
        further = [move for move in moves if move not in ends]
        self._try(data.draw(st.sampled_from(further or moves or list(Move))), anything(data.draw), by)

    @rule(by=PEOPLE)
    def the_next_step_of_the_way_is_taken(self, by: str) -> None:
        context = self._around(by)
        step = next((move for move in WAY if self._leads_on(move, context)), Move.ACKNOWLEDGE)
        self._try(step, on_the_way(self.concern, context.today), by)

    def _leads_on(self, move: Move, context: MoveContext) -> bool:
        supports = self.concern.progress.supports
        waits = {
            Move.START_SUPPORT: not supports and self.concern.state is State.ACKNOWLEDGED,
            Move.ANSWER_SUPPORT: any(one.answer is None for one in supports),
            Move.SUPPORT_CHANGED: any(one.answer is ACCEPTED and one.given is None for one in supports),
            Move.SERVE_NOTICE: self.concern.state is State.IN_SUPPORT and self.concern.progress.notice is None,
            Move.ACKNOWLEDGE_NOTICE: self._awaits_acknowledgement(),
            Move.RECOMMEND: self.concern.state is State.ESCALATED,
            Move.REVIEW_ACTIONS: self.concern.state is State.ACTION_REVIEW and self.concern.progress.review is None,
            Move.REQUIRE_ACTION: last(self.concern, pass_time(self.concern, context.today)) is not self.concern,
        }
        return waits.get(move, True) and blocking_guard(self.concern, move, context) is None

    def _awaits_acknowledgement(self) -> bool:
        notice = self.concern.progress.notice
        return notice is not None and notice.acknowledged_on is None

    def _try(self, move: Move, choice: Choice, by: str) -> None:
        before, context = self.concern, self._around(by)
        allowed = blocking_guard(before, move, context) is None
        try:
            after = calls(context, choice)[move](before)
        except Refusal as refusal:
            if not allowed:
                told = refusal.metadata["allowed"]
                assert told == (", ".join(allowed_moves(before, context)) or "nothing")
            return
        if after is before:
            return
        assert allowed, f"{move} got past its guard"
        self._note(move, before, after, by)

    def _note(self, move: Move, before: Concern, after: Concern, by: str) -> None:
        if move is Move.HOLD and before.state is not State.HELD:
            self.stood = before.state
        if move in (Move.START_SUPPORT, *FROM_THE_RECORD) and after.progress.hold:
            # What the record says meanwhile leads on from where the concern stood.
            assert after.state is State.HELD
            self.stood = after.progress.hold.stood
        if before.state is State.HELD and after.state is not State.HELD:
            assert after.state is self.stood
        if move is Move.ESCALATE:
            sound = {EvidenceClass.STANDARD, EvidenceClass.SAFETY}
            self.escalated_on = tuple(fact for fact in self.evidence if fact.evidence_class in sound)
            assert before.state is State.ACTION_REVIEW
        if move is Move.RECOMMEND:
            stood = before.progress.hold.stood if before.progress.hold else before.state
            assert stood in AFTER_ACTION
        if move is Move.REOPEN:
            assert after.progress.reopened_on == "new"
            self.done = []
        if move is Move.START_SUPPORT and before.progress.action and not after.progress.action:
            self.done = [done for done in self.done if done is Move.ANSWER_SUPPORT]
        self.done.append(move)
        self.concern = after

    @rule(second=st.sampled_from(list(EvidenceClass)), source=st.sampled_from((Source.SHERIFF, Source.PANEL_MEMBER)))
    def evidence_changes(self, second: EvidenceClass, source: Source) -> None:
        self.evidence = (EVIDENCE[0], replace(EVIDENCE[1], evidence_class=second, source=source))

    @rule()
    def evidence_comes(self) -> None:
        came = NOW + timedelta(days=self.days, hours=1)
        self.evidence = (*EVIDENCE, an_item("new", came.date(), recorded_at=came))

    @rule(speaks=st.booleans())
    def rules_are_asked_again(self, speaks: bool) -> None:
        before = self.concern
        if not before.is_open:
            return
        seen = EvaluationContext(before.evaluation_id, "another", TODAY, NOW)
        answer = an_answer(before.answer.lane)
        self.concern = update(before, answer, seen) if speaks else propose_closing(before)
        for name in ("state", "owner", "next_on", "reason", "progress", "ended_at", "raised_at"):
            assert getattr(self.concern, name) == getattr(before, name)

    @rule(note=st.sampled_from(("", "enquiries", "court")))
    def a_note_is_begun_or_takes_effect(self, note: str) -> None:
        before = self.concern
        for move, after in life.wait_for_note(before, note, self._around("calendar")):
            self._note(move, self.concern, after, "calendar")
        hold = self.concern.progress.hold
        assert hold is None or hold.note in ("", note)
        for name in ("supports", "notice", "review", "escalated_by", "recommendation", "view"):
            assert getattr(self.concern.progress, name) == getattr(before.progress, name)

    @invariant()
    def what_waits_for_a_note_is_held_and_is_no_matter_of_safety(self) -> None:
        hold = self.concern.progress.hold
        if hold is not None and hold.note:
            assert self.concern.state is State.HELD
            assert HoldReason.PRACTICE_UNCLEAR in hold.reasons
            assert self.concern.answer.lane in life.MAY_WAIT

    @invariant()
    def support_comes_before_sanction(self) -> None:
        if self.concern.state in AFTER_SUPPORT:
            assert Move.ANSWER_SUPPORT in self.done
            assert Move.SERVE_NOTICE in self.done

    @invariant()
    def no_escalation_without_a_review_of_actions_and_more_than_one_source(self) -> None:
        if self.concern.state in AFTER_ACTION:
            assert Move.REVIEW_ACTIONS in self.done
            action, review = self.concern.progress.action, self.concern.progress.review
            assert action is not None and review is not None  # noqa: PT018  one fact
            assert action.is_overdue(review.held_on)
            if self.concern.answer.lane is not Lane.SAFETY:
                assert how_many_source_types(self.escalated_on) > 1

    @invariant()
    def a_duty_of_the_teams_and_praise_never_become_a_matter_of_practice(self) -> None:
        if self.concern.answer.lane in (Lane.DATA_GAP, Lane.EXCELLENCE):
            assert self.concern.state not in (State.IN_SUPPORT, *AFTER_SUPPORT)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=part_of(200), stateful_step_count=50, deadline=None)
