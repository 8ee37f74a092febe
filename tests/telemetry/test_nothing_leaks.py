"""Traces, metrics, logs and events hold no name and no text that a person wrote. The scan finds planted leaks."""

import importlib
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from google.protobuf.message import Message

from services.child_screen import Sign, signs_of_a_child
from services.client.addresses import SERVICES
from services.platform.storage.sqlite.library import library
from services.platform.telemetry.traces import RPC_METHOD, SPAN_ATTRIBUTES
from tests.attacks.inside.heard import encodings
from tests.telemetry.collector import Collector, declared
from tests.telemetry.conftest import CANARIES, Observed
from tests.telemetry.declared import ATTRIBUTES
from tests.waiting import until

pytestmark = pytest.mark.journey

OPAQUE = re.compile(r"\b(?:[0-9a-f]{32,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")
"""An id or a hash that a program made."""
WHERE = ("traces and measures", "logs", "events")


def places(collector: Collector, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield everything that leaves a service or is kept for others to read."""
    for request in list(collector.received):
        yield "traces and measures", request.SerializeToString()
    for service in SERVICES:
        yield "logs", (folder / "logs" / f"{service}.log").read_bytes()
        with closing(library.connect(f"file:{folder / service}.db?mode=ro", uri=True)) as database:
            for row in database.execute("SELECT * FROM outbox"):
                yield "events", b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)


def leaks(collector: Collector, folder: Path) -> set[tuple[str, str, str]]:
    """Return where each canary was found, and in which form."""
    return {
        (where, canary, form)
        for where, content in places(collector, folder)
        for canary in CANARIES
        for form, written in encodings(canary).items()
        if written.lower() in content.lower()
    }


def texts(collector: Collector, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every text that leaves a service or is kept for others to read. Ids in bytes are no text of anybody."""
    for request in list(collector.received):
        yield from (("traces and measures", text) for text in texts_in(request))
    for service in SERVICES:
        yield from (("logs", line) for line in (folder / "logs" / f"{service}.log").read_text().splitlines())
        contract = importlib.import_module(f"psmf.{service}.v1.events_pb2")
        with closing(library.connect(f"file:{folder / service}.db?mode=ro", uri=True)) as database:
            for kind, data in database.execute("SELECT type, data FROM outbox"):
                yield from (
                    ("events", text) for text in texts_in(getattr(contract, kind.rpartition(".")[2]).FromString(data))
                )


def texts_in(message: Message) -> Iterator[str]:
    """Yield the texts of a message and of those in it."""
    for field, value in message.ListFields():
        for each in value if field.is_repeated else [value]:
            if isinstance(each, Message):
                yield from texts_in(each)
            elif isinstance(each, str):
                yield each


def signs(collector: Collector, folder: Path) -> set[tuple[str, Sign]]:
    """Return where the screen of free texts finds that a child is named.

    Opaque ids are left out: one in a thousand has ten digits in a row that could be a health number.
    """
    found = ((where, OPAQUE.sub("", text)) for where, text in texts(collector, folder))
    return {(where, sign) for where, text in found for sign in signs_of_a_child(text, 2026)}


def test_no_name_and_no_word_that_somebody_wrote_leaks(observed: Observed) -> None:
    until(lambda: len(observed.collector.measures()) == len(SERVICES), 20)
    seen = {where for where, content in places(observed.collector, observed.folder) if content}
    assert seen == set(WHERE), "the scan must have looked everywhere"
    assert leaks(observed.collector, observed.folder) == set()


def test_the_screen_of_free_texts_finds_no_child_in_what_leaves_a_service(observed: Observed) -> None:
    """D15.14: by what the screen knows, and not only by the words that were planted."""
    until(lambda: len(observed.collector.measures()) == len(SERVICES), 20)
    assert {where for where, _ in texts(observed.collector, observed.folder)} == set(WHERE)
    assert signs(observed.collector, observed.folder) == set()


def test_spans_and_measures_have_declared_attributes_only(observed: Observed) -> None:
    until(lambda: len(observed.collector.measures()) == len(SERVICES), 20)
    of_spans = {name for span in observed.collector.spans() for name in span.attributes}
    of_measures = {
        entry.key for name in declared() for point in observed.collector.points(name) for entry in point.attributes
    }
    assert RPC_METHOD in of_spans & of_measures
    assert of_spans <= SPAN_ATTRIBUTES
    assert of_measures <= ATTRIBUTES


def test_what_was_written_did_reach_the_service(observed: Observed) -> None:
    """Otherwise the scan would find nothing because nothing was there."""
    files = [file for file in observed.folder.glob("evidence.db*") if file.suffix in (".db", ".db-wal")]
    evidence = b"".join(file.read_bytes() for file in files)
    assert all(canary.encode() in evidence for canary in CANARIES)


@pytest.mark.parametrize("form", encodings("Seafield"))
@pytest.mark.parametrize("where", WHERE)
def test_the_scan_finds_a_planted_leak(where: str, form: str, tmp_path: Path) -> None:
    collector = Collector()
    written = encodings("Seafield")[form]
    (tmp_path / "logs").mkdir()
    for service in SERVICES:
        (tmp_path / "logs" / f"{service}.log").write_bytes(written if where == "logs" else b"")
        with closing(library.connect(tmp_path / f"{service}.db")) as database:
            database.execute("CREATE TABLE outbox (position INTEGER, data BLOB)")
            database.execute("INSERT INTO outbox VALUES (1, ?)", (written if where == "events" else b"",))
            database.commit()
    if where == "traces and measures":
        collector.received.append(Sent(b"before " + written))
    assert (where, "Seafield", form) in leaks(collector, tmp_path)


def test_the_screen_finds_a_child_that_is_planted_in_a_log(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    for service in SERVICES:
        line = '{"event": "stored", "text": "wee Isla, born 3 May 2014"}' if service == "rules" else ""
        (tmp_path / "logs" / f"{service}.log").write_text(line)
        with closing(library.connect(tmp_path / f"{service}.db")) as database:
            database.execute("CREATE TABLE outbox (type TEXT, data BLOB)")
    assert signs(Collector(), tmp_path) == {("logs", Sign.NAME), ("logs", Sign.BIRTH)}


class Sent:
    """A request from a collector's client, as bytes."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def SerializeToString(self) -> bytes:  # noqa: N802  protobuf gives the method its name
        return self._content
