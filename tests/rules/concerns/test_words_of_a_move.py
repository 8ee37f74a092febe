"""A move's words reach other systems one by one, beside the text that packs them (doors D22)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.closed_lists import State
from services.rules.domain.concerns.history import Made, Move
from services.rules.wire.concerns import moved_event
from tests.rules.builders import NOW
from tests.rules.domain.concerns.builders import a_concern

WORDS = st.lists(st.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True), max_size=4)


@given(WORDS, st.sampled_from([Move.ESCALATE, Move.HOLD, Move.REVIEW_ACTIONS, Move.SNOOZE]))
def test_each_word_is_by_itself_and_the_packed_text_stays(words: list[str], move: Move) -> None:
    """doors D22: `word` packs several words, parted by spaces."""
    concern = replace(a_concern(), state=State.ESCALATED)
    event = moved_event(concern, Made(move, "somebody", NOW, State.RAISED, State.ESCALATED, " ".join(words)))
    assert list(event.words) == words
    assert event.word == " ".join(words)
