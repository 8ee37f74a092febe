"""The decision record: everything needed to evaluate again byte for byte (decisions, rule 3; reliability E8).

It is canonical JSON in the manner of RFC 8785: sorted keys, no spaces, whole numbers and strings only. Each thing is
written once. Facts are written by value. Answers name items by their place in `evidence` and duties by their place in
`duties`, counted from 0. They name rules and lines by name. The numbers compared are in `cases` and `lines`. What is
empty or unknown is left out.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

import orjson

from services.rules.domain.closed_lists import (
    Answer,
    Aspect,
    ComplaintOutcome,
    EvidenceClass,
    Kind,
    Polarity,
    Setting,
    Source,
    TeamDutyKind,
)
from services.rules.domain.evaluation.agreement import disagreement
from services.rules.domain.evaluation.answers import ClearsIf, RuleAnswer
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.evaluation.plain_engine import CaseAnswers
from services.rules.domain.facts import (
    CaseFile,
    ConcernKey,
    EvidenceFact,
    OverrideFact,
    PersonFact,
    ReviewFact,
    StandardMapping,
    SuspensionFact,
    TeamDuty,
)

RECORD_FORMAT = 2
"""The format that is written. In the first one, a fact had a single day from which it counted, for and against."""
_FIRST_FORMAT = 1
IN_FORCE = "in_force"
"""Stands as `standards` in a record by a rulebook with several editions: rules about missing evidence asked about the
standards in force only. Records without it asked about those of every edition."""
_SINCE_SECOND = ("adverse_from", "sharing_reported")
_WRITTEN = tuple(field.name for field in fields(EvidenceFact) if field.name not in ("status", "sharing_reported"))
_WRITTEN_FIRST = tuple(name for name in _WRITTEN if name not in _SINCE_SECOND)
_OF_A_FACT = {
    written_format: (names, attrgetter(*names))
    for written_format, names in ((_FIRST_FORMAT, _WRITTEN_FIRST), (RECORD_FORMAT, _WRITTEN))
}
_DAYS = ("happened_on", "received_on", "shared_on", "reply_due_on", "replied_on", "countable_from", "adverse_from")
_OF_THE_DAY = ("as_of", "as_known_at", "previous_hash")
"""Parts of a record that differ from day to day although nothing that matters does."""
_ANSWERED = ("edition", "cases", "engines_agree", "lines", "answers")
"""Parts of a record that follow from the others."""
_OF_THE_DAY_IN_CASES = ("on", "measures")
_OF_THE_DAY_IN_ANSWERS = ("window_starts_on", "because", "clears_if")
_WORDS: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "source": Source,
    "aspect": Aspect,
    "setting": Setting,
    "evidence_class": EvidenceClass,
    "complaint_outcome": ComplaintOutcome,
}


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """Canonical bytes with their sha256 in hex. The next record of the same person names that hash.

    `essence`: hash of all that matters, without what moves with the days. `inputs`: hash of what it follows from,
    without the day. `same_as`: the id of the whole record that this one names, empty if this is a whole record.
    """

    content: bytes
    sha256: str
    essence: str = ""
    same_as: str = ""
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class RecordedInputs:
    """The inputs of an evaluation, read back from its record."""

    case_file: CaseFile
    as_of: date
    as_known_at: datetime
    rulebook_hash: str
    versions: Mapping[str, str]
    previous_hash: str
    of_every_edition: bool
    record_format: int


def decision_record(
    evaluation: Evaluation,
    durable: Sequence[CaseAnswers] | None,
    versions: Mapping[str, str],
    previous_hash: str = "",
    record_format: int = RECORD_FORMAT,
) -> DecisionRecord:
    """Return the record of an evaluation with the answers of both engines.

    `durable`: the second engine's answers in the order of `evaluation.answered`, or None if it did not answer.
    `versions`: names and versions of the engines and of all else that bears on the answers (Python, tzdata).
    `previous_hash`: the sha256 of the person's record before, empty for the first. `record_format`: the format in which
    the record was written first, if this evaluation replays it.
    """
    agree = durable is not None and disagreement(evaluation.answered, durable) is None
    places = {fact.evidence_id: place for place, fact in enumerate(evaluation.case_file.evidence)}
    duties = {duty.duty_id: place for place, duty in enumerate(evaluation.case_file.duties)}
    record = {
        "format": record_format,
        "person": _plain(evaluation.case_file.person),
        "evidence": [_fact_written(fact, record_format) for fact in evaluation.case_file.evidence],
        "open_concerns": [(k.rule_id, k.subject, day) for k, day in evaluation.case_file.open_concerns.items()],
        **_overrides(evaluation.case_file),
        **_duties(evaluation.case_file),
        **_reviews(evaluation.case_file),
        **_suspensions(evaluation.case_file),
        "as_of": evaluation.as_of,
        "as_known_at": instant_text(evaluation.as_known_at),
        "rulebook_hash": evaluation.rulebook_hash,
        "edition": evaluation.edition_id,
        **({"standards": IN_FORCE} if evaluation.standards_in_force else {}),
        "versions": dict(versions),
        "cases": _cases(evaluation, durable),
        "engines_agree": agree,
        "lines": _lines(evaluation),
        "answers": [_answer(answer, places, duties) for answer in evaluation.answers],
        "previous_hash": previous_hash,
    }
    content = dumped(record)
    return DecisionRecord(content, hashlib.sha256(content).hexdigest(), _essence(record), inputs=_inputs(record))


def _inputs(record: Mapping[str, Any]) -> str:
    """Return the hash of what an evaluation follows from on any day."""
    return hashlib.sha256(dumped(_without(record, (*_OF_THE_DAY, *_ANSWERED)))).hexdigest()


def differing_answers(whole: bytes, content: bytes) -> dict[str, Any]:
    """Return what a record with the inputs of a whole one answers otherwise, of all that matters.

    Cases and answers stand under their place in the record; `of` says how many there are.
    """
    before, after = orjson.loads(whole), orjson.loads(content)
    found = {name: after[name] for name in ("edition", "engines_agree", "lines") if before[name] != after[name]}
    for name, of_the_day in (("cases", _OF_THE_DAY_IN_CASES), ("answers", _OF_THE_DAY_IN_ANSWERS)):
        old = [_without(part, of_the_day) for part in before[name]]
        changed = {
            str(place): part
            for place, part in enumerate(after[name])
            if place >= len(old) or _without(part, of_the_day) != old[place]
        }
        if changed or len(after[name]) != len(old):
            found[name] = changed | {"of": len(after[name])}
    return found


def _essence(record: Mapping[str, Any]) -> str:
    """Return the hash of inputs and answers: a window that moves or a count of days that rises changes nothing."""
    kept = {name: part for name, part in record.items() if name not in _OF_THE_DAY}
    kept["cases"] = [_without(case, _OF_THE_DAY_IN_CASES) for case in record["cases"]]
    kept["answers"] = [_without(answer, _OF_THE_DAY_IN_ANSWERS) for answer in record["answers"]]
    return hashlib.sha256(dumped(kept)).hexdigest()


def _without(part: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name not in names}


def _overrides(case_file: CaseFile) -> dict[str, object]:
    """Return the overrides in force on the day, under the key of the record format. Left out if there are none."""
    rows = [
        (one.override_id, *one.key, one.starts_on, one.ends_on, instant_text(one.made_at))
        for one in case_file.overrides
    ]
    return {"set_aside": rows} if rows else {}


def _duties(case_file: CaseFile) -> dict[str, object]:
    """Return what the Team owes, by value. Left out if that is nothing, as in records of releases that knew none."""
    rows = [(d.duty_id, d.version, d.kind, d.about, d.due_on, instant_text(d.recorded_at)) for d in case_file.duties]
    return {"duties": rows} if rows else {}


def _reviews(case_file: CaseFile) -> dict[str, object]:
    """Return the reviews that were open. Left out if there are none, as in records of releases that knew none."""
    rows = [(one.review_id, one.evidence_ids, instant_text(one.opened_at)) for one in case_file.reviews]
    return {"reviews": rows} if rows else {}


def _suspensions(case_file: CaseFile) -> dict[str, object]:
    """Return the suspensions that held practice. Left out if there are none, as in records of releases before them."""
    rows = [(one.overlay_id, instant_text(one.opened_at)) for one in case_file.suspensions]
    return {"suspensions": rows} if rows else {}


def _lines(evaluation: Evaluation) -> dict[str, int]:
    of_rules = {answer.rule_id: answer.explanation.lines for answer in evaluation.answers}
    return {line.parameter: line.value for lines in of_rules.values() for line in lines}


def _cases(evaluation: Evaluation, durable: Sequence[CaseAnswers] | None) -> list[dict[str, object]]:
    """Return the cases with the plain engine's answers, and the second engine's only where they differ.

    If the second engine did not answer, its answers count as the same here; `engines_agree` is false.
    """
    cases = []
    for number, answered in enumerate(evaluation.answered):
        case, theirs = answered.case, durable[number] if durable else answered.answers
        written = {
            "scope": case.scope,
            "subject": case.subject,
            "on": case.on,
            "measures": case.measures,
            "answers": _truths(answered.answers),
            "durable": None if theirs == answered.answers else _truths(theirs),
        }
        cases.append(_without_empty(written))
    return cases


def _truths(answers: CaseAnswers) -> dict[str, str]:
    """Return one engine's answers: for each rule whether it holds, then whether what clears it holds."""
    return {rule_id: f"{truths.when} {truths.clears}" for rule_id, truths in answers.items()}


