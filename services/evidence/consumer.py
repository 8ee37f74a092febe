"""Reactions of evidence to the events of other services."""

from typing import Any

from psmf.rules.v1 import concern_moves_pb2, rules_pb2
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.scheduling.v1 import events_pb2 as scheduling_events
from sqlalchemy import Connection

from services.calendar_days import london_today
from services.cover import COVERED, remember_link
from services.evidence.adapters.development_plans import SqlDevelopmentPlans
from services.evidence.adapters.personal_file.told import SqlTold
from services.evidence.adapters.plan_facts import SqlPlanFacts
from services.evidence.adapters.plan_files import PlanFile, plan_file
from services.evidence.adapters.recommendations.of_concerns import SqlRecommendations
from services.evidence.adapters.review_requests.attendances import SqlAttendances
from services.evidence.adapters.review_requests.chain import SqlChain
from services.evidence.adapters.review_requests.overrides import SqlOverrides
from services.evidence.adapters.session_files import session_file
from services.evidence.adapters.standings import SqlStandings
from services.evidence.adapters.store import SqlFile
from services.evidence.domain.known_concern import follow
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.recommendations.of_a_concern import Recommendation
from services.evidence.domain.recommendations.recommendation import Outcome
from services.evidence.domain.review_requests.absence import follow as follow_attendance
from services.evidence.domain.standards import KnownEdition
from services.evidence.domain.standing import Timed
from services.evidence.handlers.plans import approach
from services.evidence.handlers.plans.views import end as end_view
from services.evidence.handlers.review_requests.targets import follow_concerns
from services.evidence.handlers.session_packs import hear_of_session
from services.evidence.wire.plans.facts import duty_time, known_concern
from services.evidence.wire.review_requests import override
from services.evidence.wire.session_records import attendance
from services.evidence.wire.session_records import slot as to_slot
from services.platform.calls.relations import allocate, end_allocation
from services.platform.calls.wire import from_date, to_word
from services.platform.events.inbox import Reaction, not_for_it
from services.platform.events.outbox import StoredEvent


def remember_standards_edition(connection: Connection, event: StoredEvent) -> None:
    """Store an edition that rules has published. Mappings are checked against it, and open matters follow it."""
    message = rules_events.StandardsEditionPublished.FromString(event.data)
    effective_on = from_date(message, "effective_date")
    if effective_on is None:
        raise ValueError("an edition without a date")
    indicators = {entry.standard: frozenset(entry.indicators) for entry in message.standards}
    became = {entry.before: tuple(entry.became) for entry in message.crosswalk}
    SqlFile(connection).remember_edition(KnownEdition(message.edition, effective_on, indicators, became))


def forget_standards_edition(connection: Connection, event: StoredEvent) -> None:
    """Forget an edition that rules has withdrawn. Mappings are no longer checked against it."""
    SqlFile(connection).forget_edition(rules_events.StandardsEditionWithdrawn.FromString(event.data).edition)


def remember_allocation(connection: Connection, event: StoredEvent) -> None:
    """Store the current support manager of a Safeguarder. Access to the file depends on it."""
    message = scheduling_events.SupportManagerAllocated.FromString(event.data)
    allocate(connection, message.safeguarder_id, message.support_manager)
    SqlChain(connection).allocate(message.safeguarder_id, message.support_manager, london_today(event.recorded_at))


def forget_allocation(connection: Connection, event: StoredEvent) -> None:
    """Note that a Safeguarder has no support manager any more, who then no longer reads the file."""
    message = scheduling_events.SupportManagerAllocationEnded.FromString(event.data)
    end_allocation(connection, message.safeguarder_id)
    SqlChain(connection).end(message.safeguarder_id, london_today(event.recorded_at))


def remember_concern(connection: Connection, event: StoredEvent) -> None:
    """Store how a concern stands. Nobody waits for a view of one that has ended, or for a change of it to be read.

    A change of approach that it has left for another support ends here too. A review request is told again if the
    concern came to rest on its target.
    """
    told, quiet = known_concern(event.type, event.data, event.recorded_at)
    facts = SqlPlanFacts(connection)
    concern = follow(facts.find_concern(told.concern_id), told, quiet)
    facts.remember_concern(concern)
    follow_concerns(concern.safeguarder_id, _files(connection, event))
    if not concern.is_open:
        end_view(concern.concern_id, SqlDevelopmentPlans(connection), event.recorded_at)
        approach.end_with_concerns(concern.safeguarder_id, _files(connection, event))
    elif concern.said is not None and concern.said.left:
        approach.end_left(concern.safeguarder_id, _files(connection, event))


def remember_override(connection: Connection, event: StoredEvent) -> None:
    """Store that a rule is set aside for somebody. They may ask for a review of that."""
    SqlOverrides(connection).put(override(rules_events.RuleOverrideChanged.FromString(event.data)))


def remember_recommendation(connection: Connection, event: StoredEvent) -> None:
    """Store the Team's recommendation while its concern stands on it. A hold or any other step takes it out."""
    remember_concern(connection, event)
    message = rules_events.ConcernMoved.FromString(event.data)
    kind = to_word(concern_moves_pb2.RecommendationKind, message.recommendation)
    concern, recommendations = message.concern, SqlRecommendations(connection)
    if not kind:
        recommendations.forget(concern.concern_id)
        return
    recommendations.remember(
        Recommendation(concern.concern_id, concern.safeguarder_id, Outcome(kind), message.recommended_by)
    )


def keep_only_what_was_decided(connection: Connection, event: StoredEvent) -> None:
    """Remove the recommendation of a concern that was closed, unless Ministers decided on it."""
    remember_concern(connection, event)
    message = rules_events.ConcernClosed.FromString(event.data)
    if message.reason != rules_pb2.CONCERN_REASON_DECIDED:
        SqlRecommendations(connection).forget(message.concern.concern_id)


