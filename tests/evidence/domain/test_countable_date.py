"""An adverse item counts from its reply or from the lapse of its time to reply, whichever comes first (B4)."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.evidence.domain.evidence_item import (
    Content,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    Kind,
    Mapping,
    Polarity,
)
from services.evidence.domain.life_of_an_item import add_reply, reply_time, share

RECEIVED_ON = date(2026, 9, 1)
REPLY_WORKING_DAYS = 10
CONCERN = Mapping("S4", "S4.1", Polarity.CONCERN)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def an_adverse_item() -> EvidenceItem:
    content = Content(
        kind=Kind.FEEDBACK,
        source="panel_member",
        aspect="practice",
        setting="appointment",
        evidence_class=EvidenceClass.STANDARD,
        happened_on=RECEIVED_ON,
        received_on=RECEIVED_ON,
        mappings=(CONCERN,),
    )
    made_at = at(RECEIVED_ON)
    return EvidenceItem(EvidenceId("item"), "sg-one", content, None, made_at, made_at, "team", "receipt", history=False)


def shared(on: date) -> EvidenceItem:
    return share(an_adverse_item(), reply_time(on, REPLY_WORKING_DAYS), at(on))


def test_a_reply_after_the_lapse_leaves_the_item_counting_since_the_lapse() -> None:
    """P4: an item that counts since 20 October still does when the person replies on 30 November."""
    item = shared(date(2026, 10, 5))
    assert item.countable_on == date(2026, 10, 20)
    replied = add_reply(item, "I had asked for more time.", date(2026, 11, 30), at(date(2026, 11, 30)))
    assert replied.countable_on == date(2026, 10, 20)
    assert replied.content.replied_on == date(2026, 11, 30)


@given(shared_after=st.integers(0, 400), replied_after=st.integers(0, 400))
def test_what_could_count_on_a_day_still_can_whenever_the_person_replies(shared_after: int, replied_after: int) -> None:
    """P4: a reply brings the day forward or leaves it. It never puts it back."""
    shared_on = RECEIVED_ON + timedelta(days=shared_after)
    replied_on = shared_on + timedelta(days=replied_after)
    item = shared(shared_on)
    replied = add_reply(item, "As it was.", replied_on, at(replied_on))
    assert item.reply_due_on is not None
    assert item.countable_on == item.reply_due_on + timedelta(days=1)
    assert replied.countable_on == min(replied_on, item.countable_on)
