"""KPI figures and their ledgers over the wire; packs frozen for the review meeting (requirements D14, B18, R160)."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import evidence_pb2, report_samples_pb2
from psmf.rules.v1 import kpis_pb2 as pb
from psmf.rules.v1 import kpis_pb2_grpc
from psmf.scheduling.v1 import events_pb2 as scheduling_events
from psmf.scheduling.v1 import scheduling_pb2

from services.client.kpis.figures import year_of
from services.platform.calls.wire import from_date, to_date, to_instant
from services.platform.clock import SystemClock
from tests.answers import is_answered, refused
from tests.builders import a_request_id, days_ago
from tests.rules.conftest import Rules, a_fact
from tests.waiting import until
from tests.world import PEOPLE

PEOPLE_HERE = tuple(f"sg-kpi-{number}" for number in range(1, 7))
SESSION = scheduling_pb2.Obligation.KIND_SUPPORT_SESSION
TRAINING = scheduling_pb2.Obligation.KIND_MANDATORY_TRAINING
ROLLING = "kpiReports/rolling"


@pytest.fixture(scope="module")
def kpis(rules: Rules) -> Any:
    """Six people who each owe a session due yesterday. Five attended theirs; the last one's date was cancelled."""
    rules.world.write_people({**PEOPLE, "data-lead": {"role": "data_lead"}})
    for number, person in enumerate(PEOPLE_HERE, 1):
        rules.appoint(person, days=700)
        owe(rules, person)
        if number < 6:
            attend(rules, person)
        else:
            cancelled = scheduling_events.SupportSessionCancelled(
                safeguarder_id=person,
                session_id=f"{person}-s1",
                cancelled_by="safeguarder",
                obligation_id=f"{person}-owed",
            )
            rules.scheduling.publish(person, cancelled)
        reviews = [a_review(person, n) for n in range(number % 3)]
        rules.record(person, *reviews)
    stub: Any = kpis_pb2_grpc.KpiServiceStub(rules.channel)
    until(lambda: is_answered(lambda: report(stub, rules, "data-lead")))  # people are read again within a second
    until(lambda: delivered(stub, rules).numerator.units == 5)
    until(lambda: figure(stub, rules, "kpi-6-seen").numerator.units == 2)
    until(lambda: cancelled_by_safeguarder(stub, rules) == 1)
    return stub


def owe(rules: Rules, person: str, due: date | None = None) -> None:
    """A session with its date. What is owed is published last: once a ledger shows it, the rest has arrived."""
    owed = scheduling_events.OwedObligation(
        obligation_id=f"{person}-owed", kind=SESSION, number=1, due_date=to_date(due or days_ago(1))
    )
    rules.scheduling.publish(
        person,
        scheduling_events.SupportSessionProposed(
            safeguarder_id=person, session_id=f"{person}-s1", obligation_id=f"{person}-owed"
        ),
        scheduling_events.ObligationsOpened(safeguarder_id=person, support_sessions=1, obligations=[owed]),
    )


def attend(rules: Rules, person: str, **changes: Any) -> None:
    fields: dict[str, Any] = {
        "safeguarder_id": person,
        "session_id": f"{person}-s1",
        "session_date": to_date(days_ago(20)),
        "team_present": True,
        "attendance": scheduling_pb2.ATTENDANCE_ATTENDED,
        "record_time": to_instant(SystemClock().now()),
        "obligation_id": f"{person}-owed",
    }
    rules.scheduling.publish(person, scheduling_events.SupportSessionAttendanceRecorded(**fields | changes))


def a_review(person: str, number: int) -> Any:
    return a_fact(
        person,
        f"review-{number}",
        kind=evidence_pb2.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW,
        source=evidence_pb2.EVIDENCE_SOURCE_PANEL_TEAM,
        evidence_class=evidence_pb2.EVIDENCE_CLASS_STANDARD,
        mappings=[],
    )


def report(stub: Any, rules: Rules, person: str = "panel-team", **fields: Any) -> pb.KpiReport:
    request = pb.GetKpiReportRequest(**{"name": ROLLING} | fields)
    answer: pb.KpiReport = stub.GetKpiReport(request, **rules.as_(person))
    return answer


def figure(stub: Any, rules: Rules, kpi: str, person: str = "panel-team", **fields: Any) -> pb.KpiFigure:
    return next(found for found in report(stub, rules, person, **fields).figures if found.kpi == kpi)


def delivered(stub: Any, rules: Rules, person: str = "panel-team", **fields: Any) -> pb.KpiFigure:
    return figure(stub, rules, "kpi-7-delivered", person, **fields)


def cancelled_by_safeguarder(stub: Any, rules: Rules) -> int:
    beside = {count.title: count.units for count in delivered(stub, rules).beside}
    return beside["A date cancelled by the Safeguarder"]


