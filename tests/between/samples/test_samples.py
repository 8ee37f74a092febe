"""A round of sampling by command, between the services: drawn, read twice, reconciled, shared and counted (R53, D9).

The kind that this closes: a sampled report is counted in one service and unknown in another.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import report_samples_pb2 as pb
from psmf.rules.v1 import kpis_pb2

from services.evidence.domain.samples.draw import in_order
from services.evidence.domain.samples.sample import Report
from services.platform.calls.wire import to_date
from services.platform.events.outbox import events_after
from services.platform.storage.database import execute
from tests.answers import refused
from tests.between.doors.test_commands import Door
from tests.between.test_who_says_it import NAMED
from tests.between.together import Together, together
from tests.builders import a_request_id
from tests.world import PEOPLE

TEAM, ONE, TWO, SENIOR, PERSON, MANAGER = (
    *("panel-team", "reviewer-one", "reviewer-two", "senior-manager", "person-one", "manager-one"),
)
OWN = {ONE: {"role": "report_reviewer"}, TWO: {"role": "report_reviewer"}, "auditor": {"role": "auditor"}}
AT = ("on-time=at", "form=at", "clear=at", "reasoned=at", "justifiable=at", "child-views=yes")
BELOW = ("on-time=at", "form=at", "clear=below", "reasoned=at", "justifiable=at", "child-views=yes")
WORDS = "The last page does not say what is recommended."
SAMPLE = "sg-one"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The services, with two Safeguarders. SCRA has three reports of one of them, and none of the other."""
    folder: Path = tmp_path_factory.mktemp("samples")
    with together(folder, PEOPLE | OWN) as running:
        for person in ("sg-one", "sg-two"):
            running.appoint(person)
        for number, filed_on in enumerate((date(2026, 5, 1), date(2026, 8, 3), date(2026, 10, 30))):
            file_report(running, f"case-{number:04}", filed_on)
        running.settle()
        yield Door(running, folder)


def file_report(running: Together, case: str, filed_on: date) -> None:
    times = items.Timeliness(due_date=to_date(filed_on), filed_date=to_date(filed_on))
    about: dict[str, Any] = {"kind": items.EVIDENCE_KIND_SCRA_TIMELINESS, "source": items.EVIDENCE_SOURCE_SCRA}
    about |= {"happened_date": to_date(filed_on), "received_date": to_date(filed_on), "mappings": []}
    running.record("sg-one", case_reference=case, timeliness=times, **about)


def seen(running: Together, person: str) -> int:
    """Return how many of the reports that are owed of a person were seen."""
    request = kpis_pb2.ListKpiContributorsRequest(parent="kpiReports/2026-27/measures/kpi-6-reports")
    found = running.kpis.ListKpiContributors(request, **running.as_(TEAM)).contributors
    theirs = [each for each in found if each.safeguarder == f"safeguarders/{person}"]
    return sum(each.result == kpis_pb2.KPI_RESULT_COUNTED for each in theirs)


def owed(door: Door, person: str = "sg-one") -> set[tuple[str, str]]:
    """Return what is owed for the samples of a person, and by whom."""
    door.running.settle()
    found = door.data(TEAM, "duty", "list", "--safeguarder", person)["items"]
    about = ("/reportSamples/", "/sampleRounds/")
    return {
        (each["kind"].removeprefix("KIND_").lower(), each["owed_by"].removeprefix("OWED_BY_").lower())
        for each in found
        if any(name in each["about"] for name in about)
    }


def asked(door: Door, person: str) -> set[str]:
    """Return what a person was told about samples."""
    with door.running.services["notifications"].database.read() as connection:
        found = execute(connection, "SELECT subject FROM notification WHERE recipient = ?", (person,)).fetchall()
    return {subject for (subject,) in found if "read" in subject}


def test_a_round_is_drawn_once_and_everybody_can_draw_again(desk: Door) -> None:
    door = desk
    assert "ROUND_NOT_FOUND" in door.psmf(TEAM, "sample", "draw", "--json").stdout
    assert "would begin" in door.done(TEAM, "sample", "begin", "--dry-run")
    begun = door.data(TEAM, "sample", "begin")
    assert (begun["name"], begun["until_date"]) == ("sampleRounds/2026-H2", {"year": 2026, "month": 11, "day": 1})
    assert door.data(TEAM, "sample", "begin")["seed"] == begun["seed"], "a round keeps the seed that it has"
    assert "Not drawn" in door.done(TEAM, "sample", "round")
    assert "Drawn for 1 people" in door.done(TEAM, "sample", "draw").replace("person", "people")
    again = door.data(TEAM, "sample", "draw")
    assert (again.get("selected", 0), again["without_reports"]) == (0, 1)
    shown = door.data(PERSON, "sample", "show")
    drawn = [(each["case_reference"], day(each["due_date"])) for each in shown["drawn_from"]]
    reports = [Report(case, due, due) for case, due in sorted(drawn)]
    order = in_order(door.data(MANAGER, "sample", "round")["seed"], "sg-one", reports)
    assert drawn == [(report.case_reference, report.due_on) for report in order]
    assert len(drawn) == 3
    assert (owed(door), owed(door, "sg-two")) == ({("obtain_report", "panel_team")}, {("draw_sample", "panel_team")})


