"""The audit log as auditors read it, and what it says when somebody changed it in a database (R14, A4)."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2
from psmf.platform.v1 import audit_pb2 as pb
from psmf.rules.v1 import rules_pb2

from services.cli.audit.commands import list_entries, verify
from services.cli.terminal import Terminal
from services.client.addresses import checkpoints_file
from services.client.client import Client
from services.client.file.reads import reads_of
from services.platform.audit.statement import TYPE, Statement
from services.platform.calls.identity import new_key, sign_statement
from services.platform.calls.wire import to_date
from services.platform.loop import Loop
from services.platform.storage.database import execute
from tests.answers import refused
from tests.between.own_file.conftest import MANAGER, PARENT
from tests.between.together import Together
from tests.builders import an_item_request

ENTRY = pb.AuditEntry
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(client: Client, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command and return its exit code, with what it answers: JSON, or text if asked for."""
    monkeypatch.setenv("PSMF_DEMO_FOLDER", str(tmp_path))

    def with_terminal(command: Any, person: str, *arguments: Any, text: bool = False, **options: Any) -> Any:
        capsys.readouterr()
        terminal = Terminal(as_json=not text, person=person, quiet=False, no_color=True)
        terminal.client = client
        code = command(terminal, *arguments, **options) or 0
        said = capsys.readouterr().out
        return code, said if text else json.loads(said)

    return with_terminal


def entries(client: Client, person: str = "auditor", **asked: Any) -> list[Any]:
    request = pb.ListAuditEntriesRequest(parent=PARENT, page_size=50, **asked)
    return list(client.call(person, client.audit_of["evidence"].ListAuditEntries, request).entries)


def test_a_list_across_people_names_each_person_to_the_auditor_and_not_to_the_person(
    one_person: Together, client: Client
) -> None:
    one_person.concerns.ListConcerns(rules_pb2.ListConcernsRequest(parent="safeguarders/-"), **one_person.as_(MANAGER))
    stub = client.audit_of["rules"].ListAuditEntries
    request = pb.ListAuditEntriesRequest(parent=PARENT, caller=MANAGER, method="ListConcerns", page_size=1)
    (entry,) = client.call("auditor", stub, request).entries
    assert (entry.outcome, entry.relation, PARENT in entry.people) == (ENTRY.OUTCOME_DONE, "any", True)


def test_a_trial_a_repeat_and_a_denial_are_told_apart(one_person: Together, client: Client) -> None:
    day = to_date(one_person.ago(5))
    request = an_item_request("sg-one", happened_date=day, received_date=day)
    request.validate_only = True
    one_person.evidence.CreateEvidenceItem(request, **one_person.as_(MANAGER))
    request.validate_only = False
    made = [one_person.evidence.CreateEvidenceItem(request, **one_person.as_(MANAGER)) for _ in range(2)]
    ask = evidence_pb2.GetEvidenceItemRequest(name=made[0].name)
    refused(lambda: one_person.evidence.GetEvidenceItem(ask, **one_person.as_("person-two")))
    found = [(entry.caller, entry.method, entry.outcome) for entry in entries(client)[:4]]
    assert found == [
        ("person-two", "GetEvidenceItem", ENTRY.OUTCOME_DENIED),
        (MANAGER, "CreateEvidenceItem", ENTRY.OUTCOME_REPEAT),
        (MANAGER, "CreateEvidenceItem", ENTRY.OUTCOME_DONE),
        (MANAGER, "CreateEvidenceItem", ENTRY.OUTCOME_TRIAL),
    ]
    assert entries(client, caller="person-two", method="GetEvidenceItem")
    assert not entries(client, caller="person-two", method="ListEvidenceItems")


def test_pages_hold_every_row_once(one_person: Together, client: Client) -> None:
    stub = client.audit_of["evidence"].ListAuditEntries
    end = entries(client)[0].call_time
    whole = pb.ListAuditEntriesRequest(parent="safeguarders/-", page_size=500, to_time=end)
    at_once = [entry.position for entry in client.call("lead", stub, whole).entries]
    request = pb.ListAuditEntriesRequest(parent="safeguarders/-", page_size=7, to_time=end)
    paged = [entry.position for entry in client.pages("auditor", stub, request, "entries")][: len(at_once)]
    assert paged == at_once == sorted(at_once, reverse=True)


