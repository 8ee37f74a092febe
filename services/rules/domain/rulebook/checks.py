"""Checks of rules before they come into force.

A rule must be able to hold, must clear on the other side of its line, and must fit the limits of the engine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product, zip_longest

from services.rules.domain.closed_lists import Counts, Lane, RuleStatus, Truth
from services.rules.domain.rulebook.conditions import alternatives, comparisons, decision, opposite
from services.rules.domain.rulebook.model import Rule, Rulebook
from services.rules.domain.rulebook.practice_notes import NoteStage
from services.rules.domain.rulebook.standards import StandardsEdition

# durable-rules hangs at 512 lines, crashes at 256 uses and refuses more than 64 alternatives. These stay well below.
MAX_COMPARISONS = 12
MAX_MEASURES_IN_A_RULE = 5
MAX_ALTERNATIVES = 16
MAX_MEASURES = 60
MAX_RULES = 500
_NOT_A_COUNT = ("days", "working days", "weeks", "months", "years", "per cent")
"""Units of lines with which a number of things cannot be compared."""
_DAYS = (Counts.DAYS_SINCE_APPOINTED, Counts.DAYS_TO_TERM_END, Counts.DAYS_BETWEEN_FIRST_AND_LAST)


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One fault of a rule. `key` is the part of the rule that it is in."""

    rule_id: str
    key: str
    code: str
    message: str


def faults_of(rulebook: Rulebook) -> Iterator[RuleFault]:
    """Yield every fault of every rule. The names in a rule have been checked before."""
    for rule in rulebook.rules:
        found = list(_engine_limits(rule))
        yield from found
        # A rule beyond the limits would take too long here: its cases grow with the product of its measures.
        if not found:
            yield from _lines(rulebook, rule)
        yield from _units(rulebook, rule)
        yield from _strata(rulebook, rule)
        yield from _team_duties(rulebook, rule)
        yield from _note(rulebook, rule)
    if len(rulebook.rules) > MAX_RULES or len(rulebook.measures) > MAX_MEASURES:
        message = f"There are more than {MAX_RULES} rules or {MAX_MEASURES} measures. Take some out."
        yield RuleFault(rulebook.rules[-1].rule_id, "rule", "ENGINE-LIMIT", message)


@dataclass(frozen=True, slots=True)
class BoundToThePast:
    """A rule or a measure that is bound to standards which are over from a day on."""

    about: str
    name: str
    message: str


def bound_to_an_edition_over(rulebook: Rulebook) -> Iterator[BoundToThePast]:
    """Yield each rule and measure that is in use on any day of an edition that no longer has its standards.

    A rule that begins after the edition is bound to the past as well.

    A rule about all standards follows the edition in force, and is bound to none.
    """
    told: set[str] = set()
    for edition, after in zip_longest(rulebook.editions[1:], rulebook.editions[2:]):
        over_on = after.effective_from if after else date.max
        used = [rule for rule in rulebook.rules if _is_in_use(rule, edition.effective_from, over_on)]
        rules = [("rule", rule.rule_id, rule.standards) for rule in used if not rule.of_all_standards]
        names = dict.fromkeys(name for rule in used for name in rule.measures)
        bound = [(name, rulebook.measures[name].standard) for name in names]
        measures = [("measure", name, (standard,)) for name, standard in bound if standard is not None]
        for about, name, standards in (*rules, *measures):
            if name not in told and not any(edition.has_standard(standard) for standard in standards):
                told.add(name)
                yield BoundToThePast(about, name, _over(edition, standards))


def _is_in_use(rule: Rule, since: date, before: date) -> bool:
    """Return whether a rule that is not retired is in force on a day from `since` and before `before`."""
    first = max(rule.in_force_from, since)
    return rule.status is not RuleStatus.RETIRED and first < before and rule.is_in_force(first)


def _over(edition: StandardsEdition, standards: Sequence[str]) -> str:
    walk = edition.crosswalk.became if edition.crosswalk else {}
    became = ", ".join(new for old in standards for new in walk.get(old, ())) or "nothing that the crosswalk names"
    which = ", ".join(standards)
    verb, they = ("are", "They") if len(standards) > 1 else ("is", "It")
    over = f"{which} {verb} not in the edition {edition.edition_id}, in force from {edition.effective_from}"
    advice = "Bind this to the new edition, or give the rule a last day (in_force_until)."
    return f"{over}. {they} became {became}. {advice}"


