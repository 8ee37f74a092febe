"""Search in the register: exact first, then beginnings, then what is spelt nearly so (requirement X8)."""

import pytest

from services.evidence.domain.register_search import Known, Match, search

PEOPLE = [
    Known("sg-2", "Demo Euan Larchfield", "SP-7"),
    Known("sg-1", "Demo Euan Larch", "SP-70"),
    Known("sg-3", "Demo Morag Whinfell"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("demo euan  LARCH", [(Match.EXACT, "sg-1"), (Match.NAME_BEGINS, "sg-2")]),
        ("sp-7", [(Match.EXACT, "sg-2")]),
        ("larch", [(Match.NAME_BEGINS, "sg-1"), (Match.NAME_BEGINS, "sg-2")]),
        ("lar eu", [(Match.NAME_BEGINS, "sg-1"), (Match.NAME_BEGINS, "sg-2")]),
        ("sg-", [(Match.ID_BEGINS, "sg-1"), (Match.ID_BEGINS, "sg-2"), (Match.ID_BEGINS, "sg-3")]),
        ("finfell", []),
        ("whinfel morag x", []),
        ("hinf", [(Match.NEAR, "sg-3")]),
        ("Demo Morag Winfell", [(Match.NEAR, "sg-3")]),
        ("  ", []),
    ],
)
def test_the_surest_come_first_and_equals_in_order_of_name(text: str, found: list[tuple[Match, str]]) -> None:
    answer = [(each.match, each.person.safeguarder_id) for each in search(text, PEOPLE)]
    assert answer[: len(found)] == found
    assert found or not answer or answer[0][0] is Match.NEAR
