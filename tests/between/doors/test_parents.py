"""Doors: no list about somebody unknown passes for "there is nothing about this person".

The kind that this closes: an empty list about somebody unknown is read as good news about them.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.scheduling.v1 import scheduling_pb2 as scheduling

from services.platform.calls.client import refusal_of
from tests.between.together import Together
from tests.builders import an_appointment

_STUBS = {
    "EvidenceService": "evidence",
    "ReportSampleService": "samples",
    "ConcernService": "concerns",
    "RuleOverrideService": "overrides",
    "ObligationService": "obligations",
    "SupportSessionService": "sessions",
    "DutyService": "duties",
    "CoverService": "cover",
    "EmergencyAccessService": "emergencies",
    "AlertService": "alerts",
    "NotificationService": "notifications",
}
_CONTRACTS = (
    "evidence.v1.evidence",
    "evidence.v1.report_samples",
    "evidence.v1.safeguarder",
    "rules.v1.kpis",
    "rules.v1.overrides",
    "rules.v1.revisions",
    "rules.v1.rules",
    "rules.v1.simulations",
    "rules.v1.trials",
    "scheduling.v1.cover",
    "scheduling.v1.duties",
    "scheduling.v1.emergency_access",
    "scheduling.v1.scheduling",
    "notifications.v1.notifications",
)
UNKNOWN = "safeguarders/sg-nobody"


def _lists_of_one_person() -> Iterator[tuple[str, str, Any]]:
    """Yield service, method and request of every list or watch whose parent may be a Safeguarder, from the protos."""
    for contract in _CONTRACTS:
        module = import_module(f"psmf.{contract}_pb2")
        for service in module.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                if method.name.startswith(("List", "Watch")) and "parent" in method.input_type.fields_by_name:
                    yield service.name, method.name, getattr(module, method.input_type.name)


LISTS = {f"{service}/{method}": (service, method, request) for service, method, request in _lists_of_one_person()}
OF_PEOPLE = sorted(LISTS.keys() - {"KpiService/ListKpiContributors"})
"""A measure of a KPI report is the parent of its contributors."""


def _ask(suite: Together, name: str, parent: str, person: str = "panel-team") -> Any:
    service, method, request = LISTS[name]
    answer = getattr(getattr(suite, _STUBS[service]), method)(request(parent=parent), **suite.as_(person))
    if not isinstance(answer, Message):  # a watch: its first message
        first = next(answer)
        answer.cancel()
        return first
    return answer


def _why(ask: Callable[..., Any], *asked: Any) -> tuple[str, str, str]:
    with pytest.raises(grpc.RpcError) as refused:
        ask(*asked)
    refusal = refusal_of(refused.value)
    return refused.value.code().name, refusal.reason, refusal.field


def test_the_lists_of_a_person_are_those_that_are_tried() -> None:
    """doors D2"""
    assert len(OF_PEOPLE) == 13
    assert {name.partition("/")[0] for name in OF_PEOPLE} == set(_STUBS)


def test_a_list_about_nobody_is_refused_and_one_about_somebody_is_answered(suite_together: Together) -> None:
    """doors D2: each List and Watch method with a parent, in all four services. Nothing is said of who exists to
    somebody who may not read the list, and `safeguarders/-` stays a list of all."""
    suite = suite_together
    known = suite.appoint("sg-one")
    for name in OF_PEOPLE:
        found = _why(_ask, suite, name, UNKNOWN)
        assert found == ("NOT_FOUND", "SAFEGUARDER_NOT_FOUND", "parent"), name
        assert _why(_ask, suite, name, UNKNOWN, "manager-two")[:2] == (
            "PERMISSION_DENIED",
            "NOT_ALLOWED",
        ), name
        _ask(suite, name, known)
    across = ("AlertService/ListAlerts", "ConcernService/ListConcerns", "SupportSessionService/ListSupportSessions")
    for name in (*across, "DutyService/ListDuties"):
        _ask(suite, name, "safeguarders/-")


def test_a_name_of_another_form_is_refused_as_such(suite_together: Together) -> None:
    """doors D2: a parent that is no name is a fault of the request, and not a person who is missing."""
    for name in OF_PEOPLE:
        for parent in ("sg-nobody", "safeguarders/", "safeguarders/sg-nobody/alerts/one", "people/sg-nobody"):
            assert _why(_ask, suite_together, name, parent)[:2] == (
                "INVALID_ARGUMENT",
                "NAME_NOT_VALID",
            ), (name, parent)


def test_a_service_that_has_not_had_the_appointment_says_not_found_until_it_comes(suite_together: Together) -> None:
    """doors D2: evidence owns the record. The others learn of a person by events, and do not pretend before that."""
    suite = suite_together
    suite.held_back = {(reader, "evidence") for reader in ("rules", "scheduling", "notifications")}
    known = suite.appoint("sg-one")
    _ask(suite, "EvidenceService/ListEvidenceItems", known)
    of_evidence = ("EvidenceService", "ReportSampleService")
    others = [name for name in OF_PEOPLE if not name.startswith(of_evidence)]
    for name in others:
        assert _why(_ask, suite, name, known)[1] == "SAFEGUARDER_NOT_FOUND", name
    suite.held_back = set()
    suite.settle()
    for name in others:
        _ask(suite, name, known)


def test_somebody_who_has_left_stays_known(suite_together: Together) -> None:
    """doors D2: the file of a former member can still be read, and an empty list of it is true."""
    suite = suite_together
    known = suite.appoint("sg-one")
    end = an_appointment(
        "sg-one",
        suite.today,
        kind=register.RecordMinisterialDecisionRequest.KIND_ENDED,
        end_reason=register.END_REASON_RESIGNED,
    )
    suite.safeguarders.RecordMinisterialDecision(end, **suite.as_("recorder"))
    suite.settle()
    suite.days(2)
    for name in OF_PEOPLE:
        _ask(suite, name, known)


def _begin_with(suite: Together, prefix: str, person: str, parent: str = "safeguarders/-") -> list[str]:
    request = items.ListEvidenceItemsRequest(parent=parent, id_prefix=prefix)
    return [item.name for item in suite.evidence.ListEvidenceItems(request, **suite.as_(person)).evidence_items]


def test_an_item_is_found_by_the_start_of_its_id_by_those_who_may_read_it(suite_together: Together) -> None:
    """doors D5: a support manager finds the items of those allocated to them, and learns of no others."""
    suite = suite_together
    suite.appoint("sg-one")
    suite.appoint("sg-two", "glasgow")
    mine, other = suite.record("sg-one").name, suite.record("sg-two").name
    suite.settle()
    manager = suite.allocations.GetAllocation(
        scheduling.GetAllocationRequest(parent="safeguarders/sg-one"), **suite.as_("panel-team")
    ).support_manager
    for name in (mine, other):
        known = name.rpartition("/")[2]
        for length in (4, 8, len(known)):
            for person in ("panel-team", "senior-manager"):
                assert name in _begin_with(suite, known[:length], person)
                assert _begin_with(suite, known[:length], person, name.partition("/evidenceItems/")[0]) == [name]
            assert (name in _begin_with(suite, known[:length], manager)) == (name == mine)
        assert _why(_begin_with, suite, known, "partner")[1] == "NOT_ALLOWED"
    assert _begin_with(suite, "zzzz", "panel-team") == []


def test_a_list_over_several_people_needs_the_start_of_an_id(suite_together: Together) -> None:
    """doors D5: nobody reads all files by one call, and a pattern is not a start."""
    for prefix in ("", "abc", "ABCD", "ab%d", "a_cd", "x" * 37):
        assert _why(_begin_with, suite_together, prefix, "panel-team") == (
            "INVALID_ARGUMENT",
            "ID_PREFIX_NOT_VALID",
            "id_prefix",
        ), prefix


def test_only_those_who_look_at_held_items_find_one(suite_together: Together) -> None:
    """doors D5: an item whose text may name a child is found by the Team, and by nobody else."""
    suite = suite_together
    suite.appoint("sg-one")
    held = suite.record("sg-one", summary="Demo data. The child, born 03/04/2019, spoke up.")
    assert held.state == items.ITEM_STATE_HELD
    known = held.name.rpartition("/")[2]
    assert _begin_with(suite, known, "panel-team") == [held.name]
    assert _begin_with(suite, known, "senior-manager") == []
