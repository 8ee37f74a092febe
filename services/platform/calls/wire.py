"""Conversion between protobuf and Python: dates, instants, words of enums, text, names, codes of refusals."""

import functools
import unicodedata
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import code_pb2
from google.type.date_pb2 import Date

from services.plain_text import has_unseen
from services.refusals import Kind, invalid

W = TypeVar("W", bound=StrEnum)
CODES = {
    Kind.INVALID: code_pb2.INVALID_ARGUMENT,
    Kind.NOT_FOUND: code_pb2.NOT_FOUND,
    Kind.CONFLICT: code_pb2.ABORTED,
    Kind.PRECONDITION: code_pb2.FAILED_PRECONDITION,
    Kind.NOT_ALLOWED: code_pb2.PERMISSION_DENIED,
    Kind.UNAUTHENTICATED: code_pb2.UNAUTHENTICATED,
    Kind.UNAVAILABLE: code_pb2.UNAVAILABLE,
    Kind.EXHAUSTED: code_pb2.RESOURCE_EXHAUSTED,
    Kind.LATE: code_pb2.DEADLINE_EXCEEDED,
}
"""The gRPC code of each kind of refusal. A client reads it here too, and loads neither the gate nor a database."""


# 4,096 days are eleven years, which cover nearly all dates of a file. A list names the same days again and again.
@functools.lru_cache(maxsize=4096)
def to_date(day: date | None) -> Date | None:
    """Make a date for a message. Copy it, never change it: calls share it. None leaves the field unset."""
    return None if day is None else Date(year=day.year, month=day.month, day=day.day)


def from_date(message: Any, field: str, path: str = "") -> date | None:
    """Return the date in a field of a message; None if it is unset.

    Raises:
        Refusal: INVALID if it is not a day of the calendar.
    """
    if not message.HasField(field):
        return None
    return _day(getattr(message, field), f"{path}{field}")


def from_dates(message: Any, field: str) -> list[date]:
    """Return the dates in a repeated field of a message. Refuse INVALID if one is not a day of the calendar."""
    return [_day(value, f"{field}[{place}]") for place, value in enumerate(getattr(message, field))]


def _day(value: Any, here: str) -> date:
    try:
        return date(value.year, value.month, value.day)
    except ValueError:
        raise invalid("NOT_A_DATE", f"{here} is not a day of the calendar.", here) from None


# One answer repeats few instants, such as that of an import, so a small cache serves it.
@functools.lru_cache(maxsize=256)
def to_instant(instant: datetime) -> Timestamp:
    """Make a timestamp of an aware instant for a message. Copy it, never change it: calls share it."""
    stamp = Timestamp()
    stamp.FromDatetime(instant)
    return stamp


def from_instant(stamp: Timestamp, path: str = "") -> datetime:
    """Return the instant, aware, in UTC.

    Raises:
        Refusal: INVALID outside the years 1 to 9999.
    """
    try:
        return stamp.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise invalid("NOT_AN_INSTANT", f"{path} is not an instant of the years 1 to 9999.", path) from None


@functools.cache
def _words(enum: Any) -> tuple[dict[int, str], dict[str, int]]:
    """Return the words of an enum by number, and the numbers by word. Enums are fixed, so it is done once for each.

    `COLOUR_LIGHT_BLUE` of Colour is `light_blue`. The value 0 is the empty word.
    """
    descriptor = enum.DESCRIPTOR
    zero = descriptor.values_by_number[0].name
    prefix = zero.removesuffix("UNSPECIFIED")
    by_number = {value.number: value.name.removeprefix(prefix).lower() for value in descriptor.values}
    by_number[0] = ""
    return by_number, {word: number for number, word in by_number.items()}


def to_word(enum: Any, number: int, path: str = "") -> str:
    """Return the word of an enum's value; empty if it is unset.

    Raises:
        Refusal: INVALID for a number the contract does not have.
    """
    word = _words(enum)[0].get(number)
    if word is None:
        raise invalid("UNKNOWN_VALUE", f"{path} has a value this version does not know.", path)
    return word


@functools.cache
def _members(enum: Any, kind: type[Any]) -> dict[int, Any]:
    return {number: kind(word) for number, word in _words(enum)[0].items() if word}


def to_member(kind: type[W], enum: Any, number: int, path: str = "") -> W:
    """Return the member of a domain enumeration for an enum's value.

    Raises:
        Refusal: INVALID for a number the contract does not have, and for 0.
    """
    member: W | None = _members(enum, kind).get(number)
    if member is None:
        raise invalid("UNKNOWN_VALUE", f"{path} has a value this version does not know.", path)
    return member


def known_word(enum: Any, number: int) -> str:
    """Return the word of an enum's value in an event; empty if it is unset, or if only a later release knows it.

    An event is a fact. It is never refused for a word, or it would become a dead letter.
    """
    return _words(enum)[0].get(number, "")


def known_member(kind: type[W], enum: Any, number: int) -> W | None:
    """Return the member of a domain enumeration for an enum's value in an event.

    None if it is unset, or for a word that this enumeration does not have, such as one of a later release.
    """
    found: dict[str, W] = {word.value: word for word in kind}
    return found.get(known_word(enum, number))


def from_word(enum: Any, word: str | None) -> Any:
    """Return the value of an enum for a word; 0 for none, and for a word that only a later release knows."""
    return _words(enum)[1].get(word or "", 0)


def numbers(enum: Any) -> dict[str, Any]:
    """Return the values of an enum by their words, for code that looks up thousands a second. '' gives 0."""
    return dict(_words(enum)[1])


def to_text(value: str, path: str, most: int) -> str:
    """Return text as it is kept: in NFC, without white space at its ends, and with line feeds as line ends.

    Raises:
        Refusal: INVALID if it is longer than `most` or holds characters that cannot be seen. It never quotes the text.
    """
    if not value:
        return value
    # The length comes first, because the time of normalising grows with the square of a run of combining marks. Four
    # times `most` is safe: NFC makes one character of at most four, so longer text stays too long.
    text = value if len(value) > 4 * most else unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
    if len(text) > most:
        raise invalid("TEXT_TOO_LONG", f"{path} has more than {most} characters.", path, most=str(most))
    if has_unseen(text):
        raise invalid("TEXT_NOT_PLAIN", f"{path} holds characters that cannot be seen. Send plain text.", path)
    return text


def to_needed_text(value: str, path: str, most: int) -> str:
    """Return text as `to_text` does, and refuse empty text.

    Raises:
        Refusal: INVALID, also for white space alone.
    """
    text = to_text(value, path, most)
    if not text:
        raise invalid("FIELD_MISSING", f"{path} is needed.", path)
    return text


def name_parts(name: str, *collections: str, field: str = "name", ending: str = "") -> tuple[str, ...]:
    """Return the ids in a resource name such as `shelves/{s}/books/{b}`, sent in `field`.

    `ending`: what comes after the last id, such as `/cover`.

    Raises:
        Refusal: INVALID if the name has another form.
    """
    parts = name.removesuffix(ending).split("/") if name.endswith(ending) else []
    if len(parts) != 2 * len(collections) or tuple(parts[::2]) != collections or not all(parts[1::2]):
        pattern = "/".join(f"{collection}/{{id}}" for collection in collections) + ending
        raise invalid("NAME_NOT_VALID", f"The resource name must have the form {pattern}.", field, form=pattern)
    return tuple(parts[1::2])