def _note(rulebook: Rulebook, rule: Rule) -> Iterator[RuleFault]:
    """Check the Practice Note on which a rule rests.

    The rule starts when everyone has had time to acknowledge the note, and not on a withdrawn one (R156).
    """
    if rule.note is None:
        return
    notes = {note.note_id: note for note in rulebook.notes}
    note = notes.get(rule.note)
    if note is None:
        message = f'"{rule.note}" is not a Practice Note. There are: {", ".join(sorted(notes)) or "none"}.'
        yield RuleFault(rule.rule_id, "note", "UNKNOWN-NOTE", message)
    elif note.acknowledged_by is None or rule.in_force_from < note.acknowledged_by:
        by = f"by {note.acknowledged_by}" if note.acknowledged_by else "by a day that is not set yet"
        message = f'This rests on the note "{rule.note}", which everyone must have acknowledged {by}. Start no earlier.'
        yield RuleFault(rule.rule_id, "in_force_from", "NOTE-NOT-YET", message)
    elif note.first_day(NoteStage.WITHDRAWN) is not None and rule.status is not RuleStatus.RETIRED:
        message = f'This rests on the note "{rule.note}", which is withdrawn. Retire the rule or name another note.'
        yield RuleFault(rule.rule_id, "note", "NOTE-WITHDRAWN", message)


def _engine_limits(rule: Rule) -> Iterator[RuleFault]:
    for key, tree in (("when", rule.when), ("clears_when", rule.clears_when)):
        if len(list(comparisons(tree))) > MAX_COMPARISONS:
            message = f"There are more than {MAX_COMPARISONS} comparisons. Split the rule."
            yield RuleFault(rule.rule_id, key, "ENGINE-LIMIT", message)
        elif max(alternatives(tree), alternatives(opposite(tree))) > MAX_ALTERNATIVES:
            message = f"There are more than {MAX_ALTERNATIVES} alternatives. Split the rule."
            yield RuleFault(rule.rule_id, key, "ENGINE-LIMIT", message)
    if len(rule.measures) > MAX_MEASURES_IN_A_RULE:
        message = f"The rule compares more than {MAX_MEASURES_IN_A_RULE} measures. Split it."
        yield RuleFault(rule.rule_id, "when", "ENGINE-LIMIT", message)


def _lines(rulebook: Rulebook, rule: Rule) -> Iterator[RuleFault]:
    """Check a rule with the lines of each day on which one of them changes. The first day with a fault is enough."""
    for day in _days_lines_change(rulebook, rule):
        lines = rulebook.lines_on(day)
        unset = [name for name in rulebook.parameters_of(rule) if name not in lines]
        if unset:
            message = f'"{unset[0]}" has no value on {day}, when the rule is in force. Date its first value earlier.'
            yield RuleFault(rule.rule_id, "in_force_from", "NO-VALUE", message)
            return
        holds, clears = decision(rule.when, lines), decision(rule.clears_when, lines)
        fires = [case for case in _every_side(rulebook, rule, lines) if holds(case) is Truth.YES]
        if not fires:
            message = f"The rule can never hold with the lines of {day}. Check its comparisons and their lines."
            yield RuleFault(rule.rule_id, "when", "NEVER", message)
            return
        if any(clears(case) is Truth.YES for case in fires):
            message = f"With the lines of {day}, this clears what the rule raises. Put its line on the other side."
            yield RuleFault(rule.rule_id, "clears_when", "WRONG-SIDE", message)
            return


def _days_lines_change(rulebook: Rulebook, rule: Rule) -> list[date]:
    changes = {value.from_on for name in rulebook.parameters_of(rule) for value in rulebook.parameters[name].values}
    return sorted({rule.in_force_from, *(day for day in changes if rule.is_in_force(day))})