def _answer(answer: RuleAnswer, places: Mapping[str, int], duties: Mapping[str, int]) -> dict[str, object]:
    """Return one rule's answer with its reasons. A rule that is clear has no sentence in the record."""
    why = answer.explanation
    not_counted: dict[str, list[int]] = {}
    for item in why.not_counted:
        not_counted.setdefault(item.reason.value, []).append(places[item.evidence_id])
    written = {
        "rule": answer.rule_id,
        "subject": answer.subject,
        "lane": answer.lane,
        "answer": answer.answer,
        "window_starts_on": answer.window_starts_on,
        "because": why.because if answer.answer is not Answer.CLEAR else "",
        "comparisons": [(c.measure, c.comparator, c.parameter, c.truth) for c in why.comparisons],
        "counted": [places[item.evidence_id] for item in why.counted],
        "not_counted": not_counted,
        "praise": [places[item.evidence_id] for item in why.praise],
        "duties": [duties[duty.duty_id] for duty in why.duties],
        "clears_if": _clears_if(why.clears_if) if why.clears_if is not None else None,
    }
    return _without_empty(written)


def _clears_if(change: ClearsIf) -> object:
    """Return what would clear an answer. Duties to do are left out if there are none, as in earlier records."""
    return {name: part for name, part in _plain(change).items() if name != "done" or part}


