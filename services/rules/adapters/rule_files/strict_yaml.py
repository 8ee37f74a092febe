"""Reads YAML so that it can only mean what a reader sees (reliability S5).

Refused with line and column: anchors, aliases, tags, merge keys, directives, further documents, duplicate keys, tabs,
unquoted words and numbers that YAML versions read differently (yes, off, ~, 017, 0x1F, 1e5, 12:30:45), decimals, more
than 256 KiB, 10,000 values or 20 levels. What is left is text, whole numbers, true and false, lists and maps.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_VALUES = 5_000
MAX_NUMBER = 2**53
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_READ_DIFFERENTLY = (
    (re.compile(r"(?i:yes|no|on|off|y|n)"), "AMBIGUOUS", 'is true or false to some readers; write true, false or "{}"'),
    (re.compile(r"TRUE|True|FALSE|False"), "AMBIGUOUS", "is written true or false, in small letters"),
    (re.compile(r"(?i:null)|~|"), "EMPTY", "is no value; leave the key out or give a value"),
    (re.compile(r"[-+]?0[0-9_]+"), "AMBIGUOUS", "is octal to some readers; drop the leading zero or quote it"),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+"), "AMBIGUOUS", "is not a plain whole number; write it in ten digits"),
    (re.compile(r"[-+]?[0-9]+(:[0-9]+)+(\.[0-9]*)?"), "AMBIGUOUS", 'is a number to some readers; quote it: "{}"'),
    (re.compile(r"[-+]?(?=[.0-9])[0-9_]*+(\.[0-9_]*+)?[eE][-+]?[0-9]++"), "NOT-WHOLE", "has an exponent; write it out"),
    (re.compile(r"[-+]?[0-9][0-9_]*\.[0-9_]*|[-+]?\.[0-9_]+"), "NOT-WHOLE", "is a decimal; write a whole number"),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "NOT-WHOLE", "is not a number to compare with"),
    (re.compile(r"\+[0-9_]+|-?[0-9]+_[0-9_]*"), "AMBIGUOUS", "is not a plain whole number; write digits only"),
    (re.compile(r"<<|="), "AMBIGUOUS", "has a hidden meaning to some readers; choose another key or value"),
)  # fmt: skip

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file: where, how bad, which kind, and what to do. Prints on one line."""

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}  {self.severity}  {self.code}  {self.message}"


@dataclass(slots=True)
class Document:
    """What a file holds, and the line and column of every value and key in it (both from 1)."""

    file: str
    data: Any = None
    values: dict[Place, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)

    def fault(self, place: Place, code: str, message: str, *, at_key: bool = False, severity: str = "error") -> Fault:
        """A fault at a value or key; at the nearest enclosing value if the place is not in the file."""
        marks = self.keys if at_key else self.values
        while place and place not in marks:
            place, marks = place[:-1], self.values
        line, column = marks.get(place, (1, 1))
        return Fault(self.file, line, column, severity, code, message)


class _Refused(Exception):
    def __init__(self, mark: Any, code: str, message: str) -> None:
        self.fault_at = (mark.line + 1, mark.column + 1, code, message)