def _every_side(rulebook: Rulebook, rule: Rule, lines: Mapping[str, int]) -> Iterator[Mapping[str, int]]:
    """Yield one case on, below and above every line of every measure.

    Between two lines no comparison changes, so these cases show everything that can happen.
    """
    by_measure: dict[str, set[int]] = {name: set() for name in rule.measures}
    for tree in (rule.when, rule.clears_when):
        for comparison in comparisons(tree):
            line = lines[comparison.parameter]
            by_measure[comparison.measure] |= {line - 1, line, line + 1}
    for name, values in by_measure.items():
        # Only days to the end of a term can be below 0, after it has ended.
        if rulebook.measures[name].counts is not Counts.DAYS_TO_TERM_END:
            by_measure[name] = {value for value in values if value >= 0} or {0}
    for values_chosen in product(*(sorted(values) for values in by_measure.values())):
        yield dict(zip(by_measure, values_chosen, strict=True))


def _units(rulebook: Rulebook, rule: Rule) -> Iterator[RuleFault]:
    for comparison in comparisons(rule.when):
        in_days = rulebook.measures[comparison.measure].counts in _DAYS
        unit = rulebook.parameters[comparison.parameter].unit
        if (unit != "days") if in_days else (unit in _NOT_A_COUNT):
            message = f'"{comparison.measure}" cannot be compared with "{comparison.parameter}", which is in {unit}.'
            yield RuleFault(rule.rule_id, "when", "UNIT", message)
    for key, name, wanted in (
        ("holds_for", rule.holds_for, "days"),
        ("then", rule.routing.within, "working days"),
        ("then", rule.routing.session_within, "working days"),
    ):
        if name is not None and rulebook.parameters[name].unit != wanted:
            unit = rulebook.parameters[name].unit
            message = f'"{name}" is in {unit}. A parameter in {wanted} is needed here.'
            yield RuleFault(rule.rule_id, key, "UNIT", message)


def _team_duties(rulebook: Rulebook, rule: Rule) -> Iterator[RuleFault]:
    """Check that what the Team owes bears on nothing but gaps, which are the Team's tasks (R43, D15.17).

    A rule of another lane would turn a duty of the Team into a mark on the person. It must not count the concern that
    such a duty raises either.
    """
    if rule.lane is Lane.DATA_GAP:
        return
    why = "A late Team is never a mark on the person"
    for name in rule.measures:
        if rulebook.measures[name].counts is Counts.TEAM_DUTIES_OVERDUE:
            message = f'"{name}" counts duties of the Team, so the lane must be {Lane.DATA_GAP}. {why}.'
            yield RuleFault(rule.rule_id, "lane", "TEAM-DUTY", message)
        elif Lane.DATA_GAP in rulebook.measures[name].lanes and (reading := _first_to_read_duties(rulebook)):
            message = (
                f'"{name}" counts concerns of the lane {Lane.DATA_GAP}, and {reading} looks at duties of the Team.'
            )
            yield RuleFault(rule.rule_id, "when", "TEAM-DUTY", f"{message} {why}, so leave the lane out.")


def _first_to_read_duties(rulebook: Rulebook) -> str | None:
    counting = {name for name, m in rulebook.measures.items() if m.counts is Counts.TEAM_DUTIES_OVERDUE}
    return next((rule.rule_id for rule in rulebook.rules if counting & set(rule.measures)), None)


def _strata(rulebook: Rulebook, rule: Rule) -> Iterator[RuleFault]:
    """Check that rules which count concerns count only those of rules which do not.

    Then two passes answer all rules. Rules that counted one another would have no answer to start from.
    """
    if not rulebook.looks_at_concerns(rule):
        return
    counted = {lane for name in rule.measures for lane in rulebook.measures[name].lanes}
    for other in rulebook.rules:
        if other.lane in counted and rulebook.looks_at_concerns(other):
            message = f'This counts concerns of the lane "{other.lane}", in which {other.rule_id} counts concerns too.'
            yield RuleFault(rule.rule_id, "when", "CIRCLE", message)
    if rule.holds_for is not None:
        message = "A rule that counts concerns has no holds_for. Leave it out."
        yield RuleFault(rule.rule_id, "holds_for", "CIRCLE", message)