def forget_recommendation(connection: Connection, event: StoredEvent) -> None:
    """Remove the recommendation of a concern that was dismissed."""
    remember_concern(connection, event)
    SqlRecommendations(connection).forget(rules_events.ConcernDismissed.FromString(event.data).concern.concern_id)


def follow_link(connection: Connection, event: StoredEvent) -> None:
    """Store a declared link. Nothing here is owned by anybody, so no more follows."""
    remember_link(connection, event)


def remember_session(connection: Connection, event: StoredEvent) -> None:
    """Store how a support session stands. Its papers, and a draft of its record, follow it."""
    message = scheduling_events.SupportSessionChanged.FromString(event.data)
    slot = to_slot(message)
    hear_of_session(slot, session_file(connection, event.recorded_at))
    SqlPlanFacts(connection).remember_agenda(slot.safeguarder_id, [entry.concern_id for entry in slot.agenda])


def remember_session_attendance(connection: Connection, event: StoredEvent) -> None:
    """Store how somebody took part in a core session. They may ask for a review of an unexcused absence."""
    message = scheduling_events.SupportSessionAttendanceRecorded.FromString(event.data)
    _remember_attendance(message.session_id, message, connection, is_another=False)


def remember_training_attendance(connection: Connection, event: StoredEvent) -> None:
    """Store how somebody took part in mandatory training. They may ask for a review of an unexcused absence."""
    message = scheduling_events.TrainingAttendanceRecorded.FromString(event.data)
    # With the same word and a time to reply of its own, it is told only of another day.
    _remember_attendance(message.obligation_id, message, connection, is_another=not message.reply_time_moved)


def _remember_attendance(record_id: str, message: Any, connection: Connection, *, is_another: bool) -> None:
    attendances, told = SqlAttendances(connection), attendance(record_id, message)
    attendances.put(follow_attendance(attendances.find(record_id), told, is_another=is_another))


def remember_duty(connection: Connection, event: StoredEvent) -> None:
    """Store until when something has time, and whether it stands still. Of other duties evidence keeps the day.

    A change of approach is told again if a day of it, or of an action that it requires, has moved.
    """
    message = scheduling_events.DutyChanged.FromString(event.data)
    time = duty_time(message)
    if time is not None:
        SqlStandings(connection).remember(time)
        if time.timed in (Timed.ACTION, Timed.ACKNOWLEDGE_APPROACH):
            approach.follow_days(message.safeguarder_id, _files(connection, event))


def _files(connection: Connection, event: StoredEvent) -> PlanFile:
    """Return what is needed to follow an event of another service. Nobody acts: it follows from what came."""
    return plan_file(connection, Actor("calendar", Side.PANEL_TEAM, event.recorded_at))


def _about_people(source: str, reactions: dict[str, Reaction]) -> dict[str, Reaction]:
    """Return reactions that also store when a source last told something about the person who is the event's key."""

    def noting(react: Reaction) -> Reaction:
        def both(connection: Connection, event: StoredEvent) -> None:
            react(connection, event)
            SqlTold(connection).note(source, event.key, event.recorded_at)

        return both

    return {kind: noting(react) for kind, react in reactions.items()}


FROM_RULES: dict[str, Reaction] = {
    "psmf.rules.v1.StandardsEditionPublished": remember_standards_edition,
    "psmf.rules.v1.StandardsEditionWithdrawn": forget_standards_edition,
    **_about_people(
        "rules",
        {
            "psmf.rules.v1.ConcernMoved": remember_recommendation,
            "psmf.rules.v1.ConcernClosed": keep_only_what_was_decided,
            "psmf.rules.v1.ConcernDismissed": forget_recommendation,
            "psmf.rules.v1.ConcernRaised": remember_concern,
            "psmf.rules.v1.ConcernUpdated": remember_concern,
            "psmf.rules.v1.ConcernClosingProposed": remember_concern,
            "psmf.rules.v1.ConcernAcknowledged": remember_concern,
            "psmf.rules.v1.ConcernStands": remember_concern,
            "psmf.rules.v1.RuleOverrideChanged": remember_override,
        },
    ),
    **not_for_it(
        rules_events.RulebookActivated,
        rules_events.RulebookDateReached,
        rules_events.EvaluationHeld,
    ),
}
FROM_SCHEDULING: dict[str, Reaction] = {
    **_about_people(
        "scheduling",
        {
            "psmf.scheduling.v1.SupportManagerAllocated": remember_allocation,
            "psmf.scheduling.v1.SupportManagerAllocationEnded": forget_allocation,
            **COVERED,
            "psmf.scheduling.v1.LinkChanged": follow_link,
            "psmf.scheduling.v1.SupportSessionChanged": remember_session,
            "psmf.scheduling.v1.SupportSessionAttendanceRecorded": remember_session_attendance,
            "psmf.scheduling.v1.TrainingAttendanceRecorded": remember_training_attendance,
            "psmf.scheduling.v1.DutyChanged": remember_duty,
        },
    ),
    **not_for_it(
        scheduling_events.ObligationsOpened,
        scheduling_events.SupportSessionProposed,
        scheduling_events.SupportSessionConfirmed,
        scheduling_events.SupportSessionRescheduled,
        scheduling_events.SupportSessionHandedOver,
        scheduling_events.SupportSessionCancelled,
        scheduling_events.AgendaItemAdded,
        scheduling_events.AgendaItemSettled,
        scheduling_events.TrainingDelivered,
        scheduling_events.ObligationDueDateChanged,
    ),
}
