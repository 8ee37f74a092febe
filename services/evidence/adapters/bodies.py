"""Conversion of stored JSON: the body of an item without its text, the terms of a person, and an edition."""

import functools
import operator
from collections.abc import Mapping as Dictionary
from dataclasses import replace
from datetime import date
from typing import Any

import orjson
from pydantic import TypeAdapter

from services.evidence.domain.complaints.stages import Stages
from services.evidence.domain.evidence_item import (
    ActionOutcome,
    ComplaintOutcome,
    Content,
    CorrectionReason,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    ItemState,
    Kind,
    Mapping,
    Polarity,
    ReportReview,
    SupportsStanding,
    Timeliness,
    Words,
)
from services.evidence.domain.safeguarder import LegalBasis, Safeguarder, SafeguarderId, State, Term
from services.evidence.domain.standards import KnownEdition
from services.platform.storage.database import from_micros

_APART = ("summary", "reply_text", "action", "report_due_on")
"""Parts that have a column, a table or a place of their own. The release before reads the other parts and no more."""
_FACTS = tuple(name for name in Content._fields if name not in _APART)
_facts_of = operator.attrgetter(*_FACTS)
_ANSWERS = {"report_review": ("child_views_recorded", "second_reader_agrees"), "timeliness": ("extension_agreed",)}
_DATES = ("happened_on", "received_on", "shared_on", "replied_on", "report_due_on")
_DERIVED = ("kind", "evidence_class", "mappings", "action")
_FOR_THE_RELEASE_BEFORE: dict[str, Any] = {
    "kind": Kind.OBSERVATION,
    "evidence_class": EvidenceClass.DEVELOPMENTAL,
    "mappings": (),
}
"""Stand-ins that let the release before read an item of a kind that it does not know. It never counts such an item."""

_STAGES = TypeAdapter(Stages)


def stages_of(item: EvidenceItem) -> str | None:
    """Return how far a complaint has come as JSON; None for any other item. The release before leaves it as it is."""
    return None if item.stages is None else _STAGES.dump_json(item.stages).decode()


def derived_of(item: EvidenceItem) -> str | None:
    """Return what is derived from an action as JSON, which the release before neither reads nor writes; else None."""
    if item.content.action is None:
        return None
    return orjson.dumps({name: getattr(item.content, name) for name in _DERIVED}).decode()


def body_of(item: EvidenceItem) -> str:
    """Return an item as JSON, without its text and without what has a column of its own."""
    before = _FOR_THE_RELEASE_BEFORE if item.content.action else _with_blanks_as_false(item.content)
    return orjson.dumps(
        {
            "content": dict(zip(_FACTS, _facts_of(item.content), strict=True)) | before,
            "blank": _blank(item.content),
            "report_due_on": item.content.report_due_on,
            "reply_due_on": item.reply_due_on,
            "history": item.history,
            "state": item.state,
            "superseded_by": item.superseded_by,
            # The release before does not know the word of a review, and reads this one.
            "taken_out_because": CorrectionReason.NOT_ADMISSIBLE if _by_review(item) else item.taken_out_because,
            "by_review": _by_review(item),
            "sent_for": item.sent_for,
            "sharing_reported": item.sharing_reported,
            "decided_by": item.decided_by,
            "reply_moved": item.reply_moved,
            "reply_waits": item.reply_waits,
            "reply_counts_on": item.reply_counts_on,
            "stands_alone": item.stands_alone,
        }
    ).decode()


def _by_review(item: EvidenceItem) -> bool:
    return item.taken_out_because is CorrectionReason.REVIEW_UPHELD


def _blank(content: Content) -> list[str]:
    """Return the names of the questions that nobody has answered (P18)."""
    parts = [(part, getattr(content, part)) for part in _ANSWERS]
    return [name for part, said in parts if said for name in _ANSWERS[part] if getattr(said, name) is None]


def _with_blanks_as_false(content: Content) -> dict[str, Any]:
    """Return the parts with answers, with false for a blank: copies of the release before know nothing else."""
    return {
        part: replace(said, **{name: getattr(said, name) or False for name in names})
        for part, names in _ANSWERS.items()
        if (said := getattr(content, part))
    }


def _answers(part: str, stored: Dictionary[str, Any], blank: list[str] | None) -> dict[str, bool | None]:
    """Return the answers of a part. Without `blank` an earlier release stored it, whose false may be a blank."""
    said = {name: stored[name] for name in _ANSWERS[part]}
    return {name: None if (not yes if blank is None else name in blank) else yes for name, yes in said.items()}


