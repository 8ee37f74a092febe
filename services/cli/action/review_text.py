"""The pages of reviews of actions: what was found, what follows, and both sides' words."""

from collections.abc import Iterator, Sequence
from typing import Any

from services.cli.plan.shown import rows, who
from services.cli.session.reading import Names
from services.client.lines import folded
from services.client.words import day_of, short, spaced, word_of

_FOUND = {
    "met": "met",
    "partly_met": "met in part",
    "not_met": "not met",
    "not_possible": "it could not be done, which counts against nobody",
}
_SUPPORTS = {
    "complete": "Its supports were given.",
    "declined": "Its supports were declined.",
    "still_running": "Its supports are still running.",
    "team_could_not": "The Team still owes a support for it.",
    "none_offered": "No support was offered for it.",
}
_FOLLOWS = {
    "extend": "more time",
    "change": "another action is proposed",
    "add_support": "the Team offers more support",
    "close": "nothing more",
    "change_approach": "the approach changes",
}


def reviews_text(reviews: Sequence[Any], names: Names, width: int) -> str:
    """Return a list of reviews, each with what was found of its actions."""
    lines = [folded(f"Reviews of actions · {who(names)}", width)]
    for review in reviews:
        known = short(review.name)
        found = "; ".join(f"{short(each.action)} {_found(each)}" for each in review.actions)
        lines += ["", folded(f"{day_of(review, 'held_date')} · {found}.", width, f"{known}  ", " " * (len(known) + 2))]
    return "\n".join(lines)


def review_text(review: Any, names: Names, width: int) -> str:
    """Return one review."""
    session = f", at session {short(review.session)}" if review.session else ""
    follows = ", ".join(_FOLLOWS.get(word, spaced(word)) for word in _follows(review))
    shown = [
        ("Held", f"{day_of(review, 'held_date')}{session}, kept by {review.held_by}"),
        *(("Actions", _action(each, names)) for each in review.actions),
        ("Follows", f"{follows}."),
        ("Manager", review.support_manager_words),
        ("Safeguarder", _theirs(review, names)),
        ("Corrected", _corrected(review)),
    ]
    head = folded(f"Review of actions {short(review.name)} · {who(names)}", width)
    return "\n".join([head, *rows(shown, width)])


def _action(reviewed: Any, names: Names) -> str:
    what = names.items.get(reviewed.action, "action").removeprefix("action: ")
    supports = _SUPPORTS.get(word_of(reviewed, "supports"), "")
    due = f"It was due on {day_of(reviewed, 'due_date')}."
    return f"{what}  {short(reviewed.action)}\n{_found(reviewed)[0].upper()}{_found(reviewed)[1:]}. {due} {supports}"


def _found(reviewed: Any) -> str:
    if reviewed.HasField("extended_date"):
        return f"more time, until {day_of(reviewed, 'extended_date')}"
    word = word_of(reviewed, "outcome")
    return _FOUND.get(word, spaced(word))


def _theirs(review: Any, names: Names) -> str:
    if not review.safeguarder_words:
        return f"{names.person} has not said how they see it. Nothing is taken as agreed."
    entered = f"\nEntered for {names.person} by {review.entered_by}." if review.entered_by else ""
    return f"{review.safeguarder_words}{entered}"


def _corrected(review: Any) -> str:
    return f"Version {review.version}, because: {review.correction_reason}" if review.correction_reason else ""


def _follows(review: Any) -> Iterator[str]:
    from psmf.evidence.v1 import development_plans_pb2 as pb

    from services.platform.calls.wire import to_word

    return (to_word(pb.ActionReview.Follows, number) for number in review.follows)
