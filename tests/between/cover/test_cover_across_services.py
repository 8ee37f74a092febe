"""A delegate acts on their days, and a declared link closes everything, in all four services at once (X6, X32).

The kind that this closes: somebody is kept out, or let in, in one service, and another one goes on by what it knew.
"""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import development_plans_pb2, evidence_pb2, safeguarder_pb2
from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import cover_pb2, duties_pb2, scheduling_pb2

from services.platform.calls.wire import to_date
from tests.between.sessions.build import a_shared_record
from tests.between.test_one_matter_one_state import acknowledge_alert, alert_of, concern_of, raise_matter
from tests.between.together import Together, together
from tests.builders import a_request_id, an_item_request
from tests.world import PEOPLE

ONE, TWO = "sg-one", "sg-two"
PARENT = f"safeguarders/{ONE}"
TEAM, SENIOR = "panel-team", "senior-manager"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Together]:
    """Two Safeguarders, each with a matter of safety. manager-one supports sg-one."""
    people = PEOPLE | {"team-two": {"role": "panel_team"}, "senior-two": {"role": "senior_manager"}}
    with together(tmp_path, people) as started:
        started.begun(two_people)
        yield started


def two_people(running: Together) -> None:
    for one, manager in ((ONE, "manager-one"), (TWO, "manager-two")):
        running.appoint(one)
        allocate(running, one, manager)


def allocate(running: Together, one: str, manager: str) -> None:
    asked = scheduling_pb2.GetAllocationRequest(parent=f"safeguarders/{one}")
    if running.allocations.GetAllocation(asked, **running.as_(SENIOR)).support_manager != manager:
        request = scheduling_pb2.CreateAllocationRequest(
            parent=asked.parent, support_manager=manager, reason="conflict_of_interest", request_id=a_request_id()
        )
        running.allocations.CreateAllocation(request, **running.as_(SENIOR))
    running.settle()


def delegate(running: Together, to: str, last_in_days: int, by: str = "manager-one") -> cover_pb2.Delegation:
    request = cover_pb2.CreateDelegationRequest(
        parent=PARENT,
        delegate=to,
        from_date=to_date(running.today),
        to_date=to_date(running.today + timedelta(days=last_in_days)),
        reason=cover_pb2.Delegation.REASON_ABSENCE,
        request_id=a_request_id(),
    )
    made: cover_pb2.Delegation = running.cover.CreateDelegation(request, **running.as_(by))
    running.settle()
    return made


def declare(running: Together, person: str, by: str) -> cover_pb2.PersonLink:
    request = cover_pb2.DeclareLinkRequest(
        parent=PARENT, person=person, kind=cover_pb2.PersonLink.KIND_FAMILY, request_id=a_request_id()
    )
    made: cover_pb2.PersonLink = running.cover.DeclareLink(request, **running.as_(by))
    running.settle()
    return made


def code(ask: Callable[[], Any]) -> str:
    """Return the code of a refusal; empty if the call was answered."""
    try:
        ask()
    except grpc.RpcError as problem:
        return str(problem.code().name)
    return ""


def readings(running: Together, person: str) -> list[Callable[[], Any]]:
    """Return a reading about sg-one in each of the four services."""
    as_ = running.as_(person)
    return [
        lambda: running.evidence.ListEvidenceItems(evidence_pb2.ListEvidenceItemsRequest(parent=PARENT), **as_),
        lambda: running.concerns.ListConcerns(rules_pb2.ListConcernsRequest(parent=PARENT), **as_),
        lambda: running.sessions.ListSupportSessions(scheduling_pb2.ListSupportSessionsRequest(parent=PARENT), **as_),
        lambda: running.alerts.ListAlerts(notifications_pb2.ListAlertsRequest(parent=PARENT), **as_),
    ]


def may_read(running: Together, person: str) -> bool:
    codes = {code(ask) for ask in readings(running, person)}
    assert codes in ({""}, {"PERMISSION_DENIED"}), f"{person}: the services do not agree: {codes}"
    return codes == {""}


