"""Time as a cause: a date that nobody sends an event for changes what the suite says about a person.

This closes the kind of fault in which a date in a rulebook is not taken for a change of rules. The clock moves across
each kind of date that a rulebook has. What only the date causes is quiet, and the Team is told before anybody else.
"""

import shutil
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import events_pb2 as events

from services.platform.calls.wire import to_date
from services.platform.events.outbox import StoredEvent, events_after
from services.platform.storage.database import execute
from services.rules.compose import HERE
from services.rules.wire.facts import needed_day
from tests.between.together import START, Together, together
from tests.builders import a_mapping

CHANGE_ON = (START + timedelta(days=29)).date()
"""1 December 2026."""
ONE_LATE_REPORT = (
    "  - {from: 2026-01-01, value: 2, origin: ours, "
    'cites: "Framework, Standard 4", why: One late report can happen to anyone}\n'
)
FROM_DECEMBER = f"    - {{from: {CHANGE_ON}, value: 1, origin: ours, cites: invented, why: Invented for a test}}\n"


@pytest.fixture
def with_a_date(database_kind: str, tmp_path: Path) -> Iterator[Together]:
    """The four services by a rulebook in which the line for late reports goes from 2 to 1 on 1 December 2026."""
    folder = tmp_path / "rulebook"
    shutil.copytree(HERE / "rulebook", folder)
    file = folder / "parameters.yaml"
    text = file.read_text()
    assert ONE_LATE_REPORT in text
    file.write_text(text.replace(ONE_LATE_REPORT, ONE_LATE_REPORT + FROM_DECEMBER))
    with together(tmp_path, rulebook=folder) as running:
        yield running


def a_late_report(running: Together, safeguarder_id: str, case: str = "case-cc11dd22") -> items.EvidenceItem:
    """Record and share a report that came three days late."""
    filed = running.ago(22)
    item = running.record(
        safeguarder_id,
        kind=items.EVIDENCE_KIND_SCRA_TIMELINESS,
        source=items.EVIDENCE_SOURCE_SCRA,
        mappings=[a_mapping("S4.1")],
        case_reference=case,
        timeliness=items.Timeliness(
            filed_date=to_date(filed),
            due_date=to_date(filed - timedelta(days=3)),
            extension_answer=items.YES_NO_NO,
        ),
    )
    return running.share(item)


def test_a_number_that_changes_on_its_date_tells_no_safeguarder_and_no_manager(with_a_date: Together) -> None:
    """P10: a line goes from 2 to 1 on 1 December. No evidence comes, and nobody did anything."""
    running = with_a_date
    running.appoint("sg-one")
    a_late_report(running, "sg-one")
    running.until(CHANGE_ON - timedelta(days=1))
    assert "report-late" not in running.open_concerns("sg-one")
    before = len(running.mail.taken)
    running.days(3)
    concern = running.open_concerns("sg-one")["report-late"]
    assert concern.quiet
    told = [str(message["To"]) for message in running.mail.taken[before:]]
    assert not [address for address in told if "person" in address or "manager" in address], told


def test_the_team_is_told_of_a_date_beforehand_and_on_the_day_before_anybody_is_evaluated(
    with_a_date: Together,
) -> None:
    """P10: policy staff and the Team, once each time, and nobody else."""
    running = with_a_date
    running.appoint("sg-one")
    a_late_report(running, "sg-one")
    running.until(CHANGE_ON - timedelta(days=15))
    assert told_of_dates(running) == []
    running.days(1)
    assert told_of_dates(running) == [(CHANGE_ON, True, ["late_reports_line"])]
    running.until(CHANGE_ON + timedelta(days=2))
    assert told_of_dates(running)[1:] == [(CHANGE_ON, False, ["late_reports_line"])]
    on_the_day = [event for event in of_rules(running) if event.type.endswith("RulebookDateReached")][-1]
    late = next(event for event in of_rules(running) if event.type.endswith("ConcernRaised") and is_of_lateness(event))
    assert on_the_day.position < late.position
    with running.services["notifications"].database.read() as connection:
        query = "SELECT recipient FROM notification WHERE alert_id LIKE '20261201%'"
        people = sorted(person for (person,) in execute(connection, query))
    assert people == sorted(["editor", "approver", "panel-team"] * 2)


def is_of_lateness(event: StoredEvent) -> bool:
    """Return whether a concern that was raised is about late reports."""
    return bool(events.ConcernRaised.FromString(event.data).concern.rule == "report-late")


def of_rules(running: Together) -> list[StoredEvent]:
    """Return every event that rules published, in order."""
    with running.services["rules"].database.read() as connection:
        return list(events_after(connection, 0, 1_000))


def told_of_dates(running: Together) -> list[tuple[date, bool, list[str]]]:
    """Return each date in the rulebook that rules told of, whether ahead of it, and what changes."""
    reached = [event for event in of_rules(running) if event.type.endswith("RulebookDateReached")]
    messages = [events.RulebookDateReached.FromString(event.data) for event in reached]
    return [(needed_day(one, "date"), one.ahead, list(one.parts)) for one in messages]


def test_evidence_that_comes_after_the_date_is_told_as_ever(with_a_date: Together) -> None:
    """P10: the same line, but the report is known to the rules only after it has changed."""
    running = with_a_date
    running.appoint("sg-one")
    running.until(CHANGE_ON)
    a_late_report(running, "sg-one")
    running.days(20)
    assert not running.open_concerns("sg-one")["report-late"].quiet


