"""One number is changed without files: tried on the past, handed in, sent back, handed in again and approved."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import grpc
import pytest
from psmf.rules.v1 import revisions_pb2 as pb
from psmf.rules.v1 import rules_pb2, simulations_pb2

from services.platform.calls.wire import to_date
from tests.answers import Answer, answer_of
from tests.builders import a_request_id
from tests.rules.forecasts.test_simulations import ended
from tests.rules.workbench import Workbench, a_workbench, appoint

State = pb.RulebookRevision.State


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with a_workbench(tmp_path_factory.mktemp("numbers")) as made:
        appoint(made)
        yield made


def refused(call: Any, *arguments: Any, **named: Any) -> Answer:
    with pytest.raises(grpc.RpcError) as problem:
        call(*arguments, **named)
    return answer_of(problem.value)


def a_change(value: int = 3, year: int = 2031) -> pb.ParameterChange:
    return pb.ParameterChange(
        parameter="late_reports_line",
        from_date=to_date(date(year, 4, 1)),
        value=value,
        why="One talk is enough",
        cites="Minute 14",
        origin="ours",
    )


def handed_in(bench: Workbench, change: pb.ParameterChange, **more: Any) -> pb.ChangeParameterResponse:
    request = pb.ChangeParameterRequest(change=change, request_id=a_request_id(), **more)
    return bench.stub.ChangeParameter(request, **bench.as_("editor"))


def sent_back(bench: Workbench, name: str, person: str = "approver", **more: Any) -> pb.RulebookRevision:
    request = pb.SendBackRulebookRevisionRequest(name=name, reason="Say which minute", **more)
    return bench.stub.SendBackRulebookRevision(request, **bench.as_(person))


def test_a_number_is_looked_at_first_and_nothing_is_kept(bench: Workbench) -> None:
    """Takes more than ten seconds on a busy machine, because each change is checked by all its examples."""
    request = pb.ChangeParameterRequest(change=a_change(), validate_only=True)
    looked_at = bench.stub.ChangeParameter(request, **bench.as_("editor"))
    assert looked_at.changes[0].words[0].startswith("2 → 3 reports from 1 April 2031")
    assert [one.rule for one in looked_at.suggested] == ["report-late", "report-late"]
    missing = refused(bench.revision, looked_at.rulebook_revision.name)
    assert missing.reason == "REVISION_NOT_FOUND"


def test_a_number_is_handed_in_with_its_examples_and_they_are_seen(bench: Workbench) -> None:
    """Takes more than ten seconds on a busy machine, because each change is checked by all its examples."""
    first = bench.stub.ChangeParameter(
        pb.ChangeParameterRequest(change=a_change(), validate_only=True), **bench.as_("editor")
    )
    guard = pb.GuardingExample(key=first.suggested[0].key, title="asks for a talk at the third")
    revision = handed_in(bench, a_change(), examples=[guard]).rulebook_revision
    assert (revision.state, revision.author, revision.reason) == (State.STATE_DRAFT, "editor", "One talk is enough")
    request = pb.CheckRulebookRevisionRequest(name=revision.name)
    checked = bench.stub.CheckRulebookRevision(request, **bench.as_("approver"))
    assert (checked.examples > 200, list(checked.failed)) == (True, [])
    assert [one.example.title for one in checked.added] == ["asks for a talk at the third"]


def test_every_number_has_its_history_and_its_readers(bench: Workbench) -> None:
    answer = bench.rulebook.ListParameters(rules_pb2.ListParametersRequest(), **bench.as_("official"))
    line = next(one for one in answer.parameters if one.parameter == "late_reports_line")
    assert [(value.value, value.origin) for value in line.values] == [(2, "ours")]
    assert (line.least, line.most, list(line.read_by)) == (1, 10, ["report-late"])


def test_a_change_is_tried_on_the_past_and_found_again_by_who_asked_and_by_its_revision(bench: Workbench) -> None:
    """Takes more than ten seconds on a busy machine, because each change is checked by all its examples."""
    request = simulations_pb2.SimulateRulebookRequest(change=a_change(), request_id=a_request_id())
    started = bench.simulations.SimulateRulebook(request, **bench.as_("editor"))
    assert (started.person, started.change) == ("editor", a_change())
    revision = handed_in(bench, a_change()).rulebook_revision
    of_it = simulations_pb2.SimulateRulebookRequest(revision=revision.name, request_id=a_request_id())
    second = bench.simulations.SimulateRulebook(of_it, **bench.as_("approver"))
    done = ended(bench, bench.simulations, second, "approver")
    assert done.state == simulations_pb2.Simulation.STATE_DONE, done.problem
    listing = simulations_pb2.ListSimulationsRequest(revision=revision.name)
    found = bench.simulations.ListSimulations(listing, **bench.as_("editor")).simulations
    assert [one.name for one in found] == [second.name, started.name], "the change alone is the same rulebook"
    assert (found[0].what_if.people, list(found[0].what_if.changes)) == (done.what_if.people, [])
    mine = simulations_pb2.ListSimulationsRequest(mine=True, page_size=1)
    assert [one.name for one in bench.simulations.ListSimulations(mine, **bench.as_("editor")).simulations] == [
        started.name
    ]
    both = simulations_pb2.SimulateRulebookRequest(change=a_change(), revision=revision.name)
    assert refused(bench.simulations.SimulateRulebook, both, **bench.as_("editor")).reason == "DATE_OR_CANDIDATE"


def test_a_draft_goes_back_and_is_a_draft_again_when_it_is_handed_in_again(bench: Workbench) -> None:
    """Takes more than ten seconds on a busy machine, because each change is checked by all its examples."""
    revision = handed_in(bench, a_change(4)).rulebook_revision
    returned = sent_back(bench, revision.name, etag=revision.etag)
    assert (returned.state, returned.returns[0].reason) == (State.STATE_SENT_BACK, "Say which minute")
    assert refused(sent_back, bench, revision.name).reason == "NOT_A_DRAFT"
    assert refused(bench.approve, revision.name).reason == "SENT_BACK"
    assert refused(bench.approve, revision.name, etag=revision.etag).reason == "STALE_COPY"
    again = handed_in(bench, a_change(4)).rulebook_revision
    assert (again.name, again.state) == (revision.name, State.STATE_DRAFT)
    assert (again.returns[0].answered_by, again.returns[0].answer) == ("editor", "One talk is enough")
    approved = bench.approve(revision.name)
    assert approved.state == State.STATE_APPROVED
    assert refused(sent_back, bench, revision.name).reason == "NOT_A_DRAFT"


def test_an_editor_takes_back_their_own_draft_and_nobody_elses(bench: Workbench) -> None:
    own = handed_in(bench, a_change()).rulebook_revision
    assert sent_back(bench, own.name, "editor").state == State.STATE_SENT_BACK
    release = bench.in_force()
    assert refused(sent_back, bench, release, "editor").reason == "NOT_A_DRAFT"
