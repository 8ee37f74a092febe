"""Kind of fault: what this release stores, the release before counts as something else."""

import json
from typing import Any

import pytest

from services.rules.adapters.store.items import item_body, read_item
from services.rules.domain.closed_lists import Kind, Polarity, Source
from services.rules.domain.facts import EvidenceFact, StandardMapping
from tests.rules.builders import an_item

INDICATORS = {"mandatory_training": "S7.1", "support_session": "E.1"}
WORDS = {"attended": "neutral", "absent_excused": "neutral", "absent_unexcused": "concern"}


def attendance(event: str, word: str, **more: Any) -> EvidenceFact:
    details = {"event": event, "attendance": word}
    return an_item("event", kind=Kind.ATTENDANCE, source=Source.PANEL_TEAM, details=details, speaks="", **more)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("event", INDICATORS)
def test_attendance_is_stored_with_what_the_release_before_counts_it_as(event: str, word: str) -> None:
    """F3: after going back, a session that was missed still counts. This release reads by the edition of the day."""
    item = attendance(event, word)
    standard, indicator = INDICATORS[event].split(".")[0], INDICATORS[event]
    stored = json.loads(item_body(item))
    assert stored["mappings"] == [{"standard": standard, "indicator": indicator, "polarity": WORDS[word]}]
    assert read_item(item_body(item)) == item
    assert item.mappings == ()


@pytest.mark.parametrize(
    "item",
    [
        an_item("praised"),
        an_item("of nothing", speaks=""),
        an_item("of no event", kind=Kind.ATTENDANCE, speaks=""),
        attendance("support_session", "attended", mappings=(StandardMapping("S2", "S2.1", Polarity.PRAISE),)),
        attendance("support_session", "attended", mappings=(StandardMapping("E", "E.1", Polarity.NEUTRAL),)),
    ],
    ids=["a concern", "no mapping", "no event", "mapped by a person", "mapped by the release before"],
)
def test_every_other_item_is_stored_as_it_is(item: EvidenceFact) -> None:
    """F3: only what the release before cannot count by itself is added."""
    assert len(json.loads(item_body(item))["mappings"]) == len(item.mappings)
    assert read_item(item_body(item)) == item
