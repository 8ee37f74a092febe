"""What the events of rules and scheduling say of concerns, and of the time of actions and answers."""

from datetime import datetime
from typing import Any

from psmf.rules.v1 import concern_moves_pb2, rules_pb2
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.scheduling.v1 import duties_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling_events

from services.calendar_days import london_today
from services.evidence.domain.known_concern import KnownConcern, Said
from services.evidence.domain.standing import DutyTime, Timed
from services.platform.calls.wire import from_date, known_member, known_word

_ENDINGS = (rules_events.ConcernClosed, rules_events.ConcernDismissed)
_HELD = rules_pb2.Concern.STATE_HELD
_NOT_OPEN = (
    rules_pb2.Concern.STATE_CLOSED,
    rules_pb2.Concern.STATE_DISMISSED,
    rules_pb2.Concern.STATE_MERGED,
)
_BEFORE_ESCALATION = (
    rules_pb2.Concern.STATE_RAISED,
    rules_pb2.Concern.STATE_ACKNOWLEDGED,
    rules_pb2.Concern.STATE_IN_SUPPORT,
    rules_pb2.Concern.STATE_REQUIRED_ACTION,
    rules_pb2.Concern.STATE_ACTION_REVIEW,
    rules_pb2.Concern.STATE_REOPENED,
)


def known_concern(kind: str, data: bytes, recorded_at: datetime) -> tuple[KnownConcern, bool | None]:
    """Return the concern of any event about one, as it stands since, and whether it is quiet; None if it does not say.

    `kind`: the full name of the event.
    A release that did not say where a concern stands is told by the event itself.
    """
    event = getattr(rules_events, kind.rpartition(".")[2]).FromString(data)
    fact, moved = event.concern, isinstance(event, rules_events.ConcernMoved)
    ended = isinstance(event, _ENDINGS) or fact.state in _NOT_OPEN
    reopened = moved and event.move == concern_moves_pb2.CONCERN_MOVE_REOPEN
    told = KnownConcern(
        fact.concern_id,
        fact.safeguarder_id,
        not ended,
        known_word(rules_pb2.Lane, fact.lane),
        fact.state == _HELD,
        event.merged_into if moved else "",
        london_today(recorded_at) if reopened else None,
        fact.owner,
        _escalated_by(event),
        london_today(recorded_at) if isinstance(event, rules_events.ConcernRaised) else None,
        _said(event),
    )
    return told, _quiet(event)


def _people(event: Any) -> tuple[str, ...]:
    """Return who owns a concern and who moved it, as an event says."""
    acknowledged = getattr(event, "owner", "")
    found = {event.concern.owner, event.concern.moved_by, acknowledged, getattr(event, "recommended_by", "")}
    return tuple(sorted(found - {"", "calendar"}))


def _said(event: Any) -> Said:
    fact = event.concern
    ids = tuple(fact.evidence_ids)
    left = tuple(fact.left_change_ids)
    return Said(fact.subject, tuple(fact.standards), evidence_ids=ids, people=_people(event), left=left)


def _escalated_by(event: Any) -> str | None:
    """Return who took a concern to the Team; empty if it does not stand so, and None if an event does not say."""
    if isinstance(event, rules_events.ConcernMoved) and event.move == concern_moves_pb2.CONCERN_MOVE_ESCALATE:
        return str(event.concern.moved_by)
    return "" if event.concern.state in _BEFORE_ESCALATION else None


def _quiet(event: Any) -> bool | None:
    """Return whether an event says that a concern is quiet. A quiet update leaves a concern as it was."""
    if isinstance(event, rules_events.ConcernRaised):
        return bool(event.quiet)
    if isinstance(event, rules_events.ConcernAcknowledged):
        return False
    return False if isinstance(event, rules_events.ConcernUpdated) and not event.quiet else None


def duty_time(message: scheduling_events.DutyChanged) -> DutyTime | None:
    """Return until when something has time. None for the duties of which evidence keeps the day itself."""
    due_on, timed = from_date(message, "due_date"), known_member(Timed, duties_pb2.Duty.Kind, message.kind)
    if timed is None or due_on is None:
        return None
    stands_still = message.state == duties_pb2.Duty.STATE_STANDING_STILL
    is_open = stands_still or message.state == duties_pb2.Duty.STATE_RUNNING
    about_id = message.about.removesuffix("/record").removesuffix("/developmentPlan").rpartition("/")[2]
    return DutyTime(message.duty_id, timed, about_id, message.version, due_on, stands_still, is_open)
