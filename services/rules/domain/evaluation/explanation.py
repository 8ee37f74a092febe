"""The reasons of an answer: values beside their lines, items counted and not, praise (requirements B1, B6)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from services.rules.domain.closed_lists import Answer, Comparator, EvidenceClass, Lane, NotCounted, Polarity
from services.rules.domain.evaluation.answering import RISING
from services.rules.domain.evaluation.answers import (
    SEEN,
    ComparedValue,
    CountedEvidence,
    Explanation,
    OverdueDuty,
    UncountedEvidence,
)
from services.rules.domain.evaluation.examination import Examination, Outcome
from services.rules.domain.evidence.countability import not_counted
from services.rules.domain.evidence.mappings import note_awaited
from services.rules.domain.evidence.matching import would_count
from services.rules.domain.evidence.measures import OF_ITEMS, before, measure_start
from services.rules.domain.evidence.team_duties import owed_in_words
from services.rules.domain.facts import EvidenceFact, TeamDuty, how_many
from services.rules.domain.rulebook.conditions import Comparison, compared
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import Rule
from services.rules.domain.rulebook.practice_notes import PracticeNote
from services.rules.domain.rulebook.wording import Number, day_in_words, in_words

_REASON_WORDS = {
    NotCounted.NOT_UNDERSTOOD: "holds a word that this release does not know",
    NotCounted.HELP_SEEKING: "asking for help is never evidence",
    NotCounted.DEVELOPMENTAL: "adds to the picture only",
    NotCounted.UNVERIFIED: "not yet seen at a session",
    NotCounted.COMPLAINT_PENDING: "the complaint is still being considered",
    NotCounted.COMPLAINT_NOT_UPHELD: "the complaint was not upheld",
    NotCounted.COMPLAINT_RESOLVED: "the complaint was resolved without a finding",
    NotCounted.COMPLAINT_WITHDRAWN: "the complaint was withdrawn",
    NotCounted.UNMAPPED: "not yet mapped to a standard",
    NotCounted.NOT_SHARED: "not yet shared with the Safeguarder",
    NotCounted.EXPLORATORY: "trying out new practice at training is never held against anyone",
    NotCounted.NOT_SAID: "does not say what this rule asks. The Team can add the answer",
    NotCounted.OUT_OF_WINDOW: "happened before the time the rule looks at",
}

_WAITING_WORDS = (
    (NotCounted.PRACTICE_UNCLEAR, " Practice is unclear: {:item waits|items wait} for a Practice Note."),
    (NotCounted.NOT_SHARED, " {:item waits|items wait} to be shared by the Team."),
    (NotCounted.IN_REPLY_TIME, " {:item is|items are} in reply time."),
)


class Explainer:
    """Explanations of the answers of one examination.

    Most answers show the same items and comparisons, so each is put into words once and kept.
    """

    def __init__(self, examination: Examination) -> None:
        self._examination = examination
        self._evidence = examination.evidence
        self._rulebook = examination.question.rulebook
        self._today = examination.today
        self._lines_in_words = {name: Number(value) for name, value in self._today.lines.items()}
        self._shown: dict[tuple[str, str, bool], CountedEvidence] = {}
        self._uncounted: dict[tuple[str, NotCounted], UncountedEvidence] = {}
        self._left_out: dict[tuple[int, str, date | None], dict[str, UncountedEvidence]] = {}
        exploratory = {f.evidence_id for f in self._evidence.items if f.evidence_class is EvidenceClass.EXPLORATORY}
        unclear = {f.evidence_id for f in self._evidence.items} if self._today.unclear else set()
        blank = {fact.evidence_id for fact in self._evidence.items if fact.blank}
        self._doubtful = exploratory | unclear | blank | self._evidence.awaiting_reply | self._evidence.uncounted.keys()
        self._awaited: dict[str, PracticeNote] = {}
        self._doubted: dict[tuple[str | None, date | None], tuple[Sequence[EvidenceFact], Sequence[EvidenceFact]]] = {}
        self._looked_at: dict[str, tuple[tuple[Measure, date | None], ...]] = {}
        self._compared: dict[tuple[str, bool, tuple[int | None, ...]], tuple[ComparedValue, ...]] = {}
        self._praised: dict[tuple[tuple[str, ...], date | None], tuple[CountedEvidence, ...]] = {}

    def explain(self, outcome: Outcome) -> Explanation:
        """Return the explanation of an answer, without `clears_if`, which is found separately for what was raised."""
        not_counted = self._not_counted(outcome)
        return Explanation(
            because=self._because(outcome) + self._of_what_waits(outcome, not_counted),
            source=outcome.rule.source,
            comparisons=self._comparisons(outcome),
            lines=self._today.lines_of[outcome.rule.rule_id],
            counted=self._counted(outcome),
            not_counted=not_counted,
            praise=self._praise(outcome),
            duties=tuple(map(_as_overdue, _duties_of(outcome))),
        )

    def _because(self, outcome: Outcome) -> str:
        if outcome.answer is Answer.CLEAR:
            return "Nothing in the evidence crosses a line of this rule."
        if outcome.answer is Answer.NOT_ENOUGH_EVIDENCE:
            return self._what_is_missing(outcome)
        sentence = outcome.rule.because.format_map(self._words(outcome))
        if outcome.override is not None:
            until, override_id = day_in_words(outcome.override.ends_on), outcome.override.override_id
            return f"Held back: set aside by a person until {until} (override {override_id}). {sentence}"
        if outcome.answer is Answer.HELD_BACK:
            return f"Held back: {outcome.held_back}. {sentence}"
        if outcome.answer is Answer.WATCHING:
            days = self._today.lines[outcome.rule.holds_for or ""]
            return f"Raised only if this goes on for {days} days. {sentence}"
        return sentence

    def _of_what_waits(self, outcome: Outcome, not_counted: Sequence[UncountedEvidence]) -> str:
        """Return sentences for answers that raise nothing while items wait, else nothing.

        Without them, what the Team has not shared yet would look as if it did not exist.
        """
        if not not_counted or outcome.answer not in (Answer.CLEAR, Answer.NOT_ENOUGH_EVIDENCE):
            return ""
        waiting = Counter(item.reason for item in not_counted)
        # Decision records keep the sentence of this answer, so an old record must give the old sentence again.
        said = _WAITING_WORDS if outcome.answer is Answer.CLEAR else _WAITING_WORDS[:1]
        return "".join(words.format(Number(waiting[reason])) for reason, words in said if waiting[reason])

    def _what_is_missing(self, outcome: Outcome) -> str:
        lines, measures = self._today.lines, self._rulebook.measures
        for name, found in outcome.measured.items():
            needs = measures[name].needs
            if found.value is None and needs is not None and needs in lines:
                seen = how_many((*found.counted, *found.needed))
                there = "there is none" if seen == 0 else "there is 1" if seen == 1 else f"there are {seen}"
                asked = f"it takes {Number(lines[needs]):item|items} to tell, and {there}"
                return f"Not enough evidence to say. {measures[name].means}: {asked}."
        return "Not enough evidence to say: a line of this rule is not in force on this day."

    def _words(self, outcome: Outcome) -> Mapping[str, str]:
        edition = self._today.edition
        words: dict[str, str] = dict(self._lines_in_words)
        for name, found in outcome.measured.items():
            words[name] = Number("an unknown number of" if found.value is None else found.value)
            words[f"{name}_missing"] = ", ".join(found.missing)
        words["subject"] = edition.title_of(outcome.subject) if edition else outcome.subject
        words["term_end"] = day_in_words(self._examination.question.person.term_ends_on)
        return words

    def _comparisons(self, outcome: Outcome) -> tuple[ComparedValue, ...]:
        """Return the comparisons that decided.

        Kept by the measured values: all subjects of a rule with the same values share them.
        """
        key = (outcome.rule.rule_id, outcome.kept_open, tuple([found.value for found in outcome.measured.values()]))
        found = self._compared.get(key)
        if found is None:
            compared_by = outcome.rule.clears_by if outcome.kept_open else outcome.rule.raises_by
            found = tuple(self._compared_value(c, outcome.measured[c.measure].value) for c in compared_by)
            self._compared[key] = found
        return found

    def _compared_value(self, comparison: Comparison, value: int | None) -> ComparedValue:
        means = self._rulebook.measures[comparison.measure].means
        return _compared_value(comparison, means, value, self._today.lines.get(comparison.parameter))

    def _counted(self, outcome: Outcome) -> tuple[CountedEvidence, ...]:
        """Return the items behind the answer, and those that only made it possible to say anything.

        A rule about missing evidence rests on what is not there, so it shows all that was counted.
        """
        counted = {fact.evidence_id: fact for fact in outcome.rests_on}
        seen: dict[str, EvidenceFact] = {}
        for found in outcome.measured.values():
            if outcome.rule.lane is Lane.DATA_GAP:
                counted |= {fact.evidence_id: fact for fact in found.counted if fact.evidence_id not in seen}
            if found.needed:
                seen |= {fact.evidence_id: fact for fact in found.needed if fact.evidence_id not in counted}
        if not counted and not seen:
            return ()
        at_once = outcome.rule.lane is Lane.SAFETY
        shown = [self._as_counted(fact, "counted", at_once) for fact in counted.values()]
        shown += [self._as_counted(fact, SEEN, at_once) for fact in seen.values()]
        return tuple(sorted(shown, key=_place))

    def _as_counted(self, fact: EvidenceFact, how: str, at_once: bool = False) -> CountedEvidence:
        key = (fact.evidence_id, how, at_once)
        if key not in self._shown:
            self._shown[key] = _as_counted(fact, how, at_once)
        return self._shown[key]

    def _not_counted(self, outcome: Outcome) -> tuple[UncountedEvidence, ...]:
        found_out: dict[str, UncountedEvidence] = {}
        for wanted, start in self._looks_at(outcome.rule):
            found_out |= self._left_out_by(wanted, outcome.subject, start)
        if not found_out:
            return ()
        for found in outcome.measured.values():
            for fact in (*found.counted, *found.needed):
                found_out.pop(fact.evidence_id, None)
        return tuple(sorted(found_out.values(), key=_place))

    def _looks_at(self, rule: Rule) -> tuple[tuple[Measure, date | None], ...]:
        """Return a rule's measures of items with their windows; of those that select the same items, the last."""
        if rule.rule_id not in self._looked_at:
            today, as_of = self._today, self._examination.question.as_of
            measures = [self._rulebook.measures[name] for name in rule.measures if name in today.measurable]
            windows = [(m, measure_start(m, as_of, today.lines)) for m in measures if m.counts in OF_ITEMS]
            last = {(self._rulebook.selections[m.name], start): (m, start) for m, start in reversed(windows)}
            self._looked_at[rule.rule_id] = tuple(reversed(last.values()))
        return self._looked_at[rule.rule_id]

    def _left_out_by(self, wanted: Measure, subject: str, start: date | None) -> Mapping[str, UncountedEvidence]:
        """Return the items that a measure would count if its window and the reasons against them allowed that."""
        key = (self._rulebook.selections[wanted.name], subject, start)
        found = self._left_out.get(key)
        if found is None:
            found = self._left_out[key] = {}
            earlier, doubted = self._in_doubt(wanted.about(subject), start)
            if not earlier and not doubted:
                return found
            would = would_count(wanted, subject, self._today)
            for fact in earlier:
                if would(fact) is not False:
                    found[fact.evidence_id] = self._as_uncounted(fact, NotCounted.OUT_OF_WINDOW)
            for fact in doubted:
                reason, counts = self._reason(wanted, subject, fact), would(fact)
                if reason is None and counts is None:
                    reason = NotCounted.NOT_SAID
                if reason is not None and counts is not False:
                    found[fact.evidence_id] = self._as_uncounted(fact, reason)
        return found

    def _in_doubt(self, about: str | None, start: date | None) -> tuple[Sequence[EvidenceFact], Sequence[EvidenceFact]]:
        """Return the items about a standard or indicator that a measure with that window may leave out.

        First those that happened before the window, then others. All the rest are counted or of no interest. They are
        skipped, since most items are beyond doubt.
        """
        found = self._doubted.get((about, start))
        if found is None:
            facts = self._evidence.about(about)
            earlier = before(facts, start) if start else 0
            doubted = [fact for fact in facts[earlier:] if fact.evidence_id in self._doubtful] if self._doubtful else ()
            found = self._doubted[about, start] = facts[:earlier], doubted
        return found

    def _reason(self, wanted: Measure, subject: str, fact: EvidenceFact) -> NotCounted | None:
        if fact.evidence_class is EvidenceClass.EXPLORATORY and wanted.polarity is not Polarity.PRAISE:
            return NotCounted.EXPLORATORY
        uncounted = self._evidence.uncounted.get(fact.evidence_id)
        if uncounted is None:
            effect = {
                "adverse": wanted.name in self._today.adverse,
                "for_safety": wanted.name in self._today.for_safety,
            }
            uncounted = not_counted(fact, self._evidence.as_of, **effect)
        if uncounted is None and self._waits(wanted, subject, fact):
            return NotCounted.PRACTICE_UNCLEAR
        return uncounted

    def _waits(self, wanted: Measure, subject: str, fact: EvidenceFact) -> bool:
        """Return whether an item waits for a Practice Note before a measure may count it, and keep which note."""
        if not self._today.unclear:
            return False
        about = wanted.about(subject)
        spoken = (m for m in fact.mappings if about in (None, m.standard, m.indicator))
        first = next(filter(None, (note_awaited(fact, m, wanted, self._today) for m in spoken)), None)
        if first is not None:
            self._awaited[fact.evidence_id] = first
        return first is not None

    def waits_for(self, explanation: Explanation) -> str | None:
        """Return the id of the Practice Note for which items of an answer wait, or None."""
        waiting = (item.evidence_id for item in explanation.not_counted if item.reason is NotCounted.PRACTICE_UNCLEAR)
        return next((self._awaited[evidence_id].note_id for evidence_id in waiting), None)

    def _as_uncounted(self, fact: EvidenceFact, reason: NotCounted) -> UncountedEvidence:
        key = (fact.evidence_id, reason)
        if key not in self._uncounted:
            waits = reason is NotCounted.PRACTICE_UNCLEAR
            text = _note_in_words(self._awaited[fact.evidence_id]) if waits else _reason_in_words(reason, fact)
            self._uncounted[key] = UncountedEvidence(
                fact.evidence_id, fact.happened_on, reason, text, fact.kind, fact.source
            )
        return self._uncounted[key]

    def _praise(self, outcome: Outcome) -> tuple[CountedEvidence, ...]:
        """Return praise on the same standard in the same window, whatever the rule counts."""
        if not self._evidence.praise:
            return ()
        standards = (outcome.subject.split(".")[0],) if outcome.subject else outcome.rule.standards
        key = standards, window_starts_on(outcome)
        if key not in self._praised:
            facts = {
                entry.fact.evidence_id: entry.fact
                for entry in self._evidence.praise
                if entry.mapping.standard in standards and (key[1] is None or entry.fact.happened_on >= key[1])
            }
            self._praised[key] = tuple(self._as_counted(fact, "praise") for fact in facts.values())
        return self._praised[key]


