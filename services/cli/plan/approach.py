"""Changes of approach, on the page of a development plan and by themselves."""

from collections.abc import Iterator
from typing import Any

from services.cli.session.reading import Names
from services.client.lines import folded, labelled
from services.client.words import day_of, short, spaced, word_of

_HOW = {"at_session": "at a session", "console": "in psmf", "post": "by post"}
_ENDED = {
    "met": "It ended: what was expected is met.",
    "withdrawn": "It was withdrawn.",
    "set_aside": "It was set aside. No day since it was given counts.",
    "superseded": "A later change took its place.",
    "concern_ended": "It ended with its concerns.",
    "support_again": "Another support was offered at the review of its action, so it no longer applies.",
}


def change_entry(change: Any, names: Names) -> tuple[str, ...]:
    """Return a change: from what to what, where it stands, and what is expected."""
    return (
        short(change.name),
        f"{_what(change)} · {_concerns(change, names)}",
        change.expectation,
        _stands(change, names),
    )


def change_text(change: Any, names: Names, width: int) -> str:
    """Return one change with every word of it."""
    rows = [
        ("Changes", _what(change)),
        *(("About", f"{names.items.get(name, 'concern')}  {short(name)}") for name in change.concerns),
        ("Expects", change.expectation),
        ("Because", change.because),
        ("Rests on", ", ".join(map(short, change.evidence))),
        ("No advice", change.skip_because),
        ("Requires", ", ".join(map(short, change.actions))),
        ("Spoken of", _spoken_of(change)),
        ("Given", f"on {day_of(change, 'serve_date')} by {change.served_by}, {_HOW.get(word_of(change, 'how'), '-')}"),
        ("Stands", _stands(change, names)),
        ("Ended", change.end_words),
    ]
    head = folded(f"Change of approach {short(change.name)} · {names.person}", width)
    return "\n".join([head, *_rows(rows, width)])


def _rows(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    before = ""
    for label, text in rows:
        if text.strip():
            yield labelled("" if label == before else label, text, width)
            before = label


def _what(change: Any) -> str:
    return f"from {spaced(word_of(change, 'from_approach'))} to {spaced(word_of(change, 'to_approach'))}"


def _concerns(change: Any, names: Names) -> str:
    return ", ".join(names.items.get(name, "concern") for name in change.concerns)


def _spoken_of(change: Any) -> str:
    at = f", at session {short(change.session)}" if change.session else ""
    return f"on {day_of(change, 'discussed_date')}{at}" if change.HasField("discussed_date") else ""


def _stands(change: Any, names: Names) -> str:
    """Return where a change stands. An acknowledgement is never shown as agreement."""
    state = word_of(change, "state")
    if state != "served":
        return _ENDED.get(state, "-")
    reported = " It was reported later: no escalation rests on it." if change.reported else ""
    read = f" {names.person} read it on {day_of(change, 'acknowledge_date')}." if _is_read(change) else ""
    if not change.HasField("stands_from_date"):
        return f"Its time stands still while {names.person} is away.{read}{reported}"
    day = day_of(change, "stands_from_date")
    since = f"It stands since {day}." if change.stands else f"It stands from {day}, or once it is acknowledged."
    return f"{since}{read}{reported}"


def _is_read(change: Any) -> bool:
    return bool(change.HasField("acknowledge_date"))
