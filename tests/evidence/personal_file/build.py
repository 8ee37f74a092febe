"""What is known of one invented person's practice, for tests of their own view."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.evidence.domain.evidence_item import (
    Content,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    Kind,
    Mapping,
    Polarity,
)
from services.evidence.domain.known_concern import KnownConcern, Said
from services.evidence.domain.personal_file.own_standing import (
    OnStandard,
    Practice,
    StandingNumbers,
    StandingWord,
    on_each_standard,
)
from services.evidence.domain.standards import KnownEdition
from tests.evidence.plans.build import NOW, TODAY

EDITION = KnownEdition(
    "2015-07",
    date(2016, 4, 25),
    {"S2": frozenset({"S2.1", "S2.2"}), "S4": frozenset({"S4.1"}), "S5": frozenset({"S5.1"})},
)


def an_item(
    number: int = 1,
    indicator: str = "S2.1",
    polarity: Polarity = Polarity.NEUTRAL,
    days: int = 30,
    **changes: Any,
) -> EvidenceItem:
    """Return feedback that was received some days ago, and that the Safeguarder can see."""
    on = TODAY - timedelta(days=days)
    given: dict[str, Any] = {
        "kind": Kind.FEEDBACK,
        "source": "reporter",
        "aspect": "practice",
        "setting": "appointment",
        "evidence_class": EvidenceClass.STANDARD,
        "happened_on": on,
        "received_on": on,
        "mappings": (Mapping(indicator.partition(".")[0], indicator, polarity),),
        "shared_on": on,
    }
    known = EvidenceId(f"e{number}")
    content, reply_due_on = Content(**given | changes), on + timedelta(days=14)
    return EvidenceItem(known, "sg-one", content, reply_due_on, NOW, NOW, "team", f"r{number}", history=False)


def a_concern(known: str = "c1", *, is_open: bool = True, **changes: Any) -> KnownConcern:
    """Return an open concern about S2.2, for an offer of support."""
    given: dict[str, Any] = {"lane": "support_need", "subject": "S2.2", "standards": ("S2",)} | changes
    said = Said(given["subject"], given["standards"], given.get("quiet", False))
    return KnownConcern(known, "sg-one", is_open, given["lane"], given.get("on_hold", False), said=said)


def practice(**known: Any) -> Practice:
    """Return what is known of somebody of whom there is one item about S2."""
    nothing = Practice(NOW, EDITION, [an_item()], [], [], [], [], StandingNumbers(standing_needs_items=1))
    return replace(nothing, **known)


def on(standard: str, known: Practice) -> OnStandard:
    """Return where practice stands against one standard."""
    return next(each for each in on_each_standard(known) if each.standard == standard)


def words(known: Practice) -> dict[str, StandingWord]:
    """Return the word of every standard."""
    return {each.standard: each.word for each in on_each_standard(known)}
