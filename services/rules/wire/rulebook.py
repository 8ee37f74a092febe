"""The rulebook in force and its rules as protobuf."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from psmf.rules.v1 import events_pb2, rules_pb2

from services.platform.calls.wire import from_word, to_date, to_instant
from services.rules.domain.closed_lists import Polarity
from services.rules.domain.facts import EvidenceFact
from services.rules.domain.rulebook.conditions import comparisons
from services.rules.domain.rulebook.dated import DatedChange
from services.rules.domain.rulebook.model import Example, ParameterValue, Rule, Rulebook
from services.rules.domain.rulebook.wording import day_in_words, in_words
from services.rules.wire.names import note_name

LEAST_SHOWN = 5
"""Concerns of a rule below which their number is not told, as with figures."""


def rulebook_message(
    rulebook: Rulebook, loaded_at: datetime, refused: Sequence[str], waiting_hash: str, today: date
) -> rules_pb2.Rulebook:
    """Return the rulebook in force. `refused`: faults of a newer one. `waiting_hash`: one that needs approval."""
    return rules_pb2.Rulebook(
        hash=rulebook.content_hash,
        load_time=to_instant(loaded_at),
        rules=len(rulebook.in_force(today).rules),
        refused=refused,
        # What waited may have come into force as a revision since the folder was read.
        waiting_hash=waiting_hash if waiting_hash != rulebook.content_hash else "",
    )


def rule_message(rule: Rule, rulebook: Rulebook, on: date) -> rules_pb2.Rule:
    """Return a rule in plain words, with its lines on a day."""
    lines = []
    for name in rulebook.parameters_of(rule):
        parameter = rulebook.parameters[name]
        value = parameter.in_force(on)
        if value is not None:
            lines.append(
                rules_pb2.Line(
                    parameter=name,
                    value=value.value,
                    unit=parameter.unit,
                    origin=value.origin,
                    why=value.why,
                    from_date=to_date(value.from_on),
                )
            )
    return rules_pb2.Rule(
        rule=rule.rule_id,
        title=rule.title,
        lane=from_word(rules_pb2.Lane, rule.lane),
        standards=rule.standards,
        source=rule.source,
        practice_note=note_name(rule.note),
        conditions=[
            f"{rulebook.measures[part.measure].means}: {part.comparator} {part.parameter.replace('_', ' ')}"
            for part in comparisons(rule.when)
        ],
        lines=lines,
    )


def put_more(message: rules_pb2.Rule, rule: Rule, raised: int) -> None:
    """Put into the message of a rule its examples, and how many concerns it raised in twelve months."""
    message.examples.extend(map(example_message, rule.examples))
    # A few of a few hundred people can be guessed from what else is known of them.
    message.raised_withheld = raised < LEAST_SHOWN
    message.times_raised = 0 if message.raised_withheld else raised


def example_message(example: Example) -> rules_pb2.RuleExample:
    """Return an example in words."""
    items = sorted(example.case_file.evidence, key=lambda item: item.happened_on)
    opened = ["the matter is open already"] if example.case_file.open_concerns else []
    return rules_pb2.RuleExample(
        title=example.title,
        as_of_date=to_date(example.on),
        answer=from_word(rules_pb2.Answer, example.answer),
        evidence=[*opened, *map(_item_in_words, items)],
    )


def _item_in_words(item: EvidenceFact) -> str:
    """Return what an example's item is, with the details that may make the difference."""
    details = [
        in_words(name) if value is True else f"{in_words(name)}: {in_words(str(value))}"
        for name, value in item.details.items()
        if value is not False
    ]
    outcome = [in_words(item.complaint_outcome)] if item.complaint_outcome else []
    praise = ["praise"] if any(mapping.polarity is Polarity.PRAISE for mapping in item.mappings) else []
    day = day_in_words(item.happened_on)
    return ", ".join((f"{in_words(item.kind)} from {in_words(item.source)}", day, *details, *outcome, *praise))


def parameter_messages(rulebook: Rulebook) -> Iterator[rules_pb2.Parameter]:
    """Yield every parameter with its dated values, in order of name, and who reads it."""
    reading: dict[str, set[str]] = {}
    for rule in rulebook.rules:
        for name in rulebook.parameters_of(rule):
            reading.setdefault(name, set()).add(rule.rule_id)
    for kpi in rulebook.kpis:
        for name in kpi.parameters:
            reading.setdefault(name, set()).add(kpi.kpi_id)
    for name, parameter in sorted(rulebook.parameters.items()):
        yield rules_pb2.Parameter(
            parameter=name,
            means=parameter.means,
            unit=parameter.unit,
            least=parameter.scale[0],
            most=parameter.scale[1],
            values=map(_dated, parameter.values),
            owner=parameter.owner,
            review_date=to_date(parameter.review_by),
            read_by=sorted(reading.get(name, ())),
        )


def _dated(value: ParameterValue) -> rules_pb2.DatedValue:
    return rules_pb2.DatedValue(
        from_date=to_date(value.from_on), value=value.value, origin=value.origin, cites=value.cites, why=value.why
    )


def rulebook_event(content_hash: str, previous_hash: str, in_force_at: datetime) -> events_pb2.RulebookActivated:
    """Return the event that another rulebook came into force."""
    return events_pb2.RulebookActivated(
        rulebook_hash=content_hash, previous_hash=previous_hash, in_force_time=to_instant(in_force_at)
    )


def dated_event(content_hash: str, change: DatedChange, ahead: bool) -> events_pb2.RulebookDateReached:
    """Return the event that a date in the rulebook in force changes the rules. `ahead`: the day is still to come."""
    parts = [part.name for part in change.changes]
    return events_pb2.RulebookDateReached(rulebook_hash=content_hash, date=to_date(change.on), ahead=ahead, parts=parts)
