"""What is owed for sampled reports: the draw by the calendar, and each step as evidence tells of it (record 3.1)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2 as events
from psmf.evidence.v1 import report_samples_pb2 as samples

from services.platform.calls.wire import to_date
from services.scheduling.domain.duties.duties import follow_facts
from services.scheduling.domain.duties.facts import Facts, PlannedTerm, remember
from services.scheduling.domain.duties.owed import owed_on
from services.scheduling.domain.duties.samples import AwaitedStep, SampleFact, follow_item, round_on
from services.scheduling.domain.identifiers import DutyId
from services.scheduling.wire.duties import sample_fact
from tests.scheduling.builders import POLICY
from tests.scheduling.duties.build import facts

Sample = samples.ReportSample
TERM = PlannedTerm(1, date(2026, 1, 5), date(2029, 1, 4))
APRIL = date(2027, 4, 1)
READ = AwaitedStep("read_report", "reviewer-one", date(2027, 4, 20), date(2027, 5, 18))


def a_sample(*awaited: AwaitedStep, version: int = 1, **changes: Any) -> SampleFact:
    """The sample of the round that begins in April 2027."""
    given: dict[str, Any] = {"to_be_drawn": False, "wait_ended": False, "report_id": "report", "since_on": APRIL}
    return SampleFact("p1", version, "2027-H1", APRIL, awaited=awaited, **(given | changes))


def owed(known: Facts, today: date) -> list[tuple[str, str, str]]:
    """What is owed for samples on a day. The plan of the term is left out."""
    found = owed_on(today, known, POLICY)
    return [(each.kind, each.owed_by, each.due_on(today).isoformat()) for each in found if each.kind != "finalise_plan"]


DRAW = ("draw_sample", "panel_team", "2027-04-28")


def test_the_draw_of_a_round_is_owed_by_the_calendar_whether_or_not_somebody_began_the_round() -> None:
    known = facts(terms=(TERM,))
    assert owed(known, date(2027, 3, 31)) == [], "a new duty begins with a whole round"
    assert owed(known, APRIL) == owed(known, date(2027, 9, 30)) == [DRAW]
    assert owed(known, date(2027, 10, 1)) == [("draw_sample", "panel_team", "2027-10-28")], "the next round"
    later = facts(terms=(replace(TERM, starts_on=date(2027, 6, 1)),))
    assert owed(later, date(2027, 6, 1)) == [("draw_sample", "panel_team", "2027-06-28")], "of their first day"
    over = owed(facts(terms=(replace(TERM, ends_on=APRIL),)), date(2027, 4, 2))
    assert [kind for kind, _, _ in over] == ["record_decision"], "nobody serves"
    assert owed(facts(terms=(TERM,), ended_on=APRIL), date(2027, 4, 2)) == []


@pytest.mark.parametrize(
    ("sample", "draws"),
    [
        (a_sample(to_be_drawn=True), [DRAW]),
        (a_sample(), []),
        (a_sample(READ), []),
        (replace(a_sample(to_be_drawn=True), round_id="2026-H2", round_starts_on=date(2026, 10, 1)),
         [DRAW, ("draw_sample", "panel_team", "2026-10-28")]),
    ],
    ids=["none was there", "nobody can have one", "drawn", "of the round before, which stays owed"],
)  # fmt: skip
def test_the_draw_is_owed_until_a_report_was_drawn_or_nobody_can_have_one(
    sample: SampleFact, draws: list[tuple[str, str, str]]
) -> None:
    found = owed(facts(sample, terms=(TERM,)), date(2027, 4, 21))
    assert sorted(each for each in found if each[0] == "draw_sample") == sorted(draws)


def test_each_step_is_owed_by_its_reader_or_else_by_the_team() -> None:
    found = owed_on(date(2027, 4, 21), facts(a_sample(READ)), POLICY)
    assert [(each.kind, each.owed_by, each.person, each.due_on(APRIL)) for each in found] == [
        ("read_report", "reader", "reviewer-one", date(2027, 5, 18))
    ]
    assert owed(facts(a_sample(replace(READ, person=""))), APRIL) == [("read_report", "panel_team", "2027-05-18")]


ANOTHER = replace(READ, person="reviewer-two")
SECOND = replace(READ, kind="second_reading")
SHARE = replace(READ, kind="share_reading", person="")


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (a_sample(to_be_drawn=True), a_sample(version=2), "met"),
        (a_sample(replace(READ, kind="obtain_report")), a_sample(version=2), "met"),
        (a_sample(READ), a_sample(SECOND, version=2), "met"),
        (a_sample(READ), a_sample(ANOTHER, version=2), "ended"),
        (a_sample(SECOND), a_sample(SHARE, version=2), "met"),
        (a_sample(SECOND), a_sample(SHARE, version=2, wait_ended=True), "ended"),
        (a_sample(SHARE), a_sample(SHARE, item_shared=True), "met"),
        (a_sample(SHARE), a_sample(SHARE, item_over=True), "ended"),
    ],
)
def test_a_step_is_met_once_it_was_taken_and_ends_where_somebody_else_has_it(
    before: SampleFact, after: SampleFact, state: str
) -> None:
    now = datetime(2027, 4, 21, 10, tzinfo=UTC)
    first = follow_facts((), facts(before), now, POLICY, DutyId)
    (owed_before,) = first
    then = follow_facts(first, facts(after), now + timedelta(hours=1), POLICY, DutyId)
    assert [duty.state for duty in then if duty.duty_id == owed_before.duty_id] == [state]
    known = {duty.duty_id: duty for duty in (*first, *then)}
    assert follow_facts(tuple(known.values()), facts(after), now + timedelta(hours=2), POLICY, DutyId) == ()


def test_an_item_is_about_one_report_alone_and_a_late_version_of_the_sample_changes_nothing() -> None:
    known = a_sample(SHARE, version=5)
    assert list(follow_item([known], "another", withdrawn=False)) == []
    assert list(follow_item([replace(known, report_id="")], "", withdrawn=False)) == []
    (shared,) = follow_item([known], "report", withdrawn=False)
    assert (shared.item_shared, shared.item_over) == (True, False)
    assert remember([shared], a_sample(READ, version=4)) == shared


@pytest.mark.parametrize(
    ("on", "round_id", "first"),
    [
        (date(2027, 3, 31), "2026-H2", date(2026, 10, 1)),
        (date(2027, 4, 1), "2027-H1", date(2027, 4, 1)),
        (date(2027, 9, 30), "2027-H1", date(2027, 4, 1)),
        (date(2027, 10, 1), "2027-H2", date(2027, 10, 1)),
        (date(2028, 1, 1), "2027-H2", date(2027, 10, 1)),
    ],
)
def test_a_round_is_named_as_evidence_names_it(on: date, round_id: str, first: date) -> None:
    from services.evidence.domain.samples.draw import first_day, half_of

    assert round_on(on) == (round_id, first) == (half_of(on), first_day(half_of(on)))


def test_an_event_that_does_not_say_what_is_awaited_owes_nothing_and_the_next_one_says_it() -> None:
    """A sample of a release that had no steps yet, and a step of one that is still to come."""
    start, pb = to_date(APRIL), events.ReportSampleChanged
    before = pb(sample_id="p1", version=1, round_id="2027-H1", round_start_date=start, state=Sample.STATE_ASSIGNED)
    known = sample_fact(before)
    assert known is not None
    assert owed(facts(known), APRIL) == []
    days = {"since_date": to_date(READ.since_on), "due_date": to_date(READ.due_on)}
    step = pb.Awaited(step=Sample.STEP_READ_REPORT, person=READ.person, **days)
    strange = pb.Awaited(step=99, **days)  # type: ignore[arg-type]
    after = sample_fact(
        pb(sample_id="p1", version=2, round_start_date=start, state=Sample.STATE_ASSIGNED, awaited=[step, strange])
    )
    assert after is not None
    assert remember([known], after).awaited == (READ,)  # type: ignore[union-attr]
    assert sample_fact(pb(round_start_date=start, state=99)) is None  # type: ignore[arg-type]
