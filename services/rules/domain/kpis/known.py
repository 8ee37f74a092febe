"""The facts of a report on its day, arranged for looking up, and the units that registers are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from services.calendar_days import london_today
from services.rules.domain.facts import EvidenceFact
from services.rules.domain.kpis.facts import (
    KpiFacts,
    NoReportFact,
    SampleFact,
    Service,
    Step,
    StepFact,
    age,
    contract_year,
    services,
)
from services.rules.domain.rulebook.kpi import Word

CORRECTED = (Step.RECORDED, Step.HELD)
"""Steps of which a newer one about the same session or event corrects those before it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a register. `on` is the day that puts it into the period."""

    unit_id: str
    safeguarder_id: str
    on: date
    words: Mapping[str, Word]


@dataclass(frozen=True)
class Known:
    """The facts that are known on a day, arranged for looking up.

    Each property is worked out once, because every KPI of a report uses the same facts.
    """

    facts: KpiFacts
    as_of: date

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """When each person serves, of the people who have started by the day."""
        found = services(self.facts)
        return {
            person: service
            for person, service in sorted(found.items())
            if service.spans and service.spans[0][0] <= self.as_of
        }

    @cached_property
    def steps(self) -> Mapping[str, tuple[StepFact, ...]]:
        """The steps of each duty by the day, oldest first, without the records that a newer one corrects."""
        in_order = sorted(self.facts.steps, key=age)
        newest = {(step.step, step.session_id): step for step in in_order if step.step in CORRECTED}
        found: dict[str, list[StepFact]] = {}
        for step in in_order:
            corrected = step.step in CORRECTED and newest[step.step, step.session_id] is not step
            # The corrected day decides, so that a record moved to a later day says nothing of the day before.
            if not corrected and (step.on or london_today(step.recorded_at)) <= self.as_of:
                found.setdefault(step.duty_id, []).append(step)
        return {duty_id: tuple(steps) for duty_id, steps in found.items()}

    @cached_property
    def items(self) -> Mapping[str, tuple[EvidenceFact, ...]]:
        """The items of each person that had happened by the day. What is derived from others came from no source."""
        found: dict[str, list[EvidenceFact]] = {}
        for person, item in self.facts.items:
            if item.happened_on <= self.as_of and not item.is_derived:
                found.setdefault(person, []).append(item)
        return {person: tuple(items) for person, items in found.items()}

    def concerns_about(self, person: str, months: tuple[date, date]) -> int:
        """Return how many concerns were raised in the months, by the day. Praise and data gaps do not count."""
        days = self._concern_days.get(person, ())
        return sum(months[0] <= day <= min(months[1], self.as_of) for day in days)

    def no_reports(self, person: str, months: tuple[date, date]) -> list[NoReportFact]:
        """Return the last record of each contract year about reports that could not be sampled, within the months."""
        found = self._no_reports.get(person, {}).values()
        return [fact for fact in found if months[0] <= fact.on <= months[1]]

    def samples(self, person: str) -> Sequence[SampleFact]:
        """Return how each of a person's sampled reports stands, oldest round first."""
        return self._samples.get(person, ())

    @cached_property
    def _samples(self) -> Mapping[str, list[SampleFact]]:
        newest = {fact.sample_id: fact for fact in sorted(self.facts.samples, key=age)}
        found: dict[str, list[SampleFact]] = {}
        for fact in sorted(newest.values(), key=lambda fact: fact.on):
            if fact.on <= self.as_of:
                found.setdefault(fact.safeguarder_id, []).append(fact)
        return found

    @cached_property
    def _concern_days(self) -> Mapping[str, list[date]]:
        found: dict[str, list[date]] = {}
        for fact in self.facts.concerns:
            if fact.lane not in ("excellence", "data_gap"):
                found.setdefault(fact.safeguarder_id, []).append(london_today(fact.raised_at))
        return found

    @cached_property
    def _no_reports(self) -> Mapping[str, Mapping[int, NoReportFact]]:
        found: dict[str, dict[int, NoReportFact]] = {}
        for fact in sorted(self.facts.no_reports, key=age):
            if fact.on <= self.as_of:
                found.setdefault(fact.safeguarder_id, {})[contract_year(fact.on)] = fact
        return found
