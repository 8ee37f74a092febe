"""The fields of an item as people write them: in the columns of a file, and as FIELD=VALUE on the command line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

REQUIRED = ("safeguarder", "kind", "source", "happened_date", "received_date")
_LINES = ("on_time", "form", "clear", "reasoned", "justifiable")
_SHOWN = 40
"""Characters of a value that a fault repeats; text in a person's own words is never repeated."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with a field."""

    field: str
    message: str


class _NotReadableError(ValueError):
    """A value that cannot be read. The message follows the field's name."""


def evidence_item(values: Mapping[str, str]) -> tuple[Any, list[FieldFault]]:
    """The item that values by field name make, and what is wrong with them. An empty value leaves its field unset."""
    from psmf.evidence.v1 import evidence_pb2

    item = evidence_pb2.EvidenceItem(aspect=evidence_pb2.ASPECT_PRACTICE, setting=evidence_pb2.SETTING_APPOINTMENT)
    faults = [FieldFault(name, f"{name} is needed") for name in REQUIRED if not values.get(name)]
    return item, faults + fill(item, values)


def fill(item: Any, values: Mapping[str, str]) -> list[FieldFault]:
    """Put values into an item; what is wrong with them."""
    faults = []
    for name, value in values.items():
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            hint = f". Did you mean {near[0]}?" if near else ". See docs/import.md."
            faults.append(FieldFault(name, f"{name[:_SHOWN]!r} is not a field{hint}"))
        elif value:
            try:
                FIELDS[name](item, name, value)
            except _NotReadableError as problem:
                faults.append(FieldFault(name, f"{name} {problem}"))
    return faults


def _word(enum: str, field: str = "") -> Callable[[Any, str, str], None]:
    def read(item: Any, name: str, value: str) -> None:
        setattr(item, field or name, _number(enum, value))

    return read


def _day(item: Any, name: str, value: str) -> None:
    getattr(item, name).CopyFrom(_date(value))


def _reply_day(item: Any, name: str, value: str) -> None:
    getattr(item.reply, name).CopyFrom(_date(value))


def _text(item: Any, name: str, value: str) -> None:
    setattr(item, name, value)


def _line(item: Any, name: str, value: str) -> None:
    setattr(item.report_review, name, _number("LineRating", value))


def _review_flag(item: Any, name: str, value: str) -> None:
    setattr(item.report_review, name, _truth(value))


def _timeliness_day(item: Any, name: str, value: str) -> None:
    getattr(item.timeliness, name).CopyFrom(_date(value))


def _timeliness_flag(item: Any, name: str, value: str) -> None:
    setattr(item.timeliness, name, _truth(value))


def _mappings(item: Any, name: str, value: str) -> None:
    """For example `S4.1:concern S2.3:praise`."""
    del item.mappings[:]
    for part in value.split():
        indicator, colon, polarity = part.partition(":")
        if not colon or "." not in indicator:
            raise _NotReadableError(f"{part[:_SHOWN]!r} is not INDICATOR:POLARITY, for example S4.1:concern")
        item.mappings.add(
            standard=indicator.partition(".")[0], indicator=indicator, polarity=_number("Polarity", polarity)
        )


def _parent(item: Any, name: str, value: str) -> None:
    """Whose file it is: said by the request, not by the item."""
    if "/" in value:
        raise _NotReadableError(f"{value[:_SHOWN]!r} is not an id, for example sg-1a2b3c4d")


def _number(enum: str, word: str) -> Any:
    from psmf.evidence.v1 import evidence_pb2

    from services.platform.calls.wire import from_word, to_word

    words = getattr(evidence_pb2, enum)
    try:
        return from_word(words, word)
    except KeyError:
        allowed = [to_word(words, number) for number in words.values() if number]
        near = get_close_matches(word, allowed, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Write one of: {', '.join(allowed)}."
        raise _NotReadableError(f"{word[:_SHOWN]!r} is not in the list. {hint}") from None


def _date(value: str) -> Any:
    from services.platform.calls.wire import to_date

    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    # fromisoformat also takes 20261203 and 2026-W49-4, which people read wrongly.
    if day is None or day.isoformat() != value:
        raise _NotReadableError(f"{value[:_SHOWN]} is not a date. Write it as 2026-12-03.")
    return to_date(day)


def _truth(value: str) -> bool:
    if value not in ("true", "false"):
        raise _NotReadableError(f"{value[:_SHOWN]!r} is neither true nor false")
    return value == "true"


FIELDS: dict[str, Callable[[Any, str, str], None]] = {
    "safeguarder": _parent,
    "kind": _word("EvidenceKind"),
    "source": _word("EvidenceSource"),
    "aspect": _word("Aspect"),
    "setting": _word("Setting"),
    "class": _word("EvidenceClass", "evidence_class"),
    "happened_date": _day,
    "received_date": _day,
    "mappings": _mappings,
    "summary": _text,
    "case_reference": _text,
    "shared_date": _day,
    "reply_date": _reply_day,
    "complaint_outcome": _word("ComplaintOutcome"),
    "due_date": _timeliness_day,
    "filed_date": _timeliness_day,
    "extension_agreed": _timeliness_flag,
    **dict.fromkeys(_LINES, _line),
    "child_views_recorded": _review_flag,
    "second_reader_agrees": _review_flag,
}
"""Every field by the name people write, and how its value is read into an item."""
