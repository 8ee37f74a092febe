"""Whatever both sides do, in any order: no path leads from silence to agreement, and no version is lost or changed."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.calendar_days import london_today
from services.evidence.domain.plans import life_of_a_plan as life
from services.evidence.domain.plans.contents import Carried, Contents, Part, Reasons, Term, contents_of, missing
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.plans.strength import Named, Strength
from services.evidence.domain.plans.term_plan import History, PlanVersion, TermPlan, VersionState, history_of
from services.evidence.domain.standing import DaysAway, Standing, standing_of
from services.refusals import Refusal
from tests.evidence.plans.build import MANAGER, NOW, NUMBERS, PERSON, TODAY, later, proposed

TERM = Term(1, TODAY - timedelta(days=30))
BOTH = st.sampled_from([PERSON, MANAGER])


class AnyOrder(RuleBasedStateMachine):
    """Random moves of both sides on one plan, allowed or not, by what they read now or read before."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0
        self.parts: list[Part] = []
        self.rows: list[TermPlan] = [TermPlan("sg-one", TERM, NOW)]
        self.away: list[DaysAway] = []
        self.read: dict[Actor, str] = {PERSON: "", MANAGER: ""}
        self.said: set[tuple[str, str]] = set()
        """The side and the hash of each confirmation that somebody made."""
        self.first_seen: dict[int, PlanVersion] = {}

    @property
    def today(self) -> date:
        return TODAY + timedelta(days=self.passed)

    @property
    def plan(self) -> TermPlan:
        return self.rows[-1]

    @property
    def contents(self) -> Contents:
        return contents_of(TERM, self.parts, self.plan.reasons)

    @property
    def history(self) -> History:
        return history_of(self.rows)

    def answering(self) -> Standing | None:
        given = self.plan.time_to_answer
        return standing_of(given, self.away, None, self.today) if given else None

    def attempt(self, who: Actor, move: Callable[[Actor], TermPlan]) -> None:
        before, actor = self.plan, later(who, days=self.passed)
        try:
            after = move(actor)
        except Refusal:
            return
        if after is not before:
            assert after.version == before.version + 1
            self.rows.append(after)

    @rule(days=st.integers(0, 20))
    def time_passes(self, days: int) -> None:
        self.passed += days

    @rule(days=st.integers(1, 30))
    def the_safeguarder_is_away(self, days: int) -> None:
        if not self.away or self.away[-1].last_on is None or self.away[-1].last_on < self.today:
            self.away.append(DaysAway(self.today, self.today + timedelta(days=days)))

    @rule(who=BOTH)
    def somebody_names_a_strength(self, who: Actor) -> None:
        named = Named("S2", "Each child knows when they come again.")
        now = later(who, days=self.passed).now
        self.parts.append(Strength(f"s{len(self.parts)}", "sg-one", named, who.side, who.person, now, now))

    @rule(who=BOTH)
    def somebody_names_a_need(self, who: Actor) -> None:
        now = later(who, days=self.passed).now
        named = Named("S2", "To speak with each agency.", ("e1",))
        self.parts.append(Need(f"n{len(self.parts)}", "sg-one", named, who.side, who.person, now, now))

    @rule(who=BOTH)
    def somebody_proposes_an_action_for_each_need(self, who: Actor) -> None:
        needs = tuple(part.need_id for part in self.parts if isinstance(part, Need))
        self.parts = [part for part in self.parts if part.part_id != "a1"]
        self.parts.append(proposed(by=who, needs=needs))

    @rule()
    def the_manager_gives_reasons(self) -> None:
        needs = [part.need_id for part in self.parts if isinstance(part, Need)]
        given = Reasons("None yet.", "We meet again.", tuple(Carried(need_id, "In March.") for need_id in needs))
        self.attempt(MANAGER, lambda actor: life.give_reasons(self.plan, given, actor))

    @rule(who=BOTH)
    def somebody_reads_the_plan(self, who: Actor) -> None:
        self.read[who] = self.contents.hash

    @rule(who=BOTH)
    def somebody_confirms_what_they_read(self, who: Actor) -> None:
        def move(actor: Actor) -> TermPlan:
            life.check_read(self.read[who], self.contents)
            life.check_complete(self.parts, self.plan.reasons)
            after = life.confirm(self.plan, self.contents, self.history.last_number, actor, NUMBERS)
            assert not missing(self.parts, self.plan.reasons)
            self.said.add((who.side, self.read[who]))
            return after

        self.attempt(who, move)

    @rule(who=BOTH)
    def somebody_puts_it_in_force_without_an_answer(self, who: Actor) -> None:
        answering = self.answering()
        before = self.plan
        self.attempt(who, lambda actor: life.put_in_force(before, self.contents, answering, actor))
        if self.plan is not before:
            assert who is MANAGER
            assert answering is not None
            assert answering.is_over(self.today), "the Safeguarder had all their time, and was not away"

    @invariant()
    def nobody_confirmed_but_who_said_so(self) -> None:
        for version in self.history.versions:
            for side, confirmed in (("safeguarder", version.safeguarder), ("support_manager", version.support_manager)):
                assert confirmed is None or (side, version.contents.hash) in self.said

    @invariant()
    def silence_is_never_agreement(self) -> None:
        for version in self.history.versions:
            if version.in_force_at is None:
                continue
            assert version.support_manager is not None
            assert version.without_answer is (version.safeguarder is None)
            if version.safeguarder is None:
                asked_on, since = london_today(version.support_manager.at), london_today(version.in_force_at)
                assert (since - asked_on).days > NUMBERS.plan_answer_working_days

    @invariant()
    def no_version_is_lost_or_changed(self) -> None:
        versions = self.history.versions
        assert [version.number for version in versions] == list(range(len(versions), 0, -1))
        for version in versions:
            first = self.first_seen.setdefault(version.number, version)
            assert (version.contents, version.term) == (first.contents, first.term)
            for side in (PERSON.side, MANAGER.side):
                assert first.confirmed_by(side) in (None, version.confirmed_by(side))
            assert first.in_force_at in (None, version.in_force_at)

    @invariant()
    def one_version_is_in_force_at_most_and_a_final_plan_stays_final(self) -> None:
        history = self.history
        states = [history.state_of(version, TERM, self.contents) for version in history.versions]
        assert states.count(VersionState.IN_FORCE) == int(self.plan.is_final)
        assert states.count(VersionState.AWAITED) <= 1
        assert [row.is_final for row in self.rows] == sorted(row.is_final for row in self.rows)


TestVersionsInAnyOrder = AnyOrder.TestCase