def read(path: Path, name: str) -> tuple[Document, list[Fault]]:
    """Reads one file. `name` is how faults name it. The first thing that makes a file unreadable ends the reading."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    return parse(content, name)


def parse(content: bytes, name: str) -> tuple[Document, list[Fault]]:
    """Reads the content of one file."""
    document = Document(name)
    try:
        text = _text(content)
        _Reader(document).read(yaml.parse(text, Loader=_LOADER))
    except _Refused as refused:
        return document, [Fault(name, *refused.fault_at[:2], "error", *refused.fault_at[2:])]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return document, [Fault(name, line, column, "error", "NOT-YAML", f"{error.problem or error.context}.")]
    except (yaml.YAMLError, RecursionError) as error:
        return document, [Fault(name, 1, 1, "error", "NOT-YAML", f"cannot be read: {type(error).__name__}.")]
    return document, []


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    column: int


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _Refused(_Mark(0, 0), "TOO-LARGE", f"is larger than {MAX_BYTES // 1024} KiB; split it.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        raise _Refused(
            _Mark(before.count(b"\n"), len(before) - before.rfind(b"\n") - 1), "NOT-UTF-8", "is not UTF-8 text."
        ) from error
    odd = re.search(
        r"[^\n\x20-\x7e\xa0-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdff\U00010000-\U0010ffff]", text
    )
    if odd:
        mark = _Mark(text.count("\n", 0, odd.start()), odd.start() - text.rfind("\n", 0, odd.start()) - 1)
        code = "TAB" if odd.group() == "\t" else "INVISIBLE"
        raise _Refused(mark, code, f"holds the character U+{ord(odd.group()):04X}; use spaces and visible characters.")
    return text


class _Reader:
    """Builds plain data from the parser's events, refusing whatever is not plain."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._depth = 0

    def read(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1 or event.version or event.tags:
                    raise _Refused(
                        event.start_mark, "DOCUMENT", "is a directive or a second document; keep one per file."
                    )
            elif isinstance(event, yaml.NodeEvent):
                self._document.data = self._value(event, events, ())
        if documents == 0:
            raise _Refused(_Mark(0, 0), "EMPTY", "holds nothing.")

    def _value(self, event: Any, events: Iterator[Any], place: Place) -> Any:
        self._refuse_hidden(event)
        self._document.values[place] = (event.start_mark.line + 1, event.start_mark.column + 1)
        if len(self._document.values) > MAX_VALUES:
            raise _Refused(event.start_mark, "TOO-LARGE", f"is one of more than {MAX_VALUES} values; split the file.")
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _Refused(event.start_mark, "TOO-DEEP", f"is more than {MAX_DEPTH} levels deep.")
        value: Any = (
            self._list(events, place) if isinstance(event, yaml.SequenceStartEvent) else self._map(events, place)
        )
        self._depth -= 1
        return value

    def _list(self, events: Iterator[Any], place: Place) -> list[Any]:
        values: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._value(event, events, (*place, len(values))))
        return values

    def _map(self, events: Iterator[Any], place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event)
            if key in values:
                first = self._document.keys[(*place, key)][0]
                raise _Refused(
                    event.start_mark, "TWICE", f'"{key}" was given on line {first} already; keep one of them.'
                )
            self._document.keys[(*place, key)] = (event.start_mark.line + 1, event.start_mark.column + 1)
            values[key] = self._value(next(events), events, (*place, key))
        return values

    def _key(self, event: Any) -> str:
        self._refuse_hidden(event)
        key = _scalar(event) if isinstance(event, yaml.ScalarEvent) else None
        if not isinstance(key, str):
            raise _Refused(event.start_mark, "KEY", "is not a word; keys are words.")
        return key

    @staticmethod
    def _refuse_hidden(event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _Refused(
                event.start_mark, "ANCHOR", "uses an anchor or alias; write the value out where it is needed."
            )
        if event.tag is not None:
            raise _Refused(event.start_mark, "TAG", "carries a tag; leave it out.")


def _scalar(event: Any) -> str | int | bool:
    text: str = event.value
    if event.style:  # quoted or block text: never read as anything else
        return text
    if text in ("true", "false"):
        return text == "true"
    for pattern, code, advice in _READ_DIFFERENTLY:
        if pattern.fullmatch(text):
            raise _Refused(event.start_mark, code, f'"{text[:40]}" {advice.format(text[:40])}.')
    if not _WHOLE.fullmatch(text):
        return text
    if len(text) > 17 or abs(int(text)) >= MAX_NUMBER or text == "-0":
        raise _Refused(event.start_mark, "NUMBER", "is not a whole number that fits (less than 2 to the 53rd).")
    return int(text)