def _duties_of(outcome: Outcome) -> Sequence[TeamDuty]:
    """Return the overdue duties of the Team that a rule looks at, each once."""
    found = {duty.duty_id: duty for measured in outcome.measured.values() for duty in measured.duties}
    return tuple(found.values())


def _as_overdue(duty: TeamDuty) -> OverdueDuty:
    return OverdueDuty(duty.duty_id, duty.kind, duty.about, duty.due_on, owed_in_words(duty))


def window_starts_on(outcome: Outcome) -> date | None:
    """Return the first day that the rule looked at; None if it looked at all time or at no evidence."""
    starts = [found.window_starts_on for found in outcome.measured.values() if found.window_starts_on is not None]
    return min(starts, default=None)


@lru_cache(maxsize=4096)
def _compared_value(comparison: Comparison, means: str, value: int | None, line: int | None) -> ComparedValue:
    """Return a comparison in words. Kept for many people: their measures are mostly the same small numbers."""
    measure, comparator, parameter = comparison.measure, comparison.comparator, comparison.parameter
    shown = "not known" if value is None else value
    text = f"{means}: {shown}; asked for {comparator.removeprefix('is ')} {line}"
    truth, margin = compared(value, comparator, line), _margin(value, comparator, line)
    return ComparedValue(text, measure, value, comparator, line, parameter, truth, margin)