def ledger(stub: Any, rules: Rules, person: str = "panel-team", **fields: Any) -> pb.ListKpiContributorsResponse:
    request = pb.ListKpiContributorsRequest(**{"parent": f"{ROLLING}/measures/kpi-7-delivered"} | fields)
    answer: pb.ListKpiContributorsResponse = stub.ListKpiContributors(request, **rules.as_(person))
    return answer


def test_a_figure_comes_with_its_denominator_target_and_verdict(kpis: Any, rules: Rules) -> None:
    found = delivered(kpis, rules)
    assert (found.numerator.units, found.shortfall.units, found.denominator.units) == (5, 1, 6)
    assert (found.target_percent, found.tenths_of_percent, found.verdict) == (95, 833, pb.KPI_VERDICT_NOT_MET)
    assert found.target_reason.startswith("The Framework sets 95%")


def test_every_figure_adds_up_to_its_ledger_and_its_register(kpis: Any, rules: Rules) -> None:
    def adds_up(found: pb.KpiFigure) -> bool:
        entries = ledger(kpis, rules, parent=f"{ROLLING}/measures/{found.kpi}", page_size=500).contributors
        by_result = [sum(entry.result == result for entry in entries) for result in (1, 2, 3)]
        left_out = sum(count.units for count in found.left_out)
        of_figure = [found.numerator.units, found.shortfall.units, left_out]
        return by_result == of_figure and len(entries) == found.register.units

    # Facts may still arrive between the report and the ledgers.
    until(lambda: all(adds_up(found) for found in report(kpis, rules).figures))


def test_the_ledger_says_who_and_why(kpis: Any, rules: Rules) -> None:
    short = ledger(kpis, rules, result=pb.KPI_RESULT_SHORT)
    (entry,) = short.contributors
    assert (entry.safeguarder, entry.unit_id) == ("safeguarders/sg-kpi-6", "sg-kpi-6-owed")
    assert entry.reason == "Not so: the Team was present. Delivered: no."
    assert list(entry.beside) == ["Offered", "A date cancelled by the Safeguarder"]


def test_pages_of_a_ledger_are_of_one_report_however_much_is_recorded_meanwhile(kpis: Any, rules: Rules) -> None:
    first = ledger(kpis, rules, page_size=4)
    owe(rules, "sg-kpi-0", days_ago(2))
    until(lambda: ledger(kpis, rules).total_size == 7)
    second = ledger(kpis, rules, page_size=4, page_token=first.next_page_token)
    assert (first.total_size, second.total_size, len(second.contributors)) == (6, 6, 2)
    assert second.known_time == first.known_time
    assert second.next_page_token == ""
    assert why(lambda: ledger(kpis, rules, page_token=first.next_page_token, result=pb.KPI_RESULT_SHORT)) == (
        "INVALID_ARGUMENT",
        "PAGE_TOKEN_NOT_VALID",
    )


def test_as_known_before_a_correction_the_figure_stays_what_it_was(kpis: Any, rules: Rules) -> None:
    before = report(kpis, rules)
    attend(rules, "sg-kpi-5", team_present=False, attendance=scheduling_pb2.ATTENDANCE_AWAITING_EVIDENCE)
    until(lambda: delivered(kpis, rules).numerator.units == 4)
    again = report(kpis, rules, known_time=before.known_time, as_of_date=before.as_of_date)
    assert again == before
    attend(rules, "sg-kpi-5")
    until(lambda: delivered(kpis, rules).numerator.units == 5)


def test_officials_see_figures_and_no_small_group(kpis: Any, rules: Rules) -> None:
    """One of seven is left out: a person whose term is not known."""
    if ledger(kpis, rules).total_size == 6:
        owe(rules, "sg-kpi-0", days_ago(2))
    until(lambda: ledger(kpis, rules).total_size == 7)
    found = delivered(kpis, rules, "official")
    assert (found.numerator.units, found.denominator.units, found.denominator.withheld) == (5, 6, False)
    assert found.register.withheld
    assert {count.withheld for count in found.left_out} == {True}
    assert {count.withheld for count in found.beside} == {True}
    assert {count.units for count in found.beside} == {0}
    whole = report(kpis, rules, "official")
    assert (whole.ledger_sha256, whole.content) == ("", b"")
    assert report(kpis, rules, "data-lead").ledger_sha256


@pytest.mark.parametrize("person", ["official", "senior-manager", "manager-one", "person-one", "operator"])
def test_nobody_else_opens_the_ledger(kpis: Any, rules: Rules, person: str) -> None:
    assert refused(lambda: ledger(kpis, rules, person)).code == "PERMISSION_DENIED"


