"""Identity of what is judged: one thing counted twice, and a blank read as an answer.

The kind of fault: an item arrives in a form that a later reader takes for something else. A second delivery looks like
a second report, a second reading like a second report, an empty answer like a no. Closed here from the door to the
rules and the KPIs, on both databases.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import kpis_pb2 as kpis
from sqlalchemy import Connection, text
from typer.testing import CliRunner

from services.cli.main import command_line
from services.platform.calls.wire import to_date
from tests.between.together import Together
from tests.builders import a_mapping, an_item_request

NEUTRAL = items.POLARITY_NEUTRAL


REVIEW: dict[str, Any] = {
    "kind": items.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW,
    "source": items.EVIDENCE_SOURCE_PANEL_TEAM,
    "mappings": [a_mapping("S1.1", NEUTRAL)],
    "report_review": items.ReportReview(child_views_answer=items.YES_NO_YES, second_reader_answer=items.YES_NO_YES),
}


def dated(running: Together, days: int) -> dict[str, Any]:
    """Return the dates of an item that happened and came some days ago."""
    return dict.fromkeys(("happened_date", "received_date"), to_date(running.ago(days)))


def review(running: Together, views: Any, days: int, **changes: Any) -> items.EvidenceItem:
    """Record the review of a sampled report, with an answer on the child's views."""
    answers = items.ReportReview(child_views_answer=views, second_reader_answer=items.YES_NO_YES)
    return running.record("sg-one", **REVIEW | dated(running, days) | {"report_review": answers} | changes)


def test_a_blank_answer_is_the_teams_task_and_no_mark_on_the_person(suite_together: Together) -> None:
    """P18: three reviews without an answer on the child's views raise nothing about the Safeguarder."""
    running = suite_together
    running.appoint("sg-one")
    for days in (10, 20, 30):
        review(running, items.YES_NO_UNSPECIFIED, days)
    running.settle()
    concerns = running.open_concerns("sg-one")
    assert "child-view-missing" not in concerns
    assert "answer-missing" in concerns


def a_late_report(running: Together, case: str, days: int, received: int) -> items.CreateEvidenceItemRequest:
    """Return SCRA's record of a report that came two days late, as an extract holds it."""
    return an_item_request(
        "sg-one",
        kind=items.EVIDENCE_KIND_SCRA_TIMELINESS,
        source=items.EVIDENCE_SOURCE_SCRA,
        mappings=[a_mapping("S4.1", items.POLARITY_CONCERN)],
        happened_date=to_date(running.ago(days)),
        received_date=to_date(running.ago(received)),
        shared_date=to_date(running.ago(received)),
        case_reference=case,
        timeliness=items.Timeliness(
            due_date=to_date(running.ago(days + 2)),
            filed_date=to_date(running.ago(days)),
            extension_answer=items.YES_NO_NO,
        ),
    )


def imported(running: Together, *requests: items.CreateEvidenceItemRequest) -> list[int]:
    """Send a file of past records and return what became of each row."""
    rows = [items.ImportRow(row=number, request=request) for number, request in enumerate(requests, 1)]
    for row in rows:
        row.request.history = True
    parts = iter([items.ImportEvidenceItemsRequest(rows=rows)])
    answer = running.evidence.ImportEvidenceItems(parts, **running.as_("panel-team"))
    running.pass_time(timedelta(days=1))
    return [result.delivery for result in answer.results]


def test_a_late_report_in_two_extracts_is_one_late_report(suite_together: Together) -> None:
    """P15: one late report, in October's and in November's extract, raises no concern about two."""
    running = suite_together
    running.appoint("sg-one")
    first = a_late_report(running, "case-cc11dd22", 62, 60)
    second = a_late_report(running, "case-cc11dd22", 62, 32)
    assert imported(running, first) == [items.DELIVERY_NEW]
    assert imported(running, second) == [items.DELIVERY_HELD_ALREADY]
    assert "report-late" not in running.open_concerns("sg-one")
    assert imported(running, a_late_report(running, "case-ee33ff44", 62, 32)) == [items.DELIVERY_NEW]
    assert "report-late" in running.open_concerns("sg-one"), "two reports are two"


