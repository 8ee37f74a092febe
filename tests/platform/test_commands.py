"""A repeated command has its effect only once. Its answer, audit row and effect are stored together or not at all
(reliability Q9; AIP-155, AIP-163).
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import rules_pb2

from services.platform.calls.relations import allocate
from services.refusals import invalid
from tests.answers import is_answered, refused
from tests.builders import a_request_id, an_item_request
from tests.conftest import only_sqlite
from tests.platform.small_service import SmallService, count_one, counts, now, rows, small_service
from tests.waiting import until


@pytest.fixture
def service(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallService]:
    with small_service(tmp_path_factory.mktemp("commands")) as running:
        running.work = lambda request: running.commands.run(request, pb.EvidenceItem, counted)
        yield running


def counted(tx: Any) -> pb.EvidenceItem:
    return pb.EvidenceItem(etag=str(count_one(tx, "effect")))


def audit(service: SmallService) -> list[tuple[Any, ...]]:
    return rows(service.file, "SELECT person, role, method, subject FROM audit ORDER BY number")


def people(service: SmallService) -> list[str | None]:
    return [row[0] for row in rows(service.file, "SELECT people FROM audit ORDER BY number")]


def kept(service: SmallService) -> dict[str, int]:
    """Return the number of rows in every table that the effect of a command writes to."""
    tables = ("request", "tally", "outbox")
    return {table: rows(service.file, f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables}  # noqa: S608


def test_a_repeated_request_has_the_same_answer_and_one_effect(service: SmallService) -> None:
    request = an_item_request("sg-one")
    answers = [service.items.CreateEvidenceItem(request, **service.as_("panel-team")) for _ in range(3)]
    assert [answer.etag for answer in answers] == ["1", "1", "1"]
    assert counts(service.file) == {"effect": 1}
    assert [row[2] for row in audit(service)] == ["CreateEvidenceItem", *["CreateEvidenceItem (repeat)"] * 2]


def test_twenty_repeats_at_once_have_one_effect(service: SmallService) -> None:
    request = an_item_request("sg-one")
    with ThreadPoolExecutor(20) as callers:
        call = service.items.CreateEvidenceItem
        answers = list(callers.map(lambda _: call(request, **service.as_("panel-team")), range(20)))
    assert {answer.etag for answer in answers} == {"1"}
    assert counts(service.file) == {"effect": 1}


def test_the_same_id_with_another_body_is_refused(service: SmallService) -> None:
    request = an_item_request("sg-one")
    service.items.CreateEvidenceItem(request, **service.as_("panel-team"))
    other = an_item_request("sg-one", summary="Something else.")
    other.request_id = request.request_id
    answer = refused(lambda: service.items.CreateEvidenceItem(other, **service.as_("panel-team")))
    assert (answer.code, answer.reason, answer.field) == ("INVALID_ARGUMENT", "REQUEST_ID_REUSED", "request_id")
    assert counts(service.file) == {"effect": 1}


def test_the_same_id_and_bytes_sent_to_another_method_is_refused(service: SmallService) -> None:
    name, request_id = "safeguarders/sg-one/concerns/c1", a_request_id()
    close = rules_pb2.CloseConcernRequest(name=name, reason=rules_pb2.CONCERN_REASON_DISCUSSED, request_id=request_id)
    dismiss = rules_pb2.DismissConcernRequest.FromString(close.SerializeToString())
    service.concerns.CloseConcern(close, **service.as_("panel-team"))
    answer = refused(lambda: service.concerns.DismissConcern(dismiss, **service.as_("panel-team")))
    assert answer.reason == "REQUEST_ID_REUSED"


def test_the_same_id_from_another_person_is_another_request(service: SmallService) -> None:
    request = an_item_request("sg-one")
    service.world.write_people({"panel-team": {"role": "panel_team"}, "senior-manager": {"role": "panel_team"}})
    service.items.CreateEvidenceItem(request, **service.as_("panel-team"))
    another = partial(service.items.CreateEvidenceItem, request, **service.as_("senior-manager"))
    until(lambda: is_answered(another))  # people are read again within a second
    assert another().etag == "2"


def test_requests_without_an_id_are_each_their_own(service: SmallService) -> None:
    request = an_item_request("sg-one")
    request.request_id = ""
    for _ in range(2):
        service.items.CreateEvidenceItem(request, **service.as_("panel-team"))
    assert counts(service.file) == {"effect": 2}


@pytest.mark.parametrize("request_id", ["a/0", "two words", "x" * 65, "é", "a\n"])
def test_an_id_of_another_form_is_refused(service: SmallService, request_id: str) -> None:
    request = an_item_request("sg-one")
    request.request_id = request_id
    answer = refused(lambda: service.items.CreateEvidenceItem(request, **service.as_("panel-team")))
    assert (answer.reason, answer.field) == ("REQUEST_ID_NOT_VALID", "request_id")
    assert counts(service.file) == {}


def test_validate_only_shows_the_answer_and_keeps_only_that_it_was_tried(service: SmallService) -> None:
    request = an_item_request("sg-one")
    request.validate_only = True
    assert service.items.CreateEvidenceItem(request, **service.as_("panel-team")).etag == "1"
    assert not any(kept(service).values())
    assert audit(service) == [("panel-team", "panel_team", "CreateEvidenceItem (trial)", "sg-one")]
    request.validate_only = False
    assert service.items.CreateEvidenceItem(request, **service.as_("panel-team")).etag == "1"


def test_a_refusal_keeps_only_that_it_was_refused_and_the_id_may_be_used_again(service: SmallService) -> None:
    request = an_item_request("sg-one")

    def refuse(tx: Any) -> pb.EvidenceItem:
        counted(tx)
        raise invalid("NOT_SO", "Not so.", "evidence_item.kind")

    accept = service.work
    service.work = lambda asked: service.commands.run(asked, pb.EvidenceItem, refuse)
    assert refused(lambda: service.items.CreateEvidenceItem(request, **service.as_("panel-team"))).reason == "NOT_SO"
    assert not any(kept(service).values())
    assert audit(service) == [("panel-team", "panel_team", "CreateEvidenceItem (refused)", "sg-one")]
    service.work = accept
    assert service.items.CreateEvidenceItem(request, **service.as_("panel-team")).etag == "1"


def test_an_answer_is_forgotten_after_its_time(service: SmallService) -> None:
    request = an_item_request("sg-one")
    service.items.CreateEvidenceItem(request, **service.as_("panel-team"))
    assert service.commands.forget_answers(before=now() - timedelta(days=7)) == 0
    assert service.commands.forget_answers(before=now() + timedelta(seconds=1)) == 1


def test_a_write_leaves_who_did_what_to_whose_record(service: SmallService) -> None:
    service.items.CreateEvidenceItem(an_item_request("sg-one"), **service.as_("panel-team"))
    assert audit(service) == [("panel-team", "panel_team", "CreateEvidenceItem", "sg-one")]


def test_a_read_of_a_person_leaves_its_row_before_it_is_answered(service: SmallService) -> None:
    service.work = lambda request: pb.EvidenceItem()
    name = "safeguarders/sg-one/evidenceItems/e1"
    service.database.write(lambda tx: allocate(tx, "sg-one", "manager-one"))
    service.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=name), **service.as_("manager-one"))
    assert audit(service) == [("manager-one", "support_manager", "GetEvidenceItem", "sg-one")]


def test_a_list_across_people_leaves_one_row_that_names_each_of_them(service: SmallService) -> None:
    names = ["safeguarders/sg-two/evidenceItems/e1", "safeguarders/sg-one/evidenceItems/e2"]
    listed = pb.ListEvidenceItemsResponse(evidence_items=[pb.EvidenceItem(name=name) for name in names * 2])
    service.work = lambda request: listed
    service.items.ListEvidenceItems(pb.ListEvidenceItemsRequest(parent="safeguarders/-"), **service.as_("panel-team"))
    assert people(service) == ["sg-one sg-two"]


def test_a_stream_about_people_leaves_a_row_when_it_first_comes_to_somebody(service: SmallService) -> None:
    alerts = [f"safeguarders/{subject}/alerts/a{number}" for number, subject in enumerate(("sg-one", "sg-two") * 2)]
    parts = [notifications_pb2.WatchAlertsResponse(alert=notifications_pb2.Alert(name=name)) for name in alerts]
    service.work = lambda request: iter([notifications_pb2.WatchAlertsResponse(), *parts])
    watched = service.alerts.WatchAlerts(
        notifications_pb2.WatchAlertsRequest(parent="safeguarders/-"), **service.as_("panel-team")
    )
    assert len(list(watched)) == 5
    assert audit(service) == [("panel-team", "panel_team", "WatchAlerts", "")] * 3
    assert people(service) == [None, "sg-one", "sg-two"]


def test_each_part_of_an_import_leaves_its_row_with_its_effect(service: SmallService) -> None:
    def part(request: Any) -> pb.ImportEvidenceItemsResponse:
        service.commands.run_part(request, lambda tx: count_one(tx, "effect"))
        return pb.ImportEvidenceItemsResponse()

    service.work = part
    row = pb.ImportRow(row=1, request=an_item_request("sg-one"))
    service.items.ImportEvidenceItems(
        iter([pb.ImportEvidenceItemsRequest(rows=[row])] * 3), **service.as_("panel-team")
    )
    assert counts(service.file) == {"effect": 3}
    assert audit(service) == [("panel-team", "panel_team", "ImportEvidenceItems", "")] * 3
    assert people(service) == ["sg-one"] * 3


def test_open_and_opaque_data_leave_no_row(service: SmallService) -> None:
    service.work = lambda request: rules_pb2.Rulebook()
    service.rulebook.GetRulebook(rules_pb2.GetRulebookRequest(), **service.as_("panel-team"))
    service.work = lambda request: pb.Receipt()
    service.items.GetReceipt(pb.GetReceiptRequest(name="receipts/r1"), **service.as_("panel-team"))
    assert audit(service) == []


def test_a_denied_caller_leaves_a_row_that_says_so(service: SmallService) -> None:
    name = "safeguarders/sg-two/evidenceItems/e1"
    ask = pb.GetEvidenceItemRequest(name=name)
    assert refused(lambda: service.items.GetEvidenceItem(ask, **service.as_("person-one"))).reason == "NOT_ALLOWED"
    assert audit(service) == [("person-one", "safeguarder", "GetEvidenceItem (denied)", "sg-two")]


@only_sqlite
def test_a_read_that_cannot_be_written_down_is_refused(service: SmallService) -> None:
    read: list[Any] = []

    def look(request: Any) -> pb.EvidenceItem:
        read.append(request)
        return pb.EvidenceItem()

    service.work = look
    ask = pb.GetEvidenceItemRequest(name="safeguarders/sg-one/evidenceItems/e1")
    pages = rows(service.file, "PRAGMA page_count")[0][0]
    service.database.write(lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))

    def fill() -> None:
        for _ in range(2000):
            service.items.GetEvidenceItem(ask, **service.as_("panel-team"))

    answer = refused(fill)
    assert (answer.code, answer.reason, answer.waits) == ("RESOURCE_EXHAUSTED", "STORAGE_FULL", True)
    assert len(read) == len(audit(service)) + 1, "the one that could not be written down was not answered"
    service.work = lambda request: rules_pb2.Rulebook()
    service.rulebook.GetRulebook(rules_pb2.GetRulebookRequest(), **service.as_("panel-team"))
