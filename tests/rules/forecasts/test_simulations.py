"""Simulations as policy staff use them: started, run beside the service, read, stopped and refused (B2)."""

import hashlib
import zlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import evidence_pb2
from psmf.rules.v1 import revisions_pb2, revisions_pb2_grpc, rules_pb2, simulations_pb2_grpc
from psmf.rules.v1 import simulations_pb2 as pb

from services.platform.calls.wire import to_date
from services.platform.clock import SystemClock
from services.platform.storage.database import Database, execute
from services.rules.adapters.rule_files.folder import SHIPPED
from services.rules.adapters.store.simulations import SqlSimulations
from services.rules.domain.forecasts.simulation import KEPT_FOR
from services.rules.simulations.runner import Simulator, nightly_id
from tests import databases
from tests.answers import refused
from tests.builders import a_mapping, a_request_id, days_ago
from tests.rules.conftest import Rules, a_fact
from tests.waiting import until

ENDED = (pb.Simulation.STATE_DONE, pb.Simulation.STATE_FAILED, pb.Simulation.STATE_CANCELLED)


@pytest.fixture(scope="module")
def simulations(rules: Rules) -> simulations_pb2_grpc.SimulationServiceStub:
    """Return the service with one person, who has two late reports and is supported by manager-one."""
    rules.appoint("sg-late", days=300)
    rules.record("sg-late", *(a_late_report("sg-late", f"late-{n}", 40 - n) for n in range(2)))
    rules.raised("sg-late", "report-late")
    stub: simulations_pb2_grpc.SimulationServiceStub = simulations_pb2_grpc.SimulationServiceStub(rules.channel)
    return stub


def a_late_report(safeguarder_id: str, evidence_id: str, days: int) -> Any:
    """Return a report that reached SCRA three days late."""
    on = days_ago(days)
    return a_fact(
        safeguarder_id,
        evidence_id,
        kind=evidence_pb2.EVIDENCE_KIND_SCRA_TIMELINESS,
        source=evidence_pb2.EVIDENCE_SOURCE_SCRA,
        evidence_class=evidence_pb2.EVIDENCE_CLASS_STANDARD,
        happened_date=to_date(on),
        received_date=to_date(on),
        countable_date=to_date(on),
        timeliness=evidence_pb2.Timeliness(
            filed_date=to_date(on),
            due_date=to_date(on - timedelta(days=3)),
            extension_answer=evidence_pb2.YES_NO_NO,
        ),
        mappings=[a_mapping("S4.1")],
    )


