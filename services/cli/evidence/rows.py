"""Rows of a file of evidence, CSV or JSON Lines, as requests, with a place for every fault. See docs/import.md."""

import csv
import io
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from services.cli.evidence.fields import FIELDS, REQUIRED, FieldFault, evidence_item
from services.cli.failure import CommandError

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_FIELD = 8000
MOST_ROWS = 20_000
_IDS = uuid.UUID("5e0e63b4-8b1c-5e55-b7a9-6a1c9a0f2d11")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of the file, lines and columns from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it starts, and the request it makes or what is wrong with it. `row` counts rows of data from 1."""

    row: int
    line: int
    request: Any
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record:
    """A row's values by field, and the column each starts in; or a fault that kept it from being read."""

    line: int
    values: Mapping[str, str]
    columns: Mapping[str, int]
    fault: Fault | None = None


def read_rows(file: Path, history: bool) -> list[Row]:
    """Every row of a file, in order. The same row makes the same request id in every import: a repeat is harmless.

    Raises:
        CommandError: when the file as a whole cannot be read; nothing has been sent then.
    """
    text = _text(file)
    records = _json_records(text) if file.suffix in (".jsonl", ".ndjson") else _csv_records(file, text)
    rows: list[Row] = []
    seen: Counter[str] = Counter()
    for number, record in enumerate(records, 1):
        if number > MOST_ROWS:
            raise CommandError("INVALID_ARGUMENT", f"{file}: has more than {MOST_ROWS} rows. Split the file.")
        rows.append(_row(number, record, seen, history))
    if not rows:
        raise CommandError("INVALID_ARGUMENT", f"{file}: holds no rows.")
    return rows


def _row(number: int, record: _Record, seen: Counter[str], history: bool) -> Row:
    from psmf.evidence.v1 import evidence_pb2

    if record.fault:
        return Row(number, record.line, None, (record.fault,))
    item, found = evidence_item(record.values)
    faults = tuple(
        Fault(record.line, record.columns.get(fault.field, 1), fault.message)
        for fault in (*_too_long(record.values), *found)
    )
    if faults:
        return Row(number, record.line, None, faults)
    safeguarder = record.values["safeguarder"]
    content = json.dumps([safeguarder, sorted(record.values.items())])
    seen[content] += 1
    request = evidence_pb2.CreateEvidenceItemRequest(
        parent=f"safeguarders/{safeguarder}",
        evidence_item=item,
        request_id=str(uuid.uuid5(_IDS, f"{content}/{seen[content]}")),
        history=history,
    )
    return Row(number, record.line, request)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE:
            message = f"{file}: is larger than {LARGEST_FILE // 1024 // 1024} MiB. Split the file."
            raise CommandError("INVALID_ARGUMENT", message)
        # Bytes that are not UTF-8 are kept as surrogates, so that the row they stand in can be named.
        return file.read_bytes().decode("utf-8-sig", "surrogateescape")
    except OSError as problem:
        raise CommandError("USAGE", f"{file}: cannot be read: {problem.strerror}") from None


def _csv_records(file: Path, text: str) -> Iterator[_Record]:
    # Not splitlines: it also breaks at characters that may stand inside a text.
    lines = list(io.StringIO(text, newline=""))
    if not lines:
        return
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(lines, strict=True)
    try:
        header = [name.strip() for name in next(reader)]
    except (csv.Error, StopIteration) as problem:
        raise CommandError("INVALID_ARGUMENT", f"{file}:1:1  the header cannot be read: {problem}") from None
    _check_header(file, header, lines[0])
    while True:
        start = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            if reader.line_num > start:
                message = f"{file}:{start}:1  a quotation mark opened here is never closed. Nothing was sent."
                raise CommandError("INVALID_ARGUMENT", message) from None
            yield _Record(start, {}, {}, Fault(start, 1, f"is not well-formed CSV: {problem}"))
            continue
        raw = "".join(lines[start - 1 : reader.line_num])
        if values:
            yield _csv_record(start, raw, header, values)


def _csv_record(line: int, raw: str, header: list[str], values: list[str]) -> _Record:
    starts = list(_columns(raw))
    if len(values) != len(header):
        message = f"has {len(values)} fields where the header has {len(header)}"
        return _Record(line, {}, {}, Fault(line, starts[min(len(values), len(header), len(starts)) - 1], message))
    if any(_not_utf8(value) for value in values):
        place = next(place for place, value in enumerate(values) if _not_utf8(value))
        return _Record(line, {}, {}, Fault(line, starts[place], f"{header[place]} is not UTF-8"))
    filled = {name: value.strip() for name, value in zip(header, values, strict=True)}
    return _Record(line, filled, dict(zip(header, starts, strict=True)))


def _columns(raw: str) -> Iterator[int]:
    """The column, from 1, in which each field of a row starts."""
    yield 1
    quoted = False
    for place, character in enumerate(raw, 1):
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            yield place + 1


def _check_header(file: Path, header: list[str], raw: str) -> None:
    starts = list(_columns(raw))
    for place, name in enumerate(header):
        here = f"{file}:1:{starts[place]}"
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else " See docs/import.md."
            raise CommandError("INVALID_ARGUMENT", f"{here}  {name[:40]!r} is not a column.{hint}")
        if name in header[:place]:
            raise CommandError("INVALID_ARGUMENT", f"{here}  {name} stands there twice.")
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise CommandError("INVALID_ARGUMENT", f"{file}:1:1  columns are missing: {', '.join(missing)}")


def _json_records(text: str) -> Iterator[_Record]:
    for line, raw in enumerate(text.split("\n"), 1):
        if raw.strip():
            yield _json_record(line, raw)


def _json_record(line: int, raw: str) -> _Record:
    if _not_utf8(raw):
        column = next(place for place, character in enumerate(raw, 1) if _not_utf8(character))
        return _Record(line, {}, {}, Fault(line, column, "is not UTF-8"))
    try:
        found = json.loads(raw)
    except (json.JSONDecodeError, RecursionError) as problem:
        column = getattr(problem, "colno", 1)
        return _Record(
            line, {}, {}, Fault(line, column, f"is not JSON: {getattr(problem, 'msg', 'nested too deeply')}")
        )
    if not isinstance(found, dict):
        return _Record(line, {}, {}, Fault(line, 1, "is not an object: write one object a line"))
    columns = {name: raw.find(json.dumps(name)) + 1 or 1 for name in found}
    for name, value in found.items():
        if not isinstance(value, str | bool):
            message = f"{name[:40]!r} holds no text. Write values as text, or true and false."
            return _Record(line, {}, {}, Fault(line, columns[name], message))
    return _Record(line, {name: _as_text(value) for name, value in found.items()}, columns)


def _as_text(value: str | bool) -> str:
    return value.strip() if isinstance(value, str) else str(value).lower()


def _not_utf8(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _too_long(values: Mapping[str, str]) -> Iterable[FieldFault]:
    return [
        FieldFault(name, f"{name} has more than {LARGEST_FIELD} characters")
        for name, value in values.items()
        if len(value) > LARGEST_FIELD
    ]
