"""Rows of a file of evidence, CSV or JSON Lines, as requests or as faults with their place. See docs/import.md."""

import csv
import io
import json
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from services.cli.evidence.fields import FIELDS, REQUIRED, FieldFault, evidence_item, unknown
from services.cli.evidence.json_faults import NOT_AN_OBJECT, TOO_DEEP, in_words
from services.cli.evidence.spreadsheets import (
    LARGEST_FILE,
    columns_of,
    in_columns,
    lines_above_header,
    separator_of,
    text_of,
    tidy,
)
from services.cli.failure import CommandError

# A whole file is held in memory. These limits, with LARGEST_FILE, keep that to some hundred megabytes.
LARGEST_FIELD = 8000
MOST_ROWS = 20_000
_JSON = (".jsonl", ".ndjson", ".json")
# Must never change: with another namespace, a file that was imported once would be recorded a second time.
_IDS = uuid.UUID("5e0e63b4-8b1c-5e55-b7a9-6a1c9a0f2d11")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at a place in the file. Lines and columns count from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its first line, and the request it makes or its faults. `row` counts rows of data from 1."""

    row: int
    line: int
    request: Any
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record:
    """A row's values and the column where each begins, by field; or the fault for which it cannot be read."""

    line: int
    values: Mapping[str, str]
    columns: Mapping[str, int]
    fault: Fault | None = None


def read_rows(file: Path, history: bool) -> list[Row]:
    """Return every row of a file in order.

    The same row makes the same request id in every import, so importing a file again changes nothing.

    Raises:
        CommandError: the file as a whole cannot be read. Nothing has been sent.
    """
    text = text_of(file)
    records = _json_records(file, text) if file.suffix.lower() in _JSON else _csv_records(file, text)
    rows: list[Row] = []
    seen: Counter[str] = Counter()
    for number, record in enumerate(records, 1):
        if number > MOST_ROWS:
            raise CommandError("INVALID_ARGUMENT", f"{file} has more than {MOST_ROWS} rows. Split the file.")
        rows.append(_row(number, record, seen, history))
    if not rows:
        raise CommandError("INVALID_ARGUMENT", f"{file} holds no rows.")
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
    # Counted, because two equal rows of one file are two items.
    seen[content] += 1
    request = evidence_pb2.CreateEvidenceItemRequest(
        parent=f"safeguarders/{safeguarder}",
        evidence_item=item,
        request_id=str(uuid.uuid5(_IDS, f"{content}/{seen[content]}")),
        history=history,
    )
    return Row(number, record.line, request)


def _csv_records(file: Path, text: str) -> Iterator[_Record]:
    # Not splitlines, which also breaks at characters that a text may contain, such as U+2028.
    lines = list(io.StringIO(text, newline=""))
    if not lines:
        return
    # The default of 128 KiB would stop the reader at a long field, instead of naming its row.
    csv.field_size_limit(LARGEST_FILE)
    above = lines_above_header(lines)
    mark = separator_of(lines[above])
    reader = csv.reader(lines, strict=True, delimiter=mark)
    try:
        header = columns_of(list(islice(reader, above + 1))[-1])
    except csv.Error as problem:
        raise CommandError("INVALID_ARGUMENT", f"{file}:1:1  the header cannot be read: {problem}") from None
    _check_header(f"{file}:{above + 1}", header, lines[above], mark)
    while True:
        start = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            if reader.line_num > start:
                # It has read on to the end of the file, so the rows after this one are lost.
                message = f"{file}:{start}:1  a quotation mark opened here is never closed. Nothing was sent."
                raise CommandError("INVALID_ARGUMENT", message) from None
            yield _Record(start, {}, {}, Fault(start, 1, f"is not well-formed CSV: {problem}"))
            continue
        raw = "".join(lines[start - 1 : reader.line_num])
        if any(value.strip() for value in values):  # a spreadsheet ends a file with rows of separators
            yield _csv_record(start, list(_columns(raw, mark)), header, in_columns(values, len(header)))


def _csv_record(line: int, starts: list[int], header: list[str], values: list[str]) -> _Record:
    if len(values) != len(header):
        message = f"has {len(values)} fields where the header has {len(header)}"
        return _Record(line, {}, {}, Fault(line, starts[min(len(values), len(header), len(starts)) - 1], message))
    if any(_not_utf8(value) for value in values):
        place = next(place for place, value in enumerate(values) if _not_utf8(value))
        message = f"{header[place]} is not UTF-8. Save the file as CSV UTF-8"
        return _Record(line, {}, {}, Fault(line, starts[place], message))
    filled = {name: tidy(value) for name, value in zip(header, values, strict=True)}
    return _Record(line, filled, dict(zip(header, starts, strict=False)))