def files(folder: Path = SHIPPED, change: Callable[[str], str] = str) -> dict[str, str]:
    """Return the files of a folder with some values changed."""
    found = {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*.yaml")}
    return found | {"parameters.yaml": change(found["parameters.yaml"])}


def three_late_reports(text: str) -> str:
    """Return a candidate that offers support from the third late report."""
    old = 'value: 2, origin: ours, cites: "Framework, Standard 4"'
    assert text.count(old) == 1
    return text.replace(old, old.replace("2", "3", 1))


def ended(rules: Any, stub: Any, started: pb.Simulation, person: str = "editor") -> pb.Simulation:
    """Wait for the simulation to end, and return it."""
    name = pb.GetSimulationRequest(name=started.name)

    def look() -> pb.Simulation | None:
        found: pb.Simulation = stub.GetSimulation(name, **rules.as_(person))
        return found if found.state in ENDED else None

    return until(look, 60)  # type: ignore[return-value]


def test_a_changed_number_names_the_people_the_days_and_the_reason(rules: Rules, simulations: Any) -> None:
    request = pb.SimulateRulebookRequest(files=files(change=three_late_reports), request_id=a_request_id())
    started = simulations.SimulateRulebook(request, **rules.as_("editor"))
    again = simulations.SimulateRulebook(request, **rules.as_("editor"))
    assert again.name == started.name
    found = ended(rules, simulations, started, person="approver")
    assert found.state == pb.Simulation.STATE_DONE, found.problem
    assert found.done == found.total == found.what_if.people >= 1
    (concern,) = [c for c in found.what_if.concerns if c.rule == "report-late"]
    assert (concern.safeguarder, concern.difference) == ("sg-late", pb.DIFFERENCE_NO_LONGER_RAISED)
    assert concern.before[0].began_date == to_date(SystemClock().today())
    assert list(concern.reasons) == ["late_reports_line: 2 → 3 reports from 1 January 2026"]
    (change,) = found.what_if.changes
    assert (change.name, change.concerns) == ("late_reports_line", 1)
    assert {(load.support_manager, load.before, load.after) for load in found.what_if.load} == {("manager-one", 1, 0)}
    assert [(near.safeguarder, near.rule) for near in found.what_if.near] == [("sg-late", "report-late")]
    assert found.expire_time.ToDatetime() - found.create_time.ToDatetime() == KEPT_FOR


def test_the_rulebook_in_force_against_itself_changes_nothing(rules: Rules, simulations: Any) -> None:
    started = simulations.SimulateRulebook(pb.SimulateRulebookRequest(files=files()), **rules.as_("editor"))
    found = ended(rules, simulations, started)
    assert found.candidate_hash == found.rulebook_hash
    assert found.what_if.people >= 1
    assert not found.what_if.concerns
    assert not found.what_if.changes


def test_a_number_is_tried_at_many_values(rules: Rules, simulations: Any) -> None:
    request = pb.TuneParameterRequest(parameter="late_reports_line", from_value=1, to_value=6)
    found = ended(rules, simulations, simulations.TuneParameter(request, **rules.as_("editor")))
    tuning = found.tuning
    assert {point.value: point.people for point in tuning.points} == {1: 1, 2: 1, 3: 0, 4: 0, 5: 0, 6: 0}
    assert list(tuning.tipping_values) == [3]
    assert [(zone.from_value, zone.to_value) for zone in tuning.flat_zones] == [(3, 6)]
    assert (tuning.current_value, tuning.unit) == (2, "reports")
    assert "report-late" in tuning.rules


def test_every_kept_decision_replays_byte_for_byte(rules: Rules, simulations: Any) -> None:
    found = ended(
        rules, simulations, simulations.ReplayEvaluations(pb.ReplayEvaluationsRequest(), **rules.as_("editor"))
    )
    assert found.replays.identical == found.done >= 1
    assert not found.replays.not_identical


def test_one_kept_decision_replays_and_a_damaged_one_is_told(rules: Rules, simulations: Any) -> None:
    name = rules.raised("sg-late", "report-late").evaluation
    replayed = simulations.ReplayEvaluation(pb.ReplayEvaluationRequest(name=name), **rules.as_("approver"))
    assert replayed.outcome == pb.REPLAY_OUTCOME_IDENTICAL
    assert replayed.record_hash == replayed.replayed_hash
    evaluation_id = name.rpartition("/")[2]
    database = Database(databases.address(rules.world.folder / "rules.db"))
    ((packed,),) = _rows(database, "SELECT record FROM evaluation WHERE evaluation_id = ?", evaluation_id)
    kept = zlib.decompress(packed)
    other = bytes(kept).replace(b'"answer":"raised"', b'"answer":"clear"')
    try:
        _put(database, other, hashlib.sha256(other).hexdigest(), evaluation_id)
        different = simulations.ReplayEvaluation(pb.ReplayEvaluationRequest(name=name), **rules.as_("approver"))
        _put(database, bytes(kept) + b" ", hashlib.sha256(kept).hexdigest(), evaluation_id)
        damaged = simulations.ReplayEvaluation(pb.ReplayEvaluationRequest(name=name), **rules.as_("approver"))
    finally:
        _put(database, bytes(kept), hashlib.sha256(kept).hexdigest(), evaluation_id)
        database.close()
    assert different.outcome == pb.REPLAY_OUTCOME_DIFFERENT
    assert list(different.differing_parts) == ["answers"]
    assert damaged.outcome == pb.REPLAY_OUTCOME_UNREADABLE


def _rows(database: Database, query: str, *values: str) -> list[Any]:
    with database.read() as connection:
        return list(execute(connection, query, values).fetchall())


def _put(database: Database, record: bytes, sha256: str, evaluation_id: str) -> None:
    query = "UPDATE evaluation SET packed = FALSE, record = ?, sha256 = ? WHERE evaluation_id = ?"
    database.write(lambda tx: execute(tx, query, (record, sha256, evaluation_id)))


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (pb.SimulateRulebookRequest(files={"../parameters.yaml": "a: 1"}), "NOT_A_RULE_FILE"),
        (pb.SimulateRulebookRequest(files=files(change=lambda text: text + "\n\tx")), "CANDIDATE_REFUSED"),
        (pb.SimulateRulebookRequest(files=files(), since_date=to_date(days_ago(-3))), "SPAN_NOT_IN_ORDER"),
        (pb.SimulateRulebookRequest(files=files(), since_date=to_date(days_ago(4000))), "SPAN_TOO_LONG"),
    ],
    ids=["a name outside the folder", "a file that does not load", "days ahead", "too many years"],
)
def test_what_cannot_be_run_is_refused_with_the_reason(
    rules: Rules, simulations: Any, request_: pb.SimulateRulebookRequest, reason: str
) -> None:
    answer = refused(lambda: simulations.SimulateRulebook(request_, **rules.as_("editor")))
    assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", reason)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"parameter": "no_such", "from_value": 1, "to_value": 2}, "NOT_FOUND"),
        ({"parameter": "late_reports_line", "from_value": 3, "to_value": 2}, "INVALID_ARGUMENT"),
        ({"parameter": "late_reports_line", "from_value": 0, "to_value": 99}, "INVALID_ARGUMENT"),
        ({"parameter": "improvement_apart_days", "from_value": 30, "to_value": 720}, "INVALID_ARGUMENT"),
    ],
)
def test_a_number_is_tried_within_its_scale_only(
    rules: Rules, simulations: Any, values: dict[str, Any], code: str
) -> None:
    answer = refused(lambda: simulations.TuneParameter(pb.TuneParameterRequest(**values), **rules.as_("editor")))
    assert answer.code == code


