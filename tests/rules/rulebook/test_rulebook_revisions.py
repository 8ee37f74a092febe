"""Two people put a rulebook in force: submitted, approved, signed, in force from an instant, and rolled back."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from psmf.rules.v1 import revisions_pb2 as pb
from psmf.rules.v1 import rules_pb2

from services.platform.calls.wire import to_instant
from services.platform.clock import SystemClock
from services.platform.events.outbox import events_after
from services.platform.storage.database import Database, execute
from tests.rules.workbench import Workbench, a_workbench, answers, appoint, changed, outcome, shipped
from tests.waiting import until
from tests.world import World

State = pb.RulebookRevision.State


@pytest.fixture
def bench(database_kind: str, tmp_path: Path) -> Iterator[Workbench]:
    with a_workbench(tmp_path) as made:
        yield made


def refused(call: Any, *arguments: Any, **named: Any) -> Any:
    """The ErrorInfo and the status code of a refused call."""
    with pytest.raises(grpc.RpcError) as failure:
        call(*arguments, **named)
    info = error_details_pb2.ErrorInfo()
    assert rpc_status.from_call(cast(grpc.Call, failure.value)).details[0].Unpack(info)
    return info


def test_submitted_approved_published_and_rolled_back(bench: Workbench) -> None:
    release = bench.in_force()
    assert bench.revision(release).author == "release"
    draft = bench.submit(changed("Looked at again"))
    assert draft.state == State.STATE_DRAFT
    assert bench.submit(changed("Looked at again")).name == draft.name, "the same content is the same revision"
    assert refused(bench.activate, draft.name).reason == "NOT_APPROVED"
    approved = bench.approve(draft.name, whatif_report_hash="a" * 64)
    assert approved.state == State.STATE_APPROVED
    assert approved.approvals[0].signature.count(".") == 2
    assert bench.activate(draft.name).state == State.STATE_ACTIVE
    assert bench.in_force() == draft.name
    assert bench.revision(release).state == State.STATE_SUPERSEDED
    assert bench.roll_back().name == release
    assert bench.in_force() == release
    assert bench.revision(draft.name).state == State.STATE_ROLLED_BACK
    assert refused(bench.roll_back).reason == "NOTHING_BEFORE"
    kinds = [bench.plan().in_force.kind, *(one.kind for one in bench.plan().earlier)]
    assert kinds == [pb.RulebookActivation.KIND_ROLLBACK, pb.RulebookActivation.KIND_ACTIVATION,
                     pb.RulebookActivation.KIND_RELEASE]  # fmt: skip


def test_what_a_revision_changes_is_said_in_words(bench: Workbench) -> None:
    draft = bench.submit(changed("Looked at again"))
    request = pb.CompareRulebookRevisionsRequest(name=draft.name)
    answer = bench.stub.CompareRulebookRevisions(request, **bench.as_("approver"))
    assert getattr(answer, "with") == bench.in_force()
    assert [change.about for change in answer.changes] == ["parameter"]
    assert "Looked at again" in answer.changes[0].words[0]


def test_faulty_files_and_failing_examples_are_named_by_place_and_nothing_is_kept(bench: Workbench) -> None:
    files = shipped()
    for old, new, said in (
        ("late_reports is at least", "late_report is at least", "UNKNOWN-MEASURE"),
        ("says: 2 reports", "says: 3 reports", "EXAMPLE"),
    ):
        broken = files | {"rules/reports.yaml": files["rules/reports.yaml"].replace(old, new, 1)}
        info = refused(bench.submit, broken)
        assert info.reason == "RULEBOOK_FAULTY"
        assert info.metadata["fault_01"].startswith("rules/reports.yaml:")
        assert said in info.metadata["fault_01"]
    assert refused(bench.submit, {"../parameters.yaml": "x"}).reason == "NOT_A_RULE_FILE"
    listed = bench.stub.ListRulebookRevisions(pb.ListRulebookRevisionsRequest(), **bench.as_("editor"))
    assert [one.author for one in listed.rulebook_revisions] == ["release"]


def test_revisions_are_listed_newest_first_page_by_page(bench: Workbench) -> None:
    made = [bench.submit(changed(f"Reason {number}")).name for number in range(3)]
    names, token = [], ""
    while True:
        request = pb.ListRulebookRevisionsRequest(page_size=2, page_token=token)
        answer = bench.stub.ListRulebookRevisions(request, **bench.as_("editor"))
        names += [one.name for one in answer.rulebook_revisions]
        token = answer.next_page_token
        if not token:
            break
    assert names == [*reversed(made), bench.in_force()]


def test_the_author_is_refused_even_with_the_approvers_role(bench: Workbench) -> None:
    draft = bench.submit(changed("Mine"))
    people = json.loads((bench.world.folder / "people.json").read_text())
    bench.world.write_people(people | {"editor": {"role": "policy_approver"}})
    info = until(
        lambda: found if (found := refused(bench.approve, draft.name, "editor")).reason != "NOT_ALLOWED" else None
    )
    assert info is not None
    assert info.reason == "AUTHOR_CANNOT_APPROVE"


def test_what_is_scheduled_comes_into_force_when_its_time_comes(bench: Workbench) -> None:
    draft = bench.submit(changed("Later"))
    bench.approve(draft.name)
    at = SystemClock().now() + timedelta(seconds=2)
    assert bench.activate(draft.name, effective_time=to_instant(at)).state == State.STATE_SCHEDULED
    assert bench.in_force() != draft.name
    assert bench.plan().scheduled.revision == draft.name
    until(lambda: bench.in_force() == draft.name)
    assert bench.plan().in_force.in_force_time.ToDatetime() >= at.replace(tzinfo=None)
    assert not bench.plan().HasField("scheduled")


def test_a_check_changes_nothing_and_a_stale_copy_is_refused(bench: Workbench) -> None:
    draft = bench.submit(changed("Checked"), validate_only=True)
    assert refused(bench.revision, draft.name).reason == "REVISION_NOT_FOUND"
    draft = bench.submit(changed("Checked"))
    assert bench.approve(draft.name, validate_only=True).state == State.STATE_APPROVED
    assert bench.revision(draft.name).state == State.STATE_DRAFT
    bench.approve(draft.name)
    assert refused(bench.activate, draft.name, etag=draft.etag).reason == "STALE_COPY"
    assert bench.activate(draft.name, validate_only=True).state == State.STATE_ACTIVE
    assert bench.in_force() != draft.name
    assert refused(bench.roll_back, etag="stale").reason == "STALE_COPY"


def test_an_approval_changed_in_the_database_lets_nothing_in(bench: Workbench) -> None:
    release, draft = bench.in_force(), bench.submit(changed("Forged"))
    bench.approve(draft.name)
    at = SystemClock().now() + timedelta(seconds=1)
    bench.activate(draft.name, effective_time=to_instant(at))
    database = Database(bench.settings.database_url)
    database.write(lambda tx: execute(tx, "UPDATE rulebook_approval SET approver = 'somebody'") and None)
    database.close()
    said = until(lambda: bench.verify().faults)
    assert said == ["Activation 2: the approval by approver is gone, or is not as it was signed."]
    until(lambda: SystemClock().now() > at + timedelta(seconds=1))
    assert bench.in_force() == release
    assert refused(bench.roll_back).reason == "RULEBOOK_NOT_TRUSTED"


def test_an_activation_is_told_once_and_everyone_is_evaluated_by_it(bench: Workbench) -> None:
    release, draft = bench.in_force(), bench.submit(changed("Told"))
    bench.approve(draft.name)
    bench.activate(draft.name)
    database = Database(bench.settings.database_url)
    with database.read() as connection:
        told = [event for event in events_after(connection, 0, 100) if event.type.endswith("RulebookActivated")]
    database.close()
    assert [event.key for event in told] == [draft.name.removeprefix("rulebookRevisions/")]
    assert release.removeprefix("rulebookRevisions/").encode() in told[0].data


def test_without_a_key_nothing_can_be_approved(tmp_path: Path) -> None:
    with a_workbench(tmp_path, approval_key_file="") as bench:
        draft = bench.submit(changed("No key"))
        assert refused(bench.approve, draft.name).reason == "NO_APPROVAL_KEY"


def test_a_release_with_other_files_is_a_draft_to_be_approved(tmp_path: Path) -> None:
    world = World(tmp_path)
    with a_workbench(tmp_path, world) as bench:
        release, draft = bench.in_force(), bench.submit(changed("In force before"))
        bench.approve(draft.name)
        bench.activate(draft.name)
    for name, text in changed("Next release").items():
        (tmp_path / "rulebook" / name).write_text(text)
    with a_workbench(tmp_path, world) as bench:
        assert bench.in_force() == draft.name, "what two people let in stays"
        request = pb.ListRulebookRevisionsRequest()
        newest = bench.stub.ListRulebookRevisions(request, **bench.as_("editor")).rulebook_revisions[0]
        assert (newest.author, newest.state) == ("release", State.STATE_DRAFT)
        answer = bench.rulebook.GetRulebook(rules_pb2.GetRulebookRequest(), **bench.as_("official"))
        assert f"rulebookRevisions/{answer.waiting_hash}" == newest.name
        assert release not in (newest.name, draft.name)
        reloaded = bench.rulebook.ReloadRulebook(rules_pb2.ReloadRulebookRequest(), **bench.as_("editor"))
        assert f"rulebookRevisions/{reloaded.hash}" == draft.name, "reading the folder again lets nothing in"


def test_no_call_is_lost_while_rulebooks_change_under_load(tmp_path: Path) -> None:
    with a_workbench(tmp_path) as bench:
        names = [bench.submit(changed(f"Reason {number}")).name for number in range(2)]
        for name in names:
            bench.approve(name)
        appoint(bench)
        until(lambda: answers(bench))
        outcomes: list[str] = []
        stopping = threading.Event()

        def go_on() -> None:
            while not stopping.is_set():
                outcomes.append(outcome(bench))

        threads = [threading.Thread(target=go_on) for _ in range(6)]
        for thread in threads:
            thread.start()
        for number in range(6):
            bench.activate(names[number % 2])
        stopping.set()
        for thread in threads:
            thread.join()
    assert set(outcomes) == {"agreed"}
    assert len(outcomes) > 20
