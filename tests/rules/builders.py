"""Invented case files of rules, deterministic where named and drawn by hypothesis where a property is shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from services.rules.adapters.rule_files.folder import load_rulebook
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
from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.facts import (
    DETAILS,
    REPORT_LINES,
    CaseFile,
    EvidenceFact,
    PersonFact,
    StandardMapping,
    TeamDuty,
)
from services.rules.domain.rulebook.model import Rulebook

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
PERSON = PersonFact("demo-safeguarder", date(2024, 1, 8), date(2024, 1, 8), date(2027, 1, 7))


@cache
def shipped() -> Rulebook:
    """Return the rulebook that ships."""
    return load_rulebook()


def an_item(name: str, happened_on: date = date(2026, 6, 1), **changes: Any) -> EvidenceFact:
    """Return feedback from a panel member with a concern on S2.1, shared and countable on the day it happened."""
    speaks: str = changes.pop("speaks", "S2.1")
    polarity: Polarity = changes.pop("polarity", Polarity.CONCERN)
    fact = EvidenceFact(
        evidence_id=name,
        kind=Kind.FEEDBACK,
        source=Source.PANEL_MEMBER,
        aspect=Aspect.PRACTICE,
        setting=Setting.APPOINTMENT,
        evidence_class=EvidenceClass.STANDARD,
        happened_on=happened_on,
        received_on=happened_on,
        recorded_at=datetime(happened_on.year, happened_on.month, happened_on.day, 9, tzinfo=UTC),
        shared_on=happened_on,
        countable_from=happened_on,
        adverse_from=changes.get("countable_from", happened_on),
        mappings=(StandardMapping(speaks.split(".", maxsplit=1)[0], speaks, polarity),) if speaks else (),
    )
    return replace(fact, **changes)


def a_late_report(name: str, happened_on: date, **changes: Any) -> EvidenceFact:
    """Return SCRA's record of a report three days late, with no extension agreed."""
    details = {"days_late": 3, "extension_agreed": False} | changes.pop("details", {})
    return an_item(
        name, happened_on, kind=Kind.SCRA_TIMELINESS, source=Source.SCRA, speaks="S4.1", details=details, **changes
    )


def a_duty(name: str = "duty", due_on: date = date(2026, 10, 30), **changes: Any) -> TeamDuty:
    """Return a support that the Team promised by a day, as it was told a month before that."""
    told = datetime.combine(due_on - timedelta(days=30), time(9), UTC)
    about = f"safeguarders/demo-safeguarder/supports/{name}"
    duty = TeamDuty(name, 1, TeamDutyKind.DELIVER_SUPPORT, about, due_on, is_open=True, recorded_at=told)
    return replace(duty, **changes)


def a_case_file(*evidence: EvidenceFact, **changes: Any) -> CaseFile:
    """Return the demo person with this evidence and no open concern."""
    opened, duties = changes.get("open_concerns", {}), changes.get("duties", ())
    return CaseFile(changes.get("person", PERSON), evidence, opened, duties=duties)


def evaluated(case_file: CaseFile, as_of: date = TODAY, as_known_at: datetime = NOW, **changes: Any) -> Evaluation:
    """Evaluate with the rulebook that ships."""
    return evaluate(shipped(), case_file, as_of, as_known_at, **changes)


def answered(evaluation: Evaluation, rule_id: str, subject: str = "") -> RuleAnswer:
    """Return the answer of one rule about one subject."""
    return next(a for a in evaluation.answers if (a.rule_id, a.subject) == (rule_id, subject))


INDICATORS = ("S1.1", "S2.1", "S4.1", "S4.4", "S5.1", "S6.2", "S7.1", "E.1")


@st.composite
def items(draw: st.DrawFn, name: str = "item") -> EvidenceFact:
    """Draw any item. There are few indicators, so that items often share one."""
    kind = draw(st.sampled_from(list(Kind)))
    happened = TODAY - timedelta(days=draw(st.integers(0, 800)))
    shared = happened + timedelta(days=draw(st.integers(0, 30)))
    indicator = draw(st.sampled_from(INDICATORS))
    countable = draw(st.none() | st.just(shared + timedelta(days=14)) | st.just(happened))
    return an_item(
        name,
        happened,
        kind=kind,
        source=draw(st.sampled_from(list(Source))),
        evidence_class=draw(st.sampled_from((EvidenceClass.STANDARD,) * 4 + tuple(EvidenceClass))),
        received_on=happened + timedelta(days=draw(st.integers(0, 20))),
        shared_on=shared,
        countable_from=countable,
        adverse_from=draw(st.none() | st.just(max(countable, shared + timedelta(days=20))) | st.just(countable))
        if countable
        else None,
        complaint_outcome=draw(st.sampled_from(list(ComplaintOutcome))) if kind is Kind.COMPLAINT else None,
        mappings=(StandardMapping(indicator.split(".")[0], indicator, draw(st.sampled_from(list(Polarity)))),),
        details=draw(details_of(kind)),
    )


def details_of(kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for the details of items of this kind."""
    if kind is Kind.REPORT_SAMPLE_REVIEW:
        lines = {line: st.sampled_from(("below", "at", "above")) for line in REPORT_LINES}
        return st.fixed_dictionaries(
            lines | {"child_views_recorded": st.booleans(), "second_reader_agrees": st.booleans()}
        )
    if kind is Kind.SCRA_TIMELINESS:
        return st.fixed_dictionaries({"days_late": st.integers(0, 3), "extension_agreed": st.booleans()})
    if kind is Kind.ATTENDANCE:
        return st.fixed_dictionaries(
            {
                "event": st.sampled_from(("support_session", "mandatory_training")),
                "attendance": st.sampled_from(("attended", "absent_excused", "absent_unexcused")),
            }
        )
    if kind is Kind.ACTION_OUTCOME:
        names = ("action_outcome", "action_purpose", "action_basis", "supports_standing")
        return st.fixed_dictionaries({name: st.sampled_from(DETAILS[name]) for name in names})
    return st.just({})


@st.composite
def team_duties(draw: st.DrawFn, until: date = TODAY, most: int = 5) -> tuple[TeamDuty, ...]:
    """Draw duties of the Team that are told, moved and done within the 90 days before a day, in any order."""
    versions: list[TeamDuty] = []
    for number in range(draw(st.integers(0, most))):
        kind, told = draw(st.sampled_from(list(TeamDutyKind))), draw(st.integers(0, 90 * 24))
        for version in range(1, draw(st.integers(1, 3)) + 1):
            told = max(0, told - draw(st.integers(0, 30 * 24)))
            due_on = until - timedelta(days=draw(st.integers(-10, 90)))
            at = datetime.combine(until, time(12), UTC) - timedelta(hours=told)
            is_open = draw(st.booleans()) if version > 1 else True
            versions.append(
                a_duty(f"duty-{number}", due_on, version=version, kind=kind, is_open=is_open, recorded_at=at)
            )
    return tuple(draw(st.permutations(versions)))


@st.composite
def case_files(draw: st.DrawFn, most: int = 14) -> CaseFile:
    """Draw a person with up to `most` items."""
    number = draw(st.integers(0, most))
    term_ends = TODAY + timedelta(days=draw(st.sampled_from((30, 300, 700))))
    person = replace(PERSON, term_ends_on=term_ends)
    return a_case_file(*(draw(items(f"item-{place}")) for place in range(number)), person=person)