def day(shown: dict[str, int]) -> date:
    return date(shown["year"], shown["month"], shown["day"])


def test_a_report_that_cannot_be_had_gives_way_to_the_next_and_the_reason_reaches_kpi_6(desk: Door) -> None:
    door = desk
    before = door.data(TEAM, "sample", "show", SAMPLE)
    stale = pb.RecordObtainedRequest(name=before["name"], etag="0", request_id=a_request_id())
    call = desk.running.samples.RecordObtained
    assert refused(partial(call, stale, **desk.running.as_(TEAM))).reason == "ETAG_MISMATCH"
    said = door.done(TEAM, "sample", "not-available", SAMPLE, "--reason", "not-provided")
    assert before["drawn_from"][1]["case_reference"] in said
    assert "No report can be had" in door.done(TEAM, "sample", "not-available", "sg-two", "--reason", "no-appointment")
    assert "due" not in door.done(TEAM, "sample", "round").split("Stand")[1]
    assert (owed(door), owed(door, "sg-two")) == ({("obtain_report", "panel_team")}, set()), "a reason is an answer too"


def test_two_readers_read_blind_and_reconcile_and_the_report_counts_once(desk: Door) -> None:
    """The demo's report that was read twice: the readings differ on one line."""
    door, running = desk, desk.running
    assert seen(running, "sg-one") == 0
    door.done(TEAM, "sample", "obtained", SAMPLE)
    assert owed(door) == {("read_report", "panel_team")}
    assert "NOT_A_READER" in door.psmf(TEAM, "sample", "assign", SAMPLE, SENIOR, "--json").stdout
    door.done(TEAM, "sample", "assign", SAMPLE, ONE)
    assert door.psmf(TWO, "sample", "show", SAMPLE).returncode != 0, "a reader sees what was given to them"
    door.done(TEAM, "sample", "assign", SAMPLE, TWO, "--second")
    assert SAMPLE in door.done(TWO, "sample", "list")
    assert (owed(door), asked(door, ONE), asked(door, TWO)) == ({("read_report", "reader")}, {"report_to_read"}, set())
    assert "stands there twice" in door.psmf(ONE, "sample", "read", SAMPLE, "clear=at", "clear=at").stderr
    assert "is not LINE=WORD" in door.psmf(ONE, "sample", "read", SAMPLE, "luck=at").stderr
    door.done(ONE, "sample", "read", SAMPLE, *AT)
    for person in (TWO, TEAM, SENIOR, MANAGER, PERSON):
        assert "readings" not in door.data(person, "sample", "show", SAMPLE if person != PERSON else "-"), person
    assert seen(running, "sg-one") == 1, "seen is read, before anybody has reconciled"
    assert (owed(door), asked(door, TWO)) == ({("second_reading", "reader")}, {"report_to_read"})
    assert "READING_HAS_TIME" in door.psmf(TEAM, "sample", "end-wait", SAMPLE, "--json").stdout
    assert "SAY_WHAT" in door.psmf(TWO, "sample", "read", SAMPLE, *BELOW, "--json").stdout
    door.done(TWO, "sample", "read", SAMPLE, *BELOW, "--words", WORDS)
    assert len(door.data(ONE, "sample", "show", SAMPLE)["readings"]) == 2
    assert owed(door) == {("reconcile_readings", "reader")}
    assert "once the other reader" in door.done(ONE, "sample", "reconcile", SAMPLE, *BELOW, "--words", WORDS)
    assert "stands for both" in door.done(TWO, "sample", "reconcile", SAMPLE, *BELOW)
    assert seen(running, "sg-one") == 1, "the sample and its item are one report"
    shown = door.data(TEAM, "sample", "show", SAMPLE)
    item = shown["evidence_item"]
    assert owed(door) == {("share_reading", "panel_team")}
    door.done(TEAM, "evidence", "map", item, "S4.3:concern")
    assert "readings" not in door.data(PERSON, "sample", "show")
    door.done(TEAM, "evidence", "share", item)
    theirs = door.data(PERSON, "sample", "show")
    assert [each.get("reader", "") for each in theirs["readings"]] == ["", ""]
    assert theirs["agreed"]["words"] == WORDS
    assert theirs == door.data(MANAGER, "sample", "show", SAMPLE), "both sides see the same"
    assert "stands" in door.done(PERSON, "sample", "show").lower()
    assert owed(door) == set()
    door.done(PERSON, "evidence", "reply", item, "--text", "The hearing asked for it in that form.")