def kpi_six(running: Together) -> int:
    """Return what KPI 6 of the contract year 2025-26 makes of the person."""
    request = kpis.ListKpiContributorsRequest(parent="kpiReports/2025-26/measures/kpi-6-seen")
    (person,) = running.kpis.ListKpiContributors(request, **running.as_("panel-team")).contributors
    return int(person.result)


def test_two_readings_of_one_report_are_one_report_of_kpi_six(suite_together: Together) -> None:
    """P16: a first and a second reading do not make two reports seen."""
    running = suite_together
    running.appoint("sg-one", since=date(2024, 11, 4))
    for days in (250, 260):
        review(running, items.YES_NO_YES, days, case_reference="case-cc11dd22")
    running.settle()
    assert kpi_six(running) == kpis.KPI_RESULT_SHORT
    review(running, items.YES_NO_YES, 255, case_reference="case-ee33ff44")
    running.settle()
    assert kpi_six(running) == kpis.KPI_RESULT_COUNTED


def test_two_reports_of_one_case_are_two_reports_of_kpi_six(suite_together: Together) -> None:
    """P16: the day on which each was due tells them apart. A reading without it is no third one."""
    running = suite_together
    running.appoint("sg-one", since=date(2024, 11, 4))

    def read(days: int, due: int | None) -> None:
        lines = items.ReportReview(child_views_answer=items.YES_NO_YES, second_reader_answer=items.YES_NO_YES)
        if due is not None:
            lines.report_due_date.CopyFrom(to_date(running.ago(due)))
        running.record(
            "sg-one", **REVIEW | dated(running, days) | {"case_reference": "case-cc11dd22", "report_review": lines}
        )
        running.settle()

    read(250, None)
    read(255, 300)
    assert kpi_six(running) == kpis.KPI_RESULT_SHORT, "the first may be a reading of the same report"
    read(260, 290)
    assert kpi_six(running) == kpis.KPI_RESULT_COUNTED


def executed(statement: str, connection: Connection) -> int:
    """Run a statement and return how many rows it changed."""
    return connection.execute(text(statement)).rowcount


def test_items_of_the_release_before_say_which_report_they_are_about(suite_together: Together) -> None:
    """P16: what was recorded twice before counts once, from the first start of this release."""
    running = suite_together
    running.appoint("sg-one", since=date(2024, 11, 4))
    for days in (250, 260):
        review(running, items.YES_NO_YES, days, case_reference="case-cc11dd22")
    for statement in (
        "UPDATE evidence_item SET identified = false, case_reference = ''",
        "DELETE FROM outbox WHERE type LIKE '%EvidenceItem%'",
    ):
        running.services["evidence"].database.write(partial(executed, statement))
    running.restart("evidence")
    running.settle()
    assert kpi_six(running) == kpis.KPI_RESULT_SHORT
    running.restart("evidence")
    before = running.services["evidence"].head()
    running.settle()
    assert running.services["evidence"].head() == before, "an item says it once"
    again = an_item_request("sg-one", **REVIEW, **dated(running, 260), case_reference="case-cc11dd22")
    answer = running.evidence.CreateEvidenceItem(again, **running.as_("panel-team"))
    assert answer.delivery == items.DELIVERY_HELD_ALREADY


def test_a_safeguarder_sees_at_once_what_they_filed(suite_together: Together) -> None:
    """P31: and nothing of what the Team reads in it before it is shared."""
    running = suite_together
    running.appoint("sg-one")
    mine = {"kind": items.EVIDENCE_KIND_SELF_ASSESSMENT, "source": items.EVIDENCE_SOURCE_SELF, "summary": "I learned."}
    filed = running.record("sg-one", person="person-one", mappings=None, **mine)
    mapping = items.MapEvidenceItemRequest(name=filed.name, mappings=[a_mapping("S7.2")])
    for mapped in (False, True):
        if mapped:
            running.evidence.MapEvidenceItem(mapping, **running.as_("panel-team"))
        seen = running.evidence.GetEvidenceItem(
            items.GetEvidenceItemRequest(name=filed.name), **running.as_("person-one")
        )
        assert (seen.summary, len(seen.mappings)) == ("I learned.", 0)
        assert names(running, "person-one") == [filed.name]
    assert names(running, "person-one", standard="S7") == [], "a filter tells no more"
    running.share(filed)
    assert names(running, "person-one", standard="S7") == [filed.name]
    running.record("sg-one")
    assert names(running, "person-one") == [filed.name], "what others sent waits until it is shared"


