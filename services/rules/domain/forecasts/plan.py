"""What is the same for everybody who is followed over a span of days: the rules, their numbers, what bears on them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from services.rules.domain.closed_lists import Kind, Lane
from services.rules.domain.evaluation.answering import is_always_asked
from services.rules.domain.evidence.measures import ONE_DAY
from services.rules.domain.evidence.timeline import Moment, start_of
from services.rules.domain.rulebook.model import InForce, Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day that are followed."""

    since: date
    until: date

    @property
    def end(self) -> Moment:
        """The first moment after it."""
        return start_of(self.until + ONE_DAY)


class ForecastScope:
    """What is the same for everybody who is followed. `only`: the rules to follow; None for all.

    `rules` are those, and the ones whose concerns they count, in the order they are asked.
    """

    def __init__(self, rulebook: Rulebook, only: Set[str] | None = None) -> None:
        self.rulebook = rulebook
        self.wanted = frozenset(rule.rule_id for rule in rulebook.rules if only is None or rule.rule_id in only)
        wanted = [rule for rule in rulebook.rules if rule.rule_id in self.wanted]
        second = [rule for rule in wanted if rulebook.looks_at_concerns(rule)]
        lanes = {lane for rule in second for name in rule.measures for lane in rulebook.measures[name].lanes}
        first = [r for r in rulebook.rules if not rulebook.looks_at_concerns(r)]
        self.rules = (*(r for r in first if r.rule_id in self.wanted or r.lane in lanes), *second)
        self.names = frozenset(rule.rule_id for rule in self.rules)
        self.second = tuple(second)
        self.alone = tuple(rule for rule in wanted if rule not in second)
        # What a concern rests on matters to another rule only where a guard looks at it.
        self.keeps_items = any(rule.lane is Lane.ESCALATION for rule in second)
        values = rulebook.parameters.items()
        self.numbers = {name: tuple({value.value for value in parameter.values}) for name, parameter in values}
        self._counted: dict[frozenset[Lane], frozenset[str]] = {}
        self._speaking: dict[InForce, frozenset[str]] = {}

    def kinds(self, rules: Sequence[Rule]) -> frozenset[Kind] | None:
        """The kinds of items that bear on some rules, None for all: items of others need not be looked at."""
        measures = [self.rulebook.measures[name] for rule in rules for name in rule.measures]
        listening = [measure for measure in measures if measure.of_items]
        if not all(is_always_asked(rule) for rule in rules) or not all(measure.kinds for measure in listening):
            return None
        return frozenset().union(*(measure.kinds for measure in listening))

    def counted(self, lanes: frozenset[Lane]) -> frozenset[str]:
        """The rules whose concerns a measure of some lanes counts."""
        found = self._counted.get(lanes)
        if found is None:
            first = (rule for rule in self.rules if not self.rulebook.looks_at_concerns(rule))
            found = self._counted[lanes] = frozenset(r.rule_id for r in first if r.lane in lanes)
        return found

    def speaks(self, rule: Rule, terms: InForce) -> bool:
        """Whether a rule is in force."""
        found = self._speaking.get(terms)
        if found is None:
            found = self._speaking[terms] = frozenset(entry.rule_id for entry in terms.rules)
        return rule.rule_id in found
