"""The record of a session, which evidence keeps, reaches the agenda. Every change of a session is published."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import events_pb2, scheduling_pb2

from services.refusals import Refusal
from services.scheduling.domain.identifiers import SafeguarderId, SessionName
from services.scheduling.domain.sessions.sessions import SupportSession
from services.scheduling.handlers.change_session import confirm_session, record_session_attendance
from tests.scheduling.builders import BOTH_PRESENT, TODAY
from tests.scheduling.office import Office
from tests.scheduling.received import appointed, raised, recorded

RECENTLY = TODAY - timedelta(days=20)


@pytest.fixture
def office(database_kind: str, tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "scheduling.db")
    yield made
    made.close()


@pytest.fixture
def held(office: Office) -> SupportSession:
    """The first session of sg-one, held with praise and two concerns on its agenda."""
    praise = raised("sg-one", "praise", rules_pb2.LANE_EXCELLENCE)
    office.receive(appointed("sg-one", RECENTLY), praise, raised("sg-one", "c1"), raised("sg-one", "c2"))
    first = office.schedule("sg-one").sessions[0]
    name = SessionName(SafeguarderId("sg-one"), first.session_id)
    office.command(lambda context: confirm_session(name, context))
    office.clock.instant = first.starts_at + timedelta(hours=2)
    return office.command(lambda context: record_session_attendance(name, BOTH_PRESENT, context))


def told(office: Office) -> list[events_pb2.SupportSessionChanged]:
    rows = office.rows(
        "SELECT data FROM outbox WHERE type = 'psmf.scheduling.v1.SupportSessionChanged' ORDER BY position"
    )
    return [events_pb2.SupportSessionChanged.FromString(bytes(data)) for (data,) in rows]


def versions(office: Office, session_id: str) -> list[tuple[int, str]]:
    states = scheduling_pb2.SupportSession.State
    return [(e.version, states.Name(e.state)) for e in told(office) if e.session_id == session_id]


def agenda(office: Office, place: int) -> dict[str, str | None]:
    return {item.concern_id: item.outcome for item in office.schedule("sg-one").sessions[place].agenda}


def test_every_change_of_a_session_is_published_with_a_higher_version(office: Office, held: SupportSession) -> None:
    """Record 1.3: evidence keeps papers and record by what scheduling says of a session."""
    proposed = "STATE_PROPOSED"
    expected = [proposed] * 4 + ["STATE_CONFIRMED", "STATE_HELD"]
    found = versions(office, held.session_id)
    assert [state for _, state in found] == list(expected)
    assert len({version for version, _ in found}) == len(found)
    assert found == sorted(found, key=lambda one: one[0])
    newest = [event for event in told(office) if event.session_id == held.session_id][-1]
    assert [item.concern_id for item in newest.agenda] == ["praise", "c1", "c2"]
    assert newest.agenda[0].lane == "excellence"
    assert newest.mode == scheduling_pb2.MODE_FACE_TO_FACE
    assert newest.freeze_time.ToDatetime() < newest.start_time.ToDatetime()


def test_a_closed_record_settles_the_agenda(office: Office, held: SupportSession) -> None:
    """Record 1.3: what is disputed is carried forward, and an own item's word ends no concern."""
    words = {"praise": "acknowledged", "c1": "action", "c2": "no_action"}
    office.receive(recorded(held.session_id, 3, office.clock.now(), disputed="c2", **words))
    assert agenda(office, 0) == {"praise": "acknowledged", "c1": "action", "c2": "carried_forward"}
    assert list(agenda(office, 1)) == ["c2"]
    after = office.schedule("sg-one"), office.published()
    office.receive(recorded(held.session_id, 3, office.clock.now(), **words))
    office.receive(recorded(held.session_id, 2, office.clock.now(), c2="no_action"))
    assert (office.schedule("sg-one"), office.published()) == after


def test_settled_is_a_word_for_own_items_and_never_names_a_concern(office: Office, held: SupportSession) -> None:
    """Record 2.2: concerns about practice are never settled by that word."""
    office.receive(recorded(held.session_id, 1, office.clock.now(), c1="settled", c2=""))
    assert set(agenda(office, 0).values()) == {"carried_forward"}


def test_a_withdrawn_record_lets_attendance_be_corrected(office: Office, held: SupportSession) -> None:
    """Record 2.2: then, and only then."""
    name = SessionName(SafeguarderId("sg-one"), held.session_id)
    office.receive(recorded(held.session_id, 2, office.clock.now(), c1="action"))
    with pytest.raises(Refusal, match="SESSION_CANNOT_BE_RECORDED"):
        office.command(lambda context: record_session_attendance(name, BOTH_PRESENT, context))
    office.receive(recorded(held.session_id, 4, office.clock.now(), state="withdrawn"))
    office.command(lambda context: record_session_attendance(name, BOTH_PRESENT, context))
    assert set(agenda(office, 1)) == {"praise", "c1", "c2"}


def later_word(session_id: str, office: Office) -> evidence.SessionRecordChanged:
    """A record in words that only a later release knows."""
    message: Any = recorded(session_id, 2, office.clock.now(), c1="action")
    message.state = 99
    message.outcomes[0].word = 99
    return message  # type: ignore[no-any-return]


def test_no_fact_of_a_record_is_a_dead_letter(office: Office, held: SupportSession) -> None:
    """Record 8, an_event_never_dies_of_its_meaning: nobody's session, another state, words of a later release."""
    to_come = office.schedule("sg-one").sessions[1].session_id
    nobodys = recorded("never-heard-of", 1, office.clock.now(), c1="action")
    unknown = recorded(held.session_id, 1, office.clock.now())
    unknown.safeguarder_id = "sg-unknown"
    office.receive(nobodys, unknown, recorded(to_come, 1, office.clock.now(), c1="action"))
    office.receive(later_word(held.session_id, office), evidence.SessionPackChanged(safeguarder_id="sg-one"))
    assert office.rows("SELECT * FROM dead_letter") == []
    assert set(agenda(office, 0).values()) == {"carried_forward"}


def test_a_session_to_come_of_the_release_before_is_published_once_by_the_daily_run(office: Office) -> None:
    """After an upgrade: what was stored then has no version, and was never published as it stands."""
    office.receive(appointed("sg-one", RECENTLY), raised("sg-one", "c1"))
    for session_id, body in office.rows("SELECT session_id, body FROM support_session"):
        old = json.loads(body)
        for item in (old, *old["agenda"]):
            for field in ("version", "record_version", "by_record"):
                item.pop(field, None)
        _store(office, session_id, json.dumps(old))
    office.database.write(lambda tx: tx.exec_driver_sql("DELETE FROM outbox"))
    assert [session.version for session in office.schedule("sg-one").sessions] == [0, 0, 0]
    office.daily_run.run()
    sessions = office.schedule("sg-one").sessions
    assert [event.session_id for event in told(office)] == [session.session_id for session in sessions]
    office.clock.instant += timedelta(days=1)
    office.daily_run.run()
    assert len(told(office)) == 3


def _store(office: Office, session_id: str, body: str) -> None:
    sql = f"UPDATE support_session SET body = '{body}' WHERE session_id = '{session_id}'"  # noqa: S608
    office.database.write(lambda tx: tx.exec_driver_sql(sql))
