"""Review requests for tests, and the people around them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from services.evidence.adapters.record_numbers import review_numbers
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.review_requests import life
from services.evidence.domain.review_requests.chain import Candidate, Chain
from services.evidence.domain.review_requests.request import (
    Acceptance,
    Asked,
    Ground,
    ReviewRequest,
    Target,
    TargetKind,
)

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
"""A Monday morning."""
TODAY = NOW.date()
NUMBERS = review_numbers()
SAFEGUARDER = Actor("person-one", Side.SAFEGUARDER, NOW)
TEAM = Actor("panel-team", Side.PANEL_TEAM, NOW)
SENIOR = Actor("senior", Side.PANEL_TEAM, NOW)
ITEM = Target(TargetKind.EVIDENCE_ITEM, "item-1")
KNOWN = life.Known(2, date(2026, 11, 9), ("item-1",), ("c1",), ())
CHAIN = Chain(frozenset({"manager"}), frozenset({"author"}), 1)
REVIEWER = Candidate("reviewer", 2)


def at(actor: Actor, day: date) -> Actor:
    """Return somebody who acts on another day."""
    return replace(actor, now=NOW.replace(year=day.year, month=day.month, day=day.day))


def asked(**changes: Any) -> Asked:
    """Return a request as it is made."""
    return replace(Asked(ITEM, (Ground.FACT_WRONG,), "It was another hearing."), **changes)


def submitted(known: life.Known = KNOWN, actor: Actor = SAFEGUARDER, **changes: Any) -> ReviewRequest:
    """Return a request that was made."""
    return life.submit(("r1", "sg-one"), asked(**changes), known, actor, NUMBERS)


def accepted(request: ReviewRequest | None = None) -> ReviewRequest:
    """Return a request that was accepted."""
    return life.accept(request or submitted(), Acceptance.ACCEPTED, "", SENIOR, higher=False)


def assigned(request: ReviewRequest | None = None) -> ReviewRequest:
    """Return a request that a reviewer decides."""
    return life.assign(request or accepted(), REVIEWER, CHAIN, TEAM, NUMBERS)
