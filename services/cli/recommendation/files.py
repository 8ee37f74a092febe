"""The file in which the text of a recommendation is written: as it is given out to fill in, and as it is read back.

A text is long and is written over days. In a file nothing is lost when the service refuses it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import spaced, word_of
from services.platform.data_file import DataFileError, Place

_HEAD = """\
# Fill it in, then send it: {command}
# answer: yes, no or not-applicable. names: the start of the id of an item of evidence, or collection/id for anything
# else in the pack, such as actions/1a2b3c4d… Everything named is relied on.
"""
_CONDITION = ("words", "measure", "due", "support", "support_kind", "standard")
_MORE_TIME = ("until", "what", "where_from")


def template(recommendation: Any, command: str) -> str:
    """Return the file to fill in, with what the text holds already."""
    from psmf.evidence.v1 import recommendations_pb2 as pb

    from services.platform.calls.wire import to_word

    text = recommendation.text
    known = {each.what: each for each in text.criteria}
    needed = list(dict.fromkeys([*recommendation.criteria_needed, *known]))
    lines = [_HEAD.format(command=command).rstrip(), f"outcome: {_typed(word_of(text, 'outcome'))}", "criteria:"]
    for what in needed:
        lines += _criterion(_typed(to_word(pb.Criterion.What, what)), known.get(what))
    lines += ["conditions:" if text.conditions else "conditions: []", *_conditions(text)]
    if text.HasField("more_time"):
        time = text.more_time
        lines += ["more_time:", f"  until: {_day(time, 'until_date')}", f"  what: {_quoted(time.what)}"]
        lines.append(f"  where_from: {_quoted(time.where_from)}")
    lines.append(f"concerns: [{', '.join(_quoted(name) for name in text.concerns)}]")
    return "\n".join(lines)


def read_text(terminal: Terminal, content: str, file: str, person: str) -> Any:
    """Return the text that a file holds, about `safeguarders/{s}`.

    Raises:
        CommandError: INVALID_ARGUMENT, with the line of the fault. Nothing has been sent.
    """
    try:
        return _read(terminal, Place.of(content, file), person)
    except DataFileError as problem:
        raise CommandError("INVALID_ARGUMENT", f"{problem} Nothing was sent.") from None


def _read(terminal: Terminal, whole: Place, person: str) -> Any:
    from psmf.evidence.v1 import recommendations_pb2 as pb

    parts = whole.any_fields()
    known = ("outcome", "criteria", "conditions", "more_time", "concerns")
    for name, place in parts.items():
        if name not in known:
            raise place.fault(f"This is unknown here. Write only {', '.join(known)}.")
    if "outcome" not in parts:
        raise whole.fault("This needs outcome too.")
    text = pb.RecommendationText(outcome=_word(parts["outcome"], pb.Recommendation.Outcome))
    if "criteria" in parts:
        text.criteria.extend(
            _read_criterion(terminal, what, place, person) for what, place in parts["criteria"].any_fields().items()
        )
    if "conditions" in parts:
        text.conditions.extend(_read_condition(place) for place in parts["conditions"].items())
    if "more_time" in parts:
        time = parts["more_time"].fields(*_MORE_TIME)
        text.more_time.CopyFrom(
            pb.MoreTime(
                until_date=_read_day(time["until"]), what=time["what"].text(), where_from=time["where_from"].text()
            )
        )
    if "concerns" in parts:
        text.concerns.extend(terminal.name_of("concern", place.text()) for place in parts["concerns"].items())
    return text


def _read_criterion(terminal: Terminal, what: str, place: Place, person: str) -> Any:
    from psmf.evidence.v1 import recommendations_pb2 as pb

    from services.platform.calls.wire import from_word

    number = from_word(pb.Criterion.What, what.replace("-", "_"))
    if not number:
        raise place.fault("There is no such criterion.")
    found = place.any_fields()
    for name in ("answer", "words"):
        if name not in found:
            raise place.fault(f"This needs {name} too.")
    names = found["names"].items() if "names" in found else []
    return pb.Criterion(
        what=number,
        answer=_word(found["answer"], pb.Criterion.Answer),
        words=found["words"].text(),
        names=[_name(terminal, each.text(), person) for each in names],
    )


def _name(terminal: Terminal, text: str, person: str) -> str:
    if text.startswith("safeguarders/"):
        return text
    return f"{person}/{text}" if "/" in text else terminal.name_of("item", text)


def _read_condition(place: Place) -> Any:
    from psmf.evidence.v1 import development_plans_pb2 as plans
    from psmf.evidence.v1 import recommendations_pb2 as pb

    parts = place.fields(*_CONDITION)
    texts = {name: parts[name].text() for name in _CONDITION if name not in ("due", "support_kind")}
    kind = _word(parts["support_kind"], plans.Support.Kind)
    return pb.Condition(due_date=_read_day(parts["due"]), support_kind=kind, **texts)


def _read_day(place: Place) -> Any:
    from services.cli.arguments import typed_date

    return _or_fault(place, lambda: typed_date(place.text(), "The day"))


def _word(place: Place, enum: Any) -> Any:
    from services.platform.calls.wire import from_word, to_word

    words = [_typed(to_word(enum, number)) for number in enum.values() if number]
    return from_word(enum, place.word(words).replace("-", "_"))


def _or_fault(place: Place, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except CommandError as problem:
        raise place.fault(str(problem)) from None


def _criterion(what: str, known: Any) -> Iterator[str]:
    answer = _typed(word_of(known, "answer")) if known else ""
    names = ", ".join(_quoted(name) for name in known.names) if known else ""
    yield f"  {what}:"
    yield f"    answer: {answer}".rstrip()
    yield f"    words: {_quoted(known.words)}" if known else "    words:"
    yield f"    names: [{names}]"


def _conditions(text: Any) -> Iterator[str]:
    for each in text.conditions:
        yield f"  - words: {_quoted(each.words)}"
        yield f"    measure: {_quoted(each.measure)}"
        yield f"    due: {_day(each, 'due_date')}"
        yield f"    support: {_quoted(each.support)}"
        yield f"    support_kind: {_typed(word_of(each, 'support_kind'))}"
        yield f"    standard: {each.standard}"


def _day(message: Any, field: str) -> str:
    from services.platform.calls.wire import from_date

    day = from_date(message, field)
    return day.isoformat() if day else ""


def _quoted(text: str) -> str:
    import json

    # A text of JSON is one of YAML, with its line ends and quotation marks.
    return json.dumps(text, ensure_ascii=False)


def _typed(word: str) -> str:
    return spaced(word).replace(" ", "-")