def _fact_written(fact: EvidenceFact, record_format: int) -> dict[str, object]:
    """Return one item by value. Its status is left out: only current versions are evaluated."""
    names, values_of = _OF_A_FACT[record_format]
    written = {name: value for name, value in zip(names, values_of(fact), strict=True) if value or value == 0}
    if fact.sharing_reported:
        written["sharing_reported"] = True
    written["recorded_at"] = instant_text(fact.recorded_at)
    if fact.mappings:
        written["mappings"] = [(mapping.standard, mapping.indicator, mapping.polarity) for mapping in fact.mappings]
    return written


def _without_empty(written: dict[str, object]) -> dict[str, object]:
    """Return the entries without empty and unknown ones. Zero and false are kept: they are facts."""
    return {name: value for name, value in written.items() if value or value == 0}


def canonical_json(value: object) -> bytes:
    """Return a value as canonical JSON: one way to write each value.

    Raises:
        TypeError: anything but dataclasses, maps, lists, strings, dates and whole numbers. Decimals are refused because
            their written form may differ between machines.
    """
    return dumped(_plain(value))


def dumped(plain: object) -> bytes:
    """Return plain values as canonical JSON."""
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)


def recorded_inputs(content: bytes) -> RecordedInputs:
    """Read the inputs of a record back. Evaluating them again by the rulebook of its hash gives the same record.

    Raises:
        ValueError: the record has another format.
    """
    record = orjson.loads(content)
    record_format = record.get("format")
    if record_format not in (_FIRST_FORMAT, RECORD_FORMAT):
        raise ValueError(
            f"record format {record_format!r} is not {RECORD_FORMAT} or earlier; read it with the release that wrote it"
        )
    facts = tuple(_fact(fact) for fact in record["evidence"])
    if record_format == _FIRST_FORMAT:
        facts = tuple(replace(fact, adverse_from=fact.countable_from) for fact in facts)
    case_file = CaseFile(
        _person(record["person"]),
        facts,
        {ConcernKey(rule_id, subject): date.fromisoformat(day) for rule_id, subject, day in record["open_concerns"]},
        tuple(_override(*row) for row in record.get("set_aside", ())),
        tuple(_duty(*row) for row in record.get("duties", ())),
        tuple(_review(*row) for row in record.get("reviews", ())),
        tuple(SuspensionFact(known, datetime.fromisoformat(at)) for known, at in record.get("suspensions", ())),
    )
    return RecordedInputs(
        case_file,
        date.fromisoformat(record["as_of"]),
        datetime.fromisoformat(record["as_known_at"]),
        record["rulebook_hash"],
        record["versions"],
        record["previous_hash"],
        record.get("standards") != IN_FORCE,
        record_format,
    )


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return _plain_parts(value)


