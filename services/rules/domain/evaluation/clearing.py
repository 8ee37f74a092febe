"""The smallest change that clears a concern (requirements B1).

The change is worked out from the comparisons, then proved by asking the rule again. So a wrong one is never shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.rules.domain.closed_lists import Answer, Comparator, Counts, Kind, Polarity, Scope, Source, Truth
from services.rules.domain.evaluation.answering import RISING
from services.rules.domain.evaluation.answers import ClearsIf
from services.rules.domain.evaluation.examination import Examination, Outcome
from services.rules.domain.evaluation.hypothetical import Addition, ChangedEvidence, ChangedExamination
from services.rules.domain.evidence.measures import Measured
from services.rules.domain.evidence.team_duties import done_in_words
from services.rules.domain.facts import ConcernKey, EvidenceFact, HypotheticalItem, TeamDuty, voice
from services.rules.domain.rulebook.conditions import All, Comparison, Condition
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.wording import in_words

SPEAKING = (Answer.RAISED, Answer.WATCHING, Answer.HELD_BACK)
# Who such evidence usually comes from. A hypothetical item needs a source.
_USUAL_SOURCE = {
    Kind.FEEDBACK: Source.PANEL_MEMBER,
    Kind.COMPLAINT: Source.RELEVANT_PERSON,
    Kind.COMMENDATION: Source.REPORTER,
    Kind.REPORT_SAMPLE_REVIEW: Source.PANEL_TEAM,
    Kind.TRAINING_ASSESSMENT: Source.TRAINING_PROVIDER,
    Kind.SELF_ASSESSMENT: Source.SELF,
    Kind.OBSERVATION: Source.PANEL_TEAM,
    Kind.SCRA_TIMELINESS: Source.SCRA,
    Kind.ATTENDANCE: Source.PANEL_TEAM,
    Kind.ACTION_OUTCOME: Source.PANEL_TEAM,
}


@dataclass(frozen=True, slots=True)
class Change:
    """Items to leave out, items to add, and duties of the Team to do."""

    remove: frozenset[str] = frozenset()
    add: tuple[HypotheticalItem, ...] = ()
    done: frozenset[TeamDuty] = frozenset()

    @property
    def order(self) -> tuple[int, int, tuple[str, ...]]:
        """Key for sorting: fewer parts first, corrections before additions, then ids, so that ties have one order."""
        parts = len(self.remove) + len(self.done) + sum(item.count for item in self.add)
        return (parts, len(self.add), tuple(sorted((*self.remove, *self.ids_done))))

    @property
    def ids_done(self) -> tuple[str, ...]:
        """The ids of the duties to do, in order."""
        return tuple(sorted(duty.duty_id for duty in self.done))


class Clearing:
    """A search for the smallest changes that clear what one examination raised. `changes`: those that are known."""

    def __init__(self, examination: Examination, changes: Mapping[ConcernKey, Change | None]) -> None:
        self._examination = examination
        self.changes = dict(changes)
        self._additions: dict[tuple[HypotheticalItem, ...], Addition] = {}

    def clears_if(self, outcome: Outcome) -> ClearsIf | None:
        """Return the smallest change that clears an answer, or None if only time or people can clear it."""
        change = self.smallest_change(outcome)
        if change is None:
            return None
        return ClearsIf(_in_words(change), tuple(sorted(change.remove)), change.add, change.ids_done)

    def smallest_change(self, outcome: Outcome) -> Change | None:
        """Return what to leave out and what to add, or None.

        Kept, because rules that count concerns ask for the changes that clear those again.
        """
        key = ConcernKey(outcome.rule.rule_id, outcome.subject)
        if key not in self.changes:
            self.changes[key] = self._smallest_change(outcome)
        return self.changes[key]

    def _smallest_change(self, outcome: Outcome) -> Change | None:
        rule = outcome.rule
        change = _Search(self, self._examination, outcome).to_hold(rule.gone_when)
        if change is None or not self._clears(outcome, change):
            return None
        # Several comparisons may ask for more removals than needed together, so try to keep each item.
        for evidence_id in sorted(change.remove) if len(change.remove) > 1 else ():
            fewer = replace(change, remove=change.remove - {evidence_id})
            if self._clears(outcome, fewer):
                change = fewer
        return change

    def _clears(self, outcome: Outcome, change: Change) -> bool:
        """Return whether a change clears an answer, both if its concern is new and once all concerns raised are open.

        A new concern needs its condition not to hold. An open one needs what clears it to hold.
        """
        rule, subject, question = outcome.rule, outcome.subject, self._examination.question
        if change.done:
            left = tuple(duty for duty in question.duties if duty not in change.done)
            question = replace(question, duties=left)
        if change.add not in self._additions:
            self._additions[change.add] = Addition(change.add, question)
        evidence = ChangedEvidence(self._examination.evidence, change.remove, self._additions[change.add])
        changed = ChangedExamination(self._examination, question, evidence)
        if changed.holds(rule, subject) is Truth.YES:
            return False
        once_open = changed.once_all_is_open if question.rulebook.looks_at_concerns(rule) else changed
        return once_open.is_cleared(rule, subject) is not Truth.NO


class _Search:
    """A search, for one outcome, for the smallest change that makes a condition hold."""

    def __init__(self, clearing: Clearing, examination: Examination, outcome: Outcome) -> None:
        self._clearing = clearing
        self._examination = examination
        self._outcome = outcome
        self._lines: Mapping[str, int] = examination.today.lines

    def to_hold(self, condition: Condition) -> Change | None:
        if isinstance(condition, Comparison):
            return self._comparison_to_hold(condition)
        changes = [self.to_hold(part) for part in condition.parts]
        if isinstance(condition, All):
            return _together([change for change in changes if change]) if all(changes) else None
        return min((change for change in changes if change is not None), key=lambda c: c.order, default=None)

    def _comparison_to_hold(self, comparison: Comparison) -> Change | None:
        measured = self._outcome.measured[comparison.measure]
        line = self._lines.get(comparison.parameter)
        if measured.value is None or line is None:
            return None
        bound = line + {Comparator.ABOVE: 1, Comparator.BELOW: -1}.get(comparison.comparator, 0)
        wanted = self._examination.question.rulebook.measures[comparison.measure]
        if comparison.comparator in RISING:
            return self._raise_by(wanted, measured, bound - measured.value)
        return self._lower_to(wanted, measured, bound)

    def _lower_to(self, wanted: Measure, measured: Measured, bound: int) -> Change | None:
        excess = (measured.value or 0) - bound
        if excess <= 0:
            return Change()
        match wanted.counts:
            case Counts.ITEMS:
                return Change(frozenset(fact.evidence_id for fact in measured.counted[-excess:]))
            case Counts.SOURCE_TYPES:
                return Change(_of_rarest_sources(measured.counted, excess))
            case Counts.DAYS_BETWEEN_FIRST_AND_LAST:
                return Change(_outside_longest_run(measured.counted, bound))
            case Counts.KINDS_MISSING:
                return self._one_of_each(wanted, measured.missing[:excess])
            case Counts.CONCERNS_RAISED:
                return self._clear_concerns(wanted, excess)
            case Counts.TEAM_DUTIES_OVERDUE:
                return Change(done=frozenset(measured.duties[-excess:]))
        return None

    def _raise_by(self, wanted: Measure, measured: Measured, short: int) -> Change | None:
        if short <= 0:
            return Change()
        if wanted.counts is not Counts.ITEMS or wanted.where:
            return None
        return self._added(wanted, [min(wanted.kinds, default=Kind.FEEDBACK)], short)

    def _one_of_each(self, wanted: Measure, titles: tuple[str, ...]) -> Change | None:
        return self._added(wanted, [min(kinds) for title, kinds in wanted.among if title in titles], 1)

    def _added(self, wanted: Measure, kinds: Sequence[Kind], count: int) -> Change | None:
        """Return a change that adds some items of each kind; None if today's edition has no place for them."""
        place = self._place(wanted)
        if place is None:
            return None
        polarity = wanted.polarity or Polarity.NEUTRAL
        return Change(add=tuple(HypotheticalItem(k, _USUAL_SOURCE[k], *place, polarity, count) for k in kinds))

    def _place(self, wanted: Measure) -> tuple[str, str] | None:
        """Return the standard and the indicator to which an added item would be mapped."""
        rule, subject = self._outcome.rule, self._outcome.subject
        if wanted.about_subject and rule.scope is Scope.INDICATOR:
            return subject.split(".")[0], subject
        asked = self._examination.today.standards_asked(rule) or rule.standards
        standard_id = subject if wanted.about_subject else wanted.standard or asked[0]
        edition = self._examination.question.rulebook.edition_on(self._examination.question.as_of)
        standards = edition.standards if edition else ()
        places = ((s.standard_id, s.indicators[0].indicator_id) for s in standards if s.standard_id == standard_id)
        return next(places, None)

    def _clear_concerns(self, wanted: Measure, excess: int) -> Change | None:
        """Return a change that clears as many of the counted concerns as needed, the easiest first."""
        for_safety = wanted.name in self._examination.today.for_safety
        raised = self._examination.raised(wanted.lanes, for_safety)
        found = [self._clearing.smallest_change(outcome) for outcome in raised]
        changes = sorted((change for change in found if change is not None), key=lambda c: c.order)
        return _together(changes[:excess]) if len(changes) >= excess else None


