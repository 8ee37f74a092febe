"""What the Team does in a life about training events: record one, say again on which days it was held, take it back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from psmf.rules.v1 import kpis_pb2
from psmf.scheduling.v1 import scheduling_pb2 as schedule

from services.platform.calls.wire import from_date, to_date
from tests.lives.life import Life
from tests.lives.terms import entry_of

EVENTS = ("spring", "summer", "autumn")
Owed = schedule.Obligation
FIGURES = {
    Owed.KIND_MANDATORY_TRAINING: ("kpi-5-delivered", "kpi-5-attended"),
    Owed.KIND_SUPPORT_SESSION: ("kpi-7-delivered", "kpi-7-attended"),
}
"""The KPIs that look at each obligation."""
NOT_SERVING = "Not serving when it fell due"


def training_events(life: Life) -> None:
    """Record a training event, or record one again with other days, another kind, or no day at all."""
    days = {life.running.ago(life.choices.randint(0, 30)) for _ in range(life.choices.choice((0, 1, 1, 2)))}
    kinds = (schedule.TRAINING_KIND_MANDATORY,) * 4 + (schedule.TRAINING_KIND_MODULAR,)
    request = schedule.RecordTrainingEventRequest(
        name=f"trainingEvents/{life.choices.choice(EVENTS)}",
        kind=life.choices.choice(kinds),
        held_dates=[to_date(day) for day in sorted(days)],
        again=life.choices.random() < 0.5,
    )
    life.call("panel-team", "trainings", "RecordTrainingEvent", request)


def an_event_delivers_one_training(life: Life, safeguarder: str) -> None:
    """Assert that what was recorded last delivers: each event one training, on a day on which the person served."""
    held = {event.name: _days(event) for event in _mandatory(life)}
    owed = [each for each in life.obligations(safeguarder) if each.kind == Owed.KIND_MANDATORY_TRAINING]
    used = [each.training_event for each in owed if each.training_event]
    assert sorted(used) == sorted(set(used)), "an event delivers two trainings"
    for each in owed:
        assert each.delivered is bool(each.training_event), each.name
        days = [day for day in held.get(each.training_event, ()) if _serves(life, safeguarder, day)]
        assert days or not each.delivered, f"{each.name} is delivered by {each.training_event}, which was not held"
        if each.delivered or each.name in life.attendance:
            continue
        left = [
            name
            for name in held.keys() - set(used)
            for day in held[name]
            if _serves(life, safeguarder, day)
            and _day(each, "window_start_date") <= day <= _day(each, "window_end_date")
        ]
        assert not left, f"{each.name} is not delivered, and {left} was held"


def the_figures_hold_what_is_owed(life: Life, safeguarder: str) -> None:
    """Assert that KPI 5 and 7 count each obligation of the year as scheduling has it, and leave out the same people."""
    today = life.running.today
    first = date(today.year - (today.month < 4), 4, 1)
    last = date(first.year + 1, 3, 31)
    for owed in life.obligations(safeguarder):
        if not first <= _day(owed, "due_date") <= last:
            continue
        for figure in FIGURES[owed.kind]:
            ledger = _ledger(life, f"{first.year}-{last.year % 100:02}", figure)
            (unit,) = (each for each in ledger if each.unit_id == owed.name.rpartition("/")[2])
            told = f"{figure} of {unit.unit_id}, due {_day(unit, 'date')}: {unit.reason}"
            # While the time stands still its last day moves on, and the figures hear of it at the end.
            if owed.clock_state != Owed.CLOCK_STATE_PAUSED:
                assert _day(unit, "date") == _day(owed, "due_date"), told
            is_gone = not _serves(life, safeguarder, _day(unit, "date"))
            assert (unit.reason == NOT_SERVING) is is_gone, told
            if figure.endswith("delivered") and not is_gone:
                assert (unit.result == kpis_pb2.KPI_RESULT_COUNTED) is owed.delivered, told


def _mandatory(life: Life) -> Iterator[schedule.TrainingEvent]:
    answer = life.running.trainings.ListTrainingEvents(
        schedule.ListTrainingEventsRequest(), **life.running.as_("panel-team")
    )
    return (event for event in answer.training_events if event.kind == schedule.TRAINING_KIND_MANDATORY)


def _days(event: schedule.TrainingEvent) -> list[date]:
    return [date(day.year, day.month, day.day) for day in event.held_dates]


def _serves(life: Life, safeguarder: str, day: date) -> bool:
    """Return whether somebody is a member on a day, by the register."""
    return any(_day(term, "start_date") <= day <= _day(term, "end_date") for term in entry_of(life, safeguarder).terms)


def _ledger(life: Life, year: str, figure: str) -> list[kpis_pb2.KpiContributor]:
    request = kpis_pb2.ListKpiContributorsRequest(parent=f"kpiReports/{year}/measures/{figure}", page_size=500)
    return list(life.running.kpis.ListKpiContributors(request, **life.running.as_("panel-team")).contributors)


def _day(message: Any, field: str) -> date:
    found = from_date(message, field)
    assert found is not None, field
    return found
