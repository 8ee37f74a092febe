"""`psmf rules explain` for a person or a stored evaluation: why and why not, in lines that can be read aloud."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from services.cli.arguments import read_instant, typed_date
from services.cli.terminal import Terminal
from services.client.owed import owed_as_listed
from services.client.why import titles_of
from services.client.words import (
    LANES,
    SHORT_ID,
    day_of,
    id_under,
    iso_in_words,
    london_time,
    spaced,
    word_of,
)
from services.platform.calls.wire import from_date

SPEAKS = ("raised", "watching", "held_back")
UNCLEAR = "practice_unclear"
LINE_IN_WORDS = {
    "is at least": "{} or more",
    "is at most": "no more than {}",
    "is above": "more than {}",
    "is below": "less than {}",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of a rule: the measure in words, its value and the line.

    `margin` is the distance by which the line is met, or missed if it is negative. `value` and `margin` are None for a
    measure that is unknown.
    """

    text: str
    value: int | None
    comparator: str
    line: int
    parameter: str
    margin: int | None


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer of one rule, in the parts that are read out."""

    rule: str
    subject: str
    lane: str
    answer: str
    because: str
    conditions: tuple[Condition, ...]
    counted: tuple[tuple[str, str], ...]
    """Items that counted, in words, each with its id."""
    clears_if: str
    rests_on: tuple[str, ...]
    waits: tuple[tuple[str, str], ...]
    """Items that wait for a Practice Note, in words, each with its id."""
    owed: tuple[tuple[str, str], ...] = ()
    """Overdue duties of the Team, in words, each with the id of what it is about."""


@dataclass(frozen=True, slots=True)
class Known:
    """Titles of rules, standards and indicators by id, and the numbers in force on the day by name."""

    rules: Mapping[str, str]
    subjects: Mapping[str, str]
    since: Mapping[str, Any]
    shown: Mapping[str, str] = field(default_factory=dict)
    """How a thing that is no item, such as attendance, is typed in its own commands, by id."""


def is_evaluation(text: str) -> bool:
    """Return whether a name is that of a stored evaluation."""
    return text.startswith("safeguarders/") and "/evaluations/" in text


def explain_person(terminal: Terminal, person: str, on: str, known_at: str, everything: bool) -> None:
    """Print what every rule answers about a person, for a day and as known at an instant; both default to now."""
    from psmf.rules.v1 import rules_pb2 as pb

    request = pb.EvaluateSafeguarderRequest(name=terminal.safeguarder(person))
    if on:
        request.as_of_date.CopyFrom(typed_date(on, "--on"))
    if known_at:
        request.known_at_time.FromDatetime(read_instant(known_at, "--known-at"))
    found = terminal.call(terminal.client.concerns.EvaluateSafeguarder, request)
    if terminal.as_json:
        terminal.data(found)
        return
    answers = [_of_message(answer) for answer in found.answers]
    _print(terminal, request.name, person, found, answers, everything)


def explain_evaluation(terminal: Terminal, name: str, everything: bool) -> None:
    """Print the answers in a decision record."""
    from psmf.rules.v1 import rules_pb2 as pb

    found = terminal.call(terminal.client.concerns.GetEvaluation, pb.GetEvaluationRequest(name=name))
    record = json.loads(found.record)
    if terminal.as_json:
        terminal.data(record)
        return
    answers = [_of_record(answer, record) for answer in record["answers"]]
    _print(terminal, name, name, found, answers, everything)


def _print(
    terminal: Terminal, name: str, about: str, found: Any, answers: Sequence[Answered], everything: bool
) -> None:
    """Print what rules answered. `name`: of a record of the person. `about`: what was asked for."""
    from psmf.rules.v1 import rules_pb2 as pb

    request = pb.ListRulesRequest(as_of_date=found.as_of_date)
    rules = terminal.call(terminal.client.rulebook.ListRules, request)
    editions = terminal.call(terminal.client.standards.ListStandardsEditions, pb.ListStandardsEditionsRequest())
    known = Known(
        {rule.rule: rule.title for rule in rules.rules},
        titles_of(editions.standards_editions, from_date(found, "as_of_date") or date.max),
        {line.parameter: line for rule in rules.rules for line in rule.lines},
        owed_as_listed(terminal.client, terminal.person, name),
    )
    terminal.text(f"{about} on {day_of(found, 'as_of_date')}, as known on {london_time(found.known_at_time)}")
    if rules.rulebook_hash != found.rulebook_hash:
        terminal.say("Another rulebook is in force now, so the dates of its numbers are not shown.")
        known = replace(known, since={})
    clear = [answer for answer in answers if answer.answer == "clear" and not answer.waits and not everything]
    for answer in answers:
        if answer not in clear:
            terminal.text("")
            for line in lines_of(answer, known):
                terminal.text(line)
    if clear:
        said = {answer.rule for answer in answers if answer not in clear}
        names = sorted({answer.rule for answer in clear} - said)
        terminal.text("")
        have = "1 rule has" if len(names) == 1 else f"{len(names)} rules have"
        terminal.text(f"{have} nothing to say: {', '.join(names)}.")
        terminal.say("To see what each of them looked at: --all")


def lines_of(answer: Answered, known: Known) -> Iterator[str]:
    """Yield one answer in sentences. The names of rules, numbers and items come last, so that it can be read aloud."""
    title = known.rules.get(answer.rule, answer.rule)
    subject = known.subjects.get(answer.subject, answer.subject)
    lane = LANES.get(answer.lane, answer.lane) if answer.answer in SPEAKS else ""
    yield f"{' · '.join(part for part in (lane, subject, title) if part)}: {spaced(answer.answer)}"
    if answer.because:
        yield answer.because
    for condition in answer.conditions:
        yield f"  {_in_a_sentence(condition)}"
    for label, items in (("Owed", answer.owed), ("Counted", answer.counted), ("Waits", answer.waits)):
        for place, (text, evidence_id) in enumerate(items):
            yield f"  {label if place == 0 else '':9}{text}  {_shown(evidence_id, known)}".rstrip()
    if answer.clears_if:
        ids = ", ".join(_shown(evidence_id, known) for evidence_id in answer.rests_on)
        yield f"  {answer.clears_if}{f' ({ids})' if ids else ''}"
    yield f"  {_names(answer, known)}"


def _shown(evidence_id: str, known: Known) -> str:
    return known.shown.get(evidence_id, evidence_id[:SHORT_ID])


def _in_a_sentence(condition: Condition) -> str:
    line = LINE_IN_WORDS[condition.comparator].format(condition.line)
    if condition.value is None or condition.margin is None:
        return f"{condition.text}: not known. The line is {line}."
    return f"{condition.text}: {condition.value}. The line is {line}: {_margin(condition.margin)}."


def _margin(margin: int) -> str:
    if margin == 0:
        return "just met"
    return f"met, with {margin} to spare" if margin > 0 else f"not met, by {-margin}"


def _names(answer: Answered, known: Known) -> str:
    since: dict[str, list[str]] = {}
    for parameter in dict.fromkeys(condition.parameter for condition in answer.conditions):
        line = known.since.get(parameter)
        since.setdefault(f" since {day_of(line, 'from_date')}" if line else "", []).append(parameter)
    with_numbers = "".join(f", with {', '.join(names)}{day}" for day, names in since.items())
    return f"Rule {answer.rule}{with_numbers}."


def _of_message(answer: Any) -> Answered:
    why = answer.explanation
    conditions = tuple(
        Condition(
            c.text.partition(": ")[0],
            c.value if c.HasField("value") else None,
            f"is {c.text.rpartition('asked for ')[2].rpartition(' ')[0]}",
            c.line,
            c.parameter,
            c.margin if c.HasField("value") else None,
        )
        for c in why.comparisons
    )
    return Answered(
        answer.rule,
        answer.subject,
        word_of(answer, "lane"),
        word_of(answer, "answer"),
        why.because,
        conditions,
        tuple((item.text, item.evidence_id) for item in why.counted),
        why.clears_if.text,
        tuple(why.clears_if.remove),
        tuple((item.text, item.evidence_id) for item in why.not_counted if item.reason == UNCLEAR),
        tuple((duty.text, id_under(duty.about)) for duty in why.duties),
    )


def _of_record(answer: Mapping[str, Any], record: Mapping[str, Any]) -> Answered:
    """Return an answer of a decision record, which names lines and items once for all its answers."""
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
        tuple(_of_item(record["evidence"][place]) for place in answer.get("counted", ())),
        (answer.get("clears_if") or {}).get("text", ""),
        tuple((answer.get("clears_if") or {}).get("remove", ())),
        tuple(_of_item(record["evidence"][place]) for place in answer.get("not_counted", {}).get(UNCLEAR, ())),
        tuple(_of_duty(record["duties"][place]) for place in answer.get("duties", ())),
    )


def _of_duty(row: Sequence[Any]) -> tuple[str, str]:
    _, _, kind, about, due_on, _ = row
    return f"{spaced(kind)}, due on {iso_in_words(due_on)}", id_under(about)


def _of_item(item: Mapping[str, Any]) -> tuple[str, str]:
    from services.rules.domain.rulebook.wording import in_words

    words = f"{in_words(item['kind'])} from {in_words(item['source'])}, {iso_in_words(item['happened_on'])}"
    return words, item["evidence_id"]


def _distance(value: int | None, comparator: str, line: int) -> int | None:
    if value is None:
        return None
    # "Above 3" is met from 4 on: the nearest whole number that meets it has the margin 0.
    distance = value - line if comparator in ("is at least", "is above") else line - value
    return distance - (comparator in ("is above", "is below"))
