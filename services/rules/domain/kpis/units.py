"""The register of a KPI: every unit of a period, with the words about it that are true on a day."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from services.calendar_days import london_today
from services.rules.domain.closed_lists import GATHERED, Kind, Polarity
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.facts import EvidenceFact, how_many, how_many_different
from services.rules.domain.kpis.facts import DutyFact, Service, Step, StepFact
from services.rules.domain.kpis.known import CORRECTED, Known, Unit
from services.rules.domain.kpis.record_units import OF_THE_RECORD
from services.rules.domain.rulebook.kpi import FEEDBACK_KINDS, Kpi, Population, Word


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
    held = [step for step in steps if step.step in CORRECTED and step.delivered]
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


def _of_the_record(units: Callable[[Known], Iterator[Unit]]) -> "_Units":
    def within(kpi: Kpi, known: Known, months: tuple[date, date], lines: Mapping[str, int]) -> Iterator[Unit]:
        found = (unit for unit in units(known) if months[0] <= unit.on <= months[1])
        yield from sorted(found, key=lambda unit: (unit.safeguarder_id, unit.on, unit.unit_id))

    return within


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
    **{population: _of_the_record(units) for population, units in OF_THE_RECORD.items()},
}