def why(call: Callable[[], Any]) -> tuple[str, str]:
    answer = refused(call)
    return answer.code, answer.reason


def a_quarter() -> str:
    """The latest finished quarter."""
    today = SystemClock().today()
    start = today.year if today.month >= 4 else today.year - 1
    running = (today.month - 4) % 12 // 3
    return f"{start}-Q{running}" if running else f"{start - 1}-Q4"


def test_a_pack_is_frozen_once_with_its_hash_and_stays_what_it_was(kpis: Any, rules: Rules) -> None:
    request = pb.FreezeKpiReportRequest(name=f"kpiReports/{a_quarter()}", request_id=a_request_id())
    tried = pb.FreezeKpiReportRequest(name=request.name, request_id=a_request_id(), validate_only=True)
    assert kpis.FreezeKpiReport(tried, **rules.as_("panel-team")).HasField("freeze_time")
    assert not kpis.ListKpiReports(pb.ListKpiReportsRequest(), **rules.as_("panel-team")).kpi_reports
    pack = kpis.FreezeKpiReport(request, **rules.as_("panel-team"))
    assert hashlib.sha256(pack.content).hexdigest() == pack.sha256
    assert kpis.FreezeKpiReport(request, **rules.as_("panel-team")) == pack
    assert why(
        lambda: kpis.FreezeKpiReport(pb.FreezeKpiReportRequest(name=request.name), **rules.as_("panel-team"))
    ) == ("FAILED_PRECONDITION", "PACK_ALREADY_FROZEN")
    rules.record("sg-kpi-3", a_review("sg-kpi-3", 8), a_review("sg-kpi-3", 9))
    until(lambda: figure(kpis, rules, "kpi-6-seen").numerator.units == 3)
    (listed,) = kpis.ListKpiReports(pb.ListKpiReportsRequest(), **rules.as_("panel-team")).kpi_reports
    assert listed == pack
    (shown,) = kpis.ListKpiReports(pb.ListKpiReportsRequest(), **rules.as_("official")).kpi_reports
    assert (shown.sha256, shown.content) == (pack.sha256, b"")
    (point,) = [one for one in quarters(kpis, rules, "kpi-6-seen").points if one.report == request.name]
    assert point.freeze_time == pack.freeze_time
    assert point.frozen_figure == next(one for one in pack.figures if one.kpi == "kpi-6-seen")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("kpiReports/2026", "PERIOD_NOT_VALID"),
        ("kpiReports/2090-91", "AS_OF_BEFORE_PERIOD"),
        ("reports/rolling", "NAME_NOT_VALID"),
    ],
)
def test_a_period_that_cannot_be_is_refused(kpis: Any, rules: Rules, name: str, reason: str) -> None:
    assert why(lambda: report(kpis, rules, name=name)) == ("INVALID_ARGUMENT", reason)


def test_what_will_be_recorded_is_not_known(kpis: Any, rules: Rules) -> None:
    assert why(lambda: report(kpis, rules, known_time=to_instant(SystemClock().now() + timedelta(hours=1)))) == (
        "INVALID_ARGUMENT",
        "KNOWN_TIME_IN_FUTURE",
    )


def test_a_kpi_that_is_not_there_has_no_ledger(kpis: Any, rules: Rules) -> None:
    assert why(lambda: ledger(kpis, rules, parent=f"{ROLLING}/measures/kpi-8")) == ("NOT_FOUND", "KPI_NOT_FOUND")


def quarters(stub: Any, rules: Rules, kpi: str, person: str = "panel-team") -> pb.KpiSeries:
    year = year_of(SystemClock().today())
    request = pb.GetKpiSeriesRequest(parent=f"kpiReports/{year}/measures/{kpi}")
    answer: pb.KpiSeries = stub.GetKpiSeries(request, **rules.as_(person))
    return answer


def test_each_quarter_says_what_its_own_report_says_and_the_last_one_is_for_today(kpis: Any, rules: Rules) -> None:
    found = {kpi: quarters(kpis, rules, kpi) for kpi in ("kpi-7-delivered", "kpi-6-seen")}
    known = found["kpi-6-seen"].known_time
    for kpi, series in found.items():
        assert 1 <= len(series.points) <= 8
        for point in (*series.points[:2], series.points[-1]):
            own = report(kpis, rules, name=point.report, known_time=known)
            assert point.as_of_date == own.as_of_date
            assert point.figure == next(one for one in own.figures if one.kpi == kpi)
        assert from_date(series.points[-1], "as_of_date") == SystemClock().today()


def test_quarters_are_withheld_from_those_who_may_not_open_the_ledger(kpis: Any, rules: Rules) -> None:
    shown = quarters(kpis, rules, "days-to-concern", "official")
    whole = quarters(kpis, rules, "days-to-concern")
    assert [point.report for point in shown.points] == [point.report for point in whole.points]
    assert all(point.figure.numerator.withheld for point in shown.points if point.figure.register.withheld)