def test_a_check_alone_runs_nothing_and_an_unknown_name_is_not_found(rules: Rules, simulations: Any) -> None:
    request = pb.SimulateRulebookRequest(files=files(), validate_only=True)
    checked = simulations.SimulateRulebook(request, **rules.as_("editor"))
    name = pb.GetSimulationRequest(name=checked.name)
    assert refused(lambda: simulations.GetSimulation(name, **rules.as_("editor"))).reason == "SIMULATION_NOT_FOUND"
    evaluation = pb.ReplayEvaluationRequest(name="safeguarders/sg-late/evaluations/none")
    assert refused(lambda: simulations.ReplayEvaluation(evaluation, **rules.as_("editor"))).code == "NOT_FOUND"


def test_a_simulation_is_stopped_by_a_person_and_stays_stopped(rules: Rules, simulations: Any) -> None:
    started = simulations.SimulateRulebook(pb.SimulateRulebookRequest(files=files()), **rules.as_("editor"))
    cancel = pb.CancelSimulationRequest(name=started.name, request_id=a_request_id())
    stopped = simulations.CancelSimulation(cancel, **rules.as_("approver"))
    assert stopped.state in ENDED
    assert ended(rules, simulations, started).state == stopped.state


def test_every_night_all_is_replayed_by_one_copy_and_a_run_left_lying_is_taken_up(rules: Rules) -> None:
    from datetime import UTC, datetime

    from tests.clock import FixedClock

    database = Database(databases.address(rules.world.folder / "rules.db"))
    tomorrow = SystemClock().today() + timedelta(days=1)
    clock = FixedClock(datetime(tomorrow.year, tomorrow.month, tomorrow.day, 3, tzinfo=UTC))
    for _ in range(2):
        Simulator(database, clock).turn()
    try:
        with database.read() as connection:
            night = SqlSimulations(connection).find(nightly_id(tomorrow))
        assert night is not None
        assert night.kind == "replay"

        def done() -> bool:
            with database.read() as connection:
                found = SqlSimulations(connection).find(nightly_id(tomorrow))
            return found is not None and found.state == "done"

        assert until(done, 60)
    finally:
        database.close()


