"""Concerns with their explanation as plain values, for the command line, the demo and web pages."""

from typing import Any

from services.client.words import safeguarder_of, word_of
from services.platform.calls.wire import from_date

Row = dict[str, Any]


def concern_row(message: Any) -> Row:
    """Return a concern with its explanation in plain words and ids.

    A rule that is asked about the whole person has no subject. Its standard is shown only if it names exactly one.
    """
    why = message.explanation
    standard = message.subject.partition(".")[0] or (message.standards[0] if len(message.standards) == 1 else "")
    return {
        "safeguarder": safeguarder_of(message.name),
        "lane": word_of(message, "lane"),
        "standard": standard,
        "rule": message.rule,
        "subject": message.subject,
        "state": word_of(message, "state"),
        "closing_proposed": message.closing_proposed,
        "because": why.because,
        "source": why.source,
        "counted": [_item(item) for item in why.counted],
        "praise": [_item(item) for item in why.praise],
        "not_counted": [_item(item) | {"reason": item.reason} for item in why.not_counted],
        "duties": [_duty(duty) for duty in why.duties],
        "clears_if": {
            "text": why.clears_if.text,
            "remove": list(why.clears_if.remove),
            "done": list(why.clears_if.done),
            "add": [_hypothetical(item) for item in why.clears_if.add],
        },
    }


def _item(message: Any) -> Row:
    return {"evidence": message.evidence_id, "happened_date": iso_day(message, "happened_date"), "text": message.text}


def _duty(message: Any) -> Row:
    day = iso_day(message, "due_date")
    return {
        "duty": message.duty_id,
        "kind": message.kind,
        "about": message.about,
        "due_date": day,
        "text": message.text,
    }


def _hypothetical(message: Any) -> Row:
    fields = ("kind", "source", "standard", "indicator", "polarity")
    return {field: getattr(message, field) for field in fields} | {"count": max(message.count, 1)}


def iso_day(message: Any, field: str) -> str:
    """Return a date field as `2026-12-03`, empty if it is not set."""
    day = from_date(message, field)
    return day.isoformat() if day else ""
