"""Events of other services as the facts that rules keep."""

from datetime import date, timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import evidence_pb2
from psmf.scheduling.v1 import duties_pb2, scheduling_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling_events

from services.platform.calls.wire import from_date, from_instant, known_member, known_word, to_member, to_word
from services.platform.events.outbox import StoredEvent
from services.rules.domain.closed_lists import (
    Aspect,
    ComplaintOutcome,
    EvidenceClass,
    ItemStatus,
    Kind,
    Polarity,
    Setting,
    Source,
    TeamDutyKind,
)
from services.rules.domain.evidence.countability import with_adverse_day
from services.rules.domain.facts import (
    MAY_BE_BLANK,
    REPORT_LINES,
    Detail,
    EvidenceFact,
    PersonFact,
    StandardMapping,
    TeamDuty,
    is_allowed_detail,
)
from services.rules.domain.kpis.facts import DutyFact
from services.rules.domain.rulebook.kpi import Population


def needed_day(message: Any, field: str) -> date:
    """Return the date in a field of an event.

    Raises:
        ValueError: the field is unset; the event is then dead-lettered.
    """
    day = from_date(message, field)
    if day is None:
        raise ValueError(f"{field} is not set")
    return day


def person_fact(message: evidence_events.SafeguarderAppointed) -> PersonFact:
    """Return a person's membership."""
    appointed_on, starts_on = needed_day(message, "appointed_date"), needed_day(message, "start_date")
    return PersonFact(message.safeguarder_id, appointed_on, starts_on, needed_day(message, "end_date"))


def evidence_fact(message: evidence_events.EvidenceFact) -> EvidenceFact:
    """Return one version of one item."""
    outcome = to_word(evidence_pb2.ComplaintOutcome, message.complaint_outcome)
    details = _details(message)
    fact = EvidenceFact(
        evidence_id=message.evidence_id,
        kind=Kind(to_word(evidence_pb2.EvidenceKind, message.kind)),
        source=Source(to_word(evidence_pb2.EvidenceSource, message.source)),
        aspect=Aspect(to_word(evidence_pb2.Aspect, message.aspect)),
        setting=Setting(to_word(evidence_pb2.Setting, message.setting)),
        evidence_class=EvidenceClass(to_word(evidence_pb2.EvidenceClass, message.evidence_class)),
        happened_on=needed_day(message, "happened_date"),
        received_on=needed_day(message, "received_date"),
        recorded_at=from_instant(message.record_time),
        version=message.version,
        shared_on=from_date(message, "shared_date"),
        reply_due_on=from_date(message, "reply_due_date"),
        replied_on=from_date(message, "replied_date"),
        countable_from=_countable_from(message),
        complaint_outcome=ComplaintOutcome(outcome) if outcome else None,
        status=ItemStatus(to_word(evidence_pb2.ItemState, message.state)),
        mappings=tuple(
            StandardMapping(part.standard, part.indicator, Polarity(to_word(evidence_pb2.Polarity, part.polarity)))
            for part in message.mappings
        ),
        details={name: value for name, value in details.items() if value is not None},
        blank=tuple(name for name in MAY_BE_BLANK if name in details and details[name] is None),
        judged_id=message.judged_id,
        adverse_from=from_date(message, "adverse_date"),
        sharing_reported=message.sharing_reported,
        sender_id=message.sender_id,
        unanswerable=("second_reader_agrees",) if message.no_second_reader else (),
    )
    # Evidence of this release gives the day of every item that it may know: a sharing is missing then, or the last day
    # to reply while the person is away.
    return fact if fact.adverse_from or message.reply_stands_still else with_adverse_day(fact)


def _countable_from(message: evidence_events.EvidenceFact) -> date | None:
    """Return the first day on which the item may count, no later than the lapse of its time to reply.

    An event of the release before gives the day of the reply, even of one that came after the item could count.
    """
    countable_from, reply_due_on = from_date(message, "countable_date"), from_date(message, "reply_due_date")
    if countable_from is None or reply_due_on is None or not message.HasField("replied_date"):
        return countable_from
    return min(countable_from, reply_due_on + timedelta(days=1))