def people_in_lists(running: Together, person: str) -> set[str]:
    """Return those about whom a list over everybody of one of the four services holds something."""
    as_, across = running.as_(person), "safeguarders/-"
    found = [
        *running.safeguarders.ListSafeguarders(safeguarder_pb2.ListSafeguardersRequest(), **as_).safeguarders,
        *running.concerns.ListConcerns(rules_pb2.ListConcernsRequest(parent=across), **as_).concerns,
        *running.sessions.ListSupportSessions(
            scheduling_pb2.ListSupportSessionsRequest(parent=across), **as_
        ).support_sessions,
        *running.duties.ListDuties(duties_pb2.ListDutiesRequest(parent=across), **as_).duties,
        *running.alerts.ListAlerts(notifications_pb2.ListAlertsRequest(parent=across), **as_).alerts,
        *running.notifications.ListNotifications(
            notifications_pb2.ListNotificationsRequest(parent=across), **as_
        ).notifications,
    ]
    return {record.name.split("/")[1] for record in found}


def audited(running: Together, person: str) -> dict[str, set[tuple[str, str]]]:
    """Return, by service, for whom a person called something about sg-one, with the methods of writes and reads."""
    found = {}
    for name, service in running.services.items():
        with service.database.read() as connection:
            sql = f"SELECT method, for_whom FROM audit WHERE person = '{person}' AND subject = '{ONE}'"  # noqa: S608
            rows = connection.exec_driver_sql(sql)
            # What was denied before the delegation began was tried for nobody.
            found[name] = {(method, whom or "") for method, whom in rows if not method.endswith("(denied)")}
    return found


def propose(running: Together) -> None:
    """Have the Safeguarder propose an action, of which the support manager is told."""
    pb = development_plans_pb2
    request = pb.CreateActionRequest(
        parent=PARENT,
        kind=pb.Action.KIND_REFLECT,
        purpose=pb.Action.PURPOSE_MAINTAIN,
        standard="S4",
        aim="What works is written down.",
        measure="A page on file.",
        owner=pb.Action.OWNER_SAFEGUARDER,
        due_date=to_date(running.today + timedelta(days=60)),
        request_id=a_request_id(),
    )
    running.plans.CreateAction(request, **running.as_("person-one"))
    running.settle()


def told(running: Together) -> set[str]:
    request = notifications_pb2.ListNotificationsRequest(parent=PARENT)
    answer = running.notifications.ListNotifications(request, **running.as_(SENIOR))
    return {one.recipient for one in answer.notifications}


def owed(running: Together) -> list[duties_pb2.Duty]:
    answer = running.duties.ListDuties(duties_pb2.ListDutiesRequest(parent=PARENT), **running.as_(SENIOR))
    return [duty for duty in answer.duties if duty.kind == duties_pb2.Duty.KIND_ALLOCATE_ANOTHER]


def test_a_delegate_works_on_the_file_on_the_days_of_the_delegation(database_kind: str, running: Together) -> None:
    assert not may_read(running, "manager-two")
    delegate(running, "manager-two", last_in_days=3)
    assert may_read(running, "manager-two")
    assert may_read(running, "manager-one"), "the support manager goes on"
    assert people_in_lists(running, "manager-two") == {ONE, TWO}
    _, alert = running.begun(raise_matter)
    propose(running)
    assert {"manager-one", "manager-two"} <= told(running), "a delegate is told beside the support manager"
    acknowledge_alert(running, alert, running.today + timedelta(days=7), "manager-two")
    running.settle()
    owner = alert_of(running, alert).owner
    assert owner == "manager-one", "the delegate may not act on it after the last day"
    assert concern_of(running, alert_of(running, alert).concern).owner == owner
    item = running.record(ONE, "manager-two", mappings=[])
    assert item.name.startswith(PARENT)
    for rows in audited(running, "manager-two").values():
        assert rows
        assert {whom for _, whom in rows} == {"manager-one"}, "both names stand on each row"
    assert {whom for rows in audited(running, "manager-one").values() for _, whom in rows} == {""}
    running.days(4)
    assert not may_read(running, "manager-two"), "time alone ends it"
    assert people_in_lists(running, "manager-two") == {TWO}


def test_the_record_that_a_delegate_writes_has_both_names(running: Together) -> None:
    delegate(running, "manager-two", last_in_days=1)
    record = a_shared_record(running, ONE, "manager-two")
    assert (record.author, record.for_whom) == ("manager-two", "manager-one")