def names(running: Together, person: str, **filters: Any) -> list[str]:
    request = items.ListEvidenceItemsRequest(parent="safeguarders/sg-one", **filters)
    return [item.name for item in running.evidence.ListEvidenceItems(request, **running.as_(person)).evidence_items]


@pytest.fixture
def psmf(suite_together: Together, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return the command line as the Team uses it on the four services."""
    running = suite_together
    for name, service in running.services.items():
        monkeypatch.setenv(f"PSMF_{name.upper()}_ADDRESS", f"127.0.0.1:{service.process.server.port}")
    ((_, bearer),) = running.world.metadata("panel-team", running.clock.now())
    (tmp_path / "token").write_text(bearer.removeprefix("Bearer "))
    monkeypatch.setenv("PSMF_TOKEN_FILE", str(tmp_path / "token"))
    return lambda *words: CliRunner().invoke(command_line({"evidence"}, completing=False), ["evidence", *words])


PRAISE = ("kind=commendation", "source=child", "happened_date=2026-10-20", "received_date=2026-10-21")


def test_the_command_line_suggests_no_direction(suite_together: Together, psmf: Callable[..., Any]) -> None:
    """P30: after a child's praise the next step is to map it, and not to map it as a concern."""
    suite_together.appoint("sg-one")
    added = psmf("add", "sg-one", *PRAISE)
    assert added.exit_code == 0, added.output
    assert "INDICATOR:POLARITY" in added.output
    assert "concern" not in added.output


def test_an_item_entered_twice_on_the_command_line(suite_together: Together, psmf: Callable[..., Any]) -> None:
    """P17: the item on file is named, and --again records another one."""
    suite_together.appoint("sg-one")
    first = psmf("add", "sg-one", *PRAISE)
    name = first.output.split()[1]
    again = psmf("add", "sg-one", *PRAISE)
    assert again.exit_code == 5
    assert name in again.output
    assert "--again" in again.output
    other = psmf("add", "sg-one", *PRAISE, "--again")
    assert other.exit_code == 0
    assert name not in other.output


LATE = "sg-one,scra_timeliness,scra,2026-09-03,{},case-cc11dd22,2026-09-01,{}"
COLUMNS = "safeguarder,kind,source,happened_date,received_date,case_reference,due_date,filed_date"


def test_a_file_imported_again_is_nothing_new(
    suite_together: Together, psmf: Callable[..., Any], tmp_path: Path
) -> None:
    """doors D14, P15: in the dry run too, and for the same report in the next extract."""
    suite_together.appoint("sg-one")
    october, november, corrected = (tmp_path / f"{name}.csv" for name in ("october", "november", "corrected"))
    october.write_text(f"{COLUMNS}\n{LATE.format('2026-10-01', '2026-09-03')}\n")
    november.write_text(f"{COLUMNS}\n{LATE.format('2026-11-01', '2026-09-03')}\n")
    corrected.write_text(f"{COLUMNS}\n{LATE.format('2026-11-02', '2026-09-01')}\n")
    said = {
        october: ("1 new, 0 recorded before, 0 refused", "0 new, 1 recorded before, 0 refused"),
        november: ("0 new, 0 recorded before, 1 held already, 0 refused",) * 2,
        corrected: ("0 new, 0 recorded before, 1 corrected, 0 refused", "0 new, 1 recorded before, 0 refused"),
    }
    for file, (first, second) in said.items():
        for words, expected in (("--dry-run",), first), ((), first), (("--dry-run",), second), ((), second):
            answer = psmf("import", str(file), *words)
            assert answer.exit_code == 0, answer.output
            assert f"{file.name}: 1 row: {expected}" in answer.output
            assert ("Nothing was changed." in answer.output) is bool(words)
