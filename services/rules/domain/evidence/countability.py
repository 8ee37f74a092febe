"""Whether an item counts on a day, and if not, why (requirements B4, B22, D15.1).

Which measure may use an item that counts is decided in `mappings.py`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.rules.domain.closed_lists import (
    ComplaintOutcome,
    EvidenceClass,
    ItemStatus,
    Kind,
    NotCounted,
    Polarity,
)
from services.rules.domain.facts import EvidenceFact

_GONE = (ItemStatus.SUPERSEDED, ItemStatus.WITHDRAWN)
_BY_CLASS = {
    EvidenceClass.HELP_SEEKING: NotCounted.HELP_SEEKING,
    EvidenceClass.DEVELOPMENTAL: NotCounted.DEVELOPMENTAL,
    EvidenceClass.UNVERIFIED: NotCounted.UNVERIFIED,
}
_BY_OUTCOME = {
    ComplaintOutcome.PENDING: NotCounted.COMPLAINT_PENDING,
    ComplaintOutcome.NOT_UPHELD: NotCounted.COMPLAINT_NOT_UPHELD,
    ComplaintOutcome.RESOLVED: NotCounted.COMPLAINT_RESOLVED,
    ComplaintOutcome.WITHDRAWN: NotCounted.COMPLAINT_WITHDRAWN,
}


def known_items(
    versions: Iterable[EvidenceFact], as_of: date, as_known_at: datetime, without: frozenset[str]
) -> tuple[EvidenceFact, ...]:
    """Return the latest version of each item as recorded by `as_known_at`, in order of date and id.

    Left out are items received or happening after `as_of`, and those in `without`. Superseded and withdrawn items are
    left out altogether: they leave no trace in later evaluations (D15.13). An item whose state is a word of a later
    release stays, and does not count.
    """
    latest: dict[str, EvidenceFact] = {}
    for fact in versions:
        if fact.recorded_at > as_known_at or fact.evidence_id in without:
            continue
        held = latest.get(fact.evidence_id)
        if held is None or (fact.version, fact.recorded_at) > (held.version, held.recorded_at):
            latest[fact.evidence_id] = fact
    return tuple(
        sorted(
            (f for f in latest.values() if f.status not in _GONE and max(f.received_on, f.happened_on) <= as_of),
            key=lambda f: (f.happened_on, f.evidence_id),
        )
    )


def not_counted(fact: EvidenceFact, on: date, *, adverse: bool = False, for_safety: bool = False) -> NotCounted | None:
    """Return why an item does not count on a day, or None if it may. `adverse`: whether it counts against the person.

    A complaint counts if it was upheld, even in part. One without an outcome is pending. A safety item goes to a named
    person at once (R39), so in the lane of safety (`for_safety`) it waits for no reply and no outcome. Everywhere else
    it waits like any other item: a person would read of something counted that nobody has shared with them.
    """
    if fact.not_understood:
        return NotCounted.NOT_UNDERSTOOD
    if fact.evidence_class in _BY_CLASS:
        return _BY_CLASS[fact.evidence_class]
    outcome = fact.complaint_outcome or (ComplaintOutcome.PENDING if fact.kind is Kind.COMPLAINT else None)
    pending_safety = outcome is ComplaintOutcome.PENDING and fact.evidence_class is EvidenceClass.SAFETY
    if outcome in _BY_OUTCOME and not pending_safety:
        return _BY_OUTCOME[outcome]
    if not fact.mappings:
        return NotCounted.UNMAPPED
    from_on = _from_on(fact, adverse=adverse, for_safety=for_safety)
    if from_on is None or from_on > on:
        if pending_safety:
            return NotCounted.COMPLAINT_PENDING
        # Attendance is told by its recording. It has no day of sharing, only a last day to reply, or none for now.
        told = fact.shared_on <= on if fact.shared_on else fact.kind is Kind.ATTENDANCE
        return NotCounted.IN_REPLY_TIME if told else NotCounted.NOT_SHARED
    return None


def _from_on(fact: EvidenceFact, *, adverse: bool, for_safety: bool) -> date | None:
    """Return the first day on which an item may count, or None while it cannot."""
    if fact.evidence_class is not EvidenceClass.SAFETY:
        return fact.adverse_from if adverse else fact.countable_from
    if for_safety:
        return fact.countable_from
    concern = any(mapping.polarity is Polarity.CONCERN for mapping in fact.mappings)
    return fact.adverse_from if adverse or concern or _is_pending(fact) else fact.countable_from


def _is_pending(fact: EvidenceFact) -> bool:
    return fact.kind is Kind.COMPLAINT and fact.complaint_outcome in (None, ComplaintOutcome.PENDING)


def with_reply_first(fact: EvidenceFact) -> EvidenceFact:
    """Return a safety item with the day from which it counts against the person outside the lane of safety.

    Evidence gives one day for the lane of safety, the day of receipt. Stored items and events keep that day, because
    the release before holds a matter of safety back by any later one. Decision records hold the days by value, so a
    record of before replays as it was.
    """
    if fact.evidence_class is not EvidenceClass.SAFETY or fact.adverse_from is None:
        return fact
    if _is_pending(fact) or fact.shared_on is None:
        return replace(fact, adverse_from=None)
    lapsed_on = fact.reply_due_on + timedelta(days=1) if fact.reply_due_on else None
    return replace(fact, adverse_from=min((day for day in (fact.replied_on, lapsed_on) if day), default=None))


ABSENCE_REPLY_WORKING_DAYS = 10
"""Office working days to reply to an absence that the release before recorded. Scheduling gives the day since then."""


def _with_reply_time(fact: EvidenceFact) -> EvidenceFact:
    """Return attendance that the release before recorded, with a time to reply that began on the day of recording."""
    due_on = add_working_days(WorkingCalendar.OFFICE, london_today(fact.recorded_at), ABSENCE_REPLY_WORKING_DAYS)
    return replace(fact, reply_due_on=due_on, adverse_from=due_on + timedelta(days=1))


def with_adverse_day(fact: EvidenceFact) -> EvidenceFact:
    """Return an item of the release before with the day from which it counts against the person.

    That release stored one day for all uses. It made concerns wait for the reply, but not what a measure counts against
    the person in spite of another polarity, and not absences.
    """
    if fact.kind is Kind.ATTENDANCE:
        return _with_reply_time(fact)
    # A sharing that was recorded makes a new version, so one in a first version was reported with the item.
    fact = replace(fact, sharing_reported=fact.version == 1 and fact.shared_on is not None)
    concern = any(mapping.polarity is Polarity.CONCERN for mapping in fact.mappings)
    if concern or fact.evidence_class is EvidenceClass.SAFETY or fact.countable_from is None:
        return replace(fact, adverse_from=fact.countable_from)
    if fact.shared_on is None or fact.reply_due_on is None:
        return fact
    lapsed_on = fact.reply_due_on + timedelta(days=1)
    return replace(fact, adverse_from=min(fact.replied_on or lapsed_on, lapsed_on))


def awaits_reply(fact: EvidenceFact, on: date, *, adverse: bool = True, for_safety: bool = False) -> bool:
    """Return whether an item may not count yet, because it is not shared or in reply time (B4)."""
    from_on = _from_on(fact, adverse=adverse, for_safety=for_safety)
    return from_on is None or from_on > on


def counts_from(fact: EvidenceFact, *, adverse: bool = False, for_safety: bool = False) -> date:
    """Return the first day on which an item counts, supposing that it ever does. `adverse`: against the person."""
    known_on = max(fact.received_on, fact.happened_on)
    from_on = _from_on(fact, adverse=adverse, for_safety=for_safety)
    return known_on if from_on is None else max(known_on, from_on)
