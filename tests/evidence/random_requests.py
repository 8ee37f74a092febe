"""Valid requests of every method, and seeded ways to spoil their fields and their bytes (reliability S1)."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import DecodeError
from psmf.evidence.v1 import complaint_stages_pb2 as stages
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2

from services.platform.calls.wire import to_date
from tests.builders import a_mapping, an_applicant, an_appointment, an_item, an_item_request, days_ago

EVIDENCE, REGISTER = "/psmf.evidence.v1.EvidenceService/", "/psmf.evidence.v1.SafeguarderService/"
WORDS = ["", "\x00", "x" * 5000, "a" + "\u0300\u0316" * 3000, "\u202e", "\u200b", "caf\u00e9", "\U0001f600", "{}", "%"]
WORDS += ["' OR 1=1 --", "../..", "safeguarders/-", "safeguarders/sg-one", "safeguarders//evidenceItems/", "receipts/"]
WORDS += ["S4", "S4.1", "fife", "NQ==", "W10=", "2" * 70]
NUMBERS = [0, 1, -1, 2, 12, 28, 31, 99, 500, 501, 2024, 9999, 2**31 - 1, -(2**31)]
WIDE = [*NUMBERS, 2**63 - 1, -(2**63)]


@dataclass(frozen=True)
class Valid:
    """A method, who calls it, and a request it takes."""

    path: str
    person: str
    message: Any
    stream: bool = False


def _rich() -> pb.CreateEvidenceItemRequest:
    request = an_item_request(
        "sg-one",
        kind=pb.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW,
        report_review=pb.ReportReview(clear=pb.LINE_RATING_AT),
        summary="Clear and well set out.",
        case_reference="case-ab12",
        shared_date=to_date(days_ago(10)),
        reply=pb.Reply(text="I had asked for more time.", reply_date=to_date(days_ago(9))),
    )
    request.history = True
    return request


def _timely() -> pb.CreateEvidenceItemRequest:
    return an_item_request(
        "sg-one",
        kind=pb.EVIDENCE_KIND_SCRA_TIMELINESS,
        timeliness=pb.Timeliness(due_date=to_date(days_ago(30)), filed_date=to_date(days_ago(31))),
    )


def _extension(name: str) -> stages.MoveComplaintStageRequest:
    return stages.MoveComplaintStageRequest(
        name=name,
        step=stages.ComplaintStages.STEP_EXTENDED,
        due_date=to_date(days_ago(-30)),
        extension_reason=stages.ComplaintStages.EXTENSION_REASON_AGREED,
    )


def valid_requests(name: str, receipt: str) -> list[Valid]:
    """One or more for each method of the service; `name` and `receipt` are of an item on file."""
    row = pb.ImportRow(row=1, request=an_item_request("sg-one"))
    reason = pb.CORRECTION_REASON_ENTERED_WRONGLY
    correction = pb.CorrectEvidenceItemRequest(name=name, evidence_item=an_item(), reason=reason)
    page = pb.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=5, standard="S4")
    team = [
        (EVIDENCE + "CreateEvidenceItem", _rich()),
        (EVIDENCE + "CreateEvidenceItem", _timely()),
        (EVIDENCE + "BatchCreateEvidenceItems", pb.BatchCreateEvidenceItemsRequest(requests=[_rich(), _timely()])),
        (EVIDENCE + "GetEvidenceItem", pb.GetEvidenceItemRequest(name=name)),
        (EVIDENCE + "ListEvidenceItems", page),
        (EVIDENCE + "MapEvidenceItem", pb.MapEvidenceItemRequest(name=name, mappings=[a_mapping()])),
        (EVIDENCE + "ShareEvidenceItem", pb.ShareEvidenceItemRequest(name=name)),
        (EVIDENCE + "DecideComplaint", pb.DecideComplaintRequest(name=name, outcome=pb.COMPLAINT_OUTCOME_UPHELD)),
        (EVIDENCE + "MoveComplaintStage", _extension(name)),
        (EVIDENCE + "CorrectEvidenceItem", correction),
        (EVIDENCE + "WithdrawEvidenceItem", pb.WithdrawEvidenceItemRequest(name=name, reason=reason)),
        (EVIDENCE + "GetReceipt", pb.GetReceiptRequest(name=receipt)),
        (REGISTER + "CreateSafeguarder", an_applicant("sg-new")),
        (REGISTER + "GetSafeguarder", safeguarder_pb2.GetSafeguarderRequest(name="safeguarders/sg-one")),
        (REGISTER + "ListSafeguarders", safeguarder_pb2.ListSafeguardersRequest(page_size=5, area="fife")),
    ]
    return [
        *(Valid(path, "panel-team", message) for path, message in team),
        Valid(EVIDENCE + "AddReply", "person-one", pb.AddReplyRequest(name=name, text="I had asked for more time.")),
        Valid(REGISTER + "RecordMinisterialDecision", "recorder", an_appointment("sg-new")),
        Valid(EVIDENCE + "ImportEvidenceItems", "panel-team", pb.ImportEvidenceItemsRequest(rows=[row]), stream=True),
    ]


def spoiled(message: Any, chance: random.Random) -> bytes:
    """The bytes of a request with one to four things changed in its fields, or some of its bytes."""
    copy = type(message)()
    copy.CopyFrom(message)
    if chance.random() < 0.5:
        for _ in range(chance.randint(1, 4)):
            _spoil_field(copy, chance)
        return bytes(copy.SerializeToString())
    body = bytearray(copy.SerializeToString())
    for _ in range(chance.randint(1, 6)):
        _spoil_bytes(body, chance)
    return bytes(body)


def readable(message: Any, body: bytes) -> bool:
    """Whether protobuf itself takes the bytes for a message of this type."""
    try:
        type(message).FromString(body)
    except DecodeError:
        return False
    return True


def _spoil_bytes(body: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(body) + 1)
    changes: list[Callable[[], Any]] = [
        lambda: body.insert(place, chance.randrange(256)),
        lambda: body.__delitem__(slice(place, place + chance.randint(1, 8))),
        lambda: body.__setitem__(slice(place, place + 1), bytes([chance.randrange(256)])),
        lambda: body.__setitem__(slice(place, place), body[: chance.randint(1, 20)]),
        lambda: body.extend(chance.randbytes(5)),
    ]
    chance.choice(changes)()


def _spoil_field(message: Any, chance: random.Random) -> None:
    fields = [one for one in message.DESCRIPTOR.fields if one.message_type is None or not _is_map(one)]
    if not fields:
        return
    field = chance.choice(fields)
    if chance.random() < 0.15:
        message.ClearField(field.name)
    elif field.message_type is not None and not field.is_repeated:
        _spoil_field(getattr(message, field.name), chance)
    elif field.message_type is not None:
        _spoil_list(getattr(message, field.name), chance)
    elif field.is_repeated:
        getattr(message, field.name).extend([_value(field, chance)] * chance.choice([1, 1, 3000]))
    else:
        setattr(message, field.name, _value(field, chance))


def _is_map(field: Any) -> bool:
    return bool(field.message_type.GetOptions().map_entry)


def _spoil_list(entries: Any, chance: random.Random) -> None:
    if not entries or chance.random() < 0.2:
        _spoil_field(entries.add(), chance)
    elif chance.random() < 0.1:
        entries.extend([entries[0]] * chance.choice([1, 600]))
    else:
        _spoil_field(chance.choice(entries), chance)


def _value(field: Any, chance: random.Random) -> Any:
    if field.type == field.TYPE_STRING:
        return chance.choice(WORDS)
    if field.type == field.TYPE_BOOL:
        return chance.random() < 0.5
    if field.type == field.TYPE_BYTES:
        return chance.randbytes(9)
    return chance.choice(WIDE if field.type in (field.TYPE_INT64, field.TYPE_UINT64) else NUMBERS)
