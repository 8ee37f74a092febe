"""YAML that can only mean what a reader sees (reliability S5).

These are refused, with line and column:

- anchors, aliases, tags, merge keys, directives, a second document, duplicate keys and tabs;
- unquoted words and numbers that versions of YAML read differently, such as yes, off, ~, 017, 0x1F, 1e5 and 12:30:45;
- decimals;
- characters that cannot be seen, or that change the order in which text is shown;
- more than 256 KiB, 5,000 values or 20 levels.

What is left is text, whole numbers, true and false, lists and maps.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from services.plain_text import has_unseen
from services.platform.data_file import YAML_LOADER
from services.rules.adapters.rule_files.yaml_faults import in_words

# Far more than any rule file needs, and little enough that a hostile file is refused before it costs time or memory.
MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_VALUES = 5_000
FILES_KEPT = 64
"""Files kept as read: those of a few rulebooks."""
# Below this, JSON and the rules engine hold every whole number exactly.
MAX_NUMBER = 2**53

_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
# `*+` and `++` never give characters back, so that a long text that is almost a number is refused without delay.
_READ_DIFFERENTLY = (
    (re.compile(r"(?i:yes|no|on|off|y|n)"), "AMBIGUOUS", 'means true or false in some YAML. Write true, false or "{}"'),
    (re.compile(r"TRUE|True|FALSE|False"), "AMBIGUOUS", "must be written true or false, in small letters"),
    (re.compile(r"(?i:null)|~|"), "EMPTY", "is not a value. Leave the key out or give a value"),
    (re.compile(r"[-+]?0[0-9_]+"), "AMBIGUOUS", "is octal in some YAML. Drop the leading zero or quote it"),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+"), "AMBIGUOUS", "is not a decimal number. Use the digits 0 to 9 only"),
    (re.compile(r"[-+]?[0-9]+(:[0-9]+)+(\.[0-9]*)?"), "AMBIGUOUS", 'is a number in some YAML. Quote it: "{}"'),
    (re.compile(r"[-+]?(?=[.0-9])[0-9_]*+(\.[0-9_]*+)?[eE][-+]?[0-9]++"), "NOT-WHOLE", "has an exponent. Write it out"),
    (re.compile(r"[-+]?[0-9][0-9_]*\.[0-9_]*|[-+]?\.[0-9_]+"), "NOT-WHOLE", "is a decimal. Write a whole number"),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "NOT-WHOLE", "is not a whole number. Write a whole number"),
    (re.compile(r"\+[0-9_]+|-?[0-9]+_[0-9_]*"), "AMBIGUOUS", "is not a plain whole number. Write digits only"),
    (re.compile(r"<<|="), "AMBIGUOUS", "has a hidden meaning in some YAML. Choose another key or value"),
)  # fmt: skip

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault in a file: where it is, how bad, of which kind, and what to do. Prints on one line.

    Line and column count from 1. `severity` is `error` or `warn`; a warning refuses nothing.
    """

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}  {self.severity}  {self.code}  {self.message}"


@dataclass(slots=True, eq=False)
class Document:
    """The content of a file, with the line and column of every value and key in it. Both count from 1."""

    file: str
    data: Any = None
    values: dict[Place, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)

    def fault(self, place: Place, code: str, message: str, *, at_key: bool = False, severity: str = "error") -> Fault:
        """Return a fault at a value or key, or at the nearest enclosing value if the place is not in the file."""
        marks = self.keys if at_key else self.values
        while place and place not in marks:
            place, marks = place[:-1], self.values
        line, column = marks.get(place, (1, 1))
        return Fault(self.file, line, column, severity, code, message)


class _Refused(Exception):
    """The first thing that makes a file unreadable."""

    def __init__(self, mark: Any, code: str, message: str) -> None:
        self.fault_at = (mark.line + 1, mark.column + 1, code, message)


def read(path: Path, name: str) -> tuple[Document, list[Fault]]:
    """Read one file. `name` is how faults name it. The document is shared with other readers: change nothing in it.

    Reading ends at the first thing that makes a file unreadable, because what follows cannot be trusted.
    """
    # One byte more than allowed is enough to see that a file is too large, however large it is.
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    document, faults = _read_before(content, name)
    return document, list(faults)


def read_text(text: str, name: str) -> tuple[Document, list[Fault]]:
    """Read the text of one file, as `read` reads a file."""
    document, faults = _read_before(text.encode(), name)
    return document, list(faults)


# A change of the rulebook changes one file of fifteen. The others are not read again, neither for a check nor a draft.
@lru_cache(maxsize=FILES_KEPT)
def _read_before(content: bytes, name: str) -> tuple[Document, tuple[Fault, ...]]:
    document, faults = parse(content, name)
    return document, tuple(faults)


