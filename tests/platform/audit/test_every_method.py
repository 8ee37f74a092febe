"""Each call that answers something about people leaves one row that names them, and so does each refusal (S19).

The methods come from the contracts themselves, so a new one cannot be missed.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message_factory import GetMessageClass

from services.platform.audit.people import people_in
from services.platform.calls import gate
from services.platform.calls.method_rules import method_policies
from tests.access.table import contracts, served
from tests.platform.small_service import SmallService, rows, small_service
from tests.waiting import HUNG

PROTOS = [file for service in served() for file in contracts()[service]]
NAME = "safeguarders/sg-seven/evidenceItems/e1"
NAMES_NOBODY = {"SuggestSupportSessionTimes"}
"""Methods whose answers name nobody: the request does."""
METHODS = {
    method.name: (f"/{contract.full_name}/{method.name}", method)
    for file in PROTOS
    for contract in file.services_by_name.values()
    for method in contract.methods
    if not method.GetOptions().deprecated
}
POLICIES = method_policies(PROTOS)
READS = sorted(name for name, (path, _) in METHODS.items() if POLICIES[path].leaves_read_audit)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallService]:
    with pytest.MonkeyPatch.context() as patch, small_service(tmp_path_factory.mktemp("all"), protos=PROTOS) as running:
        # What a request needs differs from method to method, and plays no part here.
        patch.setattr(gate, "require_fields", lambda request: None)
        yield running


def filled(descriptor: Any, depth: int = 4) -> Any:
    """Return a message with something in every field; every text that can be a name is one of somebody's record."""
    message = GetMessageClass(descriptor)()
    field: Any
    for field in descriptor.fields:
        if "token" in field.name or (field.message_type and field.message_type.GetOptions().map_entry):
            continue
        if field.type == FieldDescriptor.TYPE_STRING:
            _put(message, field, "sg-seven" if field.name == "safeguarder_id" else NAME)
        elif field.type == FieldDescriptor.TYPE_ENUM:
            _put(message, field, field.enum_type.values[-1].number)
        elif field.type == FieldDescriptor.TYPE_MESSAGE and depth:
            _put(message, field, filled(field.message_type, depth - 1))
    return message


def _put(message: Any, field: FieldDescriptor, value: Any) -> None:
    if field.is_repeated:
        getattr(message, field.name).append(value)
    elif field.message_type:
        getattr(message, field.name).CopyFrom(value)
        getattr(message, field.name).SetInParent()
    else:
        setattr(message, field.name, value)


def asked(service: SmallService, name: str, person: str) -> bool:
    """Call a method across people, and return whether it was answered."""
    path, method = METHODS[name]
    request = filled(method.input_type, 2)
    if "parent" in method.input_type.fields_by_name:
        request.parent = "safeguarders/-"
    if "name" in method.input_type.fields_by_name:
        request.name = "figures/2026"
    kind = "unary_stream" if method.server_streaming else "unary_unary"
    call: Any = getattr(service.channel, kind)(path)
    metadata: Any = service.world.metadata(person)
    try:
        answer = call(request.SerializeToString(), metadata=metadata, timeout=HUNG)
        list(answer) if method.server_streaming else answer
    except grpc.RpcError:
        return False
    return True


def answered(answer: Any, request: Any) -> Any:
    return answer


def log_of(service: SmallService) -> list[tuple[Any, ...]]:
    return rows(service.file, "SELECT method, subject, people FROM audit ORDER BY number")


def test_each_read_about_people_leaves_one_row_that_names_whom_it_answered(service: SmallService) -> None:
    expected = []
    for name in READS:
        _, method = METHODS[name]
        answer = filled(method.output_type)
        service.work = partial(answered, [answer] if method.server_streaming else answer)
        assert asked(service, name, "panel-team"), name
        named = people_in([answer], "safeguarders")
        assert named == ["sg-seven"] or name in NAMES_NOBODY, f"{name} answers something about people and names nobody"
        expected.append((name, "", " ".join(named) or None))
    assert log_of(service)[-len(expected) :] == expected


def test_each_call_that_is_denied_leaves_one_row(service: SmallService) -> None:
    names = sorted(name for name, (_, method) in METHODS.items() if not method.client_streaming)
    before = len(log_of(service))
    for name in names:
        assert not asked(service, name, "official"), name
    assert [row[0] for row in log_of(service)[before:]] == [f"{name} (denied)" for name in names]


def test_a_row_never_holds_what_was_typed_in_place_of_an_id() -> None:
    request = filled(METHODS["ListEvidenceItems"][1].output_type)
    request.evidence_items[0].name = "safeguarders/a child named Isla/evidenceItems/e1"
    assert "a child named Isla" not in people_in([request], "safeguarders")
