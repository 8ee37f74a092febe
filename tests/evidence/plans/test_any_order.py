"""Whatever both sides do, in any order: what can never come of silence, and what is never lost (D15)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.evidence.domain.plans import life_of_a_support as supports
from services.evidence.domain.plans import life_of_an_action as actions
from services.evidence.domain.plans.action import OUTCOMES, Action, ActionAnswer, ActionState, Basis
from services.evidence.domain.plans.plan import TimedSupport, support_owed
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.plans.support import Received, Support, SupportAnswer, SupportState
from services.refusals import Refusal
from tests.evidence.plans.build import (
    MANAGER,
    NUMBERS,
    PERSON,
    TEAM,
    answering,
    denying,
    in_time,
    later,
    offered,
    proposed,
)

WORDS = st.sampled_from(["", "I see it otherwise."])
STAFF = st.sampled_from([MANAGER, TEAM])
ANYBODY = st.sampled_from([PERSON, MANAGER, TEAM])
P = TypeVar("P", Action, Support)


class AnyOrder(RuleBasedStateMachine):
    """Random moves of everybody on one action and one support, allowed or not."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0
        self.action, self.support = proposed(), offered()
        self.versions: dict[tuple[str, int], Action | Support] = {}
        self.said: set[str] = set()
        """What the Safeguarder said, or somebody entered for them by name."""
        self.held_on: list[date] = []
        self.keep(self.action)
        self.keep(self.support)

    def now(self, actor: Actor) -> Actor:
        return later(actor, days=self.passed)

    def keep(self, part: Action | Support) -> None:
        self.versions[part.part_id, part.version] = part

    def attempt(self, before: P, move: Callable[[], P]) -> P:
        try:
            after = move()
        except Refusal:
            return before
        if after is not before:
            assert after.version == before.version + 1
            self.keep(after)
        return after

    @rule(days=st.integers(0, 40))
    def time_passes(self, days: int) -> None:
        self.passed += days

    @rule()
    def a_session_is_held(self) -> None:
        self.held_on.append(self.now(MANAGER).today)

    @rule(who=ANYBODY, given=st.sampled_from(ActionAnswer), words=WORDS)
    def somebody_answers_the_action(self, who: Actor, given: ActionAnswer, words: str) -> None:
        before = self.action
        self.action = self.attempt(before, lambda: actions.answer(before, given, words, self.now(who)))
        if self.action is not before:
            assert who is PERSON, "the manager proposed it, so nobody else can answer"
            self.said.add(given)

    @rule(who=STAFF)
    def staff_set_the_action(self, who: Actor) -> None:
        before = self.action
        self.action = self.attempt(
            before, lambda: actions.set_action(before, "Because.", answering(before), self.now(who), NUMBERS)
        )

    @rule(days=st.integers(-30, 200))
    def the_day_is_moved(self, days: int) -> None:
        before, actor = self.action, self.now(MANAGER)
        later_day = actions.Later(actor.today + timedelta(days=days), "One is missing.")
        self.action = self.attempt(
            before, lambda: actions.change_date(before, later_day, in_time(before), actor, NUMBERS)
        )

    @rule(who=ANYBODY, words=WORDS)
    def somebody_says_it_is_done(self, who: Actor, words: str) -> None:
        before = self.action
        self.action = self.attempt(before, lambda: actions.offer_completion(before, words, (), self.now(who)))

    @rule(who=ANYBODY, outcome=st.sampled_from(OUTCOMES))
    def somebody_ends_the_action(self, who: Actor, outcome: ActionState) -> None:
        before, actor = self.action, self.now(who)
        timed = TimedSupport(self.support, answering(self.support), denying(self.support))
        owed = support_owed(before, [timed], actor.today)
        ending = actions.Ending(outcome, "We looked at it.")
        self.action = self.attempt(before, lambda: actions.close(before, ending, in_time(before), owed, actor))
        if self.action is not before and outcome is ActionState.NOT_MET:
            assert not self.support.is_owed
            assert self.action.due_on < actor.today

    @rule(who=ANYBODY, given=st.sampled_from(SupportAnswer), words=WORDS)
    def somebody_answers_the_support(self, who: Actor, given: SupportAnswer, words: str) -> None:
        before, actor = self.support, self.now(who)
        asked = supports.Asked(answering(before), self.held_on)
        answered = self.attempt(before, lambda: supports.answer(before, given, words, asked, actor, NUMBERS))
        if answered is not before and given is not SupportAnswer.NONE_GIVEN:
            assert (answered.answer_entered_by == "") is (who.side is Side.SAFEGUARDER), "who entered it is named"
            self.said.add(given)
        self.support = answered

    @rule(who=STAFF, days=st.integers(-10, 100))
    def the_team_promises(self, who: Actor, days: int) -> None:
        before, actor = self.support, self.now(who)
        day = actor.today + timedelta(days=days)
        self.support = self.attempt(before, lambda: supports.promise(before, day, "It is full.", actor, NUMBERS))

    @rule(who=STAFF, outcome=st.sampled_from(SupportState), days=st.integers(0, 60))
    def the_team_records(self, who: Actor, outcome: SupportState, days: int) -> None:
        before, actor = self.support, self.now(who)
        said = supports.Recorded(outcome, actor.today - timedelta(days=days), "It is full.")
        self.support = self.attempt(before, lambda: supports.record(before, said, actor, NUMBERS))

    @rule(received=st.sampled_from(Received))
    def the_safeguarder_confirms(self, received: Received) -> None:
        before, actor = self.support, self.now(PERSON)
        self.support = self.attempt(before, lambda: supports.confirm(before, received, "", denying(before), actor))

    @invariant()
    def silence_is_never_agreement(self) -> None:
        if self.action.basis in (Basis.AGREED, Basis.PARTLY):
            assert self.action.basis.value in self.said
        if self.action.basis is Basis.SET and not self.action.safeguarder_words:
            asked, opened_on = self.versions["a1", 1], self.action.opened_on
            assert isinstance(asked, Action)
            assert asked.answer_due_on is not None
            assert opened_on is not None
            assert self.action.asked_on == asked.created_at.date()
            assert asked.answer_due_on < opened_on, "they had all their time to answer"
        if self.support.state in (SupportState.ACCEPTED, SupportState.DECLINED):
            assert self.support.state.value in self.said

    @invariant()
    def what_was_given_or_owed_was_accepted(self) -> None:
        if self.support.state in (SupportState.DELIVERED, SupportState.NOT_DELIVERED):
            assert SupportAnswer.ACCEPTED in self.said

    @invariant()
    def every_moved_day_is_later_and_none_is_lost(self) -> None:
        days = [due.day for due in self.action.due_days]
        assert days == sorted(set(days))
        first = self.versions["a1", 1]
        assert isinstance(first, Action)
        assert self.action.due_days[0] == first.due_days[0]

    @invariant()
    def a_promise_only_moves_later(self) -> None:
        promised, first = self.support.promised_on, self.support.first_promised_on
        assert (promised is None) is (first is None)
        if promised is not None and first is not None:
            assert first <= promised

    @invariant()
    def no_version_is_lost(self) -> None:
        for part in (self.action, self.support):
            kept = [version for part_id, version in self.versions if part_id == part.part_id]
            assert kept == list(range(1, part.version + 1))


TestAnyOrder = AnyOrder.TestCase
