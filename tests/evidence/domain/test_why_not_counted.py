"""Why an item does not count: the item says the same reason as the rules that leave it out, whatever it is."""

import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from services.cli.evidence.shown import _WHY_NOT
from services.console.words import words
from services.evidence.domain.evidence_item import ComplaintOutcome, EvidenceClass, ItemState, Kind, Mapping, Polarity
from services.evidence.domain.items.why_not_counted import WhyNotCounted, why_not_counted
from services.evidence.wire.items import item_event, item_message
from services.rules.domain.closed_lists import NotCounted
from services.rules.domain.evidence.countability import not_counted
from services.rules.wire.facts import evidence_fact
from tests.evidence.personal_file.build import an_item

SAME = {NotCounted.IN_REPLY_TIME: WhyNotCounted.REPLY_STANDS_STILL}
OF_AN_ITEM_ALONE = (WhyNotCounted.EXPLORATORY, WhyNotCounted.HELD, WhyNotCounted.SUPERSEDED, WhyNotCounted.WITHDRAWN)
"""What rules say of no item: a measure leaves it out, or they never hear of it."""


def items() -> Any:
    """Yield items of every class, outcome and polarity, shared or not, with a last day to reply or none."""
    spoken = [(), (Polarity.PRAISE,), (Polarity.NEUTRAL,), (Polarity.CONCERN,), (Polarity.PRAISE, Polarity.CONCERN)]
    outcomes = [(Kind.FEEDBACK, None), *((Kind.COMPLAINT, one) for one in (None, *ComplaintOutcome))]
    for evidence_class, (kind, outcome), said, is_shared, stands_still in product(
        EvidenceClass, outcomes, spoken, (True, False), (True, False)
    ):
        mappings = tuple(Mapping("S2", f"S2.{place}", one) for place, one in enumerate(said, 1))
        changes: dict[str, Any] = {} if is_shared else {"shared_on": None}
        item = an_item(
            evidence_class=evidence_class, kind=kind, complaint_outcome=outcome, mappings=mappings, **changes
        )
        yield item._replace(reply_due_on=None if stands_still or not is_shared else item.reply_due_on)


def test_an_item_and_the_rules_that_leave_it_out_give_the_same_reason() -> None:
    found: set[WhyNotCounted | None] = set()
    for item in items():
        ours = why_not_counted(item)
        fact = evidence_fact(item_event(item, "recorded").fact)
        reason = not_counted(fact, date.max, adverse=item.speaks_of_concern, for_safety=True)
        theirs = None if reason is None else SAME.get(reason) or WhyNotCounted(reason.value)
        assert theirs == ours or ours in OF_AN_ITEM_ALONE, item
        assert item_message(item).why_not_counted == (
            pb.WhyNotCounted.Value(f"WHY_NOT_COUNTED_{ours.upper()}") if ours else 0
        )
        found.add(ours)
    assert found == {None, *WhyNotCounted} - {*OF_AN_ITEM_ALONE[1:]}


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (ItemState.HELD, WhyNotCounted.HELD),
        (ItemState.SUPERSEDED, WhyNotCounted.SUPERSEDED),
        (ItemState.WITHDRAWN, WhyNotCounted.WITHDRAWN),
        (ItemState.CURRENT, None),
    ],
)
def test_what_is_no_longer_current_says_so_first(state: ItemState, why: WhyNotCounted | None) -> None:
    assert why_not_counted(an_item()._replace(state=state)) is why


def test_every_reason_has_words_for_each_reader() -> None:
    listed = {re.sub("^WHY_NOT_COUNTED_", "", name).lower() for name in pb.WhyNotCounted.keys()[1:]}
    assert listed == {one.value for one in WhyNotCounted} == {*_WHY_NOT, "superseded", "withdrawn"}
    for folder in ("people", "my_file"):
        assert listed <= {*words(folder)["counts"]}
