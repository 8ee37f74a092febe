"""A file that is opened in an emergency is read for some hours, and reviewed by somebody else (X38)."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from services.platform.calls.identity import Principal
from services.platform.calls.relations import LONGEST_EMERGENCY, Listed, listed_subjects, relation_of
from services.refusals import Refusal
from services.scheduling.adapters.emergencies import SqlEmergencies
from services.scheduling.domain.cover import LinkKind
from services.scheduling.domain.emergency import LONGEST, AccessReview, EmergencyAccess, EmergencyKind, WantedAccess
from services.scheduling.domain.identifiers import AccessId, AccessOutcome, LinkId, SafeguarderId
from services.scheduling.handlers import cover, emergency
from services.who import Who
from tests.scheduling.builders import NOW, TODAY
from tests.scheduling.office import Office, Team
from tests.scheduling.received import appointed, ended

ONE, EAST, OTHER, LEAD = SafeguarderId("sg-one"), "east_1", "east_2", "lead-one"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_IDS = count(1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with two support managers of the east, the first of whom supports sg-one."""
    made = Office(tmp_path / "scheduling.db", Team(east_1="east", east_2="east"))
    made.receive(appointed(ONE, TODAY - 20 * DAY))
    yield made
    made.close()


def open_file(office: Office, by: str = OTHER, may_read: bool = False) -> EmergencyAccess:
    wanted = WantedAccess(ONE, EmergencyKind.CHILD_AT_RISK, "Nobody of the region answers the phone.")
    new_id = AccessId(f"e-{next(_IDS)}")
    return office.command(lambda context: emergency.open_access(wanted, new_id, by, context, may_read=may_read))


def close(office: Office, access: EmergencyAccess, by: str = OTHER, any_access: bool = False) -> EmergencyAccess:
    name = (ONE, access.access_id)
    return office.command(lambda context: emergency.close_access(name, by, context, any_access=any_access))


def review(office: Office, access: EmergencyAccess, by: str = LEAD, *accounts: str) -> EmergencyAccess:
    who = Who(by, accounts=frozenset(accounts))
    said = AccessReview(AccessOutcome.JUSTIFIED, "The support manager was on leave.")
    return office.command(lambda context: emergency.review_access((ONE, access.access_id), said, who, context))


def relation(office: Office, person: str = OTHER, after: timedelta = timedelta()) -> str:
    with office.database.read() as connection:
        caller = Principal(person, "support_manager")
        found = relation_of(connection, caller, ONE, "support_manager", office.clock.now() + after)
        across = listed_subjects(connection, caller, "-", "support_manager", TODAY)
    assert across.holds(ONE) == (found.relation == "allocated"), "an opened file is in no list across files"
    return found.relation


def owed(office: Office) -> list[tuple[str, str, str]]:
    """Return the state, the last day and who owes it of each review of an emergency access."""
    what = "json_extract(body, '$.state'), due_on, json_extract(body, '$.owed_by')"
    rows = office.rows(f"SELECT {what} FROM duty WHERE body LIKE '%review_access%' ORDER BY duty_id")  # noqa: S608
    return [(str(state), str(due_on), str(owed_by)) for state, due_on, owed_by in rows]


def reason(work: object) -> str:
    with pytest.raises(Refusal) as refused:
        work()  # type: ignore[operator]
    return refused.value.reason


def test_an_opened_file_can_be_read_until_its_time_and_not_after(office: Office) -> None:
    assert relation(office) == "none"
    made = open_file(office)
    assert made.ends_at == NOW + 4 * HOUR
    assert relation(office, after=4 * HOUR - timedelta(microseconds=1)) == "emergency"
    assert relation(office, after=4 * HOUR) == "none"
    assert relation(office, "east_3") == "none", "it is for one person"
    assert relation(office, EAST) == "allocated", "who supports the Safeguarder needs none"
    assert office.published()[-2:] == ["EmergencyAccessChanged", "DutyChanged"]


def test_a_clock_that_stood_wrong_opens_no_file_for_long(office: Office) -> None:
    office.clock.step(400 * DAY)
    open_file(office)
    office.clock.step(-400 * DAY)
    assert relation(office) == "none"
    assert LONGEST == LONGEST_EMERGENCY, "both sides take the same time for too long"
    assert open_file(office).ends_at == NOW + 4 * HOUR
    assert relation(office) == "emergency"


def test_it_is_not_made_longer_and_can_be_opened_again(office: Office) -> None:
    first = open_file(office)
    office.clock.instant = NOW + HOUR
    assert reason(lambda: open_file(office)) == "ACCESS_OPEN_ALREADY"
    office.clock.instant = first.ends_at
    again = open_file(office)
    assert again.access_id != first.access_id
    assert relation(office) == "emergency"
    assert [state for state, *_ in owed(office)] == ["running", "running"], "each is reviewed"


def test_nobody_opens_a_file_that_they_may_read(office: Office) -> None:
    assert reason(lambda: open_file(office, EAST, may_read=True)) == "FILE_OPEN_TO_YOU"


def test_who_opened_it_closes_it_and_who_answers_for_the_data_closes_any(office: Office) -> None:
    made = open_file(office)
    assert reason(lambda: close(office, made, EAST)) == "ACCESS_NOT_FOUND"
    close(office, made)
    assert relation(office) == "none"
    assert reason(lambda: close(office, made)) == "ACCESS_OVER"
    second = open_file(office)
    assert close(office, second, LEAD, any_access=True).closed_by == LEAD
    assert relation(office) == "none"


def test_a_declared_link_keeps_out_also_somebody_who_opened_the_file(office: Office) -> None:
    open_file(office)
    office.command(lambda made: cover.declare_link(ONE, OTHER, LinkKind.FAMILY, LinkId("l-1"), "team-one", made))
    assert relation(office) == "linked"
    with office.database.read() as connection:
        page = SqlEmergencies(connection).page(
            Listed(()), Principal(OTHER, "support_manager"), None, 10, reviewed_too=True
        )
    assert page == [], "the list does not hold it either"


def test_a_review_is_owed_by_who_answers_for_the_data_until_it_is_done(office: Office) -> None:
    made = open_file(office)
    assert owed(office) == [("running", (TODAY + 3 * DAY).isoformat(), "data_lead")]
    assert reason(lambda: review(office, made)) == "ACCESS_STILL_OPEN"
    close(office, made)
    for own in ((OTHER,), (LEAD, LEAD, OTHER)):
        assert reason(lambda own=own: review(office, made, *own)) == "OWN_ACCESS"
    assert review(office, made).reviewed_by == LEAD
    assert owed(office) == [("met", (TODAY + 3 * DAY).isoformat(), "data_lead")]
    assert reason(lambda: review(office, made)) == "ACCESS_REVIEWED"


def test_a_review_is_owed_also_after_the_end_of_the_membership(office: Office) -> None:
    open_file(office)
    office.receive(ended(ONE, TODAY))
    office.clock.instant = NOW + 2 * DAY
    office.daily_run.turn()
    assert [state for state, *_ in owed(office)] == ["running"]
