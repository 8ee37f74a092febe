"""A concern with its explanation as plain values: what the command line, the demo and pages show."""

from typing import Any

from psmf.rules.v1 import rules_pb2

from services.platform.calls.wire import from_date, to_word

Row = dict[str, Any]


def concern_row(message: Any) -> Row:
    """A concern with its explanation, in plain words and ids."""
    why = message.explanation
    standard = message.subject.partition(".")[0] or (message.standards[0] if len(message.standards) == 1 else "")
    return {
        "safeguarder": message.name.split("/")[1],
        "lane": to_word(rules_pb2.Lane, message.lane),
        "standard": standard,
        "rule": message.rule,
        "subject": message.subject,
        "state": to_word(rules_pb2.Concern.State, message.state),
        "closing_proposed": message.closing_proposed,
        "because": why.because,
        "source": why.source,
        "counted": [_item(item) for item in why.counted],
        "praise": [_item(item) for item in why.praise],
        "not_counted": [_item(item) | {"reason": item.reason} for item in why.not_counted],
        "clears_if": {
            "text": why.clears_if.text,
            "remove": list(why.clears_if.remove),
            "add": [_in_thought(item) for item in why.clears_if.add],
        },
    }


def _item(message: Any) -> Row:
    return {"evidence": message.evidence_id, "happened_date": iso_day(message, "happened_date"), "text": message.text}


def _in_thought(message: Any) -> Row:
    fields = ("kind", "source", "standard", "indicator", "polarity")
    return {field: getattr(message, field) for field in fields} | {"count": max(message.count, 1)}


def iso_day(message: Any, field: str) -> str:
    """Return a date field as `2026-12-03`, empty when it is not set."""
    day = from_date(message, field)
    return day.isoformat() if day else ""
