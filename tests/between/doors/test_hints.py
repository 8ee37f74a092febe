"""A hint offers only what the caller may do (doors D19).

The kind that this closes: what to do next is written for one reader and shown to all. Every hint is said by
`Terminal.following`, which asks the services. This page compares each hint and each role with what a call answers.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message_factory import GetMessageClass

from services.cli.doors.methods import CALLS, command_in
from services.cli.terminal import Terminal
from services.client.client import Client
from tests.access.table import ROOT, allowed, contracts
from tests.between.together import Together, together
from tests.world import PEOPLE, SERVICES

RECORD = "safeguarders/sg-one/alerts/none"
"""Any record about a Safeguarder. Whether it is there plays no part."""
OF_PEOPLE = (
    *("safeguarder", "evidence", "alert", "concern", "session", "obligation", "notification"),
    *("plan", "strength", "need", "action", "support", "duty"),
)
"""Groups whose hints are about a person's record."""
ROLES_OF_OFFICES = {
    "a policy approver": ("policy_approver", "rules", "ApproveRulebookRevision"),
    "another recorder of decisions": ("decision_recorder", "evidence", "ConfirmDecisionCorrection"),
    "the Safeguarder": ("safeguarder", "evidence", "AnswerSessionRecord"),
    "the support manager": ("support_manager", "evidence", "GetDevelopmentPlan"),
}
"""Who is named where a hint says that another person goes on."""
CALLERS = [*(person for person in PEOPLE if not person.startswith("service:")), "auditor", "lead"]
FOR_EVERYBODY = {"demo", "completion", "call", "rules check", "rules explain", "ops runbook", "ops trace"}
"""Commands that work for everybody, so that a text may name them to anybody."""
OF_THEIR_OWN = {
    "alert list": "said when a caller's own list has no such alert",
    "concern list": "said when a caller's own list has no such concern",
    "session list": "said when a caller's own list has no such session",
    "sample list": "said when a caller's own list has no such sampled report",
    "rules revisions": "said when a caller's own list has no such revision",
    "rules list": "everybody may read the rules",
    "rules numbers": "everybody may read the numbers",
    "session record": "help of the command that takes the file it writes",
    "rules overrides": "help of the command that ends one",
    "kpi report": "help of the command that shows one of its figures",
    "evidence import": "said by `psmf call`, to somebody who called the import",
    "events dead-letters list": "said when a caller's own list has no such event",
    "ops status": "what the demo's own person may run",
    "safeguarder list": "said when a caller's own list has no such person",
}
"""Commands that a sentence names, other than as a hint, and why it may."""

OF_THE_DEMO = {"services/cli/demo/report.py"}
"""What to try in the demo: commands of its own people, whom it starts with."""


@dataclass(frozen=True)
class Said:
    """A text in the code that names a command."""

    file: str
    text: str
    begins: bool
    """Whether the text is a command, rather than a sentence that names one."""


def texts() -> Iterator[Said]:
    """Yield every text of the command line and the client that names a command, except docstrings."""
    for file in sorted([*(ROOT / "services/cli").rglob("*.py"), *(ROOT / "services/client").rglob("*.py")]):
        tree = ast.parse(file.read_text())
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                before, found, after = node.value.partition("psmf ")
                if found and after[:1].islower():
                    yield Said(str(file.relative_to(ROOT)), found + after, not before)


def hints() -> list[str]:
    """Return the commands that hints name."""
    return sorted({command_in(said.text) for said in texts() if said.begins and _is_command(said.text)})


def _is_command(text: str) -> bool:
    try:
        return bool(command_in(text))
    except LookupError:
        return False


def person_methods() -> dict[str, MethodDescriptor]:
    """Return each method by `service/Method`."""
    found = {}
    for package, files in contracts().items():
        for file in files:
            for service in file.services_by_name.values():
                for method in service.methods:
                    for process in SERVICES if package == "platform" else [package]:
                        found[f"{process}/{method.name}"] = method
    return found


METHODS = person_methods()


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """The four services, with one Safeguarder and people of every role."""
    folder: Path = tmp_path_factory.mktemp("hints")
    others = {"auditor": {"role": "auditor"}, "lead": {"role": "data_lead"}}
    with together(folder, PEOPLE | others) as running:
        running.appoint("sg-one", "fife")
        yield running


@pytest.fixture(scope="module")
def client(people: Together) -> Iterator[Client]:
    addresses = {name: f"127.0.0.1:{service.process.server.port}" for name, service in people.services.items()}
    made = Client(addresses, lambda person: people.world.metadata(person, people.clock.now()))
    yield made
    made.close()