@pytest.mark.parametrize("person", [MANAGER, "panel-team", "senior-manager", "person-one", "partner", "operator"])
def test_nobody_else_reads_the_log(client: Client, person: str) -> None:
    for stub in client.audit_of.values():
        asked = pb.ListAuditEntriesRequest(parent=PARENT)
        assert refused(partial(client.call, person, stub.ListAuditEntries, asked)).code == "PERMISSION_DENIED"


def test_the_command_says_who_did_what_about_whom(one_person: Together, run: Run) -> None:
    code, text = run(list_entries, "auditor", "sg-one", text=True)
    assert code == 0
    assert "GetEvidenceItem (denied)" in text
    assert "evidence" in text
    _, found = run(list_entries, "lead", "sg-one", by=MANAGER, since="2026-11-01", until="2026-11-01")
    assert found["items"] == []


@pytest.fixture
def checked(one_person: Together) -> Together:
    """The services after each has made a checkpoint and told the others."""
    addresses = {name: f"127.0.0.1:{each.process.server.port}" for name, each in one_person.services.items()}
    loops = [worker for each in one_person.services.values() for worker in each.process._workers]
    keepers: list[Any] = [each._turn for each in loops if isinstance(each, Loop) and each._name == "audit checkpoints"]
    for turn in keepers:
        keeper = turn.func.__self__
        keeper._addresses.update({name: addresses[name] for name in keeper._addresses})
    for _ in range(3):
        for turn in keepers:
            turn()
    return one_person


def test_a_log_that_nobody_touched_fits_what_the_others_keep(checked: Together, run: Run) -> None:
    code, found = run(verify, "operator")
    assert (code, found["not_answering"]) == (0, [])
    for service, answer in found["services"].items():
        assert (answer.get("findings"), answer["kept_elsewhere"] > 0) == (None, True), service
    _, text = run(verify, "auditor", text=True)
    assert "as written" in text


def test_the_checkpoints_of_a_demo_that_is_not_asked_accuse_nobody(checked: Together, run: Run, tmp_path: Path) -> None:
    said = Statement("evidence", "another/0", 1, "00", 1).to_bytes()
    checkpoints_file(tmp_path, "evidence").write_text(sign_statement(new_key("another"), TYPE, said) + "\n")
    assert run(verify, "operator")[0] == 0


def test_a_row_that_was_changed_in_the_database_is_named(checked: Together, run: Run) -> None:
    database = checked.services["evidence"].database
    with database.read() as connection:
        (person,) = execute(connection, "SELECT person FROM audit WHERE position = 5").fetchone()
    database.write(partial(write_person, person="somebody-else"))
    code, found = run(verify, "auditor")
    (finding,) = found["services"]["evidence"]["findings"]
    assert (code, finding["fault"], finding["first_position"]) == (1, "FAULT_CHANGED", "5")
    _, text = run(verify, "auditor", text=True)
    assert "Row 5" in text
    database.write(partial(write_person, person=person))
    assert run(verify, "auditor")[0] == 0


def write_person(connection: Any, person: str) -> None:
    execute(connection, "UPDATE audit SET person = ? WHERE position = 5", (person,))


def test_who_tried_a_change_of_a_record_has_read_it_and_who_tried_a_new_one_has_not(
    one_person: Together, client: Client
) -> None:
    """A trial of a new record answers what the caller sent. It could tell of something that is not open yet."""

    def told() -> int:
        return sum(1 for read in reads_of(client, "lead", PARENT).each if read.reader == "panel-team")

    held, day = one_person.record("sg-one"), to_date(one_person.ago(5))
    share = evidence_pb2.ShareEvidenceItemRequest(name=held.name, validate_only=True)
    new = an_item_request("sg-one", happened_date=day, received_date=day)
    new.validate_only = True
    before = told()
    one_person.evidence.CreateEvidenceItem(new, **one_person.as_("panel-team"))
    assert told() == before
    one_person.evidence.ShareEvidenceItem(share, **one_person.as_("panel-team"))
    assert told() == before + 1
