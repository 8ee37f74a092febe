"""Recommendations for tests, and what they are checked against."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.plans.support import SupportKind
from services.evidence.domain.recommendations import life
from services.evidence.domain.recommendations.criteria import Shown, criteria_of
from services.evidence.domain.recommendations.recommendation import (
    Answer,
    Condition,
    Criterion,
    Entry,
    Kind,
    MoreTime,
    Outcome,
    Recommendation,
    Section,
    Text,
    What,
)
from services.evidence.domain.safeguarder import LegalBasis, Safeguarder, SafeguarderId, State, Term
from tests.evidence.plans.build import NOW, PERSON, TEAM, TODAY

SECOND = Actor("senior-manager", Side.PANEL_TEAM, NOW)
TERM = Term(1, date(2024, 6, 1), date(2027, 5, 31), LegalBasis("SSI 2012/54", "reg 7(1)", "as made"))
MEMBER = Safeguarder(SafeguarderId("sg-one"), "Demo One", ("fife",), State.APPOINTED, (TERM,), True, NOW)
APPLICANT = replace(MEMBER, state=State.APPLICANT, terms=())
ITEM = "safeguarders/sg-one/evidenceItems/e1"
ENTRIES = (Entry(Section.EVIDENCE, ITEM, 2), Entry(Section.ACTION, "safeguarders/sg-one/actions/a1", 3))
SHOWN = Shown(notice_stood=True, action_reviewed=True, supports_complete=True, sources=2, is_escalated=True)
DAYS = 14


def criteria(kind: Kind, outcome: Outcome, **answers: Answer) -> tuple[Criterion, ...]:
    """Return every criterion of an outcome with *yes*, or with another answer."""
    names = {What.CONDUCT: (ITEM,), What.NOT_FIT: (ITEM,)}
    return tuple(
        Criterion(what, answers.get(what.value, Answer.YES), names.get(what, ()), "As both read.")
        for what in criteria_of(kind, outcome)
    )


def a_text(kind: Kind = Kind.REAPPOINTMENT, outcome: Outcome = Outcome.RECOMMEND, **changes: Any) -> Text:
    """Return a text with every criterion of its outcome."""
    fields: dict[str, Any] = {"outcome": outcome, "criteria": criteria(kind, outcome)}
    if outcome is Outcome.WITH_CONDITIONS:
        fields["conditions"] = (a_condition(),)
    if outcome is Outcome.MORE_TIME:
        fields["more_time"] = MoreTime(TODAY + timedelta(days=60), "Two reports.", "From the reporter.")
    if changes.get("kind_is_against", outcome is Outcome.DO_NOT_RECOMMEND or kind is Kind.REMOVAL):
        fields["concerns"] = ("c1",)
    return Text(**fields | changes)


def a_condition(**changes: Any) -> Condition:
    """Return a condition."""
    fields: dict[str, Any] = {
        "words": "Offer each child a meeting.",
        "measure": "Each report says so.",
        "due_on": TODAY + timedelta(days=300),
        "support": "The Team gives a mentor.",
        "support_kind": SupportKind.MENTORING,
        "standard": "S2",
    }
    return Condition(**fields | changes)


def grounds(*items: EvidenceItem, **changes: Any) -> life.Grounds:
    """Return what a recommendation is checked against."""
    fields: dict[str, Any] = {"entries": ENTRIES, "items": items, "shown": SHOWN, "entry": MEMBER}
    return life.Grounds(**fields | changes)


def drafted(kind: Kind = Kind.REAPPOINTMENT, text: Text | None = None, by: Actor = TEAM) -> Recommendation:
    """Return a recommendation that was drafted just now."""
    return life.draft(("m1", "sg-one"), kind, text or a_text(kind), (), by)


def checked(**of: Any) -> Recommendation:
    """Return a recommendation that was checked."""
    return life.check(drafted(**of), grounds(), TEAM)


def shared(**of: Any) -> Recommendation:
    """Return a recommendation that was shared."""
    return life.share(checked(**of), grounds(), DAYS, TEAM)


def answered(**of: Any) -> Recommendation:
    """Return a recommendation to which the person has nothing more to say."""
    return life.represent(shared(**of), "I asked for a mentor in May.", True, PERSON)


def approved(**of: Any) -> Recommendation:
    """Return a recommendation that a second person approved."""
    return life.approve(answered(**of), ["A mentor is promised."], (), grounds(), False, SECOND)


def submitted(**of: Any) -> Recommendation:
    """Return a recommendation that Ministers have."""
    return life.submit(approved(**of), grounds(), TEAM)
