"""The fields of an item as people write them: in the columns of a file and as FIELD=VALUE on the command line."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from services.client.words import enum_of
from services.refusals import did_you_mean

REQUIRED = ("safeguarder", "kind", "source", "happened_date", "received_date")
_LINES = ("on_time", "form", "clear", "reasoned", "justifiable")
_ANSWERS = {"true": True, "yes": True, "false": False, "no": False}
"""The answers that people and spreadsheets write, in small letters."""
_DAY_OR_MONTH_FIRST = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_OF_A_CHILD = re.compile(
    r"child|birth|pupil|school|nursery|fore ?name|sur ?name|(first|last|full|family|middle) ?name|post ?code"
    r"|^names?$|\b(dob|chi|address|age|young|kids?|boy|girl|bab(y|ies)|infant|son|daughter|siblings?|born|teen\w*)\b"
)
"""Words in the name of a column that holds, or may hold, something about a child."""
_A_SLIP = 0.85
"""The least likeness, from 0 to 1, of a name to the field that was surely meant."""
_SHOWN = 40
"""Characters of a value that a fault repeats. A person's own words, which have no fixed form, are never repeated."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A field and what is wrong with it."""

    field: str
    message: str


class _NotReadableError(ValueError):
    """A value that cannot be read. The message continues a sentence that begins with the field's name."""


def evidence_item(values: Mapping[str, str]) -> tuple[Any, list[FieldFault]]:
    """Return the item that values by field name make, and their faults. An empty value leaves its field unset."""
    from psmf.evidence.v1 import evidence_pb2

    item = evidence_pb2.EvidenceItem(aspect=evidence_pb2.ASPECT_PRACTICE, setting=evidence_pb2.SETTING_APPOINTMENT)
    faults = [FieldFault(name, f"{name} is needed") for name in REQUIRED if not values.get(name)]
    return item, faults + fill(item, values)


def fill(item: Any, values: Mapping[str, str]) -> list[FieldFault]:
    """Put values into an item and return their faults."""
    faults = []
    for name, value in values.items():
        if name not in FIELDS:
            faults.append(FieldFault(name, unknown(name, "field")))
        elif value:
            field = FIELDS[name]
            try:
                field.put(getattr(item, field.part) if field.part else item, field.name or name, value)
            except _NotReadableError as problem:
                faults.append(FieldFault(name, f"{name} {problem}"))
    return faults


def unknown(name: str, what: str) -> str:
    """Return why a name is none of the fields, and what to do. `what` is it, a column or a field?

    A name that is nearly that of a field, or its first words, is a slip of the pen. Else one that has to do with a
    child is named as such, because nothing about a child belongs in here beyond an opaque case reference.
    """
    begun = [field for field in FIELDS if "_" in name and field.startswith(name)]
    near = did_you_mean(name, begun or FIELDS, cutoff=0 if begun else _A_SLIP)
    if not near and _OF_A_CHILD.search(name.replace("_", " ").lower()):
        near = " Remove it. Nothing about a child belongs in here, except an opaque case_reference."
    return f"{name[:_SHOWN]!r} is not a {what}.{near or did_you_mean(name, FIELDS) or ' See docs/import.md.'}"


def _word(message: Any, name: str, word: str) -> None:
    from services.platform.calls.wire import from_word, to_word

    words = enum_of(message, name)
    number = from_word(words, word)
    if not number:
        allowed = [to_word(words, number) for number in words.values() if number]
        hint = did_you_mean(word, allowed) or f" Write one of: {', '.join(allowed)}."
        raise _NotReadableError(f"{word[:_SHOWN]!r} is not in the list.{hint}")
    setattr(message, name, number)


def _day(message: Any, name: str, value: str) -> None:
    from services.platform.calls.wire import to_date

    # A spreadsheet may add midnight to a day.
    value = value.removesuffix(" 00:00:00").removesuffix("T00:00:00")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None and _DAY_OR_MONTH_FIRST.fullmatch(value):
        said = f"{value[:_SHOWN]} may begin with the day or with the month. Write it as 2026-12-03"
        raise _NotReadableError(f"{said}: in a spreadsheet, give the column the format yyyy-mm-dd.")
    # fromisoformat also accepts 20261203 and 2026-W49-4, which people misread.
    if day is None or day.isoformat() != value:
        raise _NotReadableError(f"{value[:_SHOWN]} is not a date. Write it as 2026-12-03.")
    getattr(message, name).CopyFrom(to_date(day))


def _text(message: Any, name: str, value: str) -> None:
    setattr(message, name, value)


def _yes_no(message: Any, name: str, value: str) -> None:
    from psmf.evidence.v1 import evidence_pb2

    answer = _ANSWERS.get(value.lower())
    if answer is None:
        raise _NotReadableError(f"{value[:_SHOWN]!r} is neither true nor false. Leave it empty if nobody has said.")
    setattr(message, name, evidence_pb2.YES_NO_YES if answer else evidence_pb2.YES_NO_NO)


def _mappings(item: Any, name: str, value: str) -> None:
    """Replace the mappings by those written, for example `S4.1:concern S2.3:praise`."""
    del item.mappings[:]
    for part in value.split():
        indicator, colon, polarity = part.partition(":")
        if not colon or "." not in indicator:
            raise _NotReadableError(f"{part[:_SHOWN]!r} is not INDICATOR:POLARITY, for example S4.1:concern")
        _word(item.mappings.add(standard=indicator.partition(".")[0], indicator=indicator), "polarity", polarity)


def _parent(item: Any, name: str, value: str) -> None:
    """Check the form of the id only: the request names the Safeguarder, the item does not."""
    if "/" in value:
        raise _NotReadableError(f"{value[:_SHOWN]!r} is not an id, for example sg-1a2b3c4d")


class Field(NamedTuple):
    """How a written value is put into an item: by which function, into which part, and under which name there."""

    put: Callable[[Any, str, str], None]
    part: str = ""
    """The message inside the item that has the field; empty for the item itself."""
    name: str = ""
    """The field's name in the contract, where people write another one."""


FIELDS: dict[str, Field] = {
    "safeguarder": Field(_parent),
    **dict.fromkeys(("kind", "source", "aspect", "setting", "complaint_outcome"), Field(_word)),
    "class": Field(_word, name="evidence_class"),
    **dict.fromkeys(("happened_date", "received_date", "shared_date"), Field(_day)),
    "mappings": Field(_mappings),
    **dict.fromkeys(("summary", "case_reference"), Field(_text)),
    "reply_date": Field(_day, "reply"),
    **dict.fromkeys(("due_date", "filed_date"), Field(_day, "timeliness")),
    "extension_agreed": Field(_yes_no, "timeliness", "extension_answer"),
    "report_due_date": Field(_day, "report_review"),
    **dict.fromkeys(_LINES, Field(_word, "report_review")),
    "child_views_recorded": Field(_yes_no, "report_review", "child_views_answer"),
    "second_reader_agrees": Field(_yes_no, "report_review", "second_reader_answer"),
}
"""Every field by the name that people write."""