def _columns(raw: str, mark: str) -> Iterator[int]:
    """Yield the column, from 1, in which each field of a row begins."""
    yield 1
    quoted = False
    for place, character in enumerate(raw, 1):
        if character == '"':
            quoted = not quoted
        elif character == mark and not quoted:
            yield place + 1


def _check_header(line: str, header: list[str], raw: str, mark: str) -> None:
    starts = list(_columns(raw, mark))
    for place, name in enumerate(header):
        here = f"{line}:{starts[place]}"
        if name not in FIELDS:
            raise CommandError("INVALID_ARGUMENT", f"{here}  {unknown(name, 'column')}")
        if name in header[:place]:
            raise CommandError("INVALID_ARGUMENT", f"{here}  {name} is a column already.")
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise CommandError("INVALID_ARGUMENT", f"{line}:1  columns are missing: {', '.join(missing)}")


def _json_records(file: Path, text: str) -> Iterator[_Record]:
    if re.match(r"\s*\[\s*\{", text):
        message = f"{file} holds one list. Write one object a line, without brackets and commas between them."
        raise CommandError("INVALID_ARGUMENT", f"{message} Nothing was sent.")
    if re.match(r'\s*\{\s*\n\s*"', text):
        message = f"{file} spreads an object over several lines. Write each object on one line."
        raise CommandError("INVALID_ARGUMENT", f"{message} Nothing was sent.")
    # A byte order mark within a text begins a file that was put after another.
    for line, raw in enumerate(text.replace("\n\ufeff", "\n").split("\n"), 1):
        if raw.strip():
            yield _json_record(line, raw)


class _Twice(ValueError):
    """A name that stands twice in one object."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Twice(name)
        found[name] = value
    return found


def _json_record(line: int, raw: str) -> _Record:
    """Return the values of a line, or its fault. Whatever is wrong with a line, the next ones are read (doors D15)."""
    if _not_utf8(raw):
        column = next(place for place, character in enumerate(raw, 1) if _not_utf8(character))
        return _faulty(line, column, "is not UTF-8. Save the file as UTF-8")
    found = _parsed(line, raw)
    if isinstance(found, _Record):
        return found
    for name, value in found.items():
        if not isinstance(value, str | bool | None):
            message = f"{name[:40]!r} is not a text. Write values as text, or as true and false."
            return _faulty(line, _place(raw, name), message)
        if _not_utf8(name) or (isinstance(value, str) and _not_utf8(value)):
            return _faulty(line, _place(raw, name), f"{name[:40]!r} holds half a character. Write it whole.")
    columns = {name: _place(raw, name) for name in found}
    return _Record(line, {name: _as_text(value) for name, value in found.items()}, columns)


def _parsed(line: int, raw: str) -> "dict[str, Any] | _Record":
    """Return the object of a line, or the record of its fault."""
    try:
        # A number is no value here. As a float it may have any number of digits without taking long to read.
        found = json.loads(raw, object_pairs_hook=_object, parse_int=float)
    except _Twice as twice:
        name = str(twice)
        return _faulty(line, _place(raw, name, last=True), f"{name[:40]!r} stands twice. Keep one of them.")
    except json.JSONDecodeError as problem:
        return _faulty(line, *in_words(raw, problem))
    except RecursionError:
        return _faulty(line, 1, TOO_DEEP)
    return found if isinstance(found, dict) else _faulty(line, 1, NOT_AN_OBJECT)


def _faulty(line: int, column: int, message: str) -> _Record:
    return _Record(line, {}, {}, Fault(line, column, message))


def _place(raw: str, name: str, *, last: bool = False) -> int:
    """Return the column of a name in a line; 1 if it is written in another way there."""
    written = json.dumps(name)
    return (raw.rfind(written) if last else raw.find(written)) + 1 or 1


def _as_text(value: str | bool | None) -> str:
    return tidy(value) if isinstance(value, str) else "" if value is None else str(value).lower()


def _not_utf8(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _too_long(values: Mapping[str, str]) -> Iterable[FieldFault]:
    return [
        FieldFault(name, f"{name} has more than {LARGEST_FIELD} characters")
        for name, value in values.items()
        if len(value) > LARGEST_FIELD
    ]
