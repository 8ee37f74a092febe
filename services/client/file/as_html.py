"""A whole file as one HTML document: headings, lists of terms, no scripts, and nothing told by colour alone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import IO, Any

from services.client.file.whole import End, Kept
from services.client.file.words import SECTIONS, Section, records_read, right_of, withheld
from services.client.words import SHORT_ID, enum_of, iso_in_words, london_time, spaced
from services.platform.calls.wire import to_word
from services.refusals import Refusal

_STYLE = (
    "body{font:1.1rem/1.5 sans-serif;max-width:50rem;margin:0 auto;padding:1rem}"
    "dt{font-weight:bold;margin-top:.5rem}dd{margin:0 0 0 1.5rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "article{border-top:1px solid;margin-top:1.5rem}@media print{nav{display:none}}"
)
_OPENING = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Your file, {whose}, {made}</title><style>{style}</style></head>
<body><header><h1>Your file</h1>
<p>This is what the software keeps about {whose} and shows to them, as of {made}. The same is in the JSON file.</p>
<p>The software never decides about you. What is withheld stands as withheld, with the ground.</p></header>
<nav aria-label="Parts of the file"><h2>Parts</h2>
<ol>{parts}<li><a href="#left-out">What no file holds</a></li></ol></nav>
<main>
"""
_MACHINERY = frozenset({"etag", "hash", "pack_hash", "rulebook_hash"})
"""Fields that only computers compare. The JSON file has them."""
_READS = "psmf.platform.v1.Read"


