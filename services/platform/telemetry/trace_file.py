"""Spans in a file, one JSON object a line, for a machine without a collector: the demo's, or an engineer's."""

import json
from pathlib import Path

from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter
from opentelemetry.trace import format_span_id, format_trace_id

SOON_MS = 500
"""Longest time until a finished span is in the file, so that somebody who looks finds what they have just done."""


def to_file(file: Path) -> SpanProcessor:
    """Return a processor that appends each finished span to a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # Open for as long as the process runs. Each span is one write, so spans of a process that dies stay whole.
    out = file.open("a", encoding="utf-8")
    return BatchSpanProcessor(ConsoleSpanExporter(out=out, formatter=_line), schedule_delay_millis=SOON_MS)


def _line(span: ReadableSpan) -> str:
    context, began, ended = span.get_span_context(), span.start_time or 0, span.end_time or 0
    return (
        json.dumps(
            {
                "trace": format_trace_id(context.trace_id) if context else "",
                "span": format_span_id(context.span_id) if context else "",
                "parent": format_span_id(span.parent.span_id) if span.parent else "",
                "name": span.name,
                "began_ns": began,
                "took_ns": ended - began,
                "attributes": dict(span.attributes or {}),
            }
        )
        + "\n"
    )
