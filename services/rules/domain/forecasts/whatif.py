"""Comparison of a candidate rulebook with the one in force, over the same people and days, each day as known then.

Pure. People are taken one at a time, in any order. A report holds no more of them than it shows, so its memory does not
grow with their number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest
from typing import TypeVar

from services.rules.domain.closed_lists import Counts, Lane, Tell
from services.rules.domain.facts import CaseFile, ConcernKey
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.person_series import Known
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.spells import Spells, SpellsByKey
from services.rules.domain.rulebook.changes import Change, changes
from services.rules.domain.rulebook.model import Parameter, Rulebook

ALWAYS = date(1990, 1, 1)
"""A day before all evidence: what counts as in force throughout is in force from it."""
MOST_SHOWN = 2_000
"""Most entries of each list in a report. The counts are of all."""
Part = TypeVar("Part")


class Difference(StrEnum):
    """The way in which a matter about a person changes."""

    NEWLY_RAISED = "newly_raised"
    NO_LONGER_RAISED = "no_longer_raised"
    EARLIER = "earlier"
    LATER = "later"
    LANE_CHANGED = "lane_changed"
    LASTS_OTHERWISE = "lasts_otherwise"


@dataclass(frozen=True, slots=True)
class ConcernChange:
    """One matter about one person that the candidate changes, with the changes of the rulebook that cause it."""

    safeguarder_id: str
    key: ConcernKey
    difference: Difference
    lanes: tuple[Lane | None, Lane | None]
    before: Spells
    after: Spells
    reasons: tuple[str, ...]

    @property
    def on(self) -> date:
        """The day on which the two first differ. Where only the lane changed, the day on which it is raised."""
        pairs = zip_longest(self.before, self.after)
        spells = next((pair for pair in pairs if pair[0] != pair[1]), self.before[:1])
        return min(spell.began_on for spell in spells if spell is not None)


def throughout(rulebook: Rulebook) -> Rulebook:
    """Return the rulebook as if its last numbers and all its rules had always been in force.

    Otherwise a change of tomorrow would touch nobody, because the evidence is of the past. Editions and Practice Notes
    keep their dates. A rule with a last day is over, and is left out.
    """

    def always(parameter: Parameter) -> Parameter:
        return replace(parameter, values=(replace(parameter.values[-1], from_on=ALWAYS),))

    parameters = {name: always(parameter) for name, parameter in rulebook.parameters.items()}
    rules = tuple(replace(rule, in_force_from=ALWAYS) for rule in rulebook.rules if rule.in_force_until is None)
    return replace(rulebook, parameters=parameters, rules=rules)


def bears_on(before: Rulebook, after: Rulebook, change: Change) -> tuple[str, ...]:
    """Return the ids of the rules that read what is changed. An edition or a Practice Note bears on all rules."""
    if change.about in ("edition", "note"):
        return tuple(sorted({rule.rule_id for book in (before, after) for rule in book.rules}))
    return (change.name,) if change.about == "rule" else change.read_by


def touched(before: Rulebook, after: Rulebook, found: Iterable[Change]) -> frozenset[str]:
    """Return the ids of the rules that may answer differently.

    These are the rules that read what is changed, the rules whose measures count by another effect because of that, and
    the rules that count the concerns of those.
    """
    names = {name for change in found for name in bears_on(before, after, change)}
    otherwise = {name for name in before.measures if _effect(before, name) != _effect(after, name)}
    names |= {rule.rule_id for book in (before, after) for rule in book.rules if otherwise & set(rule.measures)}
    lanes = {rule.lane for book in (before, after) for rule in book.rules if rule.rule_id in names}
    for book in (before, after):
        counting = {m.name for m in book.measures.values() if m.counts is Counts.CONCERNS_RAISED and m.lanes & lanes}
        names.update(rule.rule_id for rule in book.rules if counting & set(rule.measures))
    return frozenset(names)


def _effect(rulebook: Rulebook, measure: str) -> tuple[bool, ...]:
    """Return for what a measure counts. It follows from all rules that read it: see `Rulebook.adverse`."""
    return tuple(measure in names for names in (rulebook.adverse, rulebook.for_safety, rulebook.waiting))


def with_one_change(before: Rulebook, after: Rulebook, change: Change) -> Rulebook:
    """Return the rulebook before, with one of the candidate's changes.

    New parameters and measures of the candidate come with it: the changed part may read them.
    """
    rules = {rule.rule_id: rule for rule in before.rules}
    editions = {edition.edition_id: edition for edition in before.editions}
    notes = {note.note_id: note for note in before.notes}
    notes = _changed(notes, {note.note_id: note for note in after.notes}, change, "note")
    rules = _changed(rules, {rule.rule_id: rule for rule in after.rules}, change, "rule")
    editions = _changed(editions, {entry.edition_id: entry for entry in after.editions}, change, "edition")
    return replace(
        before,
        editions=tuple(sorted(editions.values(), key=lambda edition: edition.effective_from)),
        parameters=_changed(before.parameters, after.parameters, change, "parameter"),
        measures=_changed(before.measures, after.measures, change, "measure"),
        rules=tuple(sorted(rules.values(), key=lambda rule: rule.rule_id)),
        notes=tuple(notes.values()),
    )


def _changed(old: Mapping[str, Part], new: Mapping[str, Part], change: Change, about: str) -> dict[str, Part]:
    """Return the old parts by name, with the one changed. A parameter or measure that was removed stays.

    A rule of the rulebook before may still read it.
    """
    parts = {**new, **old} if about in ("parameter", "measure") else dict(old)
    if change.about == about:
        if change.name in new:
            parts[change.name] = new[change.name]
        elif about in ("rule", "edition", "note"):
            del parts[change.name]
    return parts


def in_short(change: Change) -> str:
    """Return a change as a reason in a few words."""
    words = change.words[0].split(" (")[0] if change.words else ""
    if change.change == "changed":
        return f"{change.name}: {words}"
    return f"{change.about} {change.name} {change.change}"


class WhatIf:
    """A comparison of two rulebooks, person by person.

    `as_dated`: by the dates written in both; otherwise as if each had been in force throughout.
    """

    def __init__(self, before: Rulebook, after: Rulebook, span: Span, *, as_dated: bool = False) -> None:
        self.changes = changes(before, after)
        if not as_dated:
            before, after = throughout(before), throughout(after)
        # The same object tells a forecast at once that both rulebooks have the same editions.
        if before.editions == after.editions:
            after = replace(after, editions=before.editions)
        self._books = before, after
        self._span = span
        self.touched = touched(before, after, self.changes)
        self._before, self._after = (ForecastScope(book, self.touched) for book in self._books)
        self._single: dict[Change, ForecastScope] = {}

    def bears_on(self, change: Change) -> tuple[str, ...]:
        """Return the ids of the rules that read what is changed."""
        return bears_on(*self._books, change)

    @property
    def names(self) -> frozenset[str]:
        """What all that is worth keeping of a person for the next what-if follows from."""
        return self._before.names | self._after.names

    def person(self, case_file: CaseFile, known: Known | None = None) -> "PersonOutcome":
        """Return what changes about one person. `known`: what was worked out about them before.

        Raises EvidenceNeeded if that comes without evidence and an answer needs it.
        """
        if not self.touched:
            return PersonOutcome(case_file.person.safeguarder_id)
        known = known or Known()
        old = PersonForecast(self._before, case_file, self._span, known).spells
        after = PersonForecast(self._after, case_file, self._span, known)
        new = after.spells
        keys = [key for key in sorted({*old, *new}) if self._differs(key, old, new)]
        alone = self._alone(case_file, known) if keys and len(self.changes) > 1 else {}
        reasons = self._reasons(keys, alone, old, new)
        person = case_file.person.safeguarder_id
        return PersonOutcome(
            person,
            tuple(self._change(person, key, old, new, reasons[key]) for key in keys),
            tuple(after.near()),
            self._told(old, 0),
            self._told(new, 1),
        )

    def _differs(self, key: ConcernKey, old: SpellsByKey, new: SpellsByKey) -> bool:
        return old.get(key) != new.get(key) or self._lane(key, 0) is not self._lane(key, 1)

    def _lane(self, key: ConcernKey, book: int) -> Lane | None:
        return next((rule.lane for rule in self._books[book].rules if rule.rule_id == key.rule_id), None)

    def _change(
        self, person: str, key: ConcernKey, old: SpellsByKey, new: SpellsByKey, reasons: tuple[str, ...]
    ) -> ConcernChange:
        before, after = old.get(key, ()), new.get(key, ())
        lanes = (self._lane(key, 0), self._lane(key, 1))
        return ConcernChange(person, key, _difference(before, after), lanes, before, after, reasons)

    def _alone(self, case_file: CaseFile, known: Known) -> Mapping[Change, SpellsByKey]:
        """Return what each change would do alone."""
        scopes = ((change, self._scope_of(change)) for change in self.changes)
        return {change: PersonForecast(scope, case_file, self._span, known).spells for change, scope in scopes}

    def _reasons(
        self, keys: Sequence[ConcernKey], alone: Mapping[Change, SpellsByKey], old: SpellsByKey, new: SpellsByKey
    ) -> Mapping[ConcernKey, tuple[str, ...]]:
        """Return the reasons of each difference: changes that alone have the same effect.

        Where none has, changes that alone have another effect; where none has any, those that bear on the rule.
        """
        found = {}
        for key in keys:
            whole = [c for c, spells in alone.items() if self._brings(c, key, spells, new)]
            part = [c for c, spells in alone.items() if spells.get(key) != old.get(key)]
            together = [c for c in self.changes if key.rule_id in (c.name, *c.read_by)]
            reasons = whole or part or together if alone else ()
            found[key] = tuple(in_short(change) for change in reasons or self.changes)
        return found

    def _brings(self, change: Change, key: ConcernKey, alone: SpellsByKey, new: SpellsByKey) -> bool:
        # Only the change of a rule itself changes its lane.
        if self._lane(key, 0) is not self._lane(key, 1) and change.name != key.rule_id:
            return False
        return alone.get(key) == new.get(key)

    def _scope_of(self, change: Change) -> ForecastScope:
        if change not in self._single:
            self._single[change] = ForecastScope(with_one_change(*self._books, change), self.touched)
        return self._single[change]

    def _told(self, raised: SpellsByKey, book: int) -> tuple[date, ...]:
        """Return the Mondays of the weeks in which something is first raised for the support manager.

        Only the first spell counts: the concern then stays open, and nobody is told again.
        """
        rules = {rule.rule_id: rule for rule in self._books[book].rules}
        began = (
            spell.began_on
            for key, spells in raised.items()
            if rules[key.rule_id].routing.tell is Tell.SUPPORT_MANAGER
            for spell in spells[:1]
        )
        return tuple(day - timedelta(days=day.weekday()) for day in began)


def _difference(before: Spells, after: Spells) -> Difference:
    if before == after:
        return Difference.LANE_CHANGED
    if not before or not after:
        return Difference.NO_LONGER_RAISED if before else Difference.NEWLY_RAISED
    if before[0].began_on == after[0].began_on:
        return Difference.LASTS_OTHERWISE
    return Difference.EARLIER if after[0].began_on < before[0].began_on else Difference.LATER


@dataclass(frozen=True, slots=True)
class PersonOutcome:
    """What changes about one person, what is one step from a line, and when their support manager is told."""

    safeguarder_id: str
    changed: tuple[ConcernChange, ...] = ()
    near: tuple[ConcernKey, ...] = ()
    told_before: tuple[date, ...] = ()
    told_after: tuple[date, ...] = ()


@dataclass
class WhatIfReport:
    """The outcomes of all people added up. Lists hold at most `MOST_SHOWN` entries; the counts are of all.

    `load`: by support manager and Monday, how often they are told in that week, before and after.
    """

    people: int = 0
    people_changed: int = 0
    counts: Counter[Difference] = field(default_factory=Counter)
    by_reason: Counter[str] = field(default_factory=Counter)
    changed: list[ConcernChange] = field(default_factory=list)
    near: list[tuple[str, ConcernKey]] = field(default_factory=list)
    people_near: int = 0
    load: dict[tuple[str, date], list[int]] = field(default_factory=dict)

    def add(self, outcome: PersonOutcome, support_manager: str) -> None:
        """Add a person. `support_manager`: opaque id of the one allocated to them, empty if none is known."""
        self.people += 1
        self.people_changed += bool(outcome.changed)
        self.people_near += bool(outcome.near)
        self.counts.update(change.difference for change in outcome.changed)
        self.by_reason.update(reason for change in outcome.changed for reason in change.reasons)
        self.changed += outcome.changed[: MOST_SHOWN - len(self.changed)]
        near = [(outcome.safeguarder_id, key) for key in outcome.near]
        self.near += near[: MOST_SHOWN - len(self.near)]
        if support_manager:
            for place, weeks in enumerate((outcome.told_before, outcome.told_after)):
                for week in weeks:
                    self.load.setdefault((support_manager, week), [0, 0])[place] += 1


class Tuning:
    """The number of people for whom a parameter raises something, for each of some values.

    Each value is taken as in force throughout. `reading`: ids of the rules that read the parameter.
    """

    def __init__(self, rulebook: Rulebook, parameter: str, values: Sequence[int], span: Span) -> None:
        rulebook = throughout(rulebook)
        held = rulebook.parameters[parameter]
        self.values = tuple(values)
        self.reading: Set[str] = frozenset(
            rule.rule_id for rule in rulebook.rules if parameter in rulebook.parameters_of(rule)
        )
        self._span = span
        self._in_force = ForecastScope(rulebook, self.reading)
        self._scopes = []
        for value in values:
            tried = replace(held, values=(replace(held.values[-1], value=value),))
            self._scopes.append(
                ForecastScope(replace(rulebook, parameters={**rulebook.parameters, parameter: tried}), self.reading)
            )
        self.people = [0] * len(values)
        self.concerns = [0] * len(values)

    @property
    def names(self) -> frozenset[str]:
        """What all that is worth keeping of a person for the next tuning follows from."""
        return self._in_force.names

    def add(self, case_file: CaseFile, known: Known | None = None) -> None:
        """Add a person. `known`: what was worked out about them before.

        Raises EvidenceNeeded, and adds nothing, if that comes without evidence and an answer needs it.
        """
        known = known or Known()
        raised = [len(PersonForecast(scope, case_file, self._span, known).spells) for scope in self._scopes]
        for place, number in enumerate(raised):
            self.people[place] += bool(number)
            self.concerns[place] += number

    @property
    def tipping(self) -> tuple[int, ...]:
        """Values at which the figures differ from those at the value before."""
        pairs = zip(self.values[1:], self._figures[1:], self._figures, strict=False)
        return tuple(value for value, figures, before in pairs if figures != before)

    @property
    def flat(self) -> tuple[tuple[int, int], ...]:
        """First and last of each stretch of at least three values over which the figures do not change."""
        zones: list[list[int]] = []
        tipping = set(self.tipping)
        for value in self.values:
            if not zones or value in tipping:
                zones.append([])
            zones[-1].append(value)
        return tuple((zone[0], zone[-1]) for zone in zones if len(zone) >= 3)

    @property
    def _figures(self) -> list[tuple[int, int]]:
        return list(zip(self.people, self.concerns, strict=True))
