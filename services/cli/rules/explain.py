"""`psmf rules explain` of a person or a kept evaluation: why, and why not, line by line, to be read aloud."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import fill
from typing import Any

from services.cli.arguments import read_day, read_instant
from services.cli.terminal import Terminal
from services.client.why import titles_of
from services.client.words import LANES, SHORT_ID, day_in_words, day_of, london_time, safeguarder_name, spaced

WIDTH = 100
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
    counted: tuple[tuple[str, str], ...]
    """Items in words, each with its id."""
    clears_if: str
    rests_on: tuple[str, ...]
    waits: tuple[tuple[str, str], ...]
    """Items that wait for a Practice Note, in words, each with its id."""


@dataclass(frozen=True, slots=True)
class Known:
    """Titles of rules and of standards and indicators, by id, and numbers in force on the day, by name."""

    rules: Mapping[str, str]
    subjects: Mapping[str, str]
    since: Mapping[str, Any]


def is_evaluation(text: str) -> bool:
    """Whether a name is a kept evaluation's."""
    return text.startswith("safeguarders/") and "/evaluations/" in text


def explain_person(terminal: Terminal, person: str, on: str, known_at: str, everything: bool) -> None:
    """What every rule answers of a person, on a day, as known at an instant."""
    from psmf.rules.v1 import rules_pb2 as pb

    from services.platform.calls.wire import to_date

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
    editions = terminal.call(terminal.client.standards.ListStandardsEditions, pb.ListStandardsEditionsRequest())
    known = Known(
        {rule.rule: rule.title for rule in rules.rules},
        titles_of(editions.standards_editions),
        {line.parameter: line for rule in rules.rules for line in rule.lines},
    )
    terminal.text(f"{about} on {day_in_words(on)}, as known on {london_time(found.known_at_time)}")
    if rules.rulebook_hash != found.rulebook_hash:
        terminal.say("Another rulebook is in force now: its dates are not shown.")
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
        terminal.text(_folded(f"{have} nothing to say: {', '.join(names)}."))
        terminal.say("What each of them looked at: --all")


def lines_of(answer: Answered, known: Known) -> Iterator[str]:
    """One answer, in sentences; names of rules, numbers and items stand at the end, out of the way."""
    title = known.rules.get(answer.rule, answer.rule)
    subject = known.subjects.get(answer.subject, answer.subject)
    lane = LANES.get(answer.lane, answer.lane) if answer.answer in SPEAKS else ""
    yield _folded(f"{' · '.join(part for part in (lane, subject, title) if part)}: {spaced(answer.answer)}")
    if answer.because:
        yield _folded(answer.because)
    for condition in answer.conditions:
        yield _folded(f"  {_in_a_sentence(condition)}")
    for label, items in (("Counted", answer.counted), ("Waits", answer.waits)):
        for place, (text, evidence_id) in enumerate(items):
            yield f"  {label if place == 0 else '':9}{text}  {evidence_id[:SHORT_ID]}"
    if answer.clears_if:
        ids = ", ".join(evidence_id[:SHORT_ID] for evidence_id in answer.rests_on)
        yield _folded(f"  {answer.clears_if}{f' ({ids})' if ids else ''}")
    yield _folded(f"  {_names(answer, known)}")


def _folded(text: str) -> str:
    """Not at hyphens: names have them."""
    indent = " " * (len(text) - len(text.lstrip()) and 4)
    return fill(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False)


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
    from psmf.rules.v1 import rules_pb2 as pb

    from services.platform.calls.wire import to_word

    why = answer.explanation
    conditions = tuple(
        Condition(
            _means(c.text),
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
        to_word(pb.Lane, answer.lane),
        to_word(pb.Answer, answer.answer),
        why.because,
        conditions,
        tuple((item.text, item.evidence_id) for item in why.counted),
        why.clears_if.text,
        tuple(why.clears_if.remove),
        tuple((item.text, item.evidence_id) for item in why.not_counted if item.reason == UNCLEAR),
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
        tuple(_of_item(record["evidence"][place]) for place in answer.get("counted", ())),
        (answer.get("clears_if") or {}).get("text", ""),
        tuple((answer.get("clears_if") or {}).get("remove", ())),
        tuple(_of_item(record["evidence"][place]) for place in answer.get("not_counted", {}).get(UNCLEAR, ())),
    )


def _of_item(item: Mapping[str, Any]) -> tuple[str, str]:
    from services.rules.domain.rulebook.wording import in_words

    words = f"{in_words(item['kind'])} from {in_words(item['source'])}, {day_in_words(item['happened_on'])}"
    return words, item["evidence_id"]


def _distance(value: int | None, comparator: str, line: int) -> int | None:
    if value is None:
        return None
    distance = value - line if comparator in ("is at least", "is above") else line - value
    return distance - (comparator in ("is above", "is below"))
