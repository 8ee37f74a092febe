"""What the rules answer about one person over a span of days, each moment as it was known then.

The answers are the same as asking every rule at every moment. A property test holds this. For speed, each rule is asked
only at the moments at which its answer may change:
- One of its measures has another value, as its series says.
- A line, a rule or an edition comes into force.
- A number of days passes its line.
- A condition has held for as many days as the rule asks.
- Another rule, whose concerns it counts, answers otherwise.
- Where a guard or another rule looks at the items behind an answer: an item or a duty becomes known, starts to count,
  is replaced by its next version or leaves a window.

People's decisions are not forecast. A raised concern stays open, and its rule may stop and start being raised again.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import islice

from services.calendar_days import months_later
from services.rules.domain.closed_lists import Answer, Counts, EvidenceClass, Lane, Truth
from services.rules.domain.evaluation.answering import (
    PASSING_DAYS,
    RISING,
    Answering,
    answer_of,
    held_back,
    is_always_asked,
    passing_days,
    subjects,
)
from services.rules.domain.evidence.countability import counts_from
from services.rules.domain.evidence.measures import ONE_DAY, Measured
from services.rules.domain.evidence.team_duties import open_duties
from services.rules.domain.evidence.timeline import (
    Moment,
    arrival,
    spoken_to,
    start_of,
)
from services.rules.domain.facts import CaseFile, ConcernKey, EvidenceFact
from services.rules.domain.forecasts.near import is_one_step_away
from services.rules.domain.forecasts.person_series import Known, PersonSeries
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.series import Series
from services.rules.domain.forecasts.spells import Answers, SpellsByKey, series_of_concerns, sum_of
from services.rules.domain.forecasts.walk import Stay, Walk
from services.rules.domain.rulebook.conditions import All, Comparison, Condition
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import InForce, Rule


class PersonForecast:
    """A forecast for one person over a span of days. No concern is open at its beginning.

    `known`: what has been worked out about the same person and span before. What is worked out here is added to it.

    Raises EvidenceNeeded, from every method, if `known` comes without evidence and an answer needs it.
    """

    def __init__(self, scope: ForecastScope, case_file: CaseFile, span: Span, known: Known | None = None) -> None:
        self._scope = scope
        self._rulebook = scope.rulebook
        self._person = case_file.person
        self._span = Span(max(span.since, case_file.person.appointed_on), span.until)
        # Rules that count concerns need the answers of other rules. If they can never hold in the span, none is needed.
        out_of_time = all(_is_out_of_reach(rule.when, self._never_passes) for rule in scope.second)
        self._rules = scope.alone if out_of_time else scope.rules
        self._answers: dict[ConcernKey, Answers] = {}
        self._followed: set[str] = set()
        self._concerns: dict[str, Series] = {}
        self._series = PersonSeries(scope, case_file, span, self._rules, known or Known())

    @cached_property
    def spells(self) -> SpellsByKey:
        """The spells of each rule and subject that is ever raised."""
        if self._person.serving and self._span.since <= self._span.until:
            # Rules that count concerns come last in the scope: they read the answers of those before them.
            for rule in self._rules:
                # Of a rule that is only counted, no more than its number is needed, which may be known.
                if rule.rule_id in self._scope.wanted or self._scope.guarded:
                    self._follow_all(rule)
        wanted = [(key, answers) for key, answers in self._answers.items() if key.rule_id in self._scope.wanted]
        return {key: spells for key, answers in wanted if (spells := answers.spells())}

    def _follow_all(self, rule: Rule) -> None:
        """Follow a rule about each of its subjects, unless that was done."""
        if rule.rule_id in self._followed:
            return
        for subject in self._series.subjects(rule):
            if not _is_out_of_reach(rule.when, partial(self._is_never_met, subject)):
                self._answers[ConcernKey(rule.rule_id, subject)] = self._follow(rule, subject)
        self._followed.add(rule.rule_id)

    def _answers_of(self, names: Set[str]) -> Mapping[ConcernKey, Answers]:
        """Return the answers of some rules that are counted."""
        for rule in self._rules:
            if rule.rule_id in names:
                self._follow_all(rule)
        return {key: answers for key, answers in self._answers.items() if key.rule_id in names}

    def _is_never_met(self, subject: str, comparison: Comparison) -> bool:
        """Return whether a measure stays on the wrong side of its line in the whole span, whatever its line.

        Most rules and subjects end here. False for a measure of concerns, which is not known yet.
        """
        wanted, numbers = self._rulebook.measures[comparison.measure], self._scope.numbers[comparison.parameter]
        if wanted.counts in PASSING_DAYS or wanted.counts is Counts.CONCERNS_RAISED:
            return self._never_passes(comparison)
        known = [value for value in self._series.of(wanted, subject).values if value is not None]
        if not known:
            return True
        return max(known) < min(numbers) if comparison.comparator in RISING else min(known) > max(numbers)

    def _never_passes(self, comparison: Comparison) -> bool:
        """Return whether a number of days stays on the wrong side of its line to the end of the span.

        False for measures that do not count days that pass.
        """
        counts = self._rulebook.measures[comparison.measure].counts
        numbers, rising = self._scope.numbers[comparison.parameter], comparison.comparator in RISING
        if counts is Counts.DAYS_SINCE_APPOINTED:
            return rising and (self._span.until - self._person.appointed_on).days < min(numbers)
        if counts is Counts.DAYS_TO_TERM_END:
            return not rising and (self._person.term_ends_on - self._span.until).days > max(numbers)
        return False

    def near(self) -> Iterator[ConcernKey]:
        """Yield what is one step from changing at the end of the span: from being raised, or from no longer being."""
        if not self._person.serving:
            return
        # One microsecond before the span ends is the last moment in it.
        last = Moment(self._span.until, self._span.end.known_at - timedelta(microseconds=1))
        terms = self._rulebook.in_force(last.on)
        for rule in self._rules:
            if rule.rule_id in self._scope.wanted and self._scope.is_live(rule, terms):
                keys = (ConcernKey(rule.rule_id, subject) for subject in self._series.subjects(rule))
                yield from (key for key in keys if self._is_near(rule, key, last, terms))

    def _is_near(self, rule: Rule, key: ConcernKey, last: Moment, terms: InForce) -> bool:
        raised = key in self.spells and self.spells[key][-1].ended_on is None
        condition = rule.gone_when if raised else rule.when

        def value_of(name: str) -> int | None:
            wanted = self._rulebook.measures[name]
            if wanted.counts in PASSING_DAYS:
                return passing_days(self._person, wanted.counts, last.on)
            of_concerns = wanted.counts is Counts.CONCERNS_RAISED
            series = self._of_concerns(wanted) if of_concerns else self._series.of(wanted, key.subject)
            return series.values[-1]

        return is_one_step_away(condition, value_of, terms.lines, self._rulebook.measures)

    def _series_of(self, rule: Rule, subject: str) -> Mapping[str, Series]:
        """Return the series of a rule's measures about a subject, by name. Those that count days have none."""
        wanted = [self._rulebook.measures[name] for name in rule.measures]
        return {
            measure.name: self._of_concerns(measure)
            if measure.counts is Counts.CONCERNS_RAISED
            else self._series.of(measure, subject)
            for measure in wanted
            if measure.counts not in PASSING_DAYS
        }

    def _of_concerns(self, wanted: Measure) -> Series:
        """Return the series of a measure of concerns: of the rules wanted, and of others that it counts."""
        found = self._concerns.get(wanted.name)
        if found is None:
            counted, key = self._scope.counted(wanted.lanes), self._scope.others_key(wanted)
            others = self._series.known(key)
            if others is None:
                others = self._series.remember(key, self._raised(wanted, counted - self._scope.wanted))
            found = sum_of(others, self._raised(wanted, counted & self._scope.wanted))
            self._concerns[wanted.name] = found
        return found

    def _raised(self, wanted: Measure, names: Set[str]) -> Series:
        """Return how many of some rules raise a concern, as a measure counts it."""
        answers = self._answers_of(names).items()
        of_lanes = [(self._rulebook.rule(key.rule_id).lane, found) for key, found in answers if found.moments]
        for_safety = wanted.name in self._rulebook.for_safety
        waits = not for_safety and any(lane is Lane.SAFETY for lane, _ in of_lanes)
        return series_of_concerns(of_lanes, for_safety, self._told if waits else (), start_of(self._span.since))

    def _follow(self, rule: Rule, subject: str) -> Answers:
        """Return a rule's answers about a subject over the span. Once raised, its concern stays open."""
        answers, is_open = Answers(), False
        key = ConcernKey(rule.rule_id, subject)
        walk = Walk(self._scope, self._person, self._span, key, self._series_of(rule, subject))
        if not self._follows_from_values(rule):
            return self._follow_closely(walk)
        for moment, truths in walk.steps.items():
            raised = truths is not None and answer_of(truths, is_open, _at_once) is Answer.RAISED
            if raised and not is_open:
                is_open = True
                if truths is None or answer_of(truths, is_open, _at_once) is not Answer.RAISED:
                    return self._follow_closely(walk)
            answers.note(moment, raised, ())
        return answers

    def _follows_from_values(self, rule: Rule) -> bool:
        """Return whether a rule's answers follow from the values of its measures alone."""
        return is_always_asked(rule) and not rule.holds_for and not self._scope.needs_items_of(rule)

    def _follow_closely(self, walk: Walk) -> Answers:
        """Return a rule's answers as `_follow` does, from the items too where the values do not say them."""
        answers, is_open = Answers(), False
        moments = sorted(self._moments(walk))
        place = 0
        while place < len(moments):
            moment = moments[place]
            place += 1
            walk.go_to(moment)
            if not walk.is_new and not self._may_differ(walk, is_open):
                continue
            raised, rests_on = self._ask(walk, is_open)
            answers.note(moment, raised, rests_on)
            if raised and not is_open:
                is_open = True
                if not self._ask(walk, is_open)[0]:
                    # What clears it holds already, so it ends when the live path asks again, which nothing else marks.
                    following = self._next_asked(moment)
                    if following < self._span.end and following not in moments:
                        insort(moments, following)
                        walk.steps[following] = walk.truths
        return answers

    def _may_differ(self, walk: Walk, is_open: bool) -> bool:
        """Return whether an answer may differ from the one before although no value has changed."""
        if is_open:
            return self._scope.needs_items_of(walk.rule)
        return walk.truths is not None and walk.truths.when is Truth.YES

    def _ask(self, walk: Walk, is_open: bool) -> tuple[bool, tuple[EvidenceFact, ...]]:
        """Return whether a rule is raised where a walk stands, and the items behind it where anything needs them."""
        rule, subject, moment, truths = walk.rule, walk.subject, walk.moment, walk.truths
        if truths is None:
            return False, ()
        raised = answer_of(truths, is_open, walk.is_sustained) is Answer.RAISED
        raised = raised and (is_open or self._is_asked(rule, subject, moment))
        if not raised or not self._scope.needs_items_of(rule):
            return raised, ()
        asked = _AtMoment(self, moment)
        kept_open = truths.when is not Truth.YES
        rests_on = asked.rests_on(rule, asked.all_measured(rule, subject), kept_open)
        kept = rests_on if rule.rule_id in self._scope.keeps_items_of else ()
        return held_back(rule.lane, rests_on) is None, kept

    def _is_asked(self, rule: Rule, subject: str, moment: Moment) -> bool:
        # Subjects come from every version ever known; on the live path, only from those known at the moment.
        if is_always_asked(rule):
            return True
        known = (version for version in self._series.timeline.about(subject) if version.known <= moment < version.ended)
        return subject in subjects(rule, (), spoken_to(known, self._rulebook.derived_read_by(rule)))

    def _moments(self, walk: Walk) -> Collection[Moment]:
        """Return the first moment of the span, and all later ones in it at which the answer may change."""
        rule, subject = walk.rule, walk.subject
        if self._follows_from_values(rule):
            return walk.steps.keys()
        holding = walk.holding()
        if not holding:
            return ()
        found = set(walk.steps)
        if rule.holds_for:
            # What is asked of everybody and has no guard is raised in the first, and stays open.
            at_once = is_always_asked(rule) and not self._scope.needs_items_of(rule)
            walk.sustained = list(islice(self._sustained(rule, subject, holding), 1 if at_once else None))
            found.update(since for since, _ in walk.sustained)
        if self._scope.needs_items_of(rule):
            found |= self._span.within(self._days_of_evidence(rule, subject), self._changes(rule, subject))
        if not is_always_asked(rule):
            about = self._series.timeline.about(subject)
            found |= self._span.within((), (edge for version in about for edge in (version.known, version.ended)))
        return found

    def _sustained(self, rule: Rule, subject: str, holding: Sequence[Stay]) -> Iterator[Stay]:
        """Yield the stays in which a condition has held for as many days as the rule asks, as known at each moment.

        While it holds and nothing more becomes known, each day only adds to the days on which it held.
        """
        changes = sorted(set(self._changes(rule, subject)))
        for since, until in holding:
            known = [since, *changes[bisect_right(changes, since) : bisect_left(changes, until)]]
            for moment, following in zip(known, (*known[1:], until), strict=True):
                first = max(moment, start_of(_AtMoment(self, moment).sustained_on(rule, subject)))
                if first < following:
                    yield first, following

    def _changes(self, rule: Rule, subject: str) -> Iterator[Moment]:
        """Yield the moments at which other items are known, count or are replaced, or other duties are known."""
        for wanted in [self._rulebook.measures[name] for name in rule.measures]:
            if wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
                yield from (arrival(duty.recorded_at) for duty in self._series.duties)
            elif wanted.of_items:
                for version in self._series.timeline.ever_countable(wanted, subject):
                    yield from (version.counts, version.adverse, version.for_safety, version.ended)

    @cached_property
    def _told(self) -> frozenset[Moment]:
        """The moments in the span from which safety items count outside their lane, so that other rules count them."""
        safety = (v for v in self._series.timeline.versions if v.fact.evidence_class is EvidenceClass.SAFETY)
        first, end = start_of(self._span.since), self._span.end
        return frozenset(version.adverse for version in safety if first < version.adverse < end)

    def _days_of_evidence(self, rule: Rule, subject: str) -> Iterator[date]:
        """Yield the days on which passing time alone may change the items counted, or make a duty overdue."""
        for wanted in [self._rulebook.measures[name] for name in rule.measures]:
            if wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
                yield from (duty.due_on + ONE_DAY for duty in self._series.duties)
            elif wanted.of_items:
                months = self._scope.numbers[wanted.over] if wanted.over else ()
                for version in self._series.timeline.ever_countable(wanted, subject):
                    yield from (counts_from(version.fact, adverse=adverse) for adverse in (False, True))
                    yield counts_from(version.fact, for_safety=True)
                    yield from (months_later(version.fact.happened_on, number) for number in months)

    def _next_asked(self, moment: Moment) -> Moment:
        """Return the next moment at which the live path asks: when a fact arrives, or when the next day starts."""
        told = (
            *(fact.recorded_at for fact in self._series.evidence),
            *(duty.recorded_at for duty in self._series.duties),
        )
        arrivals = map(arrival, told)
        return min((start_of(moment.on + ONE_DAY), *(found for found in arrivals if found > moment)))


