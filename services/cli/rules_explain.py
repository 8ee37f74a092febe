"""`psmf rules explain` of a person or a kept evaluation: why, and why not, line by line, to be read aloud."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import fill
from typing import Any

from services.cli.terminal import Terminal
from services.cli.words import (
    LANES,
    SHORT_ID,
    day_in_words,
    london_time,
    read_day,
    read_instant,
    safeguarder_name,
    spaced,
)

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: its measure in words, the value (None: nobody can say), the line, and whether it holds."""

    text: str
    value: int | None
    comparator: str
    line: int
    parameter: str
    margin: int | None


@dataclass(frozen=True, slots=True)
class Answered:
    """What one rule answered, as it is read out."""

    rule: str
    subject: str
    lane: str
    answer: str
    because: str
    conditions: tuple[Condition, ...]
    counted: tuple[str, ...]
    clears_if: str


def is_evaluation(text: str) -> bool:
    """Whether a name is a kept evaluation's."""
    return text.startswith("safeguarders/") and "/evaluations/" in text


def explain_person(terminal: Terminal, person: str, on: str, known_at: str, everything: bool) -> None:
    """What every rule answers of a person, on a day, as known at an instant."""
    from psmf.rules.v1 import rules_pb2 as pb

    from services.platform.wire import to_date

    request = pb.EvaluateSafeguarderRequest(name=safeguarder_name(person))
    if on:
        request.as_of_date.CopyFrom(to_date(read_day(on, "--on")))
    if known_at:
        request.known_at_time.FromDatetime(read_instant(known_at, "--known-at"))
    found = terminal.call(terminal.client.concerns.EvaluateSafeguarder, request)
    if terminal.as_json:
        terminal.data(found)
        return
    answers = [_of_message(answer) for answer in found.answers]
    _print(terminal, person, found, answers, everything)


def explain_evaluation(terminal: Terminal, name: str, everything: bool) -> None:
    """What a kept decision record says."""
    from psmf.rules.v1 import rules_pb2 as pb

    found = terminal.call(terminal.client.concerns.GetEvaluation, pb.GetEvaluationRequest(name=name))
    record = json.loads(found.record)
    if terminal.as_json:
        terminal.data(record)
        return
    _print(terminal, name, found, [_of_record(answer, record) for answer in record["answers"]], everything)


def _print(terminal: Terminal, about: str, found: Any, answers: Sequence[Answered], everything: bool) -> None:
    from psmf.rules.v1 import rules_pb2 as pb

    on = date(found.as_of_date.year, found.as_of_date.month, found.as_of_date.day)
    request = pb.ListRulesRequest(as_of_date=found.as_of_date)
    rules = terminal.call(terminal.client.rulebook.ListRules, request)
    since = {line.parameter: line for rule in rules.rules for line in rule.lines}
    terminal.text(f"{about} on {day_in_words(on)}, as known on {london_time(found.known_at_time)}")
    if rules.rulebook_hash != found.rulebook_hash:
        terminal.say("Another rulebook is in force now: its dates are not shown.")
        since = {}
    clear = [answer for answer in answers if answer.answer == "clear" and not everything]
    for answer in answers:
        if answer not in clear:
            terminal.text("")
            for line in lines_of(answer, since):
                terminal.text(line)
    if clear:
        said = {answer.rule for answer in answers if answer not in clear}
        names = sorted({answer.rule for answer in clear} - said)
        terminal.text("")
        terminal.text(fill(f"Nothing to say by {len(names)} rules: {', '.join(names)}.", WIDTH))
        terminal.say("What each of them looked at: --all")


def lines_of(answer: Answered, since: Mapping[str, Any]) -> Iterator[str]:
    """One answer, in sentences."""
    about = f" about {answer.subject}" if answer.subject else ""
    yield f"{answer.rule}{about}: {spaced(answer.answer)}. {LANES.get(answer.lane, answer.lane)}."
    if answer.because:
        yield fill(answer.because, WIDTH)
    for condition in answer.conditions:
        yield f"  {_in_a_sentence(condition, since.get(condition.parameter))}"
    if answer.counted:
        yield fill(
            f"  Evidence: {', '.join(item[:SHORT_ID] for item in answer.counted)}.", WIDTH, subsequent_indent="    "
        )
    if answer.clears_if:
        yield fill(f"  {answer.clears_if}", WIDTH, subsequent_indent="    ")


def _in_a_sentence(condition: Condition, line: Any) -> str:
    value = "not known" if condition.value is None else str(condition.value)
    asked = condition.comparator.removeprefix("is ")
    dated = ""
    if line is not None:
        day = line.from_date
        dated = f", since {day_in_words(date(day.year, day.month, day.day))}"
    return (
        f"{condition.text}: {value}. The line is {asked} {condition.line} ({condition.parameter}{dated}). "
        f"{_margin(condition)}"
    )


def _margin(condition: Condition) -> str:
    if condition.value is None or condition.margin is None:
        return "Not enough evidence to say."
    if condition.margin == 0:
        return "It is met, with nothing to spare."
    return (
        f"It is met, with {condition.margin} to spare."
        if condition.margin > 0
        else f"It is missed by {-condition.margin}."
    )


def _of_message(answer: Any) -> Answered:
    from psmf.rules.v1 import rules_pb2 as pb

    from services.platform.wire import to_word

    why = answer.explanation
    conditions = tuple(
        Condition(
            _means(c.text),
            c.value if c.HasField("value") else None,
            c.text.rpartition("asked for ")[2].rpartition(" ")[0],
            c.line,
            c.parameter,
            c.margin if c.HasField("value") else None,
        )
        for c in why.comparisons
    )
    return Answered(
        answer.rule,
        answer.subject,
        to_word(pb.Lane, answer.lane),
        to_word(pb.Answer, answer.answer),
        why.because,
        conditions,
        tuple(item.evidence_id for item in why.counted),
        why.clears_if.text,
    )


def _means(text: str) -> str:
    return text.partition(": ")[0]


def _of_record(answer: Mapping[str, Any], record: Mapping[str, Any]) -> Answered:
    """A record names lines and items once for all its answers."""
    subject = answer.get("subject", "")
    values: dict[str, int | None] = {}
    for case in record["cases"]:
        if case.get("subject", "") == subject and case["on"] == record["as_of"]:
            values |= case.get("measures", {})
    conditions = tuple(
        Condition(
            spaced(measure).capitalize(),
            values.get(measure),
            comparator,
            record["lines"][parameter],
            parameter,
            _distance(values.get(measure), comparator, record["lines"][parameter]),
        )
        for measure, comparator, parameter, _ in answer.get("comparisons", ())
    )
    return Answered(
        answer["rule"],
        subject,
        answer["lane"],
        answer["answer"],
        answer.get("because", ""),
        conditions,
        tuple(record["evidence"][place]["evidence_id"] for place in answer.get("counted", ())),
        (answer.get("clears_if") or {}).get("text", ""),
    )


def _distance(value: int | None, comparator: str, line: int) -> int | None:
    if value is None:
        return None
    distance = value - line if comparator in ("is at least", "is above") else line - value
    return distance - (comparator in ("is above", "is below"))