def item_of(row: Any, words: tuple[str, str]) -> EvidenceItem:
    """Return the item of a row of `evidence_item` with the time of its first version, its summary and its reply."""
    body = orjson.loads(row.body)
    reason = CorrectionReason.REVIEW_UPHELD if body.get("by_review") else body.get("taken_out_because")
    due = {"report_due_on": body.get("report_due_on")}
    stored = body["content"] | due | orjson.loads(row.derived or "{}")
    return EvidenceItem(
        evidence_id=EvidenceId(row.evidence_id),
        safeguarder_id=row.safeguarder_id,
        content=_content(stored, body.get("blank"), words),
        reply_due_on=_day(body["reply_due_on"]),
        created_at=from_micros(row.created_at),
        recorded_at=from_micros(row.recorded_at),
        sender=row.sender,
        receipt_id=row.receipt_id,
        history=body["history"],
        state=ItemState(body["state"]),
        superseded_by=body["superseded_by"],
        taken_out_because=CorrectionReason(reason) if reason else None,
        version=row.version,
        sent_for=body.get("sent_for", ""),
        # The release before did not keep these. A day of sharing in a first version had come with the item.
        sharing_reported=body.get("sharing_reported", row.version == 1 and body["content"]["shared_on"] is not None),
        decided_by=body.get("decided_by", ""),
        to_look_at=frozenset(map(Words, row.to_look_at.split())),
        reply_moved=body.get("reply_moved", False),
        reply_waits=body.get("reply_waits", False),
        reply_counts_on=_day(body.get("reply_counts_on")),
        stands_alone=body.get("stands_alone", False),
        under_review=bool(row.under_review),
        stages=None if row.stages is None else _STAGES.validate_json(row.stages),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _content(stored: Dictionary[str, Any], blank: list[str] | None, words: tuple[str, str]) -> Content:
    values = dict(stored) | {name: _day(stored[name]) for name in _DATES}
    outcome, review, timeliness = (stored[name] for name in ("complaint_outcome", "report_review", "timeliness"))
    action = stored.get("action")
    values["action"] = ActionOutcome(**action | {"supports": SupportsStanding(action["supports"])}) if action else None
    values["kind"] = Kind(stored["kind"])
    values["evidence_class"] = EvidenceClass(stored["evidence_class"])
    values["mappings"] = tuple(
        Mapping(entry["standard"], entry["indicator"], Polarity(entry["polarity"])) for entry in stored["mappings"]
    )
    values["complaint_outcome"] = ComplaintOutcome(outcome) if outcome else None
    values["report_review"] = ReportReview(**review | _answers("report_review", review, blank)) if review else None
    values["timeliness"] = (
        Timeliness(
            date.fromisoformat(timeliness["due_on"]),
            date.fromisoformat(timeliness["filed_on"]),
            **_answers("timeliness", timeliness, blank),
        )
        if timeliness
        else None
    )
    return Content(**values, summary=words[0], reply_text=words[1])


@functools.lru_cache(maxsize=1000)
def terms_of(stored: str) -> tuple[Term, ...]:
    """Return terms from their stored JSON. The cache is sound, because terms cannot change and the key is the text."""
    return tuple(
        Term(
            entry["number"],
            date.fromisoformat(entry["starts_on"]),
            date.fromisoformat(entry["ends_on"]),
            LegalBasis(**entry["legal_basis"]),
            entry.get("after_leaving"),
        )
        for entry in orjson.loads(stored)
    )


@functools.lru_cache(maxsize=64)
def edition_of(edition: str, effective_on: str, indicators: str, became: str | None) -> KnownEdition:
    """Return an edition from its stored values, parsed once, because every command reads all editions.

    The cache is sound, because its key is all of the stored values.
    """
    by_standard = {standard: frozenset(ids) for standard, ids in orjson.loads(indicators).items()}
    crosswalk = {before: tuple(ids) for before, ids in orjson.loads(became or "{}").items()}
    return KnownEdition(edition, date.fromisoformat(effective_on), by_standard, crosswalk)


def safeguarder_of(row: Any) -> Safeguarder:
    """Return the entry of a row of `safeguarder`, with the columns in the table's order."""
    safeguarder_id, display_name, areas, state, terms, demo, created_at, version, panel_number, _ = row
    return Safeguarder(
        SafeguarderId(safeguarder_id),
        display_name,
        tuple(orjson.loads(areas)),
        State(state),
        terms_of(terms),
        bool(demo),
        from_micros(created_at),
        version,
        panel_number or "",
    )