def _plain_parts(value: object) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(_plain, value))
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in a decision record")


def instant_text(instant: datetime) -> str:
    """Return an instant as it stands in a record: UTC, to the microsecond."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _person(value: Mapping[str, Any]) -> PersonFact:
    days = {name: date.fromisoformat(value[name]) for name in ("appointed_on", "term_starts_on", "term_ends_on")}
    return PersonFact(value["safeguarder_id"], serving=value["serving"], **days)


def _override(override_id: str, rule_id: str, subject: str, starts_on: str, ends_on: str, made_at: str) -> OverrideFact:
    days = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    return OverrideFact(override_id, ConcernKey(rule_id, subject), *days, datetime.fromisoformat(made_at))


def _duty(duty_id: str, version: int, kind: str, about: str, due_on: str, recorded_at: str) -> TeamDuty:
    """Return a duty read back. Only those that were still owed are in a record."""
    due, recorded = date.fromisoformat(due_on), datetime.fromisoformat(recorded_at)
    return TeamDuty(duty_id, version, TeamDutyKind(kind), about, due, True, recorded)


def _review(review_id: str, evidence_ids: Sequence[str], opened_at: str) -> ReviewFact:
    """Return a review read back. Only those that were still open are in a record."""
    return ReviewFact(review_id, tuple(evidence_ids), datetime.fromisoformat(opened_at))


def _fact(value: Mapping[str, Any]) -> EvidenceFact:
    """Return one item read back. What was left out as empty has the default of `EvidenceFact`."""
    read = dict(value)
    unknown = read["not_understood"] = tuple(value.get("not_understood", ()))
    read |= {name: word(value[name]) for name, word in _WORDS.items() if name in value and name not in unknown}
    read |= {name: date.fromisoformat(value[name]) for name in _DAYS if name in value}
    read["recorded_at"] = datetime.fromisoformat(value["recorded_at"])
    read |= {name: tuple(value.get(name, ())) for name in ("blank", "unanswerable")}
    mappings = value.get("mappings", ())
    read["mappings"] = tuple(
        StandardMapping(standard, indicator, way if "polarity" in unknown else Polarity(way))
        for standard, indicator, way in mappings
    )
    return EvidenceFact(**read)
