"""A concern shows the evidence that it rests on as that evidence stands now."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.concerns.concern import EvaluationContext, EvaluationId, has_news, update
from tests.rules.builders import NOW, TODAY
from tests.rules.domain.concerns.builders import EVIDENCE, a_concern, an_answer

AGAIN = EvaluationContext(EvaluationId("another"), "hash", TODAY, NOW)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=2, max_size=2))
def test_a_concern_follows_each_correction_of_the_days_of_what_it_rests_on(items: list[tuple[bool, int]]) -> None:
    """P1: an absence was recorded on the wrong day. The concern says the right one, and is told again only then."""
    corrected = tuple(
        replace(fact, happened_on=fact.happened_on - timedelta(days=days))
        for fact, (there, days) in zip(EVIDENCE, items, strict=True)
        if there
    )
    concern, answer = a_concern(), an_answer(rests_on=corrected)
    assert has_news(concern, answer) == (corrected != EVIDENCE)
    assert not has_news(update(concern, answer, AGAIN), answer)