def _together(changes: Iterable[Change]) -> Change:
    changes = list(changes)
    removed = frozenset(evidence_id for change in changes for evidence_id in change.remove)
    done = frozenset(duty for change in changes for duty in change.done)
    return Change(removed, tuple(dict.fromkeys(item for change in changes for item in change.add)), done)


def _of_rarest_sources(facts: tuple[EvidenceFact, ...], how_many: int) -> frozenset[str]:
    """Return the ids of all items of the source types with the fewest items, or of the voices if they are fewer."""
    voices = len({voice(fact) for fact in facts}) < len({fact.source for fact in facts})
    by_source: dict[str, list[str]] = {}
    for fact in facts:
        by_source.setdefault(voice(fact) if voices else fact.source, []).append(fact.evidence_id)
    rarest = sorted(by_source.items(), key=lambda pair: (len(pair[1]), pair[0]))[:how_many]
    return frozenset(evidence_id for _, ids in rarest for evidence_id in ids)


def _outside_longest_run(facts: tuple[EvidenceFact, ...], days: int) -> frozenset[str]:
    """Return the ids of the items outside the fullest run of at most that many days between first and last."""
    runs = [
        [f for f in facts[start:] if (f.happened_on - facts[start].happened_on).days <= days]
        for start in range(len(facts))
    ]
    kept = {fact.evidence_id for fact in max(runs, key=len, default=[])}
    return frozenset(fact.evidence_id for fact in facts if fact.evidence_id not in kept)


def _noun(item: HypotheticalItem) -> str:
    """Return the words for one or several added items: there is no "1 more feedback"."""
    one = "item of feedback" if item.kind is Kind.FEEDBACK else in_words(item.kind)
    word, space, rest = one.partition(" of ")
    return one if item.count == 1 else f"{word}s{space}{rest}"


def _in_words(change: Change) -> str:
    number = len(change.remove)
    fewer = "1 item counted here no longer counts" if number == 1 else f"{number} items counted here no longer count"
    parts = [fewer] if number else []
    parts += [done_in_words(change.done)] if change.done else []
    parts += [
        f"{item.count} more {_noun(item)} on {item.indicator}"
        f"{f' ({item.polarity})' if item.polarity is not Polarity.NEUTRAL else ''}"
        f" {'counts' if item.count == 1 else 'count'}"
        for item in change.add
    ]
    return f"Clears if {', and '.join(parts)}."
