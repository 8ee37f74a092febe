"""Deterministic builders of the events that scheduling receives from evidence and rules."""

from datetime import date, datetime, timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.evidence.v1 import session_records_pb2, times_away_pb2
from psmf.rules.v1 import concern_moves_pb2, rules_pb2
from psmf.rules.v1 import events_pb2 as rules

from services.platform.calls.wire import from_word, to_date, to_instant

THREE_YEARS = timedelta(days=3 * 365)


def appointed(safeguarder_id: str, starts_on: date, term: int = 1, areas: tuple[str, ...] = ("fife",)) -> Any:
    """An appointment for a term of about three years, serving in the east unless said otherwise."""
    return evidence.SafeguarderAppointed(
        safeguarder_id=safeguarder_id,
        term=term,
        start_date=to_date(starts_on),
        end_date=to_date(starts_on + THREE_YEARS),
        appointed_date=to_date(starts_on),
        areas=areas,
        demo=True,
    )


def ended(safeguarder_id: str, last_day: date) -> Any:
    """The end of membership."""
    return evidence.SafeguarderEnded(safeguarder_id=safeguarder_id, end_date=to_date(last_day))


def raised(safeguarder_id: str, concern_id: str, lane: Any = rules_pb2.LANE_SUPPORT_NEED, within: int = 0) -> Any:
    """A concern that the rule wants discussed `within` so many working days."""
    return rules.ConcernRaised(concern=_fact(safeguarder_id, concern_id, lane, within))


def updated(safeguarder_id: str, concern_id: str, lane: Any = rules_pb2.LANE_SUPPORT_NEED, within: int = 0) -> Any:
    """A concern that rests on other evidence than before."""
    return rules.ConcernUpdated(concern=_fact(safeguarder_id, concern_id, lane, within))


def dismissed(safeguarder_id: str, concern_id: str) -> Any:
    """A concern that a person dismissed."""
    return rules.ConcernDismissed(concern=_fact(safeguarder_id, concern_id, rules_pb2.LANE_SUPPORT_NEED, 0))


def reopened(safeguarder_id: str, concern_id: str) -> Any:
    """A concern that a person reopened."""
    fact = _fact(safeguarder_id, concern_id, rules_pb2.LANE_SUPPORT_NEED, 0)
    return rules.ConcernMoved(concern=fact, move=concern_moves_pb2.CONCERN_MOVE_REOPEN)


def recorded(
    session_id: str, version: int, changed_at: datetime, state: str = "closed", disputed: str = "", **outcomes: str
) -> Any:
    """A version of the record of a session of sg-one, with the word for each concern on its agenda."""
    records = session_records_pb2
    facts = [
        evidence.AgendaOutcomeFact(
            concern_id=which,
            word=from_word(records.AgendaOutcome.Word, word),
            disputed=which == disputed,
        )
        for which, word in outcomes.items()
    ]
    return evidence.SessionRecordChanged(
        safeguarder_id="sg-one",
        session_id=session_id,
        version=version,
        edition=1,
        state=from_word(records.SessionRecord.State, state),
        outcomes=facts,
        change_time=to_instant(changed_at),
    )


def shared(session_id: str, version: int, changed_at: datetime, answer_due_on: date, edition: int = 1) -> Any:
    """A text of the record of a session of sg-one, shared."""
    message = recorded(session_id, version, changed_at, state="shared")
    message.edition = edition
    message.answer_due_date.CopyFrom(to_date(answer_due_on))
    return message


def acted(version: int, changed_at: datetime, state: str = "open", action_id: str = "a1", **changes: Any) -> Any:
    """A version of an action of sg-one for the need n1, which their support manager proposed."""
    given: dict[str, Any] = {
        "owner": plans.Action.OWNER_SAFEGUARDER,
        "proposed_by": plans.RAISER_SUPPORT_MANAGER,
        "need_ids": ["n1"],
    }
    return evidence.ActionChanged(
        safeguarder_id="sg-one",
        action_id=action_id,
        version=version,
        state=from_word(plans.Action.State, state),
        change_time=to_instant(changed_at),
        **(given | {name: to_date(value) if isinstance(value, date) else value for name, value in changes.items()}),
    )


def supported(version: int, changed_at: datetime, state: str = "accepted", **changes: Any) -> Any:
    """A version of the support u1 of sg-one for the need n1."""
    return evidence.SupportChanged(
        safeguarder_id="sg-one",
        support_id="u1",
        version=version,
        state=from_word(plans.Support.State, state),
        need_ids=["n1"],
        change_time=to_instant(changed_at),
        **{name: to_date(value) if isinstance(value, date) else value for name, value in changes.items()},
    )


def planned(version: int, changed_at: datetime, person: str = "sg-one", **changes: Any) -> Any:
    """A state of the plan of somebody's first term. `final`: a version of it is in force."""
    time = to_instant(changed_at)
    return evidence.DevelopmentPlanChanged(safeguarder_id=person, term=1, version=version, change_time=time, **changes)


def on_leave(first: date, last: date | None = None, version: int = 1, cancelled: bool = False) -> Any:
    """A leave of sg-one. Without a last day nobody knows it."""
    return evidence.SafeguarderTimeAwayRecorded(
        safeguarder_id="sg-one",
        time_away_id="leave",
        version=version,
        kind=times_away_pb2.TIME_AWAY_KIND_LEAVE,
        start_date=to_date(first),
        end_date=to_date(last),
        cancelled=cancelled,
    )


def _fact(safeguarder_id: str, concern_id: str, lane: Any, within: int) -> rules.ConcernFact:
    return rules.ConcernFact(
        safeguarder_id=safeguarder_id,
        concern_id=concern_id,
        rule="same-theme-two-sources",
        lane=lane,
        session_within_working_days=within,
    )
