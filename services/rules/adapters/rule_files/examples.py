"""Examples of rules, from files of the right shape: small invented cases that a rule must answer as they say."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from services.rules.adapters.rule_files.strict_yaml import Document, Place
from services.rules.domain.closed_lists import (
    Aspect,
    ComplaintOutcome,
    EvidenceClass,
    Kind,
    Polarity,
    Setting,
    Source,
    TeamDutyKind,
)
from services.rules.domain.facts import (
    DETAILS,
    NOT_SAID,
    CaseFile,
    ConcernKey,
    EvidenceFact,
    PersonFact,
    StandardMapping,
    TeamDuty,
)
from services.rules.domain.rulebook.model import Example
from services.rules.domain.rulebook.standards import StandardsEdition

APPOINTED_ON, TERM_ENDS_ON = date(2024, 1, 8), date(2027, 1, 7)
"""The membership of an example's person, where the example does not say."""
PERSON = "demo-safeguarder"


class Reading(Protocol):
    """The reading of a rulebook that an example is part of."""

    editions: list[StandardsEdition]

    def day(self, document: Document, place: Place, text: str) -> date:
        """Return the day that a text names, and collect a fault if it names none."""
        ...

    def fault(self, document: Document, place: Place, code: str, message: str) -> None:
        """Collect a fault at a value of a file."""
        ...


def read_examples(reading: Reading, document: Document, place: Place, entry: Mapping[str, Any]) -> Iterator[Example]:
    """Yield the examples of a rule."""
    for number, example in enumerate(entry["examples"]):
        at = (*place, "examples", number)
        subject = example.get("subject", "")
        if bool(subject) is not ("for_each" in entry):
            message = "Give an example a subject if its rule has for_each, and otherwise none."
            reading.fault(document, at, "SUBJECT", message)
        key = ConcernKey(entry["rule"], subject)
        case_file = _case_file(reading, document, (*at, "given"), example["given"], key)
        on = reading.day(document, (*at, "as_of"), example["as_of"])
        yield Example(example["it"], case_file, on, subject, example["then"], example.get("says", ""))


def _case_file(
    reading: Reading, document: Document, place: Place, given: Mapping[str, Any], key: ConcernKey
) -> CaseFile:
    lists = ("evidence", "duties")
    days = {name: reading.day(document, (*place, name), given[name]) for name in given if name not in lists}
    appointed = days.get("appointed_on", APPOINTED_ON)
    person = PersonFact(PERSON, appointed, appointed, days.get("term_ends_on", TERM_ENDS_ON))
    facts = tuple(
        _fact(reading, document, (*place, "evidence", number), item, f"demo-{number + 1}")
        for number, item in enumerate(given["evidence"])
    )
    opened = {key: days["open_since"]} if "open_since" in days else {}
    return CaseFile(person, facts, opened, duties=tuple(_duties(reading, document, place, given.get("duties", ()))))


def _fact(reading: Reading, document: Document, place: Place, item: Mapping[str, Any], name: str) -> EvidenceFact:
    """Return the item of an example. Unless the example says otherwise, it is known and counts from its day."""
    happened = reading.day(document, (*place, "happened_on"), item["happened_on"])
    countable = (
        reading.day(document, (*place, "countable_on"), item["countable_on"]) if "countable_on" in item else happened
    )
    outcome = item.get("complaint_outcome")
    mappings = []
    for indicator, polarity in item.get("speaks", {}).items():
        if not any(edition.indicator(indicator) for edition in reading.editions):
            message = f'"{indicator}" is not an indicator of any edition.'
            reading.fault(document, (*place, "speaks", indicator), "UNKNOWN-INDICATOR", message)
        mappings.append(StandardMapping(indicator.split(".")[0], indicator, Polarity(polarity)))
    return EvidenceFact(
        evidence_id=name,
        kind=Kind(item["kind"]),
        source=Source(item["source"]),
        aspect=Aspect(item.get("aspect", "practice")),
        setting=Setting(item.get("setting", "appointment")),
        evidence_class=EvidenceClass(item.get("class", "standard")),
        happened_on=happened,
        received_on=happened,
        recorded_at=datetime.combine(happened, time(), UTC),
        shared_on=happened,
        countable_from=countable,
        adverse_from=countable,
        complaint_outcome=ComplaintOutcome(outcome) if outcome else None,
        mappings=tuple(mappings),
        details={name: item[name] for name in DETAILS if item.get(name, NOT_SAID) != NOT_SAID},
        blank=tuple(name for name in DETAILS if item.get(name) == NOT_SAID),
    )


def _duties(
    reading: Reading, document: Document, place: Place, given: Sequence[Mapping[str, Any]]
) -> Iterator[TeamDuty]:
    """Yield the duties of the Team in an example. Each is owed from the start, until it is done if it says when."""
    for number, item in enumerate(given):
        at = (*place, "duties", number)
        due = reading.day(document, (*at, "due_on"), item["due_on"])
        done = reading.day(document, (*at, "done_on"), item["done_on"]) if "done_on" in item else None
        yield from an_example_duty(number + 1, TeamDutyKind(item["kind"]), due, done)


def an_example_duty(number: int, kind: TeamDutyKind, due_on: date, done_on: date | None = None) -> Iterator[TeamDuty]:
    """Yield the versions of a duty: as it is owed, and as it is done on a day."""
    name, told = f"demo-duty-{number}", datetime.combine(APPOINTED_ON, time(), UTC)
    about = f"safeguarders/{PERSON}/{name}"
    yield TeamDuty(name, 1, kind, about, due_on, is_open=True, recorded_at=told)
    if done_on is not None:
        done = datetime.combine(done_on, time(), UTC)
        yield TeamDuty(name, 2, kind, about, due_on, is_open=False, recorded_at=done)
