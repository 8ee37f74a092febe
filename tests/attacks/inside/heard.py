"""Everything that the services and the console say to others than their caller, and the words looked for in it."""

import base64
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from structlog.testing import capture_logs

from services.console import frame
from services.console.calls import caller
from services.platform.storage.database import execute
from services.platform.telemetry import metrics, traces
from tests.between.together import Together
from tests.console.site import Answer

PLACES = ("logs", "traces", "measures", "events", "mails", "refusals", "console")


def encodings(word: str) -> dict[str, bytes]:
    """Return a word in each form in which it could leak (reliability S9)."""
    plain = word.encode()
    return {
        "plain": plain,
        "UTF-16": word.encode("utf-16-le"),
        "base64": base64.b64encode(plain)[: len(plain) // 3 * 4],
        "URL": "".join(f"%{byte:02x}" for byte in plain).encode(),
        "quoted URL": urllib.parse.quote(word + " ").encode(),
        "JSON escape": "".join(f"\\u{ord(letter):04x}" for letter in word).encode(),
        "reversed": plain[::-1],
    }


class Measure:
    """A measure that keeps the attributes it is given."""

    def __init__(self, kept: list[Any]) -> None:
        self._kept = kept

    def record(self, value: float, attributes: Any = None) -> None:
        """Keep what a point would say."""
        self._kept.append(attributes)

    add = record


@dataclass
class Heard:
    """What was said: lines of logs, spans, measures, refusals, and what a page tells beside its content."""

    logs: list[Any] = field(default_factory=list)
    spans: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)
    measures: list[Any] = field(default_factory=list)
    refusals: list[Any] = field(default_factory=list)
    pages: list[Any] = field(default_factory=list)

    def note_page(self, answer: Answer) -> None:
        """Keep the title and the headers of a page: its address goes into histories, and its cookies are sent back."""
        title = answer.body.partition(b"<title>")[2].partition(b"</title>")[0]
        self.pages.append((title.decode(), answer.headers))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear everything that this process says meanwhile."""
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(self.spans))
        measure = Measure(self.measures)
        with pytest.MonkeyPatch.context() as patch, capture_logs() as lines:
            patch.setattr(traces, "_tracer", provider.get_tracer("psmf"))
            patch.setattr(traces._Switch, "traces", True)
            for module, name in (
                (metrics, "CALLS"), (metrics, "REQUESTS"), (caller, "AWAY"), (frame, "CSRF_REFUSED"),
            ):  # fmt: skip
                patch.setattr(module, name, measure)
            self.logs.append(lines)
            yield

    def everything(self, running: Together) -> Iterator[tuple[str, str]]:
        """Yield all that was said, by its place. What is kept of events and mails is from the beginning."""
        yield from (("logs", str(lines)) for lines in self.logs)
        yield from (("traces", span.to_json()) for span in self.spans.get_finished_spans())
        yield from (("measures", str(attributes)) for attributes in self.measures)
        yield from (("refusals", str(refusal)) for refusal in self.refusals)
        yield from (("console", str(page)) for page in self.pages)
        yield from (("mails", mail.as_string()) for mail in running.mail.taken)
        for service in running.services.values():
            with service.database.read() as connection:
                for row in execute(connection, "SELECT * FROM outbox", ()).fetchall():
                    yield "events", " ".join(v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in row)


def found(said: dict[str, bytes], words: tuple[str, ...]) -> set[tuple[str, str, str]]:
    """Return where each word was found, and in which form. `said`: everything, by its place."""
    return {
        (place, word, form)
        for place, content in said.items()
        for word in words
        for form, written in encodings(word).items()
        if written.lower() in content
    }


def by_place(heard: Heard, running: Together) -> dict[str, bytes]:
    """Return everything that was said, in small letters, by its place."""
    said: dict[str, list[str]] = {place: [] for place in PLACES}
    for place, content in heard.everything(running):
        said[place].append(content)
    return {place: "\n".join(parts).encode("utf-8", "backslashreplace").lower() for place, parts in said.items()}