def _details(message: evidence_events.EvidenceFact) -> dict[str, Detail | None]:
    """Return every detail that an item of its kind has. None: it is blank."""
    details: dict[str, Detail | None] = {}
    if message.HasField("report_review"):
        review = message.report_review
        lines = {line: to_word(evidence_pb2.LineRating, getattr(review, line)) for line in REPORT_LINES}
        details |= {line: word or None for line, word in lines.items()}
        details["child_views_recorded"] = _answer(review.child_views_answer, review.child_views_recorded)
        details["second_reader_agrees"] = _answer(review.second_reader_answer, review.second_reader_agrees)
    if message.HasField("timeliness"):
        late = (needed_day(message.timeliness, "filed_date") - needed_day(message.timeliness, "due_date")).days
        details["days_late"] = max(late, 0)
        times = message.timeliness
        details["extension_agreed"] = _answer(times.extension_answer, times.extension_agreed)
    if message.HasField("action_outcome"):
        details |= _outcome(message.action_outcome)
    return details


def _outcome(ended: evidence_pb2.ActionOutcome) -> dict[str, Detail | None]:
    """Return how an action ended. A word of a later release is left out, so that no measure counts the item by it."""
    words: dict[str, Detail] = {
        "action_outcome": known_word(plans.Action.State, ended.outcome),
        "action_purpose": known_word(plans.Action.Purpose, ended.purpose),
        "action_basis": known_word(plans.Action.Basis, ended.basis),
        "supports_standing": known_word(evidence_pb2.SupportsStanding, ended.supports_standing),
    }
    return {name: word for name, word in words.items() if is_allowed_detail(name, word)}


def _answer(answer: int, said_yes: bool) -> bool | None:
    """Return yes, no, or None for a blank (P18). `said_yes`: an earlier release's field, whose false says nothing."""
    word = to_word(evidence_pb2.YesNo, answer)
    return word == "yes" if word else said_yes or None


def owed_fact(safeguarder_id: str, owed: scheduling_events.OwedObligation, event: StoredEvent) -> DutyFact:
    """Return what is owed to a person by a day. Raise ValueError without a day, or for a kind that is not known."""
    return DutyFact(
        owed.obligation_id,
        safeguarder_id,
        to_member(Population, scheduling_pb2.Obligation.Kind, owed.kind, "kind"),
        owed.number,
        needed_day(owed, "due_date"),
        event.recorded_at,
        event.key_sequence,
    )


def team_duty(message: scheduling_events.DutyChanged) -> TeamDuty | None:
    """Return a version of a duty of the Team, of a support manager or of the reader of a sampled report.

    None for what a Safeguarder owes: no rule may read it. None also for a word that only a later release knows.
    """
    kind = known_member(TeamDutyKind, duties_pb2.Duty.Kind, message.kind)
    state = known_word(duties_pb2.Duty.State, message.state)
    owed_by = known_word(duties_pb2.Duty.OwedBy, message.owed_by)
    if kind is None or not state or owed_by not in ("support_manager", "panel_team", "reader"):
        return None
    what = (message.duty_id, message.version, kind, message.about, needed_day(message, "due_date"))
    return TeamDuty(*what, state in ("running", "standing_still"), from_instant(message.change_time))


def attendance_fact(event: str, message: Any, evidence_id: str, on: date) -> EvidenceFact:
    """Return attendance at a support session or mandatory training as an item of evidence.

    The edition in force says which indicator it shows, when the item is read (`read_by_edition`). Only absence without
    an excuse speaks against the person, and it waits for the reply like anything else (B4). It is no item that is
    shared, so it has a last day to reply but no day of sharing.
    """
    word = to_word(scheduling_pb2.Attendance, message.attendance)
    due_on = from_date(message, "reply_due_date")
    fact = EvidenceFact(
        evidence_id=evidence_id,
        kind=Kind.ATTENDANCE,
        source=Source.PANEL_TEAM,
        aspect=Aspect.CONDUCT,
        setting=Setting.PANEL,
        evidence_class=EvidenceClass.STANDARD,
        happened_on=on,
        received_on=on,
        recorded_at=from_instant(message.record_time),
        countable_from=on,
        details={"event": event, "attendance": word},
        reply_due_on=due_on,
        adverse_from=due_on + timedelta(days=1) if due_on else None,
        sharing_reported=getattr(message, "sharing_reported", False),
    )
    return fact if due_on or message.reply_stands_still else with_adverse_day(fact)
