"""A record is made again byte for byte from another one and the difference of the two (F4)."""

import zlib
from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.evaluation.compact_record import difference, restored
from services.rules.domain.evaluation.decision_record import decision_record, dumped
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, evaluated

LEAVES = st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab", max_size=2)
DOCUMENTS = st.recursive(
    LEAVES, lambda parts: st.lists(parts, max_size=5) | st.dictionaries(st.text("abc", max_size=2), parts, max_size=4)
)


@given(DOCUMENTS, DOCUMENTS)
def test_any_document_is_made_again_from_any_other(base: Any, content: Any) -> None:
    old, new = dumped(base), dumped(content)
    made = difference(old, new)
    assert made is not None
    assert restored(old, made) == new


def test_the_difference_of_a_day_is_a_small_part_of_its_record() -> None:
    case = a_case_file(*(a_late_report(f"late-{number}", TODAY - timedelta(days=10 + number)) for number in range(3)))
    days = [TODAY + timedelta(days=number) for number in range(2)]
    first, second = (
        decision_record(evaluated(case, day, NOW + (day - TODAY)), None, {"psmf": "0"}, f"{day}").content
        for day in days
    )
    made = difference(first, second)
    assert made is not None
    assert restored(first, made) == second
    assert len(zlib.compress(made)) * 3 < len(zlib.compress(second))


@pytest.mark.parametrize("content", [b'{"b": 1}', b'{"b":1,"a":2}', b'{"a":1.0e2}', b"no record"])
def test_bytes_that_would_not_come_out_the_same_are_left_alone(content: bytes) -> None:
    assert difference(orjson.dumps({"a": 1}), content) is None
