"""Logs: ids and outcomes, never people. Every field of a line is declared, here or by the service."""

import contextlib
import functools
import logging
import sys
from collections.abc import Iterator, MutableMapping
from typing import Any, TextIO

from opentelemetry import trace


@contextlib.contextmanager
def _hidden(module: str) -> Iterator[None]:
    """Let imports in the block find no such module."""
    before = sys.modules.get(module)
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]
        if before is not None:
            sys.modules[module] = before


# structlog takes rich, if there is one, to draw tracebacks in colour. A service writes lines of JSON.
with _hidden("rich"):
    import structlog

LOG_FIELDS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "service",
        "method",
        "code",
        "reason",
        "reference",
        "trace_id",
        "source",
        "position",
        "event_id",
        "type",
        "count",
        "error",
        "address",
        "seconds",
        "place",
    }
)
"""Fields that a log line of any service may have. Undeclared fields are dropped before a line is written (S9)."""


def log() -> Any:
    """Return the structured logger."""
    return structlog.get_logger()


def configure(service: str, own_fields: frozenset[str] = frozenset()) -> None:
    """Write logs as lines of JSON on standard error, with no fields but `LOG_FIELDS` and `own_fields`."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            functools.partial(_with_origin, service),
            functools.partial(_only_declared_fields, LOG_FIELDS | own_fields),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(_Lines(sys.stderr)),  # type: ignore[arg-type]
    )
    logging.getLogger().addHandler(_OfLibraries(logging.WARNING))


def hush(library: str) -> None:
    """Silence the log of a library whose errors already reach its caller."""
    logging.getLogger(library).setLevel(logging.CRITICAL)


class _Lines:
    """Standard error, where a line that cannot be written is left out (F13).

    It may be a file on a full disk, or closed. A log is no reason to end a thread, or to fail somebody's call.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write a text if that is possible."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)

    def flush(self) -> None:
        """Hand on what was written if that is possible."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


class _OfLibraries(logging.Handler):
    """A handler that writes warnings of libraries as our lines. It leaves out their text, which may be personal."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        log().warning("library_warned", source=record.name, place=f"{record.module}:{record.lineno}", error=error)


def _with_origin(service: str, _: Any, __: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    fields["service"] = service
    current = trace.get_current_span().get_span_context()
    if current.is_valid:
        fields["trace_id"] = trace.format_trace_id(current.trace_id)
    return fields


def _only_declared_fields(
    declared: frozenset[str], _: Any, __: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {name: value for name, value in fields.items() if name in declared}
