"""Parameters, measures and rules, from files of the right shape. Every name that nothing else defines is a fault."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter
from typing import Any

from services.refusals import did_you_mean
from services.rules.adapters.rule_files.examples import read_examples
from services.rules.adapters.rule_files.shape import what_to_compare
from services.rules.adapters.rule_files.strict_yaml import Document, Fault, Place
from services.rules.domain.closed_lists import (
    Comparator,
    Counts,
    Kind,
    Lane,
    Polarity,
    RuleStatus,
    Scope,
    TeamDutyKind,
    Tell,
)
from services.rules.domain.facts import DETAILS, ITEM_WORDS, Detail
from services.rules.domain.rulebook.conditions import All, AnyOf, Comparison, Condition, opposite, when_unless
from services.rules.domain.rulebook.measures import Measure, Where
from services.rules.domain.rulebook.model import Parameter, ParameterValue, Routing, Rule
from services.rules.domain.rulebook.standards import StandardsEdition
from services.rules.domain.rulebook.wording import has_one_and_more

COMPARISON = re.compile(rf"([a-z][a-z0-9_]*) ({'|'.join(Comparator)}) ([a-z][a-z0-9_]*)")
"""For example `late_reports is at least late_reports_line`."""
ONE_OF = re.compile(r"([a-z][a-z0-9_]*) is ([a-z0-9_]+(?: or [a-z0-9_]+)*)")
"""For example `attendance is attended or part`."""
# The keys that a measure may have beside `means` and `count`, by what it counts.
_OF_ITEMS = {"kinds", "standard", "about", "polarity", "where", "over", "needs"}
_KEYS = {
    Counts.ITEMS: _OF_ITEMS,
    Counts.SOURCE_TYPES: _OF_ITEMS,
    Counts.DAYS_BETWEEN_FIRST_AND_LAST: _OF_ITEMS,
    Counts.KINDS_MISSING: {"among", "over"},
    Counts.CONCERNS_RAISED: {"lanes"},
    Counts.TEAM_DUTIES_OVERDUE: {"duties"},
}
_NEEDED = {
    Counts.KINDS_MISSING: "among",
    Counts.CONCERNS_RAISED: "lanes",
    Counts.TEAM_DUTIES_OVERDUE: "duties",
}


@dataclass(slots=True)
class Reader:
    """What has been read of a rulebook so far, with every fault found.

    Faults are collected and not raised, so that one check shows all of them. `places` holds where each named part is
    in the files.
    """

    faults: list[Fault] = field(default_factory=list)
    editions: list[StandardsEdition] = field(default_factory=list)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    places: dict[str, tuple[Document, Place]] = field(default_factory=dict)

    def read_parameters(self, document: Document) -> None:
        """Read every parameter. Its values must be in order of date and within its scale."""
        for name, entry in document.data.items():
            low, high = entry["scale"]["from"], entry["scale"]["to"]
            values: list[ParameterValue] = []
            for number, value in enumerate(entry["values"]):
                place = (name, "values", number)
                day = self.day(document, (*place, "from"), value["from"])
                if not low <= value["value"] <= high:
                    message = f"{value['value']} is outside the scale of {name}, which is {low} to {high}."
                    self.fault(document, (*place, "value"), "OFF-SCALE", message)
                if values and day <= values[-1].from_on:
                    message = "This date is not later than the one before it. List the values in order of date."
                    self.fault(document, (*place, "from"), "DATE-ORDER", message)
                values.append(ParameterValue(day, value["value"], value["why"], value["origin"], value["cites"]))
            review_by = self.day(document, (name, "review_by"), entry["review_by"])
            self.places[name] = (document, (name,))
            self.parameters[name] = Parameter(
                name, entry["means"], entry["unit"], (low, high), tuple(values), entry["owner"], review_by
            )

    def read_measures(self, document: Document) -> None:
        """Read every measure. Its keys must fit what it counts."""
        for name, entry in document.data.items():
            counts = Counts(entry["count"])
            for key in set(entry) - _KEYS.get(counts, set()) - {"means", "count"}:
                message = f'A measure that counts {counts} has no "{key}". Leave it out.'
                self.fault(document, (name, key), "UNKNOWN-KEY", message, at_key=True)
            if (needed := _NEEDED.get(counts)) and needed not in entry:
                message = f'"{needed}" is missing. A measure that counts {counts} needs it.'
                self.fault(document, (name,), "MISSING", message)
            if "standard" in entry:
                if "about" in entry:
                    message = 'A measure has either "standard" or "about". Remove one of them.'
                    self.fault(document, (name, "about"), "UNKNOWN-KEY", message, at_key=True)
                self._known_standard(document, (name, "standard"), entry["standard"])
            self.places[name] = (document, (name,))
            self.measures[name] = self._measure(document, name, entry, counts)

    def _measure(self, document: Document, name: str, entry: Mapping[str, Any], counts: Counts) -> Measure:
        if "over" in entry:
            self.known_parameter(document, (name, "over"), entry["over"], "months")
        if "needs" in entry:
            self.known_parameter(document, (name, "needs"), entry["needs"])
        where = [self._where(document, (name, "where", n), text) for n, text in enumerate(entry.get("where", []))]
        return Measure(
            name=name,
            means=entry["means"],
            counts=counts,
            kinds=frozenset(map(Kind, entry.get("kinds", []))),
            standard=entry.get("standard"),
            about_subject="about" in entry,
            polarity=Polarity(entry["polarity"]) if "polarity" in entry else None,
            where=tuple(where),
            over=entry.get("over"),
            needs=entry.get("needs"),
            among=tuple((among["title"], frozenset(map(Kind, among["kinds"]))) for among in entry.get("among", [])),
            lanes=frozenset(map(Lane, entry.get("lanes", []))),
            duties=frozenset(map(TeamDutyKind, entry.get("duties", []))),
        )

    def _where(self, document: Document, place: Place, text: str) -> Where:
        if found := COMPARISON.fullmatch(text):
            detail, comparator, parameter = found.groups()
            if self._known_detail(document, place, detail) and DETAILS.get(detail) is not int:
                self.fault(document, place, "WHERE", f'"{detail}" is not a number. Write "{detail} is <word>".')
            self.known_parameter(document, place, parameter)
            return Where(detail, comparator=Comparator(comparator), parameter=parameter)
        if found := ONE_OF.fullmatch(text):
            detail, words = found.groups()
            if not self._known_detail(document, place, detail):
                return Where(detail)
            form = ITEM_WORDS.get(detail) or DETAILS[detail]
            return Where(detail, tuple(self.one_of(document, place, detail, form, words)))
        message = f'Write "<detail> is <word>" or "<detail> {Comparator.AT_LEAST} <parameter>".'
        self.fault(document, place, "SENTENCE", message)
        return Where(text)

    def one_of(
        self, document: Document, place: Place, name: str, form: tuple[str, ...] | type, words: str
    ) -> Iterator[bool | str]:
        """Yield the values in a text such as `attended or part`. `form` is how a value of `name` may look."""
        known = ("true", "false") if form is bool else form if isinstance(form, tuple) else ()
        for word in words.split(" or "):
            self.known_value(document, place, name, word, known)
            yield word == "true" if form is bool else word

    def read_rules(self, document: Document) -> None:
        """Read every rule of one file. A rule with a fault is left out."""
        for number, entry in enumerate(document.data):
            place: Place = (number,)
            rule_id = entry["rule"]
            if rule_id in self.rules:
                other, at = self.places[rule_id]
                message = f'"{rule_id}" is already a rule in {other.file}:{other.values[at][0]}. Choose another id.'
                self.fault(document, (number, "rule"), "TWICE", message)
                continue
            self.places[rule_id] = (document, place)
            rule = self._rule(document, place, entry)
            if rule is not None:
                self.rules[rule_id] = rule

    def _rule(self, document: Document, place: Place, entry: Mapping[str, Any]) -> Rule | None:
        before = len(self.faults)
        when = self._condition(document, (*place, "when"), entry["when"])
        guards = [self._condition(document, (*place, "unless", n), c) for n, c in enumerate(entry.get("unless", []))]
        unless = tuple(condition for condition in guards if condition is not None)
        clears = entry.get("clears_when")
        clears_when = self._condition(document, (*place, "clears_when"), clears) if clears else None
        standards = self._standards(document, (*place, "standards"), entry["standards"])
        routing = self._routing(document, (*place, "then"), entry["then"])
        if "holds_for" in entry:
            self.known_parameter(document, (*place, "holds_for"), entry["holds_for"])
        # The examples and the sentence use the names above. With a wrong name they would only repeat its fault.
        if len(self.faults) > before or when is None:
            return None
        whole = when_unless(when, unless)
        rule = Rule(
            rule_id=entry["rule"],
            title=entry["title"],
            source=entry["source"],
            standards=standards,
            lane=Lane(entry["lane"]),
            status=RuleStatus(entry["status"]),
            in_force_from=self.day(document, (*place, "in_force_from"), entry["in_force_from"]),
            scope=Scope(entry.get("for_each", "person")),
            when=whole,
            clears_when=clears_when or opposite(whole),
            routing=routing,
            because=entry["because"],
            examples=tuple(read_examples(self, document, place, entry)),
            holds_for=entry.get("holds_for"),
            unless=unless,
            note=entry.get("note"),
            in_force_until=self._last_day(document, place, entry),
            of_all_standards=entry["standards"] == "all",
        )
        self._because(document, (*place, "because"), rule)
        self._scope(document, place, rule)
        return rule

    def _last_day(self, document: Document, place: Place, entry: Mapping[str, Any]) -> date | None:
        if "in_force_until" not in entry:
            return None
        at = (*place, "in_force_until")
        last = self.day(document, at, entry["in_force_until"])
        if last < self.day(document, (*place, "in_force_from"), entry["in_force_from"]):
            self.fault(document, at, "DATE-ORDER", "This last day is before the first, in_force_from. Date it later.")
        return last

    def _condition(self, document: Document, place: Place, value: Any) -> Condition | None:
        if isinstance(value, str):
            return self._comparison(document, place, value)
        join, parts = next(iter(value.items()))
        found = [self._condition(document, (*place, join, number), part) for number, part in enumerate(parts)]
        if any(part is None for part in found):
            return None
        conditions = tuple(part for part in found if part is not None)
        return All(conditions) if join == "all" else AnyOf(conditions)

    def _comparison(self, document: Document, place: Place, text: str) -> Comparison | None:
        found = COMPARISON.fullmatch(text)
        if not found:
            self.fault(document, place, "SENTENCE", what_to_compare(text))
            return None
        measure, comparator, parameter = found.groups()
        if measure not in self.measures:
            hint = did_you_mean(measure, self.measures)
            self.fault(document, place, "UNKNOWN-MEASURE", f'"{measure}" is not a measure.{hint}')
            return None
        if not self.known_parameter(document, place, parameter):
            return None
        return Comparison(measure, Comparator(comparator), parameter)

    def _standards(self, document: Document, place: Place, value: Any) -> tuple[str, ...]:
        if value == "all":
            found = (s.standard_id for edition in self.editions for s in edition.standards if not s.commitment)
            return tuple(dict.fromkeys(found))
        for number, standard_id in enumerate(value):
            self._known_standard(document, (*place, number), standard_id)
        return tuple(value)

    def _routing(self, document: Document, place: Place, entry: Mapping[str, Any]) -> Routing:
        for key in ("within", "session_within"):
            if key in entry:
                self.known_parameter(document, (*place, key), entry[key])
        return Routing(
            Tell(entry["tell"]),
            entry["within"],
            entry["agenda"],
            entry.get("quiet_if_escalated", False),
            entry.get("session_within"),
        )

    def _because(self, document: Document, place: Place, rule: Rule) -> None:
        """Check that every name in the sentence can be filled in. Otherwise a real concern would show the gap first."""
        known = {*rule.measures, *self.parameters, "term_end", *(f"{name}_missing" for name in rule.measures)}
        if rule.scope is not Scope.PERSON:
            known.add("subject")
        try:
            used = [part[1:] for part in Formatter().parse(rule.because) if part[1] is not None]
        except ValueError:
            self.fault(document, place, "SENTENCE", "A brace in this sentence has no partner. Add or remove one.")
            return
        for name, form, conversion in used:
            if conversion or (form and not has_one_and_more(form)):
                message = f'Write "{{{name}}}", or "{{{name}:report|reports}}" with the words for one and for several.'
                self.fault(document, place, "SENTENCE", message)
            if name not in known:
                message = f'"{name}" is not a measure of this rule or a parameter.{did_you_mean(str(name), known)}'
                self.fault(document, place, "UNKNOWN-NAME", message)

    def _scope(self, document: Document, place: Place, rule: Rule) -> None:
        for name in rule.measures:
            if self.measures[name].about_subject and rule.scope is Scope.PERSON:
                message = f'"{name}" is about one standard or indicator at a time. Add for_each to the rule.'
                self.fault(document, (*place, "when"), "SCOPE", message)
        answers = {example.answer for example in rule.examples}
        if "raised" not in answers or answers == {"raised"}:
            message = "The examples show only one side. Add one that is raised and one that is not."
            self.fault(document, (*place, "examples"), "EXAMPLES", message)

    def known_parameter(self, document: Document, place: Place, name: str, unit: str = "") -> bool:
        """Return whether there is a parameter of that name. It is a fault if not, or if it is in another unit."""
        parameter = self.parameters.get(name)
        if parameter is None:
            hint = did_you_mean(name, self.parameters)
            self.fault(document, place, "UNKNOWN-PARAMETER", f'"{name}" is not a parameter.{hint}')
        elif unit and parameter.unit != unit:
            message = f'"{name}" is in {parameter.unit}. A parameter in {unit} is needed here.'
            self.fault(document, place, "UNIT", message)
        return parameter is not None

    def known_value(self, document: Document, place: Place, name: str, value: Detail, known: Iterable[str]) -> None:
        """Make it a fault if a value is not one that `name` may have."""
        if str(value) not in known:
            message = f'"{value}" is not a value of "{name}".{did_you_mean(str(value), known)}'
            self.fault(document, place, "WORD", message)

    def _known_standard(self, document: Document, place: Place, standard_id: str) -> None:
        known = {standard.standard_id for edition in self.editions for standard in edition.standards}
        if standard_id not in known:
            hint = did_you_mean(standard_id, known)
            self.fault(document, place, "UNKNOWN-STANDARD", f'"{standard_id}" is not a standard of any edition.{hint}')

    def _known_detail(self, document: Document, place: Place, detail: str) -> bool:
        known = {*DETAILS, *ITEM_WORDS}
        if detail not in known:
            hint = did_you_mean(detail, known)
            self.fault(document, place, "UNKNOWN-DETAIL", f'"{detail}" is not a detail of evidence.{hint}')
        return detail in known

    def day(self, document: Document, place: Place, text: str) -> date:
        """Return the day that a text names. If it names none, that is a fault, and the day is the first of all days."""
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(document, place, "DATE", f'"{text}" is not a day of the calendar.')
        return date.min

    def fault(self, document: Document, place: Place, code: str, message: str, *, at_key: bool = False) -> None:
        """Add a fault at a value of a file, or with `at_key` at its key."""
        self.faults.append(document.fault(place, code, message, at_key=at_key))