class _AtMoment(Answering):
    """One person at one moment of a forecast, as known then.

    It keeps no measures: it is made for one question, and the next is asked at another moment.
    """

    def __init__(self, forecast: PersonForecast, moment: Moment) -> None:
        match = partial(forecast._series.timeline.match, moment)
        duties = open_duties(forecast._series.duties, moment.known_at)
        super().__init__(forecast._rulebook, forecast._person, moment.on, match, duties)
        self._forecast = forecast
        self._moment = moment

    def concerns(self, lanes: frozenset[Lane], for_safety: bool) -> Measured:
        """Return how many concerns rules of some lanes raise at the moment, and the items behind them."""
        counted, rule = self._forecast._scope.counted(lanes), self.rulebook.rule
        found = [(key, *a.at(self._moment)) for key, a in self._forecast._answers_of(counted).items()]
        behind = [self.told(rule(key.rule_id).lane, rests_on, for_safety) for key, raised, rests_on in found if raised]
        told = [rests_on for rests_on in behind if rests_on is not None]
        facts = {fact.evidence_id: fact for rests_on in told for fact in rests_on}
        return Measured(len(told), tuple(facts.values()))


def _at_once() -> bool:
    """Return that a condition which need not be sustained is."""
    return True


def _is_out_of_reach(condition: Condition, is_never_met: Callable[[Comparison], bool]) -> bool:
    """Return whether a condition can never hold, given which of its comparisons are never met."""
    if isinstance(condition, Comparison):
        return is_never_met(condition)
    decide_all = any if isinstance(condition, All) else all
    return decide_all(_is_out_of_reach(part, is_never_met) for part in condition.parts)
