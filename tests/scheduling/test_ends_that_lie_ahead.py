"""An end of membership that lies ahead: nothing stops yet, and no day is set after it (decision 0063).

What an end has stopped goes on if a correction says that there was none.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import decisions_pb2
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.rules.v1 import rules_pb2

from services.calendar_days import london_instant
from services.platform.calls.wire import to_date
from services.refusals import Refusal
from services.scheduling.domain.identifiers import Party, SafeguarderId, SessionName
from services.scheduling.domain.schedule import Schedule
from services.scheduling.domain.sessions.sessions import MoveReason, SessionState, SupportSession
from services.scheduling.handlers.change_session import confirm_session, reschedule_session
from tests.scheduling.builders import TODAY
from tests.scheduling.office import Office
from tests.scheduling.received import THREE_YEARS, appointed, ended, raised

PERSON = SafeguarderId("sg-one")
STARTED = TODAY - timedelta(days=20)
LAST_ON = TODAY + timedelta(days=90)
TEAM = (Party.TEAM, MoveReason.TEAM)


@pytest.fixture
def office(database_kind: str, tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "scheduling.db")
    yield made
    made.close()


def leaving(last_on: date | None = LAST_ON) -> Any:
    return evidence.SafeguarderLeaving(safeguarder_id=PERSON, last_date=to_date(last_on))


def corrected(ends_on: date, ended_on: date | None = None, starts_on: date = STARTED) -> Any:
    """A confirmed correction of a decision: the whole membership as it stands."""
    term = evidence.MembershipTerm(term=1, start_date=to_date(starts_on), end_date=to_date(ends_on))
    return evidence.SafeguarderCorrectionChanged(
        safeguarder_id=PERSON,
        decision_id="2",
        correction=1,
        state=decisions_pb2.DecisionCorrection.STATE_CONFIRMED,
        terms=[term],
        ended_date=to_date(ended_on),
        areas=("fife",),
    )


def open_sessions(schedule: Schedule) -> list[SupportSession]:
    return [session for session in schedule.sessions if session.is_open]


def at_ten(day: date) -> datetime:
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return london_instant(day, time(10))


def name_of(session: SupportSession) -> SessionName:
    return SessionName(PERSON, session.session_id)


def test_no_session_is_proposed_after_the_last_day_and_nothing_stops_before_it(office: Office) -> None:
    office.receive(leaving(), appointed(PERSON, STARTED))
    schedule = office.schedule(PERSON)
    assert all(session.starts_on <= LAST_ON for session in schedule.sessions)
    assert open_sessions(schedule)
    assert schedule.current_manager == "east_1"
    assert len(schedule.obligations) == 5
    office.receive(raised(PERSON, "c1", rules_pb2.LANE_SAFETY, within=5))
    assert any(item.concern_id == "c1" for session in office.schedule(PERSON).sessions for item in session.agenda)


def test_no_session_is_moved_to_a_day_after_the_last_one_or_confirmed_for_it(office: Office) -> None:
    office.receive(appointed(PERSON, STARTED), leaving())
    first, *_, last = open_sessions(office.schedule(PERSON))
    later = at_ten(LAST_ON + timedelta(days=7))
    with pytest.raises(Refusal, match="START_OUTSIDE_TERM") as refused:
        office.command(lambda context: reschedule_session(name_of(first), later, *TEAM, context))
    assert f"their membership ends on {LAST_ON}" in refused.value.message
    assert last.starts_on > LAST_ON, "it was proposed before anybody knew"
    with pytest.raises(Refusal, match="AFTER_LAST_DAY"):
        office.command(lambda context: confirm_session(name_of(last), context))
    moved = office.command(lambda context: reschedule_session(name_of(last), at_ten(LAST_ON), *TEAM, context))
    assert moved.starts_on <= LAST_ON
    office.receive(leaving(None))
    again = office.command(lambda context: reschedule_session(name_of(moved), later, *TEAM, context))
    assert again.starts_on > LAST_ON, "the end was taken back"


def owed(office: Office) -> set[str]:
    kinds = office.rows("SELECT body FROM duty WHERE is_open")
    return {name for (body,) in kinds for name in ("share_recommendation", "submit_recommendation") if name in body}


def test_the_team_owes_no_recommendation_of_somebody_whose_end_lies_ahead(office: Office) -> None:
    """Nobody is recommended for a term that will not come, also if a correction has made the term shorter."""
    long_ago = TODAY - THREE_YEARS + timedelta(days=200)
    office.receive(appointed(PERSON, long_ago))
    assert owed(office) == {"share_recommendation"}
    office.receive(leaving())
    assert owed(office) == set()
    moved_on = LAST_ON + timedelta(days=30)
    office.receive(leaving(moved_on), corrected(moved_on, starts_on=long_ago))
    assert owed(office) == set()
    office.receive(leaving(None), corrected(long_ago + THREE_YEARS, starts_on=long_ago))
    assert owed(office) == {"share_recommendation"}


def test_once_the_end_is_told_nothing_lies_ahead_and_somebody_may_come_back(office: Office) -> None:
    office.receive(appointed(PERSON, STARTED), leaving(), ended(PERSON, LAST_ON))
    schedule = office.schedule(PERSON)
    assert (schedule.ended_on, schedule.leaves_on, open_sessions(schedule)) == (LAST_ON, None, [])
    again = LAST_ON + timedelta(days=30)
    office.receive(appointed(PERSON, again, term=2))
    assert office.schedule(PERSON).leaves_on is None


def test_sessions_that_an_end_cancelled_are_proposed_again_if_there_was_no_end(office: Office) -> None:
    """What is owed is owed again. A session that was cancelled stays cancelled, because both were told that it is.

    Another takes its place, with what was on its agenda, and both are told of that too.
    """
    office.receive(appointed(PERSON, STARTED), raised(PERSON, "c1"))
    before = open_sessions(office.schedule(PERSON))
    office.receive(ended(PERSON, TODAY))
    assert open_sessions(office.schedule(PERSON)) == []
    office.receive(corrected(STARTED + THREE_YEARS))
    schedule = office.schedule(PERSON)
    states = {session.session_id: session.state for session in schedule.sessions}
    assert {states[session.session_id] for session in before} == {SessionState.CANCELLED}
    after = open_sessions(schedule)
    assert [session.obligation_id for session in after] == [session.obligation_id for session in before]
    assert [item.concern_id for item in after[0].unsettled] == ["c1"]
    assert office.published().count("SupportSessionProposed") == 6