class HtmlFile:
    """The document while it is written. Its memory does not grow with the file."""

    def __init__(self, out: IO[str], whose: str, made_at: str, titles: Mapping[str, str] | None = None) -> None:
        """Begin the document. `titles`: of standards and indicators by id, as far as they are known."""
        self._out = out
        self._titles = titles or {}
        self._waiting = list(SECTIONS)
        self._open = ""
        self._left_out: list[str] = []
        parts = "".join(f'<li><a href="#{_anchor(key)}">{part.heading}</a></li>' for key, part in SECTIONS.items())
        out.write(_OPENING.format(whose=escape(whose), made=escape(made_at), style=_STYLE, parts=parts))

    def add(self, kept: Kept) -> None:
        """Write one record, under the heading of its part."""
        if kept.section != self._open:
            self._begin(kept.section)
        if kept.record.DESCRIPTOR.full_name == _READS:
            self._out.write(f"<p>{escape(_read_line(kept.record))}</p>\n")
            return
        because = {each.field: withheld(each) for each in kept.withheld}
        title = self._title(kept.record, SECTIONS.get(kept.section, Section("")).titles)
        self._out.write(f"<article><h3>{escape(title)}</h3>\n" if title else "<article>\n")
        self._out.writelines(self._fields(kept.record, because))
        self._out.write("</article>\n")

    def end_of(self, end: End) -> None:
        """Remember what the file leaves out of one service. Parts of it that have nothing say so."""
        self._left_out += [f"{each.what}. Withheld: {withheld(each)}." for each in end.left_out]
        self._say_empty([key for key in self._waiting if key.startswith(f"{end.service}/")])

    def close(self) -> None:
        """Write the end of the document."""
        self._say_empty(list(self._waiting))
        self._end_section()
        self._out.write('<section id="left-out"><h2>What no file holds</h2>\n')
        self._out.write("<p>This is the same in every file. It does not say whether there is any of it.</p><ul>\n")
        self._out.writelines(f"<li>{escape(each[0].upper() + each[1:])}</li>\n" for each in self._left_out)
        self._out.write("</ul></section>\n</main></body></html>\n")

    def _begin(self, key: str) -> None:
        if key in self._waiting:
            self._say_empty(self._waiting[: self._waiting.index(key)])
            self._waiting.remove(key)
        self._end_section()
        heading = SECTIONS[key].heading if key in SECTIONS else spaced(key.replace("/", ": "))
        self._out.write(f'<section id="{_anchor(key)}"><h2>{escape(heading)}</h2>\n')
        self._open = key

    def _say_empty(self, keys: list[str]) -> None:
        for key in keys:
            self._waiting.remove(key)
            self._end_section()
            heading = SECTIONS[key].heading
            self._out.write(f'<section id="{_anchor(key)}"><h2>{heading}</h2>\n<p>Nothing is on file.</p></section>\n')

    def _end_section(self) -> None:
        if self._open:
            self._out.write("</section>\n")
        self._open = ""

    def _title(self, message: Any, fields: Sequence[str]) -> str:
        named = ", ".join(filter(None, (self._value_at(message, field) for field in fields)))
        return f"{named[0].upper()}{named[1:]}" if named else ""

    def _value_at(self, message: Any, path: str) -> str:
        outer, _, inner = path.rpartition(".")
        owner = getattr(message, outer) if outer else message
        field = owner.DESCRIPTOR.fields_by_name[inner]
        there = owner.HasField(inner) if field.message_type else getattr(owner, inner)
        said = self._text(owner, field, getattr(owner, inner)) if there else ""
        return f"{inner} {said}" if said and field.cpp_type in (field.CPPTYPE_INT32, field.CPPTYPE_INT64) else said

    def _fields(self, message: Any, because: Mapping[str, str], path: str = "") -> Iterator[str]:
        yield "<dl>\n"
        for field, value in message.ListFields():
            if field.name in _MACHINERY:
                continue
            yield f"<dt>{escape(_label(field.name))}</dt>\n"
            for each in value if field.is_repeated else [value]:
                yield "<dd>"
                if _is_record(field):
                    yield from self._fields(each, because, f"{path}{field.name}.")
                else:
                    yield escape(self._text(message, field, each))
                yield "</dd>\n"
        for name, ground in because.items():
            if name.startswith(path) and "." not in name.removeprefix(path):
                yield f"<dt>{escape(_label(name.removeprefix(path)))}</dt>\n<dd>Withheld: {escape(ground)}.</dd>\n"
        yield "</dl>\n"

    def _text(self, message: Any, field: Any, value: Any) -> str:
        """Return one value in words."""
        if field.enum_type is not None:
            return _word(message, field, value)
        if field.message_type is None:
            if isinstance(value, str):
                return self._titles.get(value) or _reference(value)
            return ("yes" if value else "no") if isinstance(value, bool) else str(value)
        if field.message_type.full_name == "google.type.Date":
            return iso_in_words(f"{value.year:04}-{value.month:02}-{value.day:02}")
        return london_time(value)


def _anchor(key: str) -> str:
    return key.replace("/", "-").lower()


def _is_record(field: Any) -> bool:
    return field.message_type is not None and not field.message_type.full_name.startswith("google.")


def _reference(text: str) -> str:
    """Return the name of a record as people type it: `evidence item 49b6794c`. Any other text stays as it is."""
    if not re.fullmatch(r"safeguarders/[^/\s]+/\S+", text):
        return text
    parts = text.split("/")[2:]
    pairs = zip(parts[::2], [*parts[1::2], ""], strict=False)
    return ", ".join(f"{_label(kind).lower().removesuffix('s')} {known[:SHORT_ID]}".strip() for kind, known in pairs)


def _word(message: Any, field: Any, value: int) -> str:
    try:
        return spaced(to_word(enum_of(message, field.name), value))
    except Refusal:
        return f"a value that only a later release knows ({value})"


def _label(name: str) -> str:
    """Return the name of a field or of a message in words: `Shared date` for `shared_date`."""
    words = spaced(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).lower()
    return f"{words[0].upper()}{words[1:]}"


def _read_line(read: Any) -> str:
    who = f"{read.reader} ({spaced(read.role)})"
    return f"{london_time(read.read_time)}: {who} read {records_read(read)}. Why they could: {right_of(read)}."
