"""Versions of items of evidence in the database, in the current transaction."""

import functools
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection

from services.platform.storage.database import execute
from services.rules.domain.closed_lists import (
    Aspect,
    ComplaintOutcome,
    EvidenceClass,
    ItemStatus,
    Kind,
    Polarity,
    Setting,
    Source,
)
from services.rules.domain.evidence.countability import with_adverse_day, with_reply_first
from services.rules.domain.facts import (
    MAY_BE_BLANK,
    REPORT_LINES,
    EvidenceFact,
    StandardMapping,
    attendance_mapping,
    is_allowed_detail,
)

_ITEM = TypeAdapter(EvidenceFact)
_OF_PERSON = "SELECT body FROM fact WHERE safeguarder_id = ? ORDER BY evidence_id, version"
_WORDS: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "source": Source,
    "aspect": Aspect,
    "setting": Setting,
    "evidence_class": EvidenceClass,
    "complaint_outcome": ComplaintOutcome,
    "status": ItemStatus,
}
_SHOWN_BEFORE: Mapping[object, tuple[str, str]] = {
    "mandatory_training": ("S7", "S7.1"),
    "support_session": ("E", "E.1"),
}
"""What attendance shows by the edition that the release before knows. It reads the stored mapping, and without one it
counts nobody's attendance. This release leaves that mapping out and reads by the edition of the day."""
_FOR_BEFORE = "mapped_for_release_before"
"""Stands in an item whose mapping is stored for the release before only."""
_DERIVED = "derived"
"""Stands in an item of a derived kind, with what the release before would not understand. That release reads an
observation that adds to the picture only, so that nobody's evaluation waits there and nothing of the item counts."""
_WITHOUT = {"kind": Kind.OBSERVATION, "evidence_class": EvidenceClass.DEVELOPMENTAL, "mappings": (), "details": {}}


# A version of an item never changes, so the same text is always the same item. The limit only bounds memory.
@functools.lru_cache(maxsize=8_192)
def read_item(body: str) -> EvidenceFact:
    """Return an item version from its JSON, parsed once for each text.

    A later release may have stored words that this one does not know, if somebody went back a release. Such a word is
    kept as it is and named in `not_understood`. A detail that this release does not know is left out.

    Raises:
        ValueError: it is no item at all, or a date or an id in it is damaged.
    """
    if f'"{_DERIVED}":' in body:
        stored = orjson.loads(body)
        return read_item(orjson.dumps(stored | stored.pop(_DERIVED)).decode())
    try:
        fact = _ITEM.validate_json(body)
    except ValidationError:
        fact = _of_later_release(orjson.loads(body))
    fact = fact if '"blank":' in body else _as_now_said(fact)
    # The release before stored no day from which an item counts against the person.
    fact = with_reply_first(fact if '"adverse_from":' in body else with_adverse_day(fact))
    return replace(fact, mappings=()) if _FOR_BEFORE in body else fact


def _as_now_said(fact: EvidenceFact) -> EvidenceFact:
    """Return an item that an earlier release stored, with what may have been blank as blank (P18).

    Such a release stored a no and a blank alike, as false. Evidence no longer knows which it was either.
    """
    details = {name: value for name, value in fact.details.items() if value is not False}
    has_lines = "child_views_recorded" in fact.details
    blank = (n for n in MAY_BE_BLANK if n not in details and (n in fact.details or (has_lines and n in REPORT_LINES)))
    return replace(fact, details=details, blank=tuple(blank))


def _of_later_release(stored: dict[str, Any]) -> EvidenceFact:
    unknown = [
        name for name, words in _WORDS.items() if stored.get(name) is not None and stored[name] not in tuple(words)
    ]
    # Any member stands in until everything else has been checked; then the stored word takes its place again.
    checked = stored | {name: next(iter(_WORDS[name])) for name in unknown}
    mappings = stored.get("mappings", ())
    if any(mapping["polarity"] not in tuple(Polarity) for mapping in mappings):
        unknown.append("polarity")
        checked["mappings"] = ()
    details = stored.get("details", {})
    checked["details"] = {name: value for name, value in details.items() if is_allowed_detail(name, value)}
    checked["blank"] = [name for name in stored.get("blank", ()) if name in MAY_BE_BLANK and name not in details]
    item = _ITEM.validate_json(orjson.dumps(checked))
    kept: dict[str, Any] = {name: stored[name] for name in unknown if name in _WORDS}
    if "polarity" in unknown:
        kept["mappings"] = tuple(StandardMapping(**mapping) for mapping in mappings)
    return replace(item, not_understood=tuple(unknown), **kept)


def item_body(item: EvidenceFact) -> str:
    """Return an item version as the JSON that is stored. The release before can read it too."""
    if item.is_derived:
        whole = orjson.loads(_ITEM.dump_json(item, exclude={"not_understood"}))
        return orjson.dumps(whole | _WITHOUT | {_DERIVED: {name: whole[name] for name in _WITHOUT}}).decode()
    shown = _SHOWN_BEFORE.get(item.details.get("event")) if item.kind is Kind.ATTENDANCE else None
    if shown is None or item.mappings:
        return _ITEM.dump_json(item, exclude={"not_understood"}).decode()
    mapped = item_body(replace(item, mappings=(attendance_mapping(item, shown),)))
    return orjson.dumps(orjson.loads(mapped) | {_FOR_BEFORE: True}).decode()


def item_versions(connection: Connection, safeguarder_id: str) -> tuple[EvidenceFact, ...]:
    """Return every version of every item about a person."""
    return tuple(read_item(body) for (body,) in execute(connection, _OF_PERSON, (safeguarder_id,)).fetchall())
