"""Two types of source never rest on one sending body (P19, B7)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Source
from services.rules.domain.facts import EvidenceFact, how_many_source_types
from tests.rules.builders import an_item

SOURCES = st.sampled_from(list(Source))
SENDERS = st.sampled_from(["", "body-one", "body-two"])


def facts(pairs: list[tuple[Source, str]]) -> list[EvidenceFact]:
    return [
        replace(an_item("x"), evidence_id=f"e{number}", source=source, sender_id=sender)
        for number, (source, sender) in enumerate(pairs)
    ]


def test_two_sources_from_one_body_are_one_voice() -> None:
    """P19: what SCRA's system sends for SCRA and for a Reporter is one type of source."""
    assert how_many_source_types(facts([(Source.SCRA, "body-one"), (Source.REPORTER, "body-one")])) == 1


def test_what_people_recorded_counts_by_its_source() -> None:
    """P19: the Team records what came to it from several sources."""
    assert how_many_source_types(facts([(Source.SCRA, ""), (Source.REPORTER, "")])) == 2


def test_one_source_from_two_bodies_is_one_type_of_source() -> None:
    """P19: two councils are one type of source, as before."""
    both = [(Source.LOCAL_AUTHORITY, "body-one"), (Source.LOCAL_AUTHORITY, "body-two")]
    assert how_many_source_types(facts(both)) == 1


@given(st.lists(st.tuples(SOURCES, SENDERS), max_size=8))
def test_no_number_of_sources_is_more_than_the_voices_or_the_types(pairs: list[tuple[Source, str]]) -> None:
    """P19: whatever bodies send for whatever sources. Without bodies the number is what it always was."""
    count = how_many_source_types(facts(pairs))
    assert count <= len({source for source, _ in pairs})
    assert count <= len({sender or source for source, sender in pairs})
    assert how_many_source_types(facts([(source, "") for source, _ in pairs])) == len({source for source, _ in pairs})
    assert how_many_source_types(facts([(source, "body-one") for source, _ in pairs])) == min(1, len(pairs))
