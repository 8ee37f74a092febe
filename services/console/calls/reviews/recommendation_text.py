"""The text of a recommendation with one part of it written, changed or taken out.

A second press of the same button gives the same text again, so that the service knows it and acts once.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from psmf.evidence.v1 import recommendations_pb2 as pb

from services.client.words import word_of
from services.console.calls.caller import fill
from services.console.forms.asked import Answers
from services.console.forms.recommendations.parts import CONCERNS, CONDITION, CRITERION, NAMES, OUTCOME, Part, mark_of


def new_text(person: str, answers: Answers) -> Any:
    """Return the text with which a recommendation begins. `person`: the name of the record."""
    return _about(pb.RecommendationText(), person, answers)


def with_part(known: Any, part: Part, answers: Answers, offered: Iterable[str] | None) -> Any:
    """Return the text of a recommendation with a part as it was answered.

    `offered`: the names or matters of which some were ticked; None if nobody could say which there are. What was named
    before and could not be ticked stays named.

    Raises:
        NotDone: an answer is no word of its list.
    """
    text = pb.RecommendationText()
    text.CopyFrom(known.text)
    person = "/".join(known.name.split("/")[:2])
    if part.kind == OUTCOME:
        return _about(text, person, answers, offered)
    if part.kind == CRITERION:
        _answer(text, person, part, answers, offered)
    elif part.kind == CONDITION:
        _set_condition(text, part, answers)
    else:
        _fill_in(text.more_time, answers, "until_date", "what", "where_from")
    return text


def without_part(known: Any, part: Part) -> Any:
    """Return the text of a recommendation without an answer, a condition or its time."""
    text = pb.RecommendationText()
    text.CopyFrom(known.text)
    if part.kind == CRITERION:
        kept: list[Any] = [one for one in known.text.criteria if word_of(one, "what") != part.about]
        del text.criteria[:]
        text.criteria.extend(kept)
    elif part.kind == CONDITION:
        kept = [one for one in known.text.conditions if mark_of(one) != part.about]
        del text.conditions[:]
        text.conditions.extend(kept)
    else:
        text.ClearField("more_time")
    return text


def holds(text: Any, part: Part) -> bool:
    """Return whether a text has a part that can be taken out."""
    if part.kind == CRITERION:
        return any(word_of(one, "what") == part.about for one in text.criteria)
    if part.kind == CONDITION:
        return any(mark_of(one) == part.about for one in text.conditions)
    return part.kind != OUTCOME and bool(text.HasField("more_time"))


def _about(text: Any, person: str, answers: Answers, offered: Iterable[str] | None = ()) -> Any:
    fill(text, "outcome", answers.text("outcome"))
    names = _named(text.concerns, person, answers.ticked(CONCERNS), offered)
    del text.concerns[:]
    text.concerns.extend(names)
    return text


def _answer(text: Any, person: str, part: Part, answers: Answers, offered: Iterable[str] | None) -> None:
    criterion = next((one for one in text.criteria if word_of(one, "what") == part.about), None)
    if criterion is None:
        criterion = text.criteria.add()
        fill(criterion, "what", part.about)
    _fill_in(criterion, answers, "answer", "words")
    names = _named(criterion.names, person, answers.ticked(NAMES), offered)
    del criterion.names[:]
    criterion.names.extend(names)


def _set_condition(text: Any, part: Part, answers: Answers) -> None:
    made = pb.Condition()
    _fill_in(made, answers, "words", "measure", "due_date", "support", "support_kind", "standard")
    # The first press has made it already: the second is the same text again.
    if any(one == made for one in text.conditions):
        return
    for one in text.conditions:
        if mark_of(one) == part.about:
            one.CopyFrom(made)
            return
    text.conditions.append(made)


def _named(before: Iterable[str], person: str, ticked: Iterable[str], offered: Iterable[str] | None) -> list[str]:
    kept = [one for one in before if offered is None or one.removeprefix(f"{person}/") not in offered]
    return list(dict.fromkeys([*kept, *(f"{person}/{one}" for one in ticked)]))


def _fill_in(message: Any, answers: Answers, *fields: str) -> None:
    for field in fields:
        given = answers.given.get(field, "")
        day = answers.day(field).read
        if isinstance(day, date):
            fill(message, field, day)
        elif isinstance(given, str) and given:
            fill(message, field, given)
