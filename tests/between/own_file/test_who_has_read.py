"""Who has read a file: complete over the four services, the newest first, and clear about what it does not cover (X1).

The kind that this closes: somebody opened a file, and the person whom it is about cannot know.
"""

from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2, personal_file_pb2
from psmf.notifications.v1 import notifications_pb2
from psmf.platform.v1 import own_file_pb2 as pb
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.client.client import Client
from services.client.file.reads import reads_of
from tests.answers import refused
from tests.between.own_file.conftest import MANAGER, PARENT, PERSON
from tests.between.together import Together

READ = pb.Read
LISTS = {
    "evidence": ("evidence", "ListEvidenceItems", evidence_pb2.ListEvidenceItemsRequest, "EvidenceService"),
    "rules": ("concerns", "ListConcerns", rules_pb2.ListConcernsRequest, "ConcernService"),
    "scheduling": ("obligations", "ListObligations", scheduling_pb2.ListObligationsRequest, "ObligationService"),
    "notifications": ("alerts", "ListAlerts", notifications_pb2.ListAlertsRequest, "AlertService"),
}
"""A list about one person in each service."""


def read(running: Together, service: str, person: str, parent: str = PARENT) -> None:
    stub, method, request, _ = LISTS[service]
    getattr(getattr(running, stub), method)(request(parent=parent), **running.as_(person))


def newest(client: Client, most: int, person: str = PERSON, **options: bool) -> list[Any]:
    found = reads_of(client, person, "safeguarders/-" if person == PERSON else PARENT, **options).each
    return [one for one, _ in zip(found, range(most), strict=False)]


def test_each_service_tells_who_read_when_what_and_by_which_right(one_person: Together, client: Client) -> None:
    times = {}
    for service, person in zip(LISTS, (MANAGER, "senior-manager", "panel-team", MANAGER), strict=True):
        one_person.clock.instant += timedelta(minutes=1)
        times[service] = one_person.clock.now()
        read(one_person, service, person)
    told = newest(client, 4)
    assert [(one.reader, one.role, one.right) for one in told] == [
        (MANAGER, "support_manager", READ.RIGHT_ALLOCATED),
        ("panel-team", "panel_team", READ.RIGHT_ROLE),
        ("senior-manager", "senior_manager", READ.RIGHT_ROLE),
        (MANAGER, "support_manager", READ.RIGHT_ALLOCATED),
    ]
    for one, service in zip(told, reversed(LISTS), strict=True):
        assert one.records == f"psmf.{service}.v1.{LISTS[service][3]}"
        assert one.read_time.ToMicroseconds() == int(times[service].timestamp() * 1_000_000)


def test_what_the_safeguarder_read_themselves_shows_only_when_it_is_asked_for(
    one_person: Together, client: Client
) -> None:
    one_person.clock.instant += timedelta(minutes=1)
    for service in LISTS:
        read(one_person, service, PERSON)
    assert {one.role for one in newest(client, 500)} & {"safeguarder"} == set()
    own = [one for one in newest(client, 30, include_own=True) if one.right == READ.RIGHT_OWN]
    assert {one.records.split(".")[1] for one in own} >= set(LISTS)
    assert {one.reader for one in own} == {PERSON}


def test_somebody_who_acts_for_the_support_manager_has_both_names(one_person: Together, client: Client) -> None:
    one_person.days(1)  # the delegation begins tomorrow, and it is for one day
    read(one_person, "evidence", "manager-two")
    (told,) = newest(client, 1)
    assert (told.reader, told.for_whom, told.right) == ("manager-two", MANAGER, READ.RIGHT_DELEGATED)


def test_a_read_is_about_one_person_alone(one_person: Together, client: Client) -> None:
    """A list of somebody else, and one across people, is not in this person's list. The list says so."""
    before = newest(client, 500)
    read(one_person, "evidence", "panel-team", "safeguarders/sg-two")
    read(one_person, "rules", "panel-team", "safeguarders/-")
    assert newest(client, 500) == before
    assert pb.NOT_COVERED_LISTS_ACROSS in reads_of(client, PERSON, PARENT).not_covered


def test_a_write_is_no_read(one_person: Together, client: Client) -> None:
    before = newest(client, 500)
    one_person.record("sg-one", MANAGER, summary="Demo data, invented: kept on time.")
    assert newest(client, 500) == before


def test_a_page_goes_on_where_the_one_before_ended(one_person: Together, client: Client) -> None:
    stub, whole = client.own_file_of["evidence"].ListReads, []
    request = pb.ListReadsRequest(parent=PARENT, page_size=2)
    while True:
        page = client.call("auditor", stub, request)
        assert len(page.reads) <= 2
        whole += page.reads
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
        read(one_person, "evidence", MANAGER)  # what comes meanwhile moves nothing
        assert len(whole) < 500
    assert len(whole) > 2, "more than one page"
    times = [one.read_time.ToMicroseconds() for one in whole]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("person", ["auditor", "lead"])
def test_who_answers_for_the_data_sees_the_same_and_leaves_a_line_too(client: Client, person: str) -> None:
    assert newest(client, 500, person)
    assert person in {one.reader for one in newest(client, 8)}


@pytest.mark.parametrize("person", [MANAGER, "panel-team", "senior-manager", "person-two", "partner", "operator"])
def test_nobody_else_sees_who_has_read_a_file(client: Client, person: str) -> None:
    for stub in client.own_file_of.values():
        answer = refused(lambda s=stub: client.call(person, s.ListReads, pb.ListReadsRequest(parent=PARENT)))  # type: ignore[misc]
        assert answer.code == "PERMISSION_DENIED"


@pytest.mark.parametrize(
    ("parent", "code"), [("safeguarders/-", "INVALID_ARGUMENT"), ("safeguarders/sg-none", "NOT_FOUND")]
)
def test_a_list_of_nobody_in_particular_is_refused(client: Client, parent: str, code: str) -> None:
    assert refused(lambda: reads_of(client, "auditor", parent)).code == code


def test_a_service_that_does_not_answer_is_named(one_person: Together, client: Client) -> None:
    away = Client({**_addresses(one_person), "rules": "127.0.0.1:9"}, lambda person: one_person.as_(person)["metadata"])
    found = reads_of(away, PERSON, PARENT)
    assert found.silent == ["rules"]
    assert {one.records.split(".")[1] for one in found.each} >= {"evidence"}
    away.close()


def test_a_standing_and_a_handover_leave_a_line_too(one_person: Together, client: Client) -> None:
    request = personal_file_pb2.GetMyStandingRequest(name=f"{PARENT}/standing")
    one_person.personal_file.GetMyStanding(request, **one_person.as_("senior-manager"))
    assert newest(client, 1)[0].records == "psmf.evidence.v1.PersonalFileService"


def _addresses(running: Together) -> dict[str, str]:
    return {name: f"127.0.0.1:{each.process.server.port}" for name, each in running.services.items()}
