"""What a spreadsheet makes of a text file: its encodings, separators, names of columns and empty rows (doors D13).

Taken is what can mean one thing only. Everything else is refused with what to do.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from services.cli.evidence.fields import FIELDS
from services.cli.failure import CommandError, file_failures

# A whole file is held in memory. This limit keeps that to some hundred megabytes.
LARGEST_FILE = 32 * 1024 * 1024
_SEPARATORS = (",", ";", "\t")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a workbook begins that a spreadsheet saved in its own format: .xlsx and .ods, or .xls."""
_SEPARATOR_LINE = re.compile(r"sep=[,;\t]\s*", re.IGNORECASE)
"""A first line that only tells a spreadsheet which separator follows."""


def text_of(file: Path) -> str:
    """Return the text of a file in UTF-8 or UTF-16, with or without a byte order mark.

    Bytes that are not UTF-8 are kept as surrogates, so that their row can be named.

    Raises:
        CommandError: the file cannot be read, is too large, is a workbook, or is damaged UTF-16.
    """
    with file_failures(file, "read"):
        if file.stat().st_size > LARGEST_FILE:
            message = f"{file} is larger than {LARGEST_FILE // 1024 // 1024} MiB. Split the file."
            raise CommandError("INVALID_ARGUMENT", message)
        content = file.read_bytes()
    if content.startswith(_WORKBOOKS):
        message = f"{file} is a workbook, not text. Save the sheet as CSV UTF-8 in the spreadsheet."
        raise CommandError("INVALID_ARGUMENT", message)
    encoding = _utf_16_of(content)
    if not encoding:
        return content.decode("utf-8-sig", "surrogateescape")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        message = f"{file} begins like UTF-16 and is not UTF-16. Save it as CSV UTF-8."
        raise CommandError("INVALID_ARGUMENT", message) from None


def _utf_16_of(content: bytes) -> str:
    """Return the UTF-16 that a file is in; empty if it is in another encoding.

    Without a byte order mark, the zeros beside the first two characters say it. Every header and every object begins
    with characters of ASCII, and UTF-8 has no zeros there.
    """
    if content.startswith(_UTF16):
        return "utf-16"
    zeros = [byte == 0 for byte in content[:4]]
    if zeros == [False, True, False, True]:
        return "utf-16-le"
    return "utf-16-be" if zeros == [True, False, True, False] else ""


def lines_above_header(lines: Sequence[str]) -> int:
    """Return how many lines stand above the header: one if a spreadsheet wrote `sep=;` and more follows, else none."""
    return int(len(lines) > 1 and _SEPARATOR_LINE.fullmatch(lines[0]) is not None)


def separator_of(header: str) -> str:
    """Return the separator of a file: the one that finds the most known columns in its header."""

    def known(mark: str) -> int:
        return sum(name in FIELDS for name in columns_of([part.strip('"') for part in header.split(mark)]))

    return max(_SEPARATORS, key=known)


def columns_of(header: Sequence[str]) -> list[str]:
    """Return the names of the columns as the contract writes them, without empty ones at the end.

    `Happened Date` is happened_date: capitals, spaces and hyphens in a name carry no meaning.
    """
    names = ["_".join(name.replace("-", " ").replace("_", " ").lower().split()) for name in header]
    while names and not names[-1]:
        names.pop()
    return names


def in_columns(values: Sequence[str], columns: int) -> list[str]:
    """Return a row's values without the empty ones that a spreadsheet adds beyond the last column."""
    kept = list(values)
    while len(kept) > columns and not kept[-1].strip():
        kept.pop()
    return kept


def tidy(value: str) -> str:
    """Return a value with one kind of line end, and a yes or no as the contract writes it."""
    text = value.replace("\r\n", "\n").strip()
    return text.lower() if text in ("TRUE", "True", "FALSE", "False") else text
