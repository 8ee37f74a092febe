"""What becomes of a text that waits for a person of the Team, and that nothing else changes by it (P23)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evidence.domain import life_of_an_item as life
from services.evidence.domain.evidence_item import CorrectionReason, EvidenceItem, ItemState, Polarity, Words
from services.refusals import Refusal
from tests.evidence.domain.test_child_screen import NAMES_A_CHILD, NAMES_NOBODY
from tests.evidence.domain.test_time_to_reply import FIRST_DAY, an_item, at, shared, speaking

NAMED = "I saw Jamie Smith (7) at home. The report was late because I was ill."
TEXTS = st.sampled_from([*NAMES_A_CHILD, *filter(None, NAMES_NOBODY)])


def replied(item: EvidenceItem, text: str, days: int = 2) -> EvidenceItem:
    day = FIRST_DAY + timedelta(days=days)
    return life.add_reply(item, text, day, at(day))


@pytest.mark.parametrize("text", NAMES_A_CHILD)
def test_a_reply_that_may_name_a_child_waits_for_a_person(text: str) -> None:
    """P23: the words wait, whatever the sign."""
    assert life.words_to_look_at(replied(shared(an_item()), text)) == {Words.REPLY: text}


@pytest.mark.parametrize("text", [text for text in NAMES_NOBODY if text])
def test_any_other_reply_waits_for_nobody(text: str) -> None:
    """P23: what people write of practice is shown at once."""
    assert life.words_to_look_at(replied(shared(an_item()), text)) == {}


@given(TEXTS, st.integers(0, 30), st.lists(st.sampled_from(NAMED.split()), max_size=3))
def test_the_day_of_a_reply_counts_whether_or_not_its_words_wait(text: str, days: int, strike: list[str]) -> None:
    """P23: a held reply is one that was given that day, before the look, after it, and without the struck words."""
    item = shared(an_item(mappings=speaking(("S4.1", Polarity.CONCERN))))
    plain, held = replied(item, "I was ill.", days), replied(item, f"{NAMED} {text}", days)
    released = life.release(held, strike, at(FIRST_DAY + timedelta(days=days + 9)))
    for one in (held, released):
        assert (one.adverse_on, one.countable_on, one.content.replied_on) == (
            plain.adverse_on, plain.countable_on, plain.content.replied_on,
        )  # fmt: skip
        assert (one.version, one.recorded_at) == (plain.version, plain.recorded_at)
    assert released.to_look_at == frozenset()


def test_only_what_names_a_child_is_struck_out_of_a_reply() -> None:
    """P23: nothing else of a reply is lost."""
    released = life.release(replied(shared(an_item()), NAMED), ["Jamie", "7", "Jamie Smith"], at(FIRST_DAY))
    assert released.content.reply_text == (
        f"I saw {life.STRUCK} ({life.STRUCK}) at home. The report was late because I was ill."
    )


def test_words_that_do_not_stand_there_are_refused() -> None:
    """P23: a slip of the pen would leave the name in the text."""
    with pytest.raises(Refusal) as refused:
        life.release(replied(shared(an_item()), NAMED), ["Jamie Smith", "Jamie Smyth"], at(FIRST_DAY))
    assert (refused.value.reason, refused.value.field) == ("WORDS_NOT_IN_TEXT", "strike[1]")


def test_a_summary_is_released_without_the_struck_words() -> None:
    """P23: an item that is held may go on without the name in it."""
    held = an_item(summary=NAMED)._replace(state=ItemState.HELD)
    released = life.release(held, ["Jamie Smith (7)"], at(FIRST_DAY))
    assert (released.state, released.version) == (ItemState.CURRENT, held.version + 1)
    assert released.content.summary == f"I saw {life.STRUCK} at home. The report was late because I was ill."


def test_a_second_look_finds_nothing_held() -> None:
    """P23: a released text stays released."""
    released = life.release(replied(shared(an_item()), NAMED), [], at(FIRST_DAY))
    with pytest.raises(Refusal) as refused:
        life.release(released, [], at(FIRST_DAY))
    assert refused.value.reason == "ITEM_NOT_HELD"


def test_a_correction_takes_the_held_words_over_as_held() -> None:
    """P23: otherwise the correction would show what nobody has looked at."""
    old = replied(shared(an_item(summary="As told.")), NAMED)._replace(to_look_at=frozenset(Words))
    reply = life.reply_time(FIRST_DAY + timedelta(days=9), 10)
    for summary, waits in (("As told.", frozenset(Words)), ("Told otherwise.", frozenset({Words.REPLY}))):
        corrected = life.corrected(an_item(summary=summary), old, reply)
        assert (corrected.to_look_at, corrected.content.reply_text) == (waits, NAMED)


def test_a_later_reply_does_not_release_an_earlier_one() -> None:
    """P23: both are one text, and nobody has looked at the first part."""
    item = replied(shared(an_item()), NAMED)
    again = life.map_item(
        item, speaking(("S4.1", Polarity.CONCERN)), life.reply_time(FIRST_DAY + timedelta(days=9), 10), at(FIRST_DAY)
    )
    assert replied(again, "I was ill.", 10).to_look_at == {Words.REPLY}


def test_an_item_whose_words_wait_can_be_worked_on_like_any_other() -> None:
    """P23: the words wait, and the matter does not."""
    item = replied(shared(an_item()), NAMED)
    withdrawn = life.withdraw(item, CorrectionReason.DUPLICATE, at(FIRST_DAY))
    assert life.words_to_look_at(withdrawn) == {Words.REPLY: NAMED}