def test_a_delegation_that_is_ended_or_told_late_and_twice_gives_no_right(running: Together) -> None:
    made = delegate(running, "manager-two", last_in_days=9)
    end = cover_pb2.EndDelegationRequest(name=made.name, request_id=a_request_id())
    assert code(lambda: running.cover.EndDelegation(end, **running.as_("manager-two"))) == "PERMISSION_DENIED"
    running.cover.EndDelegation(end, **running.as_("manager-one"))
    running.settle()
    assert not may_read(running, "manager-two")
    for reader in ("evidence", "rules", "notifications"):
        running.deliver_again(reader, "scheduling", random.Random(1))
    assert not may_read(running, "manager-two")
    asked = cover_pb2.CreateDelegationRequest(
        parent=PARENT,
        delegate="manager-two",
        from_date=to_date(running.today),
        to_date=to_date(running.today),
        reason=cover_pb2.Delegation.REASON_ABSENCE,
        validate_only=True,
    )
    running.cover.CreateDelegation(asked, **running.as_("manager-one"))
    assert not may_read(running, "manager-two"), "a check delegates nothing"


def test_a_declared_link_closes_every_service_to_the_person(running: Together) -> None:
    concern, alert = running.begun(raise_matter)
    running.begun(raise_matter, TWO)
    acknowledge_alert(running, alert, running.today + timedelta(days=7), "manager-one")
    running.settle()
    link = declare(running, "manager-one", by="person-one")
    assert not may_read(running, "manager-one")
    assert people_in_lists(running, "manager-one") == set()
    owners = {alert_of(running, alert).owner, concern_of(running, concern).owner}
    assert owners == {TEAM}, "what the linked person owned goes to the Team on both sides"
    (duty,) = owed(running)
    assert (duty.owed_by, duty.about) == (duties_pb2.Duty.OWED_BY_PANEL_TEAM, link.name)
    item = an_item_request(ONE)
    assert code(lambda: running.evidence.CreateEvidenceItem(item, **running.as_("manager-one"))) == "PERMISSION_DENIED"
    end = cover_pb2.EndLinkRequest(
        name=link.name, reason=cover_pb2.PersonLink.END_REASON_MISTAKE, request_id=a_request_id()
    )
    assert code(lambda: running.cover.EndLink(end, **running.as_("manager-one"))) == "PERMISSION_DENIED"
    allocate(running, ONE, "manager-two")
    assert owed(running) == []
    running.cover.EndLink(end, **running.as_(SENIOR))
    running.settle()
    assert not may_read(running, "manager-one"), "somebody else is allocated"
    for reader in ("evidence", "rules", "notifications"):
        running.deliver_again(reader, "scheduling", random.Random(2))
    assert may_read(running, "manager-two")


def test_a_link_of_somebody_who_sees_every_file_closes_one_file_and_its_rows_in_a_batch(running: Together) -> None:
    running.begun(raise_matter)
    running.begun(raise_matter, TWO)
    assert people_in_lists(running, TEAM) == {ONE, TWO}
    declare(running, "", by=TEAM)
    assert not may_read(running, TEAM)
    assert people_in_lists(running, TEAM) == {TWO}
    assert people_in_lists(running, "team-two") == {ONE, TWO}
    batch = evidence_pb2.BatchCreateEvidenceItemsRequest(
        requests=[an_item_request(TWO), an_item_request(ONE)], request_id=a_request_id()
    )
    assert code(lambda: running.evidence.BatchCreateEvidenceItems(batch, **running.as_(TEAM))) == "PERMISSION_DENIED"
    asked = an_item_request(ONE)
    asked.request_id = a_request_id()
    row = evidence_pb2.ImportRow(row=1, request=asked)
    imported = running.evidence.ImportEvidenceItems(
        iter([evidence_pb2.ImportEvidenceItemsRequest(rows=[row])]), **running.as_(TEAM)
    )
    assert [result.reason for result in imported.results] == ["NOT_ALLOWED"]


def test_a_link_that_is_told_before_the_allocation_keeps_the_person_out_all_the_same(running: Together) -> None:
    """Events of scheduling may come late: the link holds whatever else is heard before or after it."""
    running.held_back |= {("evidence", "scheduling"), ("rules", "scheduling"), ("notifications", "scheduling")}
    declare(running, "manager-two", by="person-one")
    request = scheduling_pb2.CreateAllocationRequest(
        parent=PARENT, support_manager="manager-two", reason="workload", request_id=a_request_id()
    )
    assert code(lambda: running.allocations.CreateAllocation(request, **running.as_(SENIOR))) == "FAILED_PRECONDITION"
    running.held_back.clear()
    running.settle()
    assert not may_read(running, "manager-two")