def test_a_quarter_that_still_runs_is_not_frozen(kpis: Any, rules: Rules) -> None:
    today = SystemClock().today()
    start = today.year if today.month >= 4 else today.year - 1
    name = f"kpiReports/{start}-Q{(today.month - 4) % 12 // 3 + 1}"
    assert why(lambda: kpis.FreezeKpiReport(pb.FreezeKpiReportRequest(name=name), **rules.as_("panel-team"))) == (
        "FAILED_PRECONDITION",
        "QUARTER_NOT_OVER",
    )


def test_regions_are_compared_by_people_and_officials_see_findings_only_where_groups_are_small(
    kpis: Any, rules: Rules
) -> None:
    for number, person in enumerate(PEOPLE_HERE):
        region = "west" if number == 5 else "east"
        rules.scheduling.publish(
            person,
            scheduling_events.SupportManagerAllocated(
                safeguarder_id=person, support_manager="manager-one", region=region, from_date=to_date(days_ago(0))
            ),
        )

    def compared(person: str = "panel-team", kpi: str = "concern-share") -> Any:
        request = pb.CompareKpiRegionsRequest(parent=f"{ROLLING}/measures/{kpi}")
        return kpis.CompareKpiRegions(request, **rules.as_(person))

    until(lambda: len(compared().regions) == 2)
    east, west = compared().regions
    assert (east.region, east.people, west.people) == ("east", 5, 1)
    assert {east.finding, west.finding} == {pb.KPI_FINDING_NOT_ENOUGH_DATA}
    shown = compared("official")
    assert shown.withheld
    assert [(region.region, region.people) for region in shown.regions] == [("east", 0), ("west", 0)]
    assert why(lambda: compared(kpi="kpi-7-delivered")) == ("FAILED_PRECONDITION", "KPI_NOT_OF_PEOPLE")


def test_training_and_the_end_of_membership_are_heard_too(kpis: Any, rules: Rules) -> None:
    person = "sg-kpi-ends"
    rules.appoint(person, days=700)
    owed = scheduling_events.OwedObligation(
        obligation_id="training-owed", kind=TRAINING, number=1, due_date=to_date(days_ago(3))
    )
    rules.scheduling.publish(
        person,
        scheduling_events.ObligationsOpened(safeguarder_id=person, training_events=1, obligations=[owed]),
        scheduling_events.TrainingAttendanceRecorded(
            safeguarder_id=person,
            obligation_id="training-owed",
            event_date=to_date(days_ago(30)),
            attendance=scheduling_pb2.ATTENDANCE_ABSENT_EXCUSED,
            record_time=to_instant(SystemClock().now()),
        ),
        scheduling_events.TrainingDelivered(
            safeguarder_id=person,
            obligation_id="training-owed",
            training_event="autumn",
            event_date=to_date(days_ago(30)),
            record_time=to_instant(SystemClock().now()),
        ),
    )
    until(lambda: figure(kpis, rules, "kpi-5-delivered").numerator.units == 1)
    attended = figure(kpis, rules, "kpi-5-attended")
    assert {count.title: count.units for count in attended.beside if count.units} == {
        "Absent with a reason accepted": 1
    }
    ended = evidence_events.SafeguarderEnded(safeguarder_id=person, end_date=to_date(days_ago(10)))
    rules.evidence.publish(person, ended)
    until(lambda: figure(kpis, rules, "kpi-5-delivered").numerator.units == 0)
    (out,) = ledger(kpis, rules, parent=f"{ROLLING}/measures/kpi-5-delivered").contributors
    assert out.reason == "Not serving when it fell due"


def test_that_there_was_no_report_to_sample_is_heard_and_leaves_the_figure_visibly(kpis: Any, rules: Rules) -> None:
    person = "sg-kpi-4"
    before = figure(kpis, rules, "kpi-6-seen").denominator.units
    none = evidence_events.SafeguarderReportsNotAvailable(
        safeguarder_id=person,
        date=to_date(days_ago(1)),
        reports=2,
        reason=report_samples_pb2.NO_REPORT_REASON_NO_REPORT_DUE,
    )
    rules.evidence.publish(person, none)
    until(lambda: figure(kpis, rules, "kpi-6-seen").denominator.units == before - 1)
    out = ledger(kpis, rules, parent=f"{ROLLING}/measures/kpi-6-seen", result=pb.KPI_RESULT_LEFT_OUT)
    reasons = {entry.safeguarder: entry.reason for entry in out.contributors}
    assert reasons[f"safeguarders/{person}"] == "No report to sample: no report due in any appointment"
