"""The time to reply begins with a sharing, and again when a shared item turns towards a concern (B4)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evidence.domain import life_of_an_item as life
from services.evidence.domain.evidence_item import (
    ComplaintOutcome,
    Content,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    Kind,
    Mapping,
    Polarity,
    Timeliness,
)
from services.refusals import Refusal
from services.who import Who
from tests.sizes import part_of

FIRST_DAY = date(2026, 9, 1)
PRAISE, NEUTRAL, CONCERN = Polarity.PRAISE, Polarity.NEUTRAL, Polarity.CONCERN
INDICATORS = ("S2.1", "S3.2", "S4.1")


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def speaking(*said: tuple[str, Polarity]) -> tuple[Mapping, ...]:
    return tuple(Mapping(indicator.split(".")[0], indicator, polarity) for indicator, polarity in said)


def an_item(**content: Any) -> EvidenceItem:
    """Return feedback of the first day, mapped to nothing and not shared."""
    given_content = {"kind": Kind.FEEDBACK, "evidence_class": EvidenceClass.STANDARD} | content
    said = Content(
        source="reporter", aspect="practice", setting="appointment", happened_on=FIRST_DAY, received_on=FIRST_DAY,
        **given_content,
    )  # fmt: skip
    return EvidenceItem(
        evidence_id=EvidenceId("item"), safeguarder_id="demo-one", content=said, reply_due_on=None,
        created_at=at(FIRST_DAY), recorded_at=at(FIRST_DAY), sender="panel-team", receipt_id="receipt", history=False,
    )  # fmt: skip


def lapse(day: date) -> date:
    """Return the first day after the time to reply to what was shared on a day."""
    due_on = life.reply_time(day, 10).due_on
    assert due_on is not None
    return due_on + timedelta(days=1)


def shared(item: EvidenceItem, day: date = FIRST_DAY) -> EvidenceItem:
    return life.share(item, life.reply_time(day, 10), at(day))


def mapped(item: EvidenceItem, mappings: tuple[Mapping, ...], day: date) -> EvidenceItem:
    return life.map_item(item, mappings, life.reply_time(day, 10), at(day))


LATER = FIRST_DAY + timedelta(days=56)
LATE = {"kind": Kind.SCRA_TIMELINESS, "timeliness": Timeliness(FIRST_DAY, FIRST_DAY + timedelta(days=3), False)}


@pytest.mark.parametrize(
    ("before", "after", "content", "begins_again"),
    [
        ((("S3.2", PRAISE),), (("S3.2", CONCERN),), {}, True),
        ((("S3.2", NEUTRAL),), (("S3.2", CONCERN),), {}, True),
        ((("S3.2", PRAISE),), (("S3.2", NEUTRAL),), {}, True),
        ((("S3.2", CONCERN),), (("S3.2", CONCERN), ("S2.1", CONCERN)), {}, True),
        ((("S3.2", CONCERN),), (("S2.1", CONCERN),), {}, True),
        ((("S3.2", CONCERN),), (("S3.2", CONCERN), ("S2.1", NEUTRAL)), {}, True),
        ((), (("S3.2", CONCERN),), {}, True),
        ((("S2.1", PRAISE),), (("S2.1", PRAISE), ("S4.1", PRAISE)), LATE, True),
        ((("S4.1", NEUTRAL),), (("S4.1", CONCERN),), LATE, True),
        ((("S3.2", CONCERN),), (("S3.2", CONCERN),), {}, False),
        ((("S3.2", CONCERN),), (("S3.2", PRAISE),), {}, False),
        ((("S3.2", CONCERN),), (("S3.2", CONCERN), ("S2.1", PRAISE)), {}, False),
        ((("S3.2", CONCERN), ("S2.1", CONCERN)), (("S2.1", CONCERN),), {}, False),
        ((("S4.1", CONCERN),), (("S4.1", NEUTRAL),), LATE, False),
    ],
    ids=str,
)
def test_a_shared_item_that_turns_towards_a_concern_begins_its_time_to_reply_again(
    before: tuple[tuple[str, Polarity], ...], after: tuple[tuple[str, Polarity], ...], content: Any, begins_again: bool
) -> None:
    """P5: praise that becomes a concern eight weeks after it was shared does not count at once."""
    item = shared(mapped(an_item(**content), speaking(*before), FIRST_DAY))
    again = mapped(item, speaking(*after), LATER)
    lapsed = lapse(LATER if begins_again else FIRST_DAY)
    assert again.content.shared_on == (LATER if begins_again else FIRST_DAY)
    assert again.adverse_on == lapsed


def test_an_item_that_was_not_shared_does_not_become_shared_by_its_mappings() -> None:
    item = mapped(mapped(an_item(), speaking(("S3.2", PRAISE)), FIRST_DAY), speaking(("S3.2", CONCERN)), LATER)
    assert (item.content.shared_on, item.adverse_on) == (None, None)


def test_a_reply_to_what_was_said_before_keeps_its_words_and_no_longer_lets_the_item_count() -> None:
    """P5: the person answered praise. They can answer the concern too, and both replies stay."""
    praised = shared(mapped(an_item(), speaking(("S3.2", PRAISE)), FIRST_DAY))
    answered = life.add_reply(praised, "Thank you.", FIRST_DAY, at(FIRST_DAY))
    turned = mapped(answered, speaking(("S3.2", CONCERN)), LATER)
    assert turned.content.replied_on is None
    assert turned.content.reply_text == "Thank you."
    assert turned.adverse_on == lapse(LATER)
    again = life.add_reply(turned, "I see this differently.", LATER, at(LATER))
    assert again.content.reply_text == "Thank you.\n\nI see this differently."
    assert again.adverse_on == LATER


@pytest.mark.parametrize("outcome", [ComplaintOutcome.UPHELD, ComplaintOutcome.PARTLY_UPHELD])
def test_a_finding_on_a_complaint_begins_the_time_to_reply_again(outcome: ComplaintOutcome) -> None:
    """P5: until it is upheld a complaint never counts, so the finding is what the person can reply to."""
    complaint = an_item(
        kind=Kind.COMPLAINT, complaint_outcome=ComplaintOutcome.PENDING, mappings=speaking(("S3.2", CONCERN))
    )
    decided = life.decide_complaint(shared(complaint), outcome, "panel-team", life.reply_time(LATER, 10), at(LATER))
    assert decided.adverse_on == lapse(LATER)


def test_a_matter_of_safety_counts_at_once_whatever_it_turns_to() -> None:
    """P5: the exception, which is marked wherever it counts."""
    item = shared(mapped(an_item(evidence_class=EvidenceClass.SAFETY), speaking(("S3.2", PRAISE)), FIRST_DAY))
    assert mapped(item, speaking(("S3.2", CONCERN)), LATER).adverse_on == FIRST_DAY


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.COMPLAINT])
@pytest.mark.parametrize(
    "outcome", [outcome for outcome in ComplaintOutcome if outcome is not ComplaintOutcome.PENDING]
)
def test_a_decided_complaint_stays_a_complaint(kind: Kind, outcome: ComplaintOutcome) -> None:
    """P7: a correction keeps the kind, by every hand."""
    complaint = an_item(kind=Kind.COMPLAINT, complaint_outcome=outcome)
    with pytest.raises(Refusal) as refused:
        life.check_correction(complaint, complaint.content._replace(kind=kind), Who("somebody-else"))
    assert refused.value.reason == "KIND_STAYS"


@pytest.mark.parametrize(("by", "reason"), [("panel-team", "SECOND_PERSON_NEEDED"), ("second-person", None)])
def test_the_outcome_of_a_decided_complaint_is_corrected_by_a_second_person(by: str, reason: str | None) -> None:
    """P7: who decided that a complaint was not upheld cannot turn it into one that was."""
    pending = an_item(kind=Kind.COMPLAINT, complaint_outcome=ComplaintOutcome.PENDING)
    not_upheld, reply = ComplaintOutcome.NOT_UPHELD, life.reply_time(FIRST_DAY, 10)
    decided = life.decide_complaint(pending, not_upheld, "panel-team", reply, at(FIRST_DAY))
    turned = decided.content._replace(complaint_outcome=ComplaintOutcome.UPHELD)
    found = None
    try:
        life.check_correction(decided, turned, Who(by))
    except Refusal as refusal:
        found = refusal.reason
    assert found == reason


MAPPINGS = st.lists(
    st.tuples(st.sampled_from(INDICATORS), st.sampled_from(list(Polarity))), min_size=1, unique_by=lambda said: said[0]
)
ACTS = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(("map", "share", "reply")), MAPPINGS), min_size=1, max_size=12
)


@given(ACTS)
@settings(max_examples=part_of(400), deadline=None)
def test_no_concern_counts_before_a_reply_to_it_or_its_lapse_in_any_order_of_acts(acts: Any) -> None:
    """P5: over every order of mapping, sharing and replying."""
    item, day = an_item(), FIRST_DAY
    said_since: dict[str, date] = {}
    for days, act, said in acts:
        day += timedelta(days=days)
        if act == "map":
            item = mapped(item, speaking(*said), day)
            concerns = [indicator for indicator, polarity in said if polarity is CONCERN]
            said_since = {indicator: said_since.get(indicator, day) for indicator in concerns}
        elif act == "share" and item.content.shared_on is None:
            item = shared(item, day)
        elif act == "reply" and item.content.shared_on is not None and item.content.replied_on is None:
            item = life.add_reply(item, "A reply.", day, at(day))
        for since in said_since.values():
            if item.adverse_on is not None:
                assert item.content.shared_on is not None
                assert item.content.shared_on >= since
                assert item.content.replied_on is None or item.content.replied_on >= since
                lapsed = lapse(item.content.shared_on)
                assert item.adverse_on in (item.content.replied_on, lapsed)
