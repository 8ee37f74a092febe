"""Whatever is corrected at its source is corrected wherever it is read.

The kind that this file closes: a reader keeps the first of several records, because it knows a thing only by its id. A
record carries its place in the order of its source, so the newest one holds, however late, often or mixed they come.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import kpis_pb2
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import scheduling_pb2 as pb

from services.platform.calls.wire import from_instant, to_date
from services.platform.storage.database import execute
from services.rules.adapters.store.items import item_versions
from services.rules.domain.evidence.countability import known_items
from services.scheduling.adapters.store import SqlSchedules
from services.scheduling.domain.identifiers import SafeguarderId
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id
from tests.sizes import part_of

SINCE = date(2026, 3, 2)
"""Appointed so, a person owes what falls due in the contract year 2026-27."""
YEAR = "kpiReports/2026-27/measures"
WORDS = {
    "attended": pb.ATTENDANCE_ATTENDED,
    "part": pb.ATTENDANCE_PART,
    "awaiting_evidence": pb.ATTENDANCE_AWAITING_EVIDENCE,
    "absent_excused": pb.ATTENDANCE_ABSENT_EXCUSED,
    "absent_unexcused": pb.ATTENDANCE_ABSENT_UNEXCUSED,
}
SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
PRESENT = {"attended", "part"}


@dataclass(frozen=True)
class Read:
    """What each reader makes of the records of one obligation."""

    obligation: tuple[bool, bool]
    """Whether it is delivered and attended."""
    fact: tuple[str, date] | None
    """How the person took part and when, as the rules read it; None if nothing counts."""
    kpis: tuple[bool, bool]
    """Whether the KPIs count it as delivered and as attended."""


def obligations(running: Together, kind: int) -> list[pb.Obligation]:
    request = pb.ListObligationsRequest(parent="safeguarders/sg-one")
    found = running.obligations.ListObligations(request, **running.as_("panel-team")).obligations
    return [obligation for obligation in found if obligation.kind == kind]


def read(running: Together, name: str, evidence_id: str, kpi: str) -> Read:
    """Return what the services say now."""
    (owed,) = (
        each
        for kind in (pb.Obligation.KIND_SUPPORT_SESSION, pb.Obligation.KIND_MANDATORY_TRAINING)
        for each in obligations(running, kind)
        if each.name == name
    )
    with running.services["rules"].database.read() as connection:
        facts = item_versions(connection, "sg-one")
    known = known_items(facts, running.today, running.clock.now() + timedelta(days=1), frozenset())
    fact = next((fact for fact in known if fact.evidence_id == evidence_id), None)
    return Read(
        (owed.delivered, owed.attended),
        (str(fact.details["attendance"]), fact.happened_on) if fact else None,
        (counted(running, f"{kpi}-delivered", name), counted(running, f"{kpi}-attended", name)),
    )


def counted(running: Together, kpi: str, name: str) -> bool:
    request = kpis_pb2.ListKpiContributorsRequest(parent=f"{YEAR}/{kpi}", result=kpis_pb2.KPI_RESULT_COUNTED)
    found = running.kpis.ListKpiContributors(request, **running.as_("panel-team")).contributors
    return name.rsplit("/", 1)[1] in {contributor.unit_id for contributor in found}


def again(running: Together, reader: str, source: str) -> None:
    """Have a service read every event of another a second time."""
    running.services[reader].database.write(
        lambda tx: execute(tx, "UPDATE inbox_position SET position = 0 WHERE source = ?", (source,)) and None
    )


def train(running: Together, name: str, word: str, on: date) -> None:
    request = pb.RecordTrainingAttendanceRequest(
        name=name, event_date=to_date(on), attendance=WORDS[word], request_id=a_request_id()
    )
    running.obligations.RecordTrainingAttendance(request, **running.as_("panel-team"))


def hold_training(running: Together) -> None:
    """Record a mandatory training that was held today and on each of the five days before."""
    request = pb.RecordTrainingEventRequest(
        name="trainingEvents/autumn",
        kind=pb.TRAINING_KIND_MANDATORY,
        held_dates=[to_date(running.ago(days)) for days in range(6)],
        request_id=a_request_id(),
    )
    running.trainings.RecordTrainingEvent(request, **running.as_("panel-team"))


def meet(running: Together, name: str, word: str, *, team: bool) -> None:
    request = pb.RecordSupportSessionAttendanceRequest(
        name=name,
        team_present_answer=pb.YES_NO_YES if team else pb.YES_NO_NO,
        attendance=WORDS[word],
        mode=pb.MODE_ONLINE,
        request_id=a_request_id(),
    )
    running.sessions.RecordSupportSessionAttendance(request, **running.as_("panel-team"))


def a_session(running: Together) -> tuple[str, str, date]:
    """Move the clock past the first session. Return its name, the name of its obligation and its day."""
    request = pb.ListSupportSessionsRequest(parent="safeguarders/sg-one")
    first = running.sessions.ListSupportSessions(request, **running.as_("panel-team")).support_sessions[0]
    starts_at = from_instant(first.start_time, "start_time")
    running.pass_time(starts_at + timedelta(hours=2) - running.clock.now())
    owed = next(
        each for each in obligations(running, pb.Obligation.KIND_SUPPORT_SESSION) if each.number == first.number
    )
    return first.name, owed.name, starts_at.date()


Chain = Sequence[tuple[str, int, str]]
"""Each record: its word, how many days before today (or whether the Team was there), and how its event passes."""
_PASSES = st.sampled_from(("at once", "late", "twice", "after a restart"))
_CHAINS = st.lists(st.tuples(st.sampled_from(sorted(WORDS)), st.integers(0, 5), _PASSES), min_size=1, max_size=4)


def passes(running: Together, how: str, reader: str = "rules", source: str = "scheduling") -> None:
    """Let the events of the last record pass, unless they are to come with those of the next one."""
    if how == "late":
        return
    if how == "twice":
        again(running, reader, source)
    if how == "after a restart":
        running.restart(reader)
    running.settle()


def test_a_missed_training_that_is_corrected_to_attended_is_no_longer_counted(suite_together: Together) -> None:
    """P1: the record is corrected after it has counted. The rule, the KPI and the obligation say the same."""
    running = suite_together
    running.appoint("sg-one", since=SINCE)
    hold_training(running)
    (owed, _) = obligations(running, pb.Obligation.KIND_MANDATORY_TRAINING)
    unit = owed.name.rsplit("/", 1)[1]
    day = running.ago(3)
    train(running, owed.name, "absent_unexcused", day)
    running.settle()
    assert read(running, owed.name, unit, "kpi-5") == Read((True, False), ("absent_unexcused", day), (True, False))
    running.pass_time(timedelta(days=30))
    assert not running.open_concerns("sg-one")["training-missed"].closing_proposed, "the time to reply is over"
    train(running, owed.name, "attended", day)
    running.settle()
    assert read(running, owed.name, unit, "kpi-5") == Read((True, True), ("attended", day), (True, True))
    answer = running.open_concerns("sg-one").get("training-missed")
    assert answer is None or answer.closing_proposed


def test_training_says_the_same_everywhere_after_any_chain_of_corrections(suite_together: Together) -> None:
    """P1: over the five words and the day, with events that come late, twice or after a restart."""
    running = suite_together
    running.appoint("sg-one", since=SINCE)
    hold_training(running)
    (owed, _) = obligations(running, pb.Obligation.KIND_MANDATORY_TRAINING)
    unit = owed.name.rsplit("/", 1)[1]

    @given(_CHAINS)
    @settings(max_examples=part_of(30), deadline=None)
    def hold(chain: Chain) -> None:
        for word, days, how in chain:
            train(running, owed.name, word, running.ago(days))
            passes(running, how)
        running.settle()
        word, days, _ = chain[-1]
        attended = word == "attended"
        assert read(running, owed.name, unit, "kpi-5") == Read(
            (True, attended), (word, running.ago(days)), (True, attended)
        )

    hold()


def test_a_session_says_the_same_everywhere_after_any_chain_of_corrections(suite_together: Together) -> None:
    """P1: over the five words and the Team's presence. A session that the Team missed counts against nobody.

    KPI 7 counts attendance of the sessions delivered.
    """
    running = suite_together
    running.appoint("sg-one", since=SINCE)
    session, owed, day = a_session(running)
    unit = session.rsplit("/", 1)[1]

    @given(_CHAINS)
    @settings(max_examples=part_of(30), deadline=None)
    def hold(chain: Chain) -> None:
        for word, number, how in chain:
            meet(running, session, word, team=team_present(word, number))
            passes(running, how)
        running.settle()
        word, number, _ = chain[-1]
        team, present = team_present(word, number), word in PRESENT
        assert read(running, owed, unit, "kpi-7") == Read(
            (team, present), (word, day) if team else None, (team, team and present)
        )

    hold()


def team_present(word: str, number: int) -> bool:
    """An absence of the Team makes no absence of the Safeguarder unexcused, so that record is refused."""
    return number % 2 == 0 or word == "absent_unexcused"


# The agenda


def agendas(running: Together) -> list[tuple[str, str, str]]:
    """Return the session, concern and outcome of every item on an agenda, in order of the sessions."""
    request = pb.ListSupportSessionsRequest(parent="safeguarders/sg-one", page_size=500)
    sessions = running.sessions.ListSupportSessions(request, **running.as_("panel-team")).support_sessions
    return [
        (session.name, item.concern_id, pb.AgendaItem.Outcome.Name(item.outcome).removeprefix("OUTCOME_").lower())
        for session in sessions
        for item in session.agenda
    ]


def to_discuss(running: Together) -> list[str]:
    """Return the concerns on agendas that nobody has settled or closed, and those that wait for a session."""
    with running.services["scheduling"].database.read() as connection:
        schedule = SqlSchedules(connection, running.clock.now()).find(SafeguarderId("sg-one"))
    assert schedule is not None
    waiting = [item.concern_id for item in schedule.waiting]
    return sorted([*waiting, *(concern for _, concern, outcome in agendas(running) if outcome == "unspecified")])


def after(running: Together, session: str) -> None:
    """Move the clock past a session."""
    request = pb.GetSupportSessionRequest(name=session)
    found = running.sessions.GetSupportSession(request, **running.as_("panel-team"))
    running.pass_time(from_instant(found.start_time, "start_time") + timedelta(hours=2) - running.clock.now())


def settle_at(running: Together, session: str, concern: str, outcome: Any) -> None:
    request = pb.SettleAgendaItemRequest(name=session, concern_id=concern, outcome=outcome, request_id=a_request_id())
    running.sessions.SettleAgendaItem(request, **running.as_("panel-team"))


def test_a_concern_goes_from_session_to_session_until_it_is_settled(suite_together: Together) -> None:
    """P2: session 1 is held and the concern on its agenda is not settled. It is on session 2, and then on none."""
    running = suite_together
    running.appoint("sg-one", since=SINCE)
    running.record("sg-one", **SAFETY)
    running.settle()
    ((first, concern, _),) = agendas(running)
    after(running, first)
    meet(running, first, "attended", team=True)
    ((_, _, outcome), (second, again, _)) = agendas(running)
    assert (outcome, again) == ("carried_forward", concern)
    after(running, second)
    meet(running, second, "attended", team=True)
    assert to_discuss(running) == [concern]
    settle_at(running, second, concern, pb.AgendaItem.OUTCOME_ACTION)
    assert to_discuss(running) == []
    assert "confidentiality" in running.open_concerns("sg-one"), "what is settled at a session is not closed by it"


def test_what_is_to_be_discussed_is_what_is_open_after_any_course_of_events(suite_together: Together) -> None:
    """P2: concerns raised and dismissed, sessions held, missed and cancelled, events late, twice or after a restart."""
    running = suite_together
    running.appoint("sg-one", since=SINCE)
    steps = st.lists(
        st.tuples(st.sampled_from(("raise", "dismiss", "hold", "miss", "cancel", "a day")), _PASSES), max_size=6
    )

    @given(steps)
    @settings(max_examples=part_of(30), deadline=None)
    def hold(story: list[tuple[str, str]]) -> None:
        for step, how in story:
            _STEPS[step](running)
            passes(running, how, "scheduling", "rules")
        running.settle()
        concerns = running.open_concerns("sg-one").values()
        assert to_discuss(running) == sorted(
            concern.name.rsplit("/", 1)[1] for concern in concerns if concern.lane != rules.LANE_DATA_GAP
        )

    hold()


def _dismiss(running: Together) -> None:
    concern = running.open_concerns("sg-one").get("confidentiality")
    if concern is not None:
        request = rules.DismissConcernRequest(
            name=concern.name, reason=rules.CONCERN_REASON_EXPLAINED, request_id=a_request_id()
        )
        running.concerns.DismissConcern(request, **running.as_("panel-team"))


def _next_session(running: Together) -> str:
    request = pb.ListSupportSessionsRequest(parent="safeguarders/sg-one", upcoming_only=True)
    found = running.sessions.ListSupportSessions(request, **running.as_("panel-team")).support_sessions
    now = running.clock.now()
    return next((session.name for session in found if from_instant(session.start_time, "start_time") > now), "")


def _cancel(running: Together) -> None:
    if session := _next_session(running):
        request = pb.CancelSupportSessionRequest(name=session, cancelled_by="team", request_id=a_request_id())
        running.sessions.CancelSupportSession(request, **running.as_("panel-team"))


def _meet(word: str) -> Callable[[Together], None]:
    def meet_next(running: Together) -> None:
        if session := _next_session(running):
            after(running, session)
            meet(running, session, word, team=True)

    return meet_next


_STEPS: dict[str, Callable[[Together], Any]] = {
    "raise": lambda running: running.record("sg-one", **SAFETY),
    "dismiss": _dismiss,
    "hold": _meet("attended"),
    "miss": _meet("awaiting_evidence"),
    "cancel": _cancel,
    "a day": lambda running: running.days(1),
}