def test_agreement_says_that_there_is_not_enough_data(desk: Door) -> None:
    for person in (TEAM, SENIOR, "auditor"):
        assert "not enough data: 30 pairs are needed" in desk.done(person, "sample", "agreement").replace("\n", " ")
    assert desk.data("auditor", "sample", "agreement")["least_pairs"] == 30


def test_no_words_of_a_reading_that_may_name_a_child_are_kept(desk: Door) -> None:
    """P23, and no event holds words or lines (canary)."""
    running, rating = desk.running, pb.Rating(clear=items.LINE_RATING_AT)
    name = desk.data(TEAM, "sample", "show", SAMPLE)["name"]
    texts = {
        "evidence.RecordReadingRequest.words": (ONE, pb.RecordReadingRequest(name=name, rating=rating, words=NAMED)),
        "evidence.ReconcileReadingsRequest.words": (
            SENIOR,
            pb.ReconcileReadingsRequest(name=name, rating=rating, words=NAMED, etag="1"),
        ),
    }
    for field, (person, request) in texts.items():
        call = getattr(running.samples, type(request).__name__.removesuffix("Request"))
        answer = refused(partial(call, request, **running.as_(person)))
        assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", "words"), field
    with running.services["evidence"].database.read() as connection:
        events = [each for each in events_after(connection, 0, 1000) if each.type.endswith("ReportSampleChanged")]
    assert len(events) > 8
    assert not any(WORDS.encode() in each.data for each in events)


def test_the_next_round_takes_what_was_filed_since_and_a_request_twice_is_one(desk: Door) -> None:
    running = desk.running
    running.clock.instant += timedelta(days=150)
    file_report(running, "case-9999", date(2027, 2, 1))
    request = pb.CreateSampleRoundRequest(request_id=a_request_id())
    first = running.samples.CreateSampleRound(request, **running.as_(TEAM))
    assert first == running.samples.CreateSampleRound(request, **running.as_(TEAM))
    assert (first.name, first.since_date.day) == ("sampleRounds/2027-H1", 2)
    drawing = pb.DrawSamplesRequest(name=first.name, request_id=a_request_id(), validate_only=True)
    assert running.samples.DrawSamples(drawing, **running.as_(TEAM)).selected == 1
    assert desk.data(TEAM, "sample", "list", "--round", "2027-H1")["items"] == [], "a check changes nothing"
    desk.done(TEAM, "sample", "draw")
    assert desk.data(PERSON, "sample", "show")["report"]["case_reference"] == "case-9999"
    assert desk.data(PERSON, "sample", "show", "2026-H2")["round"] == "sampleRounds/2026-H2"


def test_a_second_reading_that_never_comes_hides_the_first_one_no_longer(desk: Door) -> None:
    """The Team ends the wait once its day has passed. What stands then is shared like any reading."""
    door, sample = desk, "sg-one/2027-H1"
    door.done(TEAM, "sample", "obtained", sample)
    door.done(TEAM, "sample", "assign", sample, ONE)
    door.done(TEAM, "sample", "assign", sample, TWO, "--second")
    door.done(ONE, "sample", "read", sample, *BELOW, "--words", WORDS)
    assert owed(door) == {("second_reading", "reader")}
    desk.running.clock.instant += timedelta(days=21)
    assert "readings" not in door.data(TEAM, "sample", "show", sample)
    assert "stands alone" in door.done(TEAM, "sample", "end-wait", sample)
    shown = door.data(TEAM, "sample", "show", sample)
    assert (len(shown["readings"]), shown["wait_ended_by"]) == (1, TEAM)
    assert "did not come" in door.done(TEAM, "sample", "show", sample)
    assert owed(door) == {("share_reading", "panel_team")}
    item = shown["evidence_item"]
    door.done(TEAM, "evidence", "withdraw", item, "--reason", "entered-wrongly")
    assert owed(door) == set(), "nobody shares what was withdrawn"