def is_refused(running: Together, person: str, call: str, about: str) -> bool:
    """Call a method as a person, with nothing but the record it is about, and tell whether access refuses it."""
    method = METHODS[call]
    request: Any = GetMessageClass(method.input_type)()
    if "name" in method.input_type.fields_by_name:
        request.name = about
    elif "parent" in method.input_type.fields_by_name:
        request.parent = "/".join(about.split("/")[:2])
    path = f"/{method.containing_service.full_name}/{method.name}"
    channel = running.services[call.partition("/")[0]].channel
    send: Any = channel.unary_unary(path, lambda message: message.SerializeToString(), lambda body: body)
    try:
        send(request, timeout=30, **running.as_(person))
    except grpc.RpcError as problem:
        return bool(problem.code() is grpc.StatusCode.PERMISSION_DENIED)
    return False


def hint_of(client: Client, person: str, command: str, about: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the command line says to a person when a command comes next."""
    terminal = Terminal(as_json=False, person=person, quiet=False, no_color=True)
    terminal.client = client
    terminal.following(f"psmf {command} ID", about)
    return capsys.readouterr().err


@pytest.mark.parametrize("command", hints())
def test_a_hint_is_shown_exactly_to_those_whose_call_is_not_refused(
    people: Together, client: Client, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """doors D19: `kpi report` offered an official the ledger, which is denied to officials."""
    about = RECORD if command.partition(" ")[0] in OF_PEOPLE else ""
    for person in CALLERS:
        refused = any(is_refused(people, person, call, about) for call in CALLS[command].needs)
        expected = "" if refused else f"Next: psmf {command} ID --as {person}\n"
        assert hint_of(client, person, command, about, capsys) == expected, person


def test_the_official_is_not_offered_the_ledger(
    people: Together, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    """doors D19: officials see figures, and no ledger."""
    assert hint_of(client, "official", "kpi ledger", "", capsys) == ""
    assert hint_of(client, "panel-team", "kpi ledger", "", capsys) != ""


def test_what_a_caller_may_do_depends_on_whose_record_it_is(client: Client) -> None:
    """doors D19: a support manager may act for those allocated to them only."""
    managers = {person: client.permitted(person, "notifications", RECORD) for person in ("manager-one", "manager-two")}
    assert sorted("AcknowledgeAlert" in may for may in managers.values()) == [False, True]
    assert "AcknowledgeAlert" not in client.permitted("person-one", "notifications", RECORD)
    assert "GetAlert" in client.permitted("person-one", "notifications", RECORD)
    assert "GetAlert" not in client.permitted("person-two", "notifications", RECORD)


def test_hints_are_found_here() -> None:
    """The table above would be empty if hints were written in a way that this page does not see."""
    assert len(hints()) >= 20
    assert {"kpi ledger", "alert acknowledge", "concern show", "evidence share", "rules approve"} <= set(hints())


def test_a_hint_leaves_its_caller_to_the_one_place() -> None:
    """doors D19: the persona is added once, and only if the caller has named one."""
    named = {said.text for said in texts() if said.begins and said.text.rstrip().endswith("--as operator")}
    assert named == set()


def test_no_hint_passes_by_the_one_place() -> None:
    """doors D19: `Next:` is written in one file only."""
    for file in (ROOT / "services/cli").rglob("*.py"):
        if file.name != "terminal.py":
            assert "Next: " not in file.read_text().replace("on. Next date: ", ""), file


def test_a_sentence_names_only_commands_that_its_reader_may_run() -> None:
    """doors D19: an error or a help text is no way around the rule for hints."""
    named = {
        (command_in(said.text), said.file)
        for said in texts()
        if not said.begins and _is_command(said.text) and said.file not in OF_THE_DEMO
    }
    unexplained = {
        (command, file)
        for command, file in named
        if command not in OF_THEIR_OWN
        and command not in FOR_EVERYBODY
        and command.partition(" ")[0] not in FOR_EVERYBODY
    }
    assert unexplained == set()


@pytest.mark.parametrize(("role", "service", "method"), ROLES_OF_OFFICES.values(), ids=ROLES_OF_OFFICES)
def test_a_hint_to_another_office_names_one_that_may(role: str, service: str, method: str) -> None:
    """doors D19: who submits a revision, or shares a record, is told who goes on."""
    assert allowed(service, method, role)


def test_no_hint_names_another_office_than_these() -> None:
    """doors D19: each is looked at above."""
    written = "".join(file.read_text() for file in (ROOT / "services/cli").rglob("*.py"))
    assert set(re.findall(r'by="([^"]+)"', written)) == set(ROLES_OF_OFFICES)
