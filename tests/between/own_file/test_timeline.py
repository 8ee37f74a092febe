"""One timeline for each person, from all services: what the reader may see elsewhere, in order of time (R68).

The kind that this closes: an entry tells a Safeguarder of something that is not open to them, or a page of the merged
list repeats or loses an entry.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.platform.v1 import timeline_pb2 as pb

from services.client.client import Client
from services.client.file.reads import reads_of
from services.client.file.timeline import Merged, timeline_of
from services.client.words import word_of
from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.doors.test_across import LISTS, OF_ONE_PERSON
from tests.between.own_file.conftest import MANAGER, PARENT, PERSON
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id, an_item

NO_PLACE: dict[str, Any] = {"after_place": "not a place"}
STAFF = (MANAGER, "senior-manager", "panel-team")


def read(client: Client, person: str, parent: str = PARENT, size: int = 500, **asked: Any) -> Merged:
    return timeline_of(client, person, pb.ListTimelineEntriesRequest(parent=parent, page_size=size, **asked))


def all_pages(client: Client, person: str, size: int, **asked: Any) -> Iterator[Any]:
    place = ""
    while True:
        page = read(client, person, size=size, after_place=place, **asked)
        assert len(page.entries) <= size
        yield from page.entries
        place = page.next_place
        if not place:
            return


def whats(entries: Any) -> set[str]:
    return {word_of(entry, "what") for entry in entries}


def test_everything_that_happened_is_in_it_from_every_service(client: Client, one_person: Together) -> None:
    assert whats(read(client, "panel-team").entries) >= {
        *("item_recorded", "item_shared", "decision_recorded", "away", "record_shared"),
        *("actions_reviewed", "review_asked", "report_sampled", "matter_raised", "rule_set_aside"),
        *("session_proposed", "session_held", "manager_allocated", "delegated", "message_sent"),
    }


def test_what_is_set_down_for_a_day_to_come_has_not_happened_yet(client: Client, one_person: Together) -> None:
    entries = read(client, "panel-team").entries
    assert max(entry.place for entry in entries) < (one_person.today + timedelta(days=1)).isoformat()
    assert [entry.word for entry in entries if word_of(entry, "what") == "away"] == ["suspension"]


@pytest.mark.parametrize("person", [*STAFF, PERSON])
def test_an_entry_is_about_a_record_that_another_list_shows_to_the_same_reader(
    client: Client, one_person: Together, person: str
) -> None:
    one_person.record("sg-one", summary="Demo data, invented: nobody has shared this.", mappings=[a_mapping()])
    lists = {name: listing for name, listing in (LISTS | OF_ONE_PERSON).items() if name != "ListLinks"}
    shown = set().union(*(listing.ask(one_person, PARENT, person) for listing in lists.values()))
    shown.add(f"{PARENT}/allocations/1")  # an earlier allocation, which only its own method showed
    apart = {entry.name for entry in read(client, person).entries} - shown
    assert {name.split("/")[2] for name in apart} <= {"allocations"}


def test_what_is_not_shared_yet_is_not_in_their_own_and_nothing_tells_of_it(
    client: Client, one_person: Together
) -> None:
    before = read(client, PERSON)
    name = one_person.record("sg-one", summary="Demo data, invented: not shared.", mappings=[a_mapping()]).name
    assert read(client, PERSON) == before
    assert name in {entry.name for entry in read(client, MANAGER).entries}
    one_person.evidence.ShareEvidenceItem(
        items.ShareEvidenceItemRequest(name=name, request_id=a_request_id()), **one_person.as_(MANAGER)
    )
    theirs = [entry for entry in read(client, PERSON).entries if entry.name == name]
    assert whats(theirs) == {"item_recorded", "item_shared"}
    assert {entry.person for entry in theirs} == {""}  # who recorded it is for the Team alone


def test_a_correction_is_an_entry_of_its_own_and_leads_both_ways(client: Client, one_person: Together) -> None:
    old = one_person.share(one_person.record("sg-one", summary="Demo data, invented: the day is wrong."))
    one_person.clock.instant += timedelta(minutes=1)
    content = an_item(happened_date=old.happened_date, received_date=old.received_date)
    reason = items.CORRECTION_REASON_ENTERED_WRONGLY
    corrected = items.CorrectEvidenceItemRequest(
        name=old.name, evidence_item=content, reason=reason, request_id=a_request_id()
    )
    new = one_person.evidence.CorrectEvidenceItem(corrected, **one_person.as_("panel-team"))
    for person in (MANAGER, PERSON):
        entries = read(client, person).entries
        (was,) = (one for one in entries if one.name == old.name and word_of(one, "what") == "item_recorded")
        (is_now,) = (one for one in entries if word_of(one, "what") == "item_corrected" and one.name == new.name)
        assert (was.corrected_by, is_now.corrects, is_now.word) == (new.name, old.name, "entered_wrongly")
        assert was.event_date == old.happened_date
        assert is_now.place > was.place
    again = items.CorrectEvidenceItemRequest(
        name=new.name, evidence_item=content, reason=reason, request_id=a_request_id()
    )
    newest = one_person.evidence.CorrectEvidenceItem(again, **one_person.as_("panel-team"))
    (between,) = (one for one in read(client, PERSON).entries if one.name == new.name and one.corrects)
    assert (between.corrects, between.corrected_by) == (old.name, newest.name)


@pytest.mark.parametrize("size", [3, 7])
@pytest.mark.parametrize("person", [MANAGER, PERSON])
def test_pages_over_four_services_lose_and_repeat_nothing(
    client: Client, one_person: Together, person: str, size: int
) -> None:
    whole = read(client, person).entries
    assert list(all_pages(client, person, size)) == list(whole)
    assert [one.place for one in whole] == sorted((one.place for one in whole), reverse=True)


def test_what_comes_meanwhile_moves_no_page(client: Client, one_person: Together) -> None:
    first = read(client, MANAGER, size=5)
    rest = read(client, MANAGER, after_place=first.next_place).entries
    one_person.clock.instant += timedelta(minutes=1)
    today = to_date(one_person.today)
    one_person.record("sg-one", happened_date=today, received_date=today)
    assert read(client, MANAGER, after_place=first.next_place).entries == rest


def test_a_filter_leaves_out_what_does_not_have_its_word(client: Client, one_person: Together) -> None:
    whole = read(client, MANAGER).entries
    for field in ("source", "kind"):
        for word in {getattr(one, field) for one in whole} - {""}:
            wanted = [one for one in whole if getattr(one, field) == word]
            assert list(read(client, MANAGER, **{field: word}).entries) == wanted
    matters = read(client, MANAGER, kind="matter", polarity="concern").entries
    assert matters
    assert all(one.sentence for one in matters)
    assert read(client, MANAGER, polarity="praise", kind="matter").entries == ()
    standard = matters[0].standards[0]
    assert all(standard in one.standards for one in read(client, MANAGER, standard=standard).entries)


def test_a_reading_of_it_is_in_the_log_of_every_service(client: Client, one_person: Together) -> None:
    one_person.clock.instant += timedelta(minutes=1)
    read(client, MANAGER)
    told = [one for one, _ in zip(reads_of(client, PERSON, "safeguarders/-").each, range(4), strict=False)]
    assert [one.records for one in told] == ["psmf.platform.v1.TimelineService"] * 4
    assert {one.reader for one in told} == {MANAGER}


@pytest.mark.parametrize("person", ["person-two", "partner", "operator", "auditor", "lead", "recorder"])
def test_nobody_else_has_a_timeline_of_somebody(client: Client, person: str) -> None:
    for stub in client.timeline_of.values():
        asked = pb.ListTimelineEntriesRequest(parent=PARENT)
        answer = refused(lambda s=stub, a=asked: client.call(person, s.ListTimelineEntries, a))  # type: ignore[misc]
        assert answer.code == "PERMISSION_DENIED"


def test_a_place_that_is_none_and_a_list_over_everybody_are_refused(client: Client) -> None:
    answer = refused(lambda: read(client, MANAGER, **NO_PLACE))
    assert (answer.code, answer.field) == ("INVALID_ARGUMENT", "after_place")
    assert refused(lambda: read(client, "panel-team", "safeguarders/-")).field == "parent"
    assert read(client, PERSON, "safeguarders/-") == read(client, PERSON)
