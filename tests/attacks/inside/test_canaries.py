"""Sixty words that people wrote come out nowhere but where they were written for (reliability S9, console 8).

Logs, traces, measures, events, mails, refusals, and what a page tells beside its content: its title, its headers, its
cookies and where it leads. The scan finds all sixty in a process that leaks on purpose.
"""

import random
from collections.abc import Iterator
from smtplib import SMTP
from typing import Any

import grpc
import pytest
from opentelemetry.trace import SpanKind
from psmf.scheduling.v1 import events_pb2

from services.console.frame import Frame
from services.platform.calls import gate
from services.platform.calls.wire import to_date
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute
from services.platform.telemetry import metrics, traces
from services.platform.telemetry.logs import log
from tests.access.table import methods
from tests.answers import answer_of
from tests.attacks.attempts import attempted
from tests.attacks.inside.heard import PLACES, Heard, by_place, encodings, found
from tests.attacks.inside.pages_by_reader import READERS, addresses, opened_by, put_beside, with_ids
from tests.attacks.inside.whole_suite import CANARIES, Whole
from tests.builders import an_item_request
from tests.sizes import part_of
from tests.waiting import HUNG
from tests.world import SERVICES

ALL = " ".join(CANARIES)
TYPED = ("Demo Quillsearched", "quilltyped")
"""A name that somebody looks for, and words of a form that is not taken."""


@pytest.fixture(scope="module")
def ids(doors: Whole) -> dict[str, str]:
    """The ids of what is on file about sg-one."""
    return put_beside(doors)


def refuse(doors: Whole, heard: Heard, path: str, body: bytes) -> None:
    """Send bytes that are no request, or none that is taken, to a method, and keep the refusal."""
    service = path.split(".")[1] if not path.startswith("/psmf.platform") else SERVICES[0]
    method: Any = doors.running.services[service].channel.unary_stream(path)
    call = method(body, timeout=HUNG, **doors.running.as_("panel-team"))
    try:
        next(call, None)
        call.cancel()
    except grpc.RpcError as problem:
        heard.refusals.append((answer_of(problem), problem.trailing_metadata(), problem.details()))


def use(doors: Whole, heard: Heard, ids: dict[str, str]) -> int:
    """Open pages, send forms and messages that are refused, and return how many times something was said."""
    every = [(reader, address) for address in addresses() for reader in opened_by(address)]
    for reader, address in random.Random(ALL).sample(every, part_of(len(every))):
        heard.note_page(doors.get(READERS[reader], with_ids(address, ids)))
    for path in [method.rules.path for method in methods()][:: 1 if len(every) == part_of(len(every)) else 8]:
        refuse(doors, heard, path, b"\x0a\x80\x08" + ALL.encode()[:1024])
        refuse(doors, heard, path, b"\x0a" + bytes([len(CANARIES[0])]) + CANARIES[0].encode())
    heard.note_page(doors.post("panel-team", "/search", {"text": TYPED[0]}))
    item = with_ids("/my-file/evidence/e-1/reply", ids)
    heard.note_page(doors.post("person-one", item, {"words": TYPED[1] + " was born on 3 May 2014"}))
    heard.note_page(doors.console.post(item, {"words": TYPED[1]}))
    heard.note_page(doors.get("", f"/feedback/{doors.token}"))
    return len(heard.pages) + len(heard.refusals)


def test_no_word_that_somebody_wrote_comes_out_anywhere_else(doors: Whole, ids: dict[str, str]) -> None:
    heard = doors.heard
    with heard.listening():
        used = use(doors, heard, ids)
    said = by_place(heard, doors.running)
    assert all(said[place] for place in PLACES), "the scan must have looked everywhere"
    words = (*CANARIES, *(word.lower() for word in TYPED), doors.token)
    attempted("Sixty words that people wrote, looked for where they do not belong", used, found(said, words))


def test_all_sixty_are_kept_where_they_belong(doors: Whole) -> None:
    """Otherwise the scan would find nothing because nothing was there."""
    kept = b"".join(file.read_bytes() for file in (doors.folder / "services").glob("*.db*"))
    assert [canary for canary in CANARIES if canary.encode() not in kept] == []


@pytest.fixture
def leaking(doors: Whole, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """The same process with a leak for each place, of whatever a caller sends."""
    answer, finished, running = gate.Gate.answer, Frame._finished, doors.running
    scheduling = running.services["scheduling"]
    before, heard = scheduling.head(), Heard()
    host, _, port = running.mail.address.rpartition(":")

    def leaks(gate: Any, method: Any, arrived: Any) -> bytes:
        message = method.decode(arrived.body) if isinstance(arrived.body, bytes) else None
        sent = getattr(getattr(message, "evidence_item", None), "summary", "")
        log().info("called", text=sent)
        metrics.CALLS.record(1.0, {"text": sent})
        with traces._span("a call", SpanKind.INTERNAL, attributes={"text": sent}):
            arrived.context.set_trailing_metadata((("text", sent),))
        with SMTP(host, int(port)) as mail:
            words = sent.replace(" ", "\n")
            mail.sendmail("psmf@example.invalid", ["a@example.invalid"], f"Subject: told\n\n{words}\n")
        event = events_pb2.SupportManagerAllocated(safeguarder_id=sent)
        scheduling.database.write(lambda tx: add_events(tx, [("sg-one", event)], running.clock.now()))
        heard.refusals.append(sent)
        return answer(gate, method, arrived)

    def leaks_from_pages(frame: Any, visit: Any, response: Any) -> Any:
        response.headers["x-form"] = str(dict(visit.form))
        return finished(frame, visit, response)

    monkeypatch.setattr(gate.Gate, "answer", leaks)
    monkeypatch.setattr(Frame, "_finished", leaks_from_pages)
    with heard.listening():
        yield heard
    deleted = "DELETE FROM outbox WHERE position > ?"
    scheduling.database.write(lambda tx: execute(tx, deleted, (before,)))


def test_the_scan_finds_all_sixty_in_a_process_that_leaks_on_purpose(doors: Whole, leaking: Heard) -> None:
    day = to_date(doors.running.ago(20))
    request = an_item_request("sg-one", summary=ALL, happened_date=day, received_date=day)
    request.validate_only = True
    doors.running.evidence.CreateEvidenceItem(request, **doors.running.as_("panel-team"))
    leaking.note_page(doors.post("panel-team", "/search", {"text": ALL}))
    seen = found(by_place(leaking, doors.running), CANARIES)
    assert {(place, word) for place, word, _ in seen} == {(place, word) for place in PLACES for word in CANARIES}


@pytest.mark.parametrize("form", encodings("Seafield"))
def test_the_scan_finds_a_word_in_each_form(form: str) -> None:
    said = {"logs": b"before " + encodings("Seafield")[form].lower() + b" after"}
    assert ("logs", "Seafield", form) in found(said, ("Seafield",))
