"""State shared by all people in one forecast run: the rules, their numbers and what bears on them."""

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
    """The first and the last day of a forecast."""

    since: date
    until: date

    @property
    def end(self) -> Moment:
        """The first moment after the span."""
        return start_of(self.until + ONE_DAY)


class ForecastScope:
    """State shared by all people in one forecast run.

    `only`: ids of the rules wanted; None for all. `rules`: the wanted rules and those whose concerns they count, in the
    order in which they are asked. `second`: wanted rules that count concerns; `alone`: the other wanted rules.
    `numbers`: every value of each parameter at any time, whatever the day.
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
        # The guard of an escalation reads the items behind other concerns, and a matter of safety counts elsewhere by
        # its items that have had their reply. Otherwise they need not be kept.
        self.counts_safety = Lane.SAFETY in lanes
        self.keeps_items = self.counts_safety or any(rule.lane is Lane.ESCALATION for rule in second)
        values = rulebook.parameters.items()
        self.numbers = {name: tuple({value.value for value in parameter.values}) for name, parameter in values}
        self._counted: dict[frozenset[Lane], frozenset[str]] = {}
        self._live: dict[InForce, frozenset[str]] = {}

    def kinds(self, rules: Sequence[Rule]) -> frozenset[Kind] | None:
        """Return the kinds of items that bear on some rules; None for all kinds. Items of other kinds are skipped.

        A rule that is asked only where evidence exists needs all kinds: an item of any kind gives it a subject.
        """
        measures = [self.rulebook.measures[name] for rule in rules for name in rule.measures]
        of_items = [measure for measure in measures if measure.of_items]
        if not all(is_always_asked(rule) for rule in rules) or not all(measure.kinds for measure in of_items):
            return None
        return frozenset().union(*(measure.kinds for measure in of_items))

    def counted(self, lanes: frozenset[Lane]) -> frozenset[str]:
        """Return the rules whose concerns a measure of some lanes counts."""
        found = self._counted.get(lanes)
        if found is None:
            first = (rule for rule in self.rules if not self.rulebook.looks_at_concerns(rule))
            found = self._counted[lanes] = frozenset(r.rule_id for r in first if r.lane in lanes)
        return found

    def is_live(self, rule: Rule, terms: InForce) -> bool:
        """Return whether a rule is live by the terms given."""
        found = self._live.get(terms)
        if found is None:
            found = self._live[terms] = frozenset(entry.rule_id for entry in terms.rules)
        return rule.rule_id in found