def test_nothing_about_people_but_opaque_ids_leaves_with_a_simulation(rules: Rules, simulations: Any) -> None:
    with pytest.raises(grpc.RpcError) as refusal:
        simulations.GetSimulation(pb.GetSimulationRequest(name="simulations/x"), **rules.as_("panel-team"))
    assert refusal.value.code() is grpc.StatusCode.PERMISSION_DENIED


def test_a_date_in_the_rulebook_in_force_is_forecast_beforehand(rules: Rules, simulations: Any) -> None:
    """P10: whom it touches, from which day. A day on which nothing changes touches nobody."""
    rules.appoint("sg-one-late", days=300)
    rules.record("sg-one-late", a_late_report("sg-one-late", "late-0", 30))
    on = SystemClock().today() + timedelta(days=20)
    parameters = rules.folder / "parameters.yaml"
    text = parameters.read_text()
    old = '    - {from: 2026-01-01, value: 2, origin: ours, cites: "Framework, Standard 4"'
    assert text.count(old) == 1
    line = text[text.index(old) :].split("\n")[0] + "\n"
    later = line.replace("2026-01-01, value: 2", f"{on.isoformat()}, value: 1")
    try:
        parameters.write_text(text.replace(line, line + later))
        rules.rulebook.ReloadRulebook(rules_pb2.ReloadRulebookRequest(), **rules.as_("editor"))
        revisions = revisions_pb2_grpc.RulebookRevisionServiceStub(rules.channel)
        plan = revisions.GetRulebookPlan(revisions_pb2.GetRulebookPlanRequest(), **rules.as_("official"))
        ahead = [(one.date, [part.part for part in one.changes]) for one in plan.dated_changes]
        assert (to_date(on), ["late_reports_line"]) in ahead, "beside the dates that ship"
        request = pb.SimulateRulebookRequest(on_date=to_date(on))
        found = ended(rules, simulations, simulations.SimulateRulebook(request, **rules.as_("editor")))
        changed = {(c.safeguarder, c.rule, c.difference) for c in found.what_if.concerns}
        assert changed == {("sg-one-late", "report-late", pb.DIFFERENCE_NEWLY_RAISED)}
        assert [c.after[0].began_date for c in found.what_if.concerns] == [to_date(on)]
        assert found.on_date == to_date(on)
        request = pb.SimulateRulebookRequest(on_date=to_date(on - timedelta(days=1)))
        found = ended(rules, simulations, simulations.SimulateRulebook(request, **rules.as_("editor")))
        assert not found.what_if.changes
        assert not found.what_if.concerns
    finally:
        parameters.write_text(text)
        rules.rulebook.ReloadRulebook(rules_pb2.ReloadRulebookRequest(), **rules.as_("editor"))


def test_a_date_that_is_not_ahead_or_beside_a_candidate_is_refused(rules: Rules, simulations: Any) -> None:
    """P10."""
    today = SystemClock().today()
    ahead = to_date(today + timedelta(days=20))
    for request, reason in (
        (pb.SimulateRulebookRequest(on_date=to_date(today)), "DATE_NOT_AHEAD"),
        (pb.SimulateRulebookRequest(on_date=ahead, files=files()), "DATE_OR_CANDIDATE"),
    ):
        answer = refused(partial(simulations.SimulateRulebook, request, **rules.as_("editor")))
        assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", reason)