def parse(content: bytes, name: str) -> tuple[Document, list[Fault]]:
    """Read the content of one file. Return what it holds, and its fault if it has one."""
    document = Document(name)
    try:
        text = _text(content)
        _Reader(document).read(yaml.parse(text, Loader=YAML_LOADER))
    except _Refused as refused:
        return document, [Fault(name, *refused.fault_at[:2], "error", *refused.fault_at[2:])]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return document, [Fault(name, line, column, "error", "NOT-YAML", in_words(error, text.split("\n")))]
    except (yaml.YAMLError, RecursionError) as error:
        return document, [Fault(name, 1, 1, "error", "NOT-YAML", f"This file cannot be read: {type(error).__name__}.")]
    return document, []


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    column: int


def plain_text(content: bytes) -> str:
    """Return the text of a file as every command and the service read it: without byte order mark, with line feeds.

    An editor on Windows may add the mark and end lines with CR LF. Neither changes what the file says (doors D12).

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _Refused(_Mark(0, 0), "TOO-LARGE", f"The file is larger than {MAX_BYTES // 1024} KiB. Split it.")
    try:
        text = plain_text(content)
    except UnicodeDecodeError as error:
        before = content[: error.start]
        mark = _Mark(before.count(b"\n"), len(before) - before.rfind(b"\n") - 1)
        raise _Refused(mark, "NOT-UTF-8", "This is not UTF-8 text. Save the file as UTF-8.") from error
    # Allowed are line feeds and characters that can be seen. Everything else can make a file look different from what
    # it says: control and zero-width characters, other line ends, marks of direction, and the byte order mark.
    odd = re.search(
        r"[^\n\x20-\x7e\xa0-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdff\U00010000-\U0010ffff]", text
    )
    if odd:
        mark = _Mark(text.count("\n", 0, odd.start()), odd.start() - text.rfind("\n", 0, odd.start()) - 1)
        if odd.group() == "\t":
            raise _Refused(mark, "TAB", "This is a tab. Write spaces instead.")
        message = f"Here is a character that cannot be seen, U+{ord(odd.group()):04X}. Delete it."
        raise _Refused(mark, "INVISIBLE", message)
    return text


class _Reader:
    """Plain data, built from the parser's events.

    Working on events means that no alias is ever followed: a file cannot grow into gigabytes while it is read.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._depth = 0

    def read(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1 or event.version or event.tags:
                    message = "This is a directive or a second document. A file has one document and no directive."
                    raise _Refused(event.start_mark, "DOCUMENT", message)
            elif isinstance(event, yaml.NodeEvent):
                self._document.data = self._value(event, events, ())
        if documents == 0:
            raise _Refused(_Mark(0, 0), "EMPTY", "The file holds nothing.")

    def _value(self, event: Any, events: Iterator[Any], place: Place) -> Any:
        self._refuse_hidden(event)
        self._document.values[place] = (event.start_mark.line + 1, event.start_mark.column + 1)
        if len(self._document.values) > MAX_VALUES:
            raise _Refused(event.start_mark, "TOO-LARGE", f"The file has more than {MAX_VALUES} values. Split it.")
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        self._depth += 1
        # Before going deeper, so that the limit is met long before Python's own.
        if self._depth > MAX_DEPTH:
            message = f"This is more than {MAX_DEPTH} levels deep. Write it with fewer levels."
            raise _Refused(event.start_mark, "TOO-DEEP", message)
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
                message = f'"{key}" is already given on line {first}. Keep one of them.'
                raise _Refused(event.start_mark, "TWICE", message)
            self._document.keys[(*place, key)] = (event.start_mark.line + 1, event.start_mark.column + 1)
            values[key] = self._value(next(events), events, (*place, key))
        return values

    def _key(self, event: Any) -> str:
        self._refuse_hidden(event)
        key = _scalar(event) if isinstance(event, yaml.ScalarEvent) else None
        if not isinstance(key, str):
            raise _Refused(event.start_mark, "KEY", "This key is not a word. Keys are words.")
        return key

    @staticmethod
    def _refuse_hidden(event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            message = "This is an anchor or alias. Write the value out where it is needed."
            raise _Refused(event.start_mark, "ANCHOR", message)
        if event.tag is not None:
            raise _Refused(event.start_mark, "TAG", "This value has a tag. Leave the tag out.")


def _scalar(event: Any) -> str | int | bool:
    text: str = event.value
    if has_unseen(text):
        # An escape such as \e in quotes is plain text in the file, and the character itself once it is read.
        message = "This value holds a character that cannot be seen, or writes one as an escape. Delete it."
        raise _Refused(event.start_mark, "INVISIBLE", message)
    if event.style:  # Quoted or block text is text in every version of YAML.
        return text
    if text in ("true", "false"):
        return text == "true"
    for pattern, code, advice in _READ_DIFFERENTLY:
        if pattern.fullmatch(text):
            raise _Refused(event.start_mark, code, f'"{text[:40]}" {advice.format(text[:40])}.')
    if not _WHOLE.fullmatch(text):
        return text
    # The length comes first: turning thousands of digits into a number is slow, and Python refuses it.
    if len(text) > 17 or abs(int(text)) >= MAX_NUMBER or text == "-0":
        message = "This number is too large, or minus zero. Write a whole number below 2 to the 53rd."
        raise _Refused(event.start_mark, "NUMBER", message)
    return int(text)
