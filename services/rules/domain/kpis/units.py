"""The register of a KPI: every unit of a period, with the words about it that are true on a day."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from services.calendar_days import london_today
from services.rules.domain.closed_lists import GATHERED, Kind, Polarity
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.facts import EvidenceFact, how_many, how_many_different
from services.rules.domain.kpis.facts import (
    DutyFact,
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
from services.rules.domain.rulebook.kpi import FEEDBACK_KINDS, Kpi, Population, Word

_CORRECTED = (Step.RECORDED, Step.HELD)
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
        newest = {(step.step, step.session_id): step for step in in_order if step.step in _CORRECTED}
        found: dict[str, list[StepFact]] = {}
        for step in in_order:
            corrected = step.step in _CORRECTED and newest[step.step, step.session_id] is not step
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


def register(kpi: Kpi, known: Known, months: tuple[date, date], lines: Mapping[str, int]) -> Iterator[Unit]:
    """Yield every unit of a KPI's register, in order of person.

    `months` is the first and last day. `lines` is the value of each parameter in force.
    """
    yield from _UNITS[kpi.each](kpi, known, months, lines)


def _duties(kpi: Kpi, known: Known, months: tuple[date, date], lines: Mapping[str, int]) -> Iterator[Unit]:
    for duty in sorted(known.facts.duties, key=lambda duty: (duty.safeguarder_id, duty.due_on, duty.number)):
        if duty.kind is kpi.each and months[0] <= duty.due_on <= months[1]:
            yield Unit(duty.duty_id, duty.safeguarder_id, duty.due_on, _duty_words(duty, known))


def _duty_words(duty: DutyFact, known: Known) -> dict[str, Word]:
    steps = known.steps.get(duty.duty_id, ())
    records = [step for step in steps if step.step is Step.RECORDED]
    held = [step for step in steps if step.step in _CORRECTED and step.delivered]
    held_on = [step.on for step in held if step.on is not None]
    service = known.services.get(duty.safeguarder_id, Service())
    words: dict[str, Word] = {
        "offered": any(step.step is Step.OFFERED for step in steps) or bool(records) or bool(held),
        "delivered": bool(held),
        "attendance": _attendance(records),
        "cancelled_by": _last_party(steps, Step.CANCELLED),
        "moved_by": _last_party(steps, Step.MOVED),
        "due": duty.due_on <= known.as_of,
        "held_after_due": min(held_on, default=duty.due_on) > duty.due_on,
        "serving_when_due": service.serves_on(duty.due_on),
    }
    return words | {"mode": _mode(records)} if duty.kind is Population.SUPPORT_SESSION else words


def _mode(records: list[StepFact]) -> str:
    """Return how the last session was held at which both sides were."""
    held = [record for record in records if record.delivered and record.attendance in ("attended", "part")]
    last = max(held, key=lambda record: (record.on or date.min, record.session_id), default=None)
    return "nothing" if last is None else last.mode or "not_said"


def _attendance(records: list[StepFact]) -> str:
    """Return how the person took part: the best presence at any of the sessions, or else that at the last one."""
    by_word = [
        record.attendance for record in sorted(records, key=lambda record: (record.on or date.min, record.session_id))
    ]
    best = (word for word in ("attended", "part") if word in by_word)
    return next(best, by_word[-1] if by_word else "not_recorded")


def _last_party(steps: tuple[StepFact, ...], what: Step) -> str:
    return next((step.by for step in reversed(steps) if step.step is what and step.by), "nobody")


def _people(kpi: Kpi, known: Known, months: tuple[date, date], lines: Mapping[str, int]) -> Iterator[Unit]:
    for person, service in known.services.items():
        if service.days_within(*months):
            yield Unit(person, person, months[1], _person_words(kpi, known, person, months, lines))


def _person_words(
    kpi: Kpi, known: Known, person: str, months: tuple[date, date], lines: Mapping[str, int]
) -> dict[str, Word]:
    service = known.services[person]
    whole, served = (months[1] - months[0]).days + 1, service.days_there(*months)
    items = [item for item in known.items.get(person, ()) if months[0] <= item.happened_on <= months[1]]
    counts = Counter({kind: how_many(item for item in items if item.kind is kind) for kind in Kind})
    seen, missing = _reports_seen(known, person, months, items), _reports_missing(known, person, months)
    still_to_serve = service.days_within(known.as_of + timedelta(days=1), months[1])
    return {
        "owed": lines[kpi.owes] * served // whole if kpi.owes else 0,
        "days_served": served,
        "pro_rated": served < whole,
        "period_over": still_to_serve == 0,
        **{f"{kind}_items": counts[kind] for kind in GATHERED},
        f"{Kind.REPORT_SAMPLE_REVIEW}_items": seen,
        "all_feedback_items": sum(counts[kind] for kind in FEEDBACK_KINDS),
        "concerns_raised": known.concerns_about(person, months),
        "reports_seen_or_not_available": seen + len(missing),
        "not_available_because": missing[-1] if missing else "nothing",
    }


def _reports_seen(known: Known, person: str, months: tuple[date, date], items: Sequence[EvidenceFact]) -> int:
    """Return how many different reports were read: those with a review, and sampled ones that have none yet.

    A sampled report is seen from its first reading on, although its item waits until two readers have reconciled.
    """
    last = min(months[1], known.as_of)
    reviews = [item for item in items if item.kind is Kind.REPORT_SAMPLE_REVIEW]
    read = [fact for fact in known.samples(person) if fact.read_on and months[0] <= fact.read_on <= last]
    return how_many_different(
        [*(item.judged_id or item.evidence_id for item in reviews), *(fact.report_id for fact in read)]
    )


def _reports_missing(known: Known, person: str, months: tuple[date, date]) -> list[str]:
    """Return why each report that cannot be had is missing, the newest last.

    Rounds and the Team's own record of a year speak of the same reports, so whichever names more of them holds.
    """
    recorded = [fact.reason for fact in known.no_reports(person, months) for _ in range(fact.reports)]
    in_rounds = [fact.reason for fact in known.samples(person) if fact.reason and months[0] <= fact.on <= months[1]]
    return in_rounds if len(in_rounds) > len(recorded) else recorded


def _items_owed(kpi: Kpi, known: Known, months: tuple[date, date], lines: Mapping[str, int]) -> Iterator[Unit]:
    for person in _people(kpi, known, months, lines):
        for number in range(1, int(person.words["owed"]) + 1):
            name = f"{person.unit_id}/{number}"
            yield Unit(name, person.safeguarder_id, person.on, {**person.words, "number": number})


def _items(dated: Callable[[EvidenceFact], date | None]) -> "_Units":
    def units(kpi: Kpi, known: Known, months: tuple[date, date], lines: Mapping[str, int]) -> Iterator[Unit]:
        last = min(months[1], known.as_of)
        for person, items in sorted(known.items.items()):
            for item in sorted(items, key=lambda item: item.evidence_id):
                on = dated(item)
                if on is not None and months[0] <= on <= last:
                    yield Unit(item.evidence_id, person, on, _item_words(item, known.as_of))

    return units


def _item_words(item: EvidenceFact, as_of: date) -> dict[str, Word]:
    said = {mapping.polarity for mapping in item.mappings}
    speaks = next((p.value for p in (Polarity.CONCERN, Polarity.PRAISE, Polarity.NEUTRAL) if p in said), "nothing")
    replied = item.replied_on is not None and item.replied_on <= as_of
    return {
        "kind": item.kind.value,
        "source": item.source.value,
        "speaks": speaks,
        "replied": replied,
        "reply_time_over": replied or (item.reply_due_on is not None and item.reply_due_on < as_of),
    }


def _concerns(kpi: Kpi, known: Known, months: tuple[date, date], lines: Mapping[str, int]) -> Iterator[Unit]:
    last = min(months[1], known.as_of)
    for fact in sorted(known.facts.concerns, key=lambda fact: (fact.safeguarder_id, fact.raised_at, fact.concern_id)):
        on = london_today(fact.raised_at)
        if months[0] <= on <= last:
            since = fact.evidence_recorded_at
            words: dict[str, Word] = {
                "lane": fact.lane,
                "set_off_by_evidence": since is not None,
                "days_waited": (on - london_today(since)).days if since is not None else 0,
            }
            yield Unit(fact.concern_id, fact.safeguarder_id, on, words)


def _escalations(kpi: Kpi, known: Known, months: tuple[date, date], lines: Mapping[str, int]) -> Iterator[Unit]:
    last = min(months[1], known.as_of)
    found = sorted(known.facts.escalations, key=lambda fact: (fact.safeguarder_id, fact.escalated_at, fact.concern_id))
    for fact in found:
        on = london_today(fact.escalated_at)
        if months[0] <= on <= last:
            # A concern that was reopened and escalated again is another unit.
            unit_id = f"{fact.concern_id}/{len(fact.before) + 1}"
            yield Unit(unit_id, fact.safeguarder_id, on, _support_before(fact.before))


def _support_before(moves: Sequence[Made]) -> dict[str, Word]:
    """Return what support was offered, and how it stood at the last review of actions, since any reopening.

    It is read from the history, not from the guards, so that the KPI shows if a guard failed.
    """
    since = max((place for place, made in enumerate(moves) if made.move is Move.REOPEN), default=-1) + 1
    reviews = [made.word for made in moves[since:] if made.move is Move.REVIEW_ACTIONS]
    return {
        "support_offered": any(made.move is Move.START_SUPPORT for made in moves[since:]),
        "supports": reviews[-1].split()[-1] if reviews else "nothing",
    }


_Units = Callable[[Kpi, Known, tuple[date, date], Mapping[str, int]], Iterator[Unit]]
_UNITS: Mapping[Population, _Units] = {
    Population.SUPPORT_SESSION: _duties,
    Population.MANDATORY_TRAINING: _duties,
    Population.PERSON: _people,
    Population.ITEM_OWED: _items_owed,
    Population.SHARED_ITEM: _items(lambda item: item.shared_on),
    Population.RECEIVED_ITEM: _items(lambda item: item.received_on),
    Population.CONCERN: _concerns,
    Population.ESCALATION: _escalations,
}