ENDS_ON = CHANGE_ON - timedelta(days=1)
A_NOTE = f"""note: enquiries
title: Invented
means: Invented for a test
about: [S2]
why: Invented for a test
source: invented
owner: Monitoring lead
stages: {{accepted: 2026-05-01, effective: {CHANGE_ON}}}
"""


def with_each_kind_of_date(folder: Path) -> Path:
    """Copy the rulebook, with two numbers, a first day, a last day and a note that change on one day."""
    shutil.copytree(HERE / "rulebook", folder)
    numbers = (folder / "parameters.yaml").read_text()
    for line in ("why: One late report can happen to anyone}\n", "why: A single report may have a good reason}\n"):
        assert line in numbers
        numbers = numbers.replace(line, line + FROM_DECEMBER)
    (folder / "parameters.yaml").write_text(numbers)
    for file, rule, before, after in (
        ("reports", "report-quality", "in_force_from: 2026-01-01", f"in_force_from: {CHANGE_ON}"),
        ("excellence", "excellence-repeat", "status: live", f"status: live\n  in_force_until: {ENDS_ON}"),
    ):
        path = folder / "rules" / f"{file}.yaml"
        head, rest = path.read_text().split(f"- rule: {rule}\n")
        path.write_text(f"{head}- rule: {rule}\n{rest.replace(before, after, 1)}")
    (folder / "notes" / "enquiries.yaml").write_text(A_NOTE)
    return folder


def a_review(running: Together, safeguarder_id: str, case: str, **said: items.YesNo) -> None:
    """Record and share a review of a sampled report with one line below standard."""
    review = items.ReportReview(
        clear=items.LINE_RATING_BELOW,
        child_views_answer=said.get("views", items.YES_NO_YES),
        second_reader_answer=said.get("agrees", items.YES_NO_YES),
    )
    kinds: dict[str, Any] = {
        "kind": items.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW,
        "source": items.EVIDENCE_SOURCE_PANEL_TEAM,
    }
    item = running.record(
        safeguarder_id, mappings=[a_mapping("S4.3")], case_reference=case, report_review=review, **kinds
    )
    running.share(item)


def heard_from_two(running: Together, safeguarder_id: str, polarity: items.Polarity) -> None:
    """Record and share what two types of source say of one indicator."""
    for source in (items.EVIDENCE_SOURCE_SHERIFF, items.EVIDENCE_SOURCE_REPORTER):
        running.share(running.record(safeguarder_id, source=source, mappings=[a_mapping("S2.1", polarity)]))


def test_two_numbers_a_rule_that_begins_one_that_ends_and_a_note_on_one_day(tmp_path: Path) -> None:
    """P10: each raises quietly what it alone causes, and ends nothing. The Team hears of all five, beforehand."""
    with together(tmp_path, rulebook=with_each_kind_of_date(tmp_path / "rulebook")) as running:
        for name in ("sg-number", "sg-views", "sg-begins", "sg-ends", "sg-note"):
            running.appoint(name)
        a_late_report(running, "sg-number")
        for case, views in (("case-aa11aa11", items.YES_NO_NO), ("case-bb22bb22", items.YES_NO_YES)):
            a_review(running, "sg-views", case, views=views, agrees=items.YES_NO_NO)
            a_review(running, "sg-begins", case)
        heard_from_two(running, "sg-ends", items.POLARITY_PRAISE)
        heard_from_two(running, "sg-note", items.POLARITY_CONCERN)
        running.until(ENDS_ON)
        before = {name: set(running.open_concerns(name)) for name in CAUSED}
        assert not {name for name, rule in CAUSED.items() if rule in before[name]}
        praise = running.open_concerns("sg-ends")["excellence-repeat"]
        before_told = told_of(running, CAUSED)
        running.days(3)
        for name, rule in CAUSED.items():
            after = running.open_concerns(name)
            new = after.keys() - before[name]
            assert new == {rule, "reappointment-open-items"}, "the last year of the term asks about what is open"
            assert all(after[each].quiet for each in new), name
        assert not told_of(running, CAUSED) - before_told
        assert running.open_concerns("sg-ends")["excellence-repeat"].state == praise.state
        changed = ["child_views_line", "enquiries", "excellence-repeat", "late_reports_line", "report-quality"]
        dates = told_of_dates(running)
        assert [(on, ahead, sorted(parts)) for on, ahead, parts in dates] == [
            (CHANGE_ON, True, changed),
            (CHANGE_ON, False, changed),
        ]


def told_of(running: Together, people: Iterable[str]) -> set[tuple[str, str]]:
    """Return the messages about some Safeguarders to themselves and to support managers."""
    with running.services["notifications"].database.read() as connection:
        rows = execute(connection, "SELECT notification_id, safeguarder_id, recipient FROM notification").fetchall()
    return {(one, who) for one, whose, who in rows if whose in people and who.startswith(("person", "manager"))}


CAUSED = {
    "sg-number": "report-late",
    "sg-views": "child-view-missing",
    "sg-begins": "report-quality",
    "sg-note": "same-theme-two-sources",
}
"""The people about whom the day alone raises something, with the rule."""
