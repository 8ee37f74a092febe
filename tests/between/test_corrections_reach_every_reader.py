"""Whatever is corrected at its source is corrected wherever it is read.

The kind that this file closes: a reader keeps the first of several records, because it knows a thing only by its id. A
record carries its place in the order of its source, so the newest one holds, however late, often or mixed they come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from psmf.rules.v1 import kpis_pb2
from psmf.scheduling.v1 import scheduling_pb2 as pb

from services.platform.calls.wire import from_instant, to_date
from services.platform.storage.database import execute
from services.rules.adapters.store.items import item_versions
from services.rules.domain.evidence.countability import known_items
from tests.between.together import Together
from tests.builders import a_request_id
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


def again(running: Together) -> None:
    """Have rules read every event of scheduling a second time."""
    running.services["rules"].database.write(
        lambda tx: execute(tx, "UPDATE inbox_position SET position = 0 WHERE source = 'scheduling'") and None
    )


def train(running: Together, name: str, word: str, on: date) -> None:
    request = pb.RecordTrainingAttendanceRequest(
        name=name, event_date=to_date(on), attendance=WORDS[word], request_id=a_request_id()
    )
    running.obligations.RecordTrainingAttendance(request, **running.as_("panel-team"))


def meet(running: Together, name: str, word: str, *, team: bool) -> None:
    request = pb.RecordSupportSessionAttendanceRequest(
        name=name,
        team_present=team,
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


def passes(running: Together, how: str) -> None:
    """Let the events of the last record pass, unless they are to come with those of the next one."""
    if how == "late":
        return
    if how == "twice":
        again(running)
    if how == "after a restart":
        running.restart("rules")
    running.settle()


def test_a_missed_training_that_is_corrected_to_attended_is_no_longer_counted(suite_together: Together) -> None:
    """P1: the record is corrected. The rule, the KPI and the obligation say the same."""
    running = suite_together
    running.appoint("sg-one", since=SINCE)
    (owed, _) = obligations(running, pb.Obligation.KIND_MANDATORY_TRAINING)
    unit = owed.name.rsplit("/", 1)[1]
    day = running.ago(3)
    train(running, owed.name, "absent_unexcused", day)
    running.settle()
    assert read(running, owed.name, unit, "kpi-5") == Read((True, False), ("absent_unexcused", day), (True, False))
    train(running, owed.name, "attended", day)
    running.settle()
    assert read(running, owed.name, unit, "kpi-5") == Read((True, True), ("attended", day), (True, True))
    answer = running.open_concerns("sg-one").get("training-missed")
    assert answer is None or answer.closing_proposed


def test_training_says_the_same_everywhere_after_any_chain_of_corrections(suite_together: Together) -> None:
    """P1: over the five words and the day, with events that come late, twice or after a restart."""
    running = suite_together
    running.appoint("sg-one", since=SINCE)
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
    """P1: over the five words and the Team's presence. A session that the Team missed counts against nobody."""
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
            (team, present), (word, day) if team else None, (team, present)
        )

    hold()


def team_present(word: str, number: int) -> bool:
    """An absence of the Team makes no absence of the Safeguarder unexcused, so that record is refused."""
    return number % 2 == 0 or word == "absent_unexcused"