def _margin(value: int | None, comparator: Comparator, line: int | None) -> int | None:
    if value is None or line is None:
        return None
    distance = value - line if comparator in RISING else line - value
    return distance - (comparator in (Comparator.ABOVE, Comparator.BELOW))


def _place(item: CountedEvidence | UncountedEvidence) -> tuple[date, str]:
    """Return the key of the order in which items are shown: date and id."""
    return item.happened_on, item.evidence_id


def _as_counted(fact: EvidenceFact, how: str, at_once: bool) -> CountedEvidence:
    words = f"{in_words(fact.kind)} from {in_words(fact.source)}, {day_in_words(fact.happened_on)}, {how}"
    marked = words
    if fact.evidence_class is EvidenceClass.SAFETY:
        marked = f"{words}, safety: counted at once" if at_once else f"{words}, safety"
    if fact.sharing_reported:
        marked = f"{marked}, sharing reported, not recorded here"
    return CountedEvidence(fact.evidence_id, fact.happened_on, fact.kind, fact.source, marked)


def _note_in_words(note: PracticeNote) -> str:
    return f'practice is unclear: the Practice Note "{note.title}" is being drafted'


def _reason_in_words(reason: NotCounted, fact: EvidenceFact) -> str:
    if reason is NotCounted.IN_REPLY_TIME:
        until = fact.reply_due_on
        return f"in reply time until {day_in_words(until)}" if until else "in reply time"
    return _REASON_WORDS[reason]
